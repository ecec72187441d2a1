"""The write-ahead log is switched on while others hold the file, and not waited for for ever."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from verify import wal


def held(path: Path) -> sqlite3.Connection:
    """A connection that holds the file alone."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE t (a)")
    other.execute("BEGIN EXCLUSIVE")
    return other


def test_the_switch_waits_until_the_file_is_free(tmp_path: Path) -> None:
    other = held(tmp_path / "a.db")
    db = sqlite3.connect(tmp_path / "a.db", timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        wal.switch_on(db, patience=0)
    free = threading.Timer(0.1, other.execute, ("COMMIT",))
    free.start()
    wal.switch_on(db, patience=60)
    free.join()
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


class Broken:
    """A connection that counts how often it is asked, and fails otherwise than by a lock."""

    asked = 0

    def execute(self, sql: str) -> None:
        self.asked += 1
        raise sqlite3.OperationalError("disk I/O error")


def test_another_failure_is_raised_without_a_second_try() -> None:
    broken = Broken()
    with pytest.raises(sqlite3.OperationalError, match="disk"):
        wal.switch_on(broken, patience=60)  # type: ignore[arg-type]
    assert broken.asked == 1


def test_what_is_no_lock_is_raised_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is no database, it is a text" * 40)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        wal.switch_on(sqlite3.connect(tmp_path / "a.db"), patience=60)
