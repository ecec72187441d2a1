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
_CAUSE = re.compile(r"\b(?:causes?|caused|origin|explanations?|why|blamed?|motive)\b", re.I)
_HAPPENS = re.compile(
    r"\b(?:explo\w+|overheat\w*|leak\w*|fail\w*|broke(?:n)? (?:out|down)|ignit\w+|spark\w*|burst|"
    r"collaps\w+|malfunction\w*|short[- ]circuit\w*|struck|hit|attack\w*|planted|detonat\w+|"
    r"started|began|lightning|arson|cigarette|firework\w*|"
    r"negligence|error|fault\w*|sabotag\w*|drone\w*|missile\w*|bomb\w*|fire|caused|due to)\b",
    re.I,
)
_LOOSE = {Kind.ANONYMOUS, Kind.SOCIAL, Kind.PRESS, Kind.EYEWITNESS, Kind.EXPERT, Kind.UNKNOWN}
_WORD = re.compile(r"[A-Za-z]{4,}")


def marked(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The same claims, each with the ids of its rivals; `text` is the article's."""
    found: dict[str, list[str]] = {c.id: [] for c in claims}
    for i, first in enumerate(claims):
        for second in claims[i + 1 : i + 8]:
            rival = _are_rivals(first, second) or _some_and_others(first, second)
            if rival or _explain_one_cause(first, second, text):
                found[first.id].append(second.id)
                found[second.id].append(first.id)
    return [replace(c, rivals=tuple(found[c.id])) if found[c.id] else c for c in claims]


def _are_rivals(first: Claim, second: Claim) -> bool:
    if first.unchecked or second.unchecked or (first.source == second.source and not _open(first)):
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


_SOME_OTHERS = re.compile(
    r"\bsome\b.{5,200}?(?:[,;]|\bwhile|\bbut)\s*(?:\w+\s)?others\b", re.I | re.S
)


def _some_and_others(first: Claim, second: Claim) -> bool:
    """ "Some said that P; others thought that Q": two loose voices set against each other."""
    if first.unchecked or second.unchecked or first.origin.quote != second.origin.quote:
        return False
    if first.source == second.source or {first.source.kind, second.source.kind} - _LOOSE:
        return False
    return _SOME_OTHERS.search(first.origin.quote) is not None


def _explain_one_cause(first: Claim, second: Claim, text: str) -> bool:
    """Two sources in a paragraph that asks for a cause, each with an event of its own."""
    if first.unchecked or second.unchecked or first.source == second.source:
        return False
    if first.origin.kind != "sentence" or second.origin.kind != "sentence":
        return False
    if first.source.kind is Kind.AUTHOR or second.source.kind is Kind.AUTHOR:
        return False
    begin = text.rfind("\n\n", 0, first.origin.start) + 1
    if "\n\n" in text[first.origin.end : second.origin.start]:
        begin = text.rfind("\n\n", 0, max(0, begin - 1)) + 1
        if text.count("\n\n", first.origin.end, second.origin.start) > 1:
            return False
    if not _CAUSE.search(text[begin : second.origin.start]):
        return False
    return bool(_HAPPENS.search(first.text) and _HAPPENS.search(second.text))


def _open(claim: Claim) -> bool:
    return claim.certainty is not Certainty.CERTAIN or claim.source.kind in _LOOSE


def _core(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())[-4:])


def _share_subject(first: Claim, second: Claim) -> bool:
    lead = set(_WORD.findall(first.text.lower())[:5])
    other = set(_WORD.findall(second.text.lower())[:5])
    return bool(lead & other) or bool(re.match(r"(?:it|they|this|that)\b", second.text, re.I))
