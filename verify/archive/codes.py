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
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np

#: Codes rescored by their vectors, at the least and, where they are crowded, at the most.
RESCORED, MOST = 2000, 20_000
#: Codes are crowded where more are within so many signs of the tenth: signs alone then tell little,
#: a vector's place among them being uncertain by about ten. At 10^6 vectors, around 25 sentences
#: and around 2,500: top-10 recall above .99 of exact.
NEAR, TENTH = 26, 10
#: Vectors read at a time, so that what a process maps of them stays small.
READ = 128
#: Codes counted at a time, so that the counts stay in the processor's cache.
BLOCK = 1 << 14
_MANIFEST, _ROWS, _VECTORS = "manifest.json", "rows.i64", "vectors.f32"

Found = tuple[np.ndarray, np.ndarray]


class Codes:
    """The files of one archive: `rows` vectors, of which the newest has the number `last`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = self.last = self.dimension = 0
        self.generation = ""
        self._numbers: np.ndarray | None = None
        self._codes: list[np.ndarray] = []
        self._vectors: np.ndarray | None = None
        self._maps: list[mmap.mmap] = []
        self._read_manifest()

    def close(self) -> None:
        """Let go of the files."""
        self._numbers = self._vectors = None
        self._codes = []
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
            self._discard()
        self.folder.mkdir(exist_ok=True)
        with ExitStack() as stack:
            files: list[BinaryIO] = []
            for numbers, chunk in chunks:
                self.dimension = chunk.shape[1]
                files = files or [stack.enter_context(self._end(*f)) for f in self._files()]
                columns = [numbers.astype("<i8"), chunk.astype("<f4"), *signs(chunk).T]
                for file, column in zip(files, columns, strict=True):
                    file.write(np.ascontiguousarray(column).tobytes())
                self.rows += len(numbers)
                self.last = int(numbers[-1])
            for file in files:
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        self.generation = generation
        self._write_manifest()

    def nearest(self, vector: np.ndarray, limit: int, within: np.ndarray | None) -> Found:
        """Return numbers and cosines of the nearest, unordered, a few thousand of them."""
        self._map()
        assert self._numbers is not None
        places = None
        if within is not None:
            places = np.searchsorted(self._numbers, within)
            places = places[places < self.rows]
            places = places[np.isin(self._numbers[places], within)]
        kept = self._closest(vector, max(limit, RESCORED), places)
        return np.array(self._numbers[kept]), self._rescored(kept, vector.astype(np.float32))

    def _rescored(self, kept: np.ndarray, vector: np.ndarray) -> np.ndarray:
        assert self._vectors is not None
        scores = np.zeros(len(kept), dtype=np.float32)
        for start in range(0, len(kept), READ):
            block = slice(start, start + READ)
            # Not `@`: waking a second thread costs more than these products.
            np.einsum("ij,j->i", self._vectors[kept[block]], vector, out=scores[block])
            self._maps[1].madvise(mmap.MADV_DONTNEED)  # what was read of them need not stay
        return scores

    def _closest(self, vector: np.ndarray, count: int, places: np.ndarray | None) -> np.ndarray:
        total = self.rows if places is None else len(places)
        if total <= count:
            return np.arange(total) if places is None else places
        asked = signs(vector[None])[0]
        apart = np.zeros(total, dtype=np.uint16)
        for start in range(0, total, BLOCK):
            block = slice(start, start + BLOCK)
            chosen = block if places is None else places[block]
            for column, word in zip(self._codes, asked, strict=True):
                apart[block] += np.bitwise_count(column[chosen] ^ word)
        # Counting sort: distances are small whole numbers, and a partition of 10^6 costs more.
        within = np.cumsum(np.bincount(apart))
        tenth = int(np.searchsorted(within, TENTH))
        crowd = int(within[min(tenth + NEAR, len(within) - 1)])
        count = max(count, min(crowd, MOST))
        upto = np.searchsorted(within, count)
        kept = np.flatnonzero(apart <= upto)
        if len(kept) > 2 * count:
            kept = kept[np.argsort(apart[kept], kind="stable")[: 2 * count]]
        return kept if places is None else places[kept]

    def _map(self) -> None:
        if self._maps:
            return
        arrays = []
        for name, kind, width in self._files():
            with (self.folder / name).open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._maps.append(mapped)
            arrays.append(np.frombuffer(mapped, kind, self.rows * width))
        self._maps[1].madvise(mmap.MADV_RANDOM)
        self._numbers, self._vectors = arrays[0], arrays[1].reshape(-1, self.dimension)
        self._codes = arrays[2:]

    def _files(self) -> list[tuple[str, str, int]]:
        """Name the files, each with its type and how many of it a vector has: a code lies in one
        file a word, so that a scan reads each in one go.
        """
        words = -(-self.dimension // 64)
        codes = [(f"codes-{number}.u64", "<u8", 1) for number in range(words)]
        return [(_ROWS, "<i8", 1), (_VECTORS, "<f4", self.dimension), *codes]

    def _end(self, name: str, kind: str, width: int) -> BinaryIO:
        """Open a file for writing where the manifest's rows end."""
        path = self.folder / name
        path.touch()
        file = path.open("r+b")
        file.seek(self.rows * width * np.dtype(kind).itemsize)
        return file

    def _discard(self) -> None:
        """Unlink every file, the manifest first: a program that reads them keeps its own."""
        self.rows = self.last = self.dimension = 0
        for path in sorted(self.folder.glob("*"), key=lambda path: path.name != _MANIFEST):
            path.unlink()

    def _read_manifest(self) -> None:
        try:
            told = json.loads((self.folder / _MANIFEST).read_text("utf-8"))
            rows, dimension = int(told["rows"]), int(told["dimension"])
            last, generation = int(told["last"]), str(told["generation"])
            self.rows, self.dimension = rows, dimension
            for name, kind, width in self._files():
                if (self.folder / name).stat().st_size < rows * width * np.dtype(kind).itemsize:
                    raise ValueError(name)
        except (OSError, ValueError, KeyError, TypeError):
            self.rows = self.dimension = 0
            return
        self.last, self.generation = last, generation

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
    """Return one bit a dimension, set where it is positive: uint64 [n, ⌈dimension / 64⌉]."""
    packed = np.packbits(vectors > 0, axis=1)
    whole = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(whole).view("<u8")
