"""The checked claims as schema.org ClaimReview, JSON-LD.

A claim that was not checked has no review. There is no `ratingValue`: the verdicts are words, not
points on a scale. See https://schema.org/ClaimReview.
"""

from __future__ import annotations

import json
from typing import Any

from verify.report import links, outline, words
from verify.text import squash
from verify.values import OFFICIAL, Finding, Kind, Label, Report, Source

AUTHOR = {"@type": "Organization", "name": "verify, a comparison with official statements"}
PEOPLE = frozenset({Kind.EYEWITNESS, Kind.EXPERT, Kind.SOCIAL})


def render(report: Report) -> str:
    """Draw the reviews as one JSON-LD graph."""
    graph = {"@context": "https://schema.org", "@graph": reviews(report)}
    # Safe inside a page's <script> too: no "</script>" or "<!--" of foreign text survives.
    text = json.dumps(graph, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c") + "\n"


def reviews(report: Report) -> list[dict[str, Any]]:
    """Give a ClaimReview for every claim that was checked, in reading order."""
    return [
        _review(report, finding)
        for group in outline.groups(report)
        for finding in group.findings
        if finding.verdict.label is not Label.NOT_CHECKED
    ]


def _review(report: Report, finding: Finding) -> dict[str, Any]:
    claim, verdict = finding.claim, finding.verdict
    why = f"{verdict.reason} {outline.attested(finding)}".strip()
    rating = {
        "@type": "Rating",
        "alternateName": words.LABELS[verdict.label],
        "ratingExplanation": squash(" – ".join([why, *outline.notes(finding)])),
    }
    return {
        "@type": "ClaimReview",
        "@id": f"#{claim.id}",
        "url": f"{links.link(report.article.url) or ''}#{claim.id}",
        "datePublished": report.created_at.date().isoformat(),
        "author": AUTHOR,
        "claimReviewed": squash(claim.text),
        "itemReviewed": _item(report, finding),
        "reviewRating": rating,
    }


def _item(report: Report, finding: Finding) -> dict[str, Any]:
    origin = finding.claim.origin
    post = next((p for p in report.article.posts if p.id == origin.post), None)
    address = links.link(post.url) if post else links.link(report.article.url)
    time = post.posted_at if post else report.article.published_at
    item: dict[str, Any] = {"@type": "Claim", "text": squash(origin.quote)}
    if finding.claim.polarity == "+":  # else the source denies it, and is not its author
        item["author"] = _author(finding.claim.source, report)
    if time is not None:
        item["datePublished"] = time.date().isoformat()
    if address:
        kind = "SocialMediaPosting" if post else "NewsArticle"
        item["appearance"] = {"@type": kind, "url": address}
    return item


def _author(source: Source, report: Report) -> dict[str, str]:
    if source.kind is Kind.AUTHOR:
        return {"@type": "Organization", "name": report.article.site or "the article"}
    person = source.kind in PEOPLE or (not source.named and source.kind not in OFFICIAL)
    return {"@type": "Person" if person else "Organization", "name": source.name}
