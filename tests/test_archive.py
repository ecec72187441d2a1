"""The archive: nothing lost, nothing twice, nothing written by a reader, every failure one line."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from archived import IDF, MISSILES, PAGE, SANA, STRIKES, said
from small_encoder import SmallEncoder
from sqlite_utils import Database, Migrations

from verify.archive import Archive, schema
from verify.errors import ArchiveError
from verify.values import Commitment, Interval, Statement


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "archive.db"


@pytest.fixture
def filled(path: Path) -> Path:
    with Archive.open(path) as archive:
        archive.add([STRIKES, MISSILES], SmallEncoder())
    return path


def test_a_statement_comes_back_word_for_word(filled: Path) -> None:
    with Archive.open(filled, readonly=True) as archive:
        (found,) = archive.get(["a1"])
    assert (found.text, found.source, found.url) == (STRIKES.text, IDF, PAGE)
    assert found.published_at == datetime(2019, 11, 20, tzinfo=UTC)
    assert found.origin == "archive"


def test_adding_again_adds_nothing(filled: Path) -> None:
    with Archive.open(filled) as archive:
        result = archive.add([replace(STRIKES, text=f"  {STRIKES.text.upper()} "), MISSILES])
        assert (result.added, result.known, archive.size) == (0, 2, 2)


def test_a_second_agency_with_the_same_words_is_a_second_statement(filled: Path) -> None:
    with Archive.open(filled) as archive:
        assert archive.add([replace(STRIKES, source=SANA)]).added == 1


def test_two_quotations_from_one_page_are_two_statements(filled: Path) -> None:
    with Archive.open(filled) as archive:
        result = archive.add([said("A number of batteries were destroyed.")])
        assert (result.added, result.superseded, archive.size) == (1, 0, 3)


def test_the_same_words_at_another_address_are_another_statement(filled: Path) -> None:
    with Archive.open(filled) as archive:
        assert archive.add([replace(STRIKES, url="https://example.org/other")]).added == 1


def test_an_edited_post_supersedes_and_both_texts_are_kept(path: Path) -> None:
    post = "https://x.com/IDF/status/1196952143462744064"
    with Archive.open(path) as archive:
        archive.add([said("We struck 10 targets.", url=post)])
        result = archive.add([said("We struck 12 targets.", url=post, day=21)])
        old, new = archive.get(["a1", "a2"])
    assert result.superseded == 1
    assert (old.text, old.superseded_by) == ("We struck 10 targets.", "a2")
    assert (new.text, new.superseded_by) == ("We struck 12 targets.", None)


def test_an_older_text_of_a_post_found_later_does_not_supersede(path: Path) -> None:
    post = "https://t.me/idfofficial/4242"
    with Archive.open(path) as archive:
        archive.add([said("We struck 12 targets.", url=post, day=21)])
        archive.add([said("We struck 10 targets.", url=post, day=20)])
        newer, older = archive.get(["a1", "a2"])
    assert (newer.superseded_by, older.superseded_by) == (None, "a1")


def test_adding_is_all_or_nothing(filled: Path) -> None:
    def broken() -> object:
        yield said("This one is fine.")
        raise KeyboardInterrupt

    with Archive.open(filled) as archive, pytest.raises(KeyboardInterrupt):
        archive.add(broken())  # type: ignore[arg-type]
    with Archive.open(filled, readonly=True) as archive:
        assert archive.size == 2


def test_an_encoder_that_fails_leaves_nothing_behind(filled: Path) -> None:
    class Failing(SmallEncoder):
        def encode(self, texts: object) -> np.ndarray:
            raise MemoryError

    with Archive.open(filled) as archive, pytest.raises(MemoryError):
        archive.add([said("New words.")], Failing())
    with Archive.open(filled, readonly=True) as archive:
        assert archive.size == 2


def test_progress_counts_every_statement(path: Path) -> None:
    seen: list[int] = []
    with Archive.open(path) as archive:
        many = [said(f"Statement number {n}") for n in range(600)]
        archive.add(many, SmallEncoder(), seen.append)
    assert seen == [256, 256, 88]


def test_words_find_other_forms_and_never_trip_over_query_syntax(filled: Path) -> None:
    with Archive.open(filled, readonly=True) as archive:
        assert [i for i, _ in archive.words('strike "AND" OR NEAR( * carrying')] == ["a1"]
        assert archive.words("") == archive.words("the of and") == archive.words("zebra") == []


def test_the_nearest_vector_comes_first(filled: Path) -> None:
    encoder = SmallEncoder()
    with Archive.open(filled, readonly=True) as archive:
        (vector,) = encoder.encode(["several missiles at Damascus"])
        ranked = archive.nearest(vector, 5)
        assert [ident for ident, _ in ranked] == ["a2", "a1"]
        assert np.allclose(archive.vectors(["a2", "a9"])["a2"], encoder.encode([MISSILES.text])[0])


def test_a_window_keeps_what_was_published_within_it(path: Path) -> None:
    days = [said(f"Strikes again, day {day}", day=day) for day in (10, 20, 30)]
    window = (datetime(2019, 11, 15, tzinfo=UTC), datetime(2019, 11, 25, tzinfo=UTC))
    with Archive.open(path) as archive:
        archive.add(days, SmallEncoder())
        (vector,) = SmallEncoder().encode(["strikes"])
        assert [i for i, _ in archive.words("strikes", 9, window)] == ["a2"]
        assert [i for i, _ in archive.nearest(vector, 9, window)] == ["a2"]


def test_removing_takes_the_vector_and_the_words_too(filled: Path) -> None:
    with Archive.open(filled) as archive:
        assert archive.remove(["a2", "a77", "s1"]) == 1
        assert archive.words("missiles") == []
        assert list(archive.vectors(["a1", "a2"])) == ["a1"]
        assert archive.info().sources == 1


def test_a_removed_edit_leaves_the_earlier_text_standing(path: Path) -> None:
    post = "https://twitter.com/IDF/status/1196952143462744064"
    with Archive.open(path) as archive:
        archive.add([said("Ten targets.", url=post), said("Twelve targets.", url=post, day=21)])
        archive.remove(["a2"])
        assert archive.get(["a1"])[0].superseded_by is None


def test_a_reader_cannot_write_and_leaves_the_content_as_it_was(filled: Path) -> None:
    before = filled.read_bytes()
    with Archive.open(filled, readonly=True, encoder_name="small") as archive:
        archive.words("strikes"), archive.all(), archive.info()
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.add([said("New.")])
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.remove(["a1"])
    assert filled.read_bytes() == before


def test_another_encoder_is_an_error_that_names_the_command(filled: Path) -> None:
    with pytest.raises(ArchiveError, match=r"`verify archive encode --archive .* --encoder other`"):
        Archive.open(filled, readonly=True, encoder_name="other")


def test_encoding_anew_mends_another_encoder(filled: Path) -> None:
    with Archive.open(filled) as archive:
        assert archive.encode(SmallEncoder("other", 32)) == 2
        assert archive.encode(SmallEncoder("other", 32)) == 0
    with Archive.open(filled, readonly=True, encoder_name="other") as archive:
        assert archive.vectors(["a1"])["a1"].shape == (32,)


def test_an_event_time_is_read_from_the_words_when_the_archive_is(path: Path) -> None:
    told = Interval(datetime(2019, 5, 1, tzinfo=UTC), datetime(2019, 5, 2, tzinfo=UTC), "1 May")
    given = [
        said("Rockets were fired at Israel on 19 November 2019."),
        said("We have struck."),
        replace(said("Told."), event_time=told),
    ]
    with Archive.open(path) as archive:
        archive.add(given)
        named, guessed, kept = (s.event_time for s in archive.get(["a1", "a2", "a3"]))
    assert named
    assert (named.start.day, named.precise) == (19, True)
    assert guessed
    assert (guessed.start.day, guessed.precise) == (20, False)
    assert kept == told


def test_what_completes_a_statement_is_passed_in(filled: Path) -> None:
    def deny(statement: Statement) -> Statement:
        return replace(statement, commitment=Commitment.DENIES)

    with Archive.open(filled, readonly=True, complete=deny) as archive:
        assert {s.commitment for s in archive.all()} == {Commitment.DENIES}


def test_an_archive_that_is_not_there_is_not_made_by_a_reader(path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist: make it with `verify archive add"):
        Archive.open(path, readonly=True)
    assert not path.exists()


def test_a_damaged_archive_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"no database at all" * 400)
    for readonly in (True, False):
        with pytest.raises(ArchiveError, match="is damaged or no archive: put a copy back"):
            Archive.open(path, readonly=readonly)
    assert path.read_bytes() == b"no database at all" * 400


def test_an_archive_cut_short_is_one_clear_line(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:9000])
    with pytest.raises(ArchiveError, match="put a copy back"), Archive.open(filled) as archive:
        archive.all()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()
    for readonly in (True, False):
        with pytest.raises(ArchiveError, match="is a database of another program"):
            Archive.open(path, readonly=readonly)
    assert path.read_bytes() == before


def test_a_newer_verifys_archive_is_not_touched(filled: Path) -> None:
    with sqlite3.connect(filled) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('verify.archive', '99', 'later')"
        )
    db.close()
    for readonly in (True, False):
        with pytest.raises(ArchiveError, match="made by a newer verify: update verify"):
            Archive.open(filled, readonly=readonly)


def test_an_older_verifys_archive_names_the_command_that_updates_it(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = Migrations("verify.archive")
    newer._migrations = list(schema.migrations._migrations)

    @newer(name="1000")
    def _add_notes(db: Database) -> None:
        db.table("notes").create({"id": int})

    monkeypatch.setattr(schema, "migrations", newer)
    with pytest.raises(ArchiveError, match="made by an older verify: run `verify archive encode"):
        Archive.open(filled, readonly=True)
    Archive.open(filled).close()
    with Archive.open(filled, readonly=True) as archive:
        assert archive.size == 2


def test_an_archive_being_written_says_so(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.archive.schema.BUSY_SECONDS", 0.05)
    writer = sqlite3.connect(filled)
    writer.execute("BEGIN IMMEDIATE")
    try:
        with Archive.open(filled, readonly=True) as reader:
            assert reader.size == 2
        with (
            pytest.raises(ArchiveError, match="being written by another program: try again"),
            Archive.open(filled) as archive,
        ):
            archive.add([said("New.")])
    finally:
        writer.close()


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match=r"cannot be made .* choose another with --archive"):
        Archive.open(tmp_path / "file" / "deep" / "archive.db")


def test_a_statement_without_a_date_is_refused(path: Path) -> None:
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="has no date"):
        archive.add([replace(STRIKES, published_at=None)])
