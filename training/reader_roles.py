"""Attributions as word labels: windows of paragraphs, cues, each cue's source and content."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from training.reader_batches import Example, collate
from training.reader_net import ReaderNet
from verify.models.reader_input import code, read_sentences, windows
from verify.text import sentences

Ranges = list[tuple[int, int]]
Cue = tuple[tuple[int, int], list[int]]  # its first and last word; every word's role
BUDGET, LONGEST = 128, 240  # pieces in a window, and of a paragraph that is kept whole
SHAKEN = 0.12  # share of cues that training sees a word off
BEGINS = {"source": 1, "content": 3}  # the tag after it is "inside"


def articles(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


def ranges(attribution: dict[str, Any], role: str) -> Ranges:
    return sorted((s, e) for part in attribution.get(role, []) for s, e in part["spans"])


def covered(words: Sequence[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    """Words that lie at least half in a range of characters."""
    return [i for i, (a, b) in enumerate(words) if 2 * (min(b, span[1]) - max(a, span[0])) >= b - a]


def examples(tokenizer: Any, rows: Iterable[dict[str, Any]]) -> list[Example]:
    """Cut articles into windows with the attributions whose cue lies inside."""
    out = []
    for row in rows:
        read = read_sentences(tokenizer, row["text"], sentences(row["text"]))
        gold = [
            {role: ranges(a, role) for role in ("cue", "source", "content")}
            for a in row["attributions"]
        ]
        for window in windows(read, BUDGET, LONGEST):
            words = [(w.start, w.end) for n in window for w in read.words[n]]
            coded = code([read.coded[n] for n in window])
            roles = [cue for a in gold if (cue := _labels(words, a))]
            out.append(Example(coded, [], roles))
    return out


def _labels(words: Sequence[tuple[int, int]], attribution: dict[str, Ranges]) -> Cue | None:
    cue = [i for span in attribution["cue"] for i in covered(words, span)]
    if not cue:
        return None
    tags = [0] * len(words)
    for role, begin in BEGINS.items():
        for span in attribution[role]:
            for k, i in enumerate(covered(words, span)):
                tags[i] = begin if k == 0 else begin + 1
    return (min(cue), max(cue)), tags


def cue_tags(part: Sequence[Example], words: int) -> torch.Tensor:
    tags = torch.full((len(part), words), -100)
    for row, example in enumerate(part):
        tags[row, : len(example.coded.first)] = 0
        for (first, last), _ in example.roles or []:
            tags[row, first] = 1
            tags[row, first + 1 : last + 1] = 2
    return tags


def role_batch(
    part: Sequence[Example], words: int, rng: random.Random | None
) -> dict[str, torch.Tensor]:
    """All cues of a batch: row, first and last word (now and then a word off), role tags."""
    cues = [(row, span, tags) for row, e in enumerate(part) for span, tags in e.roles or []]
    gold = torch.full((len(cues), words), -100)
    first, last = [], []
    for k, (_, span, tags) in enumerate(cues):
        gold[k, : len(tags)] = torch.tensor(tags)
        a, b = _shaken(span, len(tags), rng) if rng and rng.random() < SHAKEN else span
        first.append(a)
        last.append(b)
    return {
        "row": torch.tensor([c[0] for c in cues], dtype=torch.long),
        "first": torch.tensor(first, dtype=torch.long),
        "last": torch.tensor(last, dtype=torch.long),
        "gold": gold,
    }


def _shaken(span: tuple[int, int], count: int, rng: random.Random) -> tuple[int, int]:
    """A cue that is a word off at one end, as a predicted one may be."""
    shift = rng.choice((-1, 1))
    a, b = rng.choice(((span[0] + shift, span[1]), (span[0], span[1] + shift)))
    return max(0, min(a, b)), min(count - 1, max(a, b))


def role_loss(net: ReaderNet, part: list[Example], rng: random.Random) -> torch.Tensor:
    data = collate([e.coded for e in part])
    sentence = data.pop("sentence")
    cues = cue_tags(part, sentence.shape[1])
    roles = role_batch(part, sentence.shape[1], rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = net.encoder(**data)
        scores = net.roles.cues(words)
    real = cues >= 0
    loss = 2 * functional.cross_entropy(scores.float()[real], cues[real])
    if len(roles["row"]):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            mask = (sentence >= 0)[roles["row"]]
            tags = net.roles.roles(words[roles["row"]], roles["first"], roles["last"], mask)
        inside = roles["gold"] >= 0
        loss = loss + 2 * functional.cross_entropy(tags.float()[inside], roles["gold"][inside])
    return loss
