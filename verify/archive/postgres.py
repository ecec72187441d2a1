"""The archive of a newsroom: the same statements, asked the same way, in PostgreSQL with pgvector.

For many readers and writers at once, and for more than one machine's disk. Words are ranked by the
formula of SQLite's FTS5, vectors exactly in a small archive and by an HNSW index in a large one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

import numpy as np

from verify import words
from verify.archive import rows
from verify.archive.postgres_schema import connect, explained, turn
from verify.archive.store import (
    CHUNK,
    MAX_WORDS,
    AddResult,
    Complete,
    Contents,
    Encoder,
    Progress,
    Window,
    dated,
)
from verify.archive.vectors import LARGE
from verify.errors import ArchiveError
from verify.stem import stem
from verify.values import Statement

#: SQLite's bm25(): k1 1.2, b .75; a word in half of all statements or more weighs next to nothing.
_BM25 = """
SELECT s.id, sum(w.weight * cardinality(t.positions) * 2.2 / (cardinality(t.positions)
    + 1.2 * (0.25 + 0.75 * s.length / %s))) AS score
FROM statements s CROSS JOIN LATERAL unnest(s.terms) AS t
JOIN unnest(%s::text[], %s::float8[]) AS w (term, weight) ON w.term = t.lexeme
WHERE s.terms @@ %s::tsquery {window} GROUP BY s.id ORDER BY score DESC, s.id LIMIT %s
"""


class PostgresArchive:
    """One open archive in PostgreSQL, with the methods of `Archive`. One thread at a time."""

    path = None

    def __init__(self, connection: Any, name: str, complete: Complete | None = None) -> None:
        self._db = connection
        self.name = name
        self._complete = complete or dated
        self._counts: dict[str, int] = {}

    @classmethod
    def open(
        cls,
        address: str,
        *,
        readonly: bool = False,
        encoder_name: str | None = None,
        complete: Complete | None = None,
    ) -> Self:
        """Open an archive; its tables are made unless `readonly`. Raises ArchiveError."""
        connection, name = connect(address, readonly)
        archive = cls(connection, name, complete)
        try:
            archive.check_encoder(encoder_name)
        except ArchiveError:
            archive.close()
            raise
        return archive

    def close(self) -> None:
        """Close the connection."""
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
        """Add statements, all or none; as `Archive.add`. Raises ArchiveError."""
        self.check_encoder(encoder.name if encoder else None)
        added = known = superseded = 0
        with explained(self.name), turn(self._db):
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
        """Make the vectors anew by an encoder, or only the missing ones; return how many."""
        made = 0
        with explained(self.name), turn(self._db):
            if self.encoder_name != encoder.name:
                self._db.execute("DROP INDEX IF EXISTS vectors_near")
                self._db.execute("DELETE FROM vectors")
                self._db.execute("DELETE FROM properties WHERE name IN ('encoder', 'dimension')")
            missing = self._rows(
                "SELECT id, text FROM statements WHERE id NOT IN (SELECT statement FROM vectors) "
                "ORDER BY id"
            )
            for chunk in rows.chunks(missing, CHUNK):
                self._store_vectors(encoder, [n for n, _ in chunk], [text for _, text in chunk])
                made += len(chunk)
                if progress:
                    progress(len(chunk))
        self._changed()
        return made

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Mark statements as superseded, given pairs of keys: the earlier, the later."""
        with explained(self.name), turn(self._db):
            for earlier, later in pairs:
                self._db.execute(
                    "UPDATE statements SET superseded_by = n.id FROM statements n "
                    "WHERE n.key = %s AND statements.key = %s",
                    (later, earlier),
                )

    def remove(self, ids: Iterable[str]) -> int:
        """Remove statements by id; return how many were there. All or nothing."""
        numbers = _numbers(ids)
        with explained(self.name), turn(self._db):
            self._db.execute(
                "UPDATE statements SET superseded_by = NULL WHERE superseded_by = ANY(%s)",
                [numbers],
            )
            removed = self._db.execute("DELETE FROM statements WHERE id = ANY(%s)", [numbers])
            self._db.execute("DELETE FROM sources WHERE id NOT IN (SELECT source FROM statements)")
        self._changed()
        return int(removed.rowcount)

    def get(self, ids: Iterable[str]) -> list[Statement]:
        """Return statements by id, in the order given; unknown ids are left out."""
        numbers = _numbers(ids)
        found = {
            row[0]: self._complete(rows.statement_of(row))
            for row in self._rows(f"{rows.SELECT} WHERE statements.id = ANY(%s)", [numbers])
        }
        return [found[number] for number in numbers if number in found]

    def all(self, limit: int | None = None, source: str | None = None) -> list[Statement]:
        """Return the statements, newest first; those of one source where its name is given."""
        where = "WHERE lower(sources.name) = lower(%s)" if source else ""
        found = self._rows(
            f"{rows.SELECT} {where} ORDER BY published_at DESC, statements.id DESC LIMIT %s",
            [*([source] if source else []), limit],
        )
        return [self._complete(rows.statement_of(row)) for row in found]

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """Return statements' texts by id."""
        found = self._rows("SELECT id, text FROM statements WHERE id = ANY(%s)", [_numbers(ids)])
        return {rows.id_of(number): text for number, text in found}

    def words(
        self, query: str, limit: int = 200, window: Window | None = None
    ) -> list[tuple[str, float]]:
        """Return ids and scores (BM25) of statements that share words; as `Archive.words`."""
        asked = {word: self.frequency(word) for word in words.split(words.searchable(query))}
        rare = sorted((count, word) for word, count in asked.items() if count)[:MAX_WORDS]
        if not rare:
            return []
        total, mean = self._rows("SELECT count(*), avg(length)::float8 FROM statements")[0]
        weights = Counter[str]()
        for count, word in rare:  # two forms of one word weigh twice, as in FTS5
            rarity = float(np.log((total - count + 0.5) / (count + 0.5)))
            weights[stem(word)] += rarity if rarity > 0 else 1e-6  # type: ignore[assignment]
        match = " | ".join(f"'{term}'" for term in weights)
        given = [mean, list(weights), list(weights.values()), match]
        between = ""
        if window is not None:
            between = "AND s.published_at BETWEEN %s AND %s"
            given += rows.window_text(window)
        found = self._rows(_BM25.format(window=between), [*given, limit])
        return [(rows.id_of(number), float(score)) for number, score in found]

    def frequency(self, word: str) -> int:
        """Count the statements that hold a word or another form of it."""
        stemmed = stem(word)
        if stemmed not in self._counts:
            sql = "SELECT count(*) FROM statements WHERE terms @@ %s::tsquery"
            self._counts[stemmed] = int(self._value(sql, [f"'{stemmed}'"]))
        return self._counts[stemmed]

    def nearest(
        self, vector: np.ndarray, limit: int = 200, window: Window | None = None
    ) -> list[tuple[str, float]]:
        """Return ids and cosines of the nearest statements; as `Archive.nearest`."""
        size, asked = len(vector), _written(vector)
        if self._value("SELECT value FROM properties WHERE name = 'dimension'") != str(size):
            return []
        if window is None:
            # As the index has it: a condition more, and the planner compares every vector.
            order, where, given = f"v.vector::vector({size}) <#> %s::vector({size})", "", []
        else:
            # Not as the index has it: that finds the nearest of all days, and then drops them.
            order, where = "v.vector <#> %s::vector", "WHERE s.published_at BETWEEN %s AND %s"
            given = rows.window_text(window)
        joined = "JOIN statements s ON s.id = v.statement" if where else ""
        found = self._rows(
            f"SELECT v.statement, -({order}) FROM vectors v {joined} {where} "
            f"ORDER BY {order} LIMIT %s",
            [asked, *given, asked, limit],
        )
        ranked = sorted(found, key=lambda row: (-row[1], row[0]))
        return [(rows.id_of(number), float(score)) for number, score in ranked]

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of statements by id; one that has none is left out."""
        sql = "SELECT statement, vector::real[] FROM vectors WHERE statement = ANY(%s)"
        found = self._rows(sql, [_numbers(ids)])
        return {rows.id_of(n): np.array(vector, dtype="<f4") for n, vector in found}

    def info(self) -> Contents:
        """Say what the archive holds."""
        first, last = self._rows("SELECT min(published_at), max(published_at) FROM statements")[0]
        kinds = self._rows(
            "SELECT kind, count(*) FROM statements JOIN sources ON sources.id = source "
            "GROUP BY kind ORDER BY count(*) DESC, kind"
        )
        count = "SELECT count(*) FROM statements"
        return Contents(
            path=self.name,
            statements=self.size,
            sources=int(self._value("SELECT count(*) FROM sources")),
            superseded=int(self._value(f"{count} WHERE superseded_by IS NOT NULL")),
            first=first,
            last=last,
            encoder=self.encoder_name,
            without_vector=self.size - int(self._value("SELECT count(*) FROM vectors")),
            by_kind={str(kind): int(number) for kind, number in kinds},
        )

    def _rows(self, sql: str, given: Sequence[Any] = ()) -> list[Any]:
        with explained(self.name):
            return list(self._db.execute(sql, list(given) or None).fetchall())

    def _value(self, sql: str, given: Sequence[Any] = ()) -> Any:
        found = self._rows(sql, given)
        return found[0][0] if found else None

    def _changed(self) -> None:
        """Forget counts; give a large archive its index."""
        self._counts.clear()
        size = self._value("SELECT value FROM properties WHERE name = 'dimension'")
        if size is None or int(self._value("SELECT count(*) FROM vectors")) < LARGE:
            return
        with explained(self.name):
            self._db.execute(
                "CREATE INDEX IF NOT EXISTS vectors_near ON vectors "
                f"USING hnsw ((vector::vector({int(size)})) vector_ip_ops)"
            )

    def _insert(self, statement: Statement) -> int | None:
        """Insert a statement; None where it is there already."""
        key = rows.key(statement)
        if self._rows("SELECT 1 FROM statements WHERE key = %s", [key]):
            return None
        source = rows.source_row(statement.source)
        self._db.execute(
            "INSERT INTO sources (ident, name, kind, party, named, place) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            source,
        )
        columns = rows.statement_row(statement)
        spoken = words.split(columns[2])
        places = [f"'{stem(word)}':{n}" for n, word in enumerate(spoken[:16_000], 1)]
        length = len(re.findall(r"[^\W_]+", columns[2]))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        (number,) = self._db.execute(
            "INSERT INTO statements (id, key, source, text, quote, searchable, published_at, url, "
            "relayed_by, event_time, added_at, terms, length) "
            "SELECT coalesce((SELECT max(id) FROM statements), 0) + 1, %s, sources.id, "
            "%s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s FROM sources "
            "WHERE (ident, name, kind, party, named, place) = (%s, %s, %s, %s, %s, %s) "
            "RETURNING id",
            (key, *columns, now, " ".join(places), length, *source),
        ).fetchone()
        return int(number)

    def _supersede(self, number: int, statement: Statement) -> int:
        """Mark the earlier text of an edited post; return how many were marked."""
        if not rows.is_post(statement.url):
            return 0
        order = self._rows(
            "SELECT s.id FROM statements s JOIN statements n ON n.id = %s JOIN sources a "
            "ON a.id = s.source JOIN sources b ON b.id = n.source "
            "WHERE s.url = n.url AND a.name = b.name ORDER BY s.published_at, s.id",
            [number],
        )
        for (earlier,), (later,) in pairwise(order):
            self._db.execute(
                "UPDATE statements SET superseded_by = %s WHERE id = %s", (later, earlier)
            )
        return 1 if len(order) > 1 else 0

    def _store_vectors(
        self, encoder: Encoder, numbers: Sequence[int], given: Sequence[str]
    ) -> None:
        vectors = np.ascontiguousarray(encoder.encode(list(given)), dtype="<f4")
        with self._db.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO vectors VALUES (%s, %s::vector) ON CONFLICT (statement) "
                "DO UPDATE SET vector = excluded.vector",
                [(n, _written(vector)) for n, vector in zip(numbers, vectors, strict=True)],
            )
            cursor.executemany(
                "INSERT INTO properties VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [("encoder", encoder.name), ("dimension", str(vectors.shape[1]))],
            )


def _numbers(ids: Iterable[str]) -> list[int]:
    return [number for number in map(rows.number_of, ids) if number is not None]


def _written(vector: np.ndarray) -> str:
    """Write a vector as pgvector reads it; every float32 comes back as it was."""
    return "[" + ",".join(map(str, np.asarray(vector, dtype=np.float32))) + "]"
