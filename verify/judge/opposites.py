""" "The hospital is open" against "the hospital has been closed": states that exclude each other.

Only a plain sentence about a thing that the claim names in the same words counts, and only where
nothing says that the state has changed ("is open again", "has reopened", "was closed until noon").
Pure functions over two texts; they never say that a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from verify.judge import guards, negatives
from verify.judge.roots import content, roots
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
    if not _ALONE.search(statement.text) or not _MORE.search(claim.text):
        return False
    texts = (statement.text, claim.text)
    return not any(guards.NEGATION.search(text) or negatives.is_talk(text) for text in texts)


def excludes(statement: Statement, claim: Claim) -> bool:
    """Does the statement give a thing a state that excludes what the claim says of it?"""
    if statement.commitment is not Commitment.AFFIRMS or claim.polarity == "-":
        return False
    who, opposites = _state_of(statement.text)
    if not opposites or negatives.is_talk(claim.text):
        return False
    if guards.NEGATION.search(claim.text) or _CHANGED.search(claim.text):
        return False
    return any(
        (found := other.search(claim.text)) and _is_named(who, claim.text[: found.start()])
        for other in opposites
    )


@lru_cache(maxsize=1024)
def _state_of(text: str) -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """What a plain sentence speaks of, and what its state excludes; nothing where it gives none."""
    told = _PLAIN.match(text) if len(text) <= negatives.LONGEST else None
    if told is None or _CHANGED.search(text) or negatives.is_somebody(told["who"]):
        return (), ()
    if guards.NEGATION.search(text) and "negative" not in text.lower():
        return (), ()
    if len(told["state"].split()) > _MOST_WORDS:
        return (), ()
    excluded = tuple(other for one, other in _SIDES if one.search(told["state"]))
    return content(told["who"]), excluded


def _is_named(who: Sequence[str], before: str) -> bool:
    """Does the claim name the thing, in the words of the statement, as what it speaks of?"""
    last = _BEHIND.split(before)[0]
    return bool(who) and set(who) <= set(roots(last))
