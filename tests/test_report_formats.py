"""verify.report: every format of every verdict, pure, and agreeing claim by claim."""

from __future__ import annotations

import csv as stdlib_csv
import json as stdlib_json
import re
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from damascus import FINDINGS, REPORT
from damascus_said import POST_TEXT, TEXT
from hostile import REPORT_HOSTILE
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from pypdf import PdfReader

from verify.report import FORMATS, csv, markdown, render, words
from verify.report.pdf import breakable
from verify.values import Article, Label, Report

TEXTS = [form for form in FORMATS if form != "pdf"]
EXPECTED = {f.claim.id: f.verdict.label for f in FINDINGS}
BY_WORDS = {said: label for label, said in words.LABELS.items()}


def drawn(form: str, report: Report = REPORT) -> str:
    found = render(report, form)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("form", TEXTS)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert drawn(form) == drawn(form)


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("label", list(Label))
def test_every_verdict_renders_in_every_format(form: str, label: Label) -> None:
    finding = next(f for f in FINDINGS if f.verdict.label is label)
    alone = replace(REPORT, findings=(finding,))
    shown = drawn(form, alone)
    if form == "claimreview" and label is Label.NOT_CHECKED:
        assert stdlib_json.loads(shown)["@graph"] == []
    else:
        assert words.LABELS[label] in shown or f'"verdict": "{label}"' in shown


@pytest.mark.parametrize("form", TEXTS)
def test_an_empty_report_renders_in_every_format(form: str) -> None:
    empty = replace(REPORT, article=Article(""), findings=(), statements=(), warnings=())
    assert drawn(form, empty)


@pytest.mark.parametrize("form", TEXTS)
def test_a_hostile_report_renders_in_every_format(form: str) -> None:
    assert drawn(form, REPORT_HOSTILE)


def _terminal() -> dict[str, str]:
    pattern = r"^  \[(c\d+)\] \S (" + "|".join(words.LABELS.values()) + "):"
    return dict(re.findall(pattern, drawn("terminal"), re.MULTILINE))


def _json() -> dict[str, str]:
    shaped = stdlib_json.loads(drawn("json"))
    return {c["id"]: words.LABELS[Label(c["verdict"])] for c in shaped["claims"]}


def _markdown() -> dict[str, str]:
    return dict(re.findall(r"^### (c\d+) · \S (.+)$", drawn("markdown"), re.MULTILINE))


def _html() -> dict[str, str]:
    page = lxml_html.document_fromstring(drawn("html"))
    return {
        card.get("id"): card.xpath(".//p[@class='verdict']")[0].text_content().strip()[2:]
        for card in page.xpath("//article[contains(@class, 'card')]")
    }


def _csv() -> dict[str, str]:
    rows = stdlib_csv.DictReader(StringIO(drawn("csv"), newline=""))
    return {row["claim"]: row["in words"] for row in rows}


def _annotations() -> dict[str, str]:
    items = stdlib_json.loads(drawn("annotations"))["items"]
    return {i["body"][2]["value"]: i["body"][1]["value"] for i in items}


@pytest.mark.parametrize("parsed", [_terminal, _json, _markdown, _html, _csv, _annotations])
def test_all_formats_agree_claim_by_claim_and_in_order(parsed: object) -> None:
    found = {name: BY_WORDS[said] for name, said in parsed().items()}  # type: ignore[operator]
    assert found == EXPECTED
    assert list(found) == list(EXPECTED)


def test_claim_reviews_agree_for_every_claim_that_was_checked() -> None:
    graph = stdlib_json.loads(drawn("claimreview"))["@graph"]
    found = {r["@id"][1:]: BY_WORDS[r["reviewRating"]["alternateName"]] for r in graph}
    assert found == {k: v for k, v in EXPECTED.items() if v is not Label.NOT_CHECKED}


def test_a_claim_review_has_what_the_vocabulary_requires_and_no_number() -> None:
    shaped = stdlib_json.loads(drawn("claimreview"))
    assert shaped["@context"] == "https://schema.org"
    for review in shaped["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert {"url", "claimReviewed", "reviewRating", "author", "itemReviewed"} <= set(review)
        assert review["reviewRating"]["@type"] == "Rating"
        assert "ratingValue" not in stdlib_json.dumps(review)
        assert review["datePublished"] == "2019-11-22"
    by_id = {r["@id"]: r for r in shaped["@graph"]}
    assert by_id["#c5"]["itemReviewed"]["appearance"] == {
        "@type": "SocialMediaPosting",
        "url": "https://twitter.com/Syria_Protector/status/1196906836562272256",
    }
    assert by_id["#c5"]["itemReviewed"]["author"] == {"@type": "Person", "name": "Majd Fahd"}
    assert by_id["#c5"]["itemReviewed"]["datePublished"] == "2019-11-19"


def test_claim_reviews_can_stand_in_a_pages_script() -> None:
    assert "<" not in drawn("claimreview", REPORT_HOSTILE)


def test_an_annotations_selectors_find_the_claims_own_words() -> None:
    for item in stdlib_json.loads(drawn("annotations"))["items"]:
        quote, position = item["target"]["selector"]
        assert quote["type"] == "TextQuoteSelector"
        assert position["type"] == "TextPositionSelector"
        text = POST_TEXT if "status" in item["target"]["source"] else TEXT
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"] != ""
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])


def test_annotations_are_an_annotation_page_with_an_address_each() -> None:
    shaped = stdlib_json.loads(drawn("annotations"))
    assert shaped["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert shaped["type"] == "AnnotationPage"
    ids = [item["id"] for item in shaped["items"]]
    assert len(set(ids)) == len(ids)
    assert all(item["type"] == "Annotation" and ":" in item["id"] for item in shaped["items"])


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_a_source_that_denies_a_claim_is_never_said_to_say_it(form: str) -> None:
    base = next(f for f in FINDINGS if f.claim.id == "c10")
    denied = replace(base, claim=replace(base.claim, polarity="-"))
    shown = drawn(form, replace(REPORT, findings=(denied,)))
    assert "Who denies it" in shown
    assert "Who says it" not in shown


def test_a_source_that_denies_a_claim_is_not_its_author_in_a_claim_review() -> None:
    base = next(f for f in FINDINGS if f.claim.id == "c10")
    denied = replace(base, claim=replace(base.claim, polarity="-"))
    (review,) = stdlib_json.loads(drawn("claimreview", replace(REPORT, findings=(denied,))))[
        "@graph"
    ]
    assert "author" not in review["itemReviewed"]


def test_no_cell_of_the_table_is_run_by_a_spreadsheet() -> None:
    for row in stdlib_csv.reader(StringIO(drawn("csv", REPORT_HOSTILE), newline="")):
        assert not any(cell.startswith(csv.FORMULA) for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_a_formula_gets_an_apostrophe_and_nothing_else_does(text: str) -> None:
    assert csv.cell(text) == "'" + text.strip()
    assert csv.cell("4 rockets") == "4 rockets"


@pytest.mark.parametrize("report", [REPORT, REPORT_HOSTILE], ids=["damascus", "hostile"])
def test_foreign_text_in_markdown_makes_no_link_image_or_html(report: Report) -> None:
    page = lxml_html.fromstring(
        "<div>" + MarkdownIt("commonmark").render(drawn("markdown", report)) + "</div>"
    )
    allowed = {e.statement.url for f in report.findings for e in f.evidence}
    allowed |= {p.url for p in report.article.posts} | {report.article.url}
    assert page.xpath("//img | //script | //iframe") == []
    assert {a.get("href") for a in page.xpath("//a")} <= allowed
    for href in page.xpath("//a/@href"):
        assert href.startswith("https://")


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no list",
        "1. no list",
        "> no quote",
        "*no* _emphasis_ `no code`",
        "![x](https://evil.example/p.png)",
        "<b>no html</b> &amp; no entity",
        "a | b | c",
        "~~no~~",
        "[x]: https://evil.example",
        "=== ---",
    ],
)
def test_markdown_shows_foreign_text_as_it_is(text: str) -> None:
    made = MarkdownIt("commonmark").render(markdown.plain(text))
    page = lxml_html.fromstring(made)
    assert page.tag == "p"
    assert page.text_content().strip() == text
    assert page.xpath(".//a | .//img | .//em | .//strong") == []


def test_mentions_and_addresses_in_markdown_are_code() -> None:
    assert markdown.plain("see https://evil.example/x @everyone now") == (
        "see `https://evil.example/x` `@everyone` now"
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    pytest.importorskip("weasyprint", reason="the extra verify[pdf] is not installed")
    found = render(REPORT, "pdf")
    assert isinstance(found, bytes)
    return found


def test_a_pdf_holds_every_verdict(pdf: bytes) -> None:
    pages = PdfReader(BytesIO(pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for label in Label:
        assert words.LABELS[label] in text


def test_the_same_report_gives_the_same_pdf(pdf: bytes) -> None:
    small = replace(REPORT, article=Article("One."), findings=(), statements=())
    assert render(small, "pdf") == render(small, "pdf")
    assert pdf.startswith(b"%PDF")


def test_a_word_of_ten_thousand_letters_can_break_in_a_pdf() -> None:
    pages = re.findall("w+", breakable(drawn("html", REPORT_HOSTILE)))
    assert max(len(run) for run in pages) <= 60
