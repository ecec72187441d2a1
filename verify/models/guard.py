"""A model's failure as one kind of error, whichever library raised it.

It never retries and never makes up a result: what follows from a failure is its caller's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np

from verify.errors import ModelError, VerifyError

T = TypeVar("T")


class Encoder(Protocol):
    """What is needed of an encoder that may fail."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


def attempt(model: str, call: Callable[[], T]) -> T:
    """Return what the call gives; raise ModelError, naming the model, for whatever it raises."""
    try:
        return call()
    except VerifyError:
        raise
    except Exception as error:  # of any kind: a model's library names none
        first = str(error).strip().split("\n")[0][:200]
        detail = f": {first}" if first else ""
        raise ModelError(f"the {model} failed ({type(error).__name__}{detail})") from error


@dataclass(frozen=True, slots=True)
class GuardedEncoder:
    """An encoder that raises ModelError alone, and embeds no text twice while it lives.

    It is made for one article: it forgets nothing.
    """

    model: Encoder
    _known: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the model's vectors."""
        if not texts:
            return attempt("encoder", lambda: self.model.encode(texts))
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            made = attempt("encoder", lambda: dict(zip(new, self.model.encode(new), strict=True)))
            self._known.update(made)
        return np.stack([self._known[text] for text in texts])
