"""Markers that stand for posts while the prose is extracted; they never reach an article."""

from __future__ import annotations

import re
from itertools import pairwise

#: Letters and digits only, so that no extractor drops, splits or prettifies it.
MARKER = re.compile(r"QXPOST(\d{4})XQ")


def marker(number: int) -> str:
    """Return the marker that stands for the post with this number."""
    return f"QXPOST{number:04d}XQ"


def lift(text: str) -> tuple[str, dict[int, int]]:
    """Take the markers out of a text; return it and the offset at which each one stood.

    A paragraph that held nothing else goes; its posts stand where the next paragraph begins.
    """
    kept: list[str] = []
    positions: dict[int, int] = {}
    length = 0
    for paragraph in re.split(r"\n\s*\n", text):
        start = length + 2 if kept else 0
        plain, inner = _lift_inline(paragraph)
        for number, offset in inner.items():
            positions.setdefault(number, start + offset)
        if plain:
            kept.append(plain)
            length = start + len(plain)
    final = "\n\n".join(kept)
    return final, {number: min(offset, len(final)) for number, offset in positions.items()}


def _lift_inline(paragraph: str) -> tuple[str, dict[int, int]]:
    """Take the markers out of one paragraph, with the blanks that stood around them."""
    places: dict[int, int] = {}
    plain = ""
    cuts = [(0, 0), *((m.start(), m.end()) for m in MARKER.finditer(paragraph))]
    cuts.append((len(paragraph), len(paragraph)))
    numbers = [int(number) for number in MARKER.findall(paragraph)]
    for index, ((_, last), (start, _)) in enumerate(pairwise(cuts)):
        piece = paragraph[last:start]
        plain = _joined(plain, piece)
        if index < len(numbers):
            places[numbers[index]] = len(plain)
    stripped = plain.strip()
    lead = len(plain) - len(plain.lstrip())
    return stripped, {n: min(max(0, at - lead), len(stripped)) for n, at in places.items()}


def _joined(plain: str, piece: str) -> str:
    if (
        plain
        and not plain[-1].isspace()
        and piece
        and not piece[0].isspace()
        and piece[0].isalnum()
    ):
        return plain + " " + piece
    if plain.endswith((" ", "\n")) or not plain:
        return plain + piece.lstrip(" ")
    return plain + piece
