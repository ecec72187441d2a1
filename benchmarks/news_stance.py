"""Does the stance model hold on news? `python -m benchmarks.news_stance [MODEL] [--wrong]`.

240 pairs of statement and claim written by hand (`tests/gold/stance_news.tsv`), many of them
minimal pairs; none of their scenarios stands in `training/news_pairs.tsv`. Accuracy and macro-F1
are of the likeliest label; precision and recall are at the shipped thresholds. The worst error is a
neutral pair called refuted. MODEL is a folder or name instead of the shipped model; `--wrong` lists
the pairs on which the likeliest label is wrong. Needs no network.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.stance import LABELS, decisive, f1_of, majority
from verify.models import stance

PAIRS = Path(__file__).parents[1] / "tests" / "gold" / "stance_news.tsv"


def rows_of(path: Path = PAIRS) -> list[dict[str, Any]]:
    """The hand-written pairs."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            {"evidence": row["statement"], "claim": row["claim"], "label": row["label"]}
            for row in found
        ]


def score(
    rows: Sequence[dict[str, Any]], probabilities: np.ndarray, thresholds: stance.Thresholds
) -> dict[str, Any]:
    """Figures of the likeliest label and of the stances at the thresholds (none is neutral)."""
    gold = np.array([LABELS.index(row["label"]) for row in rows])
    guess = probabilities.argmax(1)
    decided = decisive(rows, probabilities, thresholds)
    decided = np.where(decided < 0, LABELS.index("neutral"), decided)
    f1 = f1_of(gold, guess)
    shipped = {}
    for k, label in enumerate(LABELS):
        hits = int(((gold == k) & (decided == k)).sum())
        shipped[label] = {
            "precision": _share(hits, int((decided == k).sum())),
            "recall": _share(hits, int((gold == k).sum())),
        }
    neutral, refuted = LABELS.index("neutral"), LABELS.index("refutes")
    return {
        "pairs": len(rows),
        "accuracy": round(float((gold == guess).mean()), 4),
        "majority": majority(gold),
        "macro_f1": round(sum(f1.values()) / len(f1), 4),
        "f1": f1,
        "shipped": shipped,
        "neutral_refuted": int(((gold == neutral) & (decided == refuted)).sum()),
        "neutral_likeliest_refuted": int(((gold == neutral) & (guess == refuted)).sum()),
        "turned": int(((gold != neutral) & (decided != neutral) & (gold != decided)).sum()),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def main(arguments: Sequence[str]) -> int:
    """Print the figures for people and one line of JSON last."""
    names = [a for a in arguments if a != "--wrong"]
    model = stance.load(names[0] if names else None)
    rows = rows_of()
    probabilities = model.probabilities([(row["evidence"], row["claim"]) for row in rows])
    if "--wrong" in arguments:
        for row, p in zip(rows, probabilities, strict=True):
            guess = LABELS[int(p.argmax())]
            if guess != row["label"]:
                print(
                    f"{row['label']} as {guess} {p.max():.2f}: {row['evidence']} | {row['claim']}"
                )
    found = score(rows, probabilities, model.thresholds)
    print(f"{found['pairs']} pairs, model {model.name}")
    print(f"likeliest: accuracy {found['accuracy']:.3f}, macro-F1 {found['macro_f1']:.3f}")
    print(f"always the commonest label: accuracy {found['majority']:.3f}")
    print("at the shipped thresholds (no stance counts as neutral):")
    for label, part in found["shipped"].items():
        shown = "none" if part["precision"] is None else f"{part['precision']:.3f}"
        print(f"{label:10} precision {shown}  recall {part['recall']:.3f}")
    print(f"neutral pairs refuted: {found['neutral_refuted']}; turned round: {found['turned']}")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
