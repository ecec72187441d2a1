"""What the reader model sees of a text: word pieces, word shapes, and windows of whole paragraphs.

Shared by the program and by `training/reader.py`, so that both see the same; it knows no labels
and never loads a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verify.models.runtime import clean
from verify.models.words import words
from verify.values import Span

CLS, SEP, UNK = 101, 102, 100
SENTENCE_END, PARAGRAPH_END = 1, 2  # types of [SEP]
FIRST_SHAPE, SHAPES = 3, 7
TYPES = FIRST_SHAPE + 2 * SHAPES
MAX_PIECES_A_WORD = 4
#: Pieces in a window: paragraphs are packed until it is full. Tuned on EWT and PolNeAR dev: trees
#: are learnt in windows of at most 96 pieces, and longer ones cost them a point and a half.
BUDGET = 96
LONGEST = 96  # pieces of a paragraph that is kept whole
MAX_WORDS = 120  # of a sentence: with at most 4 pieces each they fit the encoder's 512 places


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence as pieces and types, and whether a paragraph ends with it."""

    pieces: tuple[tuple[int, ...], ...]
    types: tuple[int, ...]
    ends_paragraph: bool

    @property
    def size(self) -> int:
        """How many pieces it takes, the separator included."""
        return sum(len(p) for p in self.pieces) + 1


@dataclass(frozen=True, slots=True)
class Coded:
    """One window as integers: pieces with types, each word's first and last piece and sentence."""

    ids: list[int]
    types: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]


def shape(word: str) -> int:
    """Class of a word's letters: what an uncased vocabulary has lost."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 4 if any(c.isdigit() for c in word) else 5
    if any(c.isdigit() for c in word):
        return 6
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 0
    if upper == len(letters) and upper > 1:
        return 2
    return 1 if letters[0].isupper() and upper == 1 else 3


def word_types(words: Sequence[str], glued: Sequence[bool]) -> tuple[int, ...]:
    """Shape and "no blank before" of each word as one number."""
    pairs = zip(words, glued, strict=True)
    return tuple(FIRST_SHAPE + shape(w) + (SHAPES if g else 0) for w, g in pairs)


def word_pieces(tokenizer: Any, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, ...]]]:
    """Piece ids of every word; a long word keeps its beginning and its end."""
    coded = tokenizer.encode_batch(
        [list(s) for s in sentences], is_pretokenized=True, add_special_tokens=False
    )
    out = []
    for sentence, encoding in zip(sentences, coded, strict=True):
        pieces: list[list[int]] = [[] for _ in sentence]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            pieces[word].append(piece)
        out.append([_clipped(p) for p in pieces])
    return out


def _clipped(pieces: list[int]) -> tuple[int, ...]:
    if len(pieces) > MAX_PIECES_A_WORD:
        pieces = pieces[: MAX_PIECES_A_WORD - 2] + pieces[-2:]
    return tuple(pieces) or (UNK,)


def code(sentences: Sequence[Sentence]) -> Coded:
    """Lay sentences out as one window: [CLS] words [SEP] words [SEP] …"""
    out = Coded([CLS], [0], [], [], [])
    for number, sentence in enumerate(sentences):
        for pieces, kind in zip(sentence.pieces, sentence.types, strict=True):
            out.first.append(len(out.ids))
            out.ids.extend(pieces)
            out.types.extend([kind] * len(pieces))
            out.last.append(len(out.ids) - 1)
            out.sentence.append(number)
        out.ids.append(SEP)
        out.types.append(PARAGRAPH_END if sentence.ends_paragraph else SENTENCE_END)
    return out


@dataclass(frozen=True, slots=True)
class Read:
    """A text cut into sentences of words, and the same as pieces."""

    words: tuple[tuple[Span, ...], ...]
    coded: tuple[Sentence, ...]


def read_sentences(
    tokenizer: Any,
    text: str,
    sentences: Sequence[Span],
    given: Sequence[Sequence[Span]] | None = None,
) -> Read:
    """Cut sentences into words and pieces; a sentence of more than MAX_WORDS becomes several."""
    if given is None:
        given = [words(text, s.start, s.end) for s in sentences]
    places = [part for found in given for part in _parted(found)]
    texts = [[clean(text[w.start : w.end]) for w in part] for part in places]
    pieces = word_pieces(tokenizer, texts)
    coded = []
    for number, part in enumerate(places):
        after = places[number + 1][0].start if number + 1 < len(places) else len(text)
        ends = number + 1 == len(places) or "\n" in text[part[-1].end : after]
        glued = [k > 0 and part[k - 1].end == w.start for k, w in enumerate(part)]
        kinds = word_types(texts[number], glued)
        coded.append(Sentence(tuple(pieces[number]), kinds, ends))
    return Read(tuple(places), tuple(coded))


def _parted(found: Sequence[Span]) -> list[tuple[Span, ...]]:
    return [tuple(found[i : i + MAX_WORDS]) for i in range(0, len(found), MAX_WORDS)]


def windows(read: Read, budget: int = BUDGET, longest: int = LONGEST) -> list[list[int]]:
    """Pack whole paragraphs while they fit; one that alone is too long is cut by sentences."""
    out: list[list[int]] = [[]]
    size = 0
    for paragraph in _paragraphs(read.coded):
        length = sum(read.coded[n].size for n in paragraph)
        if out[-1] and size + length > budget:
            out.append([])
            size = 0
        for n in paragraph:
            if out[-1] and size + read.coded[n].size > max(budget, longest):
                out.append([])
                size = 0
            out[-1].append(n)
            size += read.coded[n].size
    return [window for window in out if window]


def _paragraphs(coded: Sequence[Sentence]) -> list[list[int]]:
    out: list[list[int]] = [[]]
    for number, sentence in enumerate(coded):
        out[-1].append(number)
        if sentence.ends_paragraph:
            out.append([])
    return [paragraph for paragraph in out if paragraph]
