"""What a cut has left over: "A fire drove", "5 am", "Our men arrived at Okobola one".

It reads a facet's own words. A fragment is kept with its reason and never checked: nobody can
confirm half a sentence.
"""

from __future__ import annotations

import re

#: Verbs that tell nothing without what they are done to, behind somebody who does such things.
_NEEDS = r"(?:wounded|injured|shot|killed|destroyed|damaged|detained|seized|arrested)"
_DOER = (
    r"(?:he|she|they|it|we|(?:an?|the|two|three|some) (?:\w+ )?(?:gunm[ae]n|attackers?|officers?|"
    r"soldiers?|troops|rebels|militants|fire|blaze|storm|flood|explosion|blast)|police|troops|"
    r"soldiers|militants|rebels)"
)
_WITHOUT_OBJECT = re.compile(
    rf"^{_DOER} (?:ha[sd] |have )?(?:{_NEEDS}|(?<=fire )drove|(?<=blaze )drove)\W*$", re.I
)
_DANGLES = re.compile(
    r"(?:\b(?:an?|the|who|which|and|or|than|for what|(?<!is )(?<!was )(?<!are )(?<!were )"
    r"(?:its|their|his|her)|(?:down|up|out|open|closed|held|detained|lasted|jailed) for)"
    r"|\b(?:at|in) [A-Z]\w+ one|\b(?:in|at|of|near|on) (?:\w+ ){1,3}(?<!to )(?<!by )nobody)\W*$"
)
_ONLY_A_TIME = re.compile(
    r"^\W*(?:at |from |until |by )?\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)?"
    r"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*$",
    re.I,
)
_NO_SUBJECT = re.compile(r"^(?:(?:proved|turned out|seemed|appeared) to|want the)\b", re.I)
_BIDDEN = re.compile(
    r"^(?:(?:please|kindly)\b|(?:avoid|ignore|disregard|beware of) |(?:do not|don['’]t) [a-z])"
)
#: "killed four people at least nine": the second count is another verb's.
_SECOND_COUNT = re.compile(
    r"(?<=\b)(?P<first>(?:\d+|two|three|four|five|six|seven|eight|nine|ten) people) "
    r"(?:at least|more than|about) [\w,]+$",
    re.I,
)
#: "damaged a school in the region nobody [was injured]": another clause's subject.
_OTHERS_VERB = re.compile(r"\s+(?:was|were|is|are|has|had)\b")
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
    return _WITHOUT_OBJECT.match(text) is not None


def completed(text: str, following: str) -> str:
    """The text with what follows it in its sentence, up to the next border, if that makes it whole.

    A second count behind the first ("killed four people at least nine") belongs to another verb.
    "A fire drove" + " about 1,200 people from their homes, officials said" is whole again.
    """
    text = _SECOND_COUNT.sub(lambda found: found["first"], text)
    if _OTHERS_VERB.match(following):
        text = text.removesuffix(" nobody")
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
    return _BIDDEN.match(text[:1].lower() + text[1:]) is not None
