"""Where a sentence may be cut into facets: clauses, circumstances, spliced stretches, asides.

It only finds heads in the tree; `facets` makes sentences of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from verify.claims.frame import Frame
from verify.claims.phrases import RELATIVE
from verify.claims.splices import APART
from verify.claims.tree import Token, Tree
from verify.events import is_event

_CIRCUMSTANCE = {"amid", "amidst", "after", "following", "despite"}
#: "in response to a drone attack": preposition, noun, and what leads to the event.
_LEADS_TO = {
    "response": ("in", {"to"}),
    "retaliation": ("in", {"for"}),
    "reprisal": ("in", {"for"}),
    "wake": ("in", {"of"}),
    "aftermath": ("in", {"of"}),
}
_NAMES_EVENT = re.compile(r"(?:tion|sion|ment|ings?)s?$")


_WHEN = {"after", "as", "while", "before", "when", "because", "since"}


_HYPOTHETICAL = {
    "instead",
    "rather",
    "of",
    "if",
    "unless",
    "to",
    "whether",
    "by",
    "without",
    "lest",
    "so",
    "in",
    "for",
    "than",
}


_MODAL = {"would", "will", "'ll", "might", "could", "should"}
_FEAR = re.compile(r"(?:fears?|hopes?|concerns?|worries|doubts?|speculation|calls)$")


def spliced(tree: Tree, known: set[int]) -> set[int]:
    """Heads of stretches that a post strings together with commas ("…, suspect at large")."""
    commas = [t.i for t in tree.tokens if t.text in {",", ";", "–", "—", "-", "|"}]
    out = set()
    for first, last in pairwise([*commas, len(tree)]):
        inside = range(first + 1, last)
        head = next((i for i in inside if tree.tokens[i].head not in inside), None)
        if head is None or len(inside) < 2 or known & set(inside):
            continue
        token = tree.tokens[head]
        if token.kind not in {"appos", "conj", "parataxis", "list", "advcl", "dep", "acl"}:
            continue
        tells = any(
            tree.tokens[i].upos in {"VERB", "NUM", "AUX"}
            or (tree.tokens[i].upos == "ADJ" and tree.tokens[i].kind != "amod")
            or (tree.tokens[i].kind == "case" and tree.tokens[i].low in {"in", "at", "on", "near"})
            for i in inside
        )
        if tells and max(tree.subtree(head)) < last:
            out.add(head)
    return out


#: "…, a claim that the rebels dismissed": a noun for all that stands before it.
_SUMS_UP = {"claim", "charge", "accusation", "allegation", "version", "move", "assertion", "figure",
            "crime", "denial", "step", "decision"}  # fmt: skip


_ASIDE = {"appos", "advcl", "obl"}


def asides(tree: Tree) -> set[int]:
    """What only names or describes: appositions set off by a comma, purposes, fears."""
    out = set()
    for token in tree.tokens:
        if token.kind not in _ASIDE and token.low not in _SUMS_UP and token.low not in _LEADS_TO:
            continue
        first = min(tree.subtree(token.i))
        comma = (first > 0 and tree.tokens[first - 1].text in {",", "("}) or (
            tree.tokens[first].text in {",", "("}
        )
        if (
            (token.kind == "appos" and comma and first > 0)
            or (token.kind == "advcl" and tree.tokens[first].low == "to" and first == 0)
            or (token.kind == "advcl" and tree.tokens[first].low in {"instead", "rather"})
            or is_link(tree, token)
            or (token.low in _SUMS_UP and comma and tree.child(token.i, "det") is not None)
            or (
                token.kind == "obl"
                and _FEAR.match(token.low)
                and _is_after_circumstance(tree, token)
            )
        ):
            out.add(token.i)
    return out


def _is_after_circumstance(tree: Tree, token: Token) -> bool:
    case = tree.child(token.i, "case")
    return case is not None and case.low in _CIRCUMSTANCE


def charge(frame: Frame) -> list[int]:
    """What an accusation accuses of, without whom."""
    return [i for i in frame.content if i not in frame.accused]


def cue_head(tree: Tree, frame: Frame) -> int:
    """The word under which the whole reporting clause hangs, its source included."""
    inside = set(frame.cue) | set(frame.source)
    if frame.kind == "accuse":
        inside = set(frame.cue)
    tops = [i for i in inside if tree.tokens[i].head not in inside]
    return next((i for i in tops if i in frame.cue), tops[0] if tops else -1)


def framing(tree: Tree, frames: Sequence[Frame]) -> set[int]:
    """The words that only report: cue, source and listener, outside every own content."""
    out: set[int] = set()
    for frame in frames:
        if frame.own:
            continue
        if frame.kind in {"accuse", "no-comment"}:
            out |= set(frame.cue)
            continue
        source = set() if _is_shared(tree, frame) else set(frame.source)
        out |= set(frame.cue) | source | set(frame.relay)
        if frame.content:
            out -= set(frame.content) & set(frame.source)
    for frame in frames:
        if frame.own:
            out -= set(frame.content)
    return out


def _is_shared(tree: Tree, frame: Frame) -> bool:
    """Is the speaker another predicate's subject too ("police killed three and spoke of "
    "racism")?"""
    inside = set(frame.source)
    top = next((tree.tokens[i] for i in frame.source if tree.tokens[i].head not in inside), None)
    if top is None or top.kind not in {"nsubj"} or top.head in frame.cue:
        return False
    if any(top.i in tree.ancestors(i) for i in frame.cue):
        return True  # "an activist who said P had vanished"
    verbs = {tree.tokens[i].head for i in frame.cue if tree.tokens[i].kind in {"conj", "advcl"}}
    return top.head in verbs


def heads(tree: Tree, frames: Sequence[Frame], framing: set[int]) -> set[int]:
    reporting = {f.cue[0] for f in frames if not f.own} | {
        i for f in frames if not f.own for i in f.cue
    }
    heads = {
        top(tree, charge(f) if f.accused else f.content) for f in frames if f.content and not f.own
    }
    heads |= {
        i
        for f in frames
        if not f.own and not f.accused
        for i in f.content
        if tree.tokens[i].kind == "ccomp"
        and tree.tokens[i].head in f.cue
        and tree.child(i, "nsubj", "nsubj:pass") is not None
    }
    silent = {i for f in frames if f.kind == "no-comment" for i in f.cue}
    for token in tree.tokens:
        if token.i in reporting:
            continue
        governor = token.head
        if governor < 0 or _is_clause(tree, token) or is_circumstance(tree, token):
            heads.add(token.i)
        elif governor in silent:
            continue
    return {h for h in heads if h >= 0 and h not in silent and h not in framing}


def top(tree: Tree, content: Sequence[int]) -> int:
    inside = set(content)
    tops = [i for i in content if tree.tokens[i].head not in inside]
    if tops and tree.tokens[tops[0]].kind == "obj" and _has_own_figure(tree, tree.tokens[tops[0]]):
        return tops[0]
    weighty = [i for i in tops if tree.tokens[i].upos in {"VERB", "NOUN", "PROPN", "ADJ", "AUX"}]
    verbs = [i for i in weighty if tree.tokens[i].upos == "VERB"]
    return (verbs or weighty or tops or [-1])[0]


def _is_clause(tree: Tree, token: Token) -> bool:
    """Does the word head a clause that states a fact of its own?"""
    kind = token.kind
    if token.rel == APART:
        return True
    has_subject = tree.child(token.i, "nsubj", "nsubj:pass", "expl") is not None
    if kind == "conj":
        return _is_conjunct(tree, token, has_subject)
    if kind in {"parataxis", "list"}:
        return has_subject or (token.upos == "VERB" and token.i > token.head)
    if kind == "advcl":
        if is_foreseen(tree, token) and not (has_subject and _is_behind_comma(tree, token)):
            return False
        return _is_adverbial(tree, token, has_subject)
    if kind == "acl:relcl":
        return _has_relative(tree, token)
    if kind == "acl":
        mark = tree.child(token.i, "mark", "advmod")
        if mark is not None and has_subject and mark.low in _WHEN:
            return True
        return token.upos == "VERB" and is_aside(tree, token) and not _is_infinitive(tree, token)
    return False


def is_foreseen(tree: Tree, token: Token) -> bool:
    """ "more cases would come as surveillance improves": part of a prediction, no fact yet."""
    foretells = any(t.low in _MODAL for t in tree.children(token.head, "aux"))
    return token.kind == "advcl" and foretells


def _is_behind_comma(tree: Tree, token: Token) -> bool:
    """ "…, after a quake cut power": told beside the prediction, not of it."""
    first = min(tree.subtree(token.i))
    start = tree.tokens[first + 1] if tree.tokens[first].text == "," else tree.tokens[first]
    comma = tree.tokens[first].text == "," or (first > 0 and tree.tokens[first - 1].text == ",")
    return comma and start.low in {"after", "as"} and token.low.endswith(("ed", "t", "k", "n", "w"))


def _is_conjunct(tree: Tree, token: Token, has_subject: bool) -> bool:
    """A second predicate, or a second event that says of what ("fires in A and floods in B")."""
    governor = tree.tokens[token.head]
    verbal = token.upos == "VERB" and governor.upos in {"VERB", "AUX", "ADJ"}
    if verbal and _is_infinitive(tree, governor):
        return False
    if _has_own_figure(tree, token) and _has_own_figure(tree, governor):
        return True
    if is_event(token.low) and is_event(governor.low) and tree.child(token.i, "nmod"):
        return tree.child(governor.i, "nmod") is not None
    return verbal or has_subject


def _has_own_figure(tree: Tree, noun: Token) -> bool:
    """ "the magnitude at 7.0 and the depth at 41 kilometers"."""
    return noun.upos == "NOUN" and any(
        (tree.tokens[i].upos == "NUM" or tree.child(i, "nummod") is not None)
        and any(t.low == "at" for t in tree.children(i, "case"))
        for i in tree.subtree(noun.i)
        if tree.tokens[i].kind == "nmod"
    )


def _is_adverbial(tree: Tree, token: Token, has_subject: bool) -> bool:
    """An adverbial clause that tells what happened: no condition, no purpose, no manner."""
    mark = tree.child(token.i, "mark", "case")
    if mark is not None and mark.low in _HYPOTHETICAL:
        return False
    first = min(tree.subtree(token.i))
    if tree.tokens[first].low in {"to", "only"} or (first and tree.tokens[first - 1].low == "only"):
        return False  # "fired only after somebody had shot": the order is what is claimed
    if token.low.endswith("ing") and not has_subject and not is_aside(tree, token):
        return token.i < token.head or (mark is not None and mark.low == "while")
    return token.upos == "VERB" or has_subject


def _has_relative(tree: Tree, token: Token) -> bool:
    """A finite relative clause with its pronoun, which says something by itself."""
    own = tree.subtree(token.i)[:4]
    return token.upos in {"VERB", "ADJ", "NOUN"} and any(
        tree.tokens[i].low in RELATIVE for i in own
    )


def _is_infinitive(tree: Tree, token: Token) -> bool:
    return any(t.low == "to" for t in tree.children(token.i, "mark"))


def is_aside(tree: Tree, token: Token) -> bool:
    """Set off by a comma or dash, or on a name: it tells something new, it does not identify."""
    first = min(tree.subtree(token.i))
    before = tree.tokens[first - 1] if first > 0 else None
    comma = tree.tokens[first].text in {",", "–", "—"} or (
        before is not None and before.text in {",", "–", "—", "("}
    )
    return comma or (tree.tokens[token.head].upos == "PROPN" and token.kind == "acl:relcl")


def is_link(tree: Tree, token: Token) -> bool:
    """ "in response (to …)", "in the wake (of …)": a noun that only leads to an event."""
    found = _LEADS_TO.get(token.low)
    case = tree.child(token.i, "case")
    if found is None or case is None or case.low != found[0]:
        return False
    return any(
        t.low in found[1]
        for c in tree.children(token.i, "nmod")
        for t in tree.children(c.i, "case")
    )


#: "who asked that his name not be used because …": nothing of it is a claim.
_ASKS = re.compile(r"(?:ask|request|insist|declin|refus|spoke|speak|wish|want|prefer)\w*$")
_NO_FACT = re.compile(
    r"(?:ask|quot|cit|reach|contact|nam|identif|interview|know|call|speak|talk|said|say|add|tell|"
    r"told|base|refer|writ|wear|stand|attend|visit)\w*$"
)


def describes_speaker(tree: Tree, token: Token, speaking: set[int]) -> bool:
    """Does the clause only describe whoever speaks ("the minister, speaking to reporters")?"""
    above = [tree.tokens[i] for i in tree.ancestors(token.i)]
    asking = next((t for t in above if t.kind == "acl:relcl" and _ASKS.match(t.low)), None)
    while asking is None and token.kind == "conj" and token.head >= 0:
        token = tree.tokens[token.head]
    token = asking or token
    if token.kind not in {"acl", "acl:relcl"} or token.head not in speaking:
        return False
    passive = token.kind == "acl" and not token.low.endswith("ing") and is_aside(tree, token)
    return not passive or bool(_NO_FACT.match(token.low))


def is_circumstance(tree: Tree, token: Token) -> bool:
    """An event noun after "amid", "after", "during": an event of its own if it says which."""
    if token.kind not in {"obl", "nmod", "advcl"} or token.upos not in {"NOUN", "PROPN"}:
        return False
    case = tree.child(token.i, "case", "mark")
    if case is None or not (is_event(token.low) or _NAMES_EVENT.search(token.low)):
        return False
    linked = token.head >= 0 and is_link(tree, tree.tokens[token.head])
    if linked and case.low not in _LEADS_TO[tree.tokens[token.head].low][1]:
        return False
    if not linked and case.low not in _CIRCUMSTANCE:
        return False
    return any(
        c.kind in {"amod", "compound", "nmod", "acl", "nummod"} for c in tree.children(token.i)
    )
