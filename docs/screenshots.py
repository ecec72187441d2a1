"""Makes the pictures that the README shows, of the sample's report and of the local page.

`python docs/screenshots.py`, with verify, its extras [web,test] and Chromium's driver installed.
It opens no address but loopback, and leaves the archive of the one who runs it alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
)
#: File → (width, height, address on the page); REPORT stands for the sample's report, CLAIM for the
#: claim of its post that officials confirm.
PICTURES: dict[str, tuple[int, int, str]] = {
    "report.png": (1280, 1240, "REPORT"),
    "report-claim.png": (1280, 900, "REPORT#CLAIM"),
    "report-narrow.png": (500, 900, "REPORT#CLAIM"),
    "page.png": (1100, 980, "/"),
    "page-archive.png": (1100, 980, "/archive?q=strikes+on+Syrian+targets"),
}
VERIFY = (sys.executable, "-m", "verify")


@contextmanager
def page(folder: Path) -> Iterator[str]:
    """Serve the page with the sample's statements in its archive; gives its address."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder)}
    archive = ["--archive", str(folder / "archive.db")]
    filled = [*VERIFY, "archive", "add", str(SAMPLES / "statements.jsonl"), *archive]
    subprocess.run(filled, check=True, env=environment, stdout=subprocess.DEVNULL)
    command = [*VERIFY, "serve", "--port", "0", "--offline", *archive]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            yield server.stderr.readline().split()[2].rstrip("/")
        finally:
            server.terminate()


def report(site: str) -> tuple[str, str]:
    """Have the sample checked; give its report's address and the claim to be shown."""
    text = (SAMPLES / "damascus-2019-11-20.txt").read_text("utf-8")
    asked = json.dumps({"text": text}).encode()
    request = Request(f"{site}/api/check", asked, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        claims = json.load(answer)["claims"]
        where = str(answer.headers["Location"])
    in_post = [c for c in claims if c["origin"]["kind"] == "post"]
    return where, next(c["id"] for c in in_post if c["verdict"] == "confirmed")


def picture(browser: Any, address: str, name: str) -> None:
    """Take one picture of a page, as it stands when it is opened."""
    width, height, _ = PICTURES[name]
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(address)
    browser.execute_async_script("setTimeout(arguments[0], 500)")
    if not browser.save_screenshot(str(HERE / name)):
        sys.exit(f"{HERE / name} cannot be written")


def main() -> None:
    """Make every picture."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        sys.exit("Chromium and its driver are needed (Debian: apt-get install chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS.split():
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as folder, page(Path(folder)) as site:
        where, claim = report(site)
        with webdriver.Chrome(options=options, service=Service(driver)) as browser:
            for name, (_, _, asked) in PICTURES.items():
                address = asked.replace("REPORT", where).replace("CLAIM", claim)
                picture(browser, site + address, name)
                print(HERE / name)


if __name__ == "__main__":
    main()
