"""Who may decide a claim: an official of its actor, its target or its place, and how far.

Roles come from the claim's own parties and the source's; there is no list of enemies, and every
side is held to the same standard. It never reads what a statement says, only who makes it.
"""

from __future__ import annotations

import re
from typing import Literal

from verify import places
from verify.text import normalise
from verify.values import OFFICIAL, SIDE_VOICES, Claim, Kind, Nature, Source

#: What a competent source is to a claim. "body" is above the sides: the UN, a world-wide monitor.
Role = Literal["actor", "target", "place", "body"]

#: Agencies whose remit is the whole world, and the subject that it covers.
_MONITORS = (
    (r"usgs|geological survey|seismological cent|emsc", r"quake|tremor|magnitude|seismic|richter"),
    (r"tsunami", r"tsunami|quake|wave"),
    (r"world health organi[sz]ation", r"outbreak|cases?\b|virus|disease|epidemic|pandemic|infect"),
    (r"hurricane center|typhoon warning", r"hurricane|typhoon|cyclone|storm"),
    (r"volcanic ash advisory", r"volcan|erupt|ash\b"),
)
#: Actors that a country's name describes and that its officials do not speak for.
_NO_STATE = re.compile(
    r"\b(?:rebel|opposition|protest|demonstrat|militan|insurgen|separatis|terroris|gunm[ae]n|fighter|"
    r"jihadi|extremis|guerrilla|activis|migrant|refugee|hacker|settler|tribes|cartel|gang|suspect|"
    r"attacker|smuggler|pirate|civilian|resident|citizen|national|tourist|student|worker|villager|"
    r"men\b|man\b|women\b|woman\b|child|boy|girl|family|people\b|dissident|mob\b|crowd|fan\b|fans\b)",
    re.I,
)
#: Actors whom a state's own forces call their adversary.
_ADVERSARY = re.compile(
    r"\b(?:rebel|opposition|militan|insurgen|separatis|terroris|fighter|jihadi|extremis|guerrilla|"
    r"protest|demonstrat|dissident|enemy|invader)",
    re.I,
)
_HOSTILE = re.compile(
    r"\b(?:fired?|launch|rocket|missile|shell|mortar|attack|assault|struck|strikes?|raid|bomb|ambush|"
    r"drone|incursion|infiltrat|invad|cease-?fire|violat)",
    re.I,
)
#: Sources whose seat gives them no office: what they say is not their government's word.
_NO_OFFICE = re.compile(
    r"\b(?:lawmaker|legislator|senator|congress(?:man|woman)|parliamentarian|MPs?|opposition|"
    r"councill?or|candidate|former|ex-\w+|(?:party|nationalist|populist|separatist|"
    r"socialist|liberal|conservative|labou?r|green|union|protest) (?:leader|chief|politician|"
    r"figure|"
    r"official|spokes\w+)|"
    r"leader of (?:the )?(?:[\w-]+ ){0,4}?(?:party|front|movement|league|alliance|opposition|"
    r"far-?right|"
    r"far-?left|national|labour|conservatives?|democrats?|republicans?|socialists?|greens)|"
    r"state rep(?:resentative|\.)?|rep\.|sen\.|deputy of the)",
    re.I,
)
#: Words for its own people, by which a force is the actor of a claim that names no state.
_OWN_PEOPLE = {
    Kind.POLICE: re.compile(r"\b(?:police\w*|officers?|constables?|detectives?|agents?)\b", re.I),
    Kind.MILITARY: re.compile(
        r"\b(?:army|military|troops?|soldiers?|forces|navy|air force|warplanes?|jets?)\b", re.I
    ),
}
_ITSELF = re.compile(r"\s*(?:its|our|we|it|they|their|he|she)\b", re.I)
#: Cues that accuse: the content is one side's word on another, whoever speaks.
_ACCUSES = re.compile(r"\b(?:accus|blam|alleg)", re.I)
_NEGATIVE = re.compile(
    r"^\W*(?:no|not|none|nobody|never|neither)\b|n['’]t\b|"
    r"\b(?:did|does|do|has|have|had|was|were|is|are|will) (?:not|never)\b",
    re.I,
)
_DOMESTIC_KINDS = frozenset({Kind.POLICE, Kind.EMERGENCY, Kind.JUDICIARY})
_DOMESTIC_NAMES = re.compile(
    r"\b(?:interior|home (?:secretary|office|affairs|minister)|health|justice|transport|education|"
    r"environment|mayor|municipal|city|provincial|prefect|prosecutor|coroner|civil (?:protection|"
    r"defen[cs]e)|disaster|emergency|election|statistics)",
    re.I,
)


def is_competent(source: Source, claim: Claim) -> bool:
    """Tell whether an official source may decide a claim at all (VERDICTS.md, "Who may decide")."""
    return role_of(source, claim) is not None


def role_of(source: Source, claim: Claim) -> Role | None:
    """Return what an official source is to a claim, None where the claim is not its business."""
    if source.kind not in OFFICIAL or not source.named or _is_elsewhere(source, claim):
        return None
    if source.kind is Kind.GOVERNMENT and _NO_OFFICE.search(source.name):
        return None
    party = normalise(source.party or "")
    if party and party == normalise(actor_party(claim) or ""):
        return "actor"
    if _acts_itself(source, claim):
        return "actor"
    if party and party == normalise(claim.target_party or ""):
        return "target"
    if source.kind is Kind.INTERGOVERNMENTAL or _is_monitor(source, claim):
        return "body"
    if party and party in {normalise(p) for p in place_parties(claim)}:
        return "place"
    return "place" if _speaks_for_home(source, claim) else None


def _acts_itself(source: Source, claim: Claim) -> bool:
    """Tell whether a source is the actor though no state is named: "officers", "its agents"."""
    if not claim.actor or claim.actor_party or _NO_STATE.search(claim.actor):
        return False
    if claim.own_statement and claim.source == source and _ITSELF.match(claim.actor):
        return True
    own = _OWN_PEOPLE.get(source.kind)
    is_home = source.party is None or source.party in place_parties(claim)
    return is_home and own is not None and own.search(claim.actor) is not None


def actor_party(claim: Claim) -> str | None:
    """Return the party that acts; "Syrian rebels" are not Syria, whatever the adjective says."""
    party = claim.actor_party
    if party and claim.actor and _NO_STATE.search(claim.actor) and places.is_country(party):
        return None
    return party


def place_parties(claim: Claim) -> tuple[str, ...]:
    """Return the states in which the claim's place lies: several, where the place is disputed."""
    found = places.parties_of(claim.place) if claim.place else ()
    if claim.country and claim.country not in found:
        return (claim.country,)
    return found


def _is_monitor(source: Source, claim: Claim) -> bool:
    name = f"{source.id or ''} {source.name}"
    said = f"{claim.text} {claim.origin.quote}"
    return source.kind is not Kind.STATE_MEDIA and any(
        re.search(rf"\b(?:{agency})", name, re.I) and re.search(subject, said, re.I)
        for agency, subject in _MONITORS
    )


def _is_elsewhere(source: Source, claim: Claim) -> bool:
    """Tell whether a local source is known to be of another place than the claim."""
    if not source.place or not claim.place:
        return False
    here, there = places.resolve(source.place), places.resolve(claim.place)
    if here is None or there is None:
        return False
    return not (
        places.is_within(claim.place, source.place) or places.is_within(source.place, claim.place)
    )


def _speaks_for_home(source: Source, claim: Claim) -> bool:
    """Tell whether a source may stand where nothing says whose matter it is.

    A police force, a court or a domestic ministry speaks of its own ground; a state or armed group
    that reports on parties unnamed is heard as its side's voice. Neither is a known outsider's.
    """
    if actor_party(claim) or claim.target_party or place_parties(claim):
        return False
    if source.kind in _DOMESTIC_KINDS or source.kind in SIDE_VOICES:
        return True
    return source.kind is Kind.GOVERNMENT and bool(_DOMESTIC_NAMES.search(source.name))


def bias_of(source: Source, claim: Claim, role: Role) -> str | None:
    """Say why an affirmation by this source is one side's word only, None where it is more.

    It is where a side's outlet or an armed group speaks, where A speaks of its own success, where
    T, or the state attacked, speaks of A, and where either denies its own part.
    """
    if source.kind is Kind.STATE_MEDIA:
        return f"state media of {source.party}" if source.party else "state media"
    if source.kind is Kind.ARMED_GROUP:
        return "an armed group, the voice of its own side"
    if claim.source == source and _ACCUSES.search(claim.cue or ""):
        return "an accusation"
    if role == "body":
        return None
    if role == "actor":
        return _bias_of_actor(claim)
    if claim.nature is Nature.SUCCESS:
        return "a side in it, of a success in arms"
    return _bias_of_affected(source, claim, role)


def _bias_of_actor(claim: Claim) -> str | None:
    if claim.nature is Nature.SUCCESS:
        return "of its own success"
    if is_negative(claim):
        return "denying its own part"
    other = _opens_with_other(claim)
    return f"about {other}" if other else None


def is_negative(claim: Claim) -> bool:
    """Tell whether a claim says that something did not happen, by its polarity or its words."""
    return claim.polarity == "-" or _NEGATIVE.search(claim.text) is not None


def _opens_with_other(claim: Claim) -> str | None:
    """Return the party that a claim opens with where it is not the actor: whose doing is it then?

    "Ukraine shelled a market" is no admission by Russia, even where Russia was read as its actor.
    """
    mentions = places.find(claim.text)
    if not mentions or claim.actor_party is None or re.search(r"\bby\b", claim.text):
        return None
    first = mentions[0]
    is_first = claim.text[: first.span.start].strip().lower() in {"", "the"}
    if not is_first or claim.actor_party in first.place.parties:
        return None
    return first.place.country if places.is_country(first.place.name) else None


def _bias_of_affected(source: Source, claim: Claim, role: Role) -> str | None:
    """Say why T, or the state in which L lies, is a side: it speaks of another party's doing."""
    doer = actor_party(claim)
    if doer is not None and (role == "target" or claim.nature is not Nature.STATE):
        return f"a party affected, about {doer}"
    if role == "target" and is_negative(claim):
        return "denying what befell it"
    if len(place_parties(claim)) > 1 and claim.country != source.party and role == "place":
        return "one of those who claim the place"
    if source.kind in {Kind.MILITARY, Kind.GOVERNMENT} and _ADVERSARY.search(claim.actor or ""):
        return "about its adversary"
    if source.kind is Kind.MILITARY and _HOSTILE.search(claim.text):
        return "a party affected, about its enemy"
    return None
