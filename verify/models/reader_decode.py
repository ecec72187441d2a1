"""From the reader's scores to trees, names and labels: plain arithmetic, no model, no text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

NEVER = -1e9
ROOTS_TRIED = 5


def heads(arcs: np.ndarray, root: np.ndarray) -> list[int]:
    """Return each word's head (-1: the root) as the best tree with one root.

    `arcs` is [word, head]. The best head of every word is nearly always a tree at once; where it
    is not, Chu-Liu and Edmonds' algorithm finds the best tree.
    """
    count = len(root)
    scores = np.concatenate([root[:, None], arcs], axis=1).astype(np.float64)
    scores[np.arange(count), np.arange(count) + 1] = NEVER
    best = scores.argmax(1)
    if (best == 0).sum() == 1 and not _cycle([0, *best.tolist()]):
        return [int(h) - 1 for h in best]
    found: tuple[float, list[int]] | None = None
    for word in np.argsort(-root, kind="stable")[:ROOTS_TRIED]:
        forced = scores.copy()
        forced[:, 0] = NEVER
        forced[word] = NEVER
        forced[word, 0] = 0.0
        square = np.concatenate([np.full((1, count + 1), NEVER), forced])
        tree = _edmonds(square)
        total = root[word] + sum(square[d, tree[d]] for d in range(1, count + 1) if d != word + 1)
        if found is None or total > found[0]:
            found = (float(total), tree)
    assert found is not None
    return [h - 1 for h in found[1][1:]]


def _cycle(tree: Sequence[int]) -> list[int]:
    """Return the nodes of one cycle, none if there is none; node 0 is the root."""
    state = [0] * len(tree)
    for node in range(1, len(tree)):
        path, here = [], node
        while here and not state[here]:
            state[here] = node
            path.append(here)
            here = tree[here]
        if here and state[here] == node and path:
            return path[path.index(here) :]
    return []


def _edmonds(scores: np.ndarray) -> list[int]:
    """Return the best tree's head of every node, for scores [node, head]; node 0 is the root."""
    tree = [0, *scores[1:].argmax(1).tolist()]
    ring = _cycle(tree)
    if not ring:
        return tree
    inside = np.array(ring)
    outside = np.array([k for k in range(len(scores)) if k not in set(ring)])
    held = scores[inside, [tree[k] for k in ring]]
    into = scores[np.ix_(inside, outside)] - held[:, None]
    out_of = scores[np.ix_(outside, inside)]
    size = len(outside)
    small = np.full((size + 1, size + 1), NEVER)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = into.max(0)
    small[:size, size] = out_of.max(1)
    small[size, size] = NEVER
    solved = _edmonds(small)
    for k in range(1, size):
        head = solved[k]
        node = outside[k]
        tree[node] = int(inside[out_of[k].argmax()] if head == size else outside[head])
    entry = solved[size]
    broken = int(inside[into[:, entry].argmax()])
    tree[broken] = int(outside[entry])
    return tree


def log_softmax(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return logarithms of probabilities."""
    shifted = scores - scores.max(axis, keepdims=True)
    result: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis, keepdims=True))
    return result


def labels(scores: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the best tag sequences [n, words] for log scores [n, words, tags].

    Tag 0 is outside; 1 begins and 2 continues one kind, 3 begins and 4 continues the next: a tag
    that continues stands only after its own kind.
    """
    rows, words, tags = scores.shape
    allowed = np.zeros((tags, tags))
    for tag in range(2, tags, 2):
        allowed[:, tag] = NEVER
        allowed[[tag - 1, tag], tag] = 0
    best = scores[:, 0] + np.where(np.arange(tags) % 2 == 0, NEVER, 0) * (np.arange(tags) > 0)
    came = np.zeros((rows, words, tags), dtype=np.int8)
    for word in range(1, words):
        paths = best[:, :, None] + allowed
        came[:, word] = paths.argmax(1)
        step = paths.max(1) + scores[:, word]
        past = word >= lengths
        step[past] = best[past]
        came[past, word] = np.arange(tags)
        best = step
    out = np.zeros((rows, words), dtype=np.int64)
    out[:, -1] = best.argmax(1)
    for word in range(words - 1, 0, -1):
        out[:, word - 1] = came[np.arange(rows), word, out[:, word]]
    out[np.arange(words)[None, :] >= lengths[:, None]] = 0
    return out


def runs(tags: np.ndarray, begin: int) -> list[tuple[int, int]]:
    """Return the spans (first, last) of one kind in a tag sequence."""
    out: list[tuple[int, int]] = []
    for place in np.flatnonzero((tags == begin) | (tags == begin + 1)).tolist():
        if tags[place] == begin + 1 and out and out[-1][1] == place - 1:
            out[-1] = (out[-1][0], place)
        else:
            out.append((place, place))
    return out


def either(scores: np.ndarray) -> np.ndarray:
    """Join the two scores of every kind (proper and common heads stand one after the other).

    `scores` is [kind, first, last], kind 0 is none; the result are log probabilities.
    """
    logs = log_softmax(scores.astype(np.float64), axis=0)
    half = 1 + (len(logs) - 1) // 2
    return np.concatenate([logs[:1], np.logaddexp(logs[1:half], logs[half:])])


def spans(scores: np.ndarray, bias: float = 0.0) -> list[tuple[int, int, int, float]]:
    """Return names (first, last, kind from 1, probability): nested ones stay, crossing ones do not.

    `scores` is [kind, first, last] of one sentence, kind 0 is none.
    """
    logs = log_softmax(scores.astype(np.float64), axis=0)
    kinds = logs[1:].argmax(0) + 1
    gain = np.take_along_axis(logs, kinds[None], 0)[0] - logs[0] + bias
    found = [
        (int(a), int(b), int(kinds[a, b]), float(np.exp(logs[kinds[a, b], a, b])))
        for a, b in np.argwhere(np.triu(gain > 0))
    ]
    kept: list[tuple[int, int, int, float]] = []
    for span in sorted(found, key=lambda s: -s[3]):
        a, b = span[:2]
        if not any(c < a <= d < b or a < c <= b < d for c, d, *_ in kept):
            kept.append(span)
    return sorted(kept)
