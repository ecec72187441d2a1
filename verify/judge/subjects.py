"""Whom or what a sentence speaks of: "the hospital", not its ward, the school beside it or its vice
director.

Words alone would set "the president has not resigned" against "the vice president has resigned".
It knows word order and a few lists, no tree, and where it is in doubt it finds no subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.judge.roots import PERSON, root

_TOKEN = re.compile(r"[A-Za-z0-9][\w’'.-]*")
#: "BREAKING: the dam …"
_LABEL = re.compile(r"^\W*[\w ]{2,24}: ")
_BEFORE = frozenset(
    "the a an this that these those our their his her its my your every all each some several many "
    "one two three four five six seven eight nine ten just and but old young local".split()
)
#: Whoever is called so is another.
_NOT_THE_SAME = frozenset(
    "vice deputy former ex acting assistant retired another other fake second third no not most "
    "few part half near beside behind outside".split()
)
_PREPOSITIONS = frozenset("of in at on to from for near with by between inside outside".split())
_AUXILIARIES = frozenset(
    "was were is are be been being has have had did do does got gets get remains remained".split()
)
#: Words between a subject and what it does that change neither.
_LIGHT = frozenset("also just upstream downstream there here themselves himself itself".split())
#: Tokens of a phrase that may stand behind a subject: "every train to the coast has been …".
_BEHIND = 5


def is_auxiliary(word: str) -> bool:
    """Is the word one of those that only build a verb's form?"""
    return word.lower() in _AUXILIARIES


def predicate(who: Sequence[str], text: str) -> int | None:
    """Where the predicate begins (auxiliaries first) if `who`, as roots, is the text's subject."""
    if not who:
        return None
    label = _LABEL.match(text)
    tokens = list(_TOKEN.finditer(text, label.end() if label else 0))
    first = _first(who, [t.group() for t in tokens])
    if first is None:
        return None
    last = first
    while last < len(tokens) and root(tokens[last].group()) in who:
        last += 1
    named = {root(t.group()) for t in tokens[first:last]}
    if named != set(who) or _is_owner(tokens[last - 1].group()) or last >= len(tokens):
        return None
    return _begins(text, tokens, last)


def _first(who: Sequence[str], words: Sequence[str]) -> int | None:
    """The place of the subject's first word, where only what may stand before it does."""
    for place, word in enumerate(words[:6]):
        low = word.lower()
        if root(word) in who:
            return place
        is_name = word[0].isupper() and not word.isupper()
        may_precede = low in _BEFORE or is_name or _is_owner(word) or low[0].isdigit()
        if low in _NOT_THE_SAME or not (may_precede or tuple(who) == (PERSON,)):
            return None
    return None


def _is_owner(word: str) -> bool:
    return word.lower().endswith(("'s", "’s", "s'", "s’"))


def _begins(text: str, tokens: Sequence[re.Match[str]], last: int) -> int | None:
    """The place behind a phrase on the subject, if one stands there; None for "hospital ward"."""
    word = tokens[last].group().lower()
    if text[tokens[last - 1].end() : tokens[last].start()].strip():
        return None  # a comma: something is put in
    if word in _PREPOSITIONS:
        for place in range(last + 1, min(last + 1 + _BEHIND, len(tokens))):
            if is_auxiliary(tokens[place].group()):
                return tokens[place].start()
        return tokens[last].start()
    return tokens[last].start()


def after_auxiliaries(text: str, start: int) -> tuple[list[str], int]:
    """The auxiliaries, in lower case, that a predicate begins with, and where they end."""
    found: list[str] = []
    for token in _TOKEN.finditer(text, start):
        low = token.group().lower()
        if not (low in _AUXILIARIES or low in _LIGHT or low.endswith("ly")):
            return found, token.start()
        if low in _AUXILIARIES:
            found.append(low)
    return found, len(text)
