"""The nearest vectors of an archive: exact where it is small, by sign codes where it is large.

The vectors' home is the table `vectors`. It never changes an archive, and is rebuilt from that
table whenever it does not fit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np


class Vectors:
    """The vectors of one open archive, read when first asked for."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._loaded: tuple[np.ndarray, np.ndarray] | None = None

    def refresh(self) -> None:
        """Forget what was read, after the archive has changed."""
        self._loaded = None

    def nearest(
        self, vector: np.ndarray, limit: int, within: np.ndarray | None = None
    ) -> list[tuple[int, float]]:
        """Return row numbers and cosines, best first, of all rows or of those `within`."""
        numbers, matrix = self._matrix()
        if not len(numbers) or matrix.shape[1] != len(vector):
            return []
        if within is not None:
            kept = np.flatnonzero(np.isin(numbers, within, assume_unique=True))
            numbers, matrix = numbers[kept], matrix[kept]
        scores = matrix @ vector.astype(np.float32)
        return best(numbers, scores, limit)

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

    def _matrix(self) -> tuple[np.ndarray, np.ndarray]:
        if self._loaded is None:
            rows = self._connection.execute(
                "SELECT statement, vector FROM vectors ORDER BY statement"
            ).fetchall()
            numbers = np.array([number for number, _ in rows], dtype=np.int64)
            matrix = np.frombuffer(b"".join(blob for _, blob in rows), dtype="<f4")
            self._loaded = numbers, matrix.reshape(len(rows), -1) if rows else matrix.reshape(0, 1)
        return self._loaded


def best(numbers: np.ndarray, scores: np.ndarray, limit: int) -> list[tuple[int, float]]:
    """Return the numbers with the highest scores, best first; of equal ones the lowest number."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return []
    floor = np.partition(scores, -limit)[-limit]
    kept = np.flatnonzero(scores >= floor)
    order = np.lexsort((numbers[kept], -scores[kept]))[:limit]
    return [(int(numbers[i]), float(scores[i])) for i in kept[order]]
