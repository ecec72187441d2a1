"""Statements as rows: their keys, their columns and back. It never touches a file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from verify import text as texts
from verify import words
from verify.errors import ArchiveError
from verify.values import Commitment, Interval, Kind, Source, Statement

Item = TypeVar("Item")

SELECT = (
    "SELECT statements.id, text, quote, published_at, url, relayed_by, event_time, superseded_by, "
    "name, kind, party, named, ident, place FROM statements JOIN sources ON sources.id = source"
)
#: Addresses of single posts: another text there is an edit, not a second quotation.
_POST = re.compile(
    r"//(?:[\w-]+\.)*(?:(?:twitter|x)\.com/[^/]+/status(?:es)?/\d+|t\.me/(?:s/)?\w+/\d+"
    r"|facebook\.com/[^?#]*/posts/\w+|truthsocial\.com/@\w+/(?:posts/)?\d+"
    r"|bsky\.app/profile/[^/]+/post/\w+|instagram\.com/p/[\w-]+|threads\.(?:net|com)/@[\w.]+/post/\w+)",
    re.I,
)


def key(statement: Statement) -> str:
    """Return the key by which two statements are one: source, address and normalised text.

    Two agencies' same words are two statements, and so are two quotations from one page.
    """
    source = statement.source.id or texts.normalise(statement.source.name)
    parts = (source, statement.url or "", texts.fingerprint(statement.text))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def is_post(url: str | None) -> bool:
    """Tell whether an address is that of one post, which has one text at a time."""
    return bool(url and _POST.search(url))


def id_of(number: int) -> str:
    """Return a row's number as a statement's id."""
    return f"a{number}"


def number_of(ident: str) -> int | None:
    """Return a statement's id as a row's number; None where it is no archive's id."""
    digits = ident.removeprefix("a")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def source_row(source: Source) -> tuple[Any, ...]:
    """Return a source's columns: ident, name, kind, party, named, place."""
    named = int(source.named)
    columns = (source.id, source.name, str(source.kind), source.party, named, source.place)
    return tuple("" if value is None else value for value in columns)


def statement_row(statement: Statement) -> tuple[Any, ...]:
    """Return a statement's columns, from `text` to `event_time`."""
    published = statement.published_at
    if published is None:
        raise ArchiveError(f"statement {statement.text[:60]!r} has no date: give it one")
    return (
        statement.text,
        statement.quote,
        words.searchable(statement.text),
        published.astimezone(UTC).isoformat(timespec="seconds"),
        statement.url or "",
        statement.relayed_by,
        _interval_text(statement.event_time),
    )


def statement_of(row: Any) -> Statement:
    """Build a statement from a row of `SELECT`, its commitment not yet read."""
    (number, text, quote, published, url, relayed_by, event, successor, *source) = row
    name, kind, party, named, ident, place = source
    return Statement(
        id=id_of(number),
        text=text,
        quote=quote,
        source=Source(name, Kind(kind), party or None, bool(named), ident or None, place or None),
        commitment=Commitment.AFFIRMS,
        origin="archive",
        published_at=datetime.fromisoformat(published),
        event_time=_interval_of(event),
        relayed_by=relayed_by,
        url=url if url.startswith("http") else None,
        superseded_by=None if successor is None else id_of(successor),
    )


def window_text(window: tuple[datetime, datetime]) -> list[str]:
    """Return two times as the column `published_at` writes them."""
    return [time.astimezone(UTC).isoformat(timespec="seconds") for time in window]


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut items into lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _interval_text(interval: Interval | None) -> str | None:
    if interval is None:
        return None
    start, end = (time.astimezone(UTC).isoformat() for time in (interval.start, interval.end))
    return json.dumps(
        {"start": start, "end": end, "text": interval.text, "precise": interval.precise}
    )


def _interval_of(text: str | None) -> Interval | None:
    if text is None:
        return None
    given = json.loads(text)
    start, end = (datetime.fromisoformat(given[key]) for key in ("start", "end"))
    return Interval(start, end, given["text"], given["precise"])
