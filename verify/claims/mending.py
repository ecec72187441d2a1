"""Repairs parses that a small parser gets wrong in news language, where grammar forces a reading.

It moves heads, never words; a tree without such a fault comes back as it was.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims.tree import Token, Tree

_SUBORDINATE = {"after", "as", "while", "before", "when", "because", "since", "until", "although"}
_PREPOSITION = {"amid", "amidst", "following", "during", "despite"}


def mended(tree: Tree) -> Tree:
    """The tree with its forced repairs made."""
    tokens = list(tree.tokens)
    for token in tree.tokens:
        _subject_of_clause(tree, tokens, token)
        _verb_that_is_preposition(tree, tokens, token)
        _bound_of_number(tree, tokens, token)
        _counted_participle(tree, tokens, token)
    if tokens == list(tree.tokens):
        return tree
    return Tree(tree.source, tokens)


def _subject_of_clause(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "died after the shaft filled with gas": a marked noun with a verb under it is a clause."""
    if token.kind not in {"obl", "nmod", "advcl"} or token.upos not in {"NOUN", "PROPN", "PRON"}:
        return
    mark = tree.child(token.i, "mark")
    verb = next((c for c in tree.children(token.i, "acl") if c.upos == "VERB"), None)
    if mark is None or verb is None or mark.low not in _SUBORDINATE or verb.low.endswith("ing"):
        return
    if verb.i != max(token.i, *(c.i for c in tree.children(token.i) if c.i < verb.i)) + 1:
        return
    tokens[verb.i] = replace(tokens[verb.i], head=token.head, rel="advcl")
    tokens[token.i] = replace(tokens[token.i], head=verb.i, rel="nsubj")
    tokens[mark.i] = replace(tokens[mark.i], head=verb.i)


def _verb_that_is_preposition(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "fired amid a curfew": the preposition read as a verb with an object."""
    if token.low not in _PREPOSITION or token.upos != "VERB" or token.kind != "advcl":
        return
    thing = tree.child(token.i, "obj")
    if thing is None:
        return
    tokens[thing.i] = replace(tokens[thing.i], head=token.head, rel="obl")
    tokens[token.i] = replace(tokens[token.i], head=thing.i, rel="case", upos="ADP")


def _bound_of_number(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "at least 11", "more than 30": the bound belongs to the number behind it."""
    if token.low not in {"least", "most", "than"} or token.i == 0 or token.i + 1 >= len(tree):
        return
    number, before = tree.tokens[token.i + 1], tree.tokens[token.i - 1]
    if number.upos != "NUM" or before.low not in {"at", "more", "fewer", "less"}:
        return
    for part in (token, before):
        tokens[part.i] = replace(tokens[part.i], head=number.i, rel="advmod")


def _counted_participle(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "11 were killed and 30 injured": the number before the participle is its subject."""
    if token.upos != "VERB" or token.kind != "conj" or token.i == 0 or token.head < 0:
        return
    number = tree.tokens[token.i - 1]
    if number.upos != "NUM" or number.head not in {token.head, token.i} or number.i < token.head:
        return
    if tree.child(token.i, "nsubj", "nsubj:pass") is None:
        tokens[number.i] = replace(tokens[number.i], head=token.i, rel="nsubj:pass")
