"""Parts a post's sentence at the commas and dashes that string whole reports together.

"Warehouse ablaze in the docks, thick smoke over the city, several pops heard": three sentences in
one. A parser trained on prose hangs them under one another; here each stretch that tells something
by itself is hung on its own, as `parataxis:post`. It moves heads, never words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from verify.claims.tree import Token, Tree
from verify.events import is_event

#: The relation of a stretch that stands by itself.
APART = "parataxis:post"
_BREAKS = {",", ";", "–", "—", "-", "|", "/", "…", "..", "..."}
_LINKS = {"appos", "conj", "parataxis", "list", "advcl", "dep", "acl", "root", "nmod", "obl",
          "amod", "ccomp", "obj", "xcomp", "nsubj", "nsubj:pass"}  # fmt: skip
_SAYING = {"say", "says", "said", "reports", "reported", "report", "according", "per", "via",
           "tells", "told", "confirms", "confirmed", "confirm", "claims", "announces", "announced",
           "warns", "warned", "adds", "added", "citing", "quoting"}  # fmt: skip
_TELLING = {"dead", "missing", "hurt", "injured", "wounded", "ablaze", "down", "closed", "open",
            "unclear", "unknown", "safe", "alive", "critical", "unaccounted", "shut", "out", "off",
            "underway", "everywhere", "inside", "no",
            "unharmed", "unhurt", "homeless", "trapped", "stranded", "offline",
            "grounded"}  # fmt: skip
_BOUNDS = {"at", "least", "most", "more", "than", "over", "about", "around", "nearly", "some", "up",
           "to", "still", "now", "also", "reportedly"}  # fmt: skip
_WHERE = {
    "without",
    "en",
    "w/",
    "off",
    "in",
    "at",
    "on",
    "near",
    "over",
    "under",
    "with",
    "outside",
    "inside",
    "after",
    "all",
}


def sentences_apart(tree: Tree) -> Tree:
    """The tree of a quotation of several sentences with nothing hung across their borders."""
    borders = [t.i for t in tree.tokens if _ends_sentence(tree, t)]
    if not borders:
        return tree
    tokens = list(tree.tokens)
    for first, last in pairwise([-1, *borders, len(tree) - 1]):
        part = range(first + 1, last + 1)
        outside = [
            i for i in part if tree.tokens[i].head not in part and tree.tokens[i].upos != "PUNCT"
        ]
        tops = [i for i in outside if tree.tokens[i].kind in _TOPS] or outside
        for i in outside:
            if tops and i != tops[0]:
                rel = tree.tokens[i].rel
                tokens[i] = replace(tokens[i], head=tops[0], rel="dep" if rel == "root" else rel)
    return tree.moved(tokens)


_TOPS = {"root", "parataxis", "ccomp", "conj", "advcl", "list"}


def _ends_sentence(tree: Tree, token: Token) -> bool:
    """A full stop inside, with a capital behind it."""
    if token.text not in {".", "!", "?"} or token.i + 2 >= len(tree):
        return False
    after = tree.tokens[token.i + 1]
    return after.text[:1].isupper() and after.start > token.end


def parted(tree: Tree) -> Tree:
    """The tree of a post's sentence with its own stretches apart; the same where it has none."""
    tokens = list(tree.tokens)
    stretches = list(_stretches(tree))
    if len(stretches) < 2:
        return tree
    own = [s for s in stretches[1:] if _stands_alone(tree, s)]
    for stretch in own:
        _part(tree, tokens, stretch)
    _root_first(tree, tokens, own)
    return tree.moved(tokens)


def _stretches(tree: Tree) -> Iterator[range]:
    """The words between breaks, two at least; a mark glued to both sides is none."""
    breaks = [-1, *(t.i for t in tree.tokens if _is_break(tree, t)), len(tree)]
    for first, last in pairwise(breaks):
        end = last
        while end > first + 1 and tree.tokens[end - 1].upos == "PUNCT":
            end -= 1
        if end - first > 2:
            yield range(first + 1, end)


def _is_break(tree: Tree, token: Token) -> bool:
    if token.text not in _BREAKS:
        return False
    glued = token.i > 0 and tree.tokens[token.i - 1].end == token.start
    follows = token.i + 1 < len(tree) and tree.tokens[token.i + 1].start == token.end
    return token.text in {",", ";", "…", "...", ".."} or not (glued or follows)


def _stands_alone(tree: Tree, stretch: range) -> bool:
    """Does the stretch tell something by itself, with a subject of its own?"""
    words = [tree.tokens[i] for i in stretch]
    while len(words) > 2 and words[0].low in _BOUNDS:
        words = words[1:]
    first = words[0]
    if first.upos in {"ADP", "SCONJ", "CCONJ", "PART", "AUX", "ADV", "PUNCT", "PRON", "VERB"}:
        opens = first.upos == "PRON" and first.low in {"he", "she", "they", "it", "we", "i"}
        noun_too = first.upos == "VERB" and first.low not in _SAYING and len(words) > 2
        opens = opens or first.low == "been"
        if not opens and not (noun_too and words[1].upos in {"ADP", "NOUN", "VERB", "ADJ"}):
            return False
        if noun_too and (first.low.endswith(("ing", "ed")) or tree.child(first.i, "obj")):
            return False
    if len(words) <= 6 and any(w.low in _SAYING for w in words[-2:] + words[:1]):
        return False
    outside = [w for w in words if w.head not in stretch]
    if not outside or any(w.rel not in _LINKS and w.kind not in _LINKS for w in outside[-1:]):
        return False
    if any(w.kind == "mark" and w.low != "that" for w in words[:2]):
        return False
    return _tells(tree, words)


def _tells(tree: Tree, words: list[Token]) -> bool:
    """Is there a verb, a state, or where the thing is?"""
    bare = [w for w in words if w.upos != "PUNCT"]
    if bare[0].low in {"a", "an", "the"} and not any(w.upos in {"VERB", "AUX"} for w in bare):
        return any(w.low in _TELLING for w in bare) or any(w.low in _WHERE for w in bare[1:])
    verbal = any(
        w.upos == "AUX"
        or (w.upos == "VERB" and tree.child(w.i, "nsubj", "nsubj:pass") is not None)
        or (w.upos == "VERB" and w.kind not in {"amod", "compound"})
        for w in bare[1:]
    )
    state = any(w.low in _TELLING for w in bare)
    state = state or bare[-1].upos == "ADJ" or is_event(bare[-1].low) or _counts(bare)
    placed = any(w.upos in {"ADP", "X"} and w.low in _WHERE for w in bare[1:-1])
    names = all(w.upos in {"PROPN", "ADP", "PUNCT"} for w in bare)
    return (verbal or state or placed) and not names


def _counts(words: list[Token]) -> bool:
    """ "depth 33 km", "now 12,400 acres", "mandatory evacuations for Zone B"."""
    figure = any(w.upos == "NUM" for w in words) and any(w.upos == "NOUN" for w in words)
    return figure or any(re.search(r"(?:tion|sion|ment)s$", w.low) for w in words)


def _part(tree: Tree, tokens: list[Token], stretch: range) -> None:
    """Hang the stretch's head on the clause before it, and its loose words under its head."""
    outside = [i for i in stretch if tree.tokens[i].head not in stretch]
    predicates = [i for i in outside if tree.tokens[i].upos in {"VERB", "AUX", "ADJ"}]
    head = predicates[-1] if predicates else outside[0]
    above = _anchor(tree, head, stretch)
    if above is None:
        above = next((t.i for t in tree.tokens[: stretch.start] if t.head in stretch), None)
        if above is None:
            return
        tokens[above] = replace(tokens[above], head=-1, rel="root")
    tokens[head] = replace(tokens[head], head=above, rel=APART)
    for i in outside:
        if i == head:
            continue
        loose = tree.tokens[i]
        noun = loose.upos in {"NOUN", "PROPN", "NUM", "PRON"}
        rel = "nsubj" if noun and i < head and tree.child(head, "nsubj") is None else loose.rel
        tokens[i] = replace(tokens[i], head=head, rel="dep" if rel == "root" else rel)
    for i in stretch:  # "3 crew rescued": what stands before the participle is its subject
        word = tree.tokens[i]
        bare = (
            word.kind == "obl" and tree.child(i, "case") is None and word.head == head and i < head
        )
        if bare and tree.child(head, "nsubj", "nsubj:pass") is None:
            tokens[i] = replace(tokens[i], rel="nsubj")


def _anchor(tree: Tree, head: int, stretch: range) -> int | None:
    """The nearest predicate above, before the stretch; under a verb of saying, what it says."""
    for i in tree.ancestors(head):
        if i in stretch or i > head:
            continue
        said = [c for c in tree.children(i, "ccomp") if c.i < stretch.start]
        if tree.tokens[i].low in _SAYING and said:
            return said[-1].i
        return i
    root = tree.root()
    return root if root not in stretch else None


def _root_first(tree: Tree, tokens: list[Token], own: list[range]) -> None:
    """Words of one stretch that hang under another's head go back to their own stretch's."""
    for stretch in own:
        for i in range(stretch.start):
            token = tokens[i]
            if token.head in stretch and token.upos != "PUNCT":
                root = next((t.i for t in tokens if t.head < 0 and t.i < stretch.start), None)
                if root is not None and root != i:
                    tokens[i] = replace(token, head=root, rel="dep")
