"""The judge's guards, both ways: what may speak of a claim, and what never may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from checking import day

from verify import places
from verify.judge import Judge, Weighed, guards
from verify.values import (
    Claim,
    Commitment,
    Interval,
    Kind,
    Match,
    Nature,
    Origin,
    Source,
    Span,
    Stance,
    Statement,
)

ARMY = Source("Israel Defense Forces", Kind.MILITARY, "Israel")
SYRIA = Source("Syrian health ministry", Kind.GOVERNMENT, "Syria")
WITNESS = Source("witnesses", Kind.EYEWITNESS, named=False)
TUESDAY = Interval(day("2019-11-19"), day("2019-11-20"), "Tuesday")


class Says:
    """A stance model with one answer to everything."""

    name = "says"

    def __init__(self, supports: float, refutes: float) -> None:
        self.row = (supports, refutes, 1 - supports - refutes)
        self.asked: list[tuple[str, str]] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        self.asked.extend(pairs)
        return np.array([self.row for _ in pairs], dtype=np.float32)


class Breaks:
    """A stance model that chokes on one word."""

    name = "breaks"

    def __init__(self, word: str = "") -> None:
        self.word = word

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        if any(self.word in claim for _, claim in pairs):
            raise RuntimeError("no memory")
        return np.array([(0.9, 0.05, 0.05) for _ in pairs])


def claimed(text: str = "Israel carried out strikes on Damascus", **fields: Any) -> Claim:
    origin = Origin("sentence", text, 0, len(text), (Span(0, len(text)),))
    known: dict[str, Any] = {
        "nature": Nature.ACT,
        "actor": "Israel",
        "actor_party": "Israel",
        "place": "Damascus",
        "country": "Syria",
        "event_time": TUESDAY,
    }
    return Claim("c1", text, origin, WITNESS, **{**known, **fields})


def said(text: str, **fields: Any) -> Statement:
    known: dict[str, Any] = {
        "source": ARMY,
        "commitment": Commitment.AFFIRMS,
        "origin": "archive",
        "published_at": day("2019-11-20"),
        "event_time": TUESDAY,
    }
    return Statement("a1", text, text, **{**known, **fields})


def weighed(claim: Claim, statement: Statement, stance: Any = None) -> Weighed:
    judge = Judge(lambda t: frozenset(places.parties_of(t)), stance, day("2019-11-20"))
    (one,) = judge([claim], [(Match(statement, 0.7),)])
    return one


def stances(claim: Claim, statement: Statement, stance: Any = None) -> list[Stance]:
    return [e.stance for e in weighed(claim, statement, stance or Says(0.95, 0.02)).evidence]


OWNS = said("We carried out strikes on targets in Damascus.")
DEATHS = claimed(
    "The strike killed 12 people in Damascus",
    nature=Nature.EVENT,
    actor=None,
    actor_party=None,
)


def test_the_actors_own_word_about_the_same_day_and_place_supports() -> None:
    assert stances(claimed(), OWNS) == [Stance.SUPPORTS]
    assert stances(claimed(), OWNS, Says(0.02, 0.02)) == [Stance.SUPPORTS]


def test_owning_a_strike_does_not_say_that_these_blasts_were_it() -> None:
    unsure = Says(0.3, 0.1)
    assert stances(claimed("Israeli airstrikes"), OWNS, unsure) == [Stance.SUPPORTS]
    assert stances(claimed("They were the results of an Israeli attack"), OWNS, unsure) == []


def test_a_statement_of_another_day_is_not_even_put_to_the_model() -> None:
    model = Says(0.99, 0.0)
    other = Interval(day("2019-01-20"), day("2019-01-21"))
    assert stances(claimed(), replace(OWNS, event_time=other), model) == []
    assert stances(claimed(), replace(OWNS, event_time=None), model) == []
    assert model.asked == []


def test_a_statement_of_another_matter_or_actor_is_not_put_to_the_model_either() -> None:
    model = Says(0.99, 0.0)
    assert stances(claimed(), said("The minister opened a school in Damascus."), model) == []
    blasts = said("Strikes on Damascus were carried out.", source=SYRIA)
    assert stances(claimed(), blasts, model) == []
    assert model.asked == []


def test_a_statement_about_another_place_says_nothing() -> None:
    assert stances(claimed(), said("We carried out strikes on targets in Gaza.")) == []


def test_a_place_within_the_place_is_the_same() -> None:
    assert stances(claimed(), said("We carried out strikes in Syria.")) == [Stance.SUPPORTS]


def test_a_statement_that_does_not_name_the_actor_commits_to_nothing_about_him() -> None:
    blasts = said("Strikes on Damascus were carried out.", source=SYRIA)
    assert stances(claimed(), blasts) == []
    named = said("Israel carried out strikes on Damascus.", source=SYRIA)
    assert stances(claimed(), named) == [Stance.SUPPORTS]


def test_another_figure_refutes_and_the_same_one_does_not() -> None:
    assert stances(DEATHS, said("The strike killed 3 people.", source=SYRIA)) == [Stance.REFUTES]
    assert stances(DEATHS, said("The strike killed 12 people.", source=SYRIA)) == [Stance.SUPPORTS]


def test_a_figure_that_may_still_come_refutes_nothing() -> None:
    feared = replace(DEATHS, text="The strike may have killed 12 people in Damascus")
    found = stances(feared, said("The strike killed 3 people.", source=SYRIA), Says(0.1, 0.1))
    assert found == []


def test_a_figure_of_a_smaller_place_is_another_count() -> None:
    country = replace(DEATHS, text="The strike killed 12 people in Syria", place="Syria")
    smaller = said("The strike killed 3 people in Damascus.", source=SYRIA)
    assert stances(country, smaller, Says(0.1, 0.1)) == []


def test_no_casualties_refutes_the_dead_and_never_the_other_way_round() -> None:
    nobody = said("There were no casualties in the strike.", source=SYRIA)
    assert stances(DEATHS, nobody, Says(0.1, 0.1)) == [Stance.REFUTES]
    denied = replace(DEATHS, text="Nobody was hurt in the strike on Damascus")
    assert Stance.REFUTES not in stances(denied, nobody)


def test_refusing_to_comment_is_shown_for_its_own_party_alone_and_counts_for_nothing() -> None:
    silent = said("The army does not comment.", commitment=Commitment.NO_COMMENT)
    found = weighed(claimed(), silent, Says(0.99, 0.0)).evidence
    assert [(e.stance, e.counts) for e in found] == [(Stance.NO_COMMENT, False)]
    assert weighed(claimed(actor_party="Russia"), silent, Says(0.99, 0.0)).evidence == ()


def test_a_denial_in_the_article_turns_support_round() -> None:
    denial = said(
        "Israel carried out strikes on Damascus",
        commitment=Commitment.DENIES,
        origin="article",
    )
    assert stances(claimed(), denial) == [Stance.REFUTES]
    assert stances(claimed(), denial, Says(0.02, 0.95)) == []


def test_a_refutation_needs_a_negation_on_one_side() -> None:
    assert stances(claimed(), said("Israel did not strike Damascus."), Says(0.0, 0.95)) == [
        Stance.REFUTES
    ]
    plain = said("Israel struck roads near Damascus.", source=SYRIA)
    assert stances(claimed(), plain, Says(0.0, 0.95)) == []


def test_a_claims_own_words_stand_for_themselves_without_the_model() -> None:
    own = replace(OWNS, id="s1", origin="article")
    model = Says(0.0, 0.99)
    found = weighed(claimed(own_statement="s1"), own, model).evidence
    assert [(e.stance, e.score) for e in found] == [(Stance.SUPPORTS, 1.0)]
    denied = replace(own, commitment=Commitment.DENIES)
    found = weighed(claimed(own_statement="s1"), denied, model).evidence
    assert [(e.stance, e.score) for e in found] == [(Stance.REFUTES, 1.0)]
    assert model.asked == []


def test_a_statement_later_than_the_article_is_marked() -> None:
    late = replace(OWNS, published_at=day("2019-12-01"))
    assert [e.note for e in weighed(claimed(), late).evidence] == ["later than the article"]
    assert [e.note for e in weighed(claimed(), OWNS).evidence] == [None]


@pytest.mark.parametrize("row", [(float("nan"),) * 3, (0.5, 0.5), ()])
def test_a_model_that_gives_no_probabilities_has_failed(row: tuple[float, ...]) -> None:
    class Odd:
        def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, ...]]:
            return [row for _ in pairs]

    one = weighed(claimed(), OWNS, Odd())
    assert one.evidence == ()
    assert one.failure is not None
    assert one.failure.startswith("It could not be weighed: the stance model failed")


def test_a_failure_concerns_only_the_claims_it_fails_for() -> None:
    judge = Judge(lambda t: frozenset(places.parties_of(t)), Breaks("Homs"))
    homs = claimed("Israel carried out strikes on Homs", place=None)
    damascus, failed = judge([claimed(), homs], [(Match(OWNS, 0.7),)] * 2)
    assert [e.stance for e in damascus.evidence] == [Stance.SUPPORTS]
    assert failed.failure == (
        "It could not be weighed: the stance model failed (RuntimeError: no memory)"
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "stance"),
    [
        ("The magnitude was 7.0", "The magnitude was 7.0", Stance.SUPPORTS),
        ("The magnitude was 7.0", "The magnitude was 7.2", Stance.REFUTES),
        ("The death toll was 1,200", "The death toll was 1,500", None),
        ("The damage was 3", "The damage was 3 million", None),
    ],
)
def test_a_measure_is_compared_whole_or_not_at_all(
    mine: str, theirs: str, stance: Stance | None
) -> None:
    found = guards.by_measure(claimed(mine), said(theirs))
    assert (found[0] if found else None) == stance


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_curly_apostrophe_negates_as_a_straight_one_does(mark: str) -> None:
    statement = said(f"The army hasn{mark}t struck the school")
    found = guards.by_words(claimed("The army has struck the school"), statement, 1.0)
    assert found is not None
    assert found[0] is Stance.REFUTES
