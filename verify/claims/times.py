"""When a claim's event happened: its own words first, then its sentence's, then the one before.

It never dates anything from the machine's clock, and a time of saying counts only where the
sentence names no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from verify import when
from verify.claims.segments import Segment
from verify.claims.tree import Tree
from verify.values import Interval, Post, Span

#: A post without words of time speaks of the hours before it was posted.
_FRESH = timedelta(hours=12)
#: Longer intervals ("over the last several years") date no sentence that follows.
_INHERITED = timedelta(days=8)


@dataclass(slots=True)
class Clock:
    """Carries the last dated event from sentence to sentence."""

    published: datetime | None
    last: Interval | None = None

    def of(
        self,
        segment: Segment,
        facet: tuple[Span, ...],
        others: list[Span],
        cue: Sequence[int] = (),
    ) -> Interval | None:
        """The event time of one facet, whose words are `facet`; `others` are the other facets'.

        A time that only tells when somebody said so (it hangs on the cue) is not precise.
        """
        tree = segment.tree
        if not len(tree):
            return None
        base, inherited = self._base(segment)
        first, last = tree.tokens[0].start, tree.tokens[-1].end
        found = [
            (Span(s.start + first, s.end + first), interval)
            for s, interval in when.find(tree.source[first:last], base, inherited)
        ]
        found = [f for f in found if not _only_compares(tree.source[first : f[0].start])]
        own = [i for s, i in found if _inside(s, facet)]
        free = [i for s, i in found if not _inside(s, facet) and not _inside(s, tuple(others))]
        chosen = min(own or free, key=lambda i: i.end - i.start, default=None)
        if chosen is None:
            return inherited if segment.post is not None else _of_day(inherited)
        if not own and _is_of_saying(tree, found, chosen, cue):
            chosen = replace(chosen, precise=False)
        if segment.post is None and chosen.end - chosen.start <= _INHERITED:
            self.last = chosen
        return chosen

    def _base(self, segment: Segment) -> tuple[datetime | None, Interval | None]:
        if segment.post is not None:
            posted = segment.post.posted_at or self.published
            return posted, _of_post(segment.post)
        if self.last is not None:
            return self.published, replace(self.last, precise=False)
        if self.published is None:
            return None, None
        day = when.whole_day(self.published)
        return self.published, Interval(day.start - timedelta(days=1), day.end, "", precise=False)


_SINCE = re.compile(
    r"\b(?:since|than|until|till|unlike|compared (?:to|with))\s+(?:[\w’'-]+\s+){0,4}$", re.I
)


def _only_compares(before: str) -> bool:
    """Does what stands before a time make it a bound ("the deadliest since the war of May")?"""
    return _SINCE.search(before[-60:]) is not None


def _is_of_saying(
    tree: Tree,
    found: Sequence[tuple[Span, Interval]],
    chosen: Interval,
    cue: Sequence[int],
) -> bool:
    """Does the time hang on the verb of saying ("said on Thursday that …")?"""
    place = next(s for s, i in found if i is chosen)
    words = [t for t in tree.tokens if t.start < place.end and t.end > place.start]
    inside = {t.i for t in words}
    return any(t.head in cue for t in words if t.head not in inside)


def _of_day(inherited: Interval | None) -> Interval | None:
    """What a sentence before lends: its day. Its hour and minute are of its own event."""
    if inherited is None or inherited.end - inherited.start >= timedelta(days=1):
        return inherited
    first, last = when.whole_day(inherited.start), when.whole_day(inherited.end)
    return replace(inherited, start=first.start, end=last.end, text="")


def _of_post(post: Post) -> Interval | None:
    if post.posted_at is None:
        return None
    if post.posted_at_source == "markup" and post.posted_at.hour == post.posted_at.minute == 0:
        return when.whole_day(post.posted_at)
    return Interval(post.posted_at - _FRESH, post.posted_at, "posted")


def _inside(span: Span, stretches: tuple[Span, ...]) -> bool:
    return any(s.start < span.end and s.end > span.start for s in stretches)
