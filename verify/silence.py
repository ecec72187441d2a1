"""On what somebody would not comment: "asked about the camera, he refused to answer".

It reads the words of one sentence and knows nothing of who speaks or what was claimed.
"""

from __future__ import annotations

import re

from verify import stem

_OF = r"(?:about|on|to|over|regarding|whether|if|where|who|whom|what|how|why|when|for|of)"
_SAY = (
    r"(?:discuss|say|answer|comment|speak|talk|address|confirm|respond|reply|speculate|"
    r"be drawn)(?:ing)?(?: (?:any )?(?:further )?questions?| further)?"
)
_TOPIC = re.compile(
    rf"\basked {_OF} (?P<asked>[^,.;“”\"]+)"
    rf"|\b(?:declin|refus)\w+ (?:to )?{_SAY}(?: {_OF})? ?(?P<declined>[^,.;“”\"]*)"
    rf"|\b(?:would|did|could|does|do|will|had|has|have) ?n[o’'](?:t|t be) {_SAY}(?: {_OF})? ?"
    r"(?P<would>[^,.;“”\"]*)"
    rf"|\bno comment(?: to make)? {_OF} (?P<none>[^,.;“”\"]+)"
    r"|\b(?P<bare>no comment|(?:declin|refus)\w+ (?:to )?comment\w*|not (?:comment|respond|reply))",
    re.I,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")
_EMPTY = frozenset(
    "the a an that this it these those them him her his its their any all such which who what "
    "where when how why whether had has have was were is are be been being did do does would "
    "could will and or of in on at to for from by with about than ever there here he she they we "
    "you not no question questions claim claims report reports allegation allegations accusation "
    "accusations matter matters request requests comment comments operational specific individual "
    "ongoing investigation investigations case cases detail details further figure figures "
    "account accounts video footage rumour rumours rumor rumors incident incidents policy yet "
    "published result results make asked reporter reporters journalist journalists press briefing "
    "reuters afp called man woman answer answered declined refused said".split()
)


def topic(sentence: str) -> frozenset[str] | None:
    """The stems of what somebody would not speak of; empty where it is what was said before.

    None where the sentence tells of no such refusal (or only that somebody would not give a name).
    """
    found = _TOPIC.search(sentence)
    if found is None:
        return None
    text = next((part for part in found.groups() if part), "")
    words = (w for w in _WORD.findall(text if not found["bare"] else "") if w.lower() not in _EMPTY)
    return frozenset(stem.stem(w.lower()) for w in words)


def stems(text: str) -> frozenset[str]:
    """The stems of a text's own words."""
    return frozenset(stem.stem(w.lower()) for w in _WORD.findall(text) if w.lower() not in _EMPTY)
