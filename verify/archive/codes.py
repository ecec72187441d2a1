"""The vectors of a large archive in memory-mapped files beside it, found by their signs.

Each vector's signs are a code of one bit a dimension; the codes next to a query's are counted out
(XOR, popcount) and the best rescored by the vectors themselves. The files only repeat the table
`vectors`: they are extended after it, never trusted further than their manifest says, and built
anew where they are missing or of another generation.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np

#: Codes rescored by their vectors. At 10^6 vectors: top-10 recall above .99 of exact.
RESCORED = 2000
#: Codes counted at a time, so that the counts stay in the processor's cache.
BLOCK = 1 << 15
_MANIFEST, _ROWS, _CODES, _VECTORS = "manifest.json", "rows.i64", "codes.u8", "vectors.f32"

Found = tuple[np.ndarray, np.ndarray]


class Codes:
    """The files of one archive: `rows` vectors, of which the newest has the number `last`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = self.last = self.dimension = 0
        self.generation = ""
        self._numbers: np.ndarray | None = None
        self._codes: np.ndarray | None = None
        self._vectors: np.ndarray | None = None
        self._maps: list[mmap.mmap] = []
        self._read_manifest()

    def close(self) -> None:
        """Let go of the files."""
        self._numbers = self._codes = self._vectors = None
        for mapped in self._maps:
            with suppress(BufferError):
                mapped.close()
        self._maps = []

    def fits(self, generation: str, dimension: int) -> bool:
        """Tell whether the files hold vectors of this generation."""
        return self.rows > 0 and (self.generation, self.dimension) == (generation, dimension)

    def newest(self) -> bytes:
        """Return the vector of `last` as it is in the file."""
        width = 4 * self.dimension
        with (self.folder / _VECTORS).open("rb") as file:
            file.seek((self.rows - 1) * width)
            return file.read(width)

    def extend(self, chunks: Iterable[Found], generation: str, anew: bool = False) -> None:
        """Add vectors, their numbers ascending and all above `last`, or start `anew`.

        The manifest is replaced last: what a crash leaves behind it is overwritten next time.
        """
        self.close()
        if anew:
            self.rows = self.last = self.dimension = 0
        self.folder.mkdir(exist_ok=True)
        with self._end(_ROWS) as rows, self._end(_CODES) as codes, self._end(_VECTORS) as vectors:
            for numbers, chunk in chunks:
                self.dimension = chunk.shape[1]
                rows.write(np.ascontiguousarray(numbers, "<i8").tobytes())
                codes.write(signs(chunk).tobytes())
                vectors.write(np.ascontiguousarray(chunk, "<f4").tobytes())
                self.rows += len(numbers)
                self.last = int(numbers[-1])
            for file in (rows, codes, vectors):
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        self.generation = generation
        self._write_manifest()

    def nearest(self, vector: np.ndarray, limit: int, within: np.ndarray | None) -> Found:
        """Return numbers and cosines of the nearest, unordered, at most RESCORED of them."""
        self._map()
        assert self._numbers is not None
        assert self._vectors is not None
        places = None
        if within is not None:
            places = np.searchsorted(self._numbers, within)
            places = places[places < self.rows]
            places = places[np.isin(self._numbers[places], within)]
        kept = self._closest(vector, max(limit, RESCORED), places)
        scores = self._vectors[kept] @ vector.astype(np.float32)
        found = np.array(self._numbers[kept]), scores
        for mapped in self._maps[2:]:  # what was read of the vectors need not stay in memory
            mapped.madvise(mmap.MADV_DONTNEED)
        return found

    def _closest(self, vector: np.ndarray, count: int, places: np.ndarray | None) -> np.ndarray:
        assert self._codes is not None
        total = self.rows if places is None else len(places)
        if total <= count:
            return np.arange(total) if places is None else places
        asked = signs(vector[None]).view("<u8")[0]
        apart = np.empty(total, dtype=np.uint16)
        for start in range(0, total, BLOCK):
            end = min(start + BLOCK, total)
            block = self._codes[start:end] if places is None else self._codes[places[start:end]]
            np.bitwise_count(block ^ asked).sum(axis=1, dtype=np.uint16, out=apart[start:end])
        # Counting sort: distances are small whole numbers, and a partition of 10^6 costs more.
        upto = np.searchsorted(np.cumsum(np.bincount(apart)), count)
        kept = np.flatnonzero(apart <= upto)
        if len(kept) > 2 * count:
            kept = kept[np.argsort(apart[kept], kind="stable")[: 2 * count]]
        return kept if places is None else places[kept]

    def _map(self) -> None:
        if self._maps:
            return
        shapes = (
            (_ROWS, "<i8", 1),
            (_CODES, "<u8", self._words),
            (_VECTORS, "<f4", self.dimension),
        )
        arrays = []
        for name, kind, width in shapes:
            with (self.folder / name).open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._maps.append(mapped)
            arrays.append(np.frombuffer(mapped, kind, self.rows * width).reshape(-1, width))
        self._maps[2].madvise(mmap.MADV_RANDOM)
        self._numbers, self._codes, self._vectors = arrays[0][:, 0], arrays[1], arrays[2]

    @property
    def _words(self) -> int:
        return -(-self.dimension // 64)

    def _end(self, name: str) -> BinaryIO:
        """Open a file for writing where the manifest's rows end."""
        path = self.folder / name
        path.touch()
        file = path.open("r+b")
        width = {_ROWS: 8, _CODES: 8 * self._words, _VECTORS: 4 * self.dimension}[name]
        file.seek(self.rows * width)
        return file

    def _read_manifest(self) -> None:
        try:
            told = json.loads((self.folder / _MANIFEST).read_text("utf-8"))
            rows, dimension = int(told["rows"]), int(told["dimension"])
            last, generation = int(told["last"]), str(told["generation"])
            is_whole = (self.folder / _VECTORS).stat().st_size >= rows * dimension * 4
        except (OSError, ValueError, KeyError, TypeError):
            return
        if is_whole:
            self.rows, self.dimension, self.last = rows, dimension, last
            self.generation = generation

    def _write_manifest(self) -> None:
        told = {"rows": self.rows, "dimension": self.dimension}
        text = json.dumps(told | {"last": self.last, "generation": self.generation})
        new = self.folder / f"{_MANIFEST}.new"
        with new.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / _MANIFEST)


def signs(vectors: np.ndarray) -> np.ndarray:
    """Return one bit a dimension, set where it is positive, padded to 64: uint8 [n, bytes]."""
    packed = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))))
