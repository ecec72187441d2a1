"""How a pair of statement and claim becomes tokens; `verify/models/stance.py` does the same at run time."""

from __future__ import annotations

from typing import Any

MAX_STATEMENT = 110
MAX_CLAIM = 60


def _words(encoding: Any) -> dict[int, str]:
    words: dict[int, str] = {}
    for word, token in zip(encoding.word_ids, encoding.tokens, strict=True):
        if word is not None:
            words[word] = words.get(word, "") + token.removeprefix("##")
    return words


def _levels(mine: Any, other: set[str], stems: set[str]) -> list[int]:
    words = _words(mine)
    out = []
    for word in mine.word_ids:
        text = words[word]
        if text in other:
            out.append(1)
        elif len(text) >= 5 and text[:5] in stems:
            out.append(2)
        else:
            out.append(0)
    return out


def encode_pair(tokenizer: Any, statement: str, claim: str, *, match: bool = True) -> tuple[list[int], list[int]]:
    """Token ids and type ids of [CLS] statement [SEP] claim [SEP]."""
    a = tokenizer.encode(statement, add_special_tokens=False)
    b = tokenizer.encode(claim, add_special_tokens=False)
    a.truncate(MAX_STATEMENT)
    b.truncate(MAX_CLAIM)
    if match:
        wa, wb = set(_words(a).values()), set(_words(b).values())
        sa, sb = {w[:5] for w in wa if len(w) >= 5}, {w[:5] for w in wb if len(w) >= 5}
        la, lb = _levels(a, wb, sb), _levels(b, wa, sa)
    else:
        la, lb = [0] * len(a.ids), [0] * len(b.ids)
    ids = [101, *a.ids, 102, *b.ids, 102]
    types = [0, *la, 0, *(3 + x for x in lb), 3]
    return ids, types
