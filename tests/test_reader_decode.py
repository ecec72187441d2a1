"""Scores become trees, labels and names by rules that can be checked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from verify.models import reader_decode


def best_by_trial(arcs: np.ndarray, root: np.ndarray) -> float:
    """The score of the best tree with one root, by trying every choice of heads."""
    count = len(root)
    best = -np.inf
    for heads in itertools.product(range(-1, count), repeat=count):
        if is_tree(heads):
            best = max(best, total(arcs, root, heads))
    return float(best)


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(h < 0 for h in heads) != 1 or any(h == k for k, h in enumerate(heads)):
        return False
    for k in range(len(heads)):
        seen, here = set(), k
        while here >= 0 and here not in seen:
            seen.add(here)
            here = heads[here]
        if here >= 0:
            return False
    return True


def total(arcs: np.ndarray, root: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(root[k] if h < 0 else arcs[k, h] for k, h in enumerate(heads)))


@pytest.mark.parametrize("seed", range(30))
def test_the_best_tree_with_one_root_is_found(seed: int) -> None:
    random = np.random.default_rng(seed)
    count = 1 + seed % 5
    arcs, root = random.normal(size=(count, count)), random.normal(size=count)
    heads = tuple(reader_decode.heads(arcs, root))
    assert is_tree(heads)
    assert total(arcs, root, heads) == pytest.approx(best_by_trial(arcs, root))


def test_two_words_that_choose_each_other_are_parted() -> None:
    arcs = np.array([[0.0, 9.0], [8.0, 0.0]])
    assert reader_decode.heads(arcs, np.array([1.0, 1.5])) == [1, -1]


def test_inside_stands_only_after_its_own_kind() -> None:
    scores = np.full((1, 4, 5), -5.0)
    scores[0, 0, 0] = scores[0, 1, 2] = scores[0, 2, 4] = scores[0, 3, 4] = 0
    scores[0, 1, 1] = scores[0, 2, 3] = -1
    assert reader_decode.labels(scores, np.array([4])).tolist() == [[0, 1, 3, 4]]


def test_a_shorter_row_ends_where_it_ends() -> None:
    scores = np.zeros((2, 3, 3))
    scores[:, :, 1] = 1
    scores[:, :, 2] = -9
    found = reader_decode.labels(scores, np.array([3, 1]))
    assert found.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_runs_part_at_a_beginning_and_at_a_gap() -> None:
    tags = np.array([1, 2, 1, 0, 2, 3, 4, 4, 0])
    assert reader_decode.runs(tags, 1) == [(0, 1), (2, 2), (4, 4)]
    assert reader_decode.runs(tags, 3) == [(5, 7)]


def test_nested_names_stay_and_crossing_ones_do_not() -> None:
    scores = np.zeros((2, 4, 4))
    scores[0] = 5
    for (a, b), value in {(0, 3): 9, (1, 2): 8, (2, 3): 7, (3, 3): 6}.items():
        scores[1, a, b] = value
    scores[1, 3, 0] = 20
    assert [s[:3] for s in reader_decode.spans(scores)] == [
        (0, 3, 1), (1, 2, 1), (3, 3, 1),
    ]  # fmt: skip


def test_proper_and_common_heads_of_a_kind_count_together() -> None:
    scores = np.log(np.array([0.4, 0.3, 0.0001, 0.25, 0.0499])).reshape(5, 1, 1)
    assert np.exp(reader_decode.either(scores)).ravel() == pytest.approx([0.4, 0.55, 0.05])
