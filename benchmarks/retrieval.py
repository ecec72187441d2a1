"""Measures of ranked lists, and rankings made by the program's own search."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from verify.read.search import Encoder, Pool, query_vectors

#: The three rankings that are compared in one run.
WAYS = ("words", "vectors", "fusion")


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the right texts stand among a query's first: ranks from 0, and how many are right."""

    ranks: tuple[int, ...]
    right: int


def hits(ranking: Sequence[int], right: Set[int], depth: int = 5) -> Hits:
    """Find the right texts among the first `depth` of a ranking."""
    return Hits(tuple(r for r, i in enumerate(ranking[:depth]) if i in right), len(right))


def average_precision(found: Hits, most: int | None = None) -> float:
    """Σ P@k·rel over the ranks, divided by the number of right texts, `most` at the most."""
    if not found.right:
        return 0.0
    total = sum((n + 1) / (rank + 1) for n, rank in enumerate(found.ranks))
    return total / min(found.right, most or found.right)


def recall(found: Hits) -> float:
    """Return the share of the right texts that were found."""
    return len(found.ranks) / found.right if found.right else 0.0


def rankings(pool: Pool, query: str, vector: np.ndarray, depth: int = 5) -> dict[str, list[int]]:
    """Rank a pool for one query by words alone, by vectors alone, and by both."""
    ways: dict[str, Callable[[], np.ndarray]] = {
        "words": lambda: pool.words(query),
        "vectors": lambda: pool.vectors(vector),
        "fusion": lambda: pool.fused(query, vector),
    }
    return {
        way: np.argsort(-score(), kind="stable")[:depth].tolist() for way, score in ways.items()
    }


def rank_texts(
    texts: Sequence[str], query: str, encoder: Encoder, depth: int = 5
) -> dict[str, list[int]]:
    """Rank texts for one query, as the search ranks an article's statements for a claim."""
    pool = Pool([[text] for text in texts], encoder.encode(texts))
    return rankings(pool, query, query_vectors([query], encoder)[0], depth)
