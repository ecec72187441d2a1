"""How sure it is that a claim tells no fact: a linear model over its vector and its wording.

It backs the word lists of `verify/claims/uncheckable.py`, which miss most metaphors, praise and
blame. It tells apart kinds of sentence alone, never whether a fact is true, and reads only vectors
of the default encoder. How it was made: `training/README.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verify import events
from verify.errors import ModelError

WEIGHTS = Path(__file__).with_name("checkability.json")
#: What a text may be; the first is what can be checked.
LABELS = ("fact", "opinion", "forecast", "appeal", "feeling", "unknown-said", "question")

#: Wordings that lean a text towards fact or away from it; how far is learnt.
_WORDINGS = tuple(
    re.compile(wording, re.I)
    for wording in (
        r"\d",
        r"^(?:i|we|my|our|us)\b",
        r"\b(?:i|we|my|our|us|me)\b",
        r"^(?:he|she|they)\b",
        r"^(?:it|that|this|there|these|those)\b",
        r"\b(?:must|should|ought|shall|needs?|has to|have to)\b",
        r"\b(?:will|would|going to|expected|likely|ready|about to)\b|n['’]t be\b",
        r"\b(?:could|may|might|can|cannot|can['’]t)\b",
        r"\b(?:not|no|never|none|nobody|nothing|nor|neither|nowhere)\b|n['’]t\b",
        r"\b(?:is|are|['’]s)\b",
        r"\b(?:was|were)\b",
        r"\b(?:is|are|was|were|been|being) (?:\w+ly )?\w+(?:ed|en|wn)\b",
        r"\b(?:is|are|was|were) (?:an?|the|our|one of)\b",
        r"\b(?:had|has|have) \w+(?:ed|en|wn)\b",
        r"\b(?:so|too|such|far|very|more|most|simply|pure(?:ly)?|absolute\w*|total\w*|ever|truly|"
        r"once again|once more|always|never|nothing but|much)\b",
        r"\b(?:like|as if|worth|beyond|beneath)\b",
        r"\b(?:in|at|on|near|from|off|by)\b",
        r"\b(?:best|worst|great\w*|good|bad|finest|darkest|evil|shame\w*|disgrac\w*|pathetic|"
        r"brave\w*|coward\w*|hero\w*|courage\w*|terribl[ey]|horribl[ey]|wonderful|amazing|"
        r"beautiful|brilliant|tragedy|tragic|scandal\w*|joke|farce|circus|insult\w*|absurd|"
        r"ridiculous|stupid\w*|senseless|unacceptable|outrageous|proper|excessive|harsh|unfair|"
        r"honou?r|pride|dignity|decency|glory|betray\w*|cruel\w*|savage\w*|monster\w*|animals|"
        r"beasts?|vermin|scum|traitors?|liars?|thugs|barbari\w+|legend\w*|genius|clowns?|angels?)\b",
        r"\b(?:sad\w*|sorry|proud|happy|glad|grateful|thankful|excited|thrilled|delighted|"
        r"honou?red|humbled|shocked|horrified|devastated|heartbroken|worried|scared|afraid|angry|"
        r"furious|disappointed|relieved|thoughts|prayers|hearts?|grief|griev\w+|mourn\w*|"
        r"sympath\w+|love|hope\w*|wish\w*)\b",
        r"\b(?:not|nothing|little|unclear|uncertain|unknown|nobody|no)\b.{0,30}"
        r"\b(?:known?|clear|say|said|disclosed|released|information|details|idea|established|"
        r"word|reason|explanation|why|whether|how|who|what)\b|\bun(?:clear|known|certain)\b",
        r"^(?:who|what|why|how|where|when|whether)\b",
        r"\b(?:[A-Z][a-z]+ )?[A-Z][a-z]+\b(?<!^)",
    )
)
FEATURES = len(_WORDINGS) + 5


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text most likely is if it is no fact, and how surely it is none (0 to 1)."""

    label: str
    unfit: float


class Checkability:
    """A softmax regression, with the thresholds above which a claim may be left unchecked.

    `sure` is for any claim, `very_sure` for one with a word for an event.
    """

    def __init__(self, weights: str | Path = WEIGHTS) -> None:
        try:
            held = json.loads(Path(weights).read_text("utf8"))
            self.name = str(held["name"])
            self.encoder = str(held["encoder"])
            self.sure, self.very_sure = float(held["sure"]), float(held["very_sure"])
            self._weights = np.asarray(held["weights"], np.float64)
            self._bias = np.asarray(held["bias"], np.float64)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"the weights of checkability cannot be read: {error}") from error

    def __call__(self, texts: Sequence[str], vectors: np.ndarray) -> list[Guess]:
        """Guess for each text, of which `vectors` holds the embedding [len(texts), 384]."""
        if not texts:
            return []
        if vectors.shape != (len(texts), len(self._weights) - FEATURES):
            raise ModelError(f"checkability cannot read vectors of shape {vectors.shape}")
        logits = inputs(texts, vectors) @ self._weights + self._bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows = powers / powers.sum(axis=1, keepdims=True)
        likeliest = rows[:, 1:].argmax(axis=1) + 1
        return [
            Guess(LABELS[k], round(float(1 - row[0]), 3))
            for k, row in zip(likeliest, rows, strict=True)
        ]


def inputs(texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
    """What the model reads of each text: its vector, scaled, and the marks of its wording."""
    marks = np.array([_marks(text) for text in texts], np.float64)
    return np.hstack([3.0 * vectors, marks])


def _marks(text: str) -> list[float]:
    """Marks of wording, kinds of event, and length, each from 0 to about 1."""
    words = text.split()
    return [
        *(float(bool(wording.search(text))) for wording in _WORDINGS),
        float(bool(events.kinds(text))),
        float(any(events.is_event(word.strip(".,;:!\"'”’")) for word in words)),
        min(len(words), 25) / 25,
        float(len(words) < 4),
        float(len(words) > 12),
    ]
