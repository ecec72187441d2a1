"""The claims as a table for a spreadsheet: one row a claim, in reading order.

A cell that a spreadsheet would run as a formula gets an apostrophe before it. It holds what an
editor sorts and filters by; the JSON form holds everything.
"""

from __future__ import annotations

import csv
from io import StringIO

from verify.report import outline, words
from verify.text import squash, visible
from verify.values import Evidence, Finding, Report, Stance

COLUMNS = (
    "claim",
    "verdict",
    "in words",
    "rule",
    "text",
    "decided by",
    "why",
    "notes",
    "would settle it",
    "said by",
    "kind of source",
    "party",
    "how surely",
    "denies",
    "chain",
    "stands in",
    "quote",
    "event time",
    "actor",
    "concerns",
    "place",
    "basis",
    "media not examined",
    "rivals",
    "says so",
    "says otherwise",
    "declined to comment",
    "addresses",
    "article",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report) -> str:
    """Draw the claims as comma-separated values with a header."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in outline.groups(report):
        for finding in group.findings:
            writer.writerow([cell(text) for text in _row(report, finding)])
    return file.getvalue()


def cell(text: str) -> str:
    """Give a text as a cell that no spreadsheet runs."""
    text = squash(visible(text))
    return f"'{text}" if text.startswith(FORMULA) else text


def _row(report: Report, finding: Finding) -> list[str]:
    claim, verdict = finding.claim, finding.verdict
    urls = [e.statement.url for e in outline.speaking(finding) if e.statement.url]
    return [
        claim.id,
        str(verdict.label),
        words.LABELS[verdict.label],
        str(verdict.rule),
        claim.text,
        outline.attested(finding),
        verdict.reason,
        "; ".join(outline.notes(finding)),
        verdict.would_settle,
        claim.source.name,
        words.KINDS[claim.source.kind],
        claim.source.party or "",
        words.CERTAINTIES[claim.certainty],
        "yes" if claim.polarity == "-" else "no",
        " → ".join(claim.chain),
        f"post {claim.origin.post}" if claim.origin.kind == "post" else "the article's text",
        claim.origin.quote,
        words.interval(claim.event_time),
        claim.actor or "",
        claim.target or "",
        claim.place or "",
        words.BASES[verdict.basis] if verdict.basis else "",
        "yes" if claim.media else "no",
        " ".join(claim.rivals),
        *(_said(finding, stance) for stance in Stance if stance is not Stance.UNRELATED),
        " ".join(dict.fromkeys(urls)),
        report.article.url or outline.title(report),
    ]


def _said(finding: Finding, stance: Stance) -> str:
    return " | ".join(_one(e) for e in outline.speaking(finding) if e.stance is stance)


def _one(item: Evidence) -> str:
    said = item.statement
    quote = words.quoted(squash(said.quote))
    text = f"{words.who(said.source)}, {words.when(said.published_at)}: {quote}"
    return f"{text} ({item.note})" if item.note else text
