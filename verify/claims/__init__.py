"""Claims and statements of an article: one claim for each checkable thing, one statement for each
official attribution. It never looks anything up and never says whether a claim holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from verify import events, places, silence
from verify.claims import attribution, checkable, facets, phrases, rivals, roles, segments, voices
from verify.claims.facets import Facet
from verify.claims.frame import Frame
from verify.claims.roles import Roles
from verify.claims.segments import ReadSentences, Segment
from verify.claims.speakers import Resolve, Speakers, countries_of, country_in, home_of
from verify.claims.statements import Statements
from verify.claims.times import Clock
from verify.claims.tree import Tree
from verify.claims.voices import Voice
from verify.claims.wording import (
    foreign,
    not_checkable,
    rests_on_media,
    says_no_more,
    tells_nothing,
    wording,
)
from verify.values import (
    OFFICIAL,
    Article,
    Claim,
    Commitment,
    Kind,
    Nature,
    Origin,
    Post,
    Source,
    Span,
    Statement,
)

__all__ = ["AccountOf", "find"]

#: Platform, handle, day → the registered source whose account it is, None for a private one.
AccountOf = Callable[[str, str, datetime | None], Source | None]


#: Characters within which somebody is silent about what an article tells.
_NEARBY = 1500
#: Verbs by which an article hands over to a post that follows: "The county answered:".
_INTRODUCES = re.compile(
    r"(?:said|says|wrote|writes|tweeted|tweets|posted|posts|answered|answers|replied|replies|"
    r"responded|responds|announced|announces|warned|warns|added|adds|stated|states|clarified|"
    r"confirmed|confirms|denied|denies|urged|urges)$"
)
#: Reasons of a clause that say nothing of the others in its sentence.
_BESIDE = {"a prediction", "an appeal"}
_OWN = re.compile(r"(?:our|its|their)\b", re.I)


@dataclass(slots=True)
class _State:
    article: Article
    speakers: Speakers
    clock: Clock
    statements: Statements
    account: AccountOf
    countries: frozenset[str] = frozenset()
    claims: list[Claim] = field(default_factory=list)
    country: str | None = None
    paragraph: int = 0
    last: Voice | None = None
    introduced: tuple[Source, int] | None = None
    silences: list[tuple[Segment, Voice, frozenset[str]]] = field(default_factory=list)


def find(
    article: Article, read: ReadSentences, resolve: Resolve, account: AccountOf
) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    """Find the claims of an article and its posts in reading order, and its officials' statements.

    `read` parses sentences, `resolve` says who a source phrase is, `account` whose a handle is.
    """
    speakers = Speakers(resolve, article.published_at, home_of(article.text))
    clock, kept = Clock(article.published_at), Statements(article)
    state = _State(article, speakers, clock, kept, account, countries_of(article.text))
    every = segments.of(article, read)
    framed = [(s, attribution.find(s.tree, s.said) if s.failure is None else []) for s in every]
    speakers.elsewhere = _introduced_anywhere(framed, Speakers(resolve, speakers.on, speakers.home))
    for segment, frames in framed:
        reason = foreign(segment, article.language) or segment.failure
        if reason is not None:
            _add_unchecked(state, segment, reason)
        else:
            _one(state, segment, frames)
    _silent_about(state)
    return tuple(rivals.marked(state.claims, article.text)), state.statements.found()


def _introduced_anywhere(
    every: list[tuple[Segment, list[Frame]]], speakers: Speakers
) -> dict[str, Source]:
    """Officials by the names under which the text gives their office somewhere.

    A live page tells the newest first: "Cazeneuve said" may stand before "the interior minister,
    Bernard Cazeneuve".
    """
    for segment, frames in every:
        if segment.post is None:
            for frame in frames:
                phrase = segment.tree.text(frame.source)
                if phrase:
                    speakers.source(phrase, country_in(segment.quote, speakers.home), segment.quote)
    return {name: s for name, s in speakers.people.items() if s.kind in OFFICIAL and s.named}


def _one(state: _State, segment: Segment, frames: list[Frame]) -> None:
    """Claims and statements of one sentence."""
    tree = segment.tree
    country = country_in(segment.quote, state.speakers.home)
    if country is not None:
        state.country = country
    elif state.speakers.home is not None and segment.paragraph != state.paragraph:
        state.country = None  # a country named in passing is not the next paragraph's
    state.paragraph = segment.paragraph
    author = _author(state, segment)
    heard = voices.heard(segment, frames, state.speakers, country or state.country, author)
    kept = [v.frame for v in heard if v.frame is not None]
    found = facets.cut(tree, kept, is_post=segment.post is not None)
    reason = checkable.why_not(segment.quote, is_post=segment.post is not None)
    apart = reason in _BESIDE and len(found) > 1
    if reason is not None and not apart and not any(v.frame and v.frame.content for v in heard):
        _add_unchecked(state, segment, reason)
        return
    inside = segment.post is None and is_quoted(state.article.text, segment.start)
    quoted = voices.continued(segment, state.last, inside=inside)
    for facet in found:
        voice = voices.behind(facet, heard, tree, author)
        if voice.frame is None and quoted is not None:
            voice = quoted
        _add(state, segment, facet, voice, found)
    for voice in heard:
        _answer_before(state, segment, voice)
    if not found and not any(v.commitment is Commitment.NO_COMMENT for v in heard):
        _add_unchecked(state, segment, tells_nothing(segment.quote))
    spoken = [v for v in heard if v.frame is not None and v.frame.content]
    state.last = spoken[-1] if spoken else quoted
    _remember_scene(state, segment, heard, country)


def _answer_before(state: _State, segment: Segment, voice: Voice) -> None:
    """What denies, or will not comment on, the sentence or post before."""
    if voice.frame is not None and voice.frame.inherits and not voice.frame.content:
        _deny_before(state, segment, voice)
    if voice.commitment is Commitment.NO_COMMENT and not says_no_more(voice.cue or ""):
        state.statements.add(segment, voice, segment.quote, state.clock.last)
        topic = silence.topic(segment.quote)
        if topic:
            state.silences.append((segment, voice, topic))
        elif topic is not None:
            _silent_on(state, segment, voice)


def is_quoted(text: str, place: int) -> bool:
    """Does the place stand within quotation marks opened earlier in its paragraph?"""
    begin = max(text.rfind("\n\n", 0, place), 0)
    before = text[begin:place]
    return before.count("“") > before.count("”")


def _remember_scene(
    state: _State, segment: Segment, heard: list[Voice], country: str | None
) -> None:
    """Whom the author tells of, for the pronouns that follow; whose post comes next."""
    tree = segment.tree
    if segment.post is not None or not len(tree):
        return
    subject = phrases.subject(tree, tree.root())
    phrase = tree.text(subject)
    if not any(v.frame is not None and v.frame.source for v in heard):
        state.speakers.notice(phrase, country, segment.quote)
    state.introduced = None
    if (
        phrase
        and segment.quote.rstrip().endswith(":")
        and _INTRODUCES.match(tree.tokens[tree.root()].low)
    ):
        source = state.speakers.source(phrase, country or state.country, segment.quote)
        if source.kind in OFFICIAL and source.named:
            state.introduced = (source, segment.end)


def _silent_on(state: _State, segment: Segment, voice: Voice) -> None:
    """ "The office would not comment on that": on what was claimed in the sentence before."""
    before = [
        c for c in state.claims if c.origin.kind == "sentence" and c.origin.end <= segment.start
    ]
    last = max((c.origin.end for c in before), default=-1)
    if 0 <= segment.start - last < 4:
        for claim in before:
            if claim.origin.end == last and claim.unchecked is None:
                state.statements.add(segment, voice, claim.text, claim.event_time)


def _silent_about(state: _State) -> None:
    """ "Asked about the camera, she declined to answer": on what is claimed nearby about it."""
    for segment, voice, topic in state.silences:
        for claim in state.claims:
            near = abs(claim.origin.start - segment.start) <= _NEARBY
            if claim.origin.kind != "sentence" or not near or claim.unchecked is not None:
                continue
            if claim.source != voice.source and topic & silence.stems(claim.text):
                state.statements.add(segment, voice, claim.text, claim.event_time)


def _author(state: _State, segment: Segment) -> Source:
    """Whoever wrote the sentence: the article, or the account that posted it."""
    post = segment.post
    if post is None:
        return Source(state.article.site or "this article", Kind.AUTHOR)
    return _account(state, post)


def _account(state: _State, post: Post) -> Source:
    if post.handle:
        known = state.account(post.platform, post.handle, post.posted_at)
        if known is not None:
            return known
    if state.introduced is not None:
        source, end = state.introduced
        if 0 <= post.position - end < 40:
            return source
    name = f"{post.author} (@{post.handle})" if post.author and post.handle else None
    return Source(name or post.author or post.handle or "an account", Kind.SOCIAL)


def _add(state: _State, segment: Segment, facet: Facet, voice: Voice, every: list[Facet]) -> None:
    """One facet as a claim, and as its official's statement where one stands behind it."""
    tree = segment.tree
    spans = tree.spans(facet.words)
    others = [s for f in every if f is not facet for s in tree.spans(f.words)]
    time = state.clock.of(segment, spans, others, voice.frame.cue if voice.frame else ())
    who = _own_act(roles.of(tree, facet, state.speakers.party_of), tree, facet, voice)
    if voice.source.kind in {Kind.POLICE, Kind.MILITARY} and events.justifies(facet.text):
        who = replace(who, nature=Nature.SUCCESS)  # its own justification is its own side's word
    if facet.is_member and events.is_success(segment.quote):
        who = replace(who, nature=Nature.SUCCESS)  # "…, 21 of them over the region"
    text = wording(tree, facet, voice)
    reason = not_checkable(tree, facet, voice, text)
    own = None
    if voice.commitment is not Commitment.NO_COMMENT and reason is None:
        own = state.statements.add(segment, voice, text, time)
    state.claims.append(
        Claim(
            id=f"c{len(state.claims) + 1}",
            text=text,
            origin=_origin(segment, spans),
            source=voice.source,
            chain=voice.chain,
            cue=voice.cue,
            certainty=voice.certainty,
            polarity=voice.polarity,
            nature=who.nature,
            actor=who.actor,
            target=who.target,
            place=who.place,
            actor_party=_actor_party(who, voice.source),
            target_party=_target_party(who, voice),
            country=_country(state, who, text, voice.source),
            event_time=time,
            media=rests_on_media(segment, text),
            own_statement=own,
            unchecked=reason,
        )
    )


def _scene_of(text: str) -> str | None:
    """The one country that a text names as a place; "Israeli jets" names no place."""
    named = {m.place.country for m in places.find(text) if m.role == "place" and m.place.country}
    return named.pop() if len(named) == 1 else None


def _own_act(who: Roles, tree: Tree, facet: Facet, voice: Voice) -> Roles:
    """ "The army said it had struck positions": it did so itself."""
    subject = [tree.tokens[i].low for i in facet.subject]
    passive = tree.child(facet.root, "nsubj:pass", "aux:pass") is not None
    if who.actor or passive or subject not in (["it"], ["we"]) or voice.frame is None:
        return who
    if voice.source.party is None or not events.is_attack_verb(tree.tokens[facet.root].low):
        return who
    nature = Nature.ACT if who.nature is Nature.EVENT else who.nature
    return replace(who, actor=voice.source.name, actor_party=voice.source.party, nature=nature)


def _country(state: _State, who: Roles, text: str, source: Source) -> str | None:
    """The state in which the claim's place lies: the one meant where the text speaks of it.

    Where somebody spoke ("In Tehran, a spokesman said …") is not where it happened.
    """
    home = state.speakers.home
    if who.place is not None:
        there = country_in(who.place, home) or who.country
        if home is not None and there != home and there not in state.countries:
            return home  # Mati of the Philippines, where Greece is not spoken of
        return there or state.country or home
    scene = _scene_of(text)
    if scene is None and source.party in places.parties_of(text):
        return source.party  # "British ports", says Downing Street
    return scene or home or state.country


def _deny_before(state: _State, segment: Segment, voice: Voice) -> None:
    """ "The messages were false": what loose sources claimed just before is denied."""
    last = state.claims[-4:]
    told = [c for c in last if c.origin.kind == "sentence" and c.origin.end <= segment.start]
    told = [c for c in told if 0 <= segment.start - c.origin.end < 200]
    for claim in told or last:
        other = claim.source.party is None or claim.source.party != voice.source.party
        loose = claim.source.kind is not Kind.AUTHOR and other
        near = 0 <= segment.start - _end_of(state, claim) < 200
        if claim.unchecked is None and loose and near:
            state.statements.add(segment, voice, claim.text, claim.event_time)


def _end_of(state: _State, claim: Claim) -> int:
    """Where in the article a claim ends; a post's, where the post stands."""
    if claim.origin.kind == "sentence":
        return claim.origin.end
    return next((p.position for p in state.article.posts if p.id == claim.origin.post), -1000)


def _actor_party(who: Roles, source: Source) -> str | None:
    """Forces that are not named in their own side's account of a success are that side's own."""
    own = who.actor is not None and _OWN.match(who.actor)
    if who.actor_party is None and (who.nature is Nature.SUCCESS or own):
        return source.party
    return who.actor_party


def _target_party(who: Roles, voice: Voice) -> str | None:
    """Whoever accuses speaks as the other side."""
    frame = voice.frame
    if who.target_party is None and frame is not None and frame.accused:
        return voice.source.party if voice.source.party != who.actor_party else None
    return who.target_party


def _add_unchecked(state: _State, segment: Segment, reason: str) -> None:
    tree = segment.tree
    if len(tree):
        spans: tuple[Span, ...] = (Span(tree.tokens[0].start, tree.tokens[-1].end),)
    else:
        spans = (Span(segment.start, segment.end),)
    holder = segment.post.text if segment.post is not None else state.article.text
    text = " ".join((holder or "")[spans[0].start : spans[-1].end].split())
    state.claims.append(
        Claim(
            id=f"c{len(state.claims) + 1}",
            text=text or segment.quote,
            origin=_origin(segment, spans),
            source=_author(state, segment),
            chain=(_author(state, segment).name,),
            unchecked=reason,
            media=rests_on_media(segment, text),
        )
    )


def _origin(segment: Segment, spans: tuple[Span, ...]) -> Origin:
    return Origin(
        "post" if segment.post is not None else "sentence",
        segment.quote,
        segment.start,
        segment.end,
        spans,
        segment.post.id if segment.post is not None else None,
    )
