"""What a newsroom's settings file asks for: its sources, its archive, what X may cost.

It only reads the file; a key it does not know is an error, never ignored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from verify.collect import x
from verify.collect.settings import Prices, prices
from verify.errors import InputError

_KEYS = {
    "": ("archive", "sources", "feeds", "pages", "files", "x"),
    "x": (
        "handles", "from", "since", "most", "replies", "retweets", "token_file", "price_post",
        "price_account", "ask_over",
    ),
}  # fmt: skip
#: Without `since`, this far back.
_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a settings file asks for; paths are relative to it."""

    archive: Path | None = None
    sources: Path | None = None
    feeds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    handles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    since: datetime | None = None
    most: int = x.TIMELINE
    replies: bool = False
    retweets: bool = False
    token_file: str | None = None
    prices: Prices = field(default_factory=Prices)

    def wanted(self, now: datetime) -> x.Wanted:
        """Return what to read of each account."""
        return x.Wanted(self.since or now - _BACK, self.most, self.replies, self.retweets)


def load(path: Path) -> Plan:
    """Read a settings file. Raises InputError, with the key, where it is wrong."""
    table = _Table(_toml(path), path)
    on_x = _Table(table.raw.get("x", {}), path, "x")
    token_file = on_x.place("token_file")
    return Plan(
        archive=table.place("archive"),
        sources=table.place("sources"),
        feeds=table.texts("feeds"),
        pages=table.texts("pages"),
        files=tuple(path.parent / Path(f).expanduser() for f in table.texts("files")),
        handles=on_x.texts("handles"),
        parties=on_x.texts("from"),
        since=_since(on_x.raw.get("since"), path),
        most=_most(on_x.raw.get("most", x.TIMELINE), path),
        replies=on_x.is_set("replies"),
        retweets=on_x.is_set("retweets"),
        token_file=str(token_file) if token_file else None,
        prices=prices(on_x.raw),
    )


def _toml(path: Path) -> Any:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; docs/newsroom.md shows one") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read as TOML ({error}); correct it") from error


class _Table:
    """One table of the file, its keys known."""

    def __init__(self, raw: Any, path: Path, name: str = "") -> None:
        if not isinstance(raw, dict):
            raise InputError(f"{path}: [{name}] must be a table")
        wrong = sorted(set(raw) - set(_KEYS[name]))
        if wrong:
            known = ", ".join(_KEYS[name])
            raise InputError(f"{path}: unknown key {wrong[0]!r}; known: {known}")
        self.raw: Mapping[str, Any] = raw
        self._path = path

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise InputError(f"{self._path}: {key} must be a list of texts")
        return tuple(value)

    def place(self, key: str) -> Path | None:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self._path}: {key} must be a path")
        return self._path.parent / Path(value).expanduser() if value else None

    def is_set(self, key: str) -> bool:
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise InputError(f"{self._path}: {key} must be true or false")
        return value


def _since(value: Any, path: Path) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise InputError(f"{path}: [x] since must be a date such as 2026-01-31, without quotes")


def _most(value: Any, path: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(f"{path}: [x] most must be a number of posts")
    return value
