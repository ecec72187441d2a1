"""A model's failure as one kind of error, whichever library raised it.

It never retries and never makes up a result: what follows from a failure is its caller's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """An encoder that raises ModelError alone."""

    model: Encoder

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the model's vectors."""
        return attempt("encoder", lambda: self.model.encode(texts))
