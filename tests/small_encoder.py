"""A small stand-in for the encoder: a vector counts stemmed words, so likeness is shared words."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from verify.words import searchable, tokens


class SmallEncoder:
    """Hashes words into `dimension` places; the same text always gives the same unit vector."""

    def __init__(self, name: str = "small", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded.extend(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in tokens(searchable(text)):
                vectors[row, crc32(word.encode()) % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
