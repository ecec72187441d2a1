"""Pairs of texts → their stance probabilities, or why there are none, group by group.

It never reads a stance out of the probabilities, and a failure is a reason, never a number.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from verify.errors import ModelError
from verify.models.guard import attempt

#: Supports, refutes, neutral, to three decimals: the same for a pair alone and in any batch.
Row = tuple[float, float, float]
#: A statement's text and a claim's.
Pair = tuple[str, str]


class StanceModel(Protocol):
    """Three probabilities (supports, refutes, neutral) for each (statement, claim) pair."""

    def probabilities(self, pairs: Sequence[Pair]) -> Any: ...


def scores(
    model: StanceModel | None, pairs: Sequence[tuple[int, Pair | None]]
) -> tuple[list[Row | None], dict[int, str]]:
    """The row of each pair, and by group why the model gave none for it.

    A pair stands behind the number of its group; None is not asked. All go to the model at once;
    where that fails, group by group, so that one that it chokes on takes no other with it.
    """
    out: list[Row | None] = [None for _ in pairs]
    if model is None:
        return out, {}
    asked = [(k, group, pair) for k, (group, pair) in enumerate(pairs) if pair is not None]
    try:
        rows = _rows(model, [pair for _, _, pair in asked])
    except ModelError:
        return _by_group(model, asked, out)
    for (k, _, _), row in zip(asked, rows, strict=True):
        out[k] = row
    return out, {}


def _by_group(
    model: StanceModel, asked: Sequence[tuple[int, int, Pair]], out: list[Row | None]
) -> tuple[list[Row | None], dict[int, str]]:
    groups: dict[int, list[tuple[int, Pair]]] = defaultdict(list)
    for k, group, pair in asked:
        groups[group].append((k, pair))
    failures: dict[int, str] = {}
    for group, own in groups.items():
        try:
            rows = _rows(model, [pair for _, pair in own])
        except ModelError as error:
            failures[group] = str(error)
            continue
        for (k, _), row in zip(own, rows, strict=True):
            out[k] = row
    return out, failures


def _rows(model: StanceModel, pairs: Sequence[Pair]) -> list[Row]:
    """One row a pair; raises ModelError where the model raises or gives no probabilities."""
    if not pairs:
        return []

    def rows() -> list[Row]:
        given = model.probabilities(pairs)
        return [(round(float(a), 3), round(float(b), 3), round(float(c), 3)) for a, b, c in given]

    found = attempt("stance model", rows)
    if len(found) != len(pairs) or not all(math.isfinite(x) for row in found for x in row):
        raise ModelError("the stance model failed (it gave no probabilities)")
    return found
