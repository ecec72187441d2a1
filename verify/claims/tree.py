"""A sentence as a dependency tree (Universal Dependencies), with the few moves the claims need.

It never judges: what a cue, an event or a claim is stands in the modules that use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from verify.values import Span


class Word(Protocol):
    """A parsed word, as the reader gives it: offsets in the text, `head` an index or -1."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def upos(self) -> str: ...
    @property
    def head(self) -> int: ...
    @property
    def deprel(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a sentence: its index in the sentence, its head's (-1 for the root)."""

    i: int
    text: str
    start: int
    end: int
    upos: str
    head: int
    rel: str
    #: The word in lower case, with plain apostrophes.
    low: str = field(init=False, repr=False, compare=False)
    #: The relation without its subtype, `acl:relcl` being kept whole.
    kind: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kind = self.rel if self.rel == "acl:relcl" else self.rel.partition(":")[0]
        object.__setattr__(self, "low", self.text.lower().replace("’", "'"))
        object.__setattr__(self, "kind", kind)


class Tree:
    """The words of one sentence of `source`, with their places in it."""

    __slots__ = ("_children", "source", "tokens")

    def __init__(self, source: str, tokens: Sequence[Token]) -> None:
        self.source = source
        self.tokens = tuple(tokens)
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self._children[token.head].append(token.i)

    @classmethod
    def of(cls, source: str, words: Sequence[Word], offset: int = 0) -> Tree:
        """Make a tree of one sentence's words; their heads count from `offset`."""
        tokens = [
            Token(
                i, w.text, w.start, w.end, w.upos, w.head - offset if w.head >= 0 else -1, w.deprel
            )
            for i, w in enumerate(words)
        ]
        return cls(source, tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def root(self) -> int:
        """The index of the sentence's root, 0 where the parse has none."""
        return next((t.i for t in self.tokens if t.head < 0), 0)

    def children(self, i: int, *kinds: str) -> list[Token]:
        """The dependants of a word, in order; of these relations only, where any are named."""
        own = [self.tokens[c] for c in self._children[i]]
        return [t for t in own if t.kind in kinds or t.rel in kinds] if kinds else own

    def child(self, i: int, *kinds: str) -> Token | None:
        """The first dependant of these relations."""
        for place in self._children[i]:
            token = self.tokens[place]
            if not kinds or token.kind in kinds or token.rel in kinds:
                return token
        return None

    def subtree(self, i: int, without: Iterable[int] = ()) -> list[int]:
        """Indices of a word and all below it, in order; the branches in `without` are left out."""
        cut, out, todo = set(without), {i}, [i]
        while todo:
            fresh = [c for c in self._children[todo.pop()] if c not in cut and c not in out]
            out.update(fresh)
            todo.extend(fresh)
        return sorted(out)

    def is_sound(self) -> bool:
        """Tell whether every word hangs, by its heads, on a root."""
        safe: set[int] = set()
        for token in self.tokens:
            path = [token.i, *self.ancestors(token.i)]
            if self.tokens[path[-1]].head >= 0 and path[-1] not in safe:
                return False
            safe.update(path)
        return True

    def moved(self, tokens: Sequence[Token]) -> Tree:
        """The tree with its words hung anew; itself where that would tear it or make a circle."""
        if tuple(tokens) == self.tokens:
            return self
        other = Tree(self.source, tokens)
        return other if other.is_sound() else self

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above a word, nearest first; stops at a cycle."""
        seen = {i}
        k = self.tokens[i].head
        while k >= 0 and k not in seen:
            yield k
            seen.add(k)
            k = self.tokens[k].head

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The stretches of the source that these words cover; blanks between neighbours bridged."""
        out: list[Span] = []
        last = -2
        for i in sorted(set(indices)):
            token = self.tokens[i]
            if i == last + 1:
                out[-1] = Span(out[-1].start, token.end)
            else:
                out.append(Span(token.start, token.end))
            last = i
        return tuple(out)

    def text(self, indices: Iterable[int]) -> str:
        """The words as they stand in the source; single blanks where words are left out."""
        parts = [self.source[s.start : s.end] for s in self.spans(indices)]
        out = ""
        for piece in parts:
            joins = not out or (piece[:1] != "," and out[-1] != ",")
            part = piece if joins else piece.lstrip(", ")
            out = out if joins else out.rstrip(", ")
            if not part:
                continue
            glue = "" if not out or part[:1] in ",.;:!?’'%" else " "
            out += glue + part
        return " ".join(out.split())
