"""Where each claim's words lie in a paragraph or post: the text cut into pieces to underline.

Pieces joined give the text back. It draws nothing and escapes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from verify.values import Finding, Label, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the finding whose underline it bears, and the findings that end here."""

    text: str
    top: Finding | None
    ends: tuple[Finding, ...]


def cut(text: str, offset: int, findings: Sequence[Finding]) -> list[Piece]:
    """Cut a text that begins at `offset` of the text the findings' spans refer to.

    Where claims overlap, the one with the fewest words is underlined. Every finding ends in
    exactly one piece, also where its span lies outside the text.
    """
    spans = {f.claim.id: _inside(f, offset, len(text)) for f in findings}
    last = {
        f.claim.id: max((s.end for s in spans[f.claim.id]), default=len(text)) for f in findings
    }
    edges = {0, len(text)} | {e for own in spans.values() for s in own for e in (s.start, s.end)}
    points = sorted(edges | set(last.values()))
    pieces = []
    for start, end in pairwise(points):
        over = [f for f in findings if any(s.start <= start < s.end for s in spans[f.claim.id])]
        ends = tuple(f for f in findings if last[f.claim.id] == end)
        top = min(over, key=lambda f: _rank(f, spans[f.claim.id])) if over else None
        pieces.append(Piece(text[start:end], top, ends))
    return pieces or [Piece("", None, tuple(findings))]


def _inside(finding: Finding, offset: int, length: int) -> list[Span]:
    origin = finding.claim.origin
    wanted = origin.spans or (Span(origin.start, origin.end),)
    cropped = [Span(max(0, s.start - offset), min(length, s.end - offset)) for s in wanted]
    return [s for s in cropped if s.start < s.end]


def _rank(finding: Finding, spans: list[Span]) -> tuple[bool, int, int]:
    label = finding.verdict.label
    unchecked = label is Label.NOT_CHECKED
    return unchecked, sum(s.end - s.start for s in spans), list(Label).index(label)
