"""A claim's evidence, sorted: who affirms, who denies, who is silent, and what may not count.

It applies the standing rules on what binds an official (plain, dated, quoted, in force, of the same
event, one origin once, newest account first) and never gives a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from verify import when
from verify.text import fingerprint, normalise
from verify.values import (
    OFFICIAL,
    Basis,
    Certainty,
    Claim,
    Commitment,
    Evidence,
    Kind,
    Source,
    Stance,
)
from verify.verdict import competence
from verify.verdict.competence import Role

#: Is the claim within the remit of this official source? Passed in where a caller knows better.
Remit = Callable[[Source, Claim], bool]

#: Decisive evidence from the archive speaks of an event at most this far away (standing rule 5).
SAME_EVENT_HOURS = 6.0

#: Certainties that commit nobody.
HEDGED = frozenset({Certainty.POSSIBLE, Certainty.PROBABLE})
#: Whence a statement is known, the best first.
BASES: tuple[Basis, ...] = ("primary", "relayed", "article")


@dataclass(frozen=True, slots=True)
class Voice:
    """A competent official's commitment; `bias` says why an affirmation is one side's word only."""

    evidence: Evidence
    role: Role
    bias: str | None

    @property
    def source(self) -> Source:
        return self.evidence.statement.source


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its evidence sorted; `others` are officials whose business it is not."""

    claim: Claim
    affirming: tuple[Voice, ...]
    denying: tuple[Voice, ...]
    older: tuple[Voice, ...]
    silent: tuple[Source, ...]
    hedging: tuple[Evidence, ...]
    unusable: tuple[str, ...]
    others: tuple[Source, ...]
    published_at: datetime | None
    now: datetime


def gather(
    claim: Claim,
    evidence: Sequence[Evidence],
    published_at: datetime | None,
    now: datetime,
    remit: Remit,
) -> Case:
    """Sort the evidence by what it may do; each source counts once a stance, its newest first."""
    voices: list[Voice] = []
    unusable: list[str] = []
    others: list[Source] = []
    for one in evidence:
        if one.stance not in {Stance.SUPPORTS, Stance.REFUTES} or not _may_count(one, claim):
            continue
        source = one.statement.source
        if not remit(source, claim) and not _is_heard_as_side(one, claim):
            if source.kind in OFFICIAL and one.stance is Stance.SUPPORTS:
                others.append(source)
            continue
        lack = _lack(one, published_at)
        if lack:
            unusable.append(lack)
            continue
        role = competence.role_of(source, claim) or "body"
        dated = replace(
            one, statement=replace(one.statement, published_at=_date(one, published_at))
        )
        voices.append(Voice(dated, role, competence.bias_of(source, claim, role)))
    newest, older = _timeline(_once(voices))
    return Case(
        claim=claim,
        affirming=tuple(v for v in newest if v.evidence.stance is Stance.SUPPORTS),
        denying=tuple(v for v in newest if v.evidence.stance is Stance.REFUTES),
        older=older,
        silent=_silent(evidence),
        hedging=tuple(e for e in evidence if _is_hedging(e, claim)),
        unusable=tuple(unusable),
        others=tuple({_key(s): s for s in others}.values()),
        published_at=published_at,
        now=now,
    )


def _is_heard_as_side(one: Evidence, claim: Claim) -> bool:
    """Tell whether a side's own voice is heard though the claim does not name its side.

    An armed group's accusation is its side's word "even if the other party is unnamed", and so is
    what a state's outlet itself says of another party's act. Neither can deny from outside.
    """
    if one.stance is not Stance.SUPPORTS:
        return False
    kind = one.statement.source.kind
    is_own = one.statement.id == claim.own_statement
    return kind is Kind.ARMED_GROUP or (
        kind is Kind.STATE_MEDIA and is_own and competence.actor_party(claim) is not None
    )


def _may_count(one: Evidence, claim: Claim) -> bool:
    """Tell whether evidence binds its source: plain, on the record, in force, of the same event."""
    statement = one.statement
    if not one.counts or statement.superseded_by is not None or _is_hedged(one):
        return False
    if statement.commitment is Commitment.NO_COMMENT:
        return False
    if statement.origin == "article":
        return True
    if claim.event_time is None:
        return False
    if statement.event_time is None:
        return True
    return when.hours_apart(claim.event_time, statement.event_time) <= SAME_EVENT_HOURS


def _is_hedging(one: Evidence, claim: Claim) -> bool:
    is_meant = one.counts or one.statement.id == claim.own_statement
    return is_meant and one.stance is Stance.SUPPORTS and _is_hedged(one)


def _is_hedged(one: Evidence) -> bool:
    statement = one.statement
    is_anonymous = not statement.source.named or statement.source.kind is Kind.ANONYMOUS
    is_weak = statement.commitment is Commitment.HEDGED or statement.certainty in HEDGED
    return is_anonymous or is_weak


def _lack(one: Evidence, published_at: datetime | None) -> str | None:
    """Say what a statement lacks to decide (standing rule 1), None where it is complete."""
    statement = one.statement
    if not statement.quote.strip():
        return "its quote"
    if not statement.source.name.strip():
        return "its source's name"
    return "its date" if _date(one, published_at) is None else None


def _date(one: Evidence, published_at: datetime | None) -> datetime | None:
    statement = one.statement
    if statement.published_at is None and statement.origin == "article":
        return published_at
    return statement.published_at


def _key(source: Source) -> str:
    return source.id or f"{normalise(source.name)}|{normalise(source.party or '')}"


def _once(voices: list[Voice]) -> list[Voice]:
    """Keep one voice of one origin, however many relay it; the better documented stands for it."""
    kept: dict[tuple[str, str, Stance], Voice] = {}
    for voice in voices:
        text = fingerprint(voice.evidence.statement.text)
        key = (_key(voice.source), text, voice.evidence.stance)
        if key not in kept or _rank(voice) < _rank(kept[key]):
            kept[key] = voice
    return list(kept.values())


def _timeline(voices: list[Voice]) -> tuple[list[Voice], tuple[Voice, ...]]:
    """Part each source's newest account from older ones that said otherwise (standing rule 5)."""
    newest: list[Voice] = []
    older: list[Voice] = []
    for voice in voices:
        said = voice.evidence.statement.published_at
        later = [
            v.evidence.statement.published_at
            for v in voices
            if _key(v.source) == _key(voice.source)
            and v.evidence.stance is not voice.evidence.stance
        ]
        is_older = any(said and other and said < other for other in later)
        (older if is_older else newest).append(voice)
    return newest, tuple(older)


def _silent(evidence: Sequence[Evidence]) -> tuple[Source, ...]:
    sources = [
        e.statement.source
        for e in evidence
        if e.stance is Stance.NO_COMMENT or e.statement.commitment is Commitment.NO_COMMENT
    ]
    return tuple({_key(s): s for s in sources}.values())


def basis_of_all(voices: tuple[Voice, ...]) -> Basis:
    """Return the best basis among voices of which one is enough."""
    return basis_of(best(voices))


def best(voices: tuple[Voice, ...]) -> Voice:
    """Return the voice whose statement is known best, the first of equals."""
    return min(voices, key=_rank)


def _rank(voice: Voice) -> int:
    return BASES.index(basis_of(voice))


def basis_of(voice: Voice) -> Basis:
    """Say whence a statement is known; without an address its own channel is not shown."""
    statement = voice.evidence.statement
    if statement.origin == "article":
        return "article"
    return "relayed" if statement.relayed_by or not statement.url else "primary"
