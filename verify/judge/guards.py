"""What guards see that a small stance model misses: another day, place, actor, figure or extent.

Pure functions over a claim and a statement; none reaches a stance without a reason in the words.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from verify import events, numbers, places, stem, when
from verify.values import Claim, Commitment, Interval, Stance, Statement

#: Least probability for a decisive stance, chosen for precision on the stance dev pairs
#: (`python -m benchmarks.stance` prints precision and coverage at them).
SUPPORTS, REFUTES = 0.80, 0.80
#: Intervals further apart than this are two events (VERDICTS.md, rule 5).
SAME_EVENT_HOURS = 6.0
#: Within an article, how far apart two may be of which one time is only guessed (a time of saying).
GUESSED_HOURS = 72.0
#: A claim about a longer stretch of time is not one event and is never decided from the archive.
ONE_EVENT = timedelta(days=8)
NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|den(?:y|ies|ied|ying|ial)|false|untrue|fake|"
    r"baseless|fabricat\w*|reject\w*|dismiss\w*|refut\w*|rul(?:e|es|ed|ing) out|hoax|rumou?rs?|"
    r"incorrect|inaccurate|debunk\w*|contrary|unfounded|misleading|disinformation|lie|lies)\b|n['’]t\b",
    re.I,
)
HARMED = r"(?:casualt\w+|injur\w+|hurt|wounded|harmed|victims?|deaths?|killed|dead|fatalit\w+|died)"
NOBODY_HURT = re.compile(
    rf"\b(?:no|nobody|no one|none|without|not any)\b[\w ,]{{0,40}}?\b{HARMED}\b", re.I
)
ANYBODY_HURT = re.compile(
    rf"\b(?:any|anyone|anybody|somebody|someone)\b[\w ,]{{0,40}}?\b{HARMED}\b", re.I
)
#: "68 of the victims were German": a part contradicts no whole.
SHARE = re.compile(
    r"\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|most|half|"
    r"some|many) of "
    r"(?:the|them|those|these|its|his|her|their)\b",
    re.I,
)
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+|\d[\d,.]*")
EMPTY = frozenset(
    "a an the of in on at to for and or but as by with from after before during amid that this "
    "these those it its is was were are be been being has have had will would may might could can "
    "do did does not no their his her they he she we our who which there here than then so very "
    "just also carried carry out conducted conduct took take place happened occur occurred "
    "several some many multiple near around over into said say new early late today yesterday "
    "night morning evening reports reported reportedly series large".split()
)


def whole(text: str) -> str:
    """The text without the figures of mere parts."""
    return SHARE.sub(" ", text)


_MEASURE = re.compile(
    r"^(?:the )?(?P<thing>[a-z ]{4,40}?)(?: of the \w+)? (?:was|is|were) (?:about |around |"
    r"nearly )?"
    r"(?P<value>\d+(?:\.\d+)?)\b(?![,.]?\d|\s*(?:million|billion|thousand|hundred)\b)",
    re.I,
)


def by_measure(claim: Claim, statement: Statement) -> tuple[Stance, float] | None:
    """ "The magnitude was 7.0" against "the magnitude was 7.2": one thing, measured otherwise."""
    first, second = _MEASURE.match(claim.text), _MEASURE.match(statement.text)
    if first is None or second is None or first["thing"].lower() != second["thing"].lower():
        return None
    if statement.commitment is not Commitment.AFFIRMS:
        return None
    same = float(first["value"]) == float(second["value"])
    return (Stance.SUPPORTS, SUPPORTS) if same else (Stance.REFUTES, REFUTES)


def same_event(claim: Claim, statement: Statement) -> bool:
    """Are both about one event: dated, and their intervals at most six hours apart?"""
    first, second = claim.event_time, statement.event_time
    if statement.origin == "article":
        if first is None or second is None or near(first, second):
            return True
        guessed = not (first.precise and second.precise) and max(hours(first), hours(second)) <= 24
        return guessed and when.hours_apart(first, second) <= GUESSED_HOURS
    if first is None or second is None or first.end - first.start > ONE_EVENT:
        return False
    return near(first, second)


def hours(time: Interval) -> float:
    return (time.end - time.start).total_seconds() / 3600


def near(first: Interval, second: Interval) -> bool:
    return round(when.hours_apart(first, second), 3) <= SAME_EVENT_HOURS


def same_place(claim: Claim, statement: Statement) -> bool:
    """Do the places agree, one lying in the other, as far as both name any?"""
    named = [m.place.name for m in places.find(statement.text) if m.role == "place"]
    if claim.place is None or not named:
        return True
    own = places.resolve(claim.place)
    if own is None:
        return True
    return any(places.is_within(own.name, n) or places.is_within(n, own.name) for n in named)


def denies_harm(claim: Claim, statement: Statement, denies: bool) -> bool:
    """ "There were no casualties", "denied that anyone was hurt": against any dead or wounded."""
    if not events.kinds(claim.text) & {"death", "injury"} or NEGATION.search(claim.text):
        return False
    pattern = ANYBODY_HURT if denies else NOBODY_HURT
    if not pattern.search(statement.text) or statement.commitment is Commitment.HEDGED:
        return False
    scoped = _SCOPED.search(statement.text)
    if not is_one_event(claim) or (scoped and not in_scope(claim, scoped.group())):
        return False
    return dated_alike(claim, statement) and not is_narrower(claim, statement)


#: "nobody has died in the disturbances" says nothing of other deaths of that day.
_SCOPED = re.compile(
    rf"\b{HARMED}\b\s+(?:in|during|at|amid|from|because of|as a result of)\s+(?:the|this|that|"
    rf"these|"
    r"those|its|their)\s+(?!(?:incident|attack|explosion|blast|accident|country|city|area)\b)\w+",
    re.I,
)


_UNREST = re.compile(
    r"\b(?:riot|unrest|disturbance|protest|demonstrat|clash|rall(?:y|ies)|rubber bullet|tear ?gas|"
    r"water cannon|barricade|loot)",
    re.I,
)


def in_scope(claim: Claim, words: str) -> bool:
    """Is the claim about the event that the statement limits itself to?"""
    if _UNREST.search(words):
        return _UNREST.search(claim.text) is not None
    return bool(lemmas(words.rsplit(maxsplit=1)[-1]) & lemmas(claim.text))


def is_one_event(claim: Claim) -> bool:
    """Is the claim about one event, not a period ("several such deaths in recent years")?"""
    time = claim.event_time
    return time is not None and time.end - time.start <= ONE_EVENT


def is_narrower(claim: Claim, statement: Statement) -> bool:
    """Does the statement count in a smaller place than the claim ("three died in Ain")?"""
    named = [m.place for m in places.find(statement.text) if m.role == "place"]
    own = places.resolve(claim.place) if claim.place else None
    return any(p.sort != "country" and (own is None or p.name != own.name) for p in named)


def dated_alike(claim: Claim, statement: Statement) -> bool:
    first, second = claim.event_time, statement.event_time
    return first is not None and second is not None and near(first, second)


@lru_cache(maxsize=10_000)
def lemmas(text: str) -> frozenset[str]:
    """Content words by their stems; kept, as every claim meets every statement."""
    return frozenset({stem.stem(w.lower()) for w in WORD.findall(text) if w.lower() not in EMPTY})


def overlap(statement: str, claim: str) -> float:
    """The share of the claim's content words that the statement has too."""
    wanted = lemmas(claim)
    return len(wanted & lemmas(statement)) / len(wanted) if wanted else 0.0


def says_as_much(claim: Claim, statement: Statement) -> bool:
    """Does the statement name the figures that the claim names?"""
    if not [q for q in numbers.find(claim.text) if not q.vague]:
        return True
    return numbers.compare(statement.text, claim.text) == "agree"


_PRONOUN = re.compile(r"\W*(?:he|she|they|it|this|that|these|those)\b", re.I)


def is_bare(claim: Claim) -> bool:
    """ "He started shooting": whoever that was, and no detail that tells him from another."""
    return _PRONOUN.match(claim.text) is not None and len(lemmas(claim.text)) < 4


def extra_details(claim: Claim, statement: Statement) -> set[str]:
    """Content words of the claim beyond its actor, its place and its kind of act."""
    known = lemmas(" ".join(filter(None, (claim.actor, claim.place, claim.actor_party))))
    party = places.adjective_of(claim.actor_party or "") or ""
    known |= lemmas(party) | lemmas(statement.text)
    return {w for w in lemmas(claim.text) - known if not events.kinds(w)}


def by_words(claim: Claim, statement: Statement, shared: float) -> tuple[Stance, float] | None:
    """Without a model: nearly all of the claim's words, and the same or the opposite polarity."""
    if shared < 0.75 or not says_as_much(claim, statement):
        return None
    opposite = bool(NEGATION.search(statement.text)) != bool(NEGATION.search(claim.text))
    return (Stance.REFUTES if opposite else Stance.SUPPORTS), round(0.8 * shared, 3)
