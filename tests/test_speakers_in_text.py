"""Who a phrase means in its article: pronouns, short names, "the agency", and datelines."""

from __future__ import annotations

import pytest
from checking import claims_of

from verify.claims.speakers import home_of
from verify.values import Kind


def speakers(text: str) -> list[tuple[str, str | None]]:
    return [(c.source.name, c.source.party) for c in claims_of(text)]


def test_a_pronoun_and_a_short_name_lead_back_to_the_minister() -> None:
    text = (
        "Interior Minister Bernard Cazeneuve said two gunmen had been shot. “The danger is over,” "
        "he said. Cazeneuve added that a third man was arrested."
    )
    assert {c.source.name for c in claims_of(text)} == {"Interior Minister Bernard Cazeneuve"}
    assert {c.source.kind for c in claims_of(text)} == {Kind.GOVERNMENT}


def test_she_is_the_nurse_named_before() -> None:
    text = (
        "Maria Lopez, a nurse at the clinic, said 20 patients were moved. Lopez said the power "
        "failed. She said nobody was hurt."
    )
    assert speakers(text) == [("Maria Lopez, a nurse at the clinic", None)] * 3


def test_the_agency_is_the_one_named_before() -> None:
    text = (
        "The Syrian state news agency SANA said missiles hit a depot near Homs. The agency said "
        "two guards were killed."
    )
    assert [c.source.party for c in claims_of(text)] == ["Syria", "Syria"]
    assert [c.source.kind for c in claims_of(text)] == [Kind.STATE_MEDIA, Kind.STATE_MEDIA]


def test_the_ministry_is_the_one_named_before() -> None:
    text = (
        "The Norwegian Defence Ministry said a jet crashed. The ministry said two people were "
        "killed."
    )
    assert speakers(text) == [("Norwegian Defence Ministry", "Norway")] * 2


@pytest.mark.parametrize(
    ("opening", "country"),
    [
        ("OSLO (Reuters) — A man had been arrested.", "Norway"),
        ("NAIROBI, Kenya — Three people were killed.", "Kenya"),
        ("Three people were killed in Kenya on Monday, and Kenyan police opened fire.", "Kenya"),
        ("Three people were killed on Monday.", None),
    ],
)
def test_the_country_an_article_is_about(opening: str, country: str | None) -> None:
    assert home_of(opening) == country


def test_police_without_a_country_are_those_of_the_dateline() -> None:
    text = "NAIROBI, Kenya — Police said three people were killed on Monday."
    assert speakers(text) == [("Police", "Kenya")]


def test_an_official_who_hides_is_unnamed() -> None:
    text = "A police official, who asked not to be named, said the suspect was dead."
    assert [c.source.named for c in claims_of(text)] == [False]


def test_a_pronoun_is_the_newest_person_of_its_gender() -> None:
    text = (
        "The mayor, Patrick Lemoine, said the library had burned down. He said a school had too. "
        "“Nobody has died,” the prefect of Essonne, Isabelle Caron, said on Thursday. "
        "A boy had been treated for a leg injury, she said. He would thank the firemen, he said."
    )
    said = {c.text: c.source.name for c in claims_of(text)}
    assert "Caron" in said["A boy had been treated for a leg injury"]
    assert "Lemoine" in said["A school had too"]


def test_a_pronoun_may_be_whom_the_same_sentence_told_of() -> None:
    text = (
        "Mayor Tom Sturdivant said most of those arrested came from out of town. "
        "Lt. Andrea Krol, a police spokeswoman, had other figures: half of them, she said, "
        "lived in the town."
    )
    names = {c.source.name for c in claims_of(text) if "lived" in c.text}
    assert names
    assert all("Krol" in n for n in names)


def test_the_speaker_behind_a_long_clause_is_not_its_subject() -> None:
    text = (
        "QUITO, Ecuador (Newswire) -- Javier Intriago, 41, was leaving a rally in the port of "
        "Jaramijo when he was hit by nine bullets, police commander Norma Cedeno told reporters. "
        "Interior Minister Pablo Salgado said six people had been arrested, all of them Colombians."
    )
    said = {c.text: c.source for c in claims_of(text)}
    assert "Cedeno" in said["He was hit by nine bullets"].name
    assert said["Six people had been arrested"].party == "Ecuador"


def test_another_fate_joined_to_what_was_reported_keeps_its_speaker() -> None:
    text = (
        "The World Health Organization said that an outbreak had been reported in Kagera and that "
        "eight people had died."
    )
    (died,) = [c for c in claims_of(text) if "died" in c.text]
    assert (died.text, died.source.name) == ("Eight people had died", "World Health Organization")


def test_its_minister_is_of_the_state_that_is_spoken_of() -> None:
    text = (
        "JAKARTA, Nov 21 (Wire) - A jet left the runway on Tuesday.\n\nThe transport ministry "
        "opened an inquiry. Its minister, Ratna Siregar, said the carrier had been warned twice."
    )
    claim = claims_of(text)[-1]
    assert (claim.text, claim.source.party) == (
        "The carrier had been warned twice",
        "Indonesia",
    )
