"""For whom a noun phrase says that somebody speaks: the party and the place of an office.

Takes a party only from the words: a nationality, a possessor, a body's name, an "of" or "in"
phrase; for home institutions also from the setting. Two parties, a border crossed or a word such
as "-backed" or "Western" give none.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from . import places, roles
from .places import Place
from .roles import Phrase, Tag
from .values import OFFICIAL, Kind, Source

OWNING = frozenset(
    {"of", "for", "from", "with", "at", "in", "inside", "within", "by", "on", "under"}
    | {"representing", "working", "serving"}
)
#: Words that give what follows as the owner, not only as the place.
BELONGING = frozenset({"of", "for", "from", "with", "representing"})
CLAUSE = re.compile(r"\b(?:who|whom|whose|which|that|speaking|to)\b")
#: Kinds that act where they are: the place of the event tells whose they are.
LOCAL = frozenset({Kind.POLICE, Kind.EMERGENCY, Kind.JUDICIARY})
NARROW = frozenset({"region", "place"})


class Setting(NamedTuple):
    """Where the phrase stands: the article's country, and that of the sentence's own place."""

    country: str | None = None
    scene: str | None = None


class Owner(NamedTuple):
    """A party and a place; `barred` where the words rule a party out or name two.

    `choices` are the countries among which a place's name leaves the choice.
    """

    party: str | None = None
    place: str | None = None
    barred: bool = False
    choices: tuple[str, ...] = ()


def party_of(place: Place, phrase: Phrase | None = None) -> str | None:
    """Return for whom an official of a place speaks; None where several states share or hold it.

    Where a faction that is no state governs a part of a country (Gaza, Sanaa), it is the party; a
    territory with authorities of its own (Somaliland) is its own. A name that a state shares with
    a part of another ("Georgia") is decided by the office.
    """
    if place.sort == "territory" and place.name in place.parties:
        return place.name
    if place.country is None and place.name in place.parties and phrase:
        words = {roles.singular(t.key) for t in phrase.tokens}
        others = [p for p in place.parties if p != place.name]
        if words & roles.marks("national"):
            return place.name
        return others[0] if len(others) == 1 and words & roles.marks("parts") else None
    if place.country is None or len(place.parties) == 1:
        return place.country
    held = place.parties[1]
    return None if places.is_country(held) else held


def of_place(phrase: Phrase, tag: Tag, left: list[Tag]) -> Source:
    """Read a state or its seat as a speaker ("Israel", "the Kremlin", "Moscow")."""
    place = tag.place
    if place is None or tag.people or phrase.after(tag) or phrase.before(tag):
        return Source("")
    party = party_of(place)
    if places.key_of(place.name) in roles.marks("hosts"):
        return Source("")
    if party is None or before(phrase, tag, left).barred:
        return Source("")
    capital = place.sort == "place" and place.within == (place.country,)
    wide = capital or place.sort not in NARROW
    return Source("", Kind.GOVERNMENT, party, place=None if wide else place.name)


def before(phrase: Phrase, head: Tag, left: list[Tag]) -> Owner:
    """Return whose the words before the head say it is."""
    barred = any(phrase.key(t) in roles.marks("nowhere") for t in left)
    owners = [t for t in left if t.source or t.place]
    if any(phrase.is_loose(t) or phrase.is_held(t) for t in owners):
        barred = True
    owners = [t for t in owners if not phrase.is_loose(t)]
    spot = next((s for s in map(_spot, owners) if s), None)
    states = [t.place for t in owners if t.place]
    body = next((t.source for t in owners if t.source), None)
    if body and not (states and body.kind is Kind.INTERGOVERNMENTAL and phrase.travels(head)):
        place = spot or body.place
        return Owner(body.party, place, body.party is None and body.kind in OFFICIAL)
    if not states:
        return Owner(barred=barred)
    party = party_of(states[0], phrase)
    if party is None and not barred and states[0].country is None and states[0].sort != "territory":
        return Owner(None, spot, True, states[0].parties)
    if (
        barred
        or _are_mixed(phrase, head, owners)
        or (_are_joined(phrase, left) and len({party_of(s, phrase) for s in states}) > 1)
    ):
        party = None
    return Owner(party, spot, party is None)


def _are_joined(phrase: Phrase, left: list[Tag]) -> bool:
    return any(phrase.key(t) in {"and", "or"} for t in left)


def _are_mixed(phrase: Phrase, head: Tag, owners: list[Tag]) -> bool:
    """Tell whether two peoples stand side by side ("Bosnian Serb", "Turkish Cypriot")."""
    for first, second in pairwise(owners):
        if first.end != second.start or not second.people or phrase.travels(head):
            continue
        if first.place and second.place:
            return party_of(first.place, phrase) != party_of(second.place, phrase)
    return False


def _spot(tag: Tag) -> str | None:
    place = tag.place
    return place.name if place and not tag.people and place.sort in NARROW else None


def after(phrase: Phrase, head: Tag, kind: Kind, inner: Source | None) -> Owner:
    """Return the party that an "of", "for" or "in" phrase or an apposition gives."""
    join, rest = phrase.tail()
    if inner is None or join == ",":
        same = inner is not None and inner.kind is kind and kind in OFFICIAL
        return Owner(inner.party if inner and same else None)
    if (
        inner.party
        and inner.kind in OFFICIAL
        and (join in BELONGING or join == "to" or inner.kind is kind)
    ):
        return Owner(inner.party, inner.place)
    place = _place_in(phrase, rest)
    if place is None or not _is_settled_there(phrase, head, kind, join):
        return Owner()
    party = party_of(place, phrase)
    return Owner(party, place.name if place.sort in NARROW else None, party is None)


def _place_in(phrase: Phrase, rest: str) -> Place | None:
    offset = len(phrase.text) - len(rest)
    end = offset + len(CLAUSE.split(rest)[0])
    for mention in places.find(phrase.text):
        if offset <= mention.span.start < end and mention.role == "place":
            return mention.place
    return None


def _is_settled_there(phrase: Phrase, head: Tag, kind: Kind, join: str) -> bool:
    """Tell whether a head said to be in a place belongs to the state of that place."""
    if kind not in OFFICIAL or kind in {Kind.ARMED_GROUP, Kind.INTERGOVERNMENTAL}:
        return False
    if phrase.travels(head):
        return join == "of"
    if kind is Kind.MILITARY and join != "of":
        return phrase.key(head) in roles.marks("bodies")
    return True


def home(phrase: Phrase, head: Tag, kind: Kind, setting: Setting) -> str | None:
    """Return the setting's country for an institution that the words give to nobody.

    The sentence's own place counts for those who act where they are (police, rescuers, courts,
    local officials) and before the article's country; an army or a foreign minister may be abroad.
    """
    if kind not in OFFICIAL or kind in {Kind.ARMED_GROUP, Kind.INTERGOVERNMENTAL}:
        return None
    if phrase.travels(head):
        return None
    words = {roles.singular(t.key) for t in phrase.tokens}
    local = kind in LOCAL or (kind is Kind.GOVERNMENT and bool(words & roles.marks("local")))
    if local and not words & roles.marks("abroad") and setting.scene:
        return setting.scene
    return setting.country
