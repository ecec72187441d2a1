"""The types that flow from room to room: frozen values, standard library only, never any behaviour.

A value is complete when it exists: what is not yet known is another type (`Match` is put forward,
`Evidence` is weighed), and a failure is a value with a reason. `dataclasses.replace` changes one.
All offsets are Python string indices, `end` exclusive; all times are timezone-aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What sort of source speaks."""

    GOVERNMENT = "government"
    MILITARY = "military"
    POLICE = "police"
    EMERGENCY = "emergency-service"
    JUDICIARY = "judiciary"
    INTERGOVERNMENTAL = "intergovernmental"
    STATE_MEDIA = "state-media"
    ARMED_GROUP = "armed-group"
    PRESS = "press"
    EYEWITNESS = "eyewitness"
    EXPERT = "expert"
    COMPANY = "company"
    SOCIAL = "social"
    ANONYMOUS = "anonymous"
    AUTHOR = "author"
    UNKNOWN = "unknown"


#: Kinds whose statements are kept as official; the last two count only as their side's voice.
OFFICIAL = frozenset(
    {
        Kind.GOVERNMENT,
        Kind.MILITARY,
        Kind.POLICE,
        Kind.EMERGENCY,
        Kind.JUDICIARY,
        Kind.INTERGOVERNMENTAL,
        Kind.STATE_MEDIA,
        Kind.ARMED_GROUP,
    }
)
SIDE_VOICES = frozenset({Kind.STATE_MEDIA, Kind.ARMED_GROUP})


class Certainty(StrEnum):
    """How surely a source asserts a claim."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNSPECIFIED = "unspecified"


class Commitment(StrEnum):
    """What an official binds itself to by a statement."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    HEDGED = "hedged"
    NO_COMMENT = "no-comment"


class Stance(StrEnum):
    """What a statement says of a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NO_COMMENT = "no-comment"
    UNRELATED = "unrelated"


class Label(StrEnum):
    """The verdicts, gravest first."""

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    ONE_SIDED = "one-sided"
    SPECULATIVE = "speculative"
    UNCONFIRMED = "unconfirmed"
    NOT_CHECKED = "not-checked"
    CONFIRMED = "confirmed"


class Nature(StrEnum):
    """What a claim is about, as far as competence depends on it."""

    EVENT = "event"  # something happened; nobody's doing is asserted
    ACT = "act"  # A did something, which its own state may own up to
    SUCCESS = "success"  # A's own success: interceptions, losses inflicted, justification
    STATE = "state"  # how things stand (a figure, a rule, a condition)


Basis = Literal["primary", "relayed", "article"]
Polarity = Literal["+", "-"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Interval:
    """When something happened, as an interval of UTC; `text` is the wording it was read from.

    `precise` is false for an interval that is only inherited or guessed from a publication date.
    """

    start: datetime
    end: datetime
    text: str = ""
    precise: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. `named` is false for an unnamed individual, who never decides anything.

    `id` is the entry of the registry, where there is one; `party` the state, faction or
    organisation spoken for; `place` narrows the remit (a police force's city).
    """

    name: str
    kind: Kind = Kind.UNKNOWN
    party: str | None = None
    named: bool = True
    id: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One plausibility check of an embedded post."""

    name: str
    result: Literal["pass", "warn", "fail", "unknown"]
    detail: str


@dataclass(frozen=True, slots=True)
class Post:
    """A social-media post embedded in an article; `text` is None where only a placeholder stood.

    `position` is the character offset in `Article.text` where the post stood.
    """

    id: str
    platform: str
    post_id: str | None
    url: str | None
    author: str | None
    handle: str | None
    text: str | None
    position: int
    posted_at: datetime | None = None
    posted_at_source: Literal["id", "markup", "api"] | None = None
    media: bool = False
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What was read. `text` is the prose without the posts' own, a blank line after a paragraph."""

    text: str
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    site: str | None = None
    posts: tuple[Post, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, as found in one text: places of source, cue and content, and their weight.

    `source_span` is None where the source stands elsewhere (an antecedent) or nowhere.
    """

    source: Source
    cue: str
    content: tuple[Span, ...]
    certainty: Certainty = Certainty.UNSPECIFIED
    polarity: Polarity = "+"
    no_comment: bool = False
    direct: bool = False
    source_span: Span | None = None
    cue_span: Span | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one official source said, word for word, with date, address and origin.

    `text` is what is compared with claims, `quote` what stood on the page. For `origin`
    "article", `start`/`end` delimit the quote in `Article.text` (or in the post named by `post`).
    """

    id: str
    text: str
    quote: str
    source: Source
    commitment: Commitment
    origin: Literal["article", "archive"]
    published_at: datetime | None = None
    event_time: Interval | None = None
    relayed_by: str | None = None
    url: str | None = None
    start: int | None = None
    end: int | None = None
    post: str | None = None
    certainty: Certainty = Certainty.UNSPECIFIED
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim stands: a post of the article, or a sentence of its text."""

    kind: Literal["post", "sentence"]
    quote: str
    start: int
    end: int
    spans: tuple[Span, ...]
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable thing, who asserts it and how surely.

    `actor`, `target` and `place` are the text's own words; `actor_party`, `target_party` and
    `country` what they resolve to, None where that is unknown. `unchecked` is the reason why it
    cannot be checked (an opinion, another language …), None where it can.
    """

    id: str
    text: str
    origin: Origin
    source: Source
    chain: tuple[str, ...] = ()
    cue: str | None = None
    certainty: Certainty = Certainty.UNSPECIFIED
    polarity: Polarity = "+"
    nature: Nature = Nature.EVENT
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    actor_party: str | None = None
    target_party: str | None = None
    country: str | None = None
    event_time: Interval | None = None
    media: bool = False
    rivals: tuple[str, ...] = ()
    own_statement: str | None = None
    unchecked: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A statement put forward for a claim by the search, not yet weighed."""

    statement: Statement
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement weighed against a claim.

    `counts` is false where it is shown and never decides; `note` says why.
    """

    statement: Statement
    stance: Stance
    score: float
    note: str | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What officials have committed themselves to about one claim, by which rule, and why."""

    label: Label
    rule: int
    reason: str
    would_settle: str
    basis: Basis | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with its weighed evidence and its verdict."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says; the formats only draw it."""

    article: Article
    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...]
    created_at: datetime
    as_of: datetime | None = None
    models: dict[str, str] = field(default_factory=dict)
    archive_path: str | None = None
    archive_size: int = 0
    warnings: tuple[str, ...] = ()
