"""Tweets against verified claims (CheckThat! 2020 task 2): MAP@5 of words, vectors and both.

`python -m benchmarks.claim_retrieval CLAIMS QUERIES QRELS`. A document is a claim and its title,
ranked by the search that `verify check` uses. Nothing is tuned here.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.retrieval import WAYS, average_precision, hits, rankings
from verify.models import encoder as encoders
from verify.read.search import Encoder, Pool, query_vectors

Qrels = dict[str, set[str]]


def rows_of(path: Path, *, header: bool = True) -> list[list[str]]:
    """Read a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1 if header else 0 :]


def qrels_of(path: Path) -> Qrels:
    """Read which claims are right for which query: lines of query, 0, claim, 1."""
    right: Qrels = {}
    for row in rows_of(path, header=False):
        if len(row) >= 4 and row[3].strip() == "1":
            right.setdefault(row[0].strip(), set()).add(row[2].strip())
    return right


def measure(
    claims: list[list[str]], queries: list[list[str]], right: Qrels, encoder: Encoder
) -> dict[str, object]:
    """Rank the claims for every query that has a right one; return the figures."""
    place = {row[0].strip(): i for i, row in enumerate(claims)}
    documents = [[part for part in row[1:3] if part.strip()] or [""] for row in claims]
    pool = Pool(documents, encoder.encode([part for parts in documents for part in parts]))
    asked = [(row[0].strip(), row[1]) for row in queries if row[0].strip() in right]
    begun = time.perf_counter()
    vectors = query_vectors([query for _, query in asked], encoder)
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for (ident, query), vector in zip(asked, vectors, strict=True):
        gold = {place[claim] for claim in right[ident] if claim in place}
        for way, ranking in rankings(pool, query, vector).items():
            found[way].append(average_precision(hits(ranking, gold), 5))
    seconds = time.perf_counter() - begun
    return {
        "queries": len(asked),
        "claims": len(claims),
        "map5": {way: round(float(np.mean(values or [0.0])), 4) for way, values in found.items()},
        "queries_per_second": round(len(asked) / max(seconds, 1e-9), 1),
    }


def main() -> None:
    """Measure the files named on the command line."""
    if len(sys.argv) != 4:
        sys.exit("usage: python -m benchmarks.claim_retrieval CLAIMS QUERIES QRELS")
    claims, queries, qrels = map(Path, sys.argv[1:])
    figures = measure(rows_of(claims), rows_of(queries), qrels_of(qrels), encoders.load())
    print(f"{figures['queries']} tweets against {figures['claims']} verified claims, MAP@5")
    for way, value in figures["map5"].items():  # type: ignore[attr-defined]
        print(f"  {way:8} {value:.3f}")
    print(f"{figures['queries_per_second']} queries a second (all three rankings)")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
