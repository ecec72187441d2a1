"""How statements were come by, and what became of them: fetched, edited, withdrawn.

What was edited or withdrawn stays in the archive with its own text. It never adds or removes a
statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from verify.archive import rows, schema
from verify.archive.store import Archive
from verify.values import Statement


@dataclass(frozen=True, slots=True)
class Fetch:
    """The SHA-256 of the raw text a statement was read from, when it was fetched, and how."""

    sha256: str
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What is known about one statement besides itself."""

    fetch: Fetch | None = None
    withdrawn_at: datetime | None = None
    reason: str | None = None


@contextmanager
def together(archive: Archive) -> Iterator[None]:
    """Make everything that is written within one transaction.

    It takes its turn at the start: one that reads first and finds out later that another program
    has written meanwhile could only fail.
    """
    connection = archive._db.conn
    with schema.explained(archive.name):
        if connection.in_transaction:
            with archive._db.atomic():
                yield
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise


def wait_for_others(archive: Archive, seconds: float) -> None:
    """Let an open archive wait so long for other programs that write it, before it fails."""
    with schema.explained(archive.name):
        archive._db.conn.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def note(archive: Archive, fetched: Iterable[tuple[Statement, Fetch]]) -> None:
    """Keep how statements that the archive holds were first fetched. Raises ArchiveError."""
    given = [
        (fetch.sha256, _stamp(fetch.at), fetch.how, rows.key(statement))
        for statement, fetch in fetched
    ]
    with together(archive):
        archive._db.conn.executemany(
            "INSERT OR IGNORE INTO fetched (statement, sha256, at, how) "
            "SELECT id, ?, ?, ? FROM statements WHERE key = ?",
            given,
        )


def supersede(
    archive: Archive, urls: Sequence[str], later: Statement, only: str | None = None
) -> int:
    """Mark the same source's statements at these addresses as superseded by a later one.

    `only` is the id of the one that is meant, where not all are. Returns how many were marked.
    Raises ArchiveError.
    """
    marked = 0
    with together(archive):
        for url in urls:
            cursor = archive._db.conn.execute(
                "UPDATE statements SET superseded_by = n.id FROM statements n WHERE n.key = ? "
                "AND statements.url = ? AND statements.id != n.id AND statements.source = n.source "
                "AND statements.superseded_by IS NULL AND n.superseded_by IS NOT statements.id "
                "AND statements.id = coalesce(?, statements.id)",
                (rows.key(later), url, rows.number_of(only) if only else None),
            )
            marked += cursor.rowcount
    return marked


def standing(archive: Archive, url: str, how: Collection[str]) -> list[Statement]:
    """Return what was fetched from an address in one of these ways and still stands."""
    found = archive._rows(
        f"{rows.SELECT} JOIN fetched ON fetched.statement = statements.id WHERE url = ? "
        f"AND how IN ({','.join('?' * len(how))}) AND superseded_by IS NULL AND statements.id "
        "NOT IN (SELECT statement FROM withdrawn) ORDER BY statements.id",
        [url, *how],
    )
    return [rows.statement_of(row) for row in found]


def withdraw(archive: Archive, ids: Iterable[str], when: datetime, reason: str) -> int:
    """Mark statements as withdrawn by their source; those marked already keep their first date.

    Returns how many were marked. Raises ArchiveError.
    """
    given = [(n, _stamp(when), reason) for n in map(rows.number_of, ids) if n is not None]
    with together(archive):
        cursor = archive._db.conn.executemany(
            "INSERT OR IGNORE INTO withdrawn (statement, at, reason) VALUES (?, ?, ?)", given
        )
    return max(0, int(cursor.rowcount))


def restore(archive: Archive, statements: Iterable[Statement]) -> None:
    """Take the mark from statements that are said again. Raises ArchiveError."""
    with together(archive):
        archive._db.conn.executemany(
            "DELETE FROM withdrawn WHERE statement = (SELECT id FROM statements WHERE key = ?)",
            [(rows.key(statement),) for statement in statements],
        )


def fate(archive: Archive, ident: str) -> Fate:
    """Return what is known about a statement besides itself."""
    number = rows.number_of(ident)
    fetched = archive._rows("SELECT sha256, at, how FROM fetched WHERE statement = ?", [number])
    gone = archive._rows("SELECT at, reason FROM withdrawn WHERE statement = ?", [number])
    fetch = [Fetch(sha, datetime.fromisoformat(when), how) for sha, when, how in fetched]
    if not gone:
        return Fate(fetch[0] if fetch else None)
    when, reason = gone[0]
    return Fate(fetch[0] if fetch else None, datetime.fromisoformat(when), reason)


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
