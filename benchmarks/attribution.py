"""Who said what, on PolNeAR: `python -m benchmarks.attribution FILE.jsonl.gz`.

`exact_f1`: micro F1 over distinct (article, role, set of character ranges), with white space and
punctuation trimmed off the edges of every range (a range of nothing else stays). `linked_f1`: over
whole attributions, all three roles equal, an absent source equal to an absent one. `token_f1`: over
white-space tokens that a role touches. Beside the model: a short list of rules with cue words.
Needs no network and changes nothing.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from verify.models.reader import load
from verify.text import sentences

ROLES = ("source", "cue", "content")
Ranges = frozenset[tuple[int, int]]
#: The ranges of source, cue and content.
Attribution = tuple[Ranges, Ranges, Ranges]


def main(arguments: list[str]) -> int:
    """Score one file, print a table for people and one JSON line last."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.attribution FILE.jsonl.gz", file=sys.stderr)
        return 2
    with gzip.open(arguments[0], "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    texts = [row["text"] for row in rows]
    gold = [[_gold(row["text"], a) for a in row["attributions"]] for row in rows]
    model = load()

    def read(text: str) -> Iterator[Attribution]:
        for said in model.read(text).said:
            parts = (said.source, (said.cue,), said.content)
            yield _whole(text, ([(s.start, s.end) for s in part] for part in parts))

    results = {}
    for name, find in (("rules", rules), (model.name, read)):
        found = [list(find(text)) for text in texts]
        results[name] = score(texts, gold, found)
        _show(name, results[name])
    count = sum(len(attributions) for attributions in gold)
    summary = {**results[model.name], "rules": results["rules"]}
    print(json.dumps({**summary, "attributions": count, "model": model.name}))
    return 0


def _show(name: str, result: dict[str, Any]) -> None:
    print(f"{name:10} {'':8}" + "".join(f"{role:>10}" for role in ROLES))
    for kind in ("token", "exact"):
        print(f"{'':10} {kind:8}" + "".join(f"{result[f'{kind}_f1'][r]:10.3f}" for r in ROLES))
    print(f"{'':10} linked  {result['linked_f1']:10.3f}")


def _gold(text: str, attribution: dict[str, Any]) -> Attribution:
    return _whole(
        text, ([tuple(s) for part in attribution.get(r, []) for s in part["spans"]] for r in ROLES)
    )


def _whole(text: str, roles: Iterable[Iterable[tuple[int, ...]]]) -> Attribution:
    source, cue, content = (
        frozenset(trimmed(text, start, end) for start, end in role if end > start) for role in roles
    )
    return source, cue, content


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take white space and punctuation off both ends, unless the range holds nothing else."""
    first, last = start, end
    while first < last and _is_edge(text[first]):
        first += 1
    while last > first and _is_edge(text[last - 1]):
        last -= 1
    return (first, last) if first < last else (start, end)


def _is_edge(char: str) -> bool:
    return char.isspace() or char in "`´" or unicodedata.category(char).startswith("P")


def score(
    texts: list[str], gold: list[list[Attribution]], found: list[list[Attribution]]
) -> dict[str, Any]:
    """All figures of one reader of the texts."""
    exact: dict[str, float] = {}
    token: dict[str, float] = {}
    for k, role in enumerate(ROLES):
        pairs = [
            {(n, a[k]) for n, attributions in enumerate(side) for a in attributions if a[k]}
            for side in (gold, found)
        ]
        exact[role] = f1(*pairs)
        token[role] = f1(*(_tokens(texts, side) for side in pairs))
    linked = [{(n, a) for n, part in enumerate(side) for a in part} for side in (gold, found)]
    return {"token_f1": token, "exact_f1": exact, "linked_f1": f1(*linked)}


def _tokens(texts: list[str], spans: set[tuple[int, Ranges]]) -> set[tuple[int, int]]:
    """The white-space tokens (article, first character) that any of the ranges touches."""
    by_text: dict[int, list[tuple[int, int]]] = {}
    for number, ranges in spans:
        by_text.setdefault(number, []).extend(ranges)
    out = set()
    for number, ranges in by_text.items():
        marked = bytearray(len(texts[number]))
        for start, end in ranges:
            marked[start:end] = b"\1" * (end - start)
        for match in re.finditer(r"\S+", texts[number]):
            if any(marked[match.start() : match.end()]):
                out.add((number, match.start()))
    return out


def f1(gold: set[Any], found: set[Any]) -> float:
    """Harmonic mean of precision and recall; 0 where there is nothing."""
    return round(2 * len(gold & found) / max(1, len(gold) + len(found)), 4)


_SAY = (
    r"(?:(?:has|have|had|also|later|then)\s+)*(?:said|says|say|told|tells|wrote|writes|added|adds|noted|notes|"
    r"reported|reports|announced|claimed|claims|argued|argues|stated|states|suggested|suggests|tweeted|explained|"
    r"warned|warns|insisted|acknowledged|declared|believes|believe|thinks|think|saying|adding)"
)
_WHO = r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+)?(?:[\w.'’-]+\s+){0,4}[\w.'’-]+"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)"
_QUOTE = r"(?P<content>[\"“][^\"”]+[\"”])\s*"
_SOURCE = rf"(?P<source>{_PRONOUN}|{_WHO})"
_RULES = (
    rf"{_QUOTE}{_SOURCE}\s+(?P<cue>{_SAY})\b",
    rf"{_QUOTE}(?P<cue>{_SAY})\s+(?P<source>{_WHO})",
    rf"{_SOURCE}\s+(?P<cue>{_SAY})\s*[,:]?\s+(?P<content>(?:that\s+)?.+)",
    rf"(?P<content>.+),\s+{_SOURCE}\s+(?P<cue>{_SAY})\b",
    rf"(?P<cue>[Aa]ccording to)\s+(?P<source>{_WHO}),\s+(?P<content>.+)",
    rf"(?P<content>.+),\s+(?P<cue>according to)\s+(?P<source>{_WHO})",
)


def rules(text: str) -> Iterator[Attribution]:
    """The baseline: in each sentence, the first pattern of cue words that fits."""
    patterns = [re.compile(rule) for rule in _RULES]
    for sentence in sentences(text):
        for pattern in patterns:
            match = pattern.search(text, sentence.start, sentence.end)
            if match:
                yield _whole(text, ([match.span(role)] for role in ROLES))
                break


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
