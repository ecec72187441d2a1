"""PDF to text, page by page, in a process of its own under limits of time, memory and pages.

It reads text only: no pictures, no scripts, no forms; a scanned page has no text and says so.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

from verify.errors import InputError

MAX_PAGES = 200
#: Seconds; the longest report of 200 pages seen took 12.
MAX_SECONDS = 60
MAX_MEMORY = 2_000_000_000
MAX_TEXT = 5_000_000
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-‐\u00ad]\n(?=[a-zà-ÿ])")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF's text (paragraphs parted by blank lines), title, date of making, links."""

    text: str
    title: str | None = None
    created: str | None = None
    links: tuple[str, ...] = ()
    warning: str | None = None


def read(data: bytes, *, seconds: float = MAX_SECONDS) -> Document:
    """Read a PDF's text; raises InputError where it is damaged, locked, empty or takes too long."""
    command = [sys.executable, "-W", "ignore", "-m", "verify.read.pdf"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"the PDF took longer than {seconds:g} s to read; save its text and give that"
        ) from error
    try:
        answer = json.loads(done.stdout or b"{}")
    except ValueError:
        answer = {}
    if "pages" not in answer:
        reason = answer.get("error") or "it is damaged"
        raise InputError(f"the PDF cannot be read: {reason}; save its text and give that")
    text = _assembled(answer["pages"])
    if not text:
        raise InputError("the PDF holds no text (scanned pages?); give its text instead")
    return Document(
        text, answer.get("title"), answer.get("created"), tuple(answer["links"]), answer["warning"]
    )


def _assembled(pages: list[str]) -> str:
    """Join pages: without running heads and page numbers, lines of a paragraph rejoined."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    edges = Counter(
        re.sub(r"\d+", "#", line) for lines in split for line in {*lines[:2], *lines[-2:]} if line
    )
    running = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    kept = [
        "" if re.sub(r"\d+", "#", line) in running or _PAGE_NUMBER.match(line) else line
        for lines in split
        for line in lines
    ]
    return _reflowed(_HYPHEN.sub("", "\n".join(kept)))


def _reflowed(text: str) -> str:
    """Rejoin wrapped lines: a paragraph ends at a blank line, or where a short one stops."""
    lines = text.split("\n")
    widest = sorted(len(line) for line in lines if line)
    usual = widest[int(len(widest) * 0.8)] if widest else 0
    joined: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            # A blank line inside a sentence is a page break or a removed running head.
            is_open = is_open and bool(joined) and not re.search(r"[.!?:”\"’)]$|\d{4}$", joined[-1])
            continue
        if is_open and joined:
            joined[-1] += " " + line
        else:
            joined.append(line)
        ends = bool(re.search(r"[.!?”\"’):]$", line)) and len(line) < usual * 0.8
        is_open = not ends
    return "\n\n".join(joined)


def _extract(data: bytes) -> dict[str, object]:
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "it is locked with a password"}
    pages: list[str] = []
    links: list[str] = []
    total = len(reader.pages)
    for page in reader.pages[:MAX_PAGES]:
        pages.append(page.extract_text() or "")
        links.extend(_links(page))
        if sum(map(len, pages)) > MAX_TEXT:
            break
    about = reader.metadata
    warning = f"only {len(pages)} of {total} pages were read" if len(pages) < total else None
    created = about.creation_date if about else None
    return {
        "pages": pages,
        "links": links[:5000],
        "title": str(about.title) if about and about.title else None,
        "created": created.isoformat() if created else None,
        "warning": warning,
    }


def _links(page: object) -> list[str]:
    found = []
    for annotation in page.get("/Annots") or []:  # type: ignore[attr-defined]
        action = annotation.get_object().get("/A")
        target = action.get_object().get("/URI") if action else None
        if target:
            found.append(str(target))
    return found


def _main() -> None:
    """Read a PDF from standard input and write its text as JSON; runs in the child process."""
    import contextlib
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        answer = _extract(sys.stdin.buffer.read())
    except Exception as error:  # noqa: BLE001 - a third-party parser's adapter; the reason travels
        answer = {"error": f"{type(error).__name__}: {error}"[:120]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
