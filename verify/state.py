"""What is remembered between runs, in `state.db` beside the archive: progress, caches, history.

Notes (one value under a room and a key) and a log (values in the order they came), both as JSON;
whoever keeps something owns its form. It never holds statements, keys or passwords, and losing it
loses no evidence: only what was asked already and how far a collection had come.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from verify import wal
from verify.errors import ArchiveError

NAME = "state.db"
#: Seconds to wait for another run's write; none takes longer than a page of posts.
PATIENCE = 60.0
#: Each brings a file from its number to the next; a file's number is its `user_version`.
MIGRATIONS = (
    """
    CREATE TABLE notes (
        room TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (room, key)
    ) WITHOUT ROWID;
    CREATE TABLE log (
        id INTEGER PRIMARY KEY, room TEXT NOT NULL, key TEXT NOT NULL,
        value TEXT NOT NULL, at TEXT NOT NULL
    );
    CREATE INDEX log_by_key ON log (room, key, id);
    """,
)


def beside(archive: str | Path) -> Path:
    """Return where the state of an archive is kept: in the same folder."""
    return Path(archive).expanduser().with_name(NAME)


class State:
    """One connection to a state file; close it, or use it in `with`. For one thread."""

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        """Open the file; make it where it is not there, unless `readonly`.

        Raises ArchiveError, in one line, where that fails.
        """
        self.path = Path(path)
        try:
            if readonly:
                address = f"{self.path.absolute().as_uri()}?mode=ro"
                self._db = sqlite3.connect(
                    address, timeout=PATIENCE, isolation_level=None, uri=True
                )
                self._db.execute("SELECT count(*) FROM notes")
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            wal.switch_on(self._db, PATIENCE)
            self._db.execute("PRAGMA synchronous = FULL")
            self._migrate()
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"{self.path} cannot be opened ({error}); make its folder writable, or move the "
                "file away: it holds progress and caches, no statements"
            ) from error

    def __enter__(self) -> State:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Make what is written within one transaction: all of it stays, or none."""
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._failed(error) from error
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._run("COMMIT")

    def put(self, room: str, key: str, value: Any, at: datetime) -> None:
        """Keep a value under a key, in place of what was there."""
        self._run(
            "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)",
            (room, key, json.dumps(value, ensure_ascii=False), _stamp(at)),
        )

    def get(self, room: str, key: str, since: datetime | None = None) -> Any:
        """Return the value of a key, None where there is none, or none kept at `since` or later."""
        row = self._run(
            "SELECT value FROM notes WHERE room = ? AND key = ? AND at >= ?",
            (room, key, _stamp(since) if since else ""),
        ).fetchone()
        return None if row is None else json.loads(row[0])

    def notes(self, room: str, prefix: str = "") -> list[tuple[str, Any]]:
        """Return the keys that begin with `prefix`, in their order, with their values."""
        rows = self._run("SELECT key, value FROM notes WHERE room = ? ORDER BY key", (room,))
        return [(key, json.loads(value)) for key, value in rows if key.startswith(prefix)]

    def drop(self, room: str, key: str) -> None:
        """Forget a key."""
        self._run("DELETE FROM notes WHERE room = ? AND key = ?", (room, key))

    def record(self, room: str, key: str, value: Any, at: datetime) -> None:
        """Add a value to the log."""
        self._run(
            "INSERT INTO log (room, key, value, at) VALUES (?, ?, ?, ?)",
            (room, key, json.dumps(value, ensure_ascii=False), _stamp(at)),
        )

    def history(self, room: str, key: str) -> list[tuple[datetime, Any]]:
        """Return what the log holds under a key, in the order it came, each with its time."""
        rows = self._run(
            "SELECT at, value FROM log WHERE room = ? AND key = ? ORDER BY id", (room, key)
        )
        return [(datetime.fromisoformat(at), json.loads(value)) for at, value in rows]

    @contextmanager
    def alone(self, name: str, is_patient: bool = False) -> Iterator[bool]:
        """Hold a name against other runs; gives False where another run holds it at this moment.

        A patient one waits until that run lets go instead. The system itself lets go of it when a
        run ends, however it ends.
        """
        import fcntl

        mark = sha256(name.encode()).hexdigest()[:16]
        path = self.path.with_name(f".{self.path.name}.{mark}.lock")
        number = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
            except OSError:
                yield False
                return
            yield True
        finally:
            os.close(number)

    def _migrate(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        number: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if number > len(MIGRATIONS):
            self._db.execute("ROLLBACK")
            raise ArchiveError(
                f"{self.path} was made by a newer verify; update verify, or move the file away: it "
                "holds progress and caches, no statements"
            )
        for step in MIGRATIONS[number:]:
            for command in filter(str.strip, step.split(";")):
                self._db.execute(command)
        self._db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        self._db.execute("COMMIT")

    def _run(self, command: str, given: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(command, given)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error) -> ArchiveError:
        return ArchiveError(
            f"{self.path} cannot be used ({error}); make it writable, or move it away: it holds "
            "progress and caches, no statements"
        )


def _stamp(at: datetime) -> str:
    """Write a time so that its order is that of the text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
