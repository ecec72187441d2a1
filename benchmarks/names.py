"""Names of persons, places and organisations: `python -m benchmarks.names [FILE.conllu.gz]`.

The file has GUM's `Entity` annotations (by default GUM dev beside the project). Gold are the
mentions whose head is a proper noun (the word whose own head lies outside), nested ones too; a
guess is right with exact range and type. Words and sentences are given. Beside it: runs of
capitalised words, a place where `verify.places` knows it, else a person. Needs no network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.syntax import documents, laid_out, readings
from training.reader_data import Tree, conllu
from verify import places
from verify.models.reader import load
from verify.values import Span

DEFAULT = Path(__file__).parents[1].parent / "shared" / "data" / "syntax" / "gum-dev.conllu.gz"
TYPES = {"person": "person", "place": "place", "organization": "organisation"}

#: Document, first character, one after the last, type.
Mention = tuple[int, int, int, str]


def main(arguments: list[str]) -> int:
    """Score one file, print a table for people and one JSON line last."""
    path = Path(arguments[0]) if arguments else DEFAULT
    if not path.is_file():
        print("usage: python -m benchmarks.names [FILE.conllu.gz]", file=sys.stderr)
        return 2
    trees = conllu(path)
    model = load()
    gold, found, rules = set(), set(), set()
    for number, (part, reading) in enumerate(readings(model, trees)):
        _, _, words = laid_out(part)
        gold |= {(number, *mention) for mention in _gold(part, words)}
        kept = [n for n in reading.names if n.type in TYPES.values()]
        found |= {(number, n.start, n.end, n.type) for n in kept}
    for number, part in enumerate(documents(trees)):
        text, _, words = laid_out(part)
        rules |= {(number, *mention) for mention in _capitalised(text, words)}
    scores, baseline = score(gold, found), score(gold, rules)
    for name, row in (("capitals and a gazetteer", baseline), (model.name, scores)):
        by_type = " ".join(f"{kind} {value:.3f}" for kind, value in row["f1"].items())
        print(f"{name:25} micro F1 {row['micro_f1']:.3f}   {by_type}")
    print(json.dumps({**scores, "mentions": len(gold), "baseline": baseline, "model": model.name}))
    return 0


def _gold(part: Sequence[Tree], words: Sequence[Sequence[Span]]) -> Iterable[tuple[int, int, str]]:
    for tree, places_ in zip(part, words, strict=True):
        for first, last, kind in tree.names or []:
            if kind in TYPES:
                yield places_[first].start, places_[last].end, TYPES[kind]


def _capitalised(text: str, words: Sequence[Sequence[Span]]) -> Iterable[tuple[int, int, str]]:
    for sentence in words:
        run: list[Span] = []
        for place in [*sentence[1:], Span(0, 0)]:
            word = text[place.start : place.end]
            if word[:1].isupper():
                run.append(place)
            elif run:
                start, end = run[0].start, run[-1].end
                known = places.country_of(text[start:end]) is not None
                yield start, end, "place" if known else "person"
                run = []


def score(gold: set[Mention], found: set[Mention]) -> dict[str, object]:
    """F1 by type and over all."""
    by_type = {
        kind: f1({m for m in gold if m[3] == kind}, {m for m in found if m[3] == kind})
        for kind in TYPES.values()
    }
    return {"f1": by_type, "micro_f1": f1(gold, found)}


def f1(gold: set[Mention], found: set[Mention]) -> float:
    """Harmonic mean of precision and recall; 0 where there is nothing."""
    return round(2 * len(gold & found) / max(1, len(gold) + len(found)), 4)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
