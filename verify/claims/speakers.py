"""Who a source phrase means in this article: pronouns, short names, titles and their antecedents.

The registry knows institutions and role nouns; this remembers whom the article has introduced. It
never invents a party: where two antecedents are possible, the phrase is resolved by itself alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from verify import places
from verify.claims import segments
from verify.values import OFFICIAL, Kind, Source

#: A source phrase, the country the text around it speaks of, its sentence, the day → the source.
Resolve = Callable[[str, str | None, str, datetime | None], Source]

#: A person's first and last name, as a whole phrase or at its end.
_WHOLE_NAME = re.compile(r"(?:[A-Z][a-z’'-]+\s+){1,2}[A-Z][\w’'-]+$")
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|the latter|himself|herself)$", re.I)
_DEFINITE = re.compile(r"(?:the|this|that|its|their|his|her)\s+(.+)$", re.I)
_TITLE = re.compile(
    r"^(?:(?:[Tt]he|[Aa]n?)\s+)?(?P<title>.*?[a-z].*?),?\s+(?P<name>(?:[A-Z][\w’'.-]*\s+){1,3}[A-Z][\w’'-]+)$"
)
_APPOSED = re.compile(r"^(?P<name>(?:[A-Z][\w’'.-]+\s+){1,3}[A-Z][\w’'-]+),\s+(?P<title>.+)$")
_NAME = re.compile(r"(?:[A-Z][\w’'-]+|de|del|van|von|bin|al|el|De|La|Le)(?:\s+(?:[A-Z][\w’'-]+))?$")
_RELATIVE = re.compile(
    r",?\s+(?:who|whom|whose|which|speaking|spoke|quoted|cited|citing)\b.*$", re.S
)
#: One of many: "a source in the security service, the SBU" is nobody in particular.
_UNNAMED = re.compile(
    r"(?:an?|one|two|three|several|some|another|unnamed)\s+(?:[\w'’-]+\s+){0,5}?"
    r"(?:sources?|officials?|officers?|diplomats?|aides?|insiders?|persons?|people|lawmakers?|"
    r"commanders?|soldiers?|ministers?|employees?|executives?)\b",
    re.I,
)
#: Offices that one person holds: whoever speaks in it speaks for it, named or not.
_OFFICE = re.compile(
    r"an?\s+(?:[\w'’-]+\s+){0,4}?(?:prosecutor|judge|magistrate|coroner|court|tribunal)(?:\s|$)",
    re.I,
)
#: Ranks that police forces have too, and the words that tell a police force's.
_RANK = re.compile(
    r"(?:the )?(?:lt|lieutenant|sgt|sergeant|capt|captain|maj|major|col|colonel|cpl|corporal|det)"
    r"(?:\.|\b)(?!.*\b(?:army|military|air force|navy|marines?|guard|brigade|battalion)\b)",
    re.I,
)
_CONSTABULARY = re.compile(r"\b(?:police|sheriff|precinct|patrol|constabulary|officers?)\b", re.I)
#: Bodies that are spoken of by what they are, once they have been named.
_BODIES = {
    "agency", "board", "commission", "department", "office", "authority", "service", "bureau",
    "body", "administration", "institute", "institution", "centre", "center", "organisation",
    "organization",
}  # fmt: skip
#: "the newspaper Le Matin": press, whatever its name.
_OUTLET = re.compile(
    r"(?:the )?(?:[\w-]+ ){0,2}?(?:newspaper|daily|weekly|magazine|news site|news website|"
    r"broadcaster|"
    r"radio station|television (?:station|channel)|tv channel|news channel|tabloid|news outlet|"
    r"news agency)(?: [A-Z]|$)"
)
#: What makes somebody without an office a witness.
_ON_THE_SCENE = re.compile(
    r",? who (?:lives?|lived|works?|worked|runs?|owns?|keeps?|was (?:there|inside|on|in|at|nearby|"
    r"selling|walking|driving|waiting|sitting|passing)|saw|heard|witnessed|filmed|escaped|survived|"
    r"fled)\b",
    re.I,
)
#: "all of them Colombians": whoever they are, the sentence need not be of their country.
_NATIONALS = re.compile(r"(?:an|i|er|k)s$")
#: Members of a parliament, who decide nothing one by one.
_MEMBERS = re.compile(
    r"(?:\w+ )?(?:members of (?:parliament|congress)|MPs|lawmakers|legislators|senators)$", re.I
)
#: A loose collective: some of many, whoever they are.
_LOOSE = re.compile(r"(?:some|others?|several|many|a few|a number of)\b", re.I)
_PERSON_NOUN = re.compile(
    r"\b(?:leader|candidate|manager|owner|worker|lawyer|activist|politician|mother|father|brother|"
    r"sister|chair\w*|head|member|captain|pilot|nurse|teacher|student|survivor|collector|"
    r"superintendent|inspector|player|author|driver|farmer|deputy|senator|lawmaker|minister|"
    r"president|spokes\w+|official|officer|chief|director|governor|mayor|general|commander|"
    r"secretary|ambassador|prosecutor|judge|premier|chancellor|king|envoy|doctor|"
    r"resident|witness|correspondent|analyst|expert|he|she|source|sheriff|commissioner|prefect|"
    r"coroner|marshal|detective|sergeant|lieutenant|colonel|major|admiral|brigadier|constable|"
    r"coordinator|administrator|adviser|advisor|magistrate|councill?or|principal|warden|"
    r"lt|sgt|col|capt|maj|det|gen)s?\b",
    re.I,
)


@dataclass(slots=True)
class Speakers:
    """The sources introduced so far, newest last, and the countries the text has named."""

    resolve: Resolve
    on: datetime | None = None
    home: str | None = None
    known: list[Source] = field(default_factory=list)
    people: dict[str, Source] = field(default_factory=dict)
    #: "he" or "she", by the name of whoever has been called so.
    called: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, Source] = field(default_factory=dict)

    def source(self, phrase: str, country: str | None, sentence: str = "") -> Source:
        """Resolve a source phrase in this article; remembers it for the phrases that follow."""
        phrase = _ITS_OFFICE.sub("", phrase.strip(" ,;:–—-“”\"'"))
        found = self._antecedent(phrase)
        if found is not None and _is_elsewhere(sentence, phrase, found):
            found = None
        if found is None:
            fresh = self._fresh(phrase, country, sentence)
            found = replace(fresh, name=_name_of(phrase) or fresh.name)
            if found.kind is Kind.UNKNOWN and phrase in self.elsewhere:
                found = self.elsewhere[phrase]
        self._remember(phrase, found)
        return found

    def notice(self, phrase: str, country: str | None, sentence: str) -> None:
        """Remember a person whom the author tells of: "she said" may mean her next."""
        bare = re.sub(r"^(?:On|In|At)\b[^,]*,\s+", "", phrase).strip(" ,")
        apposed = _APPOSED.match(bare.rstrip("."))
        named = apposed["name"] if apposed else bare
        if not _WHOLE_NAME.search(named) or len(bare.split()) > 8:
            return
        found = self._antecedent(bare) or self._fresh(bare, country, sentence)
        if found.kind is Kind.UNKNOWN and _WHOLE_NAME.match(bare) and not places.find(bare):
            found = Source(bare, Kind.EYEWITNESS)
        if _is_person(found):
            self._remember(bare, found)
            name = _WHOLE_NAME.search(bare)
            if name is not None:
                self.people.setdefault(name.group().split()[-1], found)

    def party_of(self, phrase: str) -> str | None:
        """The party that a noun phrase names: a country's, a faction's or an institution's."""
        if not re.search(r"[A-Z]", phrase) and len(phrase.split()) < 2:
            return None
        parties = places.parties_of(phrase)
        found = self.resolve(phrase, None, "", self.on)
        if found.party is not None and found.kind in OFFICIAL:
            return found.party
        country = country_in(phrase, self.home)
        if country is not None:
            return country
        before = self._antecedent(phrase)
        if before is not None and before.party is not None and before.kind in OFFICIAL:
            return before.party
        return parties[0] if len(parties) == 1 else None

    def _fresh(self, phrase: str, country: str | None, sentence: str) -> Source:
        context = sentence if self.home is None else ""
        found = self.resolve(phrase, country or self.home, context, self.on)
        bare = re.match(r"an?\s+(.+)", phrase, re.I)
        if found.kind is Kind.UNKNOWN and bare:
            again = self.resolve(bare[1], country or self.home, context, self.on)
            found = replace(again, named=bool(re.search(r"\bspokes\w+", phrase)))
        found = _corrected(found, phrase, sentence)
        titled = _TITLE.match(phrase) or _APPOSED.match(phrase)
        if found.kind is Kind.UNKNOWN and titled:
            by_title = self.resolve(titled["title"], country or self.home, context, self.on)
            if by_title.kind is not Kind.UNKNOWN:
                return replace(by_title, name=found.name, named=True)
        if found.kind is Kind.UNKNOWN:
            for part in reversed(phrase.split(", ")[1:] if not _UNNAMED.match(phrase) else []):
                other = self.resolve(part, country or self.home, context, self.on)
                if other.kind is not Kind.UNKNOWN:
                    return other
            if re.search(
                r"(?:^|\s)(?=[A-Z][\w’'-]*\d*$|[A-Z]{2,})", phrase.split(" of ", maxsplit=1)[0]
            ):
                return replace(found, named=True)
        return found

    def _antecedent(self, phrase: str) -> Source | None:
        if _PRONOUN.match(phrase):
            return self._by_pronoun(phrase.lower())
        if phrase in self.people:
            return self.people[phrase]
        last = phrase.rsplit(maxsplit=1)[-1] if phrase.split() else ""
        if _NAME.match(phrase) and last in self.people:
            return self.people[last]
        definite = _DEFINITE.match(phrase)
        if definite is None or places.find(phrase):
            return None
        return self._by_noun(definite[1])

    def _by_pronoun(self, word: str) -> Source | None:
        wants_person = word in {"he", "she", "himself", "herself", "i"}
        for source in reversed(self.known[-6:]):
            is_person = _is_person(source) or source.name in self.people
            if word in {"he", "she"} and self.called.get(source.name, word) != word:
                continue
            if is_person == wants_person or word in {"they", "the latter", "we"}:
                if word in {"he", "she"}:
                    self.called[source.name] = word
                return source
        return None

    def _by_noun(self, noun: str) -> Source | None:
        """ "the ministry", "the agency": the newest source of which the noun is the head."""
        wanted = noun.lower().split(" for ")[0].split(" of ")[0].split()
        head = wanted[-1]
        if len(noun.split()) > 3:
            return None
        for source in reversed(self.known):
            words = source.name.lower().replace("-", " ").split()
            if not source.named or not set(wanted[:-1]) <= set(words):
                continue
            if head in words or _also(head, source):
                return source
        if len(wanted) == 1 and head in _BODIES:
            return next((s for s in reversed(self.known[-3:]) if _is_body(s)), None)
        return None

    def _remember(self, phrase: str, source: Source) -> None:
        if source.kind in {Kind.AUTHOR, Kind.ANONYMOUS}:
            return
        if source in self.known:
            self.known.remove(source)
        self.known.append(source)
        short = re.search(r"\(([A-Z][A-Za-z]{1,9})\)?", phrase)
        if short is not None and source.named:
            self.people[short[1]] = source  # "the Electoral Commission (INEC)"; then "INEC said"
        titled = _TITLE.match(phrase) or _APPOSED.match(phrase)
        if titled and source.named:
            name = titled["name"]
            self.people[name] = source
            self.people[name.split()[-1]] = source


def _corrected(found: Source, phrase: str, sentence: str) -> Source:
    """What the phrase's own grammar says of its source: one of many, an office, a police rank."""
    if found.kind is Kind.MILITARY and _RANK.match(phrase) and _CONSTABULARY.search(sentence):
        found = replace(found, kind=Kind.POLICE)
    if _OFFICE.match(phrase) and found.kind in OFFICIAL:
        found = replace(found, named=True)
    if _MEMBERS.match(phrase):
        found = replace(found, kind=Kind.UNKNOWN, named=False)
    if _UNNAMED.match(phrase):
        found = replace(found, named=False)
    if found.kind is Kind.UNKNOWN and _OUTLET.match(phrase):
        found = replace(found, kind=Kind.PRESS, named=True)
    if found.kind is Kind.UNKNOWN and re.match(r"(?:an?|one) (?:\w+ )?insider\b", phrase, re.I):
        found = replace(found, kind=Kind.ANONYMOUS, named=False)
    if found.kind is Kind.UNKNOWN and _ON_THE_SCENE.search(phrase):
        found = replace(found, kind=Kind.EYEWITNESS)
    if _LOOSE.match(phrase) and found.kind not in OFFICIAL | {Kind.PRESS, Kind.SOCIAL}:
        found = replace(found, kind=Kind.ANONYMOUS, named=False)
    return found


def _is_elsewhere(sentence: str, phrase: str, found: Source) -> bool:
    """ "In Yerevan, the defence ministry said": the one there, not the last one named."""
    scene = re.match(r"(?:Elsewhere )?(?:In|At) ((?:[A-Z][\w’'-]+ ?){1,3}),", sentence)
    if scene is None or _PRONOUN.match(phrase) or found.party is None:
        return False
    country = places.country_of(scene[1].strip())
    return country is not None and country != found.party and places.is_country(found.party)


def _is_body(source: Source) -> bool:
    """Is the source a public body, which may be called "the agency" or "the board"?"""
    kinds = {Kind.GOVERNMENT, Kind.EMERGENCY, Kind.INTERGOVERNMENTAL, Kind.JUDICIARY}
    return source.named and source.kind in kinds and not _is_person(source)


def _is_person(source: Source) -> bool:
    if source.kind in {Kind.EYEWITNESS, Kind.EXPERT} or _PERSON_NOUN.search(source.name):
        return True
    return source.kind is Kind.UNKNOWN and bool(
        re.match(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+", source.name)
    )


def _also(head: str, source: Source) -> bool:
    """Names that an agency goes by: "the agency" for SANA, "the army" for the Israeli military."""
    groups = {
        "agency": source.kind is Kind.STATE_MEDIA or " agency" in source.name.lower(),
        "broadcaster": source.kind is Kind.STATE_MEDIA,
        "army": source.kind is Kind.MILITARY,
        "military": source.kind is Kind.MILITARY,
        "force": source.kind is Kind.POLICE,
        "group": source.kind is Kind.ARMED_GROUP,
        "movement": source.kind is Kind.ARMED_GROUP,
        "militants": source.kind is Kind.ARMED_GROUP,
    }
    return groups.get(head, False)


def _name_of(phrase: str) -> str:
    """The phrase as a name: without its article and what is said of it behind."""
    name = re.sub(r"^(?:the|an?)\s+", "", _RELATIVE.sub("", phrase), flags=re.I)
    name = re.sub(r"\s*\([A-Z][\w.-]*\)?$", "", name)
    return name.strip(" ,;:–—")


#: "Its minister, Ratna Siregar": of the state that is spoken of.
_ITS_OFFICE = re.compile(
    r"^(?:its|their) (?=(?:\w+ )?(?:ministers?|ministry|army|government|president|premier)\b)", re.I
)


def home_of(text: str) -> str | None:
    """The country that an article is about: its dateline's, else the one it names most by far."""
    head = text[:3000]
    dateline = segments.DATELINE.search(head)
    if dateline is not None:
        for city in dateline["place"].split("/"):
            country = places.country_of(city.strip().title())
            if country is not None:
                return country
    mentions = [m for m in places.find(text[:20_000]) if m.place.country]
    weight: Counter[str] = Counter()
    for mention in mentions:
        sure = mention.place.sort == "country" or mention.role == "people"
        weight[str(mention.place.country)] += 2 if sure else 1
    if not weight:
        return None
    (country, most), total = weight.most_common(1)[0], sum(weight.values())
    return country if most >= 0.5 * total else None


def countries_of(text: str) -> frozenset[str]:
    """The countries that a text speaks of: by their own names or peoples, or by several places."""
    named: dict[str, set[str]] = {}
    sure: set[str] = set()
    for mention in places.find(text[:100_000]):
        country = mention.place.country
        if country is None:
            continue
        named.setdefault(country, set()).add(mention.place.name)
        if mention.place.sort == "country" or mention.role == "people":
            sure.add(country)
    return frozenset(sure | {country for country, names in named.items() if len(names) > 1})


def country_in(sentence: str, home: str | None) -> str | None:
    """The country a sentence speaks of: the article's own where it may be meant, else one named."""
    mentions = places.find(sentence)
    scene = re.match(
        r"(?:Elsewhere )?[Ii]n (\w[\w ]{2,20}?)(?:,|(?= (?:the|an?|its|officials|police|"
        r"authorities)\b))",
        sentence,
    )
    if scene is not None and mentions and mentions[0].span.start <= 13:
        return mentions[0].place.country
    possible = {p for m in mentions for p in m.place.parties}
    if home is not None and home in possible:
        return home
    sure = {
        m.place.country
        for m in mentions
        if m.place.country
        and (m.place.sort == "country" or m.role == "people")
        and not (m.role == "people" and _NATIONALS.search(sentence[m.span.start : m.span.end]))
    }
    if len(sure) == 1:
        return sure.pop()
    named = {m.place.country for m in mentions if m.place.country}
    return named.pop() if home is None and len(named) == 1 else None
