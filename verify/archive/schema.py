"""The archive's tables as numbered migrations, and opening its file for reading or writing.

A migration once released is never changed; a new one is added below it. Nothing here knows what a
statement means.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database, Migrations

from verify import wal
from verify.errors import ArchiveError

BUSY_SECONDS = 10.0
migrations = Migrations("verify.archive")
_NEEDED = {"key", "source", "text", "quote", "searchable", "published_at", "url", "added_at"}


@migrations(name="1")
def _create(db: Database) -> None:
    db.table("sources").create(
        {
            "id": int,
            "ident": str,
            "name": str,
            "kind": str,
            "party": str,
            "named": int,
            "place": str,
        },
        pk="id",
        not_null={"ident", "name", "kind", "party", "named", "place"},
        defaults={"ident": "", "party": "", "place": ""},
    )
    db.table("sources").create_index(
        ["ident", "name", "kind", "party", "named", "place"], unique=True
    )
    db.table("statements").create(
        {
            "id": int,
            "key": str,
            "source": int,
            "text": str,
            "quote": str,
            "searchable": str,
            "published_at": str,
            "url": str,
            "relayed_by": str,
            "event_time": str,
            "superseded_by": int,
            "added_at": str,
        },
        pk="id",
        not_null=_NEEDED,
        foreign_keys=[("source", "sources", "id")],
    )
    db.table("statements").create_index(["key"], unique=True)
    db.table("statements").create_index(["url"])
    db.table("statements").create_index(["published_at"])
    db.table("statements").enable_fts(
        ["searchable"], create_triggers=True, tokenize="porter unicode61"
    )
    db.execute("CREATE VIRTUAL TABLE statements_words USING fts5vocab(statements_fts, row)")
    db.table("vectors").create({"statement": int, "vector": bytes}, pk="statement")
    db.table("properties").create({"name": str, "value": str}, pk="name")


@migrations(name="2")
def _keep_provenance(db: Database) -> None:
    db.table("fetched").create(
        {"statement": int, "sha256": str, "at": str, "how": str},
        pk="statement",
        not_null={"sha256", "at", "how"},
    )
    db.table("withdrawn").create(
        {"statement": int, "at": str, "reason": str}, pk="statement", not_null={"at", "reason"}
    )
    db.execute(
        "CREATE TRIGGER statements_gone AFTER DELETE ON statements BEGIN "
        "DELETE FROM fetched WHERE statement = old.id; "
        "DELETE FROM withdrawn WHERE statement = old.id; END"
    )


@migrations(name="3")
def _count_generations(db: Database) -> None:
    """Let the files beside a large archive know when more than additions at the end was done."""
    db.execute("INSERT INTO properties (name, value) VALUES ('generation', '0')")
    bump = "UPDATE properties SET value = value + 1 WHERE name = 'generation'; END"
    db.execute(f"CREATE TRIGGER vectors_gone AFTER DELETE ON vectors BEGIN {bump}")
    db.execute(f"CREATE TRIGGER vectors_remade AFTER UPDATE ON vectors BEGIN {bump}")
    db.execute(
        "CREATE TRIGGER vectors_inserted AFTER INSERT ON vectors "
        f"WHEN new.statement < (SELECT max(statement) FROM vectors) BEGIN {bump}"
    )


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into ArchiveErrors that say what is wrong and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"archive {path} {_reason(error)}") from error


def _reason(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return "is being written by another program: try again when that has ended"
    if "readonly" in text or "read-only" in text:
        return "cannot be written: allow writing there or choose another with --archive PATH"
    if "unable to open" in text:
        return "cannot be opened: check that its folder exists and may be read and written"
    if "full" in text:
        return "cannot grow, the disk is full: nothing was added; make room and try again"
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return "is damaged or no archive: put a copy back, or name another with --archive PATH"
    return f"cannot be used ({text}): put a copy back, or name another with --archive PATH"


def open_for_reading(path: Path) -> Database:
    """Open an archive without any way to change it. Raises ArchiveError."""
    if not path.is_file():
        raise ArchiveError(
            f"archive {path} does not exist: make it with "
            f"`verify archive add FILE.jsonl --archive {path}`"
        )
    with explained(path):
        db = _connect_readonly(path)
        _check_version(db, path, writable=False)
    return db


def open_for_writing(path: Path) -> Database:
    """Open or make an archive and bring it up to date. Raises ArchiveError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"folder {path.parent} cannot be made ({error.strerror}): choose another "
            "with --archive PATH"
        ) from error
    with explained(path):
        is_new = not path.exists() or path.stat().st_size == 0
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        db = Database(connection)
        if not is_new:
            _check_version(db, path, writable=True)
        wal.switch_on(connection, BUSY_SECONDS)
        db.execute("PRAGMA synchronous=NORMAL")
        migrations.apply(db)
    return db


def open_in_memory() -> Database:
    """Make an empty archive that lives as long as this program."""
    db = Database(memory=True)
    migrations.apply(db)
    return db


def _connect_readonly(path: Path) -> Database:
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        # A folder that cannot be written has no place for the write-ahead log's index; nothing
        # waits in a log that is not there, so the file may be read as it stands.
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size > 0:
            raise
        connection = sqlite3.connect(address + "&immutable=1", uri=True, timeout=BUSY_SECONDS)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA query_only=1")
    return Database(connection, recursive_triggers=False)


def _check_version(db: Database, path: Path, *, writable: bool) -> None:
    tables = set(db.table_names())
    if tables and "_sqlite_migrations" not in tables:
        raise ArchiveError(
            f"{path} is a database of another program: name another with --archive PATH"
        )
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - known:
        raise ArchiveError(f"archive {path} was made by a newer verify: update verify to read it")
    if not applied and tables:
        raise ArchiveError(
            f"{path} is a database of another program: name another with --archive PATH"
        )
    if known - applied and not writable:
        raise ArchiveError(
            f"archive {path} was made by an older verify: run `verify archive encode --archive "
            f"{path}` once to bring it up to date"
        )
