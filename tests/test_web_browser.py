"""The local page in a real browser: asking by paste, file and address, reading, what is hostile."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, darken, resize, violations
from hostile import BIDI, CONTROL, IMAGE, SCRIPT, WORD
from local_server import serving as answering
from pypdf import PdfReader
from web_server import engine, serving

from verify.report import html
from verify.web import Engine

SAMPLE = Path(__file__).parents[1] / "samples" / "damascus-2019-11-20.txt"
#: What each picture of a page is: its address, and what stands on it.
PAGES = {
    "/": "Check its claims",
    "/reports": "Past reports",
    "/archive": "Add a statement",
    "/changes": "What changed",
}
SAID = "We struck targets of the Quds Force in Syria"
HOSTILE = (
    f"Police said two people were killed in Paris {SCRIPT} {IMAGE} {BIDI} {CONTROL} on Monday. "
    f"{{{{ 7 * 7 }}}}\n\n{WORD}\n\nThe army said it shot down three drones over Paris on Monday."
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    found = engine(tmp_path_factory.mktemp("page"))
    found.add({"source": "Israel Defense Forces", "published_at": "2019-11-20", "text": SAID})
    return found


@pytest.fixture(scope="module")
def site(made: Engine) -> Iterator[str]:
    with serving(made) as address:
        yield address


def opened(browser: Any, address: str, width: int = 1280, dark: bool = False) -> None:
    resize(browser, width)
    darken(browser, dark)
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(address)


def finished(browser: Any) -> str:
    """Wait for the report and give its address."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 120).until(
        lambda b: "/reports/" in b.current_url or b.title.startswith("Not done")
    )
    return str(browser.current_url)


def wait_for(browser: Any, text: str) -> bool:
    """Wait until the page that a click leads to shows a text."""
    from selenium.webdriver.support.ui import WebDriverWait

    return bool(WebDriverWait(browser, 120).until(lambda b: text in b.page_source))


def type_in(browser: Any, name: str, text: str) -> None:
    """Put a text into a field at once, as pasting does."""
    field = browser.find_element("id", name)
    browser.execute_script("arguments[0].value = arguments[1]", field, text)


def send(browser: Any) -> None:
    browser.find_element("css selector", "button.main").click()


@pytest.fixture(scope="module")
def sample(browser: Any, site: str) -> str:
    """The sample's report, asked for by paste."""
    opened(browser, site)
    type_in(browser, "what", SAMPLE.read_text("utf-8"))
    send(browser)
    return finished(browser)


def headings(browser: Any) -> list[str]:
    return list(
        browser.execute_script(
            "return [...document.querySelectorAll('.card h3')].map((h) => h.textContent.trim())"
        )
    )


def test_pasted_handed_in_and_fetched_the_sample_has_the_same_claims(
    browser: Any, site: str, sample: str
) -> None:
    opened(browser, sample)
    pasted = headings(browser)
    assert len(pasted) >= 10
    opened(browser, site)
    browser.find_element("id", "file").send_keys(str(SAMPLE))
    send(browser)
    assert finished(browser).startswith(f"{site}/reports/")
    assert headings(browser) == pasted
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    with answering({"/article": (200, kind, SAMPLE.read_bytes())}) as elsewhere:
        opened(browser, site)
        type_in(browser, "what", f"{elsewhere}/article")
        send(browser)
        assert finished(browser).startswith(f"{site}/reports/")
    assert headings(browser) == pasted


def test_a_file_can_be_dropped_on_the_page(browser: Any, site: str) -> None:
    opened(browser, site)
    browser.execute_script(
        "const carried = new DataTransfer();"
        "carried.items.add(new File(['Police said so.'], 'dropped.txt'));"
        "const drop = (kind) => document.body.dispatchEvent(new DragEvent(kind,"
        " {dataTransfer: carried, bubbles: true, cancelable: true}));"
        "drop('dragover'); drop('drop');"
    )
    name = browser.execute_script("return document.getElementById('file').files[0].name")
    assert name == "dropped.txt"


def test_what_cannot_be_fetched_is_told_with_its_reason(browser: Any, site: str) -> None:
    with answering({}) as elsewhere:
        opened(browser, site)
        type_in(browser, "what", f"{elsewhere}/gone")
        send(browser)
        finished(browser)
    assert "answered 404" in browser.find_element("id", "content").text


def test_an_empty_form_keeps_the_reader_where_she_is(browser: Any, site: str) -> None:
    opened(browser, site)
    send(browser)
    assert wait_for(browser, 'role="alert"')
    told = browser.find_element("css selector", "[role=alert]").text
    assert "Give an article: its address, its text, or a file." in told


def test_a_claim_is_picked_followed_to_its_evidence_and_left_by_keyboard(
    browser: Any, sample: str
) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(key: str) -> None:
        ActionChains(browser).send_keys(key).perform()

    opened(browser, sample)
    claim = browser.execute_script(
        "const card = [...document.querySelectorAll('.card')].find((c) =>"
        " c.querySelector('.evidence'));"
        "document.getElementById('at-' + card.id).focus(); return card.id"
    )
    press(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == claim
    target = ""
    for _ in range(15):
        press(Keys.TAB)
        target = browser.execute_script("return document.activeElement.getAttribute('href') || ''")
        if target.startswith("#statement-"):
            break
    press(Keys.ENTER)
    assert browser.current_url == f"{sample}{target}"
    assert browser.find_element("css selector", target).is_displayed()
    browser.back()
    assert browser.current_url == f"{sample}#{claim}"
    press(Keys.ESCAPE)
    assert browser.execute_script("return document.activeElement.id") == f"at-{claim}"


def test_a_filter_hides_its_claims(browser: Any, sample: str) -> None:
    opened(browser, sample)
    label = browser.find_element("css selector", ".filters input").get_attribute("id")[5:]
    card = browser.find_element("css selector", f".card.v-{label}")
    assert card.is_displayed()
    browser.find_element("id", f"show-{label}").click()
    assert not card.is_displayed()


def test_the_samples_report_is_small_and_asks_for_nothing(browser: Any, sample: str) -> None:
    opened(browser, sample)
    assert len(browser.page_source.encode()) <= 300_000
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map((e) => e.name)"
    )
    assert asked == []
    assert [row["message"] for row in browser.get_log("browser") if "favicon" not in str(row)] == []


def test_the_sample_printed_holds_every_claim(browser: Any, sample: str) -> None:
    opened(browser, sample)
    claims = browser.execute_script(
        "return [...document.querySelectorAll('.card h3 a')].map((a) => a.lastChild.textContent)"
    )
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    found = PdfReader(BytesIO(base64.b64decode(printed))).pages
    text = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in found))
    text = "".join(text.split())
    for claim in claims:
        assert "".join(claim.split()) in text
    assert "Pastreports" not in text


@pytest.mark.parametrize("width", [360, 1280])
def test_a_hostile_article_runs_nothing_and_breaks_nothing(
    width: int, browser: Any, site: str
) -> None:
    opened(browser, site, width)
    type_in(browser, "what", HOSTILE)
    send(browser)
    report = finished(browser)
    assert "/reports/" in report
    for address in (report, f"{report}#c1", f"{report}/more", f"{site}/reports", f"{site}/changes"):
        opened(browser, address, width)
        assert browser.execute_script("return window.hacked") is None
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert not browser.execute_script("return !!document.querySelector('main img')")
        assert "\u202e" not in browser.page_source


def test_a_hostile_statement_in_the_archive_runs_nothing(browser: Any, tmp_path: Path) -> None:
    made = engine(tmp_path)
    said = f"{SCRIPT} {IMAGE} {BIDI} {CONTROL} {WORD}"
    made.add({"source": f"{SCRIPT}{IMAGE}", "published_at": "2019-11-20", "text": said})
    with serving(made) as site:
        opened(browser, f"{site}/archive", 360)
        assert browser.execute_script("return window.hacked") is None
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
        assert "\u202e" not in browser.page_source


def test_a_page_of_another_site_can_neither_ask_nor_read_nor_frame(browser: Any, site: str) -> None:
    evil = f"""<!doctype html><iframe src="{site}/"></iframe>
    <form id="f" method="post" action="{site}/check" enctype="multipart/form-data">
    <input name="what" value="Police said so."></form>
    <script>window.read = null;
    fetch("{site}/reports").then((r) => r.text()).then((t) => {{ window.read = t; }})
      .catch(() => {{ window.read = "refused"; }});</script>"""
    kind = {"Content-Type": "text/html"}
    with answering({"/": (200, kind, evil.encode())}) as elsewhere:
        opened(browser, elsewhere)
        from selenium.webdriver.support.ui import WebDriverWait

        read = WebDriverWait(browser, 20).until(lambda b: b.execute_script("return window.read"))
        assert read == "refused"
        log = " ".join(row["message"] for row in browser.get_log("browser"))
        assert "frame" in log.lower()
        browser.execute_script("document.getElementById('f').submit()")
        WebDriverWait(browser, 20).until(lambda b: b.current_url == f"{site}/check")
        assert "Another site's page asked for this" in browser.page_source


def test_the_page_works_without_script(browser: Any, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(browser, site)
        browser.find_element("id", "what").send_keys("Police said two people died in Paris.")
        send(browser)
        assert finished(browser).startswith(f"{site}/reports/")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_statement_is_added_searched_and_changes_a_verdicts_ground(
    browser: Any, tmp_path: Path
) -> None:
    with serving(engine(tmp_path)) as site:
        opened(browser, site)
        text = "Police said two people were killed in a fire in Paris on Monday."
        type_in(browser, "what", text)
        type_in(browser, "published", "2026-11-17")
        send(browser)
        report = finished(browser)
        opened(browser, f"{site}/archive")
        type_in(browser, "text", "Two people were killed in a fire in Paris on Monday.")
        type_in(browser, "who", "Paris police")
        type_in(browser, "when", "2026-11-17")
        browser.find_element("css selector", "#add button").click()
        assert wait_for(browser, "The statement was added.")
        type_in(browser, "q", "fire in Paris")
        send(browser)
        assert wait_for(browser, "Nearest to “fire in Paris”")
        assert "Paris police" in browser.find_element("css selector", ".statements").text
        opened(browser, f"{report}/more")
        send(browser)
        assert finished(browser) != report
        opened(browser, f"{site}/changes")
        assert "Police said two people" in browser.find_element("css selector", "h2").text


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
def test_axe_finds_no_serious_violation_and_nothing_is_wider_than_the_window(
    path: str, width: int, dark: bool, browser: Any, site: str
) -> None:
    opened(browser, site + path, width, dark)
    assert PAGES.get(path, "nothing at this address") in browser.page_source
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert violations(browser) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("more", ["", "#c2", "/more"])
def test_axe_finds_no_serious_violation_on_the_samples_report(
    more: str, width: int, browser: Any, sample: str
) -> None:
    opened(browser, sample + more, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert violations(browser) == []


def test_in_the_dark_the_page_is_dark(browser: Any, site: str) -> None:
    opened(browser, site, dark=True)
    colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert max(map(int, colour.removeprefix("rgb(").rstrip(")").split(","))) < 40


def test_the_reports_own_policy_is_the_servers(site: str, sample: str) -> None:
    import requests

    policy = requests.get(sample).headers["content-security-policy"]
    assert policy == f"{html.own_policy()}; frame-ancestors 'none'"
