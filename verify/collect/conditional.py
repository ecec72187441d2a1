"""Fetching an address again only where it has changed: ETag and Last-Modified (RFC 9110, 13).

It remembers the validators of an address after its content was taken in, never before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from verify.collect.gathered import Tools
from verify.http import Response

_ROOM = "validators"
#: An address that once held something and says so: it is gone.
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered; `answer` is None where nothing has changed there."""

    url: str
    answer: Response | None
    is_gone: bool = False


def fetch(url: str, tools: Tools, types: Collection[str] | None = None) -> Fetched:
    """Fetch an address unless it is unchanged since it was last taken in. Raises FetchError."""
    known = tools.state.get(_ROOM, url) or {}
    answer = tools.session.get(url, types=types, headers=known, statuses=GONE)
    if answer.status == 304:
        return Fetched(url, None)
    return Fetched(url, answer, answer.status in GONE)


def taken(fetched: Fetched, tools: Tools) -> None:
    """Remember that what was fetched has been taken in."""
    if fetched.answer is None or fetched.is_gone:
        return
    headers = {name.lower(): value for name, value in fetched.answer.headers.items()}
    validators = {
        asked: headers[told]
        for told, asked in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
        if told in headers
    }
    tools.state.put(_ROOM, fetched.url, validators, tools.patience.now())
