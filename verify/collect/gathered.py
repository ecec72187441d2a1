"""What a collector hands on: a statement, and how it was come by; values only.

Collectors never write the archive themselves: they give what they gathered to a `Keep`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, Protocol
from urllib.parse import urlsplit

from verify.collect.patience import Patience
from verify.http import Session
from verify.sources import Registry
from verify.state import State
from verify.values import Commitment, Source, Statement

How = Literal["x", "feed", "page", "file"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A statement with the SHA-256 of the raw text it was read from, when and how it was fetched.

    `replaces` are addresses whose statements this one supersedes (an edited post), or its own
    address where an earlier wording stood there.
    """

    statement: Statement
    sha256: str
    fetched_at: datetime
    how: How
    replaces: tuple[str, ...] = ()


#: Puts statements into the archive and says how many of them are new.
Keep = Callable[[Sequence[Gathered]], int]


class Keeper(Protocol):
    """Puts statements into the archive, and marks there what became of earlier ones."""

    def __call__(self, gathered: Sequence[Gathered]) -> int:
        """Add statements; return how many are new."""
        ...

    def revise(self, url: str, gathered: Sequence[Gathered]) -> tuple[int, int]:
        """Add what an address says now; return how many are new, and how many others it changed.

        What it said before and says no more is kept, marked as edited or withdrawn.
        """
        ...

    def withdraw(self, url: str, at: datetime, reason: str) -> int:
        """Mark what an address said as withdrawn; return how many statements that are."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What collecting from the web needs: the session, what is remembered, who is who, a keeper."""

    session: Session
    state: State
    registry: Registry
    keep: Keeper
    patience: Patience


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source: how much was read, how much of it is new, or why it failed."""

    name: str
    read: int = 0
    new: int = 0
    notes: tuple[str, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words somebody published: what a statement is made of."""

    text: str
    raw: str | bytes
    source: Source
    url: str
    published_at: datetime
    relayed_by: str | None = None


def state(words: Words, fetched_at: datetime, how: How, replaces: tuple[str, ...] = ()) -> Gathered:
    """Make a statement of somebody's own words; the archive gives it its id."""
    statement = Statement(
        id="",
        text=words.text,
        quote=words.text,
        source=words.source,
        commitment=Commitment.AFFIRMS,
        origin="archive",
        published_at=words.published_at,
        relayed_by=words.relayed_by,
        url=words.url,
    )
    return Gathered(statement, fingerprint(words.raw), fetched_at, how, replaces)


def fingerprint(raw: str | bytes) -> str:
    """Return the SHA-256 of a raw text, in hexadecimal."""
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()


def owner(url: str, registry: Registry, on: datetime) -> Source:
    """Return whose site an address is on that day; an unknown one stays unknown, by its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return registry.by_domain(host, on) or Source(host or url)
