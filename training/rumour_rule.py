"""Fit the rule of `verify.rumour` on labelled rumours: `python -m training.rumour_rule FILE…`.

Multinomial logistic regression over the four features, standardised, with L2; the weights are
printed as they stand in `verify/rumour.py`. It never touches the models.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from verify.rumour import LABELS, Rule

L2 = 0.02
STEPS, RATE = 3000, 0.5


def fit(features: Sequence[Sequence[float]], labels: Sequence[str]) -> Rule:
    """The rule of least cross-entropy plus L2 on the standardised weights, by gradient descent."""
    raw = np.array(features, dtype=np.float64)
    mean, spread = raw.mean(0), raw.std(0) + 1e-9
    x = (raw - mean) / spread
    gold = np.eye(len(LABELS))[[LABELS.index(label) for label in labels]]
    weights, bias = np.zeros((x.shape[1], len(LABELS))), np.zeros(len(LABELS))
    for _ in range(STEPS):
        z = x @ weights + bias
        powers = np.exp(z - z.max(1, keepdims=True))
        gap = (powers / powers.sum(1, keepdims=True) - gold) / len(x)
        weights -= RATE * (x.T @ gap + 2 * L2 * weights)
        bias -= RATE * gap.sum(0)
    plain = weights / spread[:, None]
    rows = tuple((a, b, c) for a, b, c in np.round(plain, 3).tolist())
    first, second, third = np.round(bias - mean @ plain, 3).tolist()
    return Rule(rows, (first, second, third))


def main(arguments: list[str]) -> None:
    """Fit on all files together."""
    from benchmarks.authorities import weigh_all

    found = weigh_all([Path(a) for a in arguments])
    rule = fit([w.features for w in found], [w.label for w in found])
    print(f"weights={rule.weights},\nbias={rule.bias},")


if __name__ == "__main__":
    main(sys.argv[1:])
