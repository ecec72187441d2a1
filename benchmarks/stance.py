"""Is the stance model right, sure, and fast? `python -m benchmarks.stance FILE [--stance-model M]`.

FILE holds one JSON object a line (evidence, claim, label, source). Accuracy and macro-F1 are of the
likeliest label, over the labels present; `ece` is over 15 bins of equal width of the top label's
probability; `shipped` are the decisive stances at the shipped thresholds: how many of them are
right, and what share of the pairs gets one. Needs no network and changes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from verify.models import stance

LABELS = ("supports", "refutes", "neutral")
#: The sources whose decisive stances have a floor: near-identical pairs, hard to tell apart.
CONTRAST = frozenset({"vitaminc_real", "fever_symmetric"})
BINS = 15
TIMED = 300

Row = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Score a file, print a table for people and one JSON line last."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    ask.add_argument("--stance-model", help="a folder or name instead of the shipped model")
    ask.add_argument("--no-torch", action="store_true", help="leave the run under torch out")
    asked = ask.parse_args(arguments)
    rows = rows_of(asked.file)
    model = stance.load(asked.stance_model)
    pairs = [(str(row["evidence"]), str(row["claim"])) for row in rows]
    began = time.perf_counter()
    probabilities = model.probabilities(pairs)
    seconds = time.perf_counter() - began
    found = score(rows, probabilities, model.thresholds)
    found["pairs_per_second"] = round(len(rows) / seconds, 1)
    if not asked.no_torch and isinstance(model, stance.OnnxStance):
        found["speed"] = speed(model, pairs[:TIMED])
    show(found, model.name)
    print(json.dumps(found))
    return 0


def rows_of(path: Path) -> list[Row]:
    """Read a JSONL file, packed or not."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]


def score(
    rows: Sequence[Row], probabilities: np.ndarray, thresholds: stance.Thresholds
) -> dict[str, Any]:
    """All figures but the speed, over all rows and by source."""
    gold = np.array([LABELS.index(row["label"]) for row in rows])
    guess = probabilities.argmax(1)
    decided = decisive(rows, probabilities, thresholds)
    source = np.array([str(row.get("source", "")) for row in rows])
    by_source = {}
    for name in sorted(set(source)):
        place = source == name
        f1 = f1_of(gold[place], guess[place])
        by_source[name] = {
            "pairs": int(place.sum()),
            "accuracy": _share(guess[place] == gold[place]),
            "macro_f1": _mean(f1),
            "f1": f1,
            "majority": majority(gold[place]),
            "shipped": shipped(gold[place], decided[place]),
        }
    contrast = np.isin(source, sorted(CONTRAST))
    return {
        "pairs": len(rows),
        "accuracy": _share(guess == gold),
        "macro_f1": _mean(f1_of(gold, guess)),
        "f1": f1_of(gold, guess),
        "majority": majority(gold),
        "ece": ece(probabilities, gold),
        "shipped": shipped(gold, decided),
        "shipped_contrast": shipped(gold[contrast], decided[contrast]),
        "by_source": by_source,
    }


def decisive(
    rows: Sequence[Row], probabilities: np.ndarray, thresholds: stance.Thresholds
) -> np.ndarray:
    """The place in LABELS of each pair's stance at the thresholds, -1 where it has none."""
    pairs = [(str(row["evidence"]), str(row["claim"])) for row in rows]
    found = stance.decide(thresholds, pairs, probabilities)
    return np.array([-1 if s is None else LABELS.index(s.value) for s in found])


def shipped(gold: np.ndarray, decided: np.ndarray) -> dict[str, float]:
    """Precision of the decisive stances, and the share of pairs that have one."""
    made = decided >= 0
    right = decided[made] == gold[made]
    return {"precision_decisive": _share(right), "coverage": _share(made)}


def f1_of(gold: np.ndarray, guess: np.ndarray) -> dict[str, float]:
    """F1 of every label that is present in gold."""
    out = {}
    for k, label in enumerate(LABELS):
        if (gold == k).any():
            hits = int(((gold == k) & (guess == k)).sum())
            total = int((gold == k).sum() + (guess == k).sum())
            out[label] = round(2 * hits / total, 4)
    return out


def majority(gold: np.ndarray) -> float:
    """Accuracy of always giving the commonest label."""
    return round(max(Counter(gold.tolist()).values()) / len(gold), 4)


def ece(probabilities: np.ndarray, gold: np.ndarray) -> float:
    """Expected calibration error of the top label (Guo et al. 2017), equal-width bins."""
    top = probabilities.max(1)
    right = probabilities.argmax(1) == gold
    bins = np.minimum((top * BINS).astype(int), BINS - 1)
    gaps = [
        abs(right[bins == b].mean() - top[bins == b].mean()) * (bins == b).mean()
        for b in sorted(set(bins))
    ]
    return round(float(sum(gaps)), 4)


def speed(model: stance.OnnxStance, pairs: Sequence[tuple[str, str]]) -> dict[str, float] | None:
    """Pairs a second of the shipped model and of the same weights under torch, one run each."""
    try:
        from training.stance_graph import restore, run_torch
    except ImportError:  # the packages of the extra "train" are not there
        return None
    net = restore()
    began = time.perf_counter()
    mine = model.probabilities(pairs)
    between = time.perf_counter()
    other = model.weighed(pairs, run_torch(net, model.encode(pairs)))
    ended = time.perf_counter()
    return {
        "shipped": round(len(pairs) / (between - began), 1),
        "torch": round(len(pairs) / (ended - between), 1),
        "largest_difference": round(float(np.abs(mine - other).max()), 5),
    }


def show(found: dict[str, Any], name: str) -> None:
    """Print the figures as a table."""
    print(f"{found['pairs']} pairs, model {name}")
    print(f"{'':20} accuracy majority macro-F1  precision at coverage")
    for source, part in [*found["by_source"].items(), ("all", found)]:
        ship = part["shipped"]
        print(
            f"{source:20} {part['accuracy']:8.3f} {part['majority']:8.3f} {part['macro_f1']:8.3f}"
            f"  {ship['precision_decisive']:9.3f} {ship['coverage']:8.3f}"
        )
    ship = found["shipped_contrast"]
    print(
        f"{'contrast':20} {'':26}  {ship['precision_decisive']:9.3f} {ship['coverage']:8.3f}"
        f"   ECE {found['ece']:.3f}"
    )
    print(f"{found['pairs_per_second']} pairs a second; beside torch: {found.get('speed')}")


def _share(which: np.ndarray) -> float:
    return round(float(which.mean()), 4) if len(which) else 0.0


def _mean(by_label: dict[str, float]) -> float:
    return round(sum(by_label.values()) / len(by_label), 4)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
