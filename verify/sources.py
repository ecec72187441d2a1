"""Who is official, and for whom: the registry of sources, and any noun phrase turned into a source.

Reads `sources.toml` of the package and, beside it, the user's own file of the same form. It knows
what is written there and what the words of a phrase say; it fetches nothing and never guesses a
party: a doubtful speaker has kind `unknown`, or no party.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from . import places, speakers
from .errors import InputError
from .ownership import Setting
from .places import Token, tokens_of
from .values import OFFICIAL, Kind, Source

#: The keys an entry may have, in the order in which they are written.
KEYS = (
    "name", "aliases", "handles", "domains", "feeds", "kind", "party", "place", "remit",
    "since", "until", "from",
)  # fmt: skip
WORLD = "world"
PERIOD = frozenset({"since", "until"})
#: Bodies that may speak anywhere.
ANYWHERE = frozenset({Kind.INTERGOVERNMENTAL})
#: Kinds whose place narrows their remit.
NARROWED = frozenset({Kind.POLICE, Kind.EMERGENCY, Kind.JUDICIARY, Kind.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of the registry. `since` counts, `until` no longer does; both may be open.

    `handles` are accounts on X, or "platform:handle"; `remit` is "world" for a body whose remit is
    the whole world; `taken_from` says where the facts come from (key `from` in the file).
    """

    id: str
    name: str
    kind: Kind
    party: str | None = None
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    place: str | None = None
    remit: str | None = None
    since: date | None = None
    until: date | None = None
    taken_from: str = ""

    def source(self) -> Source:
        """Return the entry as a speaker."""
        return Source(self.name, self.kind, self.party, True, self.id, self.place)

    def is_valid(self, on: date) -> bool:
        """Tell whether the entry holds on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


def entry_from(ident: str, raw: object, where: str) -> Entry:
    """Make an entry from a table of the file; raise InputError naming it if it is wrong."""
    if not isinstance(raw, dict):
        raise InputError(f"{where}: [{ident}] must be a table with name and kind")
    wrong = sorted(set(raw) - set(KEYS))
    if wrong:
        raise InputError(
            f"{where}: [{ident}] has an unknown key {wrong[0]!r}; known: {', '.join(KEYS)}"
        )
    if not isinstance(raw.get("name"), str) or not raw["name"].strip():
        raise InputError(f"{where}: [{ident}] needs a name")
    try:
        kind = Kind(raw.get("kind", ""))
    except ValueError:
        kinds = ", ".join(k.value for k in Kind)
        raise InputError(
            f"{where}: [{ident}] has kind {raw.get('kind')!r}; use one of {kinds}"
        ) from None
    for key in ("aliases", "handles", "domains", "feeds"):
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise InputError(f"{where}: [{ident}] {key} must be a list of texts")
    for key in ("since", "until"):
        if key in raw and (not isinstance(raw[key], date) or isinstance(raw[key], datetime)):
            raise InputError(f"{where}: [{ident}] {key} must be a date such as 2024-12-08")
    return Entry(
        id=ident,
        name=raw["name"].strip(),
        kind=kind,
        party=raw.get("party"),
        aliases=tuple(raw.get("aliases", ())),
        handles=tuple(raw.get("handles", ())),
        domains=tuple(d.casefold() for d in raw.get("domains", ())),
        feeds=tuple(raw.get("feeds", ())),
        place=raw.get("place"),
        remit=raw.get("remit"),
        since=raw.get("since"),
        until=raw.get("until"),
        taken_from=raw.get("from", ""),
    )


def parse(text: str, where: str) -> list[Entry]:
    """Read entries from TOML; raise InputError with file and reason."""
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not valid TOML ({error}); correct the file") from None
    return [entry_from(ident, raw, where) for ident, raw in tables.items()]


def parse_own(text: str) -> list[Entry]:
    """Read the package's own file, whose lines `to_toml` wrote: ten times as fast as a TOML reader.

    Every value stands on one line and is JSON too, dates aside; a test holds it against tomllib.
    """
    tables: list[str] = []
    for line in text.splitlines():
        if line[:1] == "[":
            tables.append(f'"id": "{line[1:-1]}"')
        elif line[:1] not in {"", "#"}:
            key, _, value = line.partition(" = ")
            quoted = f'"{value}"' if key in PERIOD else value
            tables.append(f'"{key}": {quoted}')
    listed = json.loads("[{" + ", ".join(tables).replace(', "id": ', '}, {"id": ') + "}]")
    entries = []
    for raw in listed:
        ident = raw.pop("id")
        for key in PERIOD & raw.keys():
            raw[key] = date.fromisoformat(raw[key])
        entries.append(entry_from(ident, raw, "sources.toml"))
    return entries


def to_toml(entry: Entry) -> str:
    """Return an entry as a table of the file's form."""

    def quoted(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return "[" + ", ".join(quoted(v) for v in value) + "]"
        plain = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(c for c in plain if c.isprintable()) + '"'

    lines = [f"[{entry.id}]"]
    for key in KEYS:
        value = getattr(entry, "taken_from" if key == "from" else key)
        if value:
            lines.append(f"{key} = {quoted(value)}")
    return "\n".join(lines) + "\n"


def own_file() -> Path:
    """Return the file of the user's own sources, in XDG's configuration folder."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if Path(base).is_absolute() else Path.home() / ".config"
    return folder / "verify" / "sources.toml"


def conflicts(entries: Iterable[Entry]) -> list[str]:
    """Return one line for each account, site or name that two entries claim at the same time."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        marks = [f"account {_handle(h, 'x')}" for h in entry.handles]
        marks += [f"site {d}" for d in entry.domains]
        names = (entry.name, *entry.aliases)
        marks += [f"name {' '.join(t.key for t in tokens_of(n))}" for n in names]
        for mark in dict.fromkeys(marks):
            held.setdefault(mark, []).append(entry)
    return [
        f"{mark}: both [{first.id}] and [{second.id}]"
        for mark, claimed in held.items()
        for n, first in enumerate(claimed)
        for second in claimed[n + 1 :]
        if _do_overlap(first, second) and (first.kind, first.party) != (second.kind, second.party)
    ]


def _do_overlap(first: Entry, second: Entry) -> bool:
    start = max(first.since or date.min, second.since or date.min)
    return start < min(first.until or date.max, second.until or date.max)


def _day(on: date | datetime | None) -> date | None:
    return on.date() if isinstance(on, datetime) else on


def _handle(text: str, platform: str) -> str:
    given, _, name = text.rpartition(":")
    return f"{given or platform}:{name.lstrip('@')}".casefold()


@dataclass
class Registry:
    """The known sources, found by exact handle, by host, or by name; each as it was on a day.

    Without a day the entry that holds today (the one without `until`) is taken.
    """

    entries: tuple[Entry, ...] = ()
    _names: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict, repr=False)
    _firsts: dict[str, int] = field(default_factory=dict, repr=False)
    _handles: dict[str, list[Entry]] = field(default_factory=dict, repr=False)
    _domains: dict[str, list[Entry]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            for name in (entry.name, *entry.aliases):
                self._add_name(name, entry)
            for handle in entry.handles:
                self._handles.setdefault(_handle(handle, "x"), []).append(entry)
            for domain in entry.domains:
                self._domains.setdefault(domain, []).append(entry)

    @classmethod
    def load(cls, user_file: Path | None = None) -> Registry:
        """Read the package's sources and the user's own, which replace those of the same id.

        The user's file is the one of `own_file` unless another is given; a missing one is none.
        Raises InputError where it is not readable or wrong.
        """
        user_file = own_file() if user_file is None else user_file
        text = resources.files(__package__).joinpath("sources.toml").read_text("utf-8")
        entries = {e.id: e for e in parse_own(text)}
        if user_file.is_file():
            try:
                own = user_file.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"{user_file}: cannot be read ({error})") from None
            entries.update({e.id: e for e in parse(own, str(user_file))})
        return cls(tuple(entries.values()))

    def _add_name(self, name: str, entry: Entry) -> None:
        plain = name.removeprefix("the ").removeprefix("The ")
        keys = [t.key for t in tokens_of(plain)]
        if not keys:
            return
        self._names.setdefault(" ".join(keys), []).append((plain, entry))
        self._firsts[keys[0]] = max(self._firsts.get(keys[0], 0), len(keys))

    def by_handle(
        self, handle: str, platform: str = "x", on: date | datetime | None = None
    ) -> Source | None:
        """Return the source of an account; handles match exactly, case aside."""
        return _pick(self._handles.get(_handle(handle, platform), ()), on)

    def by_domain(self, host: str, on: date | datetime | None = None) -> Source | None:
        """Return the source whose site a host is or is part of ("www.idf.il" is the IDF's)."""
        name = host.casefold().rstrip(".").split(":")[0]
        while "." in name:
            if name in self._domains:
                return _pick(self._domains[name], on)
            name = name.partition(".")[2]
        return None

    def by_name(self, phrase: str, on: date | datetime | None = None) -> Source | None:
        """Return the source whose name or alias a phrase is, articles aside."""
        tokens = tokens_of(phrase)
        if len(tokens) > 1 and tokens[0].key == "the":
            tokens = tokens[1:]
        found = self.known_at(tokens, 0, on)
        return found[1] if found and found[0] == len(tokens) else None

    def by_id(self, ident: str) -> Entry | None:
        """Return an entry by its id."""
        return next((e for e in self.entries if e.id == ident), None)

    def known_at(
        self, tokens: Sequence[Token], i: int, on: date | datetime | None = None
    ) -> tuple[int, Source] | None:
        """Return the longest known name that begins at a token: how many tokens, and whose."""
        reach = self._firsts.get(tokens[i].key, 0) if i < len(tokens) else 0
        keys = [t.key for t in tokens[i : i + reach]]
        for size in range(len(keys), 0, -1):
            known = self._names.get(" ".join(keys[:size]))
            if known is None:
                continue
            run = tokens[i : i + size]
            source = _pick([e for name, e in known if _is_written(name, run)], on)
            if source:
                return size, source
        return None


def _is_written(name: str, run: Sequence[Token]) -> bool:
    """Tell whether a name's capitals are there: "WHO" is not "who", "Meta" not "meta"."""
    if name.isupper():
        return all(t.text.isupper() or t.text.isdigit() for t in run)
    return not name[0].isupper() or run[0].text[0].isupper()


def _pick(entries: Iterable[Entry], on: date | datetime | None) -> Source | None:
    """Return the entry that holds on a day; None where two different ones do."""
    known = list(entries)
    day = _day(on)
    held = [e for e in known if (e.until is None if day is None else e.is_valid(day))]
    if day is None and not held:
        held = sorted(known, key=lambda e: e.until or date.max)[-1:]
    kinds = {(e.kind, e.party) for e in held}
    return held[0].source() if held and len(kinds) == 1 else None


def resolve(
    phrase: str,
    registry: Registry,
    *,
    country: str | None = None,
    on: date | datetime | None = None,
    context: str = "",
) -> Source:
    """Turn any English noun phrase into a source: name, kind, party, named, id, place.

    `country` is the state the article is about: the party of home institutions that the phrase
    gives to nobody ("the interior minister"). `context` is the sentence it stands in, whose place
    tells whose the police and other local offices are. `on` is the day the registry is asked for.
    """

    def known(tokens: Sequence[Token], i: int) -> tuple[int, Source] | None:
        return registry.known_at(tokens, i, on)

    scene = places.scene_of(context) if context else None
    return speakers.read(phrase, known, Setting(country, scene))


def is_official(source: Source) -> bool:
    """Tell whether a source's statements are kept as official, as its side's voice or more."""
    return source.kind in OFFICIAL


def is_competent_place(source: Source, place: str | None, registry: Registry) -> bool:
    """Tell whether a place lies within an official's remit: its city, its country, or the world."""
    if not is_official(source):
        return False
    entry = registry.by_id(source.id) if source.id else None
    if source.kind in ANYWHERE or (entry is not None and entry.remit == WORLD):
        return True
    if not place or not source.party:
        return False
    if source.place and source.kind in {
        Kind.POLICE,
        Kind.EMERGENCY,
        Kind.JUDICIARY,
        Kind.GOVERNMENT,
    }:
        return places.is_within(place, source.place) or places.is_within(source.place, place)
    return source.party in places.parties_of(place)
