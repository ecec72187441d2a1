"""A claim and the statements put forward for it → evidence: stance model and guards.

Similarity proposed the statements; here stance decides, and the guards see what a small model
misses: another day, another place, another actor, another figure, a statement that says less than
the claim. It never reaches a verdict, and a failure is never a stance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from verify import events, numbers, places, stem, when
from verify.models import scoring
from verify.models.scoring import StanceModel
from verify.values import (
    Claim,
    Commitment,
    Evidence,
    Interval,
    Match,
    Nature,
    Stance,
    Statement,
)

#: Least probability for a decisive stance, chosen for precision on the stance dev pairs
#: (`python -m benchmarks.stance` prints precision and coverage at them).
SUPPORTS, REFUTES = 0.80, 0.80
#: Intervals further apart than this are two events (VERDICTS.md, rule 5).
SAME_EVENT_HOURS = 6.0
#: Within an article, how far apart two may be of which one time is only guessed (a time of saying).
_GUESSED_HOURS = 72.0
#: A pair that the model finds this surely to be about two things is no conflict of figures.
_SILENT = 0.97
#: A claim about a longer stretch of time is not one event and is never decided from the archive.
_ONE_EVENT = timedelta(days=8)
#: A count over a longer time ("in recent years") is not the toll of one event.
_ONE_TOLL = timedelta(days=120)

#: Which parties a text names: (text) → canonical party names.
PartiesIn = Callable[[str], frozenset[str]]
#: What the model gives for a pair: supports, refutes, neutral; None where none was asked.
Score = scoring.Row | None


_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|n't|without|den(?:y|ies|ied|ying|ial)|false|untrue|fake|"
    r"baseless|fabricat\w*|reject\w*|dismiss\w*|refut\w*|rul(?:e|es|ed|ing) out|hoax|rumou?rs?|"
    r"incorrect|inaccurate|debunk\w*|contrary|unfounded|misleading|disinformation|lie|lies)\b|n't\b",
    re.I,
)
#: A standing refusal ("does not comment on specific attacks") goes for every day.
_GENERAL = re.compile(
    r"\b(?:refuses|declines|does not|do not|doesn['’]t|never|rarely|seldom)\b", re.I
)
#: A figure that may come true contradicts none.
#: Nor does one that somebody else is told to have given ("the agency put the number at 31").
_COULD = re.compile(
    r"\b(?:could|may|might|would|will|expected|feared|(?:put|puts|placed|estimated) .{3,60}? at|"
    r"(?:spoke|spoken|talked|speaking) of|had (?:said|claimed|reported|announced))\b",
    re.I,
)
_HARMED = (
    r"(?:casualt\w+|injur\w+|hurt|wounded|harmed|victims?|deaths?|killed|dead|fatalit\w+|died)"
)
_NOBODY_HURT = re.compile(
    rf"\b(?:no|nobody|no one|none|without|not any)\b[\w ,]{{0,40}}?\b{_HARMED}\b", re.I
)
_ANYBODY_HURT = re.compile(
    rf"\b(?:any|anyone|anybody|somebody|someone)\b[\w ,]{{0,40}}?\b{_HARMED}\b", re.I
)
#: "68 of the victims were German": a part contradicts no whole.
_SHARE = re.compile(
    r"\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|most|half|some|many) of "
    r"(?:the|them|those|these|its|his|her|their)\b",
    re.I,
)
_SELF = re.compile(r"\b(?:we|our|us)\b", re.I)
_WE = re.compile(r"^\W*(?:we|our (?:forces|troops|army|military|aircraft|fighter jets))\b", re.I)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+|\d[\d,.]*")
_EMPTY = frozenset(
    "a an the of in on at to for and or but as by with from after before during amid that this "
    "these those it its is was were are be been being has have had will would may might could can "
    "do did does not no their his her they he she we our who which there here than then so very "
    "just also carried carry out conducted conduct took take place happened occur occurred "
    "several some many multiple near around over into said say new early late today yesterday "
    "night morning evening reports reported reportedly series large".split()
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for one claim, or why it could not be weighed."""

    evidence: tuple[Evidence, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs statements against claims; `stance` None leaves the rules alone to decide."""

    parties_in: PartiesIn
    stance: StanceModel | None = None
    published_at: datetime | None = None

    def __call__(
        self, claims: Sequence[Claim], matches: Sequence[Sequence[Match]]
    ) -> list[Weighed]:
        """Evidence for every claim, in the order of its matches; all pairs go in one batch.

        Where the model fails, the claims that need it come out with the reason.
        """
        pairs = [
            (i, m)
            for i, (claim, found) in enumerate(zip(claims, matches, strict=True))
            for m in found
            if claim.unchecked is None and self._may_speak(claim, m.statement)
        ]
        asked = [(i, self._asked(claims[i], m.statement)) for i, m in pairs]
        scores, failures = scoring.scores(self.stance, asked)
        out: list[list[Evidence]] = [[] for _ in claims]
        for (i, match), score in zip(pairs, scores, strict=True):
            found = self._weigh(claims[i], match, score)
            if found is not None:
                out[i].append(found)
        return [
            Weighed((), f"It could not be weighed: {failures[i]}")
            if i in failures
            else Weighed(tuple(_one_silence(found, claims[i])))
            for i, found in enumerate(out)
        ]

    def _asked(self, claim: Claim, statement: Statement) -> tuple[str, str] | None:
        """What the model is asked; nothing where no answer of its could count: a refusal to
        comment, the claim's own words, another topic or actor.
        """
        own = claim.own_statement == statement.id and statement.origin == "article"
        if own or statement.commitment is Commitment.NO_COMMENT:
            return None
        if not self._is_of_its_matter(claim, statement):
            return None
        return _premise(statement), claim.text

    def _may_speak(self, claim: Claim, statement: Statement) -> bool:
        """Could the statement speak of the claim's event at all: same day, same region?"""
        if claim.own_statement == statement.id and statement.origin == "article":
            return True
        if statement.commitment is Commitment.NO_COMMENT:
            return True
        return _same_event(claim, statement) and _same_place(claim, statement)

    def _weigh(self, claim: Claim, match: Match, score: Score) -> Evidence | None:
        statement = match.statement
        if statement.commitment is Commitment.NO_COMMENT:
            return self._silence(claim, match)
        note = self._note(statement)
        if claim.own_statement == statement.id and statement.origin == "article":
            stance = (
                Stance.REFUTES if statement.commitment is Commitment.DENIES else Stance.SUPPORTS
            )
            return Evidence(statement, stance, 1.0, note)
        weighed = self._stance(claim, statement, score)
        if weighed is None:
            return None
        return Evidence(statement, weighed[0], round(weighed[1], 3), note)

    def _silence(self, claim: Claim, match: Match) -> Evidence | None:
        """A refusal to comment belongs to the claims about its own party's doing."""
        statement = match.statement
        party = statement.source.party
        if statement.text == claim.text:  # asked about this very claim
            return Evidence(statement, Stance.NO_COMMENT, round(match.score, 3), None, counts=False)
        if party is None or party not in {claim.actor_party, claim.target_party}:
            return None
        if not _GENERAL.search(statement.quote) and not _same_event(claim, statement):
            return None
        if party == claim.target_party and party != claim.actor_party and match.score < 0.3:
            return None
        return Evidence(statement, Stance.NO_COMMENT, round(match.score, 3), None, counts=False)

    def _note(self, statement: Statement) -> str | None:
        if self.published_at is None or statement.published_at is None:
            return None
        day = when.whole_day(self.published_at)
        is_later = statement.origin == "archive" and (
            statement.published_at >= day.end or _is_next_day(self.published_at, statement)
        )
        return "later than the article" if is_later else None

    def _stance(
        self, claim: Claim, statement: Statement, score: Score
    ) -> tuple[Stance, float] | None:
        if not self._is_of_its_matter(claim, statement):
            return None
        shared = _overlap(statement.text, claim.text)
        denies = statement.origin == "article" and statement.commitment is Commitment.DENIES
        if _denies_harm(claim, statement, denies):
            return Stance.REFUTES, max(score[1] if score else 0.0, REFUTES)
        stance = _by_measure(claim, statement) or self._by_figures(claim, statement, shared, score)
        if stance is None and score is not None:
            stance = self._by_model(claim, statement, score)
        if stance is None and self._same_act(claim, statement, score):
            stance = (Stance.SUPPORTS, max(SUPPORTS, score[0] if score else 0.0))
        if stance is None and score is None:
            stance = _by_words(claim, statement, shared)
        if stance is None or not denies:
            return stance
        return (Stance.REFUTES, stance[1]) if stance[0] is Stance.SUPPORTS else None

    def _is_of_its_matter(self, claim: Claim, statement: Statement) -> bool:
        """Do both tell of the same kind of event or in the same words, and of the same actor?"""
        topic = bool(events.kinds(claim.text) & events.kinds(statement.text))
        topic = topic or _overlap(statement.text, claim.text) >= 0.5
        return topic and self._names_actor(claim, statement)

    def _by_figures(
        self,
        claim: Claim,
        statement: Statement,
        shared: float,
        score: Score,
    ) -> tuple[Stance, float] | None:
        if numbers.compare(_whole(statement.text), _whole(claim.text)) != "differ":
            return None
        likely = score[1] if score is not None else 0.0
        if statement.commitment is not Commitment.AFFIRMS or _is_narrower(claim, statement):
            return None
        time = claim.event_time
        if time is not None and time.end - time.start > _ONE_TOLL:
            return None
        if _COULD.search(claim.text) or not any(q.low >= 2 for q in numbers.find(claim.text)):
            return None
        if claim.nature is Nature.SUCCESS and statement.source.party != claim.actor_party:
            return None
        same_kind = events.kinds(claim.text) & events.kinds(statement.text)
        common = len(_lemmas(claim.text) & _lemmas(statement.text))
        if common < 2 and not (same_kind and _dated_alike(claim, statement)):
            return None
        is_silent = score is not None and score[2] >= _SILENT
        if ((shared >= 0.5 or same_kind) and not is_silent) or likely >= self._least()[1]:
            return Stance.REFUTES, max(likely, REFUTES)
        return None

    def _by_model(
        self, claim: Claim, statement: Statement, score: tuple[float, float, float]
    ) -> tuple[Stance, float] | None:
        supports, refutes = self._least()
        if score[0] >= supports:
            return (Stance.SUPPORTS, score[0]) if _says_as_much(claim, statement) else None
        if score[1] >= refutes and bool(_NEGATION.search(statement.text)) != bool(
            _NEGATION.search(claim.text)
        ):
            return Stance.REFUTES, score[1]
        return None

    def _least(self) -> tuple[float, float]:
        """The model's own thresholds, where it has some."""
        found = getattr(self.stance, "thresholds", None)
        return (found.supports, found.refutes) if found is not None else (SUPPORTS, REFUTES)

    def _names_actor(self, claim: Claim, statement: Statement) -> bool:
        """A statement that says nothing of the claim's actor commits to nothing about him."""
        if claim.actor_party is None:
            return True
        if statement.source.party == claim.actor_party:
            return True
        return claim.actor_party in self.parties_in(statement.text)

    def _same_act(self, claim: Claim, statement: Statement, score: Score) -> bool:
        """The actor's own "we struck": same actor, same kind of act, no detail beyond them."""
        if claim.actor_party is None or statement.source.party != claim.actor_party:
            return False
        if events.explains(claim.text):
            return False  # to own a strike is not to say that these blasts were it
        if not _SELF.search(statement.text) or _NEGATION.search(statement.text):
            return False
        if score is not None and score[1] >= 0.5:
            return False
        if "strike" not in events.kinds(claim.text) & events.kinds(statement.text):
            return False
        return not _extra_details(claim, statement)


def _whole(text: str) -> str:
    """The text without the figures of mere parts."""
    return _SHARE.sub(" ", text)


_MEASURE = re.compile(
    r"^(?:the )?(?P<thing>[a-z ]{4,40}?)(?: of the \w+)? (?:was|is|were) (?:about |around |nearly )?"
    r"(?P<value>\d+(?:\.\d+)?)\b",
    re.I,
)


def _by_measure(claim: Claim, statement: Statement) -> tuple[Stance, float] | None:
    """ "The magnitude was 7.0" against "the magnitude was 7.2": one thing, measured otherwise."""
    first, second = _MEASURE.match(claim.text), _MEASURE.match(statement.text)
    if first is None or second is None or first["thing"].lower() != second["thing"].lower():
        return None
    if statement.commitment is not Commitment.AFFIRMS:
        return None
    same = float(first["value"]) == float(second["value"])
    return (Stance.SUPPORTS, SUPPORTS) if same else (Stance.REFUTES, REFUTES)


def _one_silence(evidence: Sequence[Evidence], claim: Claim) -> list[Evidence]:
    """One refusal to comment for each party: the one whose event time is nearest the claim's."""
    silent: dict[str | None, Evidence] = {}
    for found in evidence:
        if found.stance is Stance.NO_COMMENT:
            party = found.statement.source.party
            if party not in silent or _gap(found, claim) < _gap(silent[party], claim):
                silent[party] = found
    kept = {id(e) for e in silent.values()}
    return [e for e in evidence if e.stance is not Stance.NO_COMMENT or id(e) in kept]


def _gap(evidence: Evidence, claim: Claim) -> float:
    first, second = evidence.statement.event_time, claim.event_time
    return when.hours_apart(first, second) if first and second else 1e6


def _premise(statement: Statement) -> str:
    """The statement as the model reads it: "we" as the party that says so."""
    party = statement.source.party
    if party and statement.origin == "archive":
        text = _WE.sub(party, statement.text)
        return text if text != statement.text else f"{statement.source.name}: {statement.text}"
    return statement.text


def _same_event(claim: Claim, statement: Statement) -> bool:
    """Are both about one event: dated, and their intervals at most six hours apart?"""
    first, second = claim.event_time, statement.event_time
    if statement.origin == "article":
        if first is None or second is None or _near(first, second):
            return True
        guessed = (
            not (first.precise and second.precise) and max(_hours(first), _hours(second)) <= 24
        )
        return guessed and when.hours_apart(first, second) <= _GUESSED_HOURS
    if first is None or second is None or first.end - first.start > _ONE_EVENT:
        return False
    return _near(first, second)


def _hours(time: Interval) -> float:
    return (time.end - time.start).total_seconds() / 3600


def _near(first: Interval, second: Interval) -> bool:
    return round(when.hours_apart(first, second), 3) <= SAME_EVENT_HOURS


def _is_next_day(published: datetime, statement: Statement) -> bool:
    """A bare date hides the hour: an archive entry of the article's own day is not later."""
    return statement.published_at is not None and statement.published_at > published + timedelta(
        days=1
    )


def _same_place(claim: Claim, statement: Statement) -> bool:
    """Do the places agree, one lying in the other, as far as both name any?"""
    named = [m.place.name for m in places.find(statement.text) if m.role == "place"]
    if claim.place is None or not named:
        return True
    own = places.resolve(claim.place)
    if own is None:
        return True
    return any(places.is_within(own.name, n) or places.is_within(n, own.name) for n in named)


def _denies_harm(claim: Claim, statement: Statement, denies: bool) -> bool:
    """ "There were no casualties", "denied that anyone was hurt": against any dead or wounded."""
    if not events.kinds(claim.text) & {"death", "injury"} or _NEGATION.search(claim.text):
        return False
    pattern = _ANYBODY_HURT if denies else _NOBODY_HURT
    if not pattern.search(statement.text) or statement.commitment is Commitment.HEDGED:
        return False
    scoped = _SCOPED.search(statement.text)
    if not _is_one_event(claim) or (scoped and not _in_scope(claim, scoped.group())):
        return False
    return _dated_alike(claim, statement) and not _is_narrower(claim, statement)


#: "nobody has died in the disturbances" says nothing of other deaths of that day.
_SCOPED = re.compile(
    rf"\b{_HARMED}\b\s+(?:in|during|at|amid|from|because of|as a result of)\s+(?:the|this|that|these|"
    r"those|its|their)\s+(?!(?:incident|attack|explosion|blast|accident|country|city|area)\b)\w+",
    re.I,
)


_UNREST = re.compile(r"\b(?:riot|unrest|disturbance|protest|demonstrat|clash|rall(?:y|ies))", re.I)


def _in_scope(claim: Claim, words: str) -> bool:
    """Is the claim about the event that the statement limits itself to?"""
    if _UNREST.search(words):
        return _UNREST.search(claim.text) is not None
    return bool(_lemmas(words.split()[-1]) & _lemmas(claim.text))


def _is_one_event(claim: Claim) -> bool:
    """Is the claim about one event, not a period ("several such deaths in recent years")?"""
    time = claim.event_time
    return time is not None and time.end - time.start <= _ONE_EVENT


def _is_narrower(claim: Claim, statement: Statement) -> bool:
    """Does the statement count in a smaller place than the claim ("three died in Ain")?"""
    named = [m.place for m in places.find(statement.text) if m.role == "place"]
    own = places.resolve(claim.place) if claim.place else None
    return any(p.sort != "country" and (own is None or p.name != own.name) for p in named)


def _dated_alike(claim: Claim, statement: Statement) -> bool:
    first, second = claim.event_time, statement.event_time
    return first is not None and second is not None and _near(first, second)


@lru_cache(maxsize=10_000)
def _lemmas(text: str) -> frozenset[str]:
    """Content words by their stems; kept, as every claim meets every statement."""
    return frozenset({stem.stem(w.lower()) for w in _WORD.findall(text) if w.lower() not in _EMPTY})


def _overlap(statement: str, claim: str) -> float:
    """The share of the claim's content words that the statement has too."""
    wanted = _lemmas(claim)
    return len(wanted & _lemmas(statement)) / len(wanted) if wanted else 0.0


def _says_as_much(claim: Claim, statement: Statement) -> bool:
    """Does the statement name the figures that the claim names?"""
    if not [q for q in numbers.find(claim.text) if not q.vague]:
        return True
    return numbers.compare(statement.text, claim.text) == "agree"


def _extra_details(claim: Claim, statement: Statement) -> set[str]:
    """Content words of the claim beyond its actor, its place and its kind of act."""
    known = _lemmas(" ".join(filter(None, (claim.actor, claim.place, claim.actor_party))))
    party = places.adjective_of(claim.actor_party or "") or ""
    known |= _lemmas(party) | _lemmas(statement.text)
    return {w for w in _lemmas(claim.text) - known if not events.kinds(w)}


def _by_words(claim: Claim, statement: Statement, shared: float) -> tuple[Stance, float] | None:
    """Without a model: nearly all of the claim's words, and the same or the opposite polarity."""
    if shared < 0.75 or not _says_as_much(claim, statement):
        return None
    opposite = bool(_NEGATION.search(statement.text)) != bool(_NEGATION.search(claim.text))
    return (Stance.REFUTES if opposite else Stance.SUPPORTS), round(0.8 * shared, 3)
