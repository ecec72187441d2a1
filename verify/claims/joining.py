"""What the trained reader took for attributions, joined to those of the lexicon and the tree.

Where both see a cue, the reader's source and content are taken; what it alone sees must look like
an attribution. It never weighs a cue: the lexicon does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verify.claims import contents, cues
from verify.claims.frame import Frame
from verify.claims.phrases import RELATIVE
from verify.claims.splices import APART
from verify.claims.tree import Tree
from verify.models.reading import Said
from verify.values import Span

#: Least probability of a cue that only the reader sees.
MODEL_ALONE = 0.6


def join(tree: Tree, said: Said, frames: list[Frame]) -> None:
    """Take the reader's source and content into the frame of its cue, or add a frame."""
    cue = _inside(tree, (said.cue,))
    content, source = _inside(tree, said.content), _before_verb(tree, _inside(tree, said.source))
    if not cue or _promises_thing(tree, cue, content) or contents.is_told(tree, cue[-1]):
        return
    weighed = cues.weigh(tree.text(cue))
    if weighed is not None and weighed.part in {"adverb", "adjective"}:
        return
    for n, frame in enumerate(frames):
        if not set(frame.cue) & set(cue):
            continue
        kept = frame.relay and frame.source != frame.relay and len(frame.cue) > 1
        if kept or frame.own or frame.accused or frame.kind in {"no-comment", "accuse"}:
            frames[n] = replace(frame, source=frame.source or source)
            return
        frames[n] = _both(tree, frame, source, content)
        return
    if _is_no_report(tree, cue, source, content):
        return
    if content and (source or weighed is not None) and said.score >= MODEL_ALONE:
        kind = weighed.kind if weighed is not None else "report"
        if kind in {"report", "deny", "hedge", "doubt", "opinion", "question", "promise"}:
            rest = tuple(i for i in content if i not in cue and i not in source)
            rest = () if contents.only_asks(tree, rest) else rest
            frames.append(Frame(cue, kind, source, rest, text=tree.text(cue)))


def _is_act_in_passive(tree: Tree, cue: tuple[int, ...]) -> bool:
    """ "a bomb alert was declared": done by somebody, and told by the author."""
    verbs = [tree.tokens[i] for i in cue if tree.tokens[i].upos == "VERB"]
    return bool(verbs) and all(
        tree.child(t.i, "aux:pass", "nsubj:pass") is not None and not contents.HEARSAY.match(t.low)
        for t in verbs
    )


def _before_verb(tree: Tree, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source as far as its first finite verb: "relatives pelted …" are the relatives."""
    stop = next(
        (
            i
            for i in source
            if tree.tokens[i].upos == "VERB"
            and tree.tokens[i].kind in {"root", "conj", "parataxis", "ccomp"}
        ),
        None,
    )
    return source if stop is None else tuple(i for i in source if i < stop)


def _is_no_report(
    tree: Tree, cue: tuple[int, ...], source: tuple[int, ...], content: tuple[int, ...]
) -> bool:
    """Is what only the reader took for an attribution something else?"""
    passive = not source and _is_act_in_passive(tree, cue)
    crosses = _crosses_reports(tree, cue, content)
    return passive or crosses or _names_no_report(tree, cue, content) or contents.is_deed(tree, cue)


def _crosses_reports(tree: Tree, cue: tuple[int, ...], content: tuple[int, ...]) -> bool:
    """Is the content another of a post's reports ("Lena found safe, uncle arrested")?"""
    inside = set(content)
    if not any(tree.tokens[i].rel == APART and tree.tokens[i].head not in inside for i in content):
        return False
    says = r"(?:sa(?:y|id)|report|confirm|show|claim)"
    return not any(re.match(says, tree.tokens[i].low) for i in cue)


def _both(tree: Tree, frame: Frame, source: tuple[int, ...], content: tuple[int, ...]) -> Frame:
    """The lexicon's frame with the reader's source and content, as far as the tree bears them."""
    asks = contents.only_asks(tree, content) or contents.is_as_said(tree, frame.cue[0])
    if asks and not frame.content:
        content = ()
    if _within_subject(tree, frame, source):
        source = frame.source
    content = tuple(i for i in content if i not in frame.cue) or frame.content
    return replace(frame, source=source or frame.source, content=content)


#: Acts that a reader trained on political news takes for words.
_ACT = re.compile(
    r"(?:sentenc|sw(?:ear|ore|orn)|overturn|quash|uph|order|approv|sign|vot|elect|appoint|award|launch|open|clos|cancel|evacuat|arrest|"
    r"detain|suspend|ban)\w*$"
)
#: What binds somebody to something: issued, it is an act of its own.
_ORDER = re.compile(
    r"(?:injunction|ban|edict|decree|warrant|order|subpoena|summons|curfew|fine|sanction)s?$"
)
#: What somebody is inclined to do, and has not said.
_INCLINED = re.compile(r"(?:reluctant|unwilling|hesitant|loath|keen|eager|unable|able)$")
_ABOUT = {"about", "over", "of", "on", "with", "into", "at"}


def _reads_or_orders(tree: Tree, cue: tuple[int, ...], content: tuple[int, ...]) -> bool:
    """ "read 16 letters", "issued an injunction", "are reluctant to": a deed or a mood."""
    words = [tree.tokens[i] for i in cue]
    if any(_INCLINED.match(t.low) for t in words):
        return True
    if any(_ORDER.match(t.low) for t in words) and not _has_clause(tree, content):
        return True
    quotes = any(tree.tokens[i].text in '“"‘' for i in content)
    clause = any(tree.child(i, "ccomp") is not None for i in cue)
    return any(t.low in {"read", "reads"} for t in words) and not quotes and not clause


def _names_no_report(tree: Tree, cue: tuple[int, ...], content: tuple[int, ...]) -> bool:
    """Is what only the reader took for an attribution an act, or talk of a subject alone?"""
    words = [tree.tokens[i] for i in cue]
    shouts = any(re.match(r"(?:shout|yell|scream|cr(?:y|ied)|chant)", t.low) for t in words)
    said = any(tree.child(i, "ccomp") is not None for i in cue)
    if shouts and not said and not any(tree.tokens[i].text in '“"‘' for i in content):
        return True
    notifies = any(re.match(r"(?:inform|notif|brief|alert|contact)", t.low) for t in words)
    if notifies and not _has_clause(tree, content):
        return True
    if any(t.low in {"evidence", "proof", "indication"} for t in words):
        return True
    if tree.text(cue).lower() in {"stood by", "continues", "found"} and not _has_clause(
        tree, content
    ):
        return True
    bare = all(t.upos in {"AUX", "ADP", "PART", "DET"} for t in words)
    if bare or _reads_or_orders(tree, cue, content):
        return True
    if any(_ACT.match(t.low) for t in words) and not _has_clause(tree, content):
        return True
    if words[-1].low in _ABOUT and not _has_clause(tree, content):
        return True
    first = tree.tokens[content[0]] if content else None
    if first is None:
        return False
    if first.low == "responsibility":
        return True
    return first.low in _ABOUT and first.upos != "SCONJ" and not _has_clause(tree, content)


def _promises_thing(tree: Tree, cue: tuple[int, ...], content: tuple[int, ...]) -> bool:
    """ "promised aid": an act that can be checked, not words about one."""
    verb = any(tree.tokens[i].low.startswith(("promis", "pledg", "offer")) for i in cue)
    return verb and not any(tree.tokens[i].upos in {"VERB", "AUX"} for i in content)


def _within_subject(tree: Tree, frame: Frame, source: tuple[int, ...]) -> bool:
    """Did the reader look past the verb's own subject, or into its relative clause?"""
    if not source or not frame.source or set(source) & set(frame.source):
        return False
    own = next((tree.tokens[i] for i in frame.source if tree.tokens[i].head in frame.cue), None)
    if own is not None and own.kind == "nsubj" and own.low not in RELATIVE:
        return True  # "footage shows explosions, with some claiming that P": some claim it
    top = next((i for i in frame.source if tree.tokens[i].kind == "nsubj"), None)
    return top is not None and set(source) <= set(tree.subtree(top))


def _has_clause(tree: Tree, content: Sequence[int]) -> bool:
    """Does the content hold a finite verb with its subject?"""
    inside = set(content)
    return any(
        tree.child(i, "nsubj", "nsubj:pass") is not None
        for i in inside
        if tree.tokens[i].kind in {"ccomp", "root", "parataxis", "advcl", "conj"}
    )


def _inside(tree: Tree, spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(
        t.i for t in tree.tokens if any(s.start < t.end and s.end > t.start for s in spans)
    )
