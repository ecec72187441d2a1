"""The table of places: what is found, whose it is, what lies in what."""

from __future__ import annotations

import time

import pytest

from verify import places


def found(text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.place.country) for m in places.find(text)]


def test_places_and_peoples_are_found_with_their_offsets() -> None:
    text = "huge fire in southern #Damascus amid #Israeli airstrikes"
    mentions = places.find(text)
    assert [(m.text, m.place.name, m.role) for m in mentions] == [
        ("Damascus", "Damascus", "place"),
        ("Israeli", "Israel", "people"),
    ]
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)


def test_the_longest_name_is_taken() -> None:
    assert found("near Deir ez-Zor") == [("Deir ez-Zor", "Syria")]
    assert found("in New South Wales") == [("New South Wales", "Australia")]
    assert found("South Sudan's army") == [("South Sudan", "South Sudan")]
    assert found("Papua New Guinea") == [("Papua New Guinea", "Papua New Guinea")]


def test_accents_hyphens_and_apostrophes_do_not_matter() -> None:
    assert places.country_of("Elysee") == places.country_of("Élysée") == "France"
    assert places.country_of("N'Djamena") == "Chad"
    assert places.country_of("Deir Ezzor") == "Syria"
    assert places.country_of("Kahramanmaraş") == "Turkey"


@pytest.mark.parametrize(
    "text",
    [
        "turkey and chips in a mobile home",
        "it gave us a nice day",
        "Michael Jordan spoke",
        "Whitney Houston sang",
        "Jordan Peele said",
        "Paris Hilton arrived",
        "he is reading",
        "the polish on the table",
    ],
)
def test_a_word_or_a_persons_name_is_no_place(text: str) -> None:
    assert places.find(text) == []


def test_a_doubtful_name_counts_where_its_neighbours_show_a_place() -> None:
    assert found("police in Nice, France") == [("Nice", "France"), ("France", "France")]
    assert found("Turkey's president in Jordan") == [("Turkey", "Turkey"), ("Jordan", "Jordan")]
    assert found("Reading the paper in Reading") == [("Reading", "United Kingdom")]
    assert found("Mali troops left Chad") == [("Mali", "Mali"), ("Chad", "Chad")]


def test_georgia_is_decided_by_its_company_or_not_at_all() -> None:
    assert places.country_of("Georgia") is None
    assert set(places.parties_of("Georgia")) == {"Georgia", "United States"}
    assert found("Atlanta, Georgia")[1] == ("Georgia", "United States")
    assert found("protests in Tbilisi, Georgia")[1] == ("Georgia", "Georgia")
    assert places.country_of("Georgian") == "Georgia"


def test_a_state_that_follows_tells_a_town_apart() -> None:
    assert found("Portland, Maine")[0] == ("Portland", "United States")
    assert found("Paris, Texas")[0] == ("Paris", "United States")
    assert found("London, Ontario")[0] == ("London", "Canada")
    assert places.country_of("Hyderabad") is None


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Damascus", "Syria"),
        ("Syrian-led", "Syria"),
        ("Israelis", "Israel"),
        ("the Kremlin", "Russia"),
        ("Downing Street", "United Kingdom"),
        ("U.S.", "United States"),
        ("DR Congo", "DR Congo"),
        ("Filipino", "Philippines"),
        ("Kisweh", "Syria"),
        ("Srinagar", "India"),
        ("Muzaffarabad", "Pakistan"),
        ("Wajima", "Japan"),
        ("Maiduguri", "Nigeria"),
        ("Derna", "Libya"),
        ("El Fasher", "Sudan"),
        ("Culiacán", "Mexico"),
        ("Gaza", "Palestinian Authority"),
        ("Xinjiang", "China"),
    ],
)
def test_a_name_an_adjective_or_a_seat_leads_to_its_country(word: str, country: str) -> None:
    assert places.country_of(word) == country


@pytest.mark.parametrize(
    ("name", "parties"),
    [
        ("Golan Heights", {"Israel", "Syria"}),
        ("Crimea", {"Ukraine", "Russia"}),
        ("Jerusalem", {"Israel", "Palestinian Authority"}),
        ("Kashmir", {"India", "Pakistan"}),
        ("Western Sahara", {"Morocco", "Polisario Front"}),
        ("Senkaku Islands", {"Japan", "China", "Taiwan"}),
        ("Falkland Islands", {"United Kingdom", "Argentina"}),
    ],
)
def test_a_disputed_territory_belongs_to_no_party_alone(name: str, parties: set[str]) -> None:
    assert places.country_of(name) is None
    assert set(places.parties_of(name)) == parties


def test_a_place_lies_in_its_region_and_its_country() -> None:
    for outer in ("Rif Dimashq", "Damascus countryside", "Syria"):
        assert places.is_within("Kisweh", outer)
    assert places.is_within("southern Damascus", "Damascus")
    assert places.is_within("Majdal Shams", "Golan Heights")
    assert places.is_within("Majdal Shams", "Syria")
    assert places.is_within("Majdal Shams", "Israel")
    assert not places.is_within("Syria", "Damascus")
    assert not places.is_within("Paris", "Israel")
    assert not places.is_within("nowhere", "Syria")


def test_adjectives_lead_both_ways() -> None:
    assert places.people_of("Israelis") == places.people_of("Israeli-led") == "Israel"
    assert places.people_of("table") is None
    assert places.adjective_of("Ivory Coast") == "Ivorian"
    assert places.is_country("United States")
    assert not places.is_country("America")


def test_the_scene_is_the_one_country_whose_places_a_sentence_names() -> None:
    assert places.scene_of("The Russian was arrested in Oslo, Norway") == "Norway"
    assert places.scene_of("from Oslo to Paris-Charles de Gaulle in France") is None
    assert places.scene_of("nothing") is None


def test_every_member_of_the_united_nations_and_more_is_a_country() -> None:
    assert len(places.table().countries) >= 195
    assert len(places.table().forms) > 4000


def test_a_long_text_is_read_in_passing() -> None:
    text = "Police in Lagos said the U.S. embassy in Abuja, Nigeria, was closed. " * 300
    start = time.process_time()
    assert len(places.find(text)) == 1200
    assert time.process_time() - start < 20


def test_a_language_is_no_place() -> None:
    assert [m.text for m in places.find("French-language radio in Canada")] == ["Canada"]
    assert [m.text for m in places.find("Spanish speakers in Texas")] == ["Texas"]
    assert [m.text for m in places.find("French police speak")] == ["French"]
