"""Noun phrases around a verb in a parsed sentence: its subject, agent, antecedent, listener.

It gives words by index and never says who they mean (`speakers` does).
"""

from __future__ import annotations

from verify.claims.tree import Token, Tree

RELATIVE = {"who", "whom", "which", "that", "whose", "where"}


BY = {"by"}


def subject(tree: Tree, head: int) -> tuple[int, ...]:
    """The words of a verb's subject, looked for along conjuncts and participles too."""
    seen = 0
    at = head
    while at >= 0 and seen < 3:
        token = tree.tokens[at]
        subject = tree.child(at, "nsubj")
        if subject is not None:
            if subject.low in RELATIVE and token.rel == "acl:relcl":
                return tuple(antecedent(tree, at))
            return tuple(phrase(tree, subject))
        if token.kind in {"acl", "acl:relcl"} and token.head >= 0:
            return tuple(antecedent(tree, at))
        if token.kind not in {"conj", "xcomp", "advcl", "parataxis"}:
            return ()
        at = token.head
        seen += 1
    return ()


def inverted(tree: Tree, head: int) -> tuple[int, ...]:
    """ "…,” said the agency": a noun right behind the verb speaks, whatever the parser calls it."""
    for child in tree.children(head, "obj", "obl", "dep", "appos", "parataxis", "iobj"):
        close = 0 < min(tree.subtree(child.i)) - head <= 1
        if close and child.upos in {"NOUN", "PROPN", "PRON"} and not case(tree, child):
            return tuple(phrase(tree, child))
    return ()


def antecedent(tree: Tree, clause: int) -> list[int]:
    """The noun that a relative clause or participle hangs on, without that clause."""
    at = tree.tokens[clause].head
    return phrase(tree, tree.tokens[at], without=[clause]) if at >= 0 else []


def agent(tree: Tree, head: int) -> tuple[int, ...]:
    for child in tree.children(head, "obl"):
        if child.rel == "obl:agent" or case(tree, child) in BY:
            return tuple(i for i in phrase(tree, child) if tree.tokens[i].low != "by")
    return ()


def told(tree: Tree, head: int) -> tuple[int, ...]:
    if not tree.tokens[head].low.startswith(("told", "tell")):
        return ()
    listener = tree.child(head, "obj", "iobj")
    return tuple(phrase(tree, listener)) if listener is not None else ()


def phrase(tree: Tree, token: Token, without: list[int] | None = None) -> list[int]:
    """A noun phrase: its head's subtree, but for clauses set off by a comma and parentheses."""
    cut = list(without or [])
    for child in tree.children(token.i):
        aside = child.kind in {"parataxis", "ccomp", "advcl", "list"}
        clause = child.kind == "acl:relcl" and tree.tokens[max(child.i - 1, 0)].i > 0
        comma = any(
            t.text == "," and t.i > token.i for t in tree.children(child.i, "punct")
        ) and child.kind in {"acl:relcl", "acl"}
        if aside or comma or (clause and starts_after_comma(tree, child)):
            cut.append(child.i)
    words = tree.subtree(token.i, without=cut)
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    while words and tree.tokens[words[0]].upos == "PUNCT":
        words.pop(0)
    last = tree.tokens[words[-1]] if words else None
    after = tree.tokens[last.i + 1] if last is not None and last.i + 1 < len(tree) else None
    if last is not None and last.low == "of" and after is not None:
        words += [after.i] if after.upos in {"PROPN", "NOUN"} else []
    while words and words[-1] + 1 < len(tree) and _continues_name(tree, words[-1]):
        words.append(words[-1] + 1)
    return words


def _continues_name(tree: Tree, at: int) -> bool:
    """ "Ramil Acosta": a name's next word that the parser hung elsewhere."""
    here, then = tree.tokens[at], tree.tokens[at + 1]
    return here.upos == then.upos == "PROPN" and then.text[:1].isupper() and then.kind != "nsubj"


def starts_after_comma(tree: Tree, clause: Token) -> bool:
    first = min(tree.subtree(clause.i))
    return tree.tokens[first].text == "," or (first > 0 and tree.tokens[first - 1].text == ",")


def case(tree: Tree, token: Token) -> str:
    case = tree.child(token.i, "case")
    return case.low if case is not None else ""


def predicate_above(tree: Tree, at: int) -> int:
    """The clause that a phrase belongs to: up through nouns to a verb, or as far as it goes."""
    seen = 0
    while seen < 6 and tree.tokens[at].head >= 0:
        token = tree.tokens[at]
        if (
            token.upos in {"VERB", "AUX"}
            or tree.child(at, "cop", "nsubj", "nsubj:pass") is not None
        ):
            return at
        at = token.head
        seen += 1
    return at
