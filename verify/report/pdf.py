"""The report as a PDF, for the file: the HTML page printed by WeasyPrint (extra "pdf").

Nothing is fetched: whatever address the page might hold, the fetcher refuses it.
"""

from __future__ import annotations

from typing import Any, NoReturn

from verify.errors import InputError
from verify.report import html
from verify.values import Report


def render(report: Report) -> bytes:
    """Draw a report as a PDF; `InputError` names the extra where it is not installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: its system libraries are missing
        raise InputError(
            f"a PDF needs WeasyPrint and Pango ({error}); install them with "
            "`pip install 'verify[pdf]'`, or write HTML and print it from a browser"
        ) from error
    page = weasyprint.HTML(string=html.render(report), url_fetcher=_refuse)
    drawn: bytes = page.write_pdf(pdf_identifier=b"verify", uncompressed_pdf=False)
    return drawn


def _refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"a report opens no address: {url}")
