"""What an attribution's verb reports: the words of its content, whichever way the parser hung them.

It never weighs the cue and never resolves the source.
"""

from __future__ import annotations

import re

from verify.claims import phrases
from verify.claims.frame import Frame
from verify.claims.tree import Token, Tree
from verify.events import is_event

REPORT_NOUN = re.compile(
    r"(?:reports?|claims?|rumou?rs?|allegations?|accusations?|suggestions?|news|speculation|"
    r"information|assertions?|messages?|posts?|videos?|stor(?:y|ies)|statements?|accounts?|fact|"
    r"idea|charges?|word)$"
)


#: Passives behind which somebody unnamed speaks; "was declared", "was heard" are the author's own.
HEARSAY = re.compile(
    r"(?:reported|rumou?red|alleged|claimed|feared|believed|said|thought|suspected|understood|"
    r"presumed|assumed|estimated|expected|considered|accused|blamed|told)$"
)


def of_clause(tree: Tree, head: int, frame: Frame) -> tuple[int, ...]:
    """The clause a verb of saying governs, whichever way the parser hung it."""
    own: list[int] = []
    thing = tree.child(head, "obj")
    for child in tree.children(head, "ccomp", "xcomp", "csubj"):
        if not _is_reported(tree, child, thing, frame):
            continue
        own += tree.subtree(child.i)
        if child.kind == "xcomp" and thing is not None and thing.i < child.i:
            own += tree.subtree(thing.i)
    if own:
        return tuple(sorted(own))
    for child in tree.children(head, "parataxis"):
        if child.upos in {"VERB", "NOUN", "ADJ", "AUX", "PROPN"}:
            return tuple(tree.subtree(child.i))
    return _clause_above(tree, head, frame, thing)


def _is_reported(tree: Tree, clause: Token, thing: Token | None, frame: Frame) -> bool:
    """Is the clause under a verb of saying what it says, and not what is said of its object?"""
    if thing is not None and clause.i > thing.i and phrases.starts_after_comma(tree, clause):
        return False
    return clause.kind != "xcomp" or clause.upos not in {"ADJ", "NOUN"} or frame.own


def _clause_above(tree: Tree, head: int, frame: Frame, thing: Token | None) -> tuple[int, ...]:
    """ "P, the army said": the clause that the verb of saying was hung under."""
    token = tree.tokens[head]
    if tree.child(head, "nsubj") is None and token.kind == "parataxis":
        return ()
    if token.kind == "parataxis" and frame.text.lower().endswith(" of"):
        return ()
    if token.kind == "advcl" and token.head > head and thing is None:
        return tuple(tree.subtree(token.head, without=[head]))
    if token.kind in {"parataxis", "discourse"} and token.head >= 0:
        return tuple(tree.subtree(token.head, without=[head]))
    return ()


def of_object(tree: Tree, head: int) -> tuple[int, ...]:
    found = tree.child(head, "obj", "nsubj:pass")
    if found is None or found.upos in {"PRON", "NUM"} or found.low in phrases.RELATIVE:
        return ()
    says = tree.tokens[head].low in {"say", "says", "said", "saying"}
    names_event = REPORT_NOUN.match(found.low) or is_event(found.low)
    if not (says or names_event or has_figure(tree, head)):
        return ()
    if REPORT_NOUN.match(found.low):
        clause = tree.child(found.i, "acl", "ccomp", "acl:relcl")
        if clause is not None:
            return tuple(tree.subtree(clause.i))
        about = tree.child(found.i, "nmod")
        return tuple(tree.subtree(about.i)) if about is not None else ()
    words = set(tree.subtree(found.i))
    for place in tree.children(head, "obl"):
        if place.i > found.i:
            words |= set(tree.subtree(place.i))
    return tuple(sorted(words))


def has_figure(tree: Tree, head: int) -> bool:
    """ "put the magnitude at 7.0", "estimated the crowd at 20,000"."""
    thing = tree.child(head, "obj")
    near = [*tree.children(head, "obl"), *(tree.children(thing.i, "nmod") if thing else ())]
    return any(phrases.case(tree, c) == "at" and is_figure(tree, c) for c in near)


def is_figure(tree: Tree, token: Token) -> bool:
    """Is the noun a number or counted by one ("41 kilometers")?"""
    return token.upos == "NUM" or tree.child(token.i, "nummod") is not None


def is_as_said(tree: Tree, head: int) -> bool:
    """ "…, as the police had first stated": it reports, and what it reports stands elsewhere."""
    mark = tree.child(head, "mark")
    return tree.tokens[head].kind == "advcl" and mark is not None and mark.low == "as"


_DEED = re.compile(
    r"(?:refus|declin|decid|agree|manag|fail|opt|choos|chose|want|need|tri|continu|beg[aiu]n|start|"
    r"struggl|appear|seem|attempt|prepar|help)\w*$"
)
_SPEAK = re.compile(
    r"(?:comment|say|answer|discuss|talk|speak|confirm|deny|elaborate|identify|name|disclose|give|"
    r"provide|respond|reveal|specify|release|take|describe|explain)$"
)


def is_act(tree: Tree, head: int, frame: Frame) -> bool:
    """ "refused to stop", "decided to leave": something done, not something said."""
    inner = tree.child(head, "xcomp")
    if inner is None or frame.kind == "no-comment" or not _DEED.match(tree.tokens[head].low):
        return False
    to = tree.tokens[min(tree.subtree(inner.i))].low == "to"
    return to and not _SPEAK.match(inner.low)


def is_deed(tree: Tree, cue: tuple[int, ...]) -> bool:
    """Is what the reader took for an attribution something done ("continued to hold")?"""
    return any(is_act(tree, i, Frame((i,), "report")) for i in cue)


def is_told(tree: Tree, head: int) -> bool:
    """ "thousands told to leave", "residents urged to evacuate": a headline's passive."""
    token = tree.tokens[head]
    told = re.match(r"(?:told|urged|ordered|asked|warned|advised|instructed)$", token.low)
    inner = tree.child(head, "xcomp", "ccomp")
    if not told or inner is None or tree.child(head, "obj", "iobj", "aux") is not None:
        return False
    return tree.tokens[min(tree.subtree(inner.i))].low == "to"


_ASKING = {"what", "who", "whom", "why", "how", "where", "when", "which", "whose"}


def only_asks(tree: Tree, content: tuple[int, ...]) -> bool:
    """Is what is said a question put indirectly ("did not say what the patients had")?"""
    if not content:
        return False
    first = next((tree.tokens[i] for i in content if tree.tokens[i].upos != "PUNCT"), None)
    return first is not None and first.low in _ASKING and first.rel not in {"mark", "det:predet"}


def of_quotation(tree: Tree, head: int) -> tuple[int, ...]:
    """The words between quotation marks, where the parse gives a cue no content."""
    out: list[int] = []
    inside = False
    for token in tree.tokens:
        if token.text in _OPENERS and not inside:
            inside = True
        elif token.text in _CLOSERS and inside:
            inside = False
        elif inside and token.i != head:
            out.append(token.i)
    return tuple(out) if len(out) > 2 and head not in range(out[0], out[-1]) else ()


def has_complement(tree: Tree, head: int) -> bool:
    """Does the verb say what it reports, or is it a headline's ("gunman reported near …")?"""
    token = tree.tokens[head]
    own = tree.child(head, "ccomp", "xcomp", "obj", "parataxis", "csubj") is not None
    return (
        own or token.kind in {"parataxis", "advcl", "acl", "acl:relcl"} or token.i + 2 >= len(tree)
    )


_OPENERS, _CLOSERS = '“"«„', '”"»“'
