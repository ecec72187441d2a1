""" "The hospital is open" against "the hospital has been closed": states that exclude each other.

Only a plain sentence about a thing that the claim names in the same words counts, and only where
nothing says that the state has changed ("is open again", "has reopened", "was closed until noon").
Pure functions over two texts; they never say that a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.judge import guards, negatives
from verify.values import Claim, Commitment, Statement

#: Words for one state, and for those that exclude it.
_OPPOSITES = (
    (
        "open|operational|operating|functioning|running|working(?: normally)?|accessible",
        "closed|shut|shut down|suspended|halted|cancel?led|blocked|offline|switched off|cut off|"
        "shuttered|sealed off|out of action|out of service|out of order",
    ),
    (
        "safe|unharmed|unhurt|uninjured|alive|unscathed",
        "dead|killed|died|injured|wounded|hurt|abducted|kidnapped|missing|shot|murdered|massacred",
    ),
    ("negative", "positive|infected|contaminated"),
    (
        "free|at home|at liberty|at work|at (?:his|her) desk",
        "arrested|detained|jailed|imprisoned|in custody|under arrest|kidnapped|abducted",
    ),
    (
        "intact|undamaged|unaffected",
        "damaged|destroyed|cracked|collapsed|burnt|burned|wrecked|flooded|breached",
    ),
)
_SIDES = [
    (re.compile(rf"\b(?:{one})\b", re.I), re.compile(rf"\b(?:{other})\b", re.I))
    for pair in _OPPOSITES
    for one, other in (pair, pair[::-1])
]
_PLAIN = re.compile(
    r"^\W*(?P<all>all )?(?:the |our |its )?(?P<who>(?:[\w’'-]+ ){1,5}?)(?:is|are|was|were|remains?|"
    r"remained|has remained|have remained|has been|have been|tested|has tested)"
    r"(?: all| fully| completely| totally)? (?P<state>[\w -]+?)\W*$",
    re.I,
)
#: The state may have been another a while ago, or is one of several.
_CHANGED = re.compile(
    r"\b(?:again|now|since|back|re-?open\w*|until|till|after|before|later|earlier|once|"
    r"yet|still|no longer|temporarily|partly|partially|mostly|some|most|many|several|other|if|when|"
    r"unless|except|would|will|could|should|may|might|must)\b",
    re.I,
)
#: What follows is no longer the thing that is spoken of: "the road near the hospital".
_BEHIND = re.compile(
    r"\b(?:near|to|from|by|outside|behind|opposite|around|towards|at|in|on)\b", re.I
)
#: A longer predicate tells more than the state.
_MOST_WORDS = 4


_ATTACKERS = r"(?:attackers?|gunm[ae]n|shooters?|assailants?|terrorists?|(?:suicide )?bombers?)"
_ALONE = re.compile(
    r"\b(?:acted|acting|came|worked|operated) alone\b"
    rf"|\b(?:only (?:one|a)|just one|lone|sole|single) {_ATTACKERS}",
    re.I,
)
_MORE = re.compile(
    rf"\b(?:second|third|other|another|two|three|four|five|six|several|multiple|many|more|[2-9]) "
    rf"(?:\w+ )?{_ATTACKERS}|\baccomplices?\b",
    re.I,
)


def acted_alone(statement: Statement, claim: Claim) -> bool:
    """ "He acted alone" against "a second gunman": both of the one attack that is told of."""
    if statement.commitment is not Commitment.AFFIRMS or claim.polarity == "-":
        return False
    if guards.NEGATION.search(statement.text) or negatives.is_talk(statement.text):
        return False
    if guards.NEGATION.search(claim.text) or negatives.is_talk(claim.text):
        return False
    return bool(_ALONE.search(statement.text)) and bool(_MORE.search(claim.text))


def excludes(statement: Statement, claim: Claim) -> bool:
    """Does the statement give a thing a state that excludes what the claim says of it?"""
    if statement.commitment is not Commitment.AFFIRMS or claim.polarity == "-":
        return False
    told = _PLAIN.match(statement.text)
    if told is None or _CHANGED.search(statement.text) or negatives.is_talk(claim.text):
        return False
    if guards.NEGATION.search(statement.text) and "negative" not in statement.text.lower():
        return False
    if guards.NEGATION.search(claim.text) or _CHANGED.search(claim.text):
        return False
    state = told["state"]
    if len(state.split()) > _MOST_WORDS or negatives.is_somebody(told["who"]):
        return False
    return any(
        one.search(state)
        and (found := other.search(claim.text))
        and _is_named(negatives.content(told["who"]), claim.text[: found.start()])
        for one, other in _SIDES
    )


def _is_named(who: Sequence[str], before: str) -> bool:
    """Does the claim name the thing, in the words of the statement, as what it speaks of?"""
    last = _BEHIND.split(before)[0]
    return bool(who) and set(who) <= set(negatives.roots(last))
