"""The Porter stemmer, as SQLite's FTS5 applies it, so that memory and disk hold the same words.

After M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. It never looks at
meaning ("organ" and "organisation" may meet), and leaves words of other scripts as they are.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

_VOWELS = "aeiou"
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
    "logi": "log", "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous",
    "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive",
    "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
)  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word."""
    if not 3 <= len(word) <= 64 or not word.isascii():
        return word
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replace(word, _STEP_2)
    word = _replace(word, _STEP_3)
    word = _strip(word)
    return _final_e(word)


def _is_consonant(word: str, index: int) -> bool:
    char = word[index]
    if char == "y":
        return index == 0 or not _is_consonant(word, index - 1)
    return char not in _VOWELS


def _measure(word: str) -> int:
    """Count the vowel-consonant sequences: m of [C](VC)^m[V]."""
    kinds = [_is_consonant(word, index) for index in range(len(word))]
    return sum(1 for left, right in pairwise(kinds) if right and not left)


def _has_vowel(word: str) -> bool:
    return any(not _is_consonant(word, index) for index in range(len(word)))


def _is_short(word: str) -> bool:
    """Tell whether a word ends consonant, vowel, consonant other than w, x or y."""
    end = len(word) - 1
    return (
        end >= 2
        and _is_consonant(word, end)
        and not _is_consonant(word, end - 1)
        and _is_consonant(word, end - 2)
        and word[end] not in "wxy"
    )


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        rest = word[: -len(suffix)]
        if word.endswith(suffix):
            return _mend(rest) if _has_vowel(rest) else word
    return word


def _mend(word: str) -> str:
    """Give a word back what its past or participle took: hop(p)ing, fil(e)ing."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and _is_consonant(word, len(word) - 1):
        return word if word[-1] in "lsz" else word[:-1]
    return word + "e" if _measure(word) == 1 and _is_short(word) else word


def _replace(word: str, table: dict[str, str]) -> str:
    suffix = max((end for end in table if word.endswith(end)), key=len, default="")
    rest = word[: len(word) - len(suffix)]
    return rest + table[suffix] if suffix and _measure(rest) > 0 else word


def _strip(word: str) -> str:
    suffix = max((end for end in (*_STEP_4, "ion") if word.endswith(end)), key=len, default="")
    rest = word[: len(word) - len(suffix)]
    if not suffix or _measure(rest) <= 1 or (suffix == "ion" and not rest.endswith(("s", "t"))):
        return word
    return rest


def _final_e(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _is_short(rest)):
            word = rest
    if word.endswith("ll") and _measure(word[:-1]) > 1:
        return word[:-1]
    return word
