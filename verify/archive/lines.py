"""Statements from files of lines: JSONL, or CSV with the same keys in its first row.

A line's keys: `source` and/or `handle`, `published_at`, `text`; optional `url`, `relayed_by`,
`kind`, `party`, `event_time` (a date, or an object with `start` and `end`) and `lang`. A line that
is wrong is an error with its number; it never stops the others, and nothing here is written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verify import sources, when
from verify.errors import InputError
from verify.values import Commitment, Interval, Kind, Source, Statement

#: Who a line's source is: (name, handle, day) → Source.
Resolve = Callable[[str | None, str | None, datetime], Source]
MAX_BYTES = 1 << 30
SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its statement, or the error that it is."""

    number: int
    statement: Statement | None = None
    error: str | None = None


def resolver(registry: sources.Registry) -> Resolve:
    """Resolve a line's source by its exact handle, else by its name, as of the statement's day."""

    def resolve(name: str | None, handle: str | None, on: datetime) -> Source:
        found = registry.by_handle(handle, on=on) if handle else None
        if found is None and name:
            found = registry.by_name(name, on) or sources.resolve(name, registry, on=on)
        return found or Source(name or f"@{(handle or '').lstrip('@')}")

    return resolve


def read(path: Path, resolve: Resolve) -> Iterator[Line]:
    """Read every line of a file, blank ones aside. Raises InputError where it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} is larger than 1 GB: split it and add the parts")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: check the name") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check it") from error
    yield from parse(content, str(path), resolve)


def parse(content: bytes, name: str, resolve: Resolve) -> Iterator[Line]:
    """Read lines from a file's bytes; a `name` that ends in .csv or .tsv is a table."""
    text, digest = _text_of(content, name)
    is_table = name.lower().endswith((".csv", ".tsv"))
    records = _csv_records(text, name) if is_table else _json_records(text)
    for number, record in records:
        if isinstance(record, str):
            yield Line(number, error=record)
            continue
        try:
            yield Line(number, statement_from(record, resolve, f"sha256:{digest}"))
        except ValueError as error:
            yield Line(number, error=str(error))


def statement_from(record: dict[str, Any], resolve: Resolve, address: str) -> Statement:
    """Build a statement from one line's keys; `address` stands in where the line has no `url`.

    Raises ValueError with the reason. Commitment and event time are read when the archive is
    (`Archive.complete`), so that a better reader needs no new archive.
    """
    text = _string(record, "text")
    if not text:
        raise ValueError("`text` is missing or empty")
    name, handle = _string(record, "source"), _string(record, "handle")
    if not name and not handle:
        raise ValueError("`source` and `handle` are both missing")
    published = _time(_string(record, "published_at"), "published_at")
    if published is None:
        raise ValueError("`published_at` is missing")
    url = _string(record, "url")
    if url and not url.lower().startswith(("http://", "https://")):
        raise ValueError(f"`url` is no http(s) address: {url[:60]!r}")
    source = _with_given(resolve(name, handle, published), record)
    return Statement(
        id="",
        text=text,
        quote=text,
        source=source,
        commitment=Commitment.AFFIRMS,
        origin="archive",
        published_at=published,
        event_time=_event_time(record.get("event_time")),
        relayed_by=_string(record, "relayed_by"),
        url=url or address,
    )


def record_of(statement: Statement) -> dict[str, Any]:
    """Return a statement as the keys of a line, from which it can be read again, and its id."""
    event, source = statement.event_time, statement.source
    times = event and {"start": event.start.isoformat(), "end": event.end.isoformat()}
    published = statement.published_at
    record = {
        "id": statement.id,
        "source": source.name,
        "kind": str(source.kind),
        "party": source.party,
        "published_at": published and published.isoformat(),
        "text": statement.text,
        "url": statement.url,
        "relayed_by": statement.relayed_by,
        "event_time": times if event and event.precise else None,
        "superseded_by": statement.superseded_by,
    }
    return {key: value for key, value in record.items() if value is not None}


def _with_given(source: Source, record: dict[str, Any]) -> Source:
    """Take `kind` and `party` from the line where the registry does not know the source."""
    kind, party = _string(record, "kind"), _string(record, "party")
    if kind and kind not in list(Kind):
        raise ValueError(f"`kind` {kind!r} is none of: {', '.join(Kind)}")
    if source.id is not None:
        return source
    return replace(source, kind=Kind(kind) if kind else source.kind, party=party or source.party)


def _text_of(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name} is not UTF-8 text (line {line}): convert it first") from error


def _json_records(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON ({getattr(error, 'msg', 'nested too deep')})"
            continue
        yield number, record if isinstance(record, dict) else "not a JSON object"


def _csv_records(text: str, name: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter="\t" if name.lower().endswith(".tsv") else ","
    )
    try:
        names = reader.fieldnames or []
        if "text" not in names:
            raise InputError(f"{name} has no column `text`: name the columns in its first row")
        for record in reader:
            extra = record.pop(None, None)
            number = reader.line_num
            yield number, record if extra is None else "more cells than the first row has names"
    except csv.Error as error:
        raise InputError(f"{name} is no CSV (line {reader.line_num}: {error}): check it") from error


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"`{key}` is no text")
    return value.encode("utf-8", "replace").decode().strip() or None


def _time(text: str | None, key: str) -> datetime | None:
    if text is None:
        return None
    found = when.parse(text)
    if found is None:
        raise ValueError(f"`{key}` is no date: {text[:40]!r}")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _event_time(given: object) -> Interval | None:
    """Read an event time: a bare date is the whole UTC day, a time the moment."""
    if given in (None, ""):
        return None
    if isinstance(given, dict):
        start, end = (_time(_string(given, key), "event_time") for key in ("start", "end"))
        if start is None or end is None or end < start:
            raise ValueError("`event_time` needs `start` and, not before it, `end`")
        return Interval(start, end, _string(given, "text") or "")
    if not isinstance(given, str):
        raise ValueError("`event_time` is no date")
    if given.lstrip().startswith("{"):
        try:
            return _event_time(json.loads(given))
        except json.JSONDecodeError:
            raise ValueError("`event_time` is no JSON object") from None
    moment = _time(given, "event_time")
    if moment is None:
        return None
    return (
        when.whole_day(moment, given)
        if len(given.strip()) <= 10
        else Interval(moment, moment, given)
    )
