"""The words a reader sees: labels with their meaning, who speaks, when, and how surely.

It turns values into short plain English. It never decides anything, and never escapes for a
format: what it returns may hold foreign text, which each format neutralises in its own way.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from verify.values import (
    Basis,
    Certainty,
    Check,
    Claim,
    Commitment,
    Evidence,
    Interval,
    Kind,
    Label,
    Post,
    Source,
    Stance,
    Statement,
)

#: Each verdict as a reader sees it.
LABELS: dict[Label, str] = {
    Label.CONTRADICTED: "Denied by officials",
    Label.DISPUTED: "Officials disagree",
    Label.ONE_SIDED: "One side only",
    Label.SPECULATIVE: "Speculative",
    Label.UNCONFIRMED: "Unconfirmed by officials",
    Label.NOT_CHECKED: "Not checked",
    Label.CONFIRMED: "Confirmed by officials",
}

#: What each verdict means, in one line.
MEANINGS: dict[Label, str] = {
    Label.CONTRADICTED: (
        "Officials responsible for the matter deny it or give figures, places or names that "
        "cannot both be right; none of them affirms it."
    ),
    Label.DISPUTED: "Officials responsible for the matter say opposite things.",
    Label.ONE_SIDED: "Only one side's officials or media say so; the other side has not.",
    Label.SPECULATIVE: "Only guesses, hedged words or unnamed voices say so; no official does.",
    Label.UNCONFIRMED: (
        "It is asserted, but no official responsible for the matter was found saying so. "
        "That does not make it false."
    ),
    Label.NOT_CHECKED: (
        "It cannot be compared with officials' statements (an opinion, a prediction, a question, "
        "another language), or the check failed; the reason is given."
    ),
    Label.CONFIRMED: "Officials responsible for the matter say so, and none of them denies it.",
}

#: One sign for each verdict, so that none rests on colour alone.
SIGNS: dict[Label, str] = {
    Label.CONTRADICTED: "✗",
    Label.DISPUTED: "≠",
    Label.ONE_SIDED: "◐",
    Label.SPECULATIVE: "?",
    Label.UNCONFIRMED: "○",
    Label.NOT_CHECKED: "–",
    Label.CONFIRMED: "✓",
}

#: What this report is and is not, for every format that has room for it.
PREMISE = (
    "This report says what officials have committed themselves to. It never says what is true: "
    "early official accounts are often wrong, and silence is not a denial."
)

KINDS: dict[Kind, str] = {
    Kind.GOVERNMENT: "government",
    Kind.MILITARY: "military",
    Kind.POLICE: "police",
    Kind.EMERGENCY: "emergency service",
    Kind.JUDICIARY: "courts and prosecutors",
    Kind.INTERGOVERNMENTAL: "intergovernmental body",
    Kind.STATE_MEDIA: "state media",
    Kind.ARMED_GROUP: "armed group",
    Kind.PRESS: "press",
    Kind.EYEWITNESS: "eyewitness",
    Kind.EXPERT: "expert",
    Kind.COMPANY: "company",
    Kind.SOCIAL: "social media",
    Kind.ANONYMOUS: "unnamed",
    Kind.AUTHOR: "this article's own words",
    Kind.UNKNOWN: "kind of source not known",
}

STANCES: dict[Stance, str] = {
    Stance.SUPPORTS: "says so",
    Stance.REFUTES: "says otherwise",
    Stance.NO_COMMENT: "declined to comment",
    Stance.UNRELATED: "does not settle this",
}

COMMITMENTS: dict[Commitment, str] = {
    Commitment.AFFIRMS: "said",
    Commitment.DENIES: "denied",
    Commitment.HEDGED: "said with reserve",
    Commitment.NO_COMMENT: "declined to comment",
}

CERTAINTIES: dict[Certainty, str] = {
    Certainty.CERTAIN: "stated as certain",
    Certainty.PROBABLE: "thought likely",
    Certainty.POSSIBLE: "thought possible",
    Certainty.UNSPECIFIED: "how surely is not said",
}

BASES: dict[Basis, str] = {
    "primary": "from the official's own channel",
    "relayed": "relayed by another outlet; the official's own channel not seen",
    "article": "attributed to officials by this article; original not seen",
}

#: The names of checks are predicates ("time-agrees"), so a result answers them.
RESULTS: dict[str, str] = {"pass": "yes", "warn": "doubtful", "fail": "no", "unknown": "not known"}

PLATFORMS: dict[str, str] = {
    "x": "X",
    "twitter": "X",
    "telegram": "Telegram",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "truthsocial": "Truth Social",
    "truth-social": "Truth Social",
    "threads": "Threads",
}

DAY = timedelta(days=1)


def day(time: datetime) -> str:
    """Write a date: 19 Nov 2019."""
    return f"{time.day} {time:%b} {time.year:04d}"


def when(time: datetime | None) -> str:
    """Write a time with its zone; one that stands exactly at midnight is a bare date."""
    if time is None:
        return "date not given"
    if (time.hour, time.minute, time.second) == (0, 0, 0):
        return day(time)
    return f"{day(time)}, {time:%H:%M} UTC"


def interval(span: Interval | None) -> str:
    """Write when something happened, whole days without hours; empty where it is not known."""
    if span is None:
        return ""
    about = "" if span.precise else "about "
    last = span.end - timedelta(microseconds=1) if span.end > span.start else span.end
    whole = when(span.start) == day(span.start) and span.end - span.start >= timedelta(hours=23)
    if whole:
        same = last.date() == span.start.date()
        return about + (day(span.start) if same else f"{day(span.start)} to {day(last)}")
    start = f"{day(span.start)}, {span.start:%H:%M}"
    if span.end == span.start:
        return f"{about}{start} UTC"
    if last.date() == span.start.date():
        end = "24:00" if span.end.date() != span.start.date() else f"{span.end:%H:%M}"
        return f"{about}{start} to {end} UTC"
    return f"{about}{start} to {day(span.end)}, {span.end:%H:%M} UTC"


def who(source: Source) -> str:
    """Name a source with its kind and the side it speaks for."""
    if source.kind is Kind.AUTHOR:
        return "this article, in its own words"
    about = [] if source.named or source.kind is Kind.ANONYMOUS else ["unnamed"]
    kind = KINDS[source.kind]
    if kind not in source.name.casefold():
        about.append(kind)
    if source.party and source.party.casefold() != source.name.casefold():
        about.append(source.party)
    return f"{source.name} ({', '.join(about)})" if about else source.name


def heard_from(statement: Statement) -> str:
    """Say where a statement was taken from."""
    if statement.origin == "article":
        return BASES["article"]
    if statement.relayed_by:
        return f"relayed by {statement.relayed_by}"
    return BASES["primary"]


def role(claim: Claim) -> str:
    """Say what a claim's source does to it: a source may bring it up only to deny it."""
    return "Who denies it" if claim.polarity == "-" else "Who says it"


def said_by(claim: Claim) -> str:
    """Say who asserts a claim and how surely."""
    said = who(claim.source)
    if claim.certainty is not Certainty.UNSPECIFIED:
        said += f", {CERTAINTIES[claim.certainty]}"
    return said


def account(post: Post) -> str:
    """Name the account of a post: author, handle and platform."""
    name = post.author or (f"@{post.handle.lstrip('@')}" if post.handle else "unknown account")
    handle = f" (@{post.handle.lstrip('@')})" if post.handle and post.author else ""
    return f"{name}{handle} on {platform(post)}"


def platform(post: Post) -> str:
    """Name the platform of a post."""
    return PLATFORMS.get(post.platform.casefold(), post.platform)


def byline(post: Post) -> str:
    """Name a post: its account and time."""
    return f"{account(post)}, {posted(post)}"


def posted(post: Post) -> str:
    """Say when a post was made, and by what that is known."""
    if post.posted_at is None:
        return "date not known"
    how = {"id": " (from the post's number)", "markup": " (from the page)", "api": ""}
    return when(post.posted_at) + how.get(post.posted_at_source or "", "")


def check(found: Check) -> str:
    """Write one plausibility check of a post."""
    name = found.name.replace("-", " ").replace("_", " ")
    detail = f" ({found.detail})" if found.detail else ""
    return f"{name[:1].upper()}{name[1:]}: {RESULTS[found.result]}{detail}"


def quoted(text: str) -> str:
    """Put a text into quotation marks unless it opens with one of its own."""
    return text if text.startswith(("“", '"', "„", "«")) else f"“{text}”"


def is_only_shown(item: Evidence) -> bool:
    """Tell whether evidence takes a side and yet never decides, which a reader must be told."""
    return not item.counts and item.stance in (Stance.SUPPORTS, Stance.REFUTES)


def number_of(count: int, thing: str) -> str:
    """Count things: 1 claim, 2 claims, no claims."""
    return f"{count or 'no'} {thing}{'' if count == 1 else 's'}"
