"""A text cut into the paragraphs that become statements, each word for word as it stood.

It leaves out what says nothing by itself, and never joins or shortens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verify.read import dom
from verify.text import normalise

#: Shorter ones, in characters or words, are labels, dates and buttons.
LEAST, LEAST_WORDS = 15, 4
#: More paragraphs than this are no statement but a list of them.
MOST = 120
#: A truncated teaser is not the source's whole words.
_CUT_SHORT = re.compile(
    r"(?:\[(?:…|\.{3})\]|…|\.{3}|Read more|Continue reading)\W*$", re.IGNORECASE
)


def of_text(blocks: Iterable[str]) -> list[str]:
    """Return the blocks that can be statements, each once, in order."""
    kept: dict[str, str] = {}
    for block in blocks:
        text = " ".join(block.split())
        is_said = len(text) >= LEAST and text.count(" ") >= LEAST_WORDS - 1
        if is_said and not _CUT_SHORT.search(text):
            kept.setdefault(normalise(text), text)
    return list(kept.values())[:MOST]


def of_markup(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, or of plain text."""
    if "<" not in markup:
        return of_text(markup.split("\n\n"))
    tree = dom.fragment(markup)
    return [] if tree is None else of_text(dom.text(tree).split("\n"))
