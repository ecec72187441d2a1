"""Figures and dates of a pair are held against each other as arithmetic would."""

from __future__ import annotations

import pytest

from verify.models.stance_figures import MARKS, marks


@pytest.mark.parametrize(
    ("statement", "claim", "expected"),
    [
        ("There are 98 cases in Romania.", "Romania has more than 100 cases", "bound_fails"),
        ("There are 138 cases in Romania.", "Romania has more than 100 cases", "bound_holds"),
        ("The film holds 91 % approval.", "It has an approval of over 93 %", "bound_fails"),
        ("He scored 11 goals.", "He scored at least 11 goals", "bound_holds"),
        ("He scored 11 goals.", "He scored more than 11 goals", "bound_fails"),
        ("It grossed $ 155 million.", "It grossed less than $ 150 million", "bound_fails"),
        ("Twelve rockets landed.", "Three rockets landed", "figure_differs"),
        ("Twelve rockets landed.", "Twelve rockets landed", "figure_stands"),
        ("Rockets landed.", "Twelve rockets landed", "figure_alone"),
        ("By 15 April there were deaths.", "Before April 16 people died", "date_bound_holds"),
        ("On 8 March a case was confirmed.", "A case was confirmed on March 9", "date_differs"),
        ("The album came out in 1999.", "The album came out before 1998", "date_bound_fails"),
        ("The album came out in 1999.", "The album came out in 1999", "date_stands"),
    ],
)
def test_a_pair_has_the_mark(statement: str, claim: str, expected: str) -> None:
    found = {mark for mark, value in zip(MARKS, marks(statement, claim), strict=True) if value}
    assert expected in found


def test_a_pair_without_figures_has_no_marks() -> None:
    assert not marks("Police denied it.", "A bomb exploded in the market").any()


@pytest.mark.parametrize("text", ["", "1,,,", "9" * 400, "$ % / 10", "January 99", "³ ½ ٣"])
def test_no_text_is_too_odd(text: str) -> None:
    assert marks(text, text).shape == (len(MARKS),)
