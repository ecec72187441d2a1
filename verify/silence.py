"""On what somebody would not comment: "asked about the camera, he refused to answer".

It reads the words of one sentence and knows nothing of who speaks or what was claimed.
"""

from __future__ import annotations

import re

from verify import words

_OF = r"(?:about|on|to|over|regarding|whether|if|where|who|whom|what|how|why|when|for|of)"
_SAY = (
    r"(?:(?:discuss|say|answer|comment|speak|talk|address|confirm|respond|reply)(?:ing)?|"
    r"speculat(?:e|ing)|be drawn)(?: (?:any )?(?:further )?questions?| further)?"
)
_TOPIC = re.compile(
    rf"\basked (?!for|of|to){_OF} (?P<asked>[^,.;“”\"]+)"
    rf"|\b(?:declin|refus)\w+ (?:to )?{_SAY}(?: {_OF})? ?(?P<declined>[^,.;“”\"]*)"
    rf"|\b(?:would|did|could|does|do|will|had|has|have) ?n[o’'](?:t|t be) {_SAY}(?: {_OF})? ?"
    r"(?P<would>[^,.;“”\"]*)"
    rf"|\bno comment(?: to make)? {_OF} (?P<none>[^,.;“”\"]+)"
    r"|\b(?P<bare>no comment|(?:declin|refus)\w+ (?:to )?comment\w*|not (?:comment|respond|reply))",
    re.I,
)
#: Words that name no topic, beside those that are nearly everywhere.
_EMPTY = frozenset(
    word
    for listed in (
        "question claim report allegation accusation matter request comment operational specific "
        "individual ongoing investigation case detail further figure account video footage rumour "
        "rumor incident policy yet published result make asked reporter journalist press briefing "
        "reuters afp called man woman answer answered declined refused said",
        "about any all such what when where how why whether being do did does would could than "
        "ever no not",
    )
    for word in words.tokens(listed)
)


def topic(sentence: str) -> frozenset[str] | None:
    """The stems of what somebody would not speak of; empty where it is what was said before.

    None where the sentence tells of no such refusal (or only that somebody would not give a name).
    """
    found = _TOPIC.search(sentence)
    if found is None:
        return None
    return stems("" if found["bare"] else next((part for part in found.groups() if part), ""))


def stems(text: str) -> frozenset[str]:
    """The stems of a text's own words."""
    return frozenset(words.tokens(text)) - _EMPTY
