"""The archive in PostgreSQL, against a real server: what SQLite answers, it answers too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_encoder import SmallEncoder

from verify.archive import Archive, copying, open_any, open_named
from verify.archive.postgres_schema import without_password
from verify.errors import ArchiveError
from verify.read import search
from verify.values import Commitment, Kind, Source, Statement

psycopg = pytest.importorskip("psycopg", reason="needs verify[postgres]")
IDF = Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
SANA = Source("SANA", Kind.STATE_MEDIA, "Syria", id="sana")
POST = "https://x.com/IDF/status/1196952143462744064"
TEXTS = [
    "We just carried out wide-scale strikes of Iranian Quds Force targets in Syria.",
    "Israel's combat aircraft have fired several missiles at Damascus.",
    "Our air defences intercepted the heavy attack and downed the hostile missiles.",
    "Four rockets were fired from Syria towards Israeli territory; all were intercepted.",
    "The army does not comment on specific attacks; it doesn't comment on strikes.",
    "Fire crews put out a blaze in the port — the port's fire was not caused by an attack.",
    "Жители сообщили о взрывах в Дамаске, says 'the ministry' \\ and O'Brien.",
]


def said(text: str, number: int, url: str | None = None) -> Statement:
    published = datetime(2019, 11, 10 + number % 18, tzinfo=UTC)
    where = url or f"https://example.org/{number}"
    source = SANA if number % 2 else IDF
    return Statement("", text, text, source, Commitment.AFFIRMS, "archive", published, url=where)


STATEMENTS = [said(text, number) for number, text in enumerate(TEXTS * 3)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pgserver = pytest.importorskip("pgserver", reason="needs a server: pip install pgserver")
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="verify-pg-"))
    try:
        started = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001  (no server can be started here at all)
        pytest.skip(f"no PostgreSQL server starts here: {error}")
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def address(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return server


@pytest.fixture
def both(address: str, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    with Archive.open(tmp_path / "a.db") as first, open_named(address) as second:
        for archive in (first, second):
            archive.add(STATEMENTS, SmallEncoder())
        yield first, second


def close(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(ident, round(score, 4)) for ident, score in found]


def test_the_same_statements_give_the_same_answers(both: tuple[Any, Any]) -> None:
    first, second = both
    window = (datetime(2019, 11, 12, tzinfo=UTC), datetime(2019, 11, 20, tzinfo=UTC))
    for query in ["strikes on Damascus", "the rockets' interception", "O'Brien \\ : & !", "взрывы"]:
        (vector,) = SmallEncoder().encode([query])
        for when in (None, window):
            for limit in (3, 200):
                words = [close(one.words(query, limit, when)) for one in both]
                assert words[0] == words[1]
                near = [close(one.nearest(vector, limit, when)) for one in both]
                assert near[0] == near[1]
    for word in ["strikes", "intercepted", "дамаске", "zebra"]:
        assert first.frequency(word) == second.frequency(word)
    ids = [statement.id for statement in first.all()]
    assert first.get(ids) == second.get(ids)
    assert first.all(5, "sana") == second.all(5, "sana")
    assert first.texts(ids) == second.texts(ids)
    ours, theirs = first.vectors(ids), second.vectors(ids)
    assert all(np.array_equal(ours[ident], theirs[ident]) for ident in ids)
    assert replace(first.info(), path=None) == replace(second.info(), path=None)


def test_a_search_finds_the_same_in_both(both: tuple[Any, Any]) -> None:
    for query in TEXTS:
        found = [search.find(query, one, SmallEncoder()) for one in both]
        assert found[0] == found[1]
        assert len(found[0]) > 0


def plan_of(archive: Any, asked: np.ndarray) -> str:
    """How the server goes about finding the nearest."""
    plain = archive._rows
    seen: list[str] = []

    def explained(sql: str, given: Any = ()) -> Any:
        if "ORDER BY" in sql:
            seen.extend(line for (line,) in plain(f"EXPLAIN {sql}", given))
        return plain(sql, given)

    archive._rows = explained
    try:
        archive.nearest(asked, 20)
    finally:
        archive._rows = plain
    return "\n".join(seen)


def test_a_large_archive_is_searched_by_its_index_and_a_window_exactly(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.archive.postgres.LARGE", 200)
    many = [said(f"Report {n} on site {n * 7919 % 101}, sector {n % 37}", n) for n in range(600)]
    encoder = SmallEncoder()
    (asked,) = encoder.encode(["Report 123 on site 4, sector 12"])
    with Archive.open(tmp_path / "a.db") as first, open_named(address) as second:
        for archive in (first, second):
            archive.add(many, encoder)
        second._db.execute("SET enable_seqscan = off")  # it is small for the planner
        exact, found = first.nearest(asked, 20), second.nearest(asked, 20)
        assert len({i for i, _ in exact} & {i for i, _ in found}) >= 19
        assert close(found)[:5] == close(exact)[:5]
        assert "vectors_near" in plan_of(second, asked)
        day = (datetime(2019, 11, 12, tzinfo=UTC), datetime(2019, 11, 12, 23, tzinfo=UTC))
        within = second.nearest(asked, 20, day)
        assert len(within) == 20
        assert close(within) == close(first.nearest(asked, 20, day))
        second.encode(SmallEncoder("wider", 96))
        (wide,) = SmallEncoder("wider", 96).encode(["Report 123"])
        assert len(second.nearest(wide, 20)) == 20
        assert second.nearest(asked, 20) == []


def test_adding_again_adds_nothing_and_an_edit_supersedes(address: str) -> None:
    with open_named(address) as archive:
        assert archive.add([said("Ten targets.", 0, POST)], SmallEncoder()).added == 1
        edited = archive.add([said("Ten targets.", 0, POST), said("Twelve targets.", 2, POST)])
        assert (edited.added, edited.known, edited.superseded) == (1, 1, 1)
        assert [s.superseded_by for s in archive.get(["a1", "a2"])] == ["a2", None]
        assert archive.encode(SmallEncoder()) == 1
        assert archive.remove(["a2", "a9"]) == 1
        assert archive.get(["a1"])[0].superseded_by is None
        assert archive.words("twelve") == []


def test_adding_is_all_or_nothing(address: str) -> None:
    def broken() -> Iterator[Statement]:
        yield STATEMENTS[0]
        raise KeyboardInterrupt

    with open_named(address) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.add(broken())
        assert archive.size == 0


def test_a_reader_cannot_write(address: str) -> None:
    with pytest.raises(ArchiveError, match="holds no archive"):
        open_named(address, readonly=True)
    open_named(address).close()
    archive, remarks = open_any(address, resolve=lambda name, handle, on: IDF)
    with archive, pytest.raises(ArchiveError, match="cannot be written"):
        archive.add(STATEMENTS)
    assert remarks == []


def test_another_encoder_is_an_error_that_names_the_command(address: str) -> None:
    with open_named(address) as archive:
        archive.add(STATEMENTS[:1], SmallEncoder())
    with pytest.raises(ArchiveError, match="verify archive encode"):
        open_named(address, encoder_name="other")


def test_a_copy_is_whole_there_and_back(address: str, tmp_path: Path) -> None:
    first, last = tmp_path / "a.db", tmp_path / "b.db"
    with Archive.open(first) as archive:
        archive.add(STATEMENTS, SmallEncoder())
        archive.add([said("Ten targets.", 0, POST), said("Twelve targets.", 2, POST)])
    assert copying.copy(str(first), address).added == len(STATEMENTS) + 2
    assert copying.copy(str(first), address).added == 0
    assert copying.copy(address, str(last)).added == len(STATEMENTS) + 2
    with Archive.open(first) as one, Archive.open(last) as other:
        assert one.all() == other.all()
        assert one.encoder_name == other.encoder_name == "small"
        ids = [statement.id for statement in one.all()]
        ours, theirs = one.vectors(ids), other.vectors(ids)
        assert ours.keys() == theirs.keys()
        assert all(np.array_equal(ours[ident], theirs[ident]) for ident in ours)
        assert replace(one.info(), path=None) == replace(other.info(), path=None)


def test_a_server_that_is_not_there_is_one_line_without_the_password() -> None:
    address = "postgresql://press:secret@127.0.0.1:1/archive"
    with pytest.raises(ArchiveError, match="cannot be reached") as error:
        open_named(address, readonly=True)
    assert "secret" not in str(error.value)
    assert without_password("postgres://a@h/d?password=x&sslmode=require") == (
        "postgres://a@h/d?password=***&sslmode=require"
    )
