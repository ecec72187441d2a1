"""Countries, peoples and places: which state a place lies in, whose an adjective is.

Reads one table of the package (`places.txt`). It never guesses: a name that two countries share
and the text does not decide has no country, and a territory that several parties hold or claim
belongs to none of them alone. It knows names only, no coordinates and no borders.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple

from .values import Span

Sort = Literal["country", "region", "place", "seat", "territory"]
Role = Literal["place", "people"]

WORD = re.compile(r"[^\W_]+")
#: "French-language radio" may be anywhere.
_OF_LANGUAGE = re.compile(r"[- ](?:language|speaking|speakers?)\b", re.I)
#: What may part the words of one name.
JOINT = re.compile(r"[\s\-–‐'’‘ʼ`./&,]{0,3}\Z")
LONGEST = 6
#: Countries whose towns are told apart by their state ("Paris, Texas").
FEDERAL = frozenset({"United States", "Canada", "Australia"})


class Place(NamedTuple):
    """A named place. `country` is None where it is shared, disputed or undecided.

    `within` names what encloses it, nearest first; `parties` all that govern or claim it.
    """

    name: str
    sort: Sort
    country: str | None
    parties: tuple[str, ...]
    within: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A place or a people named in a text; `role` "people" is an adjective or a demonym."""

    span: Span
    text: str
    place: Place
    role: Role = "place"


class Entry(NamedTuple):
    """One way to write a place, and the conditions under which the words mean it.

    `upper`: in capitals only ("US"); `lead`: index of the first word that needs a capital;
    `doubtful`: also a word or a person's name; `chief`: the best-known bearer of the name.
    """

    place: Place
    role: Role
    upper: bool
    lead: int
    doubtful: bool
    chief: bool


class Token(NamedTuple):
    """A word of a text with its offsets and its key (no case, no accents)."""

    key: str
    text: str
    start: int
    end: int


def key_of(text: str) -> str:
    """Return the text without case and accents, for comparing names."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    split = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in split if not unicodedata.combining(c))
    return plain.replace("ø", "o").replace("ł", "l").replace("ı", "i")


def tokens_of(text: str) -> list[Token]:
    """Cut a text into words with offsets."""
    return [Token(key_of(m[0]), m[0], m.start(), m.end()) for m in WORD.finditer(text)]


class Table:
    """The places by their written forms. Built once, from the package's own file."""

    def __init__(self, lines: list[str]) -> None:
        self.forms: dict[str, list[Entry]] = {}
        self.firsts: dict[str, int] = {}
        self.adjectives: dict[str, str] = {}
        self.countries: set[str] = set()
        self.territories: dict[str, Place] = {}
        self.neighbours: dict[str, frozenset[str]] = {}
        country = ""
        for line in lines:
            mark, rest = line[:1], line[2:]
            if mark in {"#", ""}:
                continue
            if mark == "!":
                name, _, words = rest.partition(": ")
                self.neighbours[name] = frozenset(words.split())
            elif mark == "=":
                country = self._country(rest)
            elif mark == "~":
                self._territory(rest)
            elif mark == "@":
                for name in rest.split(","):
                    self._variants(name, Place("", "seat", country, (country,), (country,)))
            else:
                self._region(line, country)
        self.neighbours["plain"] |= self.neighbours["before"]

    def _country(self, rest: str) -> str:
        name, people, others, capital = (part.strip() for part in rest.split("|"))
        plain = name.rstrip("?+")
        place = Place(plain, "country", plain, (plain,))
        self.countries.add(plain)
        self._add(name, place, "place")
        for other in others.split(","):
            self._add(other, place, "place")
        self._people(people, place)
        if capital:
            self._variants(capital, Place("", "place", plain, (plain,), (plain,)))
        return plain

    def _people(self, people: str, place: Place) -> None:
        for i, word in enumerate(w.strip() for w in people.split(",")):
            if word and i == 0:
                self.adjectives[place.name] = word.rstrip("?+")
            self._add(word, place, "people")

    def _territory(self, rest: str) -> None:
        head, _, inner = rest.partition(":")
        name, parties, others = (part.strip() for part in head.split("|"))
        claims = tuple(p.strip() for p in parties.split(","))
        place = Place(name, "territory", None, claims, claims)
        self.territories[name] = place
        self._add(name, place, "place")
        for other in others.split("/"):
            self._add(other, place, "place")
        for spot in inner.split(","):
            self._variants(spot, Place("", "place", None, claims, (name, *claims)))

    def _region(self, line: str, country: str) -> None:
        head, _, inner = line.partition(":")
        named, _, people = head.partition("|")
        name, _, claim = named.strip().partition(" (")
        parties = (country, claim.rstrip(")")) if claim else (country,)
        within: tuple[str, ...] = (country,)
        if name != "-":
            region = self._variants(name, Place("", "region", country, parties, within))
            self._people(people, region)
            within = (region.name, country)
        for spot in inner.split(","):
            self._variants(spot, Place("", "place", country, parties, within))

    def _variants(self, names: str, place: Place) -> Place:
        forms = [n.strip() for n in names.split("/") if n.strip()]
        if not forms:
            return place
        named = place._replace(name=forms[0].rstrip("?+"))
        for form in forms:
            self._add(form, named, "place")
        return named

    def _add(self, form: str, place: Place, role: Role) -> None:
        stripped = form.strip()
        plain = stripped.rstrip("?+").removeprefix("the ").removeprefix("The ")
        if not plain:
            return
        words = WORD.findall(plain)
        keys = WORD.findall(key_of(plain))
        if keys[0] == "el":
            keys[0] = "al"
        lead = next((i for i, w in enumerate(words) if w[0].isupper()), -1)
        upper = plain.isupper() and sum(map(len, words)) < 6
        doubtful, chief = "?" in stripped, "+" in stripped
        known = self.forms.setdefault(" ".join(keys), [])
        if all(e.place is not place or e.upper != upper for e in known):
            known.append(Entry(place, role, upper, lead, doubtful, chief))
        if self.firsts.get(keys[0], 0) < len(keys):
            self.firsts[keys[0]] = len(keys)


@cache
def table() -> Table:
    """Return the table of places, read once."""
    text = resources.files(__package__).joinpath("places.txt").read_text("utf-8")
    return Table(text.splitlines())


def find(text: str) -> list[Mention]:
    """Find places and peoples in a text, longest names first, in reading order.

    A name that is also a word or a person's name counts only where its neighbours show a place.
    Names shared by several places are decided by a following place ("Portland, Maine") and by the
    other places of the text; if that fails, `country` is None and `parties` holds the choice.
    """
    return list(_found(text))


@lru_cache(maxsize=2000)
def _found(text: str) -> tuple[Mention, ...]:
    """Find them once: every claim meets every statement, and asks for the places of both."""
    tokens = tokens_of(text)
    caseless = text == text.lower()
    raw: list[tuple[int, int, list[Entry]]] = []
    i = 0
    firsts = table().firsts
    while i < len(tokens):
        if tokens[i].key not in firsts and tokens[i].key != "el":
            i += 1
            continue
        size, entries = _longest(tokens, i, text, caseless)
        if entries and not _OF_LANGUAGE.match(text, tokens[i + size - 1].end):
            raw.append((i, i + size, entries))
        i += size
    return tuple(_decided(raw, tokens, text))


def _longest(
    tokens: list[Token], i: int, text: str, caseless: bool
) -> tuple[int, list[Entry] | None]:
    first = "al" if tokens[i].key == "el" else tokens[i].key
    reach = min(table().firsts.get(first, 0), LONGEST, len(tokens) - i)
    for size in range(reach, 0, -1):
        run = tokens[i : i + size]
        if not all(JOINT.match(text[a.end : b.start]) for a, b in pairwise(run)):
            continue
        key = " ".join([first, *(t.key for t in run[1:])])
        entries = [e for e in table().forms.get(key, ()) if _fits(e, run, caseless)]
        if any(not e.doubtful or _is_shown(e, tokens, i, size, text) for e in entries):
            return size, entries
    return 1, None


def _fits(entry: Entry, run: list[Token], caseless: bool) -> bool:
    if entry.upper:
        return all(t.text.isupper() for t in run)
    if caseless:
        return not entry.doubtful and run[0].key not in table().neighbours["words"]
    return entry.lead < 0 or run[entry.lead].text[0].isupper()


def _is_shown(entry: Entry, tokens: list[Token], i: int, size: int, text: str) -> bool:
    """Tell whether the neighbours of a doubtful name show that a place is meant."""
    words = table().neighbours
    before = tokens[i - 1] if i else None
    after = tokens[i + size] if i + size < len(tokens) else None
    gap = text[tokens[i + size - 1].end : after.start] if after else ""
    if after and after.key in words["after"] and len(gap) < 3:
        return True
    if after and gap == " " and _is_surname(after):
        return False
    if before and before.key in words["before"]:
        return True
    if entry.place.sort == "country":
        near = before is not None and text[before.end : tokens[i].start] == " "
        return not (
            near and before and before.text[0].isupper() and before.key not in words["plain"]
        )
    if i == 0 and after is None:
        return True
    return after is not None and gap.strip() == "," and after.key in table().firsts


def _is_surname(token: Token) -> bool:
    known = token.key in table().forms or token.key in table().neighbours["after"]
    return token.text[0].isupper() and not token.text.isupper() and not known


def _decided(
    raw: list[tuple[int, int, list[Entry]]], tokens: list[Token], text: str
) -> list[Mention]:
    choices = [{e.place.country for e in entries} for _, _, entries in raw]
    sure = {country for choice in choices if len(choice) == 1 for country in choice}
    found: list[Mention] = []
    for n, (i, j, entries) in enumerate(raw):
        start, end = tokens[i].start, tokens[j - 1].end
        if text[end : end + 1] == "." and j - i > 1 and len(tokens[j - 1].text) == 1:
            end += 1
        follow = raw[n + 1] if n + 1 < len(raw) and raw[n + 1][0] == j else None
        beside = follow is not None and text[end : tokens[j].start].strip() == ","
        outer = follow[2][-1].place if follow and beside else None
        place, role = _choose(entries, outer, sure)
        found.append(Mention(Span(start, end), text[start:end], place, role))
    return found


def _choose(entries: list[Entry], outer: Place | None, sure: set[str | None]) -> tuple[Place, Role]:
    """Choose among the places of one name."""
    role = entries[0].role
    if outer and outer.sort in {"country", "region"}:
        inside = [e for e in entries if outer.name in e.place.within]
        if inside:
            return inside[0].place, role
        is_state = outer.sort == "region" and outer.country in FEDERAL
        if is_state and all(e.place.sort == "place" for e in entries):
            within = (outer.name, *outer.within)
            return Place(entries[0].place.name, "place", outer.country, outer.parties, within), role
    chief = [e for e in entries if e.chief]
    if len(entries) == 1 or chief:
        return (chief or entries)[0].place, role
    near = [e for e in entries if e.place.country in sure] or entries
    if len({e.place.country for e in near}) == 1:
        return near[0].place, role
    parties = tuple(dict.fromkeys(p for e in entries for p in e.place.parties))
    return Place(entries[0].place.name, entries[0].place.sort, None, parties), role


def resolve(text: str) -> Place | None:
    """Return the first place that a short text names ("Kisweh", "southern Damascus", "Israeli")."""
    mentions = find(text)
    if mentions:
        return mentions[0].place
    entries = table().forms.get(" ".join(t.key for t in tokens_of(text)))
    return _choose(entries, None, set())[0] if entries else None


def country_of(text: str) -> str | None:
    """Return the one country a name, an adjective or a short text points to, or None.

    "Damascus" and "Syrian-led" give "Syria", "the Kremlin" gives "Russia"; the Golan Heights give
    None, because more than one party may speak for it (see `parties_of`), and so do two countries.
    """
    mentions = find(text)
    if not mentions:
        place = resolve(text)
        return place.country if place else None
    countries = {m.place.country for m in mentions}
    return countries.pop() if len(countries) == 1 else None


def parties_of(text: str) -> tuple[str, ...]:
    """Return every party that governs or claims what the text names; empty if nothing is known."""
    found = [m.place for m in find(text)] or [p for p in (resolve(text),) if p]
    return tuple(dict.fromkeys(p for place in found for p in place.parties))


def is_within(inner: str, outer: str) -> bool:
    """Tell whether one place lies in another or is it ("Kisweh" in "Rif Dimashq" in "Syria").

    A disputed territory of the table counts as lying in each of the parties that hold or claim it.
    """
    small, large = resolve(inner), resolve(outer)
    if small is None or large is None:
        return False
    return large.name in {small.name, *small.within}


def scene_of(text: str) -> str | None:
    """Return the one country in which the places that a sentence names lie, or None.

    Adjectives do not count: a Russian arrested in Oslo was arrested in Norway.
    """
    countries = {
        m.place.country for m in find(text) if m.role == "place" and m.place.sort != "seat"
    }
    return countries.pop() if len(countries) == 1 else None


def is_country(name: str) -> bool:
    """Tell whether the name is a country's canonical name ("United States", not "America")."""
    return name in table().countries


def adjective_of(country: str) -> str | None:
    """Return the adjective of a canonical country name ("Israel" gives "Israeli")."""
    return table().adjectives.get(country)


def people_of(word: str) -> str | None:
    """Return whose adjective or demonym a word is: "Israelis" and "Israeli-led" give "Israel"."""
    key = key_of(word)
    for form in (key, key.split("-")[0]):
        entries = table().forms.get(form.replace("-", " "), ())
        names = {e.place.name for e in entries if e.role == "people"}
        if len(names) == 1:
            return names.pop()
    return None
