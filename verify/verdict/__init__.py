"""The rule table of VERDICTS.md: one claim and its weighed evidence in, one verdict out. Pure.

The eight rules are tried in order and the first that matches decides. It never searches, never
asks a model, and never turns the absence of evidence or a failure into a verdict against a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from verify.values import (
    OFFICIAL,
    SIDE_VOICES,
    Claim,
    Evidence,
    Kind,
    Label,
    Nature,
    Source,
    Stance,
    Verdict,
)
from verify.verdict import competence, wording
from verify.verdict.case import BASES, HEDGED, Case, Remit, Voice, basis_of_all, best, gather

#: Official accounts of a younger event often change.
EARLY = timedelta(hours=48)
#: An interval this long is a period ("over several years"): its start says how old it is.
_PERIOD = timedelta(days=3)

#: Who asserts even where unnamed ("an AFP correspondent", "a doctor at the clinic").
_ASSERTING = frozenset({Kind.PRESS, Kind.EYEWITNESS, Kind.EXPERT, Kind.COMPANY})
_DECISIVE = frozenset({Label.CONFIRMED, Label.CONTRADICTED, Label.DISPUTED, Label.ONE_SIDED})


def decide(
    claim: Claim,
    evidence: Sequence[Evidence],
    *,
    published_at: datetime | None,
    now: datetime,
    remit: Remit = competence.is_competent,
) -> Verdict:
    """Return the verdict of the first rule that matches; `now` is the report's time, in UTC."""
    case = gather(claim, evidence, published_at, now, remit)
    for rule in (_rule_1, _rule_2, _rule_3, _rule_4, _rule_5, _rule_6, _rule_7):
        if (verdict := rule(case)) is not None:
            return verdict
    return _rule_8(case)


def _rule_1(case: Case) -> Verdict | None:
    reason = case.claim.unchecked
    if reason is None:
        return None
    low = reason.lower()
    settle = "Nothing: it asserts no fact that an official could confirm or deny"
    if "language" in low:
        settle = "A reading by someone who knows the language"
    elif "fail" in low or "error" in low or "could not" in low:
        settle = "A run in which it can be checked"
    elif "predict" in low or "future" in low or "plan" in low:
        settle = "What happens: it speaks of something still to come"
    return Verdict(Label.NOT_CHECKED, 1, reason, settle + ".", None, _media_note(case.claim))


def _rule_2(case: Case) -> Verdict | None:
    if not (case.affirming and case.denying):
        return None
    pro, con = _said(case, (best(case.affirming),)), _said(case, (best(case.denying),))
    reason = f"Officials contradict each other: {pro}, but {con}."
    settle = f"One of them changing its account, or {_independent(case.claim)}"
    return _decided(case, (Label.DISPUTED, 2), case.affirming + case.denying, reason, settle)


def _rule_3(case: Case) -> Verdict | None:
    if not case.denying:
        return None
    plain = tuple(v for v in case.denying if v.source.kind not in SIDE_VOICES)
    settle = f"Evidence that withstands the denial, or {_independent(case.claim)}"
    if not plain:
        reason = (
            f"{_said(case, case.denying)}; a denial by state media or an armed group alone is its "
            f"side's word. {wording.asserted_by(case.claim)}"
        )
        return _decided(case, (Label.UNCONFIRMED, 3), case.denying, reason, settle)
    reason = (
        f"Officials deny it or say what does not fit it; none affirms it: {_said(case, plain)}."
    )
    return _decided(case, (Label.CONTRADICTED, 3), plain, reason, settle)


def _rule_4(case: Case) -> Verdict | None:
    actors = tuple(v for v in case.affirming if v.role == "actor")
    targets = tuple(v for v in case.affirming if v.role == "target")
    if actors and targets:
        both = (best(actors), best(targets))
        reason = f"Both sides affirm it: {_said(case, both)}."
        return _decided(case, (Label.CONFIRMED, 4), both, reason, _original(both))
    admitting = tuple(v for v in actors if v.bias is None and case.claim.nature is Nature.ACT)
    if not admitting:
        return None
    owner = admitting[0].source.party
    reason = f"{owner} says that it did this itself: {_said(case, admitting)}."
    return _decided(case, (Label.CONFIRMED, 4), admitting, reason, _original(admitting))


def _rule_5(case: Case) -> Verdict | None:
    if not case.affirming or any(v.bias is None for v in case.affirming):
        return None
    first = best(case.affirming)
    clause = wording.silence(case.silent)
    reason = (
        f"Only one side says so ({first.bias}): {_said(case, case.affirming)}"
        f"{'; ' + clause if clause else ''}."
    )
    settle = wording.missing(case.claim, (v.source.party for v in case.affirming), case.silent)
    return _decided(case, (Label.ONE_SIDED, 5), case.affirming, reason, settle)


def _rule_6(case: Case) -> Verdict | None:
    voices = tuple(v for v in case.affirming if v.bias is None)
    if not voices:
        return None
    reason = f"{_said(case, voices)}; no competent official opposes it."
    return _decided(case, (Label.CONFIRMED, 6), voices, reason, _original(voices))


def _rule_7(case: Case) -> Verdict | None:
    claim, source = case.claim, case.claim.source
    own = any(e.statement.id == claim.own_statement for e in case.hedging)
    is_anonymous = _is_anonymous(source)
    if case.others or not (claim.certainty in HEDGED or is_anonymous or own):
        return None
    if is_anonymous:
        start = f"The only source, {wording.named(source)}, is not named."
    elif source.kind in OFFICIAL:
        start = f"{wording.named(source)} gives it as an assessment, not as a fact."
    else:
        start = f"{wording.asserted_by(claim)[:-1]} as a possibility only."
    return _open(case, (Label.SPECULATIVE, 7), start)


def _is_anonymous(source: Source) -> bool:
    """Tell whether nobody stands for a claim; an unnamed reporter or eyewitness still does."""
    if source.kind is Kind.ANONYMOUS:
        return True
    return not source.named and source.kind not in _ASSERTING


def _rule_8(case: Case) -> Verdict:
    start = wording.asserted_by(case.claim)
    if case.unusable:
        start = (
            f"An official statement was found but lacks {case.unusable[0]}, so it cannot decide."
        )
    elif case.hedging:
        start += (
            f" {wording.named(case.hedging[0].statement.source)} does not commit to it plainly."
        )
    elif case.others:
        names = wording.listed((wording.named(s) for s in case.others), "and")
        start = f"{names} affirmed it, but it is not theirs to decide."
    return _open(case, (Label.UNCONFIRMED, 8), start)


def _open(case: Case, what: tuple[Label, int], start: str) -> Verdict:
    """Return a verdict that rests on no official's commitment."""
    claim = case.claim
    settle = wording.missing(claim, (), case.silent)
    if not wording.parties(claim):
        settle = "A plain statement by a competent official"
    if claim.media:
        settle += ", and an examination of the picture or video"
    notes = (*_media_note(claim), *_rival_note(case))
    is_spoken_of = bool(case.hedging or case.unusable or claim.source.kind in OFFICIAL)
    reason = f"{start} {wording.nobody(claim, case.silent, is_spoken_of=is_spoken_of)}"
    return Verdict(what[0], what[1], reason, settle + ".", None, notes)


def _decided(
    case: Case, what: tuple[Label, int], voices: tuple[Voice, ...], reason: str, settle: str
) -> Verdict:
    """Return a verdict that rests on officials' words, with its basis and its notes."""
    label, number = what
    notes = [
        f"denied by {v.source.party}, a party to it"
        for v in case.denying + case.affirming
        if _is_self_interested_denial(v, case.claim)
    ]
    if label in _DECISIVE and _is_early(case):
        notes.append("early official account; may change")
    notes.extend(n for v in voices if (n := _lateness(v.evidence, case.published_at)))
    notes.extend(
        f"an older account is shown and does not count: {_said(case, (voice,))}"
        for voice in case.older
    )
    if label in {Label.DISPUTED} or number == 4:
        basis = max((basis_of_all(side) for side in _sides(voices, label)), key=BASES.index)
    else:
        basis = basis_of_all(voices)
    if case.claim.media:
        settle += ", and an examination of the picture or video"
    every = (*dict.fromkeys(notes), *_media_note(case.claim), *_rival_note(case))
    return Verdict(label, number, reason, settle + ".", basis, every)


def _sides(voices: tuple[Voice, ...], label: Label) -> list[tuple[Voice, ...]]:
    """Return the groups of voices that a verdict needs each of: the weakest gives its basis."""
    keys = [v.evidence.stance if label is Label.DISPUTED else v.role for v in voices]
    return [
        tuple(v for v, k in zip(voices, keys, strict=True) if k == key)
        for key in dict.fromkeys(keys)
    ]


def _is_self_interested_denial(voice: Voice, claim: Claim) -> bool:
    """Tell whether a party denies what it would have to answer for (standing rule 6)."""
    if not voice.source.party or voice.role not in {"actor", "target"}:
        return False
    if voice.evidence.stance is Stance.REFUTES:
        return True
    return competence.is_negative(claim)


def _is_early(case: Case) -> bool:
    event = case.claim.event_time
    if event is None:
        return case.published_at is not None and case.now - case.published_at < EARLY
    moment = event.end if event.end - event.start <= _PERIOD else event.start
    return case.now - moment < EARLY


def _lateness(one: Evidence, published_at: datetime | None) -> str | None:
    """Say whether a statement is later than the article, or may be: one day, hours unknown."""
    said = one.statement.published_at
    if one.statement.origin == "article" or said is None or published_at is None:
        return None
    has_hours = published_at.time() != time() and said.time() != time()
    if not has_hours and said.date() == published_at.date():
        return "of the article's own day, perhaps later than the article"
    return "later than the article" if said > published_at else None


def _media_note(claim: Claim) -> tuple[str, ...]:
    return ("media not examined",) if claim.media else ()


def _rival_note(case: Case) -> tuple[str, ...]:
    if not case.claim.rivals:
        return ()
    spoke = "an official" if case.affirming or case.denying else "no official"
    return (f"one of several rival explanations; {spoke} addresses this one",)


def _said(case: Case, voices: Sequence[Voice]) -> str:
    return wording.all_said([v.evidence.statement for v in voices], case.published_at)


def _independent(claim: Claim) -> str:
    return f"the finding of an independent body on {wording.subject(claim)}"


def _original(voices: tuple[Voice, ...]) -> str:
    """Say what would still settle a confirmed claim: the original, or a word from outside."""
    names = wording.listed((v.source.name for v in voices), "and")
    return {
        "article": f"The original statement by {names}, which only this article reports",
        "relayed": f"The original on the own channel of {names}",
        "primary": f"Evidence that does not come from {names}",
    }[basis_of_all(voices)]
