"""The tables of an archive in PostgreSQL, the way in, and what its errors mean.

The only module that knows psycopg; it never shows a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from verify.errors import ArchiveError

#: The form of the tables; an archive of a later one is refused.
VERSION = 1
#: Writers wait here for each other, so that two never insert one statement.
_TURN = 7301202611
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sources (
    id serial PRIMARY KEY, ident text NOT NULL, name text NOT NULL, kind text NOT NULL,
    party text NOT NULL, named integer NOT NULL, place text NOT NULL,
    UNIQUE (ident, name, kind, party, named, place)
);
CREATE TABLE IF NOT EXISTS statements (
    id bigint PRIMARY KEY, key text NOT NULL UNIQUE,
    source integer NOT NULL REFERENCES sources, text text NOT NULL, quote text NOT NULL,
    searchable text NOT NULL, published_at text COLLATE "C" NOT NULL, url text NOT NULL,
    relayed_by text, event_time text, superseded_by bigint, added_at text NOT NULL,
    terms tsvector NOT NULL, length integer NOT NULL
);
CREATE INDEX IF NOT EXISTS statements_terms ON statements USING gin (terms);
CREATE INDEX IF NOT EXISTS statements_url ON statements (url);
CREATE INDEX IF NOT EXISTS statements_published ON statements (published_at);
CREATE TABLE IF NOT EXISTS vectors (
    statement bigint PRIMARY KEY REFERENCES statements ON DELETE CASCADE, vector vector NOT NULL
);
CREATE TABLE IF NOT EXISTS properties (name text PRIMARY KEY, value text NOT NULL);
"""


def connect(address: str, readonly: bool) -> tuple[Any, str]:
    """Open a database and give its name without password; make the tables unless `readonly`.

    Raises ArchiveError.
    """
    try:
        import psycopg
    except ImportError as error:
        raise ArchiveError(
            "an archive in PostgreSQL needs psycopg: run `pip install 'verify[postgres]'`"
        ) from error
    name = without_password(address)
    with explained(name):
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
        try:
            _prepare(connection, name, readonly)
        except BaseException:
            connection.close()
            raise
    return connection, name


def _prepare(connection: Any, name: str, readonly: bool) -> None:
    if not readonly:
        with turn(connection):
            connection.execute("SET LOCAL client_min_messages = warning")
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            connection.execute(_SCHEMA)
            connection.execute(
                "INSERT INTO properties VALUES ('version', %s) ON CONFLICT DO NOTHING",
                [str(VERSION)],
            )
    if connection.execute("SELECT to_regclass('properties')").fetchone()[0] is None:
        raise ArchiveError(
            f"{name} holds no archive: make it with `verify archive copy FROM {name}`"
        )
    found = connection.execute("SELECT value FROM properties WHERE name = 'version'").fetchone()
    if found is not None and int(found[0]) > VERSION:
        raise ArchiveError(f"archive {name} was made by a newer verify: update verify to read it")
    if readonly:
        connection.execute("SET default_transaction_read_only = on")
    connection.execute("SELECT NULL::vector")  # loads pgvector, which knows the next setting
    connection.execute("SET hnsw.ef_search = 400")


@contextmanager
def turn(connection: Any) -> Iterator[None]:
    """Hold the writers' turn for one transaction."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        yield


def without_password(address: str) -> str:
    hidden = re.sub(r"//([^:/@?]*):[^@/]*@", r"//\1@", address)
    return re.sub(r"([?&]password=)[^&]*", r"\1***", hidden)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn psycopg's errors into ArchiveErrors that say what is wrong and what to do."""
    import psycopg

    try:
        yield
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise ArchiveError(f"archive {name} cannot be written: it was opened to read") from error
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())[:200]
        raise ArchiveError(
            f"archive {name} cannot be reached ({reason}): check the address and the server"
        ) from error
    except psycopg.Error as error:
        reason = " ".join(str(error).split())[:200]
        raise ArchiveError(
            f"archive {name} cannot be used ({reason}): check its rights and pgvector"
        ) from error
