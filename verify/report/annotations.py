"""The claims as W3C Web Annotations: their places in the article's text or in a post's.

See https://www.w3.org/TR/annotation-model/. Each target has a TextQuoteSelector, which finds the
words on the page, and a TextPositionSelector, whose offsets are those of `article.text` in the
JSON report (or of the post's text).
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from verify.report import links, outline, words
from verify.text import fingerprint, squash
from verify.values import Finding, Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32


def render(report: Report) -> str:
    """Draw the claims as an annotation page of JSON-LD."""
    shaped = {
        "@context": CONTEXT,
        "id": _urn(report, ""),
        "type": "AnnotationPage",
        "items": [_annotation(report, f) for g in outline.groups(report) for f in g.findings],
    }
    return json.dumps(shaped, ensure_ascii=False, indent=1) + "\n"


def _annotation(report: Report, finding: Finding) -> dict[str, Any]:
    label = finding.verdict.label
    said = f"{words.LABELS[label]}: {finding.claim.text} — {finding.verdict.reason}"
    return {
        "id": _urn(report, finding.claim.id),
        "type": "Annotation",
        "motivation": "assessing",
        "created": report.created_at.isoformat().replace("+00:00", "Z"),
        "generator": {"type": "Software", "name": "verify"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "assessing",
                "format": "text/plain",
                "language": "en",
                "value": squash(" – ".join([said, *outline.notes(finding)])),
            },
            {"type": "TextualBody", "purpose": "tagging", "value": words.LABELS[label]},
            {"type": "TextualBody", "purpose": "identifying", "value": finding.claim.id},
        ],
        "target": _target(report, finding),
    }


def _target(report: Report, finding: Finding) -> dict[str, Any]:
    origin = finding.claim.origin
    post = next((p for p in report.article.posts if p.id == origin.post), None)
    text = (post.text or "") if post else report.article.text
    start = min((s.start for s in origin.spans), default=origin.start)
    end = max((s.end for s in origin.spans), default=origin.end)
    url = links.link(post.url) if post else links.link(report.article.url)
    return {
        "source": url or f"urn:sha256:{fingerprint(text)}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _urn(report: Report, claim: str) -> str:
    key = f"{report.article.url or fingerprint(report.article.text)}#{claim}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}"
