"""What a second clause leaves out of its subject: "two of the attackers escaped, one was wounded".

It gives the missing words, never who they mean; where the clause before names no such noun, none.
"""

from __future__ import annotations

import re

from verify.claims import phrases
from verify.claims.tree import Token, Tree

_QUANTIFIER = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|another|others?|both|neither|"
    r"first|second|third|fourth|fifth|sixth)$"
)
_SINGULAR = re.compile(r"(?:one|another|first|second|third|fourth|fifth|sixth|neither)$")
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child",
              "policemen": "policeman", "gunmen": "gunman", "firemen": "fireman"}  # fmt: skip


def missing(tree: Tree, subject: Token, clause: int) -> str | None:
    """The words that belong behind a bare quantifier: " of the attackers", " soldier"."""
    if not _QUANTIFIER.match(subject.low) or tree.child(subject.i, "nmod", "compound", "amod"):
        return None
    at = tree.tokens[clause].head
    seen = 0
    while at >= 0 and seen < 4:
        other = tree.child(at, "nsubj", "nsubj:pass")
        if other is not None and other.i < subject.i:
            return _of(tree, other, subject)
        at, seen = tree.tokens[at].head, seen + 1
    return None


def _of(tree: Tree, other: Token, subject: Token) -> str | None:
    """The noun of the earlier subject as the later one leaves it out."""
    part = next(
        (
            c
            for c in tree.children(other.i, "nmod")
            if phrases.case(tree, c) == "of" and c.i > other.i
        ),
        None,
    )
    if part is not None and (other.upos in {"NUM", "DET", "PRON"} or other.low in {"some", "most"}):
        return " " + tree.text(tree.subtree(part.i))
    counted = tree.child(other.i, "nummod") is not None
    if other.upos != "NOUN" or not (counted or _has_article(tree, other)):
        return None
    if counted is False and not subject.low.startswith(("another", "other")):
        return None
    return " " + noun(other, singular=bool(_SINGULAR.match(subject.low)))


def noun(token: Token, *, singular: bool) -> str:
    """The noun itself, in the number that is asked for where English makes that plain."""
    low = token.text
    if not singular:
        return low if low.endswith("s") or low.lower() in _IRREGULAR else f"{low}s"
    if low.lower() in _IRREGULAR:
        return _IRREGULAR[low.lower()]
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us")) else low


def in_phrase(tree: Tree, token: Token) -> str | None:
    """ "the deaths of two tourists and the disappearance of a third": the noun of the first."""
    if token.kind != "nmod" or not _QUANTIFIER.match(token.low) or token.head < 0:
        return None
    second = tree.tokens[token.head]
    if second.kind != "conj" or second.head < 0:
        return None
    first = tree.child(second.head, "nmod")
    if first is None or first.upos != "NOUN" or tree.child(first.i, "nummod") is None:
        return None
    return " " + noun(first, singular=bool(_SINGULAR.match(token.low)))


def _has_article(tree: Tree, token: Token) -> bool:
    return tree.child(token.i, "det") is not None
