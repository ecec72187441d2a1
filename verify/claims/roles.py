"""Who did it, to whom, and where: the roles of one facet, and the parties they stand for.

Roles come from the claim's own words; there is no list of enemies. What a name stands for comes
from the table of places and the caller's registry of sources; what is unknown stays None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verify import events, places
from verify.claims.facets import Facet
from verify.claims.tree import Token, Tree
from verify.values import Nature

#: The party (state, faction, organisation) that a noun phrase names, None where it names none.
PartyOf = Callable[[str], str | None]

_ORIGIN = {"from"}
_AIM = {"on", "against", "at", "into", "toward", "towards", "upon"}
_WHERE = {"in", "at", "near", "over", "outside", "inside", "across", "around", "off", "above", "of",
          "to", "on", "within", "throughout", "along", "into", "through", "from"}  # fmt: skip
_IN_COUNTRY = {"in", "near", "over", "across", "inside", "within", "throughout", "around", "off"}
_SIDE = re.compile(
    r"(?:\b(?:central|(?:north|south)(?:ern|east|west|eastern|western)?|east(?:ern)?|west(?:ern)?|"
    r"downtown|greater|rural|upper|lower|mid)\s+)$",
    re.I,
)
#: Things and measures, by ending or word, that act on nobody's behalf.
_THING = re.compile(
    r"(?:tion|ment|ness|ity|ture|age|ing|sis|ism|ance|ence)s?$|^(?:waves?|winds?|rains?|samples?|"
    r"bod(?:y|ies)|stones?|bullets?|bombs?|debris|smoke|water|numbers?|tolls?|figures?|walls?|roofs?|"
    r"buildings?|bridges?|cars?|trucks?|buses|bus|trains?|planes?|aircraft|ships?|boats?|vehicles?|"
    r"results?|images?|videos?|footage|photos?|polls?|prices?|rates?|tests?|data|evidence|reports?|"
    r"levels?|shaking|lightning|gas|oil|power|networks?|systems?|engines?|tanks?|boilers?|wires?|"
    r"viruses|virus|disease|year|years|day|days|week|weeks|month|months|sirens?|shots?|screams?)$"
)
_COPULA_NOUN = re.compile(
    r"(?:results?|work|sound|act|consequence|product|doing|cause|part|series)$", re.I
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of a facet, as its own words and as the parties they stand for."""

    actor: str | None = None
    target: str | None = None
    place: str | None = None
    actor_party: str | None = None
    target_party: str | None = None
    country: str | None = None
    nature: Nature = Nature.EVENT


def of(tree: Tree, facet: Facet, party_of: PartyOf) -> Roles:
    """The roles of one facet; `party_of` resolves a noun phrase to the party it names."""
    actor = list(facet.subject) if facet.accused else _actor(tree, facet)
    target = _target(tree, facet)
    actor_text = tree.text(actor) if actor else None
    target_text = tree.text(target) if target else None
    actor_party = party_of(actor_text) if actor_text else None
    if actor_text is None:
        actor_text, actor_party = _national_actor(tree, facet, party_of)
    if actor_text is None:
        actor_text, actor_party = _weapon_of(tree, facet)
    place = where(tree, facet.words)
    country = places.resolve(place) if place else None
    return Roles(
        actor=actor_text,
        target=target_text,
        place=place,
        actor_party=actor_party,
        target_party=party_of(target_text) if target_text else None,
        country=country.country if country else None,
        nature=_nature(tree, facet, bool(actor_text)),
    )


def where(tree: Tree, words: Sequence[int]) -> str | None:
    """The place the words name: the most precise one, with "southern" and the like before it."""
    chosen: tuple[float, str] | None = None
    own = set(words)
    for start, end, mention in _mentions(tree, words):
        tokens = [t for t in tree.tokens if t.i in own and t.start < end and t.end > start]
        if not tokens:
            continue
        before = tree.tokens[tokens[0].i - 1].low if tokens[0].i > 0 else ""
        head = next((t for t in tokens if t.head not in {x.i for x in tokens}), tokens[0])
        case = tree.child(head.i, "case")
        is_country = mention.sort == "country"
        ways = _IN_COUNTRY if is_country else _WHERE
        is_where = before in ways or (case is not None and case.low in ways)
        if is_country and not is_where:
            continue
        is_subject = head.kind in {"nsubj", "obj", "nmod:poss"} and not is_where
        rank = (
            (2 if is_where else 0)
            + (0 if is_subject else 1)
            + (0.5 if mention.sort == "place" else 0)
        )
        side = _SIDE.search(tree.source[max(0, start - 24) : start])
        name = (side.group() if side else "") + tree.source[start:end]
        if chosen is None or rank > chosen[0]:
            chosen = (rank, " ".join(name.split()))
    return chosen[1].lstrip("#") if chosen else None


def _mentions(tree: Tree, words: Sequence[int]) -> list[tuple[int, int, places.Place]]:
    if not words:
        return []
    first, last = tree.tokens[min(words)].start, tree.tokens[max(words)].end
    text = tree.source[first:last].replace("#", " ")
    return [
        (m.span.start + first, m.span.end + first, m.place)
        for m in places.find(text)
        if m.role == "place"
    ]


def _actor(tree: Tree, facet: Facet) -> list[int]:
    """Whoever does it: an agent, the subject of an active verb, or the owner of an act."""
    head = facet.root
    own = set(facet.words) | set(facet.subject)
    for child in tree.children(head, "obl"):
        case = tree.child(child.i, "case")
        if child.i not in own or (case is not None and case.low not in {"by", "of"}):
            continue
        if child.rel == "obl:agent" or (case is not None and case.low == "by" and _is_agent(child)):
            return [i for i in tree.subtree(child.i) if tree.tokens[i].low != "by"]
    if tree.child(head, "nsubj:pass") is not None or tree.child(head, "aux:pass") is not None:
        return []
    if tree.tokens[head].upos == "VERB" and facet.subject:
        subject = _head_of(tree, facet.subject)
        if subject is None or not _may_act(subject):
            return []
        if tree.child(head, "obj") is not None or events.is_attack_verb(tree.tokens[head].low):
            return list(facet.subject)
    return []


def _may_act(token: Token) -> bool:
    """Could the noun do something on purpose: people, an organisation, a name, a weapon's owner?"""
    if token.upos == "PRON" or events.is_event(token.low):
        return False
    return token.upos == "PROPN" or not _THING.search(token.low)


def _is_agent(token: Token) -> bool:
    return not token.text[:1].isdigit() and not token.low.endswith("ing")


def _national_actor(tree: Tree, facet: Facet, party_of: PartyOf) -> tuple[str | None, str | None]:
    """ "Israeli airstrikes", "strikes by X", "rockets fired from Gaza": whose act it is."""
    words = set(facet.words) | set(facet.subject)
    passive = tree.child(facet.root, "nsubj:pass")
    for i in sorted(words):
        token = tree.tokens[i]
        if token.upos not in {"NOUN", "PROPN"} or not events.is_attack(token.low):
            continue
        for child in tree.children(i, "amod", "compound", "nmod:poss", "nmod"):
            if not _may_name(tree, child):
                continue
            phrase = tree.text(
                [k for k in tree.subtree(child.i) if tree.tokens[k].low not in {"'s", "by"}]
            ).lstrip("#")
            party = places.people_of(phrase) or party_of(phrase)
            if party is not None:
                return phrase, party
    verb = tree.tokens[facet.root]
    if passive is not None and events.is_attack_verb(verb.low):
        for child in tree.children(facet.root, "obl"):
            case = tree.child(child.i, "case")
            if case is not None and case.low in _ORIGIN:
                phrase = tree.text([k for k in tree.subtree(child.i) if k != case.i])
                parties = places.parties_of(phrase)
                if parties:
                    return phrase, parties[-1]
    return None, None


_WEAPON = re.compile(
    r"\b(?:vehicles?|drones?|uavs?|missiles?|rockets?|shells?|bombs?|mortars?|mortar fire|"
    r"artillery|"
    r"aircraft|jets?|planes?|warplanes?|helicopters?|gunships?|warships?|boats?|tanks?|mines?)\b",
    re.I,
)


def _weapon_of(tree: Tree, facet: Facet) -> tuple[str | None, str | None]:
    """ "a vehicle of the Azerbaijani forces struck …": a thing that acts is its owner's."""
    if not facet.subject or not events.is_attack_verb(tree.tokens[facet.root].low):
        return None, None
    if tree.child(facet.root, "nsubj:pass", "aux:pass") is not None:
        return None, None
    phrase = tree.text(facet.subject)
    if not _WEAPON.search(phrase):
        return None, None
    parties = places.parties_of(phrase)
    return (phrase, parties[0]) if len(parties) == 1 else (None, None)


def _may_name(tree: Tree, token: Token) -> bool:
    """Tell whether a word on an attack's noun can name who did it: plain ones only after "by"."""
    if token.kind != "nmod" or token.rel == "nmod:poss":
        return True
    case = tree.child(token.i, "case")
    return case is not None and case.low == "by"


def _target(tree: Tree, facet: Facet) -> list[int]:
    head = facet.root
    own = set(facet.words)
    for child in tree.children(head, "nsubj:pass", "obj"):
        if not events.is_event(child.low) and not events.is_attack(child.low):
            return [i for i in tree.subtree(child.i) if i in own]
    scope = [head, *(c.i for c in tree.children(head, "obj", "nsubj", "nsubj:pass"))]
    for at in scope:
        for child in tree.children(at, "nmod", "obl"):
            case = tree.child(child.i, "case")
            if case is not None and case.low in _AIM:
                return [i for i in tree.subtree(child.i) if i != case.i]
    return []


def _head_of(tree: Tree, words: Sequence[int]) -> Token | None:
    inside = set(words)
    return next((tree.tokens[i] for i in words if tree.tokens[i].head not in inside), None)


def _nature(tree: Tree, facet: Facet, has_actor: bool) -> Nature:
    text = tree.text(sorted(set(facet.words) | set(facet.subject)))
    if facet.accused:
        return Nature.ACT
    if events.is_success(text):
        return Nature.SUCCESS
    if has_actor:
        return Nature.ACT
    token = tree.tokens[facet.root]
    if tree.child(facet.root, "cop") is not None and not _COPULA_NOUN.match(token.low):
        return Nature.STATE
    return Nature.EVENT
