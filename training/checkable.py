"""Train the model that tells facts from the rest: `python -m training.checkable [WEIGHTS.json]`.

Softmax regression over the default encoder's vectors and the marks of wording of
`verify.models.checkability`, on the train lines of `checkable.tsv`; L2 on the weights. Thresholds
are picked on train alone, each topic held out in turn, so that at most DROPPED of the facts would
be left unchecked. The test lines are never read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.checkable_lines import lines
from verify.claims import second_look
from verify.models import checkability, encoder
from verify.models.checkability import LABELS

L2 = 2e-4
#: Most of the facts that may be dropped: all that have no word for an event, and those that do.
DROPPED, DROPPED_EVENTS = 0.02, 0.005


def fit(inputs: np.ndarray, gold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [features, labels] and bias of least cross-entropy plus L2."""
    x, y = torch.tensor(inputs).double(), torch.tensor(gold)
    weights = torch.zeros(x.shape[1], len(LABELS), dtype=torch.double, requires_grad=True)
    bias = torch.zeros(len(LABELS), dtype=torch.double, requires_grad=True)
    search = torch.optim.LBFGS([weights, bias], max_iter=300)

    def loss() -> torch.Tensor:
        search.zero_grad()
        found = torch.nn.functional.cross_entropy(x @ weights + bias, y)
        found = found + L2 * (weights**2).sum()
        found.backward()
        return found

    search.step(loss)
    return weights.detach().numpy(), bias.detach().numpy()


def unfit(inputs: np.ndarray, fitted: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """How surely each row is no fact."""
    logits = inputs @ fitted[0] + fitted[1]
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return 1 - powers[:, 0] / powers.sum(1)


def held_out(inputs: np.ndarray, gold: np.ndarray, topics: Sequence[str]) -> np.ndarray:
    """Each line's score by a fit on the other topics."""
    out = np.zeros(len(gold))
    each = np.array(topics)
    for topic in sorted(set(topics)):
        rest = each != topic
        out[~rest] = unfit(inputs[~rest], fit(inputs[rest], gold[rest]))
    return out


def threshold(scores: np.ndarray, dropped: float) -> float:
    """The lowest threshold above which lies at most that share of the facts' scores."""
    return min(0.999, float(np.ceil(np.quantile(scores, 1 - dropped) * 1000) / 1000))


def main(arguments: Sequence[str]) -> int:
    """Fit, pick the thresholds, and write the weights."""
    torch.set_num_threads(1)
    train = lines("train")
    model = encoder.load()
    inputs = checkability.inputs([one.text for one in train], model.encode([t.text for t in train]))
    gold = np.array([LABELS.index(one.label) for one in train])
    scores = held_out(inputs, gold, [one.topic for one in train])
    tells = np.array([second_look.tells_of_event(one.text) for one in train])
    fact = gold == 0
    sure = threshold(scores[fact & ~tells], DROPPED)
    very_sure = max(sure, threshold(scores[fact & tells], DROPPED_EVENTS))
    found = scores > np.where(tells, very_sure, sure)
    print(f"{len(train)} lines, {fact.sum()} facts; each topic held out in turn:")
    print(f"right at .5: {np.mean((scores > 0.5) == ~fact):.3f}")
    print(f"above the thresholds ({sure}, {very_sure} with an event): ", end="")
    print(f"{found[~fact].mean():.3f} of the others, {found[fact].mean():.3f} of the facts")
    weights, bias = fit(inputs, gold)
    held = {
        "name": "verify-checkability-1",
        "encoder": model.name,
        "sure": sure,
        "very_sure": very_sure,
        "labels": LABELS,
        "bias": bias.round(4).tolist(),
        "weights": weights.round(4).tolist(),
    }
    path = Path(arguments[0]) if arguments else checkability.WEIGHTS
    path.write_text(json.dumps(held, separators=(",", ":")) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
