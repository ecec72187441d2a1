"""The real models, loaded once for all tests that check articles, and short ways to use them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from verify import claims, pipeline, sources
from verify.values import Article, Claim, Finding, Post, Report, Source, Statement

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def tools() -> pipeline.Tools:
    return pipeline.load()


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def article(text: str, published: str | None = "2024-05-07", **fields: Any) -> Article:
    """An article of plain text, in English."""
    on = day(published) if published else None
    return Article(text=text, language="en", published_at=on, **fields)


def post(text: str | None, **fields: Any) -> Post:
    return Post("p1", "x", None, None, "A witness", "a_witness", text, 0, **fields)


def found(given: Article, reader: Any = None) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    """The claims and statements of an article, by the real reader and registry."""
    registry = tools().registry

    def resolve(phrase: str, country: str | None, sentence: str, on: datetime | None) -> Source:
        return sources.resolve(phrase, registry, country=country, on=on, context=sentence)

    return claims.find(given, reader or tools().reader.read, resolve, lambda *_: None)


def claims_of(text: str, published: str | None = "2024-05-07") -> list[Claim]:
    return list(found(article(text, published))[0])


def check(given: Article, **options: Any) -> Report:
    return pipeline.check(given, **{"tools": tools(), "now": NOW, **options})


def about(report: Report, words: str) -> Finding:
    """The one finding whose claim holds the words."""
    (one,) = [f for f in report.findings if words in f.claim.text]
    return one
