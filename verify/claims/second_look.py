"""A second look at claims that the word lists left checkable: what a trained model is sure tells
no fact (a metaphor, praise, blame, a vow) becomes unchecked, and is no evidence either.

It is shy: a claim with a figure is never touched, one with a word for an event only where the model
is very sure, and it never makes an unchecked claim checkable. Vectors are passed in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from verify import events, numbers
from verify.models.checkability import Checkability, Guess
from verify.values import Claim, Statement

#: What the model may find → why the claim is not checked.
REASONS = {
    "opinion": "an opinion",
    "forecast": "a prediction",
    "appeal": "an appeal",
    "feeling": "an expression of feeling",
    "unknown-said": "tells only what is not known",
    "question": "a question",
}
_DIGIT = re.compile(r"\d")
#: Words that end like the name of an event and are none.
_NO_EVENT = re.compile(r"(?:some|any|every|no)thing$|(?:morning|evening|during|according)$", re.I)
#: Those who do it are no event: "the rioters were savages" tells of no riot.
_DOERS = re.compile(
    r"\b(?:rioters?|attackers?|bombers?|shooters?|strikers?|fighters?|firefighters?|protesters?|"
    r"demonstrators?|marchers?|raiders?|killers?|murderers?|kidnappers?|hackers?|rescuers?|voters?|"
    r"investigators?|abductors?|hijackers?|gunm[ae]n)\b",
    re.I,
)
#: Where somebody is or how he is kept tells a fact, however little is said beside it.
_STATE = re.compile(
    r"\b(?:at large|on the run|in custody|under arrest|in hospital|on fire|at a standstill|"
    r"under (?:attack|fire|siege|investigation|curfew)|in (?:a )?(?:critical|serious|stable))\b",
    re.I,
)


def taken(
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    model: Checkability,
    vectors: np.ndarray,
) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    """Return the claims, those that tell no fact unchecked, and the statements without theirs.

    `vectors` holds an embedding for each claim, in order. Raises ModelError.
    """
    guesses = model([claim.text for claim in claims], vectors)
    reasons = {
        claim.id: reason
        for claim, guess in zip(claims, guesses, strict=True)
        if claim.unchecked is None and (reason := why_not(claim.text, guess, model))
    }
    if not reasons:
        return tuple(claims), tuple(statements)
    gone = {c.own_statement for c in claims if c.id in reasons}
    gone -= {c.own_statement for c in claims if c.id not in reasons}
    return (
        tuple(_looked_at(claim, reasons) for claim in claims),
        tuple(one for one in statements if one.id not in gone),
    )


def why_not(text: str, guess: Guess, model: Checkability) -> str | None:
    """The reason why a text that the word lists let through tells no fact; None if it may."""
    if _DIGIT.search(text) or numbers.find(text) or _STATE.search(text):
        return None
    least = model.very_sure if tells_of_event(text) else model.sure
    return REASONS[guess.label] if guess.unfit > least else None


def tells_of_event(text: str) -> bool:
    """Does the text hold a word for something that happens?"""
    text = _DOERS.sub(" ", text)
    words = re.findall(r"#?[\w-]+", text)
    return bool(events.kinds(text)) or any(
        events.is_event(word) and not _NO_EVENT.match(word) for word in words
    )


def _looked_at(claim: Claim, reasons: dict[str, str]) -> Claim:
    if claim.id in reasons:
        return replace(claim, unchecked=reasons[claim.id], own_statement=None, rivals=())
    if any(rival in reasons for rival in claim.rivals):
        return replace(claim, rivals=tuple(r for r in claim.rivals if r not in reasons))
    return claim
