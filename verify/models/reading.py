"""What a text looks like when it has been read: words with structure, names, and who said what.

Plain values with character offsets into the text that was read; they judge and load nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.values import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `head` is the place in `Reading.words` of the word it depends on, -1 for a root.

    `upos` and `deprel` are those of Universal Dependencies ("nsubj:pass" with its subtype).
    """

    text: str
    start: int
    end: int
    sentence: int
    upos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of a person, place, organisation or event, with all that belongs to it.

    Mentions nest ("the [Israeli] army"). `nominal` is true where the head is no proper noun ("a
    police official").
    """

    start: int
    end: int
    type: str
    nominal: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: the cue, whose source and content may be absent, and content in pieces."""

    cue: Span
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. `sentences` gives each sentence's first word and the one after its last."""

    words: tuple[Word, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    names: tuple[Name, ...] = ()
    mentions: tuple[Name, ...] = ()
    said: tuple[Said, ...] = ()
