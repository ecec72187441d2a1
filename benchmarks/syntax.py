"""Parts of speech and dependencies on a treebank: `python -m benchmarks.syntax FILE.conllu.gz …`.

Words and sentences are given, punctuation counts. `upos` is tag accuracy, `uas` the share of words
with the right head, `las` with the right relation too, without subtypes as in the CoNLL 2018
shared task (`las_subtypes`: with them). Beside it: every word tagged as the commonest tag of its
shape and hung on the word before it. Needs no network and changes nothing.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.reader_data import Tree, conllu
from verify.models import reader_input
from verify.models.reader import Reader, load
from verify.models.reading import Reading
from verify.values import Span


def main(arguments: list[str]) -> int:
    """Score all files together, print a table for people and one JSON line last."""
    if not arguments:
        print("usage: python -m benchmarks.syntax FILE.conllu.gz ...", file=sys.stderr)
        return 2
    trees = [tree for path in arguments for tree in conllu(Path(path))]
    model = load()
    began = time.perf_counter()
    guesses = list(parses(model, trees))
    seconds = time.perf_counter() - began
    scores = score(trees, guesses)
    baseline = score(trees, [plain(tree) for tree in trees])
    for name, row in (("shape, word before", baseline), (model.name, scores)):
        print(f"{name:20}", *(f"{key} {value:.4f}" for key, value in row.items()))
    words = sum(len(tree.words) for tree in trees)
    summary = {**scores, "words": words, "words_per_second": round(words / seconds)}
    print(json.dumps({**summary, "baseline": baseline, "model": model.name}))
    return 0


Parse = list[tuple[str, int, str]]


def documents(trees: Sequence[Tree]) -> Iterator[list[Tree]]:
    """Group the sentences by document."""
    part: list[Tree] = []
    for tree in trees:
        if tree.new_document and part:
            yield part
            part = []
        part.append(tree)
    if part:
        yield part


def laid_out(trees: Sequence[Tree]) -> tuple[str, list[Span], list[list[Span]]]:
    """Write a document as text again; return it with the places of sentences and words."""
    text, sentences, words = "", [], []
    for tree in trees:
        if text:
            text += "\n\n" if tree.new_paragraph else " "
        start, places = len(text), []
        for k, (word, glued) in enumerate(zip(tree.words, tree.glued, strict=True)):
            if k and not glued:
                text += " "
            places.append(Span(len(text), len(text) + len(word)))
            text += word
        sentences.append(Span(start, len(text)))
        words.append(places)
    return text, sentences, words


def readings(model: Reader, trees: Sequence[Tree]) -> Iterator[tuple[list[Tree], Reading]]:
    """Read every document with its words and sentences given."""
    for part in documents(trees):
        yield part, model.read(*laid_out(part))


def parses(model: Reader, trees: Sequence[Tree]) -> Iterator[Parse]:
    """Tag, head in the sentence (-1: root) and relation of every word."""
    for part, reading in readings(model, trees):
        at = 0
        for tree in part:
            words = reading.words[at : at + len(tree.words)]
            yield [(w.upos, w.head - at if w.head >= 0 else -1, w.deprel) for w in words]
            at += len(tree.words)


def plain(tree: Tree) -> Parse:
    """The baseline: a tag by shape, every word hung on the one before it."""
    tags = ("NOUN", "PROPN", "PROPN", "PROPN", "NUM", "PUNCT", "NUM")
    common = {"NOUN": "nmod", "PROPN": "flat", "NUM": "nummod", "PUNCT": "punct"}
    found = [tags[reader_input.shape(word)] for word in tree.words]
    return [(tag, k - 1, common[tag] if k else "root") for k, tag in enumerate(found)]


def score(trees: Sequence[Tree], guesses: Sequence[Parse]) -> dict[str, float]:
    """Shares of all words."""
    right: Counter[str] = Counter()
    total = 0
    for tree, guess in zip(trees, guesses, strict=True):
        gold = zip(tree.upos, tree.heads, tree.rels, strict=True)
        for (tag, head, rel), (true_tag, true_head, true_rel) in zip(guess, gold, strict=True):
            same = rel.split(":")[0] == true_rel.split(":")[0]
            right["upos"] += tag == true_tag
            right["uas"] += head == true_head
            right["las"] += head == true_head and same
            right["las_subtypes"] += head == true_head and rel == true_rel
            total += 1
    return {k: round(right[k] / total, 4) for k in ("upos", "uas", "las", "las_subtypes")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
