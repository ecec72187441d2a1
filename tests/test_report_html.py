"""verify.report.html: one self-contained page in which nothing foreign runs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from damascus import FINDINGS, REPORT
from damascus_said import PARAGRAPHS, POST_TEXT, STATEMENTS
from hostile import REPORT_HOSTILE, WORD
from lxml import html as lxml_html

from verify.report import html, links, words
from verify.values import Article, Label, Report

BOTH = pytest.mark.parametrize("report", [REPORT, REPORT_HOSTILE], ids=["damascus", "hostile"])


def text_of(node: lxml_html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_the_page_is_small_enough_to_mail() -> None:
    assert len(html.render(REPORT).encode()) <= 300_000


@BOTH
def test_the_page_asks_for_nothing_from_outside(report: Report) -> None:
    page = lxml_html.document_fromstring(html.render(report))
    assert page.xpath("//img | //link | //iframe | //object | //embed | //audio | //video") == []
    assert page.xpath("//*[@src] | //*[@srcset] | //*[@style] | //form") == []
    style = "".join(page.xpath("//style/text()"))
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", style)


@BOTH
def test_the_pages_policy_admits_its_own_style_and_script_alone(report: Report) -> None:
    page = lxml_html.document_fromstring(html.render(report))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = page.xpath(f"//{tag}/text()")
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@BOTH
def test_no_attribute_runs_and_every_link_is_web_or_within_the_page(report: Report) -> None:
    page = lxml_html.document_fromstring(html.render(report))
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert len(page.xpath("//script")) == 1
    for href in page.xpath("//@href"):
        assert re.match(r"(https?://|#)", href), href


@BOTH
def test_every_link_within_the_page_leads_somewhere_and_no_id_is_used_twice(
    report: Report,
) -> None:
    page = lxml_html.document_fromstring(html.render(report))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in page.xpath("//a/@href[starts-with(., '#')]"):
        assert href[1:] in ids, href


def test_hostile_text_is_shown_as_text() -> None:
    drawn = html.render(REPORT_HOSTILE)
    page = lxml_html.document_fromstring(drawn)
    shown = text_of(page)
    assert "<img src=x onerror=" in shown
    assert "{{ 7 * 7 }}" in shown
    assert WORD in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", drawn)
    assert "‹U+202E›" in shown


def test_the_articles_own_text_is_whole() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    for number in page.xpath("//a[contains(concat(' ', @class, ' '), ' n ')]"):
        number.drop_tree()
    prose = [p.text_content() for p in page.xpath("//p[@class='prose']")]
    assert prose == list(PARAGRAPHS)
    assert page.xpath("//blockquote[@class='posttext']")[0].text_content() == POST_TEXT


def test_every_claim_has_a_card_with_verdict_reason_and_what_would_settle_it() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    cards = page.xpath("//article[contains(@class, 'card')]")
    assert [c.get("id") for c in cards] == [f.claim.id for f in FINDINGS]
    for card, finding in zip(cards, FINDINGS, strict=True):
        shown = text_of(card)
        assert words.LABELS[finding.verdict.label] in shown
        assert finding.claim.text in shown
        assert finding.verdict.reason in shown
        assert finding.verdict.would_settle in shown


def test_every_claim_can_be_reached_from_its_words_and_back() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    for finding in FINDINGS:
        name = finding.claim.id
        (mark,) = page.xpath(f"//a[@id='at-{name}']")
        assert mark.get("href") == f"#{name}"
        assert words.LABELS[finding.verdict.label] in mark.get("aria-label")
        assert page.xpath(f"//article[@id='{name}']//a[@href='#at-{name}']")


def test_every_statement_is_listed_with_source_date_and_quote() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    for statement in STATEMENTS:
        (row,) = page.xpath(f"//li[@id='statement-{statement.id}']")
        shown = text_of(row)
        assert statement.quote in shown
        assert words.who(statement.source) in shown
        assert words.when(statement.published_at) in shown


def test_what_is_later_than_the_article_is_marked() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    assert "after the article" in text_of(page.xpath("//li[@id='statement-a1']")[0])
    assert "after the article" not in text_of(page.xpath("//li[@id='statement-a3']")[0])


def test_a_filter_stands_for_every_verdict_that_occurs() -> None:
    page = lxml_html.document_fromstring(html.render(REPORT))
    boxes = {b.removeprefix("show-") for b in page.xpath("//fieldset//input/@id")}
    assert boxes == {str(label) for label in Label} | {"sentence", "post"}
    style = "".join(page.xpath("//style/text()"))
    for box in boxes:
        assert f"body:has(#show-{box}:not(:checked)) .card." in style


def test_an_article_without_claims_or_posts_still_makes_a_page() -> None:
    bare = replace(REPORT, article=Article("Nothing."), findings=(), statements=(), warnings=())
    page = lxml_html.document_fromstring(html.render(bare))
    assert "No claims were found in this article." in text_of(page)


def test_the_archives_folder_is_not_handed_on() -> None:
    assert "/home/desk" not in html.render(REPORT)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[", False),
        ("https://example.org/ space", False),
        ("ftp://example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, linked: bool) -> None:
    assert links.link(url) == (url if linked else None)
