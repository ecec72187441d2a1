# ruff: noqa: E501  (markup and texts are kept on the lines they have in files)
"""Articles from every kind of input, good and bad."""

from __future__ import annotations

import io
import textwrap
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from harbour import FIRST, SECOND, URL, page

from tests.local_server import local_session, serving
from verify.errors import FetchError, InputError
from verify.http import Session
from verify.read.article import read, read_bytes

SAMPLE = Path(__file__).parents[1] / "samples" / "damascus-2019-11-20.txt"


def test_the_sample_is_read_without_its_date_line_and_its_post() -> None:
    article = read(SAMPLE)
    assert article.published_at == datetime(2019, 11, 20, tzinfo=UTC)
    assert article.language == "en"
    assert article.text.startswith("Syrian anti-aircraft defenses brought down “hostile targets”")
    assert article.text.endswith("and supports Hezbollah and Gaza terrorists.")
    assert "pic.twitter.com" not in article.text
    assert "Majd Fahd" not in article.text
    (post,) = article.posts
    assert (post.author, post.handle, post.media) == ("Majd Fahd ????????", "Syria_Protector", True)
    assert post.text == (
        "Breaking video footage emerges huge fire ripping through unknown object in southern "
        "#Damascus amid #Israeli airstrikes. pic.twitter.com/5LHaG3AHxO"
    )
    assert article.text[post.position :].startswith("Early Tuesday morning blasts were heard")
    assert article.warnings == ()


def test_a_page_gives_prose_title_address_date_language_and_site() -> None:
    head = (
        f'<link rel="canonical" href="{URL}"><meta property="og:site_name" content="Harbour News">'
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": '
        '"Fire at the harbour", "datePublished": "2019-11-20T09:30:00+01:00"}]}</script>'
    )
    article = read_bytes(page(head=head).encode(), content_type="text/html")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.title == "Fire at the harbour"
    assert article.url == URL
    assert article.published_at == datetime(2019, 11, 20, 8, 30, tzinfo=UTC)
    assert (article.language, article.site) == ("en", "Harbour News")


def test_captions_related_links_and_navigation_are_no_prose() -> None:
    body = (
        f"<p>{FIRST}</p><figure><img src='a.jpg'><figcaption>Smoke over the quay.</figcaption></figure>"
        "<div class='related-articles'><h3>Related</h3><ul><li><a href='/x'>Ferry strike enters third week</a></li>"
        f"</ul></div><p><strong>READ MORE: <a href='/y'>Mayor to step down in May</a></strong></p><p>{SECOND}</p>"
        "<p>Photo: Ann Port/AFP</p><div class='share-buttons'><p>Share this on your favourite network</p></div>"
    )
    assert read_bytes(page(body).encode()).text == f"{FIRST}\n\n{SECOND}"


def test_line_breaks_in_the_source_are_blanks_and_those_of_br_are_not() -> None:
    broken = FIRST.replace(" ", "\n   ", 5)
    article = read_bytes(page(f"<p>{broken}</p><p>{SECOND}</p>").encode())
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_a_page_without_paragraph_tags_is_read_all_the_same() -> None:
    article = read_bytes(f"<html><body><div>{FIRST}<br><br>{SECOND}</div></body></html>".encode())
    assert article.text.split() == f"{FIRST} {SECOND}".split()


def test_a_short_notice_of_one_sentence_is_read() -> None:
    article = read_bytes(page("<p>Police closed the quay on Tuesday.</p>").encode())
    assert article.text == "Police closed the quay on Tuesday."


def test_a_date_given_by_hand_overrides_the_articles_own() -> None:
    assert read(SAMPLE, published=date(2019, 11, 21)).published_at == datetime(
        2019, 11, 21, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "line", ["date 2019-11-20\n\n", "date 2019-11-20 ", "\ufeff date 2019-11-20\r\n"]
)
def test_the_date_line_of_a_text_is_its_date_and_not_its_text(line: str) -> None:
    article = read_bytes((line + FIRST).encode(), content_type="text/plain")
    assert article.published_at == datetime(2019, 11, 20, tzinfo=UTC)
    assert article.text == FIRST


def test_an_impossible_date_line_is_text() -> None:
    article = read_bytes(f"date 2019-19-40\n{FIRST}".encode(), content_type="text/plain")
    assert article.published_at is None
    assert article.text.startswith("date 2019-19-40")


def test_a_text_whose_lines_are_paragraphs_is_parted_and_a_wrapped_one_is_kept() -> None:
    assert read_bytes(f"{FIRST}\n{SECOND}".encode()).text == f"{FIRST}\n\n{SECOND}"
    wrapped = textwrap.fill(f"{FIRST} {SECOND}", 80)
    assert read_bytes(wrapped.encode()).text == wrapped


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "windows-1252",
            "Die Behörden schlossen den Kai und baten die Anwohner, Fenster zu schließen.",
        ),
        ("windows-1251", "Полиция закрыла набережную до полудня и попросила жителей закрыть окна."),
        (
            "shift_jis",
            "警察は正午まで岸壁を閉鎖し、住民に窓を閉めるよう求めた。けが人はいなかった。",
        ),
        ("utf-16", "Police closed the quay until noon and asked residents to shut their windows."),
        ("gb2312", "警方封闭码头至中午，并要求居民关好窗户。没有人受伤，消防员仍在现场。"),
        (
            "iso-8859-1",
            "Les pompiers étaient encore là; la police a fermé le quai jusqu’à midi.".replace(
                "’", "'"
            ),
        ),
    ],
)
def test_declared_encodings_are_read(encoding: str, text: str) -> None:
    data = page(f"<p>{text}</p>", charset=encoding).encode(encoding)
    article = read_bytes(data)
    assert article.text == text
    assert not [warning for warning in article.warnings if "encoding" in warning]


def test_the_servers_charset_counts() -> None:
    data = "<p>Die Behörden schlossen den Kai am Dienstag bis zum Mittag.</p>".encode("cp1252")
    article = read_bytes(data, content_type="text/html; charset=ISO-8859-1")
    assert article.text == "Die Behörden schlossen den Kai am Dienstag bis zum Mittag."


def test_utf8_that_is_declared_as_something_else_is_read_as_utf8() -> None:
    data = page("<p>Die Behörden schlossen den Kai am Dienstag.</p>", charset="iso-8859-1").encode()
    assert read_bytes(data).text == "Die Behörden schlossen den Kai am Dienstag."


def test_an_unknown_encoding_is_guessed_with_a_warning() -> None:
    text = "Les pompiers étaient encore là; la police a fermé le quai, où la fumée était épaisse."
    article = read_bytes(page(f"<p>{text}</p>", charset="x-klingon-8").encode("cp1252"))
    assert article.text == text
    assert any("'x-klingon-8' is unknown" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Feuerwehr wurde am Dienstag kurz nach Sonnenaufgang zum alten Hafen gerufen.", "de"),
        (
            "Les pompiers ont été appelés mardi matin au vieux port, a déclaré un porte-parole.",
            "fr",
        ),
        (
            "استدعيت فرق الإطفاء إلى الميناء القديم بعد فجر يوم الثلاثاء بحسب متحدث باسم البلدة.",
            "ar",
        ),
        ("Fire.", None),
    ],
)
def test_the_language_is_detected_and_a_few_letters_are_no_ground(
    text: str, language: str | None
) -> None:
    assert read_bytes(text.encode(), content_type="text/plain").language == language


def test_a_web_archives_copy_keeps_the_pages_own_address() -> None:
    head = f'<link rel="canonical" href="https://web.archive.org/web/20191120/{URL}">'
    assert read_bytes(page(head=head).encode()).url == URL


def test_standard_input_is_read() -> None:
    assert read("-", stdin=io.BytesIO(page().encode()).read).title == "Fire at the harbour"


def test_an_address_is_fetched_and_its_final_address_kept() -> None:
    answers = {
        "/a": (301, {"Location": "/b"}, b""),
        "/b": (200, {"Content-Type": "text/html"}, page().encode()),
    }
    with serving(answers) as address:
        article = read(f"{address}/a", session=local_session())
    assert article.url == f"{address}/b"
    assert article.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("path", ["/image", "/missing", "/private"])
def test_addresses_without_an_article_are_refused(path: str) -> None:
    answers = {
        "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
        "/private": (302, {"Location": "http://192.168.0.1/"}, b""),
    }
    with serving(answers) as address, pytest.raises(FetchError) as caught:
        read(f"{address}{path}", session=local_session())
    assert "\n" not in str(caught.value)


def test_the_guard_is_closed_unless_opened() -> None:
    with serving({"/a": (200, {}, b"")}) as address, pytest.raises(FetchError, match="is refused"):
        read(f"{address}/a", session=Session())


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/passwd"])
def test_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(FetchError, match="only http and https"):
        read(address)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 100, "binary"),
        (b"PK\x03\x04 not a zip", "ZIP file is damaged"),
        (b"\x1f\x8b\x08 not gzip", "gzip data is damaged"),
        (b"WARC/1.0\r\nnonsense", "web archive"),
        (
            b"<html><head><title>Only a title</title></head><body></body></html>",
            "no article was found",
        ),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article was found"),
        (b"<!-- nothing -->", "no article was found|nothing to read"),
        (b"a" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_holds_no_article_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read_bytes(data)
    assert "\n" not in str(caught.value)


def test_an_error_names_its_source(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    with pytest.raises(InputError, match=r"empty\.html: it is empty"):
        read(empty)
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)


def test_a_zip_of_something_else_is_refused() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as document:
        document.writestr("word/document.xml", "<w/>")
    with pytest.raises(InputError, match="no web archive"):
        read_bytes(box.getvalue())


@pytest.mark.parametrize(
    "markup",
    [
        f"<html><body><div><p>{FIRST}<p>{SECOND}",
        f"<p>{FIRST}</div></p></span><p>{SECOND}</b>",
        f"<html><body><table><tr><td><p>{FIRST}<p>{SECOND}</table></tr>",
        f"<<<>><html <body>><p>{FIRST}</p><p>{SECOND}</p><a href=",
    ],
)
def test_broken_markup_is_mended(markup: str) -> None:
    text = read_bytes(markup.encode(), content_type="text/html").text
    assert FIRST in text
    assert SECOND in text


def test_a_page_of_ten_megabytes_is_read() -> None:
    filler = "".join(f"<p>Paragraph {n}: {SECOND}</p>" for n in range(1200))
    data = page(f"<p>{FIRST}</p>{filler}<!--{'x' * 9_900_000}-->").encode()
    assert len(data) > 10_000_000
    article = read_bytes(data)
    assert article.text.startswith(FIRST)
    assert f"Paragraph 1199: {SECOND}" in article.text


def test_deep_nesting_does_not_end_the_program() -> None:
    def nested(depth: int) -> bytes:
        return ("<div>" * depth + f"<p>{FIRST}</p>" + "</div>" * depth).encode()

    assert read_bytes(nested(1500), content_type="text/html").text == FIRST
    with pytest.raises(InputError, match="no article"):
        read_bytes(nested(20_000), content_type="text/html")


def test_a_marker_in_the_input_is_not_taken_for_a_post() -> None:
    article = read_bytes(f"{FIRST} QXPOST0000XQ".encode())
    assert article.text == FIRST
    assert article.posts == ()
