"""The registry of sources: its entries, its periods, the user's own file, and the commands."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify import places, sources
from verify.cli.sources import sources as command
from verify.errors import InputError
from verify.sources import Registry
from verify.values import Kind, Source

NONE = Path("/dev/null")
REGISTRY = Registry.load(NONE)
TEXT = resources.files("verify").joinpath("sources.toml").read_text("utf-8")


def test_the_registry_is_large_and_every_entry_says_where_it_was_taken_from() -> None:
    assert len(REGISTRY.entries) >= 300
    assert all(e.taken_from for e in REGISTRY.entries)
    official = [e for e in REGISTRY.entries if sources.is_official(e.source())]
    assert len(official) >= 250


def test_the_fast_reader_of_our_own_file_agrees_with_toml() -> None:
    assert sources.parse(TEXT, "sources.toml") == list(REGISTRY.entries)
    assert tomllib.loads(TEXT).keys() == {e.id for e in REGISTRY.entries}


def test_no_account_site_or_name_belongs_to_two_sources_at_once() -> None:
    assert sources.conflicts(REGISTRY.entries) == []


def test_every_region_and_both_sides_are_there() -> None:
    parties = Counter(e.party for e in REGISTRY.entries if sources.is_official(e.source()))
    named = (
        "Israel Hamas Syria Iran Lebanon Hezbollah Russia Ukraine India Pakistan China Taiwan "
        "Houthis Turkey Taliban Azerbaijan Armenia Ethiopia Sudan Rwanda Myanmar"
    )
    for party in named.split():
        assert parties[party] >= 1, party
    kinds = Counter(e.kind for e in REGISTRY.entries)
    assert all(kinds[kind] >= 15 for kind in (Kind.POLICE, Kind.MILITARY, Kind.JUDICIARY))


def test_officials_of_a_state_speak_for_a_country_of_the_table() -> None:
    no_states = {
        e.party
        for e in REGISTRY.entries
        if e.kind in {Kind.POLICE, Kind.JUDICIARY} and e.party and not places.is_country(e.party)
    }
    assert no_states == {"Hamas", "International Criminal Court", "UN", "Council of Europe", "EU"}


def test_a_handle_matches_exactly_but_for_case_and_the_at_sign() -> None:
    found = REGISTRY.by_handle("@idf")
    assert found is not None
    assert (found.id, found.kind, found.party) == ("idf", Kind.MILITARY, "Israel")
    assert REGISTRY.by_handle("IDF_") is None
    assert REGISTRY.by_handle("IDFonline") is None
    assert REGISTRY.by_handle("IDF", platform="telegram") is None


def test_a_host_belongs_to_the_site_it_is_part_of() -> None:
    found = REGISTRY.by_domain("www.idf.il")
    assert found is not None
    assert found.id == "idf"
    assert REGISTRY.by_domain("notidf.il") is None
    assert REGISTRY.by_domain("il") is None


def test_a_name_needs_its_capitals() -> None:
    assert REGISTRY.by_name("who") is None
    found = REGISTRY.by_name("WHO")
    assert found is not None
    assert found.party == "UN"
    assert REGISTRY.by_name("the Israeli military") == REGISTRY.by_name("IDF")


def test_an_entry_holds_in_its_period_only() -> None:
    before = REGISTRY.by_name("SANA", on=date(2019, 11, 20))
    after = REGISTRY.by_name("SANA", on=datetime(2025, 1, 1, tzinfo=UTC))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("sana-old", "sana")
    insurgent = REGISTRY.by_name("the Taliban", on=date(2021, 8, 14))
    ruling = REGISTRY.by_name("the Taliban", on=date(2021, 8, 15))
    assert insurgent is not None
    assert ruling is not None
    assert (insurgent.kind, ruling.kind) == (Kind.ARMED_GROUP, Kind.GOVERNMENT)
    assert insurgent.party == ruling.party == "Taliban"


def test_independent_public_broadcasters_are_press_and_state_outlets_are_not() -> None:
    for name in ("BBC", "NPR", "NHK", "France 24", "Deutsche Welle"):
        found = REGISTRY.by_name(name)
        assert found is not None, name
        assert found.kind is Kind.PRESS, name
    for name in ("TASS", "Xinhua", "IRNA", "Al Jazeera", "WAFA", "KCNA", "Anadolu Agency"):
        found = REGISTRY.by_name(name)
        assert found is not None, name
        assert found.kind is Kind.STATE_MEDIA, name


def test_competence_ends_at_the_city_the_country_or_nowhere() -> None:
    paris = Source("Paris police", Kind.POLICE, "France", place="Paris")
    assert sources.is_competent_place(paris, "Paris", REGISTRY)
    assert not sources.is_competent_place(paris, "Marseille", REGISTRY)
    syria = Source("Syrian army", Kind.MILITARY, "Syria")
    assert sources.is_competent_place(syria, "Kisweh", REGISTRY)
    assert sources.is_competent_place(syria, "Golan Heights", REGISTRY)
    assert not sources.is_competent_place(syria, "Haifa", REGISTRY)
    usgs = REGISTRY.by_name("USGS")
    assert usgs is not None
    assert sources.is_competent_place(usgs, "Nepal", REGISTRY)
    assert not sources.is_competent_place(Source("BBC", Kind.PRESS), "London", REGISTRY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a]\nname = 'x'\nkind = 'polic'", "kind 'polic'"),
        ("[a]\nkind = 'police'", "needs a name"),
        ("[a]\nname = 'x'\nkind = 'police'\nhandle = 'x'", "unknown key 'handle'"),
        ("[a]\nname = 'x'\nkind = 'police'\nsince = '2020'", "since must be a date"),
        ("[a]\nname = 'x'\nkind = 'police'\naliases = 'y'", "aliases must be a list"),
        ("[a\n", "not valid TOML"),
        ("a = 1", "must be a table"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=reason) as error:
        Registry.load(file)
    assert "\n" not in str(error.value)


def test_the_users_file_adds_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[idf]\nname = "The IDF"\nkind = "military"\nparty = "Israel"\n', "utf-8")
    entry = Registry.load(file).by_id("idf")
    assert entry is not None
    assert entry.name == "The IDF"


def test_an_entry_written_is_read_again() -> None:
    entry = sources.entry_from(
        "x", {"name": 'A "B" \\ C', "kind": "police", "since": date(2020, 1, 2)}, "here"
    )
    assert sources.parse(sources.to_toml(entry), "here") == [entry]


def test_sources_are_added_listed_shown_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    run = CliRunner()
    made = run.invoke(
        command,
        [
            *("add", "--id", "town", "--name", "Springfield Police", "--kind", "police"),
            *("--party", "United States", "--handle", "SpringfieldPD", "--from", "its site"),
        ],
    )
    assert made.exit_code == 0, made.output
    shown = run.invoke(command, ["show", "@springfieldpd", "--json"])
    assert json.loads(shown.stdout)["id"] == "town"
    listed = run.invoke(command, ["list", "--kind", "police", "--party", "united states"])
    assert "town\tpolice\tUnited States\tSpringfield Police" in listed.stdout.splitlines()
    assert run.invoke(command, ["check"]).exit_code == 0
    run.invoke(command, ["add", "--id", "two", "--name", "Q", "--kind", "press", "--from", "me"])
    run.invoke(
        command,
        ["add", "--id", "bad", "--name", "W", "--kind", "press", "--handle", "IDF", "--from", "me"],
    )
    checked = run.invoke(command, ["check"])
    assert checked.exit_code == 1
    assert "account x:idf: both [idf] and [bad]" in checked.stdout


def test_show_tells_how_a_phrase_is_understood() -> None:
    shown = CliRunner().invoke(command, ["show", "a senior Hamas official"])
    assert "kind: armed-group" in shown.stdout
    assert "named: no" in shown.stdout
