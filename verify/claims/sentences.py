"""A facet's words as a sentence of its own: who it shares its subject with, its tense, its marks.

Participles become finite verbs, borrowed subjects and auxiliaries are put in; a wording never says
more than the words it is made from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.claims.tree import Token, Tree
from verify.claims.verbs import INTRANSITIVE, is_participle, past_of

_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.){2,}$")
_EMPTY_TAIL = re.compile(
    r"\W*\bwithout (?:providing|giving|offering|elaborating|specifying|naming|going into|further|"
    r"citing|saying)\b.*$",
    re.I,
)
_AUXILIARY = {"aux", "aux:pass", "cop"}


def clause(tree: Tree, head: int, words: list[int], borrowed: tuple[int, ...]) -> str:
    token = tree.tokens[head]
    subject = tree.text(borrowed)
    own_aux = tree.children(head, *_AUXILIARY)
    having = next((t for t in own_aux if t.low == "having"), None)
    if having is not None and borrowed:
        return of(subject, with_word(tree, words, having.i, "had"))
    raised = _raised(tree, token, words)
    if raised is not None:
        return of("", raised)
    hurt = _harmed(tree, token, words)
    if hurt is not None:
        return of("", hurt)
    if _is_while(tree, token) and borrowed and not own_aux:
        return of(subject, "was " + tree.text(words))
    gerund = token.kind in {"advcl", "acl"} or (
        token.kind in {"ccomp", "xcomp", "obl"} and tree.child(token.i, "mark", "case") is not None
    )
    if gerund and token.low.endswith("ing") and borrowed and not own_aux:
        return of(subject, with_word(tree, words, head, past_of(token.text)))
    if (
        token.kind in {"acl", "advcl", "xcomp"}
        and is_participle(token.text)
        and borrowed
        and not own_aux
    ):
        return of(subject, "was " + tree.text(words))
    shared = _shared_auxiliaries(tree, head)
    if shared and borrowed:
        return of(subject, shared + " " + tree.text(words))
    own = tree.child(head, "nsubj", "nsubj:pass")
    if shared and own is not None and own.i < head:
        first = [i for i in words if i <= max(tree.subtree(own.i))]
        rest = [i for i in words if i > max(tree.subtree(own.i))]
        return of(tree.text(first), shared + " " + tree.text(rest))
    if token.kind == "conj" and token.low.endswith("ing") and borrowed and not own_aux:
        return of(subject, with_word(tree, words, head, past_of(token.text)))
    return of(subject, tree.text(words))


_HARM = {"killing": "killed", "injuring": "injured", "wounding": "wounded", "damaging": "damaged",
         "destroying": "destroyed", "trapping": "trapped", "displacing": "displaced"}  # fmt: skip


def _harmed(tree: Tree, token: Token, words: list[int]) -> str | None:
    """ "The base was bombed, killing one fighter": not the base killed him; he was killed."""
    at = token
    while at.kind == "conj" and at.head >= 0 and at.low in _HARM:
        at = tree.tokens[at.head]
    passive = at.kind == "advcl" and tree.child(at.head, "nsubj:pass") is not None
    thing = tree.child(token.i, "obj")
    if token.low not in _HARM or not passive or thing is None or thing.i < token.i:
        return None
    who = [i for i in tree.subtree(thing.i) if i in words]
    rest = [i for i in words if i > token.i and i not in who]
    several = thing.low in {"people", "others", "children"} or thing.low.endswith("s")
    alone = thing.upos == "NUM" and thing.low not in {"one", "1"}
    be = "were" if several or alone else "was"
    return f"{tree.text(who)} {be} {_HARM[token.low]} {tree.text(rest)}"


def _is_while(tree: Tree, token: Token) -> bool:
    mark = tree.child(token.i, "mark")
    return token.low.endswith("ing") and mark is not None and mark.low == "while"


_RAISES = {"bringing", "taking", "pushing", "raising", "lifting"}
_TOTAL = {"toll", "number", "total", "tally", "count", "figure", "deaths", "cases"}


def _raised(tree: Tree, token: Token, words: list[int]) -> str | None:
    """ "…, bringing the death toll to 52": the toll rose to 52."""
    thing = tree.child(token.i, "obj")
    if token.low not in _RAISES or thing is None or thing.low not in _TOTAL:
        return None
    text = tree.text([i for i in words if i > token.i])
    before, to, after = text.rpartition(" to ")
    return f"{before} rose to {after}" if to and after[:1].isalnum() else None


def _shared_auxiliaries(tree: Tree, head: int) -> str:
    """ "was hit and destroyed", "12 were killed and 30 injured": what the conjunct leaves out."""
    token = tree.tokens[head]
    if token.kind != "conj" or tree.children(head, *_AUXILIARY) or not is_participle(token.text):
        return ""
    if token.low in INTRANSITIVE:
        return ""
    governor = tree.tokens[token.head]
    auxiliaries = tree.children(governor.i, "aux", "aux:pass")
    if not auxiliaries:
        return ""
    passive = any(t.rel == "aux:pass" for t in auxiliaries)
    if passive and tree.child(head, "obj") is not None:
        return ""
    return " ".join(t.text for t in auxiliaries)


def with_word(tree: Tree, words: list[int], at: int, word: str) -> str:
    before = tree.text([i for i in words if i < at])
    after = tree.text([i for i in words if i > at])
    return " ".join(p for p in (before, word, after) if p)


def plain(tree: Tree, words: Sequence[int]) -> str:
    return of("", tree.text(words))


#: "reported hearing explosions": what was heard is the claim.
_SENSED = re.compile(r"^(?:hearing|seeing|feeling|smelling|witnessing) (?=[a-z0-9])")


def of(subject: str, rest: str) -> str:
    text = f"{subject} {rest}".strip()
    text = _EMPTY_TAIL.sub("", text)
    text = _SENSED.sub("", text)
    text = re.sub(r"\s+([,.;:!?’'])", r"\1", text)
    text = re.sub(r"^[\s,;:–—-]+|[\s,;:–—-]+$", "", text)
    text = text if _ABBREVIATED.search(text) else text.rstrip(".")
    text = re.sub(r"[,;]\s*([,;.])", r"\1", _balanced(text)).rstrip(",;: ")
    return text[:1].upper() + text[1:]


def _balanced(text: str) -> str:
    """Without quotation marks and brackets that lost their partner."""
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return " ".join(text.split())
