"""The labelled claims of `checkable.tsv`, which were written for it and are about nobody.

A line has its split, its topic, its label and its text. It judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).with_name("checkable.tsv")


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled claim."""

    split: str
    topic: str
    label: str
    text: str


def lines(split: str) -> list[Line]:
    """The labelled claims of one split, "train" or "test"."""
    rows = PATH.read_text("utf8").splitlines()[1:]
    return [one for row in rows if (one := Line(*row.split("\t"))).split == split]
