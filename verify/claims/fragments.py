"""What a cut has left over: "A fire drove", "5 am", "Our men arrived at Okobola one".

It reads a facet's own words. A fragment is kept with its reason and never checked: nobody can
confirm half a sentence.
"""

from __future__ import annotations

import re

#: Verbs that tell nothing without what they are done to.
_NEEDS = (
    r"(?:drove|wounded|injured|shot|killed|pushed|destroyed|damaged|struck|hit|caused|forced|"
    r"detained|seized|arrested|launched|carried|brought|put|made|took|gave|sent|told|found|held|"
    r"used|set|named|called|wanted)"
)
_BE = r"(?:was|were|is|are|am|be|been|being|['’]s|['’]re|got|get|gets)"
_WITHOUT_OBJECT = re.compile(
    rf"^(?!.*\b{_BE}\b(?:\W+\w+){{0,3}}?\W+{_NEEDS}\W*$)(?:[\w’'-]+ ){{1,6}}{_NEEDS}\W*$", re.I
)
_CASUALTIES = re.compile(
    r"^(?:(?:at least|about|more than|over|nearly|some|several|many|dozens|hundreds)\b|\d|no\b|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    re.I,
)
_DANGLES = re.compile(
    r"(?:\b(?:a|an|the|of|to|into|during|at|from|with|by|nobody|who|which|and|or|than|its|their|"
    r"his|her|for what|(?:down|up|out|open|closed|held|detained|lasted|jailed) for)"
    r"|\b(?:at|in|to|from) [A-Z]\w+ (?:one|two|three|four|five|six|seven|eight|nine|ten))\W*$"
)
_ONLY_A_TIME = re.compile(
    r"^\W*(?:at |from |until |by )?\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)?"
    r"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*$",
    re.I,
)
_NO_SUBJECT = re.compile(r"^(?:proved|turned out|happened|seemed|appeared) to\b", re.I)
_BIDDEN = re.compile(
    r"^(?:please |kindly )?(?:avoid|ignore|disregard|stay|remain calm|do not|don['’]t|beware|"
    r"follow|check|call|report|keep|want)\b(?! (?:was|were|is|are|by|of)\b)",
    re.I,
)
_SECOND_COUNT = re.compile(r"(?<=people) (?:at least|more than|about) [\w,]+$", re.I)
_SHARED_OBJECT = re.compile(r"\s+and (?:\w+ed|shot|hit|beat|burnt|took|cut) (?P<rest>.+)", re.S)
#: Words that a fragment is completed with at the most.
_MOST = 12
_BORDER = re.compile(
    r"[,.;:“”\"()—–](?!\d)|\b(?:and|but|or|before|while|when|whereas|who|which|that|said|says)\b",
    re.I,
)


def is_fragment(text: str) -> bool:
    """Is the text no whole statement?"""
    if _ONLY_A_TIME.match(text) or _NO_SUBJECT.match(text) or _DANGLES.search(text):
        return True
    return _WITHOUT_OBJECT.match(text) is not None and _CASUALTIES.match(text) is None


def completed(text: str, following: str) -> str:
    """The text with what follows it in its sentence, up to the next border, if that makes it whole.

    A second count behind the first ("killed four people at least nine") belongs to another verb.
    "A fire drove" + " about 1,200 people from their homes, officials said" is whole again.
    """
    text = _SECOND_COUNT.sub("", text.removesuffix(" nobody"))
    if not is_fragment(text) or _ONLY_A_TIME.match(text):
        return text
    shared = _SHARED_OBJECT.match(following)  # "had shot and killed one of them"
    more = _BORDER.split(shared["rest"] if shared else following, maxsplit=1)[0].strip()
    whole = f"{text} {more}"
    return whole if 0 < len(more.split()) <= _MOST and not is_fragment(whole) else text


def why_not(text: str) -> str | None:
    """The reason why a text that is no whole statement, or only bids, is not checked."""
    if is_fragment(text):
        return "no statement that can be checked by itself"
    return "an appeal: what somebody asks for" if is_bidding(text) else None


def is_bidding(text: str) -> bool:
    """Does the text only tell people what to do?"""
    return _BIDDEN.match(text) is not None
