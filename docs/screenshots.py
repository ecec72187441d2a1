"""Makes the pictures of the sample's report that the README shows: `python docs/screenshots.py`.

It needs `verify` installed and Chromium on the path; it opens no address but the file it wrote.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
)
#: File → (width, height, claim shown or "", further flags).
PICTURES: dict[str, tuple[int, int, str, tuple[str, ...]]] = {
    "report.png": (1280, 1500, "", ()),
    "report-claim.png": (1280, 900, "#c9", ()),
    "report-narrow.png": (500, 900, "#c9", ()),
}


def report(folder: Path) -> Path:
    """Write the sample's report as HTML into a folder and give its path."""
    page = folder / "report.html"
    command = [sys.executable, "-m", "verify", "check", str(SAMPLES / "damascus-2019-11-20.txt")]
    archive = ["--archive", str(SAMPLES / "statements.jsonl")]
    subprocess.run([*command, *archive, "--offline", "-o", str(page)], check=True)
    return page


def picture(chromium: str, address: str, name: str) -> None:
    """Take one picture of a page."""
    width, height, claim, more = PICTURES[name]
    with tempfile.TemporaryDirectory() as profile:
        flags = [*FLAGS.split(), f"--user-data-dir={profile}", f"--window-size={width},{height}"]
        shot = f"--screenshot={HERE / name}"
        command = [chromium, *flags, *more, shot, address + claim]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Make every picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is needed (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        address = report(Path(folder)).as_uri()
        for name in PICTURES:
            picture(chromium, address, name)
            print(HERE / name)


if __name__ == "__main__":
    main()
