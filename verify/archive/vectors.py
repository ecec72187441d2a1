"""The nearest vectors of an archive: exact where it is small, by sign codes where it is large.

The vectors' home is the table `vectors`. It never changes an archive; the files beside a large one
(`codes`) repeat that table, and a reader that finds them missing or old reads the table instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from verify.archive.codes import Codes

#: From so many statements on sign codes are used; below, every vector is compared.
LARGE = 20_000
#: Vectors read from the table at a time.
CHUNK = 8192

Found = tuple[np.ndarray, np.ndarray]


class Vectors:
    """The vectors of one open archive, read when first asked for."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._folder = None if path is None else path.with_name(path.name + ".vectors")
        self._loaded: Found | None = None
        self._codes: Codes | None = None
        self._is_behind = False

    def settle(self) -> None:
        """Do what had to wait for a transaction's end, and let go of the files."""
        if self._is_behind:
            self.refresh()
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        if self._codes is not None:
            self._codes.close()
        self._loaded = self._codes = None

    def refresh(self) -> None:
        """Bring the files beside a large archive up to date, after it has changed."""
        self.close()
        self._is_behind = self._connection.in_transaction
        if self._folder is None or self._is_behind or self._count() < LARGE:
            return
        codes, generation = Codes(self._folder), self._generation()
        is_usable = codes.generation == generation and self._agrees(codes)
        # They only repeat the table: where they cannot be written, it is read instead.
        with suppress(OSError):
            codes.extend(self._chunks(codes.last if is_usable else 0), generation, not is_usable)

    def nearest(
        self, vector: np.ndarray, limit: int, within: np.ndarray | None = None
    ) -> list[tuple[int, float]]:
        """Return row numbers and cosines, best first, of all rows or of those `within`."""
        codes = self._files(len(vector))
        parts = [self._exact(self._chunks(codes.last if codes else 0), vector, within)]
        if codes is not None:
            parts.append(codes.nearest(vector, limit, within))
        numbers = np.concatenate([numbers for numbers, _ in parts])
        return best(numbers, np.concatenate([scores for _, scores in parts]), limit)

    def of(self, numbers: Sequence[int]) -> dict[int, np.ndarray]:
        """Return vectors by row number."""
        found = {}
        for start in range(0, len(numbers), 500):
            chunk = list(numbers[start : start + 500])
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT statement, vector FROM vectors WHERE statement IN ({marks})"
            for number, blob in self._connection.execute(sql, chunk):
                found[number] = np.frombuffer(blob, dtype="<f4")
        return found

    def _files(self, dimension: int) -> Codes | None:
        """Open the files beside the archive where they fit it."""
        if self._codes is None and self._folder is not None and self._folder.is_dir():
            codes = Codes(self._folder)
            if codes.fits(self._generation(), dimension) and self._agrees(codes):
                self._codes = codes
        return self._codes

    def _exact(
        self, chunks: Iterator[Found], vector: np.ndarray, within: np.ndarray | None
    ) -> Found:
        """Compare every vector; those of a small archive are kept for the next time."""
        if self._loaded is not None:
            chunks = iter([self._loaded])
        asked = vector.astype(np.float32)
        found, seen = [], []
        for numbers, matrix in chunks:
            if matrix.shape[1] != len(asked):
                continue
            seen.append((numbers, matrix))
            found.append(_within(numbers, np.einsum("ij,j->i", matrix, asked), within))
            if sum(len(numbers) for numbers, _ in seen) >= LARGE:
                seen = []
        if self._codes is None and self._loaded is None and seen and len(seen) == len(found):
            both = zip(*seen, strict=True)
            self._loaded = tuple(np.concatenate(part) for part in both)  # type: ignore[assignment]
        empty = np.zeros(0, np.int64), np.zeros(0, np.float32)
        numbers = np.concatenate([numbers for numbers, _ in [empty, *found]])
        return numbers, np.concatenate([scores for _, scores in [empty, *found]])

    def _chunks(self, after: int) -> Iterator[Found]:
        """Read the vectors of rows above a number from the table, in ascending order."""
        sql = "SELECT statement, vector FROM vectors WHERE statement > ? ORDER BY statement LIMIT ?"
        while rows := self._connection.execute(sql, (after, CHUNK)).fetchall():
            numbers = np.array([number for number, _ in rows], dtype=np.int64)
            matrix = np.frombuffer(b"".join(blob for _, blob in rows), dtype="<f4")
            yield numbers, matrix.reshape(len(rows), -1)
            after = int(numbers[-1])

    def _agrees(self, codes: Codes) -> bool:
        """Tell whether the newest vector in the files is the table's (not another copy's)."""
        if codes.rows == 0:
            return False
        there = self.of([codes.last]).get(codes.last)
        return there is not None and there.tobytes() == codes.newest()

    def _count(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def _generation(self) -> str:
        """Name the vectors' state but for additions: it changes when any is removed or remade."""
        sql = "SELECT name, value FROM properties WHERE name IN ('encoder', 'generation')"
        return "/".join(f"{name}={value}" for name, value in sorted(self._connection.execute(sql)))


def _within(numbers: np.ndarray, scores: np.ndarray, within: np.ndarray | None) -> Found:
    if within is None:
        return numbers, scores
    kept = np.isin(numbers, within, assume_unique=True)
    return numbers[kept], scores[kept]


def best(numbers: np.ndarray, scores: np.ndarray, limit: int) -> list[tuple[int, float]]:
    """Return the numbers with the highest scores, best first; of equal ones the lowest number."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return []
    floor = np.partition(scores, -limit)[-limit]
    kept = np.flatnonzero(scores >= floor)
    order = np.lexsort((numbers[kept], -scores[kept]))[:limit]
    return [(int(numbers[i]), float(scores[i])) for i in kept[order]]
