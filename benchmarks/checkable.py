"""Facts and the rest, told apart? `python -m benchmarks.checkable`.

The test part of `training/checkable.tsv`: claims mostly of topics that the training has none of
(71 of 300 are posts and long sentences, of which it has others), written after it and never tuned
on. *Not a fact* is what a check would leave unchecked; "precision" and
"recall" are of it, "dropped" is the share of the facts that would vanish. Beside the word lists
alone and both together: calling everything a fact, and the model without thresholds. Needs no
network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import numpy as np

from training.checkable_lines import Line, lines
from verify.claims import checkable, second_look
from verify.claims.wording import by_words
from verify.models import checkability, encoder

Score = dict[str, float]


def is_listed(text: str) -> bool:
    """Do the word lists alone leave it unchecked? Being short is no reason, as in a check."""
    reason = by_words(text) or checkable.why_not(text, is_post=False)
    return reason is not None and "short" not in reason


def score(items: Sequence[Line], found: Sequence[bool]) -> Score:
    """Accuracy, precision and recall of "not a fact", and the share of facts dropped."""
    gold = np.array([one.label != "fact" for one in items])
    said = np.array(found)
    both = int((gold & said).sum())
    return {
        "accuracy": round(float((gold == said).mean()), 3),
        "precision": round(both / max(1, int(said.sum())), 3),
        "recall": round(both / int(gold.sum()), 3),
        "dropped": round(float(said[~gold].mean()), 3),
    }


def measure(items: Sequence[Line], vectors: np.ndarray) -> dict[str, Score]:
    """The score of each way to tell facts from the rest."""
    model = checkability.Checkability()
    texts = [one.text for one in items]
    guesses = model(texts, vectors)
    listed = [is_listed(text) for text in texts]
    sure = [
        second_look.why_not(text, guess, model) is not None
        for text, guess in zip(texts, guesses, strict=True)
    ]
    return {
        "everything a fact": score(items, [False] * len(items)),
        "word lists alone": score(items, listed),
        "model alone": score(items, sure),
        "both, as shipped": score(items, [a or b for a, b in zip(listed, sure, strict=True)]),
        "model at .5, no guards": score(items, [guess.unfit > 0.5 for guess in guesses]),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the scores for people and one line of JSON last."""
    items = lines("test")
    found = measure(items, encoder.load().encode([one.text for one in items]))
    facts = sum(one.label == "fact" for one in items)
    print(f"{len(items)} claims, {facts} of them facts")
    print(f"{'':24}accuracy  precision  recall  facts dropped")
    for name, row in found.items():
        print(
            f"{name:24}{row['accuracy']:8.3f}  {row['precision']:9.3f}  {row['recall']:6.3f}  "
            f"{row['dropped']:13.1%}"
        )
    print(json.dumps({"claims": len(items), **found}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
