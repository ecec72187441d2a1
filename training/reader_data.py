"""The reader's training texts: trees and names from CoNLL-U, names in tweets, attributions."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

NAME_TYPES = ("person", "place", "organization", "event")
MENTIONS = NAME_TYPES + tuple(f"{name}*" for name in NAME_TYPES)


@dataclass
class Tree:
    """One sentence with gold words; `names` are (first word, last word, type), None if unmarked."""

    words: list[str]
    glued: list[bool]
    upos: list[str]
    heads: list[int]
    rels: list[str]
    names: list[tuple[int, int, str]] | None = None
    new_paragraph: bool = False
    new_document: bool = False
    text: str = ""
    roles: list = field(default_factory=list)


def conllu(path: Path) -> list[Tree]:
    """Read trees; heads are 0-based, -1 for the root."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        blocks = file.read().split("\n\n")
    trees, entities, marked = [], [], False
    for block in blocks:
        lines = block.split("\n")
        marked = marked or any("global.Entity" in line for line in lines)
        tree, marks = _tree(lines)
        if tree.words:
            trees.append(tree)
            entities.append(marks)
    if marked:
        _add_names(trees, entities)
    return trees


def _tree(lines: list[str]) -> tuple[Tree, list[str]]:
    tree = Tree([], [], [], [], [])
    marks: list[str] = []
    glued, hold = False, ""
    for line in lines:
        if line.startswith("# newdoc"):
            tree.new_document = tree.new_paragraph = True
        elif line.startswith("# newpar"):
            tree.new_paragraph = True
        elif line.startswith("# text = "):
            tree.text = line[9:]
        if not line or line[0] == "#":
            continue
        cols = line.split("\t")
        if "-" in cols[0]:
            hold = cols[0].split("-")[1] if "SpaceAfter=No" in cols[9] else ""
            until = int(cols[0].split("-")[1])
            inside = (int(cols[0].split("-")[0]), until, not hold)
            tree.roles.append(inside)
            continue
        if "." in cols[0]:
            continue
        number = int(cols[0])
        tree.words.append(cols[1])
        tree.glued.append(glued)
        tree.upos.append(cols[3])
        tree.heads.append(int(cols[6]) - 1)
        tree.rels.append(cols[7])
        found = re.search(r"(?:^|\|)Entity=([^|]+)", cols[9])
        marks.append(found.group(1) if found else "")
        glued = "SpaceAfter=No" in cols[9]
        for start, end, space in tree.roles:
            if start <= number <= end:
                glued = not (number == end and space)
    tree.roles = []
    return tree, marks


def _add_names(trees: list[Tree], entities: list[list[str]]) -> None:
    """Mentions, nested ones too; one whose head is no proper noun has a `*` behind its type."""
    for tree, marks in zip(trees, entities, strict=True):
        open_: dict[str, list[tuple[int, str]]] = {}
        spans: list[tuple[int, int, str]] = []
        for i, mark in enumerate(marks):
            for token in re.findall(r"\([^()]*\)?|[^()]+\)", mark):
                number = re.match(r"\(?([\d,\[\]/]+)", token)
                key = number.group(1) if number else token
                key = re.sub(r"\[\d+/\d+\]", "", key)
                if token.startswith("("):
                    kind = token.strip("()").split("-")[1]
                    if token.endswith(")"):
                        spans.append((i, i, kind))
                    else:
                        open_.setdefault(key, []).append((i, kind))
                elif open_.get(key):
                    start, kind = open_[key].pop()
                    spans.append((start, i, kind))
        tree.names = sorted(
            {
                (a, b, kind if tree.upos[head_of(tree, a, b)] == "PROPN" else f"{kind}*")
                for a, b, kind in spans
            }
        )


def head_of(tree: Tree, start: int, end: int) -> int:
    """The word of a span whose own head lies outside."""
    for i in range(start, end + 1):
        if not start <= tree.heads[i] <= end:
            return i
    return start


def tweets(path: Path) -> list[Tree]:
    """WNUT 2017: words with B-/I- names; sentences part at lines that hold a tab only."""
    kinds = {
        "person": "person",
        "location": "place",
        "corporation": "organization",
        "group": "organization",
    }
    with gzip.open(path, "rt", encoding="utf8") as file:
        blocks = re.split(r"\n\s*\n", file.read())
    out = []
    for block in blocks:
        rows = [line.split("\t") for line in block.split("\n") if line.strip()]
        if not rows:
            continue
        tree = Tree([r[0] for r in rows], [False] * len(rows), [], [], [], [], True, True)
        for i, row in enumerate(rows):
            if row[1].startswith("B-"):
                end = i
                while end + 1 < len(rows) and rows[end + 1][1].startswith("I-"):
                    end += 1
                if row[1][2:] in kinds:
                    tree.names.append((i, end, kinds[row[1][2:]]))
        out.append(tree)
    return out
