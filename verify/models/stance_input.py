"""How a pair of statement and claim becomes the tokens that the stance model reads.

Training and run time share it. Beside its segment every token carries whether its word, or one of
the same stem, stands in the other text: on contrast pairs a changed figure or name is then plain to
see. It never judges, and the same pair always gives the same tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

#: Word pieces kept of each text: what a post or a sentence holds; longer ones are cut at the end.
MAX_STATEMENT, MAX_CLAIM = 110, 60
#: Type ids: 0–2 in the statement, 3–5 in the claim: no match, the same word, the same stem.
LEVELS = 3
CLS, SEP = 101, 102
#: Words of at least this length share a stem where they share as many first letters.
STEM = 5


@dataclass(frozen=True, slots=True)
class Side:
    """A text cut to `most` tokens: their ids, the word of each ("" for none), and its stems."""

    ids: tuple[int, ...]
    words: tuple[str, ...]
    distinct: frozenset[str]
    stems: frozenset[str]


def side(tokenizer: Any, text: str, most: int) -> Side:
    """Cut one text of a pair into tokens."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    encoding.truncate(most)
    words: dict[int, str] = {}
    for word, token in zip(encoding.word_ids, encoding.tokens, strict=True):
        if word is not None:
            words[word] = words.get(word, "") + token.removeprefix("##")
    each = tuple(words.get(i, "") if i is not None else "" for i in encoding.word_ids)
    stems = frozenset(w[:STEM] for w in words.values() if len(w) >= STEM)
    return Side(tuple(encoding.ids), each, frozenset(words.values()), stems)


def encode_pair(
    tokenizer: Any, statement: str, claim: str, *, match: bool = True
) -> tuple[list[int], list[int]]:
    """Token ids and type ids of `[CLS] statement [SEP] claim [SEP]`, two lists of one length."""
    sides = side(tokenizer, statement, MAX_STATEMENT), side(tokenizer, claim, MAX_CLAIM)
    return join(*sides, match=match)


def encode_pairs(
    tokenizer: Any, pairs: Sequence[tuple[str, str]]
) -> list[tuple[list[int], list[int]]]:
    """The same of every pair; a text that stands in several is cut into tokens once."""

    @cache
    def cut(text: str, most: int) -> Side:
        return side(tokenizer, text, most)

    return [join(cut(a, MAX_STATEMENT), cut(b, MAX_CLAIM)) for a, b in pairs]


def join(statement: Side, claim: Side, *, match: bool = True) -> tuple[list[int], list[int]]:
    """A pair's token ids and type ids."""
    left, right = [0] * len(statement.ids), [0] * len(claim.ids)
    if match:
        left, right = _levels(statement, claim), _levels(claim, statement)
    ids = [CLS, *statement.ids, SEP, *claim.ids, SEP]
    return ids, [0, *left, 0, *(LEVELS + level for level in right), LEVELS]


def _levels(own: Side, other: Side) -> list[int]:
    """For each token: does its word (1) or its stem (2) stand in the other text?"""
    return [_level(word, other) for word in own.words]


def _level(word: str, other: Side) -> int:
    if word in other.distinct:
        return 1
    return 2 if len(word) >= STEM and word[:STEM] in other.stems else 0
