""" "The hospital is open" against "the hospital has been closed": states that exclude each other.

Only a plain sentence about what is the claim's own subject counts, and only where
nothing says that the state has changed ("is open again", "has reopened", "was closed until noon").
Pure functions over two texts; they never say that a claim is true.
"""

from __future__ import annotations

import re
from functools import lru_cache

from verify.judge import denials, guards, negatives, subjects
from verify.judge.roots import content
from verify.values import Claim, Commitment, Statement

#: Words for one state, and for those that exclude it.
_OPPOSITES = (
    (
        "open|operational|operating|functioning|running|working|accessible",
        "closed|shut(?: down)?|suspended|halted|cancel?led|blocked|offline|switched off|cut off|"
        "shuttered|sealed off|(?:put )?out of (?:action|service|order)",
    ),
    ("alive", "dead|killed|died|murdered|massacred"),
    (
        "safe|unharmed|unhurt|uninjured|unscathed",
        "dead|killed|died|injured|wounded|hurt|shot|murdered|massacred",
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
    (re.compile(rf"\b(?:{one})\b", re.I), re.compile(rf"(?:{other})\b(?P<rest>.*)", re.I | re.S))
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
#: Behind the state no object may stand: "the embassy suspended visas".
_BEHIND = re.compile(
    r"\W*(?:$|(?:by|in|at|on|near|during|amid|this|today|tonight|yesterday|last|and)\b)", re.I
)
#: All who are meant may not be those of another place.
_SCOPE = re.compile(r"\b(?:in|at|on|near)\b", re.I)
#: A longer predicate tells more than the state.
_MOST_WORDS = 4


_ATTACKERS = r"(?:attackers?|gunm[ae]n|shooters?|assailants?|terrorists?|(?:suicide )?bombers?)"
_ALONE = re.compile(
    r"\b(?:acted|acting) alone\b"
    rf"|\b(?:only (?:one|a)|just one|lone|sole|single) {_ATTACKERS}",
    re.I,
)
#: What a claim of several attackers begins with; "police shot two gunmen elsewhere" is another.
_MORE = re.compile(
    r"^\W*(?:[\w ]{2,24}: )?(?:(?:an?|the|at least) )?(?:second|third|other|another|two|three|four|"
    rf"five|six|several|multiple|many|more|[2-9]) (?:\w+ )?{_ATTACKERS}\b|"
    rf"^\W*the {_ATTACKERS} had (?:an )?accomplices?\b",
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
    who, opposites, all_of = _state_of(statement.text)
    if not opposites or negatives.is_talk(claim.text):
        return False
    if guards.NEGATION.search(claim.text) or _CHANGED.search(claim.text):
        return False
    start = subjects.predicate(who, claim.text)
    if start is None:
        return False
    _, state = subjects.after_auxiliaries(claim.text, start)
    return any(
        (found := other.match(claim.text, state))
        and _BEHIND.match(found["rest"])
        and (not all_of or not _SCOPE.search(found["rest"]))
        for other in opposites
    )


@lru_cache(maxsize=1024)
def _state_of(text: str) -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...], bool]:
    """What a plain sentence speaks of, what its state excludes, and whether it speaks of "all";
    nothing where it gives none.
    """
    told = _PLAIN.match(text) if len(text) <= denials.LONGEST else None
    if told is None or _CHANGED.search(text) or denials.is_somebody(told["who"]):
        return (), (), False
    if guards.NEGATION.search(text):
        return (), (), False
    if len(told["state"].split()) > _MOST_WORDS:
        return (), (), False
    excluded = tuple(other for one, other in _SIDES if one.search(told["state"]))
    return content(told["who"]), excluded, told["all"] is not None
