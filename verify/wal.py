"""SQLite's write-ahead log, switched on while others may be doing the same.

The switch needs the file alone, and SQLite gives up on it at once where another holds the file,
whatever patience the connection has (https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode).
It knows nothing of what the file holds.
"""

from __future__ import annotations

import sqlite3
import time

#: Seconds between two tries.
PAUSE = 0.02


def switch_on(db: sqlite3.Connection, patience: float) -> None:
    """Put the file into WAL mode, trying for `patience` seconds. Raises sqlite3.Error."""
    until = time.monotonic() + patience
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
