# ruff: noqa: E501  (markup and texts are kept on the lines they have in files)
"""PDF files, web archives and packed pages as articles."""

from __future__ import annotations

import gzip
import io
import textwrap
import zipfile

import pytest
from harbour import FIRST, SECOND, URL, page

from verify.errors import InputError
from verify.read.article import read_bytes


def pdf_of(*pages: str) -> bytes:
    """Make a PDF of some pages of text, one line a line."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for text in pages:
        lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {lines} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )
    return out.getvalue()


def warc_of(*saved: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """Make a WARC of responses: address, status line, content type, body."""
    out = b""
    for url, status, kind, body in saved:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2019-11-20T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


def test_a_pdf_is_read_with_its_lines_rejoined_and_its_post_taken_out() -> None:
    lines = f"{textwrap.fill(FIRST, 80)}\n \n{textwrap.fill(SECOND, 80)}"
    post = "Smoke over the old harbour. pic.twitter.com/abcdef -- Ann (@ann_port) November 19, 2019"
    article = read_bytes(pdf_of(lines, post))
    assert [p.handle for p in article.posts] == ["ann_port"]
    assert article.text.split() == f"{FIRST} {SECOND}".split()


def test_a_pdf_without_text_and_a_damaged_one_are_refused() -> None:
    with pytest.raises(InputError, match="holds no text"):
        read_bytes(pdf_of(""))
    with pytest.raises(InputError, match="the PDF cannot be read"):
        read_bytes(b"%PDF-1.7\nnothing of the kind")


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_its_first_page_with_an_article(packed: bool) -> None:
    data = warc_of(
        ("http://news.example/", "301 Moved", "text/html", b""),
        ("https://news.example/a.png", "200 OK", "image/png", b"\x89PNG"),
        (URL, "200 OK", "text/html; charset=utf-8", page().encode()),
        (f"{URL}/other", "200 OK", "text/html", page("<p>Something else entirely.</p>").encode()),
        packed=packed,
    )
    article = read_bytes(data)
    assert article.url == URL
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert any("holds 2 pages" in warning for warning in article.warnings)


def test_a_wacz_gives_the_page_its_list_names() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as wacz:
        frame = (
            "https://ads.example/frame",
            "200 OK",
            "text/html",
            page("<p>Buy now.</p>").encode(),
        )
        wacz.writestr(
            "archive/data.warc.gz", warc_of(frame, (URL, "200 OK", "text/html", page().encode()))
        )
        wacz.writestr("pages/pages.jsonl", f'{{"format": "json-pages-1.0"}}\n{{"url": "{URL}"}}\n')
    assert read_bytes(box.getvalue()).url == URL


def test_a_packed_page_is_unpacked() -> None:
    assert read_bytes(gzip.compress(page().encode())).text == f"{FIRST}\n\n{SECOND}"
