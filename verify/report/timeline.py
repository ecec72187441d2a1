"""The timeline: events, posts, officials' statements and the article, placed on one line.

Gaps are compressed (a line from January to November would hide the night in question), so
distances are not to scale. It computes places only; the page draws them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from verify.report import outline, words
from verify.values import Interval, Post, Report, Statement

Lane = Literal["Events", "Posts", "Officials", "Article"]
LANES: tuple[Lane, ...] = ("Events", "Posts", "Officials", "Article")

LEFT, RIGHT = 96.0, 704.0
ROW = 20.0
CHARACTER = 6.4
LONGEST_LABEL = 24
BREAK_HOURS = 72.0
LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the timeline; what is dated by day covers that day.

    `later`: after the article; `recycled`: older than the event it is said to show.
    """

    lane: Lane
    start: datetime
    end: datetime
    label: str
    what: str
    anchor: str
    later: bool = False
    recycled: bool = False
    precise: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its place in the drawing; the label stands left of it where `before`."""

    item: Item
    x: float
    width: float
    y: float
    before: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the page needs to draw the timeline."""

    placed: tuple[Placed, ...]
    lanes: tuple[tuple[Lane, float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, str], ...]
    article: tuple[float, float] | None
    height: float


def items(report: Report) -> list[Item]:
    """List everything dated that bears on the article, in order of time."""
    found = [*_events(report), *_posts(report), *_statements(report)]
    published = report.article.published_at
    if published is not None:
        end = _end(published)
        found.append(Item("Article", published, end, "this article", "This article", "article"))
    return sorted(found, key=lambda i: (i.start, LANES.index(i.lane), i.label))


def _end(time: datetime) -> datetime:
    """Give the end of what a time covers: a bare date covers its whole day."""
    return time + words.DAY if words.when(time) == words.day(time) else time


def numbers(report: Report) -> dict[str, int]:
    """Number the claims in reading order, from 1."""
    ordered = [f.claim.id for g in outline.groups(report) for f in g.findings]
    return {name: n for n, name in enumerate(ordered, 1)}


def _events(report: Report) -> Iterable[Item]:
    number = numbers(report)
    spans: dict[tuple[datetime, datetime], tuple[Interval, list[str]]] = {}
    for finding in report.findings:
        span = finding.claim.event_time
        if span is not None:
            spans.setdefault((span.start, span.end), (span, []))[1].append(finding.claim.id)
    for span, ids in spans.values():
        ns = ", ".join(str(n) for n in sorted(number[i] for i in ids))
        noun = "claim" if len(ids) == 1 else "claims"
        label = outline.shorten(f"{noun} {ns}", LONGEST_LABEL)
        what = f"What {noun} {ns} speak{'s' if len(ids) == 1 else ''} of"
        yield Item("Events", span.start, span.end, label, what, ids[0], precise=span.precise)


def _posts(report: Report) -> Iterable[Item]:
    for post in report.article.posts:
        if post.posted_at is not None:
            yield Item(
                "Posts",
                post.posted_at,
                _end(post.posted_at),
                outline.shorten(post.handle or post.author or "post", LONGEST_LABEL),
                f"Post by {words.account(post)}",
                post.id,
                later=outline.is_later(report, post.posted_at),
                recycled=is_recycled(report, post),
            )


def is_recycled(report: Report, post: Post) -> bool:
    """Tell whether a post is older than everything dated exactly that it is said to show."""
    events = [
        f.claim.event_time.start
        for f in report.findings
        if f.claim.origin.post == post.id and f.claim.event_time and f.claim.event_time.precise
    ]
    return bool(events) and post.posted_at is not None and post.posted_at < min(events)


def _statements(report: Report) -> Iterable[Item]:
    """Give one item for what a source said in one way at one time, however often it said it."""
    bearing = {e.statement.id for f in report.findings for e in outline.speaking(f)}
    alike: dict[tuple[datetime, str, str], list[Statement]] = {}
    for said in outline.statements(report):
        if said.published_at is not None and said.id in bearing:
            what = f"{words.who(said.source)} {words.COMMITMENTS[said.commitment]}"
            alike.setdefault((said.published_at, said.source.name, what), []).append(said)
    for (time, name, what), found in alike.items():
        many = f" ×{len(found)}" if len(found) > 1 else ""
        yield Item(
            "Officials",
            time,
            _end(time),
            outline.shorten(name, LONGEST_LABEL) + many,
            what + (f" ({words.number_of(len(found), 'statement')})" if many else ""),
            f"statement-{found[0].id}",
            later=outline.is_later(report, time),
        )


def draw(found: list[Item]) -> Drawing | None:
    """Place items on the line; None where there are not two different times to show.

    What lasts longer than `LONGEST` says little about when, and is left to the list.
    """
    found = [i for i in found if i.end - i.start <= LONGEST]
    times = sorted({t for i in found for t in (i.start, i.end)})
    if len(times) < 2:
        return None
    x = _scale(times)
    placed: list[Placed] = []
    lanes: list[tuple[Lane, float, float]] = []
    y = 30.0
    for lane in LANES:
        own = [i for i in found if i.lane == lane and lane != "Article"]
        rows = _rows(own, x)
        for item, row, before in rows:
            width = x[item.end] - x[item.start]
            placed.append(Placed(item, x[item.start], width, y + row * ROW + ROW / 2, before))
        if own:
            height = ROW * (1 + max(row for _, row, _ in rows)) + 6
            lanes.append((lane, y, height))
            y += height
    article = next(((x[i.start], x[i.end]) for i in found if i.lane == "Article"), None)
    return Drawing(
        tuple(placed), tuple(lanes), _ticks(times, x), _breaks(times, x), article, y + 16
    )


def _scale(times: list[datetime]) -> dict[datetime, float]:
    gaps = [math.log2(1 + (b - a).total_seconds() / 3600) + 0.6 for a, b in pairwise(times)]
    unit = (RIGHT - LEFT - 40) / sum(gaps)
    x = {times[0]: LEFT + 20}
    for before, time, gap in zip(times, times[1:], gaps, strict=False):
        x[time] = round(x[before] + gap * unit, 1)
    return x


def _rows(own: list[Item], x: dict[datetime, float]) -> list[tuple[Item, int, bool]]:
    """Give each item of a lane the first row in which it and its label overlap nothing."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for item in own:
        size = CHARACTER * (len(item.label) + (8 if item.later or item.recycled else 0)) + 14
        left, right = x[item.start] - 8, x[item.end] + 8
        before = right + size > RIGHT and left - size > LEFT
        reach = (left - size, right) if before else (left, right + size)
        row = next(
            (n for n, used in enumerate(taken) if all(_apart(reach, u) for u in used)), len(taken)
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(reach)
        placed.append((item, row, before))
    return placed


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _ticks(times: list[datetime], x: dict[datetime, float]) -> tuple[tuple[float, str], ...]:
    ticks: list[tuple[float, str]] = []
    seen = set()
    for time in times:
        room = not ticks or x[time] - ticks[-1][0] >= 84
        if time.date() not in seen and room:
            ticks.append((x[time], words.day(time)))
            seen.add(time.date())
    return tuple(ticks)


def _breaks(times: list[datetime], x: dict[datetime, float]) -> tuple[tuple[float, str], ...]:
    found = []
    for before, time in pairwise(times):
        hours = (time - before).total_seconds() / 3600
        if hours >= BREAK_HOURS:
            found.append((round((x[before] + x[time]) / 2, 1), f"{round(hours / 24)} days"))
    return tuple(found)
