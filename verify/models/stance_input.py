"""How a pair of statement and claim becomes the tokens that the stance model reads.

Training and run time share it. Beside its segment every token carries whether its word, or one of
the same stem, stands in the other text: on contrast pairs a changed figure or name is then plain to
see. It never judges, and the same pair always gives the same tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Word pieces kept of each text: what a post or a sentence holds; longer ones are cut at the end.
MAX_STATEMENT, MAX_CLAIM = 110, 60
#: Type ids: 0–2 in the statement, 3–5 in the claim: no match, the same word, the same stem.
LEVELS = 3
CLS, SEP = 101, 102
#: Words of at least this length share a stem where they share as many first letters.
STEM = 5


def encode_pair(
    tokenizer: Any, statement: str, claim: str, *, match: bool = True
) -> tuple[list[int], list[int]]:
    """Token ids and type ids of `[CLS] statement [SEP] claim [SEP]`, two lists of one length."""
    a = tokenizer.encode(statement, add_special_tokens=False)
    b = tokenizer.encode(claim, add_special_tokens=False)
    a.truncate(MAX_STATEMENT)
    b.truncate(MAX_CLAIM)
    if match:
        mine, other = set(_words(a).values()), set(_words(b).values())
        left, right = _levels(a, other), _levels(b, mine)
    else:
        left, right = [0] * len(a.ids), [0] * len(b.ids)
    ids = [CLS, *a.ids, SEP, *b.ids, SEP]
    types = [0, *left, 0, *(LEVELS + level for level in right), LEVELS]
    return ids, types


def _words(encoding: Any) -> dict[int, str]:
    words: dict[int, str] = {}
    for word, token in zip(encoding.word_ids, encoding.tokens, strict=True):
        if word is not None:
            words[word] = words.get(word, "") + token.removeprefix("##")
    return words


def _levels(encoding: Any, other: set[str]) -> list[int]:
    """For each token: does its word (1) or its stem (2) stand in the other text?"""
    words = _words(encoding)
    stems = {w[:STEM] for w in other if len(w) >= STEM}
    ids: Sequence[int | None] = encoding.word_ids
    return [_level(words.get(i, "") if i is not None else "", other, stems) for i in ids]


def _level(word: str, other: set[str], stems: set[str]) -> int:
    if word in other:
        return 1
    return 2 if len(word) >= STEM and word[:STEM] in stems else 0
