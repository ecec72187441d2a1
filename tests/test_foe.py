"""A success in a fight is one over a foe: who does it and who suffers it are told apart."""

from __future__ import annotations

import pytest
from checking import about, article, check, found

from verify import events
from verify.values import Label


@pytest.mark.parametrize(
    "text",
    [
        "The army killed ten gunmen",
        "Ten militants were killed in the raid",
        "Ten militants killed in raid",
        "Troops shot two militants dead",
        "Our forces destroyed three enemy tanks",
        "Air defences shot down four drones",
    ],
)
def test_harm_done_to_a_foe_is_a_success(text: str) -> None:
    assert events.is_success(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen on motorcycles killed a candidate and his driver",
        "The mayor was killed by gunmen",
        "Soldiers killed a boy",
        "Militants injured three farmers",
    ],
)
def test_harm_done_by_a_foe_is_none(text: str) -> None:
    assert not events.is_success(text)


def test_a_town_that_shares_its_name_lies_in_the_country_that_is_spoken_of() -> None:
    text = (
        "MANILA, March 6 (Wire) - An earthquake struck the southern Philippines on Wednesday.\n\n"
        "A dam upstream of Mati had cracked, residents said."
    )
    claims, _ = found(article(text))
    dam = next(c for c in claims if "dam" in c.text)
    assert (dam.place, dam.country) == ("Mati", "Philippines")
    claims, _ = found(article(text + "\n\nGreece sent help. A bridge in Mati had cracked."))
    assert next(c for c in claims if "bridge" in c.text).country == "Greece"


def test_an_older_figure_of_the_same_official_is_no_dispute() -> None:
    text = (
        "ABUJA, Aug 24 (Wire) - Four people were killed when gunmen attacked polling stations in "
        "Kogi on Saturday, Nigerian police said on Sunday.\n\n"
        "Police spokesman Josiah Ameh had put the toll at two on Saturday evening."
    )
    four = about(check(article(text, "2025-08-24")), "Four people were killed")
    assert four.verdict.label is Label.CONFIRMED
    said = text.replace("had put the toll at two on", "put the toll at two on")
    four = about(check(article(said, "2025-08-24")), "Four people were killed")
    assert four.verdict.label is Label.DISPUTED
