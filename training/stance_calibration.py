"""Fit temperature, weights of the figures' marks, and thresholds on dev pairs; write stance.json.

    python -m training.stance_calibration DEV.jsonl.gz [FOLDER]

The temperature and the marks' weights minimise cross-entropy (L2 on the weights); what they are
worth on pairs that they were not fitted to is printed by 5 folds over groups of the pairs. The
thresholds are the lowest with PRECISION on the contrast pairs, in those same folds' held-out
probabilities. It changes no weight of the network.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
import torch

from benchmarks.stance import CONTRAST, LABELS, Row, rows_of
from training.reader_graph import FOLDER
from verify.models import stance
from verify.models.stance_figures import MARKS, marks

PRECISION = 0.92
L2 = 5e-4
FOLDS = 5
#: Sources whose other labels are made by rule: their pairs say nothing of real ones.
LEFT_OUT = frozenset({"vitaminc_synthetic"})


def fit(logs: np.ndarray, seen: np.ndarray, gold: np.ndarray) -> tuple[float, np.ndarray]:
    """Inverse temperature and weights [marks, 3] of least cross-entropy."""
    x, y, z = torch.tensor(seen).double(), torch.tensor(gold), torch.tensor(logs).double()
    weights = torch.zeros(seen.shape[1], len(LABELS), dtype=torch.double, requires_grad=True)
    sharp = torch.ones(1, dtype=torch.double, requires_grad=True)
    search = torch.optim.LBFGS([weights, sharp], max_iter=100)

    def loss() -> torch.Tensor:
        search.zero_grad()
        found = torch.nn.functional.cross_entropy(z * sharp + x @ weights, y)
        found = found + L2 * (weights**2).sum()
        found.backward()
        return found

    search.step(loss)
    return float(sharp.detach()), weights.detach().numpy()


def probabilities(
    logs: np.ndarray, seen: np.ndarray, fitted: tuple[float, np.ndarray]
) -> np.ndarray:
    z = logs * fitted[0] + seen @ fitted[1]
    powers = np.exp(z - z.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def held_out(rows: list[Row], logs: np.ndarray, seen: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Each pair's probabilities by a fit on the other folds; a group stays in one fold."""
    fold = np.array([crc32(str(r.get("group") or r["claim"]).encode()) % FOLDS for r in rows])
    out = np.zeros_like(logs)
    for k in range(FOLDS):
        rest = fold != k
        out[~rest] = probabilities(
            logs[~rest], seen[~rest], fit(logs[rest], seen[rest], gold[rest])
        )
    return out


def threshold(scores: np.ndarray, right: np.ndarray) -> float:
    """The lowest threshold from .5 at which PRECISION of what is above it is right."""
    for least in np.arange(0.5, 0.99, 0.01):
        above = scores >= least
        if above.any() and right[above].mean() >= PRECISION:
            return round(float(least), 2)
    return 0.99


def report(name: str, found: np.ndarray, rows: list[Row], gold: np.ndarray) -> None:
    sources = np.array([r["source"] for r in rows])
    right = found.argmax(1) == gold
    shares = {s: round(float(right[sources == s].mean()), 3) for s in sorted(set(sources))}
    loss = -np.log(found[np.arange(len(gold)), gold]).mean()
    print(f"{name:12} {shares} cross-entropy {loss:.4f}")


def main(arguments: list[str]) -> None:
    """Fit, print what it gives, and write the figures into FOLDER/stance.json."""
    folder = Path(arguments[1]) if len(arguments) > 1 else FOLDER
    rows = [r for r in rows_of(Path(arguments[0])) if r["source"] not in LEFT_OUT]
    logits = stance.OnnxStance(folder).logits([(r["evidence"], r["claim"]) for r in rows])
    gold = np.array([LABELS.index(r["label"]) for r in rows])
    logs = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    seen = np.stack([marks(r["evidence"], r["claim"]) for r in rows])
    report("bare", np.exp(logs), rows, gold)
    report("temperature", held_out(rows, logs, seen * 0, gold), rows, gold)
    found = held_out(rows, logs, seen, gold)
    report("with marks", found, rows, gold)
    contrast = np.isin([r["source"] for r in rows], sorted(CONTRAST))
    supports, refutes = (threshold(found[contrast, k], gold[contrast] == k) for k in (0, 1))
    sharp, weights = fit(logs, seen, gold)
    path = folder / "stance.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known |= {
        "temperature": round(1 / sharp, 4),
        "supports": supports,
        "refutes": refutes,
        "marks": {m: [round(float(x), 3) for x in w] for m, w in zip(MARKS, weights, strict=True)},
        "tuned_on": f"{len(rows)} dev pairs without VitaminC-synthetic; thresholds: precision "
        f"{PRECISION} on those of VitaminC-real and FEVER-symmetric, out of fold",
    }
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(known, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
