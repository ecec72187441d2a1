"""The report as a PDF, for the file: the HTML page printed by WeasyPrint (extra "pdf").

Nothing is fetched: whatever address the page might hold, the fetcher refuses it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from verify.errors import InputError
from verify.report import html
from verify.values import Report

_TEXT = re.compile(r"(?<=>)[^<]+")
_LONG = re.compile(r"[^\s&;<>\u200b]{60}(?=[^\s&;<>\u200b])")


def render(report: Report) -> bytes:
    """Draw a report as a PDF; `InputError` names the extra where it is not installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: its system libraries are missing
        raise InputError(
            f"a PDF needs WeasyPrint and Pango ({error}); install them with "
            "`pip install 'verify[pdf]'`, or write HTML and print it from a browser"
        ) from error
    page = weasyprint.HTML(string=breakable(html.render(report)), url_fetcher=_refuse)
    with _dated(report):
        drawn: bytes = page.write_pdf(pdf_identifier=b"verify", uncompressed_pdf=False)
    return drawn


@contextmanager
def _dated(report: Report) -> Iterator[None]:
    """Let the fonts inside bear the report's own time: the clock would make every copy another."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(report.created_at.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def breakable(page: str) -> str:
    """Let long words break: WeasyPrint takes minutes over one of 10,000 characters."""
    head, mark, body = page.partition("</head>")
    opened = _TEXT.sub(lambda m: _LONG.sub("\\g<0>\u200b", m[0]), body)
    return head + mark + opened


def _refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"a report opens no address: {url}")
