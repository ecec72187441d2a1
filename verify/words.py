"""Texts as bags of stemmed words, and how well they match (BM25): the same in memory and on disk.

It splits hashtags and handles into words and leaves links and signatures out. It never knows
sources, dates or vectors, and its scores propose only: they never decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np

from verify.stem import stem

#: Of k1 .6–2 and b .4–.9 the best on CheckThat! 2020 task 2 train, by .005 of MAP@5 at the most.
K1, B = 1.2, 0.5
#: Numbers that the scores of every word in every text may take as a table: an article's do.
TABLE = 1_000_000
#: Lengths of character runs: they find names spelt in two ways, and compounds.
GRAMS = (4, 5)

_LINK = re.compile(r"(?:https?\s?:\s?/\s?/|www\.|pic\.twitter\.com/|\bt\.co\s?/)\s?\S*", re.I)
_SIGNATURE = re.compile(r"\s*[—–-]\s*[^—–]{0,80}\(@\w{1,30}\)[^.]{0,40}$")
_RETWEET = re.compile(r"^\W*(?:RT|MT|QT)\s+@\w+\s*:?\s*")
_TAG = re.compile(r"[@#＃]\s?(\w+)")
_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|_+")
_WORD = re.compile(r"[^\W_]+")
_STOP = """a an and are as at be been but by for from had has have he her him his i in into is it
its of on or our she so that the their them then there these they this to was we were what when
which who will with you your"""
#: Words that are nearly everywhere; in a small collection their rarity says nothing.
STOP = frozenset(_STOP.split())


def searchable(text: str) -> str:
    """Return the text without links, signature and retweet mark, hashtags and handles as words."""
    text = _LINK.sub(" ", text)
    text = _SIGNATURE.sub("", " ".join(text.split()))
    text = _RETWEET.sub("", text)
    text = _TAG.sub(lambda tag: f" {_BORDER.sub(' ', tag[1])} ", text)
    return " ".join(text.split())


def split(text: str) -> list[str]:
    """Cut a searchable text into lower-case words without accents and stop words."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return [word for word in _WORD.findall(plain) if word not in STOP]


def tokens(text: str) -> list[str]:
    """Cut a searchable text into stemmed words."""
    return [stem(word) for word in split(text)]


def grams(text: str) -> list[str]:
    """Cut a searchable text into runs of four and five characters, blanks at word borders."""
    plain = f" {' '.join(_WORD.findall(text.casefold()))} "
    return [plain[i : i + n] for n in GRAMS for i in range(len(plain) - n + 1)]


class Index:
    """An inverted index of texts given as tokens, scored by BM25 (Robertson et al., TREC-3).

    Texts that stand for a larger collection (candidates drawn from an archive) are weighed by
    `frequency`, in how many of `size` texts of that collection a word occurs.
    """

    def __init__(
        self,
        texts: Sequence[Sequence[str]],
        frequency: Callable[[str], int] | None = None,
        size: int = 0,
    ) -> None:
        self.size = len(texts)
        self._frequency = frequency
        self._collection = max(size, self.size)
        lengths = np.array([len(text) for text in texts], dtype=np.float32)
        mean = max(1.0, float(lengths.mean())) if texts else 1.0
        norm = K1 * (1 - B + B * lengths / mean)
        numbers: dict[str, int] = {}
        entries: list[int] = []
        for text in texts:
            entries.extend(numbers.setdefault(word, len(numbers)) for word in text)
        places = np.repeat(np.arange(self.size), lengths.astype(np.int64))
        pairs = np.array(entries, dtype=np.int64) * max(1, self.size) + places
        distinct, counts = np.unique(pairs, return_counts=True)
        word_of = distinct // max(1, self.size)
        self._numbers = numbers
        self._places = distinct % max(1, self.size)
        self._saturated = counts * (K1 + 1) / (counts + norm[self._places])
        of_word = np.bincount(word_of, minlength=len(numbers))
        self._ends = np.cumsum(of_word).tolist()
        self._table: np.ndarray | None = None
        if frequency is None and len(numbers) * self.size <= TABLE:
            rarity = np.array([self.weight(word) for word in numbers])[word_of]
            self._table = np.zeros((len(numbers), self.size))
            self._table[word_of, self._places] = self._saturated * rarity

    def _found(self, word: str) -> slice:
        """Where the word's texts stand, text by text in order."""
        number = self._numbers.get(word)
        if number is None:
            return slice(0, 0)
        return slice(self._ends[number - 1] if number else 0, self._ends[number])

    def weight(self, word: str) -> float:
        """Return the word's rarity, never negative."""
        found = self._found(word)
        count = found.stop - found.start
        if self._frequency is not None:
            count = max(count, self._frequency(word))
        return log(1 + (self._collection - count + 0.5) / (count + 0.5))

    def scores(self, query: Iterable[str]) -> np.ndarray:
        """Score every text for the query's distinct words: float32 [size]."""
        known = [word for word in sorted(set(query)) if word in self._numbers]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        if self._table is not None:
            rows = self._table[[self._numbers[word] for word in known]]
            return np.asarray(rows.sum(axis=0), dtype=np.float32)
        found = [self._found(word) for word in known]
        places = np.concatenate([self._places[one] for one in found])
        parts = np.concatenate([self._saturated[one] for one in found])
        weights = np.repeat(
            [self.weight(word) for word in known], [one.stop - one.start for one in found]
        )
        total = np.bincount(places, weights=parts * weights, minlength=self.size)
        return total.astype(np.float32)
