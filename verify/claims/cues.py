"""Weigh attribution cues: how surely, with which polarity, or with no comment at all.

It finds the cues of `lexicon.py` in a text, reads their negation and joins their weight with what
stands in their scope (`hedges.py`). It never decides who speaks, never calls a model, and never
says that a claim is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from verify.claims import hedges
from verify.claims.lexicon import NEGATIONS, Cue, Hit, Token, hits, is_gap, tokens_of, words
from verify.values import Certainty, Commitment, Polarity

__all__ = ["Cue", "CueMatch", "certainty", "commitment", "find", "scope", "weigh"]

#: Kinds of cue whose source stands by the content, though the one who reports it may doubt it.
_COMMITTING = frozenset({"report", "accuse", "opinion"})
_AUXILIARIES = words(
    "do does did has have had having is are was were be been being am 's 're 've can ca could "
    "would wo will should may might to yet so far ever even also still immediately"
)
#: Beliefs whose negation denies the content ("does not believe that it was": probably was not).
_NEG_RAISING = words(
    "believe think suppose expect anticipate feel consider assume presume reckon suspect "
    "appear seem predict foresee"
)
_NEGATIVE_SUBJECT = re.compile(
    r"(?:^|[,;:.!?—–(\"“]|\b(?:and|but|though|although|while|as)\b)\s*(?:so\s+far\s+|yet\s+)?"
    r"(?:no(?:\s+(?!(?:was|were|is|are)\b)[\w-]+){1,3}|nobody|none(?:\s+of\s+[\w\s]{1,30}?)?"
    r"|neither(?:\s+(?!(?:was|were|is|are)\b)[\w-]+){1,3})\s+"
    r"(?:(?:has|have|had|immediately|yet|ever|so\s+far|publicly)\s+)*$",
    re.I,
)
# No no-comment without one of these: most clauses need no search for cues.
_SILENCE = re.compile(
    r"n['’]t\b|\b(?:not|no|nothing|neither|never|yet|rarely|seldom|hardly)\b|refus|declin|silen|mum\b|"
    r"quiet|tight-|unavail|unreach|withh|unanswer|unreturn|ignor|dodg|sidestep|deflect|evad|avoid|"
    r"refrain|refer|direct|defer|\bh[au]ng|plead|pled|pass|fail|reserv|ke(?:ep|pt)|unable|unwilling|"
    r"reluctan|walk|cannot|stonewall|invok",
    re.I,
)
# What stands before a no-comment when the sentence says something else too.
_SAID_BEFORE = re.compile(
    r"\b(?:but|while|after|although|though|because|when|whereas)\b|;"
    r"|\b(?:has|have|had|was|were|is|are|\w+ed)\b[^.]{0,200}?\b(?:and|as)\b",
    re.I,
)
_SAID_AFTER = re.compile(
    r"\b(?:but|and|though|although|while)\b[^.;]{0,200}?\b(?:has|have|had|was|were|is|are|said|says|came|"
    r"\w{2,}ed)\b",
    re.I,
)
_REFUSED = re.compile(
    r"\b(?:refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)?)\s+to\s+(?:\w+ly\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue's place in a text, its auxiliaries included."""

    start: int
    end: int
    cue: Cue


def find(text: str) -> list[CueMatch]:
    """Return the cues of a text in order, none overlapping, weighed where they stand."""
    tokens = tokens_of(text)
    found = []
    for hit in hits(text, tokens, strict=True):
        first = hit.first
        while first and tokens[first - 1].word in _AUXILIARIES | NEGATIONS:
            first -= 1
        if tokens[first].word in {"to", "so", "yet", "also"}:
            first = hit.first
        start, end = tokens[first].start, tokens[hit.last - 1].end
        found.append(CueMatch(start, end, _weighed(text, tokens, hit)))
    return found


def weigh(cue: str) -> Cue | None:
    """Return what a cue weighs, None if the lexicon has no word of it.

    The cue may come inflected, with auxiliaries, adverbs and a negation ("has also not ruled out"),
    and may bring more words than the lexicon has ("said in an interview").
    """
    tokens = tokens_of(cue)
    weighed = [_weighed(cue, tokens, hit) for hit in hits(cue, tokens, strict=False)]
    for wanted in ("no-comment", "verb", "prep"):
        for candidate in weighed:
            if wanted in (candidate.kind, candidate.part):
                return candidate
    return weighed[0] if weighed else None


def _weighed(text: str, tokens: list[Token], hit: Hit) -> Cue:
    cue = hit.pattern.cue
    if cue.part in ("verb", "adjective") and _is_negated(text, tokens, hit.first):
        return _negate(cue, tokens, hit.first)
    return cue


def _is_negated(text: str, tokens: list[Token], first: int) -> bool:
    at = first - 1
    while at >= 0 and (tokens[at].word in _AUXILIARIES or is_gap(tokens[at])):
        at -= 1
    if at >= 0 and (tokens[at].word in NEGATIONS or tokens[at].word in {"without", "nor"}):
        return True
    left = text[max(0, tokens[first].start - 90) : tokens[first].start]
    return bool(_NEGATIVE_SUBJECT.search(left) or _REFUSED.search(left))


def _negate(cue: Cue, tokens: list[Token], first: int) -> Cue:
    """Return what a negated cue weighs: never an affirmation, and never a denial of its own."""
    lemma = cue.text.split()[0]
    if cue.kind == "no-comment":
        return cue
    if lemma in _NEG_RAISING or cue.text in {"be expected to", "be believed to", "be thought to"}:
        return replace(cue, polarity="-", negated=True)
    hedged = replace(cue, certainty=Certainty.UNSPECIFIED, polarity="+", kind="hedge", negated=True)
    if lemma in {"comment", "respond", "reply", "answer"}:
        return replace(hedged, kind="no-comment")
    if cue.text in {"rule out", "exclude the possibility", "discount"}:
        return replace(hedged, certainty=Certainty.POSSIBLE)
    if cue.kind == "deny" and any(
        t.word in {"can", "ca"} for t in tokens[max(0, first - 3) : first]
    ):
        return replace(hedged, certainty=Certainty.CERTAIN, kind="report")
    if cue.kind == "doubt":
        return replace(hedged, certainty=Certainty.PROBABLE)
    return hedged


def scope(
    text: str, start: int, end: int, sentence: str
) -> tuple[Certainty | None, bool, list[str]]:
    """Return how sure the clause `text[start:end]` is by its own words (None: plainly asserted).

    Then whether they turn its polarity ("there is no truth to reports that …"), and the hedges.
    """
    return hedges.scope(text, start, end, sentence)


@lru_cache(maxsize=1024)
def certainty(cue: str | None, clause: str) -> tuple[Certainty, Polarity, bool]:
    """Return certainty, polarity and whether it is a no-comment; the weaker of cue and clause wins.

    `clause` is the content, or the whole sentence with the cue in it; without a cue, the author's.
    """
    weighed, rest = _cue_in(cue, clause)
    base = Certainty.CERTAIN
    polarity: Polarity = "+"
    if weighed is not None:
        base, polarity = weighed.certainty, weighed.polarity
    elif cue and any(c.isalnum() for c in cue):
        base = Certainty.UNSPECIFIED
    if weighed is not None and weighed.kind == "no-comment":
        return Certainty.UNSPECIFIED, "+", True
    if (weighed is None or weighed.kind == "report") and _is_silent(rest):
        return Certainty.UNSPECIFIED, "+", True
    in_scope, flips, _ = hedges.scope(rest, 0, len(rest), rest)
    if flips:
        polarity = "-" if polarity == "+" else "+"
    return hedges.weaker(base, in_scope), polarity, False


def commitment(cue: str | None, clause: str) -> Commitment:
    """Return what a source binds itself to: who claims or accuses affirms, who believes hedges."""
    sure, polarity, is_no_comment = certainty(cue, clause)
    if is_no_comment:
        return Commitment.NO_COMMENT
    weighed, rest = _cue_in(cue, clause)
    if sure is Certainty.UNSPECIFIED:
        plain = hedges.scope(rest, 0, len(rest), rest)[0] is None
        if (
            weighed is None
            or weighed.kind not in _COMMITTING
            or not plain
            or weighed.part == "adverb"
        ):
            return Commitment.HEDGED
    elif sure is not Certainty.CERTAIN:
        return Commitment.HEDGED
    return Commitment.DENIES if polarity == "-" else Commitment.AFFIRMS


@lru_cache(maxsize=1024)
def _cue_in(cue: str | None, clause: str) -> tuple[Cue | None, str]:
    """Return the cue as it weighs in the clause, and the clause with the cue blanked."""
    weighed = weigh(cue) if cue else None
    place = re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", clause, re.I) if cue else None
    if place is None:
        return weighed, clause
    start, end = place.span()
    for match in find(clause):
        if match.start < end and match.end > start:
            covers = match.start <= start and match.end >= end and match.cue.part == "verb"
            if covers or match.cue.kind == "no-comment":
                weighed = match.cue
            start, end = min(start, match.start), max(end, match.end)
    return weighed, clause[:start] + " " * (end - start) + clause[end:]


def _is_silent(clause: str) -> bool:
    """Tell whether a clause says nothing but that somebody does not comment."""
    if not _SILENCE.search(clause):
        return False
    for match in find(clause):
        if match.cue.kind == "no-comment" and not match.cue.text.startswith("without"):
            before = _SAID_BEFORE.search(clause, 0, match.start)
            return not (before or _SAID_AFTER.search(clause, match.end))
    return False
