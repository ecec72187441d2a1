"""The archive: what official sources said, kept word for word, in SQLite.

Opened read-only it cannot be changed. Adding never drops a second source's same words, never
overwrites a text (an edit supersedes, both are kept), and is all or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np

from verify import when, words
from verify.archive import rows, schema
from verify.archive.vectors import Vectors
from verify.errors import ArchiveError
from verify.stem import stem
from verify.values import Statement

#: Statements embedded at a time while adding.
CHUNK = 256
#: Query words looked up in the full-text index, rarest first: more only add common words.
MAX_WORDS = 12
IN_WINDOW = "SELECT id FROM statements WHERE published_at BETWEEN ? AND ?"

#: Completes a statement as it is read: its commitment and event time.
Complete = Callable[[Statement], Statement]
Progress = Callable[[int], None]
#: When statements were published: from, to.
Window = tuple[datetime, datetime]


class Encoder(Protocol):
    """What the archive needs of an encoder."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of unit length."""
        ...


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of the statements given to `add`."""

    added: int
    known: int
    superseded: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds; times are ISO dates."""

    path: str | None
    statements: int
    sources: int
    superseded: int
    first: str | None
    last: str | None
    encoder: str | None
    without_vector: int
    by_kind: dict[str, int]


def dated(statement: Statement) -> Statement:
    """Give a statement the event time its words name, else, as a guess, its day of publication."""
    if statement.event_time is not None or statement.published_at is None:
        return statement
    day = replace(when.whole_day(statement.published_at), precise=False)
    found = when.event_time(statement.text, statement.published_at, day)
    return replace(statement, event_time=found)


class Archive:
    """One open archive; use it as a context manager, or call `close`. One thread at a time."""

    def __init__(self, db: Any, path: Path | None, complete: Complete | None = None) -> None:
        self._db = db
        self.path = path
        self._complete = complete or dated
        with schema.explained(path or "in memory"):
            self._vectors = Vectors(db.conn, path)
        self._counts: dict[str, int] = {}

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        readonly: bool = False,
        encoder_name: str | None = None,
        complete: Complete | None = None,
    ) -> Self:
        """Open an archive; one that does not exist is made unless `readonly`.

        Raises ArchiveError where it cannot be, or where its vectors are another encoder's than
        `encoder_name`.
        """
        where = Path(path).expanduser()
        db = schema.open_for_reading(where) if readonly else schema.open_for_writing(where)
        archive = cls(db, where, complete)
        try:
            archive.check_encoder(encoder_name)
        except ArchiveError:
            archive.close()
            raise
        return archive

    @classmethod
    def in_memory(cls, complete: Complete | None = None) -> Self:
        """Make an empty archive that lives as long as this program."""
        return cls(schema.open_in_memory(), None, complete)

    def close(self) -> None:
        """Close the file; an archive in memory is gone."""
        with schema.explained(self.name):
            self._vectors.settle()
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Return the archive's path, for messages."""
        return str(self.path) if self.path else "in memory"

    @property
    def size(self) -> int:
        """Count the statements, superseded ones included."""
        return int(self._value("SELECT count(*) FROM statements"))

    @property
    def encoder_name(self) -> str | None:
        """Name the encoder that made the vectors; None where there are none yet."""
        name = self._value("SELECT value FROM properties WHERE name = 'encoder'")
        return None if name is None else str(name)

    def check_encoder(self, name: str | None) -> None:
        """Raise ArchiveError where the vectors are another encoder's."""
        own = self.encoder_name
        if name is not None and own is not None and own != name:
            raise ArchiveError(
                f"archive {self.name} holds vectors of the encoder {own}, not {name}: run `verify "
                f"archive encode --archive {self.name} --encoder {name}`, or use --encoder {own}"
            )

    def add(
        self,
        statements: Iterable[Statement],
        encoder: Encoder | None = None,
        progress: Progress | None = None,
    ) -> AddResult:
        """Add statements, all or none; those already there (by `rows.key`) are left as they are.

        A post's other text under the same address is an edit: it supersedes the earlier one.
        `progress` is told how many more were taken in. Raises ArchiveError.
        """
        self.check_encoder(encoder.name if encoder else None)
        added = known = superseded = 0
        with schema.explained(self.name), self._db.atomic():
            for chunk in rows.chunks(statements, CHUNK):
                fresh = [(self._insert(statement), statement) for statement in chunk]
                new = [(number, statement) for number, statement in fresh if number is not None]
                superseded += sum(self._supersede(number, s) for number, s in new)
                if encoder is not None and new:
                    self._store_vectors(encoder, [n for n, _ in new], [s.text for _, s in new])
                added += len(new)
                known += len(chunk) - len(new)
                if progress:
                    progress(len(chunk))
        self._changed()
        return AddResult(added, known, superseded)

    def encode(self, encoder: Encoder, progress: Progress | None = None) -> int:
        """Make the vectors anew by an encoder, or only the missing ones where it is the same.

        Returns how many were made. All or nothing. Raises ArchiveError.
        """
        made = 0
        with schema.explained(self.name), self._db.atomic():
            if self.encoder_name != encoder.name:
                self._db.conn.execute("DELETE FROM vectors")
                self._db.conn.execute("DELETE FROM properties WHERE name = 'encoder'")
            missing = self._db.conn.execute(
                "SELECT id, text FROM statements WHERE id NOT IN (SELECT statement FROM vectors)"
            ).fetchall()
            for chunk in rows.chunks(missing, CHUNK):
                self._store_vectors(encoder, [n for n, _ in chunk], [text for _, text in chunk])
                made += len(chunk)
                if progress:
                    progress(len(chunk))
        self._changed()
        return made

    def remove(self, ids: Iterable[str]) -> int:
        """Remove statements by id; return how many were there. All or nothing."""
        numbers = [(number,) for number in map(rows.number_of, ids) if number is not None]
        with schema.explained(self.name), self._db.atomic():
            connection = self._db.conn
            connection.executemany(
                "UPDATE statements SET superseded_by = NULL WHERE superseded_by = ?", numbers
            )
            connection.executemany("DELETE FROM vectors WHERE statement = ?", numbers)
            removed = connection.executemany(
                "DELETE FROM statements WHERE id = ?", numbers
            ).rowcount
            connection.execute(
                "DELETE FROM sources WHERE id NOT IN (SELECT source FROM statements)"
            )
        self._changed()
        return max(0, int(removed))

    def get(self, ids: Iterable[str]) -> list[Statement]:
        """Return statements by id, in the order given; unknown ids are left out."""
        numbers = [number for number in map(rows.number_of, ids) if number is not None]
        found = {}
        for chunk in rows.chunks(numbers, 500):
            marks = ",".join("?" * len(chunk))
            for row in self._rows(f"{rows.SELECT} WHERE statements.id IN ({marks})", chunk):
                found[row[0]] = self._complete(rows.statement_of(row))
        return [found[number] for number in numbers if number in found]

    def all(self, limit: int | None = None, source: str | None = None) -> list[Statement]:
        """Return the statements, newest first; those of one source where its name is given."""
        where, given = ("WHERE sources.name = ? COLLATE NOCASE", [source]) if source else ("", [])
        order = "ORDER BY published_at DESC, statements.id DESC LIMIT ?"
        found = self._rows(
            f"{rows.SELECT} {where} {order}", [*given, -1 if limit is None else limit]
        )
        return [self._complete(rows.statement_of(row)) for row in found]

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """Return statements' texts by id, for ranking many without reading them in full."""
        numbers = [number for number in map(rows.number_of, ids) if number is not None]
        found = {}
        for chunk in rows.chunks(numbers, 500):
            marks = ",".join("?" * len(chunk))
            for n, text in self._rows(
                f"SELECT id, text FROM statements WHERE id IN ({marks})", chunk
            ):
                found[rows.id_of(n)] = text
        return found

    def words(
        self, query: str, limit: int = 200, window: Window | None = None
    ) -> list[tuple[str, float]]:
        """Return ids and scores (BM25, higher is better) of statements that share words.

        `window` keeps those published within it, both ends included.
        """
        asked = {word: self.frequency(word) for word in words.split(words.searchable(query))}
        rare = sorted((count, word) for word, count in asked.items() if count)[:MAX_WORDS]
        if not rare:
            return []
        match = " OR ".join(f'"{word}"' for _, word in rare)
        sql, given = (
            "SELECT rowid, -rank FROM statements_fts WHERE statements_fts MATCH ? ",
            [match],
        )
        if window is not None:
            sql += f"AND rowid IN ({IN_WINDOW}) "
            given += rows.window_text(window)
        found = self._rows(sql + "ORDER BY rank, rowid LIMIT ?", [*given, limit])
        return [(rows.id_of(n), float(score)) for n, score in found]

    def frequency(self, word: str) -> int:
        """Count the statements that hold a word or another form of it."""
        stemmed = stem(word)
        if stemmed not in self._counts:
            sql = "SELECT doc FROM statements_words WHERE term = ?"
            self._counts[stemmed] = int(self._value(sql, [stemmed]) or 0)
        return self._counts[stemmed]

    def nearest(
        self, vector: np.ndarray, limit: int = 200, window: Window | None = None
    ) -> list[tuple[str, float]]:
        """Return ids and cosines of the statements whose vectors are nearest to a unit vector.

        `window` keeps those published within it, both ends included.
        """
        within = None
        if window is not None:
            found = self._rows(IN_WINDOW + " ORDER BY id", rows.window_text(window))
            within = np.array([number for (number,) in found], dtype=np.int64)
        with schema.explained(self.name):
            nearest = self._vectors.nearest(vector, limit, within)
        return [(rows.id_of(number), score) for number, score in nearest]

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of statements by id; one that has none is left out."""
        numbers = [number for number in map(rows.number_of, ids) if number is not None]
        with schema.explained(self.name):
            return {rows.id_of(n): vector for n, vector in self._vectors.of(numbers).items()}

    def info(self) -> Contents:
        """Say what the archive holds."""
        first, last = self._rows("SELECT min(published_at), max(published_at) FROM statements")[0]
        kinds = self._rows(
            "SELECT kind, count(*) FROM statements JOIN sources ON sources.id = source "
            "GROUP BY kind ORDER BY count(*) DESC, kind"
        )
        without = "SELECT count(*) FROM statements WHERE id NOT IN (SELECT statement FROM vectors)"
        edited = "SELECT count(*) FROM statements WHERE superseded_by IS NOT NULL"
        return Contents(
            path=str(self.path) if self.path else None,
            statements=self.size,
            sources=int(self._value("SELECT count(*) FROM sources")),
            superseded=int(self._value(edited)),
            first=first,
            last=last,
            encoder=self.encoder_name,
            without_vector=int(self._value(without)),
            by_kind={str(kind): int(count) for kind, count in kinds},
        )

    def _rows(self, sql: str, given: Sequence[Any] = ()) -> list[Any]:
        with schema.explained(self.name):
            return list(self._db.conn.execute(sql, list(given)).fetchall())

    def _value(self, sql: str, given: Sequence[Any] = ()) -> Any:
        found = self._rows(sql, given)
        return found[0][0] if found else None

    def _changed(self) -> None:
        self._counts.clear()
        with schema.explained(self.name):
            self._vectors.refresh()

    def _insert(self, statement: Statement) -> int | None:
        """Insert a statement; None where it is there already."""
        connection = self._db.conn
        source = rows.source_row(statement.source)
        connection.execute(
            "INSERT OR IGNORE INTO sources (ident, name, kind, party, named, place) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            source,
        )
        (number,) = connection.execute(
            "SELECT id FROM sources WHERE (ident, name, kind, party, named, place) = "
            "(?, ?, ?, ?, ?, ?)",
            source,
        ).fetchone()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cursor = connection.execute(
            "INSERT INTO statements (key, source, text, quote, searchable, published_at, url, "
            "relayed_by, event_time, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO NOTHING",
            (rows.key(statement), number, *rows.statement_row(statement), now),
        )
        return int(cursor.lastrowid) if cursor.rowcount > 0 else None

    def _supersede(self, number: int, statement: Statement) -> int:
        """Mark the earlier text of an edited post; return how many were marked."""
        if not rows.is_post(statement.url):
            return 0
        texts_there = self._db.conn.execute(
            "SELECT s.id FROM statements s JOIN statements n ON n.id = ? JOIN sources a "
            "ON a.id = s.source JOIN sources b ON b.id = n.source "
            "WHERE s.url = n.url AND a.name = b.name ORDER BY s.published_at, s.id",
            (number,),
        ).fetchall()
        order = [n for (n,) in texts_there]
        pairs = [(later, earlier) for earlier, later in pairwise(order)]
        self._db.conn.executemany("UPDATE statements SET superseded_by = ? WHERE id = ?", pairs)
        return 1 if pairs else 0

    def _store_vectors(
        self, encoder: Encoder, numbers: Sequence[int], given: Sequence[str]
    ) -> None:
        vectors = np.ascontiguousarray(encoder.encode(list(given)), dtype="<f4")
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO vectors (statement, vector) VALUES (?, ?)",
            [(number, vector.tobytes()) for number, vector in zip(numbers, vectors, strict=True)],
        )
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO properties (name, value) VALUES (?, ?)",
            [("encoder", encoder.name), ("dimension", str(vectors.shape[1]))],
        )
