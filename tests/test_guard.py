"""What stands around a model: one kind of error, and no text embedded twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from verify.errors import ModelError
from verify.models.guard import GuardedEncoder


class Counts:
    """An encoder that remembers what it was asked, and may leave vectors out."""

    def __init__(self, left_out: int = 0) -> None:
        self.asked: list[str] = []
        self.left_out = left_out

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        vectors = np.array([[len(text), 1.0] for text in texts]).reshape(-1, 2)
        return vectors[: len(texts) - self.left_out]


def test_a_text_is_embedded_once_and_its_vector_stands_where_it_was_asked_for() -> None:
    model = Counts()
    encoder = GuardedEncoder(model)
    assert encoder.encode(["ab", "a", "ab"]).tolist() == [[2, 1], [1, 1], [2, 1]]
    assert encoder.encode(["abc", "ab"]).tolist() == [[3, 1], [2, 1]]
    assert encoder.encode([]).shape == (0, 2)
    assert model.asked == ["ab", "a", "abc"]


def test_an_encoder_that_gives_too_few_vectors_has_failed() -> None:
    with pytest.raises(ModelError, match="the encoder failed"):
        GuardedEncoder(Counts(left_out=1)).encode(["a", "b"])
