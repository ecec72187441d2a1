"""RSS and Atom feeds of officials and agencies → statements; feedparser's one room.

An entry's source is the owner of the site its link leads to, never a name the feed gives itself.
An entry without a date is left out: when something was said is never guessed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from verify.collect import conditional, paragraphs
from verify.collect.gathered import Gathered, Outcome, Tools, Words, fingerprint, owner, state
from verify.errors import FetchError
from verify.http import Response
from verify.sources import Registry
from verify.values import Kind, Source

#: Clocks differ; an entry from later than this is misdated.
_SLACK = timedelta(hours=26)
_ROOM = "entries"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: its address, its date, and the paragraphs it says."""

    url: str
    published_at: datetime
    said: tuple[str, ...]
    raw: str


def collect(url: str, tools: Tools) -> Outcome:
    """Take in the entries of a feed that are new or have changed. Raises FetchError."""
    fetched = conditional.fetch(url, tools)
    if fetched.is_gone:
        raise FetchError(f"{url} is gone; find the feed's new address", 404)
    if fetched.answer is None:
        return Outcome(url, notes=("unchanged",))
    entries, undated = _entries(fetched.answer, tools.patience.now())
    new = changed = 0
    for entry in entries:
        mark = fingerprint(entry.raw)
        if tools.state.get(_ROOM, entry.url) == mark:
            continue
        gathered = _statements(entry, url, tools.registry, tools.patience.now())
        added, others = tools.keep.revise(entry.url, gathered) if gathered else (0, 0)
        new, changed = new + added, changed + others
        tools.state.put(_ROOM, entry.url, mark, tools.patience.now())
    conditional.taken(fetched, tools)
    notes = [f"{undated} entries without a usable date or address left out"] if undated else []
    notes += [f"{changed} earlier statements edited or withdrawn"] if changed else []
    return Outcome(url, len(entries), new, tuple(notes))


def _entries(answer: Response, now: datetime) -> tuple[list[Entry], int]:
    """Return a feed's entries, and how many of them cannot be used. Raises FetchError."""
    parsed = _parsed(answer)
    found = [_entry(raw, answer.url, now) for raw in parsed.get("entries", [])]
    if not found and not parsed.get("version"):
        raise FetchError(f"{answer.url} is no feed; give the address of its RSS or Atom file")
    usable = [entry for entry in found if entry is not None]
    return usable, len(found) - len(usable)


def _parsed(answer: Response) -> Any:
    import feedparser

    headers = {"content-type": answer.headers.get("Content-Type", answer.content_type)}
    # A foreign parser may fail in any way; a reason comes of it.
    try:
        return feedparser.parse(BytesIO(answer.content), response_headers=headers)
    except Exception as error:
        raise FetchError(f"{answer.url} cannot be read as a feed ({error})") from error


def _entry(raw: Any, feed: str, now: datetime) -> Entry | None:
    published = _date(raw.get("published_parsed") or raw.get("updated_parsed"))
    link = raw.get("link")
    if published is None or published > now + _SLACK or not isinstance(link, str):
        return None
    url = urljoin(feed, link)
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    bodies = [c.get("value", "") for c in raw.get("content") or []] or [raw.get("summary", "")]
    pieces = [str(raw.get("title") or ""), *map(str, bodies)]
    said = [text for piece in pieces for text in paragraphs.of_markup(piece)]
    return Entry(url, published, tuple(dict.fromkeys(said)), "\n\n".join(pieces))


def _date(parts: Any) -> datetime | None:
    """Return a time that feedparser has read, in UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _statements(entry: Entry, feed: str, registry: Registry, now: datetime) -> list[Gathered]:
    return list(_stated(entry, _source(entry, feed, registry), now))


def _stated(entry: Entry, source: Source, now: datetime) -> Iterator[Gathered]:
    for text in entry.said:
        yield state(Words(text, entry.raw, source, entry.url, entry.published_at), now, "feed")


def _source(entry: Entry, feed: str, registry: Registry) -> Source:
    """Return who speaks: the owner of the entry's site, else of the feed's where it is the same."""
    source = owner(entry.url, registry, entry.published_at)
    if source.kind is Kind.UNKNOWN and urlsplit(entry.url).hostname == urlsplit(feed).hostname:
        return owner(feed, registry, entry.published_at)
    return source
