"""Who speaks in a noun phrase: kind, party, named or not, and for which place.

Decides from the structure that `roles.py` finds. An official is never given to a party that the
words (or, for home institutions, the article) do not show: then the party is None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from verify import places

from . import ownership, roles
from .ownership import BELONGING, OWNING, Owner, Setting
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
    r"(?:one|two|three|four|five|some|several|a few|either|a couple|a pair|another)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\A(?:the|an?)\s+", re.IGNORECASE)
RELATIVE = re.compile(
    r"[,;]?\s+(?:who|whom|whose|which|that|speaking|on condition|with knowledge|quoted|cited)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
EDGES = " \t\n.,;:!?\"'“”‘’«»()[]–—"
STATE_RUN = re.compile(
    r"\b(?:state|government|military|semi|hamas|houthi)\b|\b(?:semi ?)?official\b", re.IGNORECASE
)
OPPOSED = re.compile(r"\b(?:pro|anti|non)\b", re.IGNORECASE)
OPPOSED_TO = frozenset({"pro", "anti", "non"})
OUTLETS = frozenset({Kind.PRESS, Kind.STATE_MEDIA})
#: Kinds whose plural is a loose collective, not a voice.
LOOSE = frozenset({Kind.EXPERT, Kind.EYEWITNESS, Kind.SOCIAL, Kind.ANONYMOUS, Kind.PRESS})
#: Kinds of those whose former members still know the matter.
SEASONED = frozenset({Kind.MILITARY, Kind.POLICE, Kind.JUDICIARY, Kind.EXPERT, Kind.EMERGENCY})
#: Kinds that speak for a party.
SPOKEN_FOR = OFFICIAL | {Kind.ANONYMOUS}
#: How deep phrases may stand in one another before reading stops.
DEPTH = 4


def read(text: str, known: Known, setting: Setting, depth: int = 0) -> Source:
    """Read any English noun phrase as a speaker; what it leaves open stays `unknown` or None.

    The setting's country is taken for institutions that the words give to no other ("the interior
    minister"), never for armed groups, foreigners or "its army".
    """
    phrase = text.strip(EDGES)
    name = RELATIVE.sub("", ARTICLE.sub("", phrase)).strip(EDGES) or phrase
    if not phrase or depth > DEPTH:
        return Source(name, named=False)
    low = phrase.casefold()
    nameless = any(mark in low for mark in roles.marks("nameless"))
    part = QUANTITY.match(phrase)
    if part:
        whole = read(phrase[part.end() :], known, setting, depth + 1)
        few = FEW.match(phrase) is not None and whole.kind not in OUTLETS
        return replace(whole, name=name, named=whole.named and not few and not nameless)
    source = Reader(Phrase(phrase, known, setting.country), known, setting, depth).read()
    return replace(source, name=name, named=source.named and not nameless)


class Reader:
    """Reads one phrase; holds only what its steps share."""

    def __init__(self, phrase: Phrase, known: Known, setting: Setting, depth: int) -> None:
        self.phrase, self.known, self.setting, self.depth = phrase, known, setting, depth
        self.join, self.rest = phrase.tail()
        self.head = phrase.head()

    def read(self) -> Source:
        """Read the phrase by its head."""
        first = self._first_of_two()
        if first is not None:
            return first
        if self.head is None:
            return self._without_head()
        if self._has_loose_end(self.head):
            return Source("")
        tag = self.phrase.tags[self.head]
        left = self.phrase.tags[: self.head]
        if tag.source:
            return self._body(tag, tag.source, left)
        if tag.noun is None and self._is_in_name(tag):
            return self._without_head()
        if tag.noun is None:
            return ownership.of_place(self.phrase, tag, left)
        return self._noun(tag, tag.noun, left)

    def _is_in_name(self, tag: Tag) -> bool:
        """Tell whether a place is part of a longer name ("Amnesty International Kenya")."""
        tokens = self.phrase.tokens
        around = [t for i, t in enumerate(tokens) if not tag.start <= i < tag.end]
        return any(
            t.text[:1].isupper() and t.key not in {"the", "and", "or", "a", "both"}
            for t in around
            if not places.find(t.text)
        )

    def _sub(self, text: str) -> Source:
        return read(text, self.known, self.setting, self.depth + 1)

    def _first_of_two(self) -> Source | None:
        """Read the first of two speakers, where the phrase joins two of them."""
        for n, tag in enumerate(self.phrase.tags[: self.phrase.cut]):
            token = self.phrase.tokens[tag.start]
            before = self.phrase.tags[n - 1] if n else tag
            if not n or token.key not in {"and", "or"} or tag.noun or tag.source or before.people:
                continue
            first = self._sub(self.phrase.text[: token.start])
            second = self._sub(self.phrase.text[token.end :])
            if Kind.UNKNOWN not in {first.kind, second.kind}:
                return first
        return None

    def _has_loose_end(self, head: int) -> bool:
        """Tell whether an unknown common noun follows what looked like the head ("police dog")."""
        ends = self.phrase.tags[head + 1 : self.phrase.cut]
        return any(
            not (self.phrase.is_name(t) or self.phrase.is_ending(t) or t.place) for t in ends
        )

    def _without_head(self) -> Source:
        """Read a person's name: by what follows it, or not at all."""
        tags = self.phrase.tags
        is_person = bool(tags) and tags[0].modifier is None and self.phrase.is_name(tags[0])
        if self.rest and self.join == ",":
            after = self._sub(self.rest)
            if after.kind is not Kind.UNKNOWN:
                return replace(after, named=after.named or is_person)
        if self.rest and self.join in OWNING:
            after = self._sub(self.rest)
            if is_person and after.kind in OUTLETS | {Kind.INTERGOVERNMENTAL, Kind.EXPERT}:
                return replace(after, named=True)
        return Source("", named=is_person)

    def _body(self, tag: Tag, body: Source, left: list[Tag]) -> Source:
        """Read a body known by name, perhaps with words before it ("Lebanon's Hezbollah")."""
        former = any(self.phrase.is_former(t) for t in left)
        names = [t for t in left[-1:] if self.phrase.is_name(t) and not self.phrase.is_ending(t)]
        namesake = bool(names) and tag.end - tag.start == 1
        if former or (namesake and body.id and body.id.startswith("p-")):
            return Source("")
        return body

    def _noun(self, tag: Tag, noun: Noun, left: list[Tag]) -> Source:
        """Read a phrase whose head is a common noun."""
        kind, body = self._kind(tag, noun, left)
        owner = ownership.before(self.phrase, tag, left)
        inner = self._complement(tag)
        if noun.open or (kind is Kind.UNKNOWN and self.join == ","):
            kind = self._kind_after(kind, inner, left)
        if owner.party is None and not owner.barred:
            owner = ownership.after(self.phrase, tag, kind, inner)._replace(
                place=owner.place or (inner.place if inner and kind in OFFICIAL else None)
            )
        kind = self._settled(kind, noun, left, owner)
        if body and body.kind is Kind.INTERGOVERNMENTAL and kind in {body.kind, Kind.GOVERNMENT}:
            kind = body.kind if owner.party == body.party else Kind.GOVERNMENT
        if owner.party is None and (not owner.barred or self.setting.country in owner.choices):
            owner = owner._replace(party=ownership.home(self.phrase, tag, kind, self.setting))
        party = owner.party if kind in SPOKEN_FOR else None
        if kind is Kind.ARMED_GROUP:
            party = next((x.party for x in (body, inner) if x and x.kind is kind), None)
        firm = next((x for x in (body, inner) if x and x.kind is Kind.COMPANY), None)
        if kind is Kind.COMPANY and firm:
            party = firm.party
        ident = body.id if body and party == body.party else None
        return Source("", kind, party, self._named(tag, noun, kind), ident, owner.place)

    # -- kind --------------------------------------------------------------------------------

    def _kind(self, tag: Tag, noun: Noun, left: list[Tag]) -> tuple[Kind, Source | None]:
        """Return the head's kind, and the known body before it that it belongs to."""
        body = next(
            (t.source for t in reversed(left) if t.source and not self.phrase.is_loose(t)), None
        )
        if any(self.phrase.is_former(t) for t in left):
            kinds = {noun.kind, *(k for k in map(self.phrase.kind_before, left) if k)}
            return (Kind.EXPERT if kinds & SEASONED else Kind.UNKNOWN), None
        if not noun.open:
            return self._special(tag, noun, left, body)
        if body and body.kind is Kind.INTERGOVERNMENTAL:
            return body.kind, body
        for before in reversed(left):
            kind = self.phrase.kind_before(before)
            if kind is not None:
                return kind, body
        rank = noun.kind is Kind.MILITARY and self.phrase.has_name(self.head or 0)
        if self.phrase.has_stranger(left) and not rank:
            return Kind.UNKNOWN, body
        return noun.kind, body

    def _special(
        self, tag: Tag, noun: Noun, left: list[Tag], body: Source | None
    ) -> tuple[Kind, Source | None]:
        """Return the kind of a noun that decides by itself, with the exceptions."""
        if noun.kind is Kind.STATE_MEDIA and self.phrase.before(tag) in OPPOSED_TO:
            return Kind.PRESS, None
        if noun.kind is Kind.PRESS:
            return self._outlet(tag, noun, left, body)
        crowd = noun.sort == "crowd" and noun.kind is Kind.ANONYMOUS
        if crowd and self.phrase.has_name(self.head or 0):
            return Kind.UNKNOWN, None
        return noun.kind, (body if noun.kind in OFFICIAL | {Kind.COMPANY} else None)

    def _outlet(
        self, tag: Tag, noun: Noun, left: list[Tag], body: Source | None
    ) -> tuple[Kind, Source | None]:
        """Tell a state's or a faction's outlet, and its reporters, from the press."""
        if body and body.kind in OUTLETS:
            return body.kind, body
        if body and body.kind is Kind.ARMED_GROUP and noun.sort == "inst":
            return Kind.STATE_MEDIA, body
        before = " ".join(t.key for t in self.phrase.tokens[: tag.start])
        if any(t.noun and t.noun.kind is Kind.STATE_MEDIA for t in left):
            return Kind.STATE_MEDIA, body
        if noun.sort == "inst" and STATE_RUN.search(before) and not OPPOSED.search(before):
            return Kind.STATE_MEDIA, body
        after = self._complement(tag)
        if after and after.kind is Kind.STATE_MEDIA and self.join in OWNING:
            return Kind.STATE_MEDIA, after
        return Kind.PRESS, None

    def _kind_after(self, kind: Kind, inner: Source | None, left: list[Tag]) -> Kind:
        """Let an "of" phrase or an apposition decide a kind that the words before left open."""
        if inner is None:
            return kind
        if inner.kind is Kind.UNKNOWN:
            return Kind.UNKNOWN if self.join in BELONGING and self._is_private() else kind
        if self.join == ",":
            return inner.kind if kind is Kind.UNKNOWN else kind
        decided = any(self.phrase.kind_before(t) for t in left) or self.phrase.has_stranger(left)
        return kind if decided else inner.kind

    def _is_private(self) -> bool:
        """Tell whether what follows is a body of no kind of ours (a party, a union, a campaign)."""
        phrase = Phrase(self.rest, self.known, self.setting.country)
        head = phrase.head()
        noun = phrase.tags[head].noun if head is not None else None
        return noun is not None and noun.kind is Kind.UNKNOWN

    def _settled(self, kind: Kind, noun: Noun, left: list[Tag], owner: Owner) -> Kind:
        """Take the head of a state ("Iran's leader", "an Israeli spokesman") for its government."""
        plain = noun.open and noun.sort in {"office", "voice"} and owner.party is not None
        if kind is not Kind.UNKNOWN or not plain:
            return kind
        decided = any(self.phrase.kind_before(t) for t in left) or self.phrase.has_stranger(left)
        return kind if decided else Kind.GOVERNMENT

    def _complement(self, tag: Tag) -> Source | None:
        """Read the phrase that follows the head, where it says to whom the head belongs."""
        if not self.rest:
            return None
        if self.join == ",":
            return self._sub(self.rest)
        if self.join == "to" and self.phrase.serves(tag):
            return self._sub(self.rest)
        travels = self.join in {"for", "on"} and self.phrase.travels(tag)
        return None if self.join not in OWNING or travels else self._sub(self.rest)

    # -- named -------------------------------------------------------------------------------

    def _named(self, tag: Tag, noun: Noun, kind: Kind) -> bool:
        """Tell whether the phrase names somebody or speaks as an institution."""
        phrase = self.phrase
        if self.head is not None and phrase.has_name(self.head):
            return True
        if self.join == "," and self.rest and phrase.is_name(phrase.tags[phrase.cut]):
            return True
        if kind is Kind.ANONYMOUS or noun.sort == "crowd":
            return False
        first = phrase.tokens[0].key
        counted = first in roles.marks("count") or first.isdigit()
        if noun.sort in {"inst", "voice"}:
            return not (counted and phrase.is_countable(tag))
        if noun.sort == "office":
            return not counted or first in {"top", "senior"}
        senior = any(t.key in roles.marks("senior") for t in phrase.tokens[: tag.start])
        keys = [t.key for t in phrase.tokens[tag.start : tag.end]]
        voice = roles.noun_of(keys)[1] and noun.open and kind not in LOOSE
        return voice and not counted and not senior
