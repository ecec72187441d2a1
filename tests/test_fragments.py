"""Half a sentence is kept with its reason, and nobody confirms it."""

from __future__ import annotations

import pytest

from verify.claims import fragments


@pytest.mark.parametrize(
    "text",
    [
        "A fire drove",
        "A gunman wounded",
        "He had shot",
        "5 am",
        "6:30 p.m. Sunday",
        "Our men arrived at Okobola one",
        "Debris damaged a school in the Dnipro region nobody",
        "Proved to be wrong",
        "They had seized another Greek tanker for what",
        "Troops took the",
        "Downtown was locked down for",
    ],
)
def test_what_is_left_over_is_a_fragment(text: str) -> None:
    assert fragments.is_fragment(text)


@pytest.mark.parametrize(
    "text",
    [
        "The toll was two",
        "There is an oil slick behind the Greek one",
        "The toll rose to 11",
        "Four people were killed",
        "Four killed",
        "At least nine wounded",
        "No officer was shot",
        "Nobody was wounded",
        "The policewoman was shot",
        "The man has been detained",
        "Six people had been arrested",
        "The ship sank",
        "The bridge collapsed",
        "Three civilians had been wounded",
        "A curfew was set at 9 p.m.",
        "The first call came in at 2.06pm",
        "He is deceased",
        "The suspect is being held",
        "The house was broken into",
        "The police were shot at",
        "The country he was deported to",
        "Radiation leaked from Reactor two",
        "Nigeria beat Ghana in Accra two",
        "The car is his",
        "The ceasefire held",
        "The storm hit",
        "The rocket launched",
        "Somebody called",
        "The jury rejected the claims he made",
        "Policeman killed",
        "Bridge destroyed",
        "A soldier and two civilians killed",
        "Mayor of Odesa injured",
        "The soldiers shot nobody",
        "A child killed",
        "One worker was still unaccounted for",
        "Nobody knows what the money was for",
    ],
)
def test_a_whole_sentence_is_none(text: str) -> None:
    assert not fragments.is_fragment(text)


def test_what_people_are_told_to_do_is_an_appeal() -> None:
    assert fragments.is_bidding("Avoid rumours")
    assert fragments.is_bidding("Please ignore the messages")
    assert not fragments.is_bidding("Report was false")
    for told in ("Report says ten died", "Call centres were closed", "Don't Look Up won a prize"):
        assert fragments.why_not(told) is None
    assert not fragments.is_bidding("Police called for calm")


def test_a_fragment_is_completed_with_what_follows_it() -> None:
    homes = " about 1,200 people from their homes, officials said."
    assert fragments.completed("A fire drove", homes) == (
        "A fire drove about 1,200 people from their homes"
    )
    hour = " hour after the attackers had left,” said the colonel."
    assert fragments.completed("Our men arrived at Okobola one", hour) == (
        "Our men arrived at Okobola one hour after the attackers had left"
    )
    shot = " and killed one of them, the police said."
    assert fragments.completed("He had shot", shot) == "He had shot one of them"
    assert fragments.completed("He had shot", " and they left.") == "He had shot"
    assert fragments.completed("The toll was two", " on Saturday.") == "The toll was two"
    assert fragments.completed("A gunman killed four people at least nine", "") == (
        "A gunman killed four people"
    )
    assert fragments.completed("Downtown was locked down for", " six hours, police said.") == (
        "Downtown was locked down for six hours"
    )
    for whole in ("The soldiers shot nobody", "The law covers people at least 65"):
        assert fragments.completed(whole, " in the city, police said.") == whole
    schools = "Debris damaged a school in the Dnipro region"
    assert fragments.completed(f"{schools} nobody", " was injured.") == schools
    assert fragments.completed("5 am", " Sunday to Monday.") == "5 am"
