"""A small stand-in for the encoder: every stemmed word is a direction, a text their sum."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from verify.words import searchable, tokens


class SmallEncoder:
    """Gives a word the direction its hash draws; the same text always has the same unit vector."""

    def __init__(self, name: str = "small", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded.extend(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in tokens(searchable(text)):
                drawn = np.random.default_rng(crc32(word.encode()))
                vectors[row] += drawn.standard_normal(self.dimension)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
