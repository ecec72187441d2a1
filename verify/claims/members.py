"""Smaller things told in passing: who is among the counted, how something ranks, who was aboard.

"24 dead, including four firefighters", "three of them children", "the third this year", "with 80
migrants on board": each is a claim of its own and no part of the clause it hangs on. It finds
words and wordings; `facets` makes facets of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.claims.tree import Token, Tree

_NAMES = {"obj", "obl", "nsubj", "nsubj:pass", "nmod", "appos", "parataxis", "conj", "dep", "advcl"}
_PART = {"them", "whom", "those", "these"}
_PART_ENDS = {",", ".", ";", "–", "—", ")", "and", "who", "which", "that"}
_RANK = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest|deadliest|worst|"
    r"largest|biggest|strongest|heaviest|highest|lowest|longest|\d+(?:st|nd|rd|th))$"
)
_COUNT = {"several", "dozens", "scores", "hundreds", "thousands", "many", "people", "others"}
#: Where or how the counted were ("with 80 migrants on board", "with 12 people missing").
_ABOARD = re.compile(
    r"(?:on board|aboard|inside|on the ground|missing|dead|injured|wounded|trapped|unaccounted for|"
    r"hospitali[sz]ed|stranded|displaced|in custody|under arrest)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One such thing: the word it hangs by, its words, those to leave out above, its wording."""

    root: int
    words: tuple[int, ...]
    cut: tuple[int, ...]
    text: str


def find(tree: Tree, framing: set[int]) -> list[Member]:
    """Every one of the sentence, in reading order; words of `framing` only tell who says so."""
    out: list[Member] = []
    for token in tree.tokens:
        if token.i in framing:
            continue
        found = (
            _included(tree, token, framing)
            or _part_of(tree, token)
            or _ranked(tree, token)
            or _aboard(tree, token)
        )
        if found is not None:
            out.append(found)
    return out


def _be(tree: Tree, words: list[int], head: Token) -> str:
    """ "was" or "were", as the words count."""
    low = head.low
    plural = low in {"people", "children", "men", "women", "police", "others", "some", "both"}
    plural = plural or (low.endswith("s") and not low.endswith(("ss", "us", "is")))
    joined = any(tree.tokens[c.i].upos != "PUNCT" for c in tree.children(head.i, "conj"))
    return "were" if plural or joined else "was"


def _included(tree: Tree, token: Token, framing: set[int]) -> Member | None:
    """ "…, including four firefighters", "…, among them a former minister"."""
    if token.kind not in _NAMES or token.upos not in {"NOUN", "PROPN", "NUM"}:
        return None
    lead = next((t for t in tree.children(token.i, "case", "mark") if t.low == "including"), None)
    among = next((t for t in tree.tokens[: token.i] if _opens_among(tree, t, token)), None)
    if lead is None and among is None:
        return None
    start = lead.i if lead is not None else among.i if among is not None else 0
    last = max(i for i in tree.subtree(token.i))
    words = [i for i in range(start + 1, last + 1) if i in set(tree.subtree(token.i))]
    words = _bare(tree, [i for i in words if tree.tokens[i].low not in _PART])
    host = _host(tree, start, token.i, framing)
    if not words or host is None:
        return None
    be = _be(tree, words, token)
    cut = (token.i, *((among.i + 1,) if among is not None else ()))
    return Member(token.i, tuple(words), cut, f"{tree.text(words)} {be} among {host}")


def _opens_among(tree: Tree, among: Token, noun: Token) -> bool:
    if among.low != "among" or among.i + 1 >= len(tree) or among.i == 0:
        return False
    pronoun = tree.tokens[among.i + 1]
    close = 0 < noun.i - pronoun.i <= 8 and tree.tokens[among.i - 1].text in {",", "–", "—", "-"}
    first = min(i for i in tree.subtree(noun.i) if i > pronoun.i or i == noun.i)
    return pronoun.low in _PART and close and first == pronoun.i + 1


def _host(tree: Tree, before: int, member: int, framing: set[int]) -> str | None:
    """The counted words that the members belong to; None where nothing is counted."""
    own = set(tree.subtree(member)) | framing
    for token in reversed(tree.tokens[:before]):
        if token.i in own or token.upos not in {"NOUN", "NUM", "PROPN", "ADJ"}:
            continue
        counted = tree.child(token.i, "nummod") is not None or token.low in _COUNT
        alone = token.upos == "NUM" and token.kind not in {"nummod", "compound", "advmod", "nmod"}
        if (counted or alone) and token.kind not in {"nmod", "obl"}:
            parts = {"nummod", "amod", "compound", "det", "advmod"}
            words = {token.i} | {
                i for c in tree.children(token.i) if c.kind in parts for i in tree.subtree(c.i)
            }
            state = tree.child(tree.tokens[token.i].head, "xcomp") if token.head >= 0 else None
            if alone and state is not None and state.i == token.i + 1:
                words.add(state.i)
            return tree.text(sorted(i for i in words if i < before))
    return None


def _part_of(tree: Tree, token: Token) -> Member | None:
    """ "eleven people died, three of them children", "six people, all of them foreigners"."""
    if token.low not in {"them", "whom"} or token.i < 2 or tree.tokens[token.i - 1].low != "of":
        return None
    count, follows = tree.tokens[token.i - 2], token.i + 1
    if count.upos not in {"NUM", "DET", "PRON", "ADJ", "NOUN", "ADV"} or follows >= len(tree):
        return None
    first = count.i
    while first > 0 and tree.tokens[first - 1].low in {"at", "least", "about", "most", "the"}:
        first -= 1
    if first == 0 or tree.tokens[first - 1].text not in {",", "–", "—", "-", "(", "and"}:
        return None
    end = follows
    while end < len(tree) and tree.tokens[end].text not in _PART_ENDS:
        end += 1
    stretch = range(first, end)
    rest = list(range(follows, end))
    verbal = {"VERB", "AUX"}
    if not rest or any(tree.tokens[i].upos in verbal and i != rest[0] for i in rest):
        return None
    if all(tree.tokens[i].upos in {"ADV", "PUNCT", "PART"} for i in rest):
        return None
    if tree.tokens[rest[0]].upos == "AUX" or tree.tokens[rest[0]].low.endswith("ing"):
        return None
    roots = tuple(i for i in stretch if tree.tokens[i].head not in stretch)
    who = tree.text(range(first, follows)).replace(" whom", " them")
    be = "was" if count.low in {"one", "none", "neither"} else "were"
    return Member(roots[0], tuple(stretch), roots, f"{who} {be} {tree.text(rest)}")


def _ranked(tree: Tree, token: Token) -> Member | None:
    """ "the blast, the third in the state this year, …"."""
    if token.kind != "appos" or token.head < 0:
        return None
    words = _bare(tree, tree.subtree(token.i))
    ranks = _RANK.match(token.low) or any(
        _RANK.match(c.low) for c in tree.children(token.i, "amod", "nummod")
    )
    if not words or not ranks or tree.tokens[words[0]].low not in {"the", "its", "their"}:
        return None
    noun = tree.tokens[token.head]
    cut = [c.i for c in tree.children(noun.i, "appos", "acl:relcl", "acl", "case", "punct", "cc")]
    host = _bare(tree, tree.subtree(noun.i, without=cut))
    if len(words) < 4 or noun.upos == "PROPN" or not host:
        return None
    text = f"{tree.text(host)} was {tree.text(words)}"
    return Member(token.i, tuple(words), (token.i,), text)


def _aboard(tree: Tree, token: Token) -> Member | None:
    """ "… with 80 migrants on board", "… with 12 people missing"."""
    case = tree.child(token.i, "case", "mark")
    if case is None or case.low != "with" or tree.child(token.i, "nummod") is None:
        return None
    noun = [i for i in tree.subtree(token.i) if i > case.i]
    last = token.i
    for end in range(token.i + 1, min(token.i + 4, len(tree))):
        if _ABOARD.search(tree.source[tree.tokens[token.i + 1].start : tree.tokens[end].end]):
            last = end
    if last == token.i:
        return None
    words = sorted({i for i in noun if i <= token.i} | set(range(token.i + 1, last + 1)))
    inside = set(words) | {case.i}
    cut = tuple(i for i in inside if tree.tokens[i].head not in inside)
    subject = tree.text([i for i in words if i <= token.i])
    rest = tree.text(range(token.i + 1, last + 1))
    return Member(token.i, tuple(words), (token.i, *cut), f"{subject} were {rest}")


def _bare(tree: Tree, words: list[int]) -> list[int]:
    while words and tree.tokens[words[0]].upos in {"PUNCT", "CCONJ"}:
        words = words[1:]
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words = words[:-1]
    return words
