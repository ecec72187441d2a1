"""Hold the lexicon of attribution cues and find its patterns among the words of a text.

The lexicon is `cues.tsv` (lemmas and patterns). This module reads and inflects it and says which
pattern stands where; it never weighs negation or hedges (`cues.py` does).

A pattern's first word inflects if it is a verb, its last if it is a noun; `word*` inflects too,
`a|b` is either, `NOT` a negation, `…` one to eight words. An adverb may stand between two words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from verify.claims.inflect import noun_forms, verb_forms
from verify.values import Certainty, Polarity

Part = Literal["verb", "noun", "prep", "adverb", "adjective"]


def words(listed: str) -> frozenset[str]:
    """Return the words of a blank-separated list."""
    return frozenset(listed.split())


_UNINFLECTED = words(
    "NOT not neither could would will without it rumour rumor word rarely seldom never hardly no "
    "generally ruling of"
)
NEGATIONS = frozenset({"not", "never"})
_GAP = words("also first any ever even so far further since still then yet again now")
_DETERMINERS = words(
    "a an the this that these those its his her their our my your 's any some every no "
    "another each latest recent first new"
)
#: Adjacent words after which a word of the lexicon is none ("per cent", "was denied entry").
_NOT_A_CUE = re.compile(
    r"(?:per\s+(?!(?:the|a|an|its|his|her|their|police|officials?|witnesses|sources|reports?)\b|[A-Z])"
    r"|den(?:y|ies|ied|ying)\s+(?:\w+\s+)?(?:entry|access|bail|permission|asylum|boarding|treatment|"
    r"parole|visas?|him|her|them|us|me|care|aid|food|water|medical|admission|service|passage)\b"
    r"|state\s+(?:media|television|tv|radio|news|department|of|police|prosecutors?|secretary|run)\b"
    r"|stated?-\w|(?:rule|ruled|ruling)\s+(?:over|the|a|by|party|coalition|of)\b"
    r"|show(?:s|ed)?\s+(?:up|off)\b|call(?:s|ed|ing)?\s+(?:off|up|in|out|home)\b"
    r"|per\s+(?:cent|day|capita|hour|year|week|month|person|head)\b|post\s+(?:office|mortem)\b"
    r"|via\s+(?:the\s+)?(?:road|sea|air|bridge|route|plane|train|satellite)\b"
    r"|charg(?:e|ed|es|ing)\s+(?:at|into|up|through|toward)\b"
    r"|f(?:i|ou)nds?\s+(?:dead|alive|guilty|shelter|themselves|himself|herself)\b"
    r"|count(?:s|ed)?\s+on\b|record(?:s|ed)?\s+(?:high|low)\b)"
)
#: Verbs whose base and -s forms are nouns more often than not ("the attacks", "support for").
_MOSTLY_NOUNS = words(
    "address air attack back blast brand bet bill caption charge count deal detail email "
    "fault fear figure finger float grade guess guarantee label like list log love measure "
    "message name object offer order own plan poll post present press print project promise "
    "rank rate record register request rule sense share signal state style support survey "
    "term text threaten tip tweet value view watch weigh wish wonder worry debate demand "
    "doubt estimate forecast cry snap bark crow champion favour rebut position protest pledge "
    "claim"
)
#: Verbs that weigh as cues where a model has found them, and are too common to be looked for.
_ONLY_FOUND = words(
    "address be cast challenge charge decline embrace express follow include introduce issue look "
    "mean promote push reference reflect release read title refusal boo cheer own count"
)
#: Words that open another clause, over which no pattern reaches.
_SUBJECTS = words(
    "i we you he she they it who which officials police authorities witnesses residents experts "
    "analysts others some many sources media state army military ministry government to not"
)
_TOKEN = re.compile(
    r"can(?=not\b)|(?<=can)not\b|\w+?(?=n['’]t\b)|n['’]t\b|[^\W_]+(?:-[^\W_]+)*|['’]\w+|[^\w\s]|_",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of the lexicon as it weighs where it stands; `negated`: "did not say"."""

    text: str
    part: Part
    certainty: Certainty
    polarity: Polarity
    kind: str
    takes: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    cue: Cue
    words: tuple[frozenset[str] | None, ...]  # None: a gap of one to eight words


@dataclass(frozen=True, slots=True)
class Hit:
    first: int
    last: int  # exclusive
    pattern: Pattern


@cache
def entries() -> tuple[Cue, ...]:
    """Return every cue of the lexicon, as written there."""
    with files("verify.claims").joinpath("cues.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return tuple(
        Cue(
            text=row["cue"],
            part=cast(Part, row["part"]),
            certainty=Certainty(row["certainty"]),
            polarity=cast(Polarity, row["polarity"]),
            kind=row["kind"],
            takes=row["takes"] or "",
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Openings:
    """The patterns that begin with one form, each beside its rank: the longest first."""

    free: tuple[tuple[int, Pattern], ...]  #: of one word, or with a gap behind the first
    by_second: dict[str, tuple[tuple[int, Pattern], ...]]


@cache
def _index() -> dict[str, Openings]:
    """Return the patterns by the forms of their first word, and there by those of their second."""
    by_form: dict[str, list[Pattern]] = {}
    for cue in entries():
        pattern = Pattern(cue, _words_of(cue))
        for form in pattern.words[0] or ():
            by_form.setdefault(form, []).append(pattern)
    return {form: _openings(patterns) for form, patterns in by_form.items()}


def _openings(patterns: list[Pattern]) -> Openings:
    ranked = list(enumerate(sorted(patterns, key=lambda p: -len(p.words))))
    second: dict[str, list[tuple[int, Pattern]]] = {}
    free = []
    for rank, pattern in ranked:
        options = pattern.words[1] if len(pattern.words) > 1 else None
        if options is None:
            free.append((rank, pattern))
        for form in options or ():
            second.setdefault(form, []).append((rank, pattern))
    return Openings(tuple(free), {form: tuple(found) for form, found in second.items()})


def _candidates(tokens: list[Token], at: int) -> list[Pattern]:
    """The patterns that may stand at a token, by it and the next one or two words."""
    openings = _index().get(tokens[at].word)
    if openings is None:
        return []
    found = dict(openings.free)
    if at + 1 < len(tokens):
        found.update(openings.by_second.get(tokens[at + 1].word, ()))
        if at + 2 < len(tokens) and is_gap(tokens[at + 1]):
            found.update(openings.by_second.get(tokens[at + 2].word, ()))
    return [found[rank] for rank in sorted(found)]


def _words_of(cue: Cue) -> tuple[frozenset[str] | None, ...]:
    parts = cue.text.split()
    inflected = 0 if cue.part == "verb" else len(parts) - 1
    words: list[frozenset[str] | None] = []
    for place, part in enumerate(parts):
        if part == "…":
            words.append(None)
            continue
        forms: set[str] = set()
        for option in part.split("|"):
            forms |= _forms(option, cue.part, is_head=place == inflected)
        words.append(frozenset(forms))
    return tuple(words)


def _forms(word: str, part: Part, *, is_head: bool) -> set[str]:
    if word == "NOT":
        return set(NEGATIONS)
    if word.endswith("*") or (is_head and part == "verb" and word not in _UNINFLECTED):
        return verb_forms(word.rstrip("*").lower())
    if is_head and part == "noun":
        return noun_forms(word.lower())
    return {word.lower()}


def tokens_of(text: str) -> list[Token]:
    found = []
    for m in _TOKEN.finditer(text):
        word = m[0].lower().replace("’", "'")
        found.append(Token("not" if word == "n't" else word, m.start(), m.end()))
    return found


def _end_of(pattern: Pattern, tokens: list[Token], first: int) -> int | None:
    """Return the index after the pattern's last word if it stands at `first`."""
    at = first
    for place, options in enumerate(pattern.words):
        if options is None:
            following = pattern.words[place + 1] or frozenset()
            gap = _gap_before(following, tokens, at)
            if gap is None:
                return None
            at = gap
            continue
        if place and at < len(tokens) and tokens[at].word not in options and is_gap(tokens[at]):
            at += 1
        if at >= len(tokens) or tokens[at].word not in options:
            return None
        at += 1
    return at


def is_gap(token: Token) -> bool:
    return token.word in _GAP or (len(token.word) > 4 and token.word.endswith("ly"))


def _gap_before(options: frozenset[str], tokens: list[Token], at: int) -> int | None:
    """Return the nearest index after one to eight words at which one of the options stands."""
    for place in range(at, min(at + 9, len(tokens))):
        word = tokens[place].word
        if place > at and word in options:
            return place
        if word in '.;:!?"“”':
            return None
    return None


def hits(text: str, tokens: list[Token], *, strict: bool) -> Iterator[Hit]:
    at = 0
    while at < len(tokens):
        hit = _longest(tokens, at, _candidates(tokens, at))
        if hit is None or _NOT_A_CUE.match(text, tokens[at].start):
            at += 1
            continue
        if strict and _is_other_part(text, tokens, hit):
            at += 1
            continue
        yield hit
        at = hit.last


def _longest(tokens: list[Token], at: int, patterns: list[Pattern]) -> Hit | None:
    best: Hit | None = None
    for pattern in patterns:
        end = _end_of(pattern, tokens, at)
        if end is None:
            continue
        longer = len(pattern.words) - len(best.pattern.words) if best else 1
        if longer > 0 or (best and longer == 0 and _prefers(tokens, at, pattern, best)):
            best = Hit(at, end, pattern)
    return best


def _prefers(tokens: list[Token], at: int, pattern: Pattern, best: Hit) -> bool:
    """Tell whether a word that is verb and noun ("claims") is the noun here."""
    return (
        pattern.cue.part == "noun"
        and best.pattern.cue.part == "verb"
        and _follows_determiner(tokens, at)
    )


def _follows_determiner(tokens: list[Token], at: int) -> bool:
    if at == 0:
        return False
    before = tokens[at - 1].word
    return before in _DETERMINERS or before in {"of", "unconfirmed", "media", "conflicting"}


def _is_other_part(text: str, tokens: list[Token], hit: Hit) -> bool:
    """Tell whether a lone word of the lexicon is no cue where it stands: a noun, a name, a fact."""
    cue = hit.pattern.cue
    if cue.part in ("adverb", "adjective"):
        return cue.kind == "report"
    if cue.part != "verb" or len(hit.pattern.words) > 1:
        return False
    if cue.text in _ONLY_FOUND:
        return True
    token = tokens[hit.first]
    before = tokens[hit.first - 1].word if hit.first else ""
    after = tokens[hit.last].word if hit.last < len(tokens) else ""
    is_base = token.word in {cue.text, f"{cue.text}s"}
    if is_base and cue.text in _MOSTLY_NOUNS and before not in _SUBJECTS and after != "that":
        return True
    if before in _DETERMINERS and before not in {"that", "this", "some", "'s"}:
        return True
    return text[token.start].isupper() and hit.first > 0 and before not in '."“:!?—–-'
