"""Words are cut as Universal Dependencies does, and their places are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.models.words import words


def cut(text: str) -> list[str]:
    return [text[w.start : w.end] for w in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't say.", ["He", "did", "n't", "say", "."]),
        ("They can’t, won’t.", ["They", "ca", "n’t", ",", "wo", "n’t", "."]),
        ("Israel's army", ["Israel", "'s", "army"]),
        ("It cannot be", ["It", "can", "not", "be"]),
        (
            "a well-known pro-government outlet",
            ["a", "well", "-", "known", "pro-government", "outlet"],
        ),
        ("$1.5bn, or 10%", ["$", "1.5", "bn", ",", "or", "10", "%"]),
        ("12,500 people at 9:30 a.m.", ["12,500", "people", "at", "9:30", "a.m."]),
        ("Lt. Col. Jonathan Conricus", ["Lt.", "Col.", "Jonathan", "Conricus"]),
        ("the U.S. and J. Smith", ["the", "U.S.", "and", "J.", "Smith"]),
        ("see https://t.co/abc, now", ["see", "https://t.co/abc", ",", "now"]),
        ("@IDF strikes #Damascus!!", ["@IDF", "strikes", "#Damascus", "!!"]),
        ("“Targets,” he said…", ["“", "Targets", ",", "”", "he", "said", "…"]),
        ("fire—then smoke -- gone", ["fire", "—", "then", "smoke", "--", "gone"]),
        ("the dead (four)", ["the", "dead", "(", "four", ")"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_a_sentence_falls_into_its_words(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_only_the_stretch_that_is_asked_for_is_cut() -> None:
    text = "He left. She didn't."
    assert [text[w.start : w.end] for w in words(text, 9, 20)] == ["She", "did", "n't", "."]


@given(st.text(max_size=80))
def test_words_stand_in_order_and_hold_every_character_that_is_no_white_space(text: str) -> None:
    found = words(text)
    places = [i for w in found for i in range(w.start, w.end)]
    assert places == sorted(set(places))
    rest = set(range(len(text))) - set(places)
    assert all(text[i].isspace() for i in rest)
