"""Who stands behind each facet of a sentence: the innermost attribution, its chain, how surely.

It joins frames (where the cue stands) with speakers (who that is); it never cuts and never judges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verify.claims import cues, phrases
from verify.claims.facets import Facet
from verify.claims.frame import Frame
from verify.claims.segments import Segment
from verify.claims.speakers import Speakers
from verify.claims.tree import Tree
from verify.values import OFFICIAL, Certainty, Commitment, Kind, Polarity, Source

ANYBODY = Source("nobody named", Kind.ANONYMOUS, None, named=False)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|rumou?red|supposedly|unconfirmed|alleged|purported)\b",
    re.I,
)
_MEDIA = re.compile(
    r"\b(?:footage|videos?|photos?|photographs?|pictures?|images?|clips?|posts?)\b", re.I
)
_HIDES = re.compile(
    r"\b(?:anonym\w+|not (?:to )?be (?:named|identified)|"
    r"not (?:\w+ )?(?:authori[sz]ed|cleared|allowed) to)",
    re.I,
)
_QUOTED_WHOLE = re.compile(r"^\W{0,2}[“\"«].*[”\"»]\W*$", re.S)


@dataclass(frozen=True, slots=True)
class Voice:
    """One attribution with its source resolved; `frame` is None for the author's own words."""

    source: Source
    chain: tuple[str, ...]
    cue: str | None
    certainty: Certainty
    polarity: Polarity
    commitment: Commitment
    frame: Frame | None = None


def heard(
    segment: Segment,
    frames: Sequence[Frame],
    speakers: Speakers,
    country: str | None,
    author: Source,
) -> list[Voice]:
    """Every attribution of the sentence, its source resolved and its weight read."""
    out: list[Voice] = []
    for frame in frames:
        phrase = segment.tree.text(frame.source)
        if phrase.lower() in {"he", "she"}:
            _notice_subject(segment, frames, frame, speakers, country)
        if frame.kind == "perceive" and phrase.lower() in {"they", "he", "she", "it"}:
            continue  # whoever tells of it stands around
        source = speakers.source(phrase, country, segment.quote) if phrase else ANYBODY
        if segment.post is not None and phrase.lower() in {"i", "we", "me", "us", "myself"}:
            source = author
        if phrase and _MEDIA.search(phrase) and source.kind is Kind.UNKNOWN:
            source = Source(phrase, Kind.SOCIAL)
        if frame.inherits and not frame.source:
            around = [v for v in out if v.frame is not None and frame.cue[-1] in v.frame.content]
            source = around[-1].source if around else author
        if not source.named and source.kind not in OFFICIAL and _HIDES.search(segment.quote):
            source = replace(source, kind=Kind.ANONYMOUS)
        if frame.kind == "perceive" and source.kind is Kind.UNKNOWN:
            continue
        out.append(_voice(segment.tree, frame, source, speakers))
    return out


def _notice_subject(
    segment: Segment,
    frames: Sequence[Frame],
    frame: Frame,
    speakers: Speakers,
    country: str | None,
) -> None:
    """ "Lt. Krol gave another picture: 22, she said, …": whom the same sentence told of before."""
    tree = segment.tree
    if segment.post is not None or tree.root() in frame.cue:
        return
    subject = phrases.subject(tree, tree.root())
    told = {i for f in frames for i in (*f.content, *f.source)}
    if subject and max(subject) < frame.source[0] and not told & set(subject):
        speakers.notice(tree.text(subject), country, segment.quote)


def _voice(tree: Tree, frame: Frame, source: Source, speakers: Speakers) -> Voice:
    clause = tree.text(sorted(set(frame.content) | set(frame.cue)))
    if frame.inherits:
        return Voice(
            source, (source.name,), frame.text, Certainty.CERTAIN, "-", Commitment.DENIES, frame
        )
    sure, polarity, silent = cues.certainty(frame.text, clause)
    commitment = cues.commitment(frame.text, clause)
    if frame.kind == "no-comment" or (silent and not frame.content):
        commitment = Commitment.NO_COMMENT
    elif frame.negated and commitment in {Commitment.AFFIRMS, Commitment.DENIES}:
        commitment = Commitment.HEDGED
    if frame.kind == "perceive":
        sure, polarity, commitment = Certainty.CERTAIN, "+", Commitment.AFFIRMS
    relay = tree.text(frame.relay)
    chain = (relay, source.name) if relay and not _is_pronoun(relay) else (source.name,)
    return Voice(source, chain, frame.text, sure, polarity, commitment, frame)


def _is_pronoun(phrase: str) -> bool:
    return phrase.lower() in {"he", "she", "it", "they", "reporters", "us", "me", "them"}


def behind(facet: Facet, voices: Sequence[Voice], tree: Tree, author: Source) -> Voice:
    """The voice of one facet: the innermost attribution whose content holds it, else the author."""
    around = [v for v in voices if v.frame is not None and _holds(v.frame, facet)]
    around.sort(key=lambda v: len(v.frame.content) if v.frame else 0, reverse=True)
    text = tree.text(facet.words)
    if not around:
        return _author_voice(text, author, tree, facet)
    inner = around[-1]
    names = [author.name] if author.kind is not Kind.AUTHOR else []
    for voice in around:
        names += [n for n in voice.chain if n not in names]
    weakest = inner
    own = cues.certainty(inner.cue, _clause(tree, facet, inner))
    commitment = cues.commitment(inner.cue, _clause(tree, facet, inner))
    if inner.commitment in {Commitment.HEDGED, Commitment.NO_COMMENT} or inner.frame is None:
        commitment = inner.commitment
    elif inner.frame.inherits:
        commitment, own = Commitment.DENIES, (Certainty.CERTAIN, "-", False)
    elif inner.frame.kind == "perceive":
        commitment, own = Commitment.AFFIRMS, (Certainty.CERTAIN, "+", False)
    for voice in around[:-1]:
        if voice.commitment is Commitment.HEDGED and inner.commitment is not Commitment.HEDGED:
            weakest = voice
    sure = own[0] if weakest is inner else weakest.certainty
    source = inner.source
    if source.kind is Kind.UNKNOWN and source.named and _tells_own_senses(tree, facet):
        source = replace(source, kind=Kind.EYEWITNESS)
    return replace(
        inner,
        source=source,
        chain=tuple(names),
        certainty=sure,
        polarity=own[1],
        commitment=commitment,
    )


_SENSES = re.compile(r"(?:saw|seen|heard?|felt|smelled|smelt|watched|filmed|witnessed|noticed)$")


def _tells_own_senses(tree: Tree, facet: Facet) -> bool:
    """ "She had seen two flashes": whoever is known for nothing else was there."""
    subject = [tree.tokens[i].low for i in facet.subject]
    return subject in (["i"], ["he"], ["she"], ["we"], ["they"]) and bool(
        _SENSES.match(tree.tokens[facet.root].low)
    )


def _holds(frame: Frame, facet: Facet) -> bool:
    inside = set(frame.content)
    if facet.root in inside:
        return True
    shared = len(inside & set(facet.words))
    return shared > 0.6 * len(facet.words)


def _clause(tree: Tree, facet: Facet, voice: Voice) -> str:
    frame = voice.frame
    words = set(facet.words) | (set(frame.cue) if frame else set())
    return tree.text(sorted(words))


def _author_voice(text: str, author: Source, tree: Tree, facet: Facet) -> Voice:
    adverb = _HEARSAY.search(text)
    sure, polarity, _ = cues.certainty(None, text)
    commitment = Commitment.AFFIRMS if sure is Certainty.CERTAIN else Commitment.HEDGED
    if adverb:
        return Voice(
            ANYBODY, (author.name, ANYBODY.name), adverb.group(), sure, polarity, Commitment.HEDGED
        )
    if sure is Certainty.CERTAIN:
        sure = Certainty.UNSPECIFIED if author.kind is Kind.UNKNOWN else sure
    return Voice(author, (author.name,), None, sure, polarity, commitment)


def continued(segment: Segment, last: Voice | None, *, inside: bool = False) -> Voice | None:
    """The speaker of the sentence before, where this one is nothing but a quotation.

    `inside` tells that it stands within quotation marks that were opened before it.
    """
    if last is None or segment.post is not None or (last.frame is None and not inside):
        return None
    if inside or _QUOTED_WHOLE.match(segment.quote) or segment.quote[:1] in '“"«':
        return replace(last, frame=None, certainty=Certainty.CERTAIN, polarity="+")
    return None
