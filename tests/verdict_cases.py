"""Claims, statements and evidence for the verdict tests, from the worked example's own parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from verify.values import (
    Claim,
    Commitment,
    Evidence,
    Interval,
    Kind,
    Nature,
    Origin,
    Source,
    Span,
    Stance,
    Statement,
    Verdict,
)
from verify.verdict import decide

ARTICLE_DAY = datetime(2019, 11, 20, 9, 0, tzinfo=UTC)
LONG_AFTER = datetime(2026, 11, 23, tzinfo=UTC)
NIGHT = Interval(
    datetime(2019, 11, 19, 18, tzinfo=UTC), datetime(2019, 11, 20, 3, tzinfo=UTC), "Tuesday night"
)
JANUARY = Interval(datetime(2019, 1, 21, tzinfo=UTC), datetime(2019, 1, 22, tzinfo=UTC), "")

IDF = Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
SANA = Source("SANA", Kind.STATE_MEDIA, "Syria", id="sana")
SYRIA = Source("Syrian Foreign Ministry", Kind.GOVERNMENT, "Syria")
SYRIAN_ARMY = Source("Syrian army", Kind.MILITARY, "Syria")
JIHAD = Source("Islamic Jihad", Kind.ARMED_GROUP, "Islamic Jihad")
UN = Source("United Nations", Kind.INTERGOVERNMENTAL, "UN")
GERMANY = Source("German Foreign Ministry", Kind.GOVERNMENT, "Germany")
POLICE = Source("Paris police", Kind.POLICE, "France", place="Paris")
MINISTRY = Source("French Interior Ministry", Kind.GOVERNMENT, "France")
USGS = Source("USGS", Kind.GOVERNMENT, "United States", id="usgs")
PASSER_BY = Source("Majd Fahd", Kind.SOCIAL)
SOME = Source("some Syrian outlets", Kind.ANONYMOUS, named=False)


def claim(text: str = "Israel carried out airstrikes on Damascus", **given: Any) -> Claim:
    """A post’s claim that Israel struck Damascus on Tuesday night, or as `given` says."""
    base = Claim(
        id="c1",
        text=text,
        origin=Origin("post", text, 0, len(text), (Span(0, len(text)),), "p1"),
        source=PASSER_BY,
        nature=Nature.ACT,
        actor="Israel",
        place="Damascus",
        actor_party="Israel",
        target_party="Syria",
        country="Syria",
        event_time=NIGHT,
    )
    return replace(base, **given)


def crime(text: str = "Twelve people were killed in Paris", **given: Any) -> Claim:
    """A claim about an event in Paris whose doer is unknown."""
    base = claim(text, nature=Nature.EVENT, actor=None, actor_party=None, target_party=None)
    return replace(base, **{"place": "Paris", "country": "France", **given})


def says(source: Source, stance: Stance = Stance.SUPPORTS, **given: Any) -> Evidence:
    """A plain archive statement of that night; `note`, `counts` and `score` are the evidence’s."""
    weighed = {k: given.pop(k) for k in ("note", "counts", "score") if k in given}
    quote = given.pop("quote", f"The words of {source.name}.")
    denies = stance is Stance.REFUTES
    base = Statement(
        id=f"s-{source.name}",
        text=given.pop("text", quote),
        quote=quote,
        source=source,
        commitment=Commitment.DENIES if denies else Commitment.AFFIRMS,
        origin="archive",
        published_at=datetime(2019, 11, 20, 7, 0, tzinfo=UTC),
        event_time=NIGHT,
        url="https://example.org/1",
    )
    return Evidence(replace(base, **given), stance, weighed.pop("score", 0.9), **weighed)


def denies(source: Source, **given: Any) -> Evidence:
    return says(source, Stance.REFUTES, **given)


def silent(source: Source) -> Evidence:
    return says(source, Stance.NO_COMMENT, commitment=Commitment.NO_COMMENT)


def verdict(about: Claim, *evidence: Evidence, now: datetime = LONG_AFTER) -> Verdict:
    return decide(about, evidence, published_at=ARTICLE_DAY, now=now)


def outcome(about: Claim, *evidence: Evidence) -> tuple[str, int]:
    found = verdict(about, *evidence)
    return found.label.value, found.rule
