"""The archive: nothing lost, nothing twice, nothing written by a reader, every failure one line."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from small_encoder import SmallEncoder
from sqlite_utils import Database, Migrations

from verify.archive import Archive, schema
from verify.archive.codes import Codes
from verify.archive.vectors import best
from verify.errors import ArchiveError
from verify.values import Commitment, Interval, Kind, Source, Statement

IDF = Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
SANA = Source("SANA", Kind.STATE_MEDIA, "Syria", id="sana")
PAGE = "https://example.org/page"


def said(text: str, source: Source = IDF, url: str = PAGE, day: int = 20) -> Statement:
    published = datetime(2019, 11, day, tzinfo=UTC)
    return Statement("", text, text, source, Commitment.AFFIRMS, "archive", published, url=url)


STRIKES = said("We just carried out wide-scale strikes in Syria.")
MISSILES = said("Israel's combat aircraft have fired several missiles at Damascus.", SANA)


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


@pytest.fixture
def large(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive that counts as large: 300 statements, of which 30 are rescored."""
    monkeypatch.setattr("verify.archive.vectors.LARGE", 200)
    monkeypatch.setattr("verify.archive.vectors.CHUNK", 64)
    monkeypatch.setattr("verify.archive.codes.RESCORED", 100)
    with Archive.open(path) as archive:
        archive.add([said(f"Report {n} on site {n % 7}") for n in range(300)], SmallEncoder())
    return path


def exact(path: Path, query: str) -> list[str]:
    """Rank by every vector of the table, without the files beside the archive."""
    (vector,) = SmallEncoder().encode([query])
    with Archive.open(path, readonly=True) as archive:
        every = archive.vectors([s.id for s in archive.all()])
    scores = {ident: float(other @ vector) for ident, other in every.items()}
    return sorted(scores, key=lambda ident: (-round(scores[ident], 5), int(ident[1:])))


def nearest(path: Path, query: str, limit: int = 5) -> list[str]:
    (vector,) = SmallEncoder().encode([query])
    with Archive.open(path, readonly=True) as archive:
        return [ident for ident, _ in archive.nearest(vector, limit)]


QUERY = "Report 123 on site 4"


def test_a_large_archive_is_searched_by_codes_beside_it(large: Path) -> None:
    assert {p.name for p in large.with_name("archive.db.vectors").iterdir()} == {
        "manifest.json",
        "rows.i64",
        "codes-0.u64",
        "vectors.f32",
    }
    assert nearest(large, QUERY)[0] == exact(large, QUERY)[0] == "a124"


def test_what_is_added_to_a_large_archive_is_found(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.add([said("Nothing of the kind")], SmallEncoder())
    assert nearest(large, "nothing of the kind")[0] == "a301"


def test_more_of_a_crowd_is_rescored_so_that_its_nearest_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.archive.codes.RESCORED", 50)
    noise = np.random.default_rng(0)
    apart = noise.normal(size=(4000, 384)).astype(np.float32)
    crowd = apart[:1] + 0.4 * apart
    unit = crowd / np.linalg.norm(crowd, axis=1, keepdims=True)
    codes = Codes(tmp_path / "vectors")
    codes.extend([(np.arange(1, 4001), unit)], "a test", anew=True)
    asked = unit[1] + 0.1 * unit[2]
    numbers, scores = codes.nearest(asked, 10, None)
    assert 1000 < len(numbers) < 4000
    found = [number for number, _ in best(numbers, scores, 10)]
    assert found == [number for number, _ in best(np.arange(1, 4001), unit @ asked, 10)]
    monkeypatch.setattr("verify.archive.codes.MOST", 100)
    numbers, _ = codes.nearest(asked, 10, None)
    assert 100 <= len(numbers) <= 200
    codes.close()


def test_codes_that_lag_behind_are_made_up_for(large: Path) -> None:
    folder = large.with_name("archive.db.vectors")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with Archive.open(large) as archive:
        archive.add([said("Nothing of the kind")], SmallEncoder())
    for path, content in before.items():  # as a crash after the commit would leave them
        path.write_bytes(content)
    assert nearest(large, "nothing of the kind")[0] == "a301"
    with Archive.open(large) as archive:
        archive.add([said("Something else")], SmallEncoder())
    assert nearest(large, "nothing of the kind")[0] == "a301"
    assert (folder / "rows.i64").stat().st_size == 302 * 8


def test_what_is_removed_from_a_large_archive_is_not_found(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.remove(["a124", "a300"])
        archive.add([said("Another that takes the number of one removed")], SmallEncoder())
    assert "a124" not in nearest(large, QUERY, 300)
    assert nearest(large, "another that takes the number of one removed")[0] == "a300"


@pytest.mark.parametrize("name", ["manifest.json", "vectors.f32", "codes-0.u64"])
def test_codes_that_are_missing_are_done_without_and_made_anew(large: Path, name: str) -> None:
    file = large.with_name("archive.db.vectors") / name
    file.unlink()
    assert nearest(large, QUERY)[0] == "a124"
    with Archive.open(large) as archive:
        archive.add([said("Something else")], SmallEncoder())
    assert file.exists()
    assert nearest(large, QUERY)[0] == "a124"


def test_what_is_rolled_back_never_reaches_the_codes(large: Path) -> None:
    with Archive.open(large) as archive, suppress(KeyboardInterrupt), archive._db.atomic():
        archive.add([said("Never said")], SmallEncoder())
        raise KeyboardInterrupt
    with Archive.open(large) as archive:
        archive.add([said("Said instead")], SmallEncoder())
    assert nearest(large, "said instead")[0] == "a301"
    assert (large.with_name("archive.db.vectors") / "rows.i64").stat().st_size == 301 * 8


def test_a_window_holds_in_a_large_archive_too(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.add([said(QUERY, url="https://example.org/later", day=29)], SmallEncoder())
    (vector,) = SmallEncoder().encode([QUERY])
    window = (datetime(2019, 11, 28, tzinfo=UTC), datetime(2019, 11, 30, tzinfo=UTC))
    with Archive.open(large, readonly=True) as archive:
        assert [ident for ident, _ in archive.nearest(vector, 5, window)] == ["a301"]


def test_a_statement_without_a_date_is_refused(path: Path) -> None:
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="has no date"):
        archive.add([replace(STRIKES, published_at=None)])
