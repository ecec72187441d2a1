"""One attribution of a sentence as word indices; a value, without any judgement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution in a tree: word indices of cue, source and content.

    `own` tells that the cue is itself the claim's predicate ("explosions were reported"), so its
    words stay in the claim. `kind` is the cue's kind in the lexicon; `relay` names who was told;
    `inherits` that whoever speaks around it is the source ("reports of a bomb were false").
    """

    cue: tuple[int, ...]
    kind: str
    source: tuple[int, ...] = ()
    content: tuple[int, ...] = ()
    relay: tuple[int, ...] = ()
    text: str = ""
    own: bool = False
    negated: bool = False
    accused: tuple[int, ...] = ()
    inherits: bool = False
