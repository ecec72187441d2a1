"""Web archives (WARC, WACZ): the saved pages in them, with address and encoding; capped in size.

It reads responses that were saved; it never replays a page and never fetches what is missing.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from verify.errors import InputError

MAX_PAGE = 20_000_000
MAX_ARCHIVE = 400_000_000
MAX_RECORDS = 20_000
MAX_PAGES = 50
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page."""

    url: str
    content: bytes
    content_type: str
    encoding: str | None = None


def pages(data: bytes) -> list[Saved]:
    """Return the pages of a WARC (gzip or not) or WACZ, the one it was made for first.

    Raises InputError where the archive is damaged or holds no page.
    """
    found = _of_wacz(data) if data[:2] == b"PK" else _of_warc(data)
    if not found:
        raise InputError("the web archive holds no saved page; give the page itself")
    return found


def every(path: Path) -> Iterator[Saved]:
    """Yield the pages of a WARC or WACZ file one at a time, however many and however large.

    Raises InputError where it cannot be read, or not to its end.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            file.seek(0)
            yield from _each(file)
            return
        try:
            with zipfile.ZipFile(file) as box:
                for name in box.namelist():
                    if name.endswith((".warc", ".warc.gz")):
                        with box.open(name) as inner:
                            yield from _each(inner)  # type: ignore[arg-type]
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise InputError("the ZIP file is damaged; download or make it again") from error


def _each(file: BinaryIO) -> Iterator[Saved]:
    from warcio.archiveiterator import ArchiveIterator

    found = 0
    records = iter(ArchiveIterator(file))
    while True:
        try:
            page = _page(next(records))
        except StopIteration:
            break
        except Exception as error:  # a third-party parser's adapter
            raise InputError(
                f"the web archive is damaged behind its page {found} ({type(error).__name__}); "
                "download or make it again"
            ) from error
        if page is not None:
            found += 1
            yield page
    if not found:
        raise InputError("the web archive holds no saved page; give the page itself")


def _of_wacz(data: bytes) -> list[Saved]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            entries = [entry for entry in box.infolist() if not entry.is_dir()]
            warcs = [e for e in entries if e.filename.endswith((".warc", ".warc.gz"))]
            if not warcs:
                raise InputError("the ZIP file is no web archive (WACZ); give a page, text or PDF")
            if sum(entry.file_size for entry in warcs) > MAX_ARCHIVE:
                raise InputError(f"the web archive is larger than {MAX_ARCHIVE / 1e6:g} MB")
            found: list[Saved] = []
            for entry in warcs:
                found.extend(_of_warc(box.read(entry)))
            wanted = _seeds(box, entries)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError("the ZIP file is damaged; download or make it again") from error
    return sorted(
        found, key=lambda page: wanted.index(page.url) if page.url in wanted else len(wanted)
    )


def _seeds(box: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return the addresses of the pages list, in its order."""
    found = []
    for entry in entries:
        if entry.filename != "pages/pages.jsonl" or entry.file_size > MAX_PAGE:
            continue
        for line in box.read(entry).splitlines():
            try:
                address = json.loads(line).get("url")
            except (ValueError, AttributeError, RecursionError):
                continue
            if isinstance(address, str):
                found.append(address)
    return found


def _of_warc(data: bytes) -> list[Saved]:
    from warcio.archiveiterator import ArchiveIterator

    found: list[Saved] = []
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(data))):
            if number >= MAX_RECORDS or len(found) >= MAX_PAGES:
                break
            page = _page(record)
            if page is not None:
                found.append(page)
    except Exception as error:  # a third-party parser's adapter
        if not found:
            raise InputError(
                f"the web archive is damaged ({type(error).__name__}); download or make it again"
            ) from error
    return found


def _page(record: object) -> Saved | None:
    kind = getattr(record, "rec_type", "")
    if kind not in ("response", "resource", "conversion"):
        return None
    headers = record.rec_headers  # type: ignore[attr-defined]
    http = record.http_headers  # type: ignore[attr-defined]
    if kind == "response" and (http is None or not str(http.get_statuscode()).startswith("200")):
        return None
    stated = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    content_type, _, parameters = stated.partition(";")
    content_type = content_type.strip().lower()
    url = headers.get_header("WARC-Target-URI") or ""
    if content_type not in _PAGES or not url.strip("<>").startswith(("http://", "https://")):
        return None
    if url.rstrip("/>").endswith("/robots.txt"):
        return None
    content = record.content_stream().read(MAX_PAGE + 1)  # type: ignore[attr-defined]
    if not content.strip() or len(content) > MAX_PAGE:
        return None
    charset = parameters.lower().partition("charset=")[2].strip(" \"';")
    return Saved(url.strip("<>"), content, content_type, charset or None)
