"""Counts: what is counted and how many, what is no count, and when two figures are the same."""

from __future__ import annotations

import math

import pytest

from verify import numbers

INF = math.inf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("intercepted four rockets fired from Syria", [(4, 4, "rocket", {"intercepted", "fired"})]),
        ("Around 450 rockets were fired into Israel", [(405, 495, "rocket", {"fired"})]),
        (
            "at least 12 people were killed and 20 others injured",
            [(12, INF, "person", {"dead"}), (20, 20, "person", {"injured"})],
        ),
        (
            "killed 12 and injured 20",
            [(12, 12, "person", {"dead"}), (20, 20, "person", {"injured"})],
        ),
        ("12 dead, 40 wounded", [(12, 12, "person", {"dead"}), (40, 40, "person", {"injured"})]),
        ("the death toll rises to 12", [(12, 12, "person", {"dead"})]),
        ("20+ injured", [(20, INF, "person", {"injured"})]),
        ("$1.5bn", [(1.5e9, 1.5e9, "$", set())]),
        ("1.5 million people", [(1.5e6, 1.5e6, "person", set())]),
        ("10-15 people", [(10, 15, "person", set())]),
        ("between 10 and 15 men", [(10, 15, "man", set())]),
        ("two dozen soldiers", [(24, 24, "soldier", set())]),
        ("one hundred and fifty passengers", [(150, 150, "passenger", set())]),
        ("dozens of rockets", [(20, 250, "rocket", set())]),
        ("up to 20 homes", [(0, 20, "home", set())]),
        ("nobody was hurt", [(0, 0, "person", {"injured"})]),
        ("62 per cent", [(62, 62, "%", set())]),
        ("a 6.4-magnitude quake", [(6.4, 6.4, "magnitude", set())]),
        ("12 French police officers were killed", [(12, 12, "officer", {"dead"})]),
    ],
)
def test_a_count_is_an_interval_of_a_thing_and_what_became_of_it(
    text: str, expected: list[tuple[float, float, str, set[str]]]
) -> None:
    assert [(q.low, q.high, q.unit, set(q.outcomes)) for q in numbers.find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "on Nov. 19, 2019 at 4:52 a.m.",
        "the 19 November attack, and 9/11",
        "In 2015 attacks rose",
        "a 22-year-old man; Amedy Coulibaly, 32, died",
        "They won 2-1",
        "F-16 jets, an S-300, flight 9525, page 5, the 1980s",
        "the first strike and the 3rd",
        "one of its proxies",
        "killing his son and another person",
        "",
    ],
)
def test_dates_ages_scores_names_and_ordinals_are_no_counts(text: str) -> None:
    assert numbers.find(text) == []


def test_a_count_keeps_its_place() -> None:
    [quantity] = numbers.find("It fired twenty-one rockets.")
    assert (quantity.span.start, quantity.span.end, quantity.text) == (9, 19, "twenty-one")


@pytest.mark.parametrize(
    ("statement", "claim", "expected"),
    [
        ("four rockets were fired", "six rockets were fired", "differ"),
        ("Four rockets were identified.", "six rockets were fired at Israel", "differ"),
        ("at least 10 dead", "12 killed", "agree"),
        ("12 killed", "at least 10 dead", "agree"),
        ("450 rockets", "around 450 rockets", "agree"),
        ("at least 10 dead", "50 killed", "unknown"),
        ("dozens killed", "45 killed", "unknown"),
        ("2 people died", "4 people died", "differ"),
        ("12 people were killed", "dozens of people were killed", "differ"),
        ("12 killed", "12 injured", "unknown"),
        ("intercepted four rockets", "six rockets were launched", "unknown"),
        ("two police officers were killed", "12 people were killed", "unknown"),
        ("no one was killed", "12 people were killed", "differ"),
        ("There were no casualties.", "two people were killed", "differ"),
        ("turnout was 62%", "turnout of 71%", "differ"),
        ("unemployment was 12%", "turnout of 71%", "unknown"),
        ("magnitude 6.4", "a magnitude 7.1 quake", "differ"),
        ("a strike hit Damascus", "six rockets", "unknown"),
        ("six rockets", "a strike hit Damascus", "unknown"),
    ],
)
def test_figures_are_compared_only_where_they_count_the_same(
    statement: str, claim: str, expected: str
) -> None:
    assert numbers.compare(statement, claim) == expected
