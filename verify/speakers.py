"""Who speaks in a noun phrase: kind, party, named or not, and for which place.

Decides from the structure that `roles.py` finds. An official is never given to a party that the
words (or, for home institutions, the article's country) do not show: then the party is None.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from . import places, roles
from .roles import Known, Noun, Phrase, Tag
from .values import OFFICIAL, Kind, Source

QUANTITY = re.compile(
    r"(?:one|two|three|four|five|some|several|many|most|any|a few|both|either|a number|dozens|"
    r"hundreds|thousands|scores|a couple|a pair|a group|groups|all|another|members?) of "
    r"(?:the |these |those |its |their )?",
    re.IGNORECASE,
)
#: Said of a few: individuals, whatever they belong to.
FEW = re.compile(
    r"(?:one|two|three|four|five|some|several|a few|either|a couple|a pair|another)\b", re.I
)
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
RELATIVE = re.compile(
    r"[,;]?\s+(?:who|whom|whose|which|that|speaking|on condition|with knowledge|quoted|cited)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
EDGES = " \t\n.,;:!?\"'“”‘’«»()[]–—"
PERSONS = frozenset({"person", "crowd"})
OWNING = frozenset(
    [
        "of",
        "for",
        "from",
        "with",
        "at",
        "in",
        "inside",
        "within",
        "by",
        "on",
        "under",
        "representing",
    ]
)
#: Kinds that speak for a party.
SPOKEN_FOR = OFFICIAL | {Kind.ANONYMOUS}
DEPTH = 4


class Owner(NamedTuple):
    """For whom the words before a head say that it speaks."""

    party: str | None = None
    place: str | None = None
    barred: bool = False  # the words say that it is no home institution, or name two parties


def read(text: str, known: Known, country: str | None = None, depth: int = 0) -> Source:
    """Read any English noun phrase as a speaker; what it leaves open stays `unknown` or None.

    `country` is the state that the article is about: it is taken for institutions that the words
    give to no other ("the interior minister"), never for armed groups, foreigners or "its army".
    """
    phrase = text.strip(EDGES)
    name = RELATIVE.sub("", ARTICLE.sub("", phrase, count=1)).strip(EDGES) or phrase
    if not phrase or depth > DEPTH:
        return Source(name, named=False)
    low = phrase.casefold()
    nameless = any(mark in low for mark in roles.marks("nameless"))
    part = QUANTITY.match(phrase)
    if part:
        whole = read(phrase[part.end() :], known, country, depth + 1)
        few = FEW.match(phrase) is not None and not _is_outlet(whole)
        return replace(whole, name=name, named=whole.named and not few and not nameless)
    parsed = Phrase(phrase, known, country)
    source = _Reader(parsed, known, depth).read()
    return replace(source, name=name, named=source.named and not nameless)


def _is_outlet(source: Source) -> bool:
    return source.kind in {Kind.PRESS, Kind.STATE_MEDIA}


class _Reader:
    """Reads one phrase; holds only what its steps share."""

    def __init__(self, phrase: Phrase, known: Known, depth: int) -> None:
        self.phrase, self.known, self.depth = phrase, known, depth
        self.join, self.rest = phrase.tail()
        self.head = phrase.head()

    def read(self) -> Source:
        conjunct = self._first_of_two()
        if conjunct is not None:
            return conjunct
        if self.head is None:
            return self._without_head()
        tag = self.phrase.tags[self.head]
        left = self.phrase.tags[: self.head]
        if self._has_loose_end():
            return Source("")
        if tag.source:
            return self._body(tag.source, left)
        if tag.noun is None:
            return self._place(tag, left)
        return self._noun(tag, tag.noun, left)

    # -- parts -------------------------------------------------------------------------------

    def _sub(self, text: str) -> Source:
        return read(text, self.known, self.phrase.country, self.depth + 1)

    def _first_of_two(self) -> Source | None:
        """Read the first of two speakers, where the phrase joins two of its own kind."""
        for n, tag in enumerate(self.phrase.tags[: self.phrase.cut]):
            token = self.phrase.tokens[tag.start]
            if n and token.key in {"and", "or"} and not (tag.noun or tag.source):
                first = self._sub(self.phrase.text[: token.start])
                second = self._sub(self.phrase.text[token.end :])
                if first.kind is not Kind.UNKNOWN and second.kind is not Kind.UNKNOWN:
                    adjective = self.phrase.tags[n - 1]
                    if not (adjective.place and adjective.people):
                        same = first.party == second.party
                        return first if same or first.party else replace(first, party=None)
        return None

    def _has_loose_end(self) -> bool:
        """Tell whether an unknown common noun follows what looked like the head ("police dog")."""
        assert self.head is not None
        ends = self.phrase.tags[self.head + 1 : self.phrase.cut]
        return any(
            not (self.phrase.is_name(t) or self.phrase.is_ending(t) or t.place) for t in ends
        )

    def _without_head(self) -> Source:
        """Read a person's name: by what follows it, or not at all."""
        if self.rest and self.join == ",":
            after = self._sub(self.rest)
            if after.kind is not Kind.UNKNOWN:
                named = after.named or self.phrase.tags[0].modifier is None
                return replace(after, named=named)
        if self.rest and self.join in {"of", "from", "at", "with", "representing"}:
            after = self._sub(self.rest)
            if after.kind in {Kind.PRESS, Kind.STATE_MEDIA, Kind.INTERGOVERNMENTAL}:
                return replace(after, named=True)
        first = self.phrase.tags[0] if self.phrase.tags else None
        if first and first.modifier is None and self.phrase.is_name(first):
            return Source("", named=True)
        return Source("", named=False)

    def _body(self, body: Source, left: list[Tag]) -> Source:
        """Read a body known by name, perhaps with words before it ("Lebanon's Hezbollah")."""
        if any(self._is_former(t) for t in left):
            return Source("", Kind.UNKNOWN)
        if any(t.source and t.source.kind is Kind.PRESS for t in left):
            return body
        return body

    def _place(self, tag: Tag, left: list[Tag]) -> Source:
        """Read a state or its seat as a speaker ("Israel", "the Kremlin", "Moscow")."""
        place = tag.place
        assert place is not None
        if tag.people or self.phrase.after(tag) or self.phrase.before(tag):
            return Source("")
        owner = self._owner([*left, tag])
        country = place.country if place.sort != "territory" else None
        if country is None or owner.barred:
            return Source("")
        party = roles.party_of(place)
        narrow = (
            None if place.sort in {"country", "seat"} or self._is_capital(place) else place.name
        )
        if party is None:
            return Source("")
        return Source("", Kind.GOVERNMENT, party, place=narrow)

    def _is_capital(self, place: places.Place) -> bool:
        return place.within == (place.country,) and place.sort == "place"

    def _noun(self, tag: Tag, noun: Noun, left: list[Tag]) -> Source:
        owner = self._owner(left)
        kind, body = self._kind(tag, noun, left)
        inner = self._complement(tag, noun)
        if (noun.open or kind is Kind.UNKNOWN) and inner and body is None:
            if self.join != "," and inner.kind is not Kind.UNKNOWN and self._is_default(noun, left):
                kind = inner.kind
            elif self.join == "," and kind is Kind.UNKNOWN:
                kind = inner.kind
        party = owner.party or (body.party if body else None)
        place = owner.place or (body.place if body else None)
        if party is None and not owner.barred:
            found = self._party_after(tag, noun, kind, inner)
            party, place = found.party, place or found.place
            owner = owner._replace(barred=found.barred)
        kind = self._settled(kind, noun, left, party is not None)
        if party is None and not owner.barred and self._is_home(kind, noun):
            party = self.phrase.country
        party = party if kind in SPOKEN_FOR or (kind is Kind.COMPANY and body) else None
        ident = body.id if body and not noun.sort.startswith("person") else None
        return Source("", kind, party, self._named(tag, noun, kind), ident, place)

    # -- kind --------------------------------------------------------------------------------

    def _is_former(self, tag: Tag) -> bool:
        return self.phrase.tokens[tag.start].key in roles.marks("former")

    def _is_default(self, noun: Noun, left: list[Tag]) -> bool:
        return not any(self._kind_before(t) for t in left)

    def _kind_before(self, tag: Tag) -> Kind | None:
        """Return the kind that a word before an open noun gives it."""
        if tag.source:
            loose = self.phrase.after(tag) in roles.marks("loose")
            return None if loose else tag.source.kind
        if tag.modifier:
            return tag.modifier
        if tag.noun and not tag.noun.open and tag.noun.sort != "crowd":
            return tag.noun.kind
        if tag.place and tag.place.sort == "seat" and not self.phrase.after(tag):
            return Kind.GOVERNMENT
        return None

    def _kind(self, tag: Tag, noun: Noun, left: list[Tag]) -> tuple[Kind, Source | None]:
        """Return the head's kind, and the known body before it that it belongs to."""
        body = next((t.source for t in reversed(left) if t.source and not self._loose(t)), None)
        if any(self._is_former(t) for t in left):
            return self._former_kind(noun, left), None
        if not noun.open:
            return self._special(tag, noun, left, body)
        for before in reversed(left):
            kind = self._kind_before(before)
            if kind is not None:
                return kind, body
        stranger = any(self.phrase.is_name(t) and not self.phrase.is_ending(t) for t in left)
        if stranger and not self._is_rank(tag):
            return Kind.UNKNOWN, body
        return noun.kind, body

    def _former_kind(self, noun: Noun, left: list[Tag]) -> Kind:
        kinds = {noun.kind, *(k for k in map(self._kind_before, left) if k)}
        expert = {Kind.MILITARY, Kind.POLICE, Kind.JUDICIARY, Kind.EXPERT, Kind.EMERGENCY}
        return Kind.EXPERT if kinds & expert else Kind.UNKNOWN

    def _special(
        self, tag: Tag, noun: Noun, left: list[Tag], body: Source | None
    ) -> tuple[Kind, Source | None]:
        """Return the kind of a noun that decides by itself, with the exceptions."""
        keys = [
            t.key
            for t in self.phrase.tokens[: self.phrase.tokens.index(self.phrase.tokens[tag.start])]
        ]
        if noun.kind is Kind.PRESS:
            if body and _is_outlet(body):
                return body.kind, body
            if body and body.kind in {Kind.ARMED_GROUP, Kind.STATE_MEDIA} and noun.sort == "inst":
                return Kind.STATE_MEDIA, body
            if any(t.noun and t.noun.kind is Kind.STATE_MEDIA for t in left) or (
                noun.sort == "inst" and self._is_state_run(keys, left)
            ):
                return Kind.STATE_MEDIA, body
            return noun.kind, None
        if (
            noun.sort == "crowd"
            and noun.kind is Kind.ANONYMOUS
            and self.phrase.has_name(self.head or 0)
        ):
            return Kind.UNKNOWN, None
        if noun.kind in {Kind.EYEWITNESS, Kind.SOCIAL, Kind.ANONYMOUS}:
            return noun.kind, None
        if noun.kind is Kind.EXPERT:
            return noun.kind, None
        return noun.kind, body

    def _is_state_run(self, keys: list[str], left: list[Tag]) -> bool:
        joined = " ".join(keys)
        owned = re.search(
            r"\b(?:state|government|military|semi|hamas|houthi)\b(?: (?:run|owned|controlled|official))?",
            joined,
        )
        official = re.search(r"\b(?:official|semiofficial|semi official)\b", joined)
        return bool(
            (owned or official) and not re.search(r"\b(?:pro|anti|non|non state)\b", joined)
        )

    def _is_rank(self, tag: Tag) -> bool:
        noun = tag.noun
        return bool(noun and noun.kind is Kind.MILITARY and self.phrase.has_name(self.head or 0))

    def _settled(self, kind: Kind, noun: Noun, left: list[Tag], has_party: bool) -> Kind:
        """Settle the kind of a noun that the words around it left open."""
        if kind is Kind.UNKNOWN and noun.sort == "office" and noun.open and has_party:
            stranger = any(self.phrase.is_name(t) for t in left)
            modified = any(self._kind_before(t) for t in left)
            if not stranger and not modified:
                return Kind.GOVERNMENT
        if kind is Kind.UNKNOWN and noun.sort == "voice" and has_party:
            if not any(self.phrase.is_name(t) or self._kind_before(t) for t in left):
                return Kind.GOVERNMENT
        return kind

    # -- party -------------------------------------------------------------------------------

    def _loose(self, tag: Tag) -> bool:
        return self.phrase.after(tag) in roles.marks("loose") or self.phrase.before(tag) in {
            "pro",
            "anti",
            "non",
        }

    def _owner(self, left: list[Tag]) -> Owner:
        """Return whose the words before the head say it is."""
        found: list[tuple[str | None, str | None, bool]] = []
        barred = False
        faction: str | None = None
        for n, tag in enumerate(left):
            key = " ".join(t.key for t in self.phrase.tokens[tag.start : tag.end])
            if key in roles.marks("nowhere"):
                barred = True
            if not (tag.source or tag.place):
                continue
            if self._loose(tag):
                barred = True
                continue
            if tag.source:
                faction = faction or tag.source.party
                if tag.source.party is None and tag.source.kind in OFFICIAL:
                    barred = True
            elif tag.place:
                joined = n + 1 < len(left) and self.phrase.tokens[left[n + 1].start].key in {
                    "and",
                    "or",
                }
                found.append((roles.party_of(tag.place), self._spot(tag), joined))
        if faction:
            spot = next((s for _, s, _ in found if s), None)
            return Owner(faction, spot)
        if not found:
            return Owner(barred=barred)
        if barred and not any(p for p, _, _ in found):
            return Owner(barred=True)
        if any(joined for _, _, joined in found) and len({p for p, _, _ in found}) > 1:
            return Owner(barred=True)
        kurdish = any(self.phrase.tokens[t.start].key in roles.marks("nowhere") for t in left)
        spot = next((s for _, s, _ in found if s), None)
        party = None if kurdish else found[0][0]
        return Owner(party, spot, party is None)

    def _spot(self, tag: Tag) -> str | None:
        place = tag.place
        return (
            place.name if place and not tag.people and place.sort in {"region", "place"} else None
        )

    def _complement(self, tag: Tag, noun: Noun) -> Source | None:
        """Read the phrase that follows the head, where it says to whom the head belongs."""
        if not self.rest:
            return None
        key = roles.singular(self.phrase.tokens[tag.end - 1].key)
        if self.join == ",":
            return self._sub(self.rest)
        if self.join not in OWNING:
            return None
        if self.join in {"for", "on"} and key in roles.marks("travellers"):
            return None
        return self._sub(self.rest)

    def _party_after(self, tag: Tag, noun: Noun, kind: Kind, inner: Source | None) -> Owner:
        """Return the party that an "of", "for" or "in" phrase gives."""
        if inner is None or self.join == ",":
            same = inner is not None and inner.kind is kind and inner.kind in OFFICIAL
            return Owner(inner.party if inner and same else None)
        if inner.party and (
            self.join in {"of", "for", "from", "with", "representing"} or inner.kind is kind
        ):
            if inner.kind in OFFICIAL and self._may_be_of(tag, noun, kind, inner):
                return Owner(inner.party, inner.place)
        place = self._place_after()
        if place is None or not self._is_settled_there(tag, noun, kind):
            return Owner()
        party = roles.party_of(place)
        narrow = place.name if place.sort in {"region", "place"} else None
        return Owner(party, narrow, party is None)

    def _may_be_of(self, tag: Tag, noun: Noun, kind: Kind, inner: Source) -> bool:
        return self.join in {"of", "for", "from", "with", "representing"} or kind is inner.kind

    def _place_after(self) -> places.Place | None:
        rest = re.split(r"\b(?:who|whom|whose|which|that|speaking|to)\b", self.rest)[0]
        offset = len(self.phrase.text) - len(self.rest)
        for mention in places.find(self.phrase.text):
            if offset <= mention.span.start < offset + len(rest) and mention.role == "place":
                return mention.place
        return None

    def _is_settled_there(self, tag: Tag, noun: Noun, kind: Kind) -> bool:
        """Tell whether a head said to be in a place belongs to the state of that place."""
        if kind not in OFFICIAL or kind in {Kind.ARMED_GROUP, Kind.INTERGOVERNMENTAL}:
            return False
        key = roles.singular(self.phrase.tokens[tag.end - 1].key)
        if key in roles.marks("travellers") or key == "diplomat":
            return self.join == "of"
        if kind is Kind.MILITARY and self.join != "of":
            words = " ".join(t.key for t in self.phrase.tokens[tag.start : tag.end])
            return words in roles.marks("bodies")
        return True

    def _is_home(self, kind: Kind, noun: Noun) -> bool:
        """Tell whether an institution that the words give to nobody is the article's own state's."""
        if kind in {Kind.ARMED_GROUP, Kind.INTERGOVERNMENTAL, Kind.ANONYMOUS}:
            return False
        travels = self.head is not None and roles.singular(
            self.phrase.tokens[self.phrase.tags[self.head].end - 1].key
        ) in roles.marks("travellers") | {"diplomat", "troop", "soldier"}
        return kind in OFFICIAL and not travels

    # -- named -------------------------------------------------------------------------------

    def _named(self, tag: Tag, noun: Noun, kind: Kind) -> bool:
        """Tell whether the phrase names somebody or speaks as an institution."""
        if self.head is not None and self.phrase.has_name(self.head):
            return True
        if self.join == "," and self.rest and self._is_name_after():
            return True
        if kind is Kind.ANONYMOUS or noun.sort == "crowd":
            return False
        if noun.sort in {"inst", "voice"}:
            return True
        first = self.phrase.tokens[0].key
        counted = first in roles.marks("count") or first.isdigit()
        senior = any(
            t.key in {"senior", "top", "ranking", "unnamed"} for t in self.phrase.tokens[: tag.end]
        )
        if noun.sort == "office":
            return not (counted and first not in {"top", "senior"})
        words = [t.key for t in self.phrase.tokens[tag.start : tag.end]]
        plural = roles.noun_of(words)[1] and first not in {"the"} or roles.noun_of(words)[1]
        return plural and not counted and not senior

    def _is_name_after(self) -> bool:
        start = self.phrase.tags[self.phrase.cut]
        return self.phrase.is_name(start)
