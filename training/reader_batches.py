"""Windows of training text, packed into padded batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from training.reader_data import MENTIONS, Tree
from verify.models.reader_input import Coded, Sentence, code, word_pieces, word_types


@dataclass
class Example:
    """One window with its gold: trees (with words' places in the window), or attributions."""

    coded: Coded
    trees: list[Tree]
    roles: list[tuple[tuple[int, int], list[int]]] | None = None


def sentences_of(tokenizer, trees: Sequence[Tree]) -> list[Sentence]:  # type: ignore[no-untyped-def]
    pieces = word_pieces(tokenizer, [t.words for t in trees])
    out = []
    for i, tree in enumerate(trees):
        ends = i + 1 == len(trees) or trees[i + 1].new_paragraph
        out.append(Sentence(tuple(pieces[i]), word_types(tree.words, tree.glued), ends))
    return out


def varied(tree: Tree, rng: random.Random) -> Tree:
    """Now and then all capitals, none, no full stop or curled quotes: as posts are."""
    chance = rng.random()
    words, keep = tree.words, len(tree.words)
    if chance < 0.03:
        words = [w.upper() for w in words]
    elif chance < 0.06:
        words = [w.lower() for w in words]
    elif chance < 0.09:
        words = [w.replace("'", "’").replace("``", "“").replace("''", "”") for w in words]
    elif chance < 0.15 and keep > 2 and words[-1] in ".!?" and keep - 1 not in tree.heads:
        keep -= 1
    if words is tree.words and keep == len(words):
        return tree
    names = None if tree.names is None else [n for n in tree.names if n[1] < keep]
    return Tree(
        words[:keep],
        tree.glued[:keep],
        tree.upos[:keep],
        tree.heads[:keep],
        tree.rels[:keep],
        names,
        tree.new_paragraph,
        tree.new_document,
    )


def windows(
    trees: Sequence[Tree], sentences: Sequence[Sentence], budgets: Sequence[int], rng: random.Random
) -> list[Example]:
    """Cut a file into windows of neighbouring sentences of one document."""
    out: list[Example] = []
    start, size, budget = 0, 0, rng.choice(budgets)
    for i, sentence in enumerate(sentences):
        if i > start and (trees[i].new_document or size + sentence.size > budget):
            out.append(Example(code(sentences[start:i]), list(trees[start:i])))
            start, size, budget = i, 0, rng.choice(budgets)
        size += sentence.size
    out.append(Example(code(sentences[start:]), list(trees[start:])))
    return [e for e in out if len(e.coded.ids) <= 500]


def batches(lengths: Sequence[int], budget: int, rng: random.Random | None) -> list[list[int]]:
    """Indices of similar length, at most `budget` pieces with padding; shuffled if rng is given."""
    order = sorted(
        range(len(lengths)), key=lambda k: lengths[k] + (rng.random() * 12 if rng else 0)
    )
    out: list[list[int]] = [[]]
    for k in order:
        if out[-1] and (len(out[-1]) + 1) * lengths[k] > budget:
            out.append([])
        out[-1].append(k)
    if rng:
        rng.shuffle(out)
    return [part for part in out if part]


def collate(coded: Sequence[Coded]) -> dict[str, torch.Tensor]:
    width = -(-max(len(c.ids) for c in coded) // 8) * 8
    words = max(len(c.first) for c in coded)
    ids, types, mask = (torch.zeros(len(coded), width, dtype=torch.long) for _ in range(3))
    first, last = (torch.zeros(len(coded), words, dtype=torch.long) for _ in range(2))
    sentence = torch.full((len(coded), words), -1)
    for row, c in enumerate(coded):
        ids[row, : len(c.ids)] = torch.tensor(c.ids)
        types[row, : len(c.ids)] = torch.tensor(c.types)
        mask[row, : len(c.ids)] = 1
        first[row, : len(c.first)] = torch.tensor(c.first)
        last[row, : len(c.last)] = torch.tensor(c.last)
        sentence[row, : len(c.sentence)] = torch.tensor(c.sentence)
    return {
        "ids": ids,
        "mask": mask,
        "types": types,
        "first": first,
        "last": last,
        "sentence": sentence,
    }


def tree_labels(
    part: Sequence[Example], words: int, tags: dict[str, int], rels: dict[str, int]
) -> dict[str, torch.Tensor]:
    """Gold tags, heads (0: the root, else the head's place in the window + 1), relations, names."""
    upos, heads, kinds = (torch.full((len(part), words), -100) for _ in range(3))
    names = torch.full((len(part), words, words), -100)
    for row, example in enumerate(part):
        at = 0
        for tree in example.trees:
            n = len(tree.words)
            if tree.upos:
                upos[row, at : at + n] = torch.tensor([tags[t] for t in tree.upos])
                heads[row, at : at + n] = torch.tensor(
                    [h + at + 1 if h >= 0 else 0 for h in tree.heads]
                )
                kinds[row, at : at + n] = torch.tensor([rels.get(r, 0) for r in tree.rels])
            if tree.names is not None:
                block = torch.zeros(n, n, dtype=torch.long)
                for start, end, kind in tree.names:
                    if kind in MENTIONS:
                        block[start, end] = MENTIONS.index(kind) + 1
                block[torch.tril(torch.ones(n, n), -1).bool()] = -100
                names[row, at : at + n, at : at + n] = block
            at += n
    return {"upos": upos, "heads": heads, "rels": kinds, "names": names}
