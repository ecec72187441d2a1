"""The HTML report in a real browser: picking, filtering, keys, narrow, dark, printed, hostile."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, darken, resize, violations
from damascus import REPORT
from hostile import REPORT_HOSTILE
from pypdf import PdfReader

from verify.report import html

WIDTHS = [360, 820, 1280]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("pages")
    (folder / "damascus.html").write_text(html.render(REPORT), "utf-8")
    (folder / "hostile.html").write_text(html.render(REPORT_HOSTILE), "utf-8")
    return {p.stem: p.as_uri() for p in folder.iterdir()}


def opened(browser: Any, address: str, width: int = 1280, dark: bool = False) -> None:
    resize(browser, width)
    darken(browser, dark)
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(address)


def shown(browser: Any) -> list[str]:
    """Give the ids of the cards that are to be seen."""
    return list(
        browser.execute_script(
            "return [...document.querySelectorAll('.card')]"
            ".filter((c) => c.getClientRects().length).map((c) => c.id)"
        )
    )


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def focused(browser: Any) -> str:
    return str(browser.execute_script("return document.activeElement.id"))


def test_picking_a_claim_shows_it_alone_with_its_evidence(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"])
    assert len(shown(browser)) == 10
    browser.find_element("css selector", "#at-c5").click()
    assert shown(browser) == ["c5"]
    card = browser.find_element("id", "c5").text
    assert "Israel's own army says that it carried out the strikes." in card
    assert "We just carried out wide-scale strikes" in card
    assert "declined to comment" in card
    assert browser.current_url.endswith("#c5")
    browser.find_element("css selector", "button.all").click()
    assert len(shown(browser)) == 10


def test_a_permalink_opens_its_claim(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"] + "#c9")
    assert shown(browser) == ["c9"]


def test_a_claim_is_reached_read_and_left_by_keyboard_alone(browser: Any, pages: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, pages["damascus"])
    browser.execute_script("document.getElementById('at-c9').focus()")
    press(browser, Keys.ENTER)
    assert shown(browser) == ["c9"]
    assert focused(browser) == "c9"
    for _ in range(12):
        press(browser, Keys.TAB)
        target = browser.execute_script("return document.activeElement.getAttribute('href')")
        if target == "#statement-s3":
            break
    assert target == "#statement-s3", "the evidence is reached by tab"
    press(browser, Keys.ENTER)
    assert browser.current_url.endswith("#statement-s3")
    browser.execute_script("document.getElementById('at-c9').focus()")
    press(browser, Keys.ENTER)
    press(browser, Keys.ESCAPE)
    assert focused(browser) == "at-c9"
    assert len(shown(browser)) == 10


def test_the_way_back_leads_to_the_claims_words(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"] + "#c10")
    browser.find_element("css selector", "#c10 a.back").click()
    assert focused(browser) == "at-c10"


def test_the_browsers_own_back_leads_back(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"])
    browser.find_element("css selector", "#at-c1").click()
    browser.find_element("css selector", "#at-c2").click()
    browser.back()
    assert shown(browser) == ["c1"]
    browser.back()
    assert len(shown(browser)) == 10


def test_filters_hide_claims_by_verdict_and_by_place(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"])
    browser.find_element("id", "show-speculative").click()
    assert shown(browser) == ["c1", "c2", "c4", "c5", "c8", "c9", "c10"]
    assert not browser.find_element("id", "at-c3").is_displayed()
    browser.find_element("id", "show-sentence").click()
    assert shown(browser) == ["c4", "c5"]
    browser.find_element("id", "show-post").click()
    assert shown(browser) == []
    assert browser.find_element("css selector", ".nothing").is_displayed()


def test_all_claims_are_read_and_filtered_without_script(browser: Any, pages: Any) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(browser, pages["damascus"])
        for name in ("c1", "c10"):
            assert browser.find_element("css selector", f"#{name} .settle").is_displayed()
        browser.find_element("id", "show-contradicted").click()
        assert not browser.find_element("id", "c10").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("page", ["damascus", "hostile"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("hash_", ["", "#c1"])
def test_nothing_is_wider_than_the_window(
    page: str, width: int, hash_: str, browser: Any, pages: Any
) -> None:
    opened(browser, pages[page] + hash_, width)
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.parametrize("hash_", ["", "#c1", "#c2"])
def test_in_a_hostile_report_nothing_runs_and_nothing_is_asked_for(
    hash_: str, browser: Any, pages: Any
) -> None:
    opened(browser, pages["hostile"] + hash_)
    assert browser.execute_script("return window.hacked") is None
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map((e) => e.name)"
    )
    assert asked == []
    assert [row["message"] for row in browser.get_log("browser")] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("hash_", ["", "#c9"])
def test_axe_finds_no_serious_violation(
    hash_: str, width: int, dark: bool, browser: Any, pages: Any
) -> None:
    opened(browser, pages["damascus"] + hash_, width, dark)
    assert violations(browser) == []


def test_dark_mode_is_dark(browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"], dark=True)
    colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    red, green, blue = json.loads(colour.replace("rgb(", "[").replace(")", "]"))
    assert max(red, green, blue) < 40


@pytest.mark.parametrize("hash_", ["", "#c5"])
def test_printed_the_page_holds_every_claim_whole(hash_: str, browser: Any, pages: Any) -> None:
    opened(browser, pages["damascus"] + hash_)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    found = PdfReader(BytesIO(base64.b64decode(printed))).pages
    text = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in found))
    text = "".join(text.split())
    for finding in REPORT.findings:
        assert "".join(finding.verdict.would_settle.split()) in text
