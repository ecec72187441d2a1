"""Attributions by place alone: "Police: P", "P — defence ministry", "P, residents tell @x".

Headlines and posts name who says so before a colon or behind a dash, with no verb or with one that
a parser hangs anywhere. It gives frames where no other attribution stands; it never says who a
source is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify import places
from verify.claims.frame import Frame
from verify.claims.tree import Token, Tree

_SAYS = {"say", "says", "said", "report", "reports", "reported", "tell", "tells", "told", "confirm",
         "confirms", "confirmed", "claim", "claims", "warn", "warns", "announce", "announces",
         "announced", "add", "adds", "write", "writes"}  # fmt: skip
#: Nouns and names for whoever speaks.
_ROLE = re.compile(
    r"(?:ministr(?:y|ies)|police|army|military|navy|officials?|authorities|government|govt|gov['’]?t|"
    r"spokes\w+|statement|media|agency|sources?|witness(?:es)?|residents?|locals|governor|mayor|"
    r"minister|president|presidency|pm|un|coast ?guard|guard|service|firefighters|rescuers|"
    r"hospital|"
    r"medics|doctors|operator|company|airline|union|monitors?|ngo|reporter|correspondent|"
    r"prosecutors?|court|sheriff|chief|department|dept|embassy|commission|council|rebels|idf|nato|"
    r"who|kremlin|house|pentagon|street|yard|afp|reuters|ap|bbc|cnn|tass|sana|usgs|unhcr|unicef|pentagon|"
    r"lawyers?|family|relatives|activists|analysts|experts|scientists|observers|press|tv|radio)$",
    re.I,
)
_DASHES = {"-", "–", "—", "|"}
_LONGEST = 7


def find(tree: Tree, known: Sequence[Frame]) -> list[Frame]:
    """Frames that only the place of their source shows, one at the most."""
    frame = _behind(tree, known) or _before(tree, known)
    return [frame] if frame is not None else []


def _behind(tree: Tree, known: Sequence[Frame]) -> Frame | None:
    """The source at the end, behind a dash or a comma."""
    end = len(tree)
    while end and tree.tokens[end - 1].upos == "PUNCT":
        end -= 1
    break_ = next(
        (i for i in range(end - 2, max(end - 2 - _LONGEST, 0), -1) if _parts(tree, i)), None
    )
    if break_ is None or break_ < 2:
        return None
    rest = [tree.tokens[i] for i in range(break_ + 1, end)]
    told = next((t for t in rest[1:] if t.low in _SAYS), None)
    if rest[0].low in _SAYS and len(rest) > 1:
        cue, source = rest[0].i, rest[1:]
    elif told is not None and end - 1 - told.i <= 1:
        cue, source = told.i, [t for t in rest if t.i < told.i]
    elif tree.tokens[break_].text in _DASHES and _ROLE.match(rest[-1].low):
        cue, source = break_, rest
    else:
        return None
    if not _is_noun_phrase(source) or _is_covered(known, range(break_ + 1, end), break_):
        return None
    content = tuple(i for i in range(break_) if tree.tokens[i].upos != "PUNCT" or i < break_ - 1)
    text = "said" if cue == break_ else tree.tokens[cue].text
    return Frame((cue,), "report", tuple(t.i for t in source), content, text=text)


def _before(tree: Tree, known: Sequence[Frame]) -> Frame | None:
    """The source at the beginning, before a colon."""
    colon = next((t.i for t in tree.tokens[1:_LONGEST] if t.text == ":"), None)
    if colon is None or colon + 3 > len(tree):
        return None
    source = list(tree.tokens[:colon])
    phrase = tree.text(range(colon))
    name = all(t.upos == "PROPN" for t in source) and not places.find(phrase)
    if not (_ROLE.match(source[-1].low) or (name and len(source) < 4)) or not _is_noun_phrase(
        source
    ):
        return None
    if _is_covered(known, range(colon + 1), colon):
        return None
    content = tuple(range(colon + 1, len(tree)))
    return Frame((colon,), "report", tuple(range(colon)), content, text="said")


def _parts(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    if token.text == ",":
        return True
    spaced = i > 0 and tree.tokens[i - 1].end < token.start and i + 1 < len(tree)
    return token.text in _DASHES and spaced and tree.tokens[i + 1].start > token.end


def _is_noun_phrase(words: Sequence[Token]) -> bool:
    plain = {"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "NUM", "PUNCT", "SYM", "CCONJ", "X"}
    nouns = any(t.upos in {"NOUN", "PROPN"} for t in words)
    return bool(words) and nouns and all(t.upos in plain for t in words)


def _is_covered(known: Sequence[Frame], place: range, at: int) -> bool:
    """Does another attribution hold there already, with a source and something said?"""
    return any(
        (f.cue[0] in place or at in f.cue) and len(f.content) > 2 and f.source for f in known
    )
