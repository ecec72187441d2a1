"""Attributions without a verb of saying: what was heard or measured, and what is called false.

It only finds them in a tree; who speaks and whom to believe is decided elsewhere.
"""

from __future__ import annotations

import re

from verify.claims import contents, phrases
from verify.claims.frame import Frame
from verify.claims.tree import Tree

PERCEIVED = re.compile(r"(?:heard?|saw|seen|sees|hears|witnessed|filmed|watched|felt|counted)$")


_FALSE_REPORT = re.compile(
    r"\b(?P<noun>reports?|rumou?rs?|claims?|allegations?|news|stor(?:y|ies)|messages?|posts?|videos?|"
    r"information|speculation|suggestions?|accounts?|footage|images?|pictures?|accusations?|"
    r"statements?|assertions?|figures?)\b"
    r"(?:(?P<lead>[^.;]{0,60}?)\b(?:that|of|about|saying|claiming)\s+(?P<what>[^.;]{6,160}?))?,?\s+"
    r"(?P<false>(?:is|are|was|were|being)\s+(?:\w+ly\s+|all\s+)?(?:false|untrue|"
    r"not true|fake|baseless|incorrect|wrong|unfounded|fabricated|inaccurate|lies|nonsense|"
    r"a hoax|misleading|rumou?rs)|(?:does|do|did) not (?:correspond to|reflect|match) (?:the )?"
    r"(?:reality|truth|facts)|(?:has|have|had) (?:nothing to do with|no basis in) (?:the )?"
    r"(?:reality|truth|facts?))\b",
    re.I,
)


#: "It is false.", "That is not true": of what has just been told.
_FALSE_IT = re.compile(
    r"(?:^|[“\"‘'(]\s*|[,;—–]\s+)(?P<noun>it|this|that|these|those|they|all of (?:it|this))\s*"
    r"(?P<false>(?:is|are|was|were|['’]s)\s+(?:\w+ly\s+|all\s+|simply\s+|just\s+)?(?:false|untrue|"
    r"not true|fake|baseless|incorrect|wrong|unfounded|fabricated|inaccurate|a lie|lies|nonsense|"
    r"a hoax|misleading|a rumou?r|disinformation|misinformation)|(?:did|has|"
    r"have) not happen(?:ed)?|"
    r"never happened)\b(?!\s+(?:that|to)\b)(?P<what>)",
    re.I,
)


def falsehoods(tree: Tree, known: list[Frame]) -> list[Frame]:
    """ "Rumours that P were false", "the messages are fake": whoever says so denies P."""
    if not tree.tokens:
        return []
    first, last = tree.tokens[0].start, tree.tokens[-1].end
    out = []
    text = tree.source[first:last]
    for found in (*_FALSE_REPORT.finditer(text), *_FALSE_IT.finditer(text)):
        at = first + found.start("noun")
        noun = next((t.i for t in tree.tokens if t.start <= at < t.end), None)
        end = first + found.end()
        verdict = [
            t.i for t in tree.tokens if first + found.start("false") <= t.start and t.end <= end
        ]
        if noun is None or any(noun in f.cue for f in known if f.kind == "deny"):
            continue
        content: tuple[int, ...] = ()
        if found["what"]:
            begin, stop = first + found.start("what"), first + found.end("what")
            content = tuple(t.i for t in tree.tokens if begin <= t.start and t.end <= stop)
        words = (noun, *verdict)
        text = f"{tree.tokens[noun].text} false"
        out.append(Frame(words, "deny", (), content, text=text, inherits=True))
    for frame in out:
        inside = set(frame.content)
        known[:] = [f for f in known if not (inside & set(f.content)) or frame.cue[0] in f.content]
    return out


_MEASURES = re.compile(
    r"(?:measured|measures|gauged|gauges|recorded|records|registered|calculated)$"
)


def measurements(tree: Tree, taken: set[int]) -> list[Frame]:
    """ "The survey measured it at 7.2": a finding of its subject's."""
    out = []
    for token in tree.tokens:
        thing = tree.child(token.i, "obj")
        if token.i in taken or token.upos != "VERB" or not _MEASURES.match(token.low):
            continue
        source = phrases.subject(tree, token.i)
        near = [*tree.children(token.i, "obl"), *(tree.children(thing.i, "nmod") if thing else ())]
        figure = next(
            (c for c in near if phrases.case(tree, c) == "at" and contents.is_figure(tree, c)), None
        )
        if thing is not None and figure is not None and source:
            words = sorted({*tree.subtree(thing.i), *tree.subtree(figure.i)})
            out.append(Frame((token.i,), "report", source, tuple(words), text=f"{token.text} at"))
    return out


def perceptions(tree: Tree, taken: set[int]) -> list[Frame]:
    """ "A correspondent heard explosions": the subject vouches for what it heard or saw."""
    out = []
    for token in tree.tokens:
        if token.i in taken or token.upos != "VERB" or not PERCEIVED.match(token.low):
            continue
        if tree.child(token.i, "aux:pass", "nsubj:pass") is not None:
            continue
        source = phrases.subject(tree, token.i)
        if source and tree.child(token.i, "obj", "ccomp") is not None:
            content = tuple(tree.subtree(token.i))
            out.append(Frame((token.i,), "perceive", source, content, text=token.text, own=True))
    return out
