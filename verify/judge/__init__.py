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

from verify import events, numbers, silence, when
from verify.judge import guards, negatives, opposites
from verify.judge.guards import REFUTES, SUPPORTS
from verify.models import scoring
from verify.models.scoring import StanceModel
from verify.values import (
    Claim,
    Commitment,
    Evidence,
    Match,
    Nature,
    Stance,
    Statement,
)

#: A pair that the model finds this surely to be about two things is no conflict of figures.
_SILENT = 0.97
#: A count over a longer time ("in recent years") is not the toll of one event.
_ONE_TOLL = timedelta(days=120)

#: Which parties a text names: (text) → canonical party names.
PartiesIn = Callable[[str], frozenset[str]]
#: What the model gives for a pair: supports, refutes, neutral; None where none was asked.
Score = scoring.Row | None


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
#: "He had put the toll at two on Saturday": an older account of somebody who gives another now.
_EARLIER = re.compile(
    r"\bhad (?:\w+ly |earlier |first )?(?:put|placed|given|estimated)\b|"
    r"\b(?:earlier|previously|initially|at first) (?:\w+ )?(?:put|placed|gave|given|estimated|said|"
    r"reported)\b",
    re.I,
)
_SELF = re.compile(r"\b(?:we|our|us)\b", re.I)
_WE = re.compile(r"^\W*(?:we|our (?:forces|troops|army|military|aircraft|fighter jets))\b", re.I)


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
        return guards.same_event(claim, statement) and guards.same_place(claim, statement)

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
        topic = silence.topic(statement.quote)
        if topic and not topic & silence.stems(claim.text):
            return None
        if not _GENERAL.search(statement.quote) and not guards.same_event(claim, statement):
            return None
        if party == claim.target_party and party != claim.actor_party and match.score < 0.3:
            return None
        return Evidence(statement, Stance.NO_COMMENT, round(match.score, 3), None, counts=False)

    def _note(self, statement: Statement) -> str | None:
        if self.published_at is None or statement.published_at is None:
            return None
        day = when.whole_day(self.published_at)
        is_later = statement.origin == "archive" and (statement.published_at >= day.end)
        return "later than the article" if is_later else None

    def _stance(
        self, claim: Claim, statement: Statement, score: Score
    ) -> tuple[Stance, float] | None:
        if _is_at_odds(claim, statement):
            return Stance.REFUTES, max(score[1] if score else 0.0, REFUTES)
        if not self._is_of_its_matter(claim, statement):
            return None
        shared = guards.overlap(statement.text, claim.text)
        denies = statement.origin == "article" and statement.commitment is Commitment.DENIES
        if guards.denies_harm(claim, statement, denies):
            return Stance.REFUTES, max(score[1] if score else 0.0, REFUTES)
        stance = guards.by_measure(claim, statement) or self._by_figures(
            claim, statement, shared, score
        )
        if stance is None and score is not None:
            stance = self._by_model(claim, statement, score)
        if stance is None and self._same_act(claim, statement, score):
            stance = (Stance.SUPPORTS, max(SUPPORTS, score[0] if score else 0.0))
        if stance is None and score is None:
            stance = guards.by_words(claim, statement, shared)
        if stance is None or not denies:
            return stance
        return (Stance.REFUTES, stance[1]) if stance[0] is Stance.SUPPORTS else None

    def _is_of_its_matter(self, claim: Claim, statement: Statement) -> bool:
        """Do both tell of the same kind of event or in the same words, and of the same actor?"""
        topic = bool(events.kinds(claim.text) & events.kinds(statement.text))
        topic = topic or guards.overlap(statement.text, claim.text) >= 0.5
        return topic and self._names_actor(claim, statement)

    def _by_figures(
        self,
        claim: Claim,
        statement: Statement,
        shared: float,
        score: Score,
    ) -> tuple[Stance, float] | None:
        if numbers.compare(guards.whole(statement.text), guards.whole(claim.text)) != "differ":
            return None
        likely = score[1] if score is not None else 0.0
        if statement.commitment is not Commitment.AFFIRMS or guards.is_narrower(claim, statement):
            return None
        if _EARLIER.search(statement.quote) and statement.origin == "article":
            return None
        time = claim.event_time
        if time is not None and time.end - time.start > _ONE_TOLL:
            return None
        if _COULD.search(claim.text) or not any(q.low >= 2 for q in numbers.find(claim.text)):
            return None
        if claim.nature is Nature.SUCCESS and statement.source.party != claim.actor_party:
            return None
        same_kind = events.kinds(claim.text) & events.kinds(statement.text)
        common = len(guards.lemmas(claim.text) & guards.lemmas(statement.text))
        if common < 2 and not (same_kind and guards.dated_alike(claim, statement)):
            return None
        is_silent = score is not None and score[2] >= _SILENT
        if ((shared >= 0.5 or same_kind) and not is_silent) or likely >= self._least()[1]:
            return Stance.REFUTES, max(likely, REFUTES)
        return None

    def _by_model(
        self, claim: Claim, statement: Statement, score: tuple[float, float, float]
    ) -> tuple[Stance, float] | None:
        if guards.is_bare(claim):
            return None
        supports, refutes = self._least()
        if score[0] >= supports:
            return (Stance.SUPPORTS, score[0]) if guards.says_as_much(claim, statement) else None
        if score[1] >= refutes and bool(guards.NEGATION.search(statement.text)) != bool(
            guards.NEGATION.search(claim.text)
        ):
            if negatives.is_negative(claim.text):
                return None  # read word by word already: "no second explosion", "an explosion"
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
        if not _SELF.search(statement.text) or guards.NEGATION.search(statement.text):
            return False
        if score is not None and score[1] >= 0.5:
            return False
        if "strike" not in events.kinds(claim.text) & events.kinds(statement.text):
            return False
        return not guards.extra_details(claim, statement)


def _is_at_odds(claim: Claim, statement: Statement) -> bool:
    """Does one of the two say, in so many words, that what the other tells of is not so?"""
    return (
        negatives.rules_out(statement, claim)
        or negatives.tells_what_is_denied(statement, claim)
        or opposites.excludes(statement, claim)
        or opposites.acted_alone(statement, claim)
    )


def _one_silence(evidence: Sequence[Evidence], claim: Claim) -> list[Evidence]:
    """One refusal to comment for each party: the one whose event time is nearest the claim's.

    None of a party that speaks of the claim by name: it did not keep silent on that.
    """
    voices = [e.statement.source for e in evidence if e.stance is not Stance.NO_COMMENT]
    spoke = {source.party for source in voices if source.named and source.party is not None}
    silent: dict[str | None, Evidence] = {}
    for found in evidence:
        if found.stance is Stance.NO_COMMENT:
            party = found.statement.source.party
            if party in spoke:
                continue
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
