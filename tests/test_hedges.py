"""Modals and hedges in a clause, and the words that only look like them."""

from __future__ import annotations

import pytest

from verify.claims import hedges
from verify.values import Certainty

C, P, Q, U = (
    Certainty.CERTAIN,
    Certainty.PROBABLE,
    Certainty.POSSIBLE,
    Certainty.UNSPECIFIED,
)


def read(clause: str) -> Certainty | None:
    return hedges.scope(clause, 0, len(clause), clause)[0]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("it may have been the sound of rockets", Q),
        ("the driver might have fled", Q),
        ("the blast could have been an accident", Q),
        ("the flames could reach the village", Q),
        ("perhaps a gas leak", Q),
        ("it is possible that he acted alone", Q),
        ("a possible gas leak destroyed the house", Q),
        ("a gas leak is one hypothesis", Q),
        ("twelve miners are feared dead", Q),
        ("fears that the dam would burst", Q),
        ("the crew would have died at once", Q),
        ("the gunman is believed to be dead", P),
        ("he is thought to have crossed the border", P),
        ("the fire was probably an accident", P),
        ("the fire was likely set on purpose", P),
        ("apparently taken with a smartphone", P),
        ("it appears that two shells hit the hospital", P),
        ("the suspected arson attack destroyed the hall", P),
        ("evidence suggests the plane broke up in the air", P),
        ("officials believe the rockets were Iranian", P),
        ("preliminary findings show a fault", P),
        ("the mayor reportedly fled", U),
        ("the alleged attack took place at noon", U),
        ("he is said to have left", U),
        ("an unconfirmed report of a second blast", U),
        ("it is unclear whether anyone was hurt", U),
        ("the footage could not be independently verified", U),
        ("if confirmed, the toll is the highest since 2010", U),
        ("was it an attack?", U),
        ("it was too early to say what caused it", U),
    ],
)
def test_a_hedge_in_the_clause_weakens_it(clause: str, expected: Certainty) -> None:
    assert read(clause) is expected


@pytest.mark.parametrize(
    "clause",
    [
        "the attack of May 5 killed three",
        "the army left in May 2016",
        "Theresa May resigned",
        "the full might of the army",
        "civilians may not enter the zone",
        "explosions could be heard across the city",
        "residents could see smoke",
        "the boats could not leave the port",
        "they ran as fast as they could run",
        "crews arrived as soon as possible",
        "the so-called Islamic State took the town",
        "an unknown object burned",
        "the suspected gunman was arrested",
        "the alleged smuggler was freed",
        "polls of likely voters were published",
        "state media reported that an Israeli strike hit the home",
        "he said he would resign",
        "the council can act",
        "she is certain of victory",
        "potential hackers were warned",
        "the alleged terrorist was tried",
        "the think tank that published it has closed",
        "he has assumed a newly created post",
    ],
)
def test_what_only_looks_like_a_hedge_is_none(clause: str) -> None:
    assert read(clause) is None


@pytest.mark.parametrize(
    ("clause", "flips"),
    [
        ("there is no truth to reports that the king died", True),
        ("false claims that the bridge fell", True),
        ("it is not true that the bridge fell", True),
        ("the bomber is unlikely to have acted alone", True),
        ("there was no evidence of a bomb", True),
        ("the shots may not have come from the roof", True),
        ("no soldier was hurt", False),
        ("the army did not strike the hospital", False),
    ],
)
def test_only_a_negation_from_outside_turns_the_polarity(clause: str, flips: bool) -> None:
    assert hedges.scope(clause, 0, len(clause), clause)[1] is flips


def test_hedges_are_named_in_reading_order() -> None:
    clause = "the blast was reportedly a strike and may have killed five"
    assert hedges.scope(clause, 0, len(clause), clause)[2] == ["reportedly", "may"]


def test_only_the_clause_counts_and_what_frames_the_whole_sentence() -> None:
    text = "Reportedly, the bridge fell and a train may be missing."
    start, end = text.index("the bridge"), text.index(" and")
    assert hedges.scope(text, start, end, text) == (U, False, ["Reportedly"])
    plain = "The bridge fell, and a train may be missing."
    assert hedges.scope(plain, 0, 15, plain) == (None, False, [])
    final = "Ten people died, if confirmed the most since May."
    assert hedges.scope(final, 0, 15, final) == (U, False, ["if confirmed"])


def test_weaker_ranks_plain_silent_probable_possible() -> None:
    assert hedges.weaker(C, None) is C
    assert hedges.weaker(C, U) is U
    assert hedges.weaker(U, P) is P
    assert hedges.weaker(P, Q) is Q
