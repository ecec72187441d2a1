"""Evidence retrieval over an authority's timeline (CheckThat! 2024 task 5), for `authorities`.

MAP@5 and R@5 over the rumours that have gold evidence: Σ P@k·rel / number of gold, and hits /
number of gold. It only ranks; it weighs nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.retrieval import WAYS, average_precision, hits, rank_texts, recall
from verify.models import encoder as encoders
from verify.read.search import Encoder


def rumours_of(path: Path) -> list[dict[str, Any]]:
    """Read rumours from a JSONL file, packed or not."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]


def gold_ids(rumour: dict[str, Any]) -> set[str]:
    """Return the ids of a rumour's evidence; none where it is ["-1"]."""
    return {str(ident).strip() for ident in rumour["gold_evidence_ids"]} - {"-1"}


def rank(
    rumour: str, posts: Sequence[Sequence[str]], encoder: Encoder, depth: int = 5
) -> dict[str, list[int]]:
    """Rank posts ([account, id, text]) for a rumour by words, by vectors and by both."""
    return rank_texts([str(post[2]) for post in posts], rumour, encoder, depth)


def measure(rumours: Iterable[dict[str, Any]], encoder: Encoder) -> dict[str, Any]:
    """Measure the rumours that have a timeline and gold evidence."""
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for rumour in rumours:
        gold, posts = gold_ids(rumour), rumour.get("timeline")
        if not gold or not posts:
            continue
        right = {i for i, post in enumerate(posts) if str(post[1]).strip() in gold}
        for way, ranking in rank(rumour["rumor"], posts, encoder).items():
            hit = replace(hits(ranking, right), right=len(gold))
            found[way].append((average_precision(hit), recall(hit)))
    return {
        "rumours": len(found["fusion"]),
        "map5": {way: _mean(value for value, _ in pairs) for way, pairs in found.items()},
        "r5": {way: _mean(value for _, value in pairs) for way, pairs in found.items()},
    }


def _mean(values: Iterable[float]) -> float:
    return round(float(np.mean([*values] or [0.0])), 4)


def main() -> None:
    """Measure the file named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.authority_retrieval FILE")
    figures = measure(rumours_of(Path(sys.argv[1])), encoders.load())
    for way in WAYS:
        print(f"  {way:8} MAP@5 {figures['map5'][way]:.3f}  R@5 {figures['r5'][way]:.3f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
