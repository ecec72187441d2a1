"""What is remembered between runs: kept whole, in order, and apart from other runs."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verify.errors import ArchiveError
from verify.state import State, beside

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_it_lies_beside_the_archive():
    assert beside("/srv/news/archive.db") == Path("/srv/news/state.db")


def test_a_value_is_found_again_after_the_file_was_closed(tmp_path: Path):
    with State(tmp_path / "state.db") as state:
        state.put("feed", "https://example.org/feed", {"etag": "“ä”"}, NOW)
    with State(tmp_path / "state.db") as state:
        assert state.get("feed", "https://example.org/feed") == {"etag": "“ä”"}
        assert state.get("feed", "https://example.org/other") is None


def test_a_value_kept_too_long_ago_is_not_given(tmp_path: Path):
    with State(tmp_path / "state.db") as state:
        state.put("lookup", "20", "stands", NOW)
        assert state.get("lookup", "20", since=NOW) == "stands"
        assert state.get("lookup", "20", since=NOW + timedelta(microseconds=1)) is None


def test_keys_come_in_order_and_only_those_asked_for(tmp_path: Path):
    with State(tmp_path / "state.db") as state:
        for key in ("idf/2", "sana/1", "idf/1"):
            state.put("pages", key, key, NOW)
        assert [key for key, _ in state.notes("pages", "idf/")] == ["idf/1", "idf/2"]
        state.drop("pages", "idf/1")
        assert [key for key, _ in state.notes("pages")] == ["idf/2", "sana/1"]


def test_the_log_keeps_everything_in_the_order_it_came(tmp_path: Path):
    with State(tmp_path / "state.db") as state:
        state.record("history", "a", "unconfirmed", NOW)
        state.record("history", "b", "other", NOW)
        state.record("history", "a", "confirmed", NOW + timedelta(days=1))
        assert state.history("history", "a") == [
            (NOW, "unconfirmed"),
            (NOW + timedelta(days=1), "confirmed"),
        ]


def test_of_a_transaction_that_fails_nothing_stays(tmp_path: Path):
    def fail(state: State) -> None:
        with state.whole():
            state.put("a", "1", 1, NOW)
            raise KeyboardInterrupt

    with State(tmp_path / "state.db") as state:
        with pytest.raises(KeyboardInterrupt):
            fail(state)
        assert state.get("a", "1") is None


def test_a_name_is_held_by_one_run_at_a_time_and_let_go_afterwards(tmp_path: Path):
    with State(tmp_path / "state.db") as one, State(tmp_path / "state.db") as other:
        with one.alone("x idf") as mine, other.alone("x idf") as theirs:
            assert (mine, theirs) == (True, False)
        with other.alone("x idf") as later:
            assert later


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path):
    def write(name: str) -> None:
        with State(tmp_path / "state.db") as state:
            for number in range(50):
                state.put("n", f"{name}{number}", number, NOW)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with State(tmp_path / "state.db") as state:
        assert len(state.notes("n")) == 200


def test_a_file_that_is_no_state_is_an_error_that_says_what_to_do(tmp_path: Path):
    path = tmp_path / "state.db"
    path.write_bytes(b"this is no database, it is a text that someone has put here" * 20)
    with pytest.raises(ArchiveError, match=r"state\.db cannot be opened .*move the file away"):
        State(path)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path):
    path = tmp_path / "state.db"
    State(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveError, match="newer verify"):
        State(path)
