"""Rival explanations: claims that explain one event in different ways, shown together.

It only pairs claims; whether an official addresses one of them is the verdict's affair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verify import events
from verify.values import Certainty, Claim, Kind

_CONTRAST = re.compile(
    r"\b(?:while|others?|but|instead|however|alternatively|another|rather|by contrast|"
    r"contradict\w*|disput\w*|whereas|or)\b",
    re.I,
)
_LOOSE = {Kind.ANONYMOUS, Kind.SOCIAL, Kind.PRESS, Kind.EYEWITNESS, Kind.EXPERT, Kind.UNKNOWN}
_WORD = re.compile(r"[A-Za-z]{4,}")


def marked(claims: Sequence[Claim]) -> list[Claim]:
    """The same claims, each with the ids of its rivals."""
    found: dict[str, list[str]] = {c.id: [] for c in claims}
    for i, first in enumerate(claims):
        for second in claims[i + 1 : i + 8]:
            if _are_rivals(first, second):
                found[first.id].append(second.id)
                found[second.id].append(first.id)
    return [replace(c, rivals=tuple(found[c.id])) if found[c.id] else c for c in claims]


def _are_rivals(first: Claim, second: Claim) -> bool:
    if first.unchecked or second.unchecked or first.source == second.source and not _open(first):
        return False
    if not (events.explains(first.text) and events.explains(second.text)):
        return False
    if _core(first.text) == _core(second.text):
        return False
    same_sentence = first.origin.quote == second.origin.quote
    near = abs(first.origin.start - second.origin.start) < 600
    if same_sentence:
        return bool(_CONTRAST.search(first.origin.quote))
    return near and bool(_CONTRAST.search(second.origin.quote)) and _share_subject(first, second)


def _open(claim: Claim) -> bool:
    return claim.certainty is not Certainty.CERTAIN or claim.source.kind in _LOOSE


def _core(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())[-4:])


def _share_subject(first: Claim, second: Claim) -> bool:
    lead = set(_WORD.findall(first.text.lower())[:5])
    other = set(_WORD.findall(second.text.lower())[:5])
    return bool(lead & other) or bool(re.match(r"(?:it|they|this|that)\b", second.text, re.I))
