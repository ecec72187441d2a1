"""Known fact checks: asked for, imported, matched, shown, and never weighed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from damascus import REPORT
from loopback import Loopback, Reply, Request
from small_encoder import SmallEncoder

from verify import factcheck
from verify.collect.patience import Patience
from verify.errors import InputError
from verify.factcheck import Review
from verify.state import State
from verify.values import Claim

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = "AIzaKEEPthisSECRET"
CLAIM = next(f.claim for f in REPORT.findings if f.claim.unchecked is None)


def about(text: str) -> Claim:
    return replace(CLAIM, text=text)


def google(text: str, rating: str = "False", url: str = "https://fc.example/1") -> dict[str, Any]:
    review = {
        "publisher": {"name": "AFP Fact Check", "site": "factcheck.afp.com"},
        "url": url,
        "title": "No",
        "reviewDate": "2019-11-22T00:00:00Z",
        "textualRating": rating,
    }
    return {"text": text, "claimant": "Facebook users", "claimReview": [review]}


@contextmanager
def asking(folder: Path, answer: Any) -> Iterator[tuple[factcheck.Asking, Loopback]]:
    patience = Patience(lambda seconds: None, NOW.timestamp)
    with Loopback(answer) as server, State(folder / "state.db") as state:
        session = server.session(timeout=(1.0, 1.0))
        yield factcheck.Asking(factcheck.secret(KEY), session, state, patience), server


def test_each_claim_is_asked_for_once_and_its_answer_kept(tmp_path: Path):
    def answer(request: Request) -> Reply:
        assert request.headers["X-Goog-Api-Key"] == KEY
        assert "key" not in request.query
        return Reply(body={"claims": [google(request.query["query"])]})

    claims = [about("Israel struck Damascus"), about("Israel  struck Damascus")]
    with asking(tmp_path, answer) as (made, server):
        found, warnings = factcheck.ask(claims, made)
        again, _ = factcheck.ask(claims, made)
        assert len(server.requests) == 1
    assert warnings == []
    assert found == again
    assert found[0].told() == (
        "already checked by AFP Fact Check, 2019-11-22: “False” (https://fc.example/1)"
    )


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Reply(403, {"error": {"message": f"key {KEY} is bad"}}), "Google refused the key"),
        (Reply(429), "Google allows no more requests today"),
        (Reply(500), "Google's service fails"),
        (Reply(200, {}, cut=True), "fact checks were not asked for"),
    ],
)
def test_a_refusal_is_a_warning_that_never_shows_the_key(tmp_path: Path, reply: Reply, line: str):
    with asking(tmp_path, lambda request: reply) as (made, _):
        found, warnings = factcheck.ask([about("Israel struck Damascus")], made)
    assert found == []
    assert line in warnings[0]
    assert "KEEPthisSECRET" not in repr((warnings, made))


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"claims": "x"},
        {"claims": [None, {"text": 1, "claimReview": [{}]}]},
        {"claims": [google("A claim", url="javascript:alert(1)")]},
    ],
)
def test_answers_of_another_form_hold_no_review(tmp_path: Path, body: Any):
    with asking(tmp_path, lambda request: Reply(body=body)) as (made, _):
        assert factcheck.ask([about("Israel struck Damascus")], made) == ([], [])


def schema(claim: str, **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "url": "https://fc.example/2",
        "datePublished": "2020-01-02",
        "author": {"@type": "Organization", "name": "Full Fact"},
        "reviewRating": {"@type": "Rating", "alternateName": "Misleading"},
    } | more


WRAPPED = [
    schema("The dam broke."),
    [schema("The dam broke.")],
    {"@graph": [{"@type": "WebPage"}, schema("The dam broke.")]},
    {"dataFeedElement": [{"item": [schema("The dam broke."), None]}]},
    schema("The dam broke.", **{"@type": ["ClaimReview", "Review"]}),
]


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_a_feed_is_read_however_its_reviews_are_wrapped(tmp_path: Path, wrapped: Any):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(wrapped))
    assert factcheck.load(path) == [
        Review("The dam broke.", "Full Fact", "https://fc.example/2", "Misleading", "2020-01-02")
    ]


def test_one_review_a_line_is_a_feed_too(tmp_path: Path):
    path = tmp_path / "feed.jsonl"
    lines = [json.dumps(schema(text)) for text in ("The dam broke.", "The bridge fell.")]
    path.write_text("\n".join([*lines, "not json"]))
    assert [r.claim for r in factcheck.load(path)] == ["The dam broke.", "The bridge fell."]


@pytest.mark.parametrize("content", ["", "[]", "not json", '{"@type": "ClaimReview"}', "[" * 9999])
def test_a_file_without_a_review_is_one_clear_line(tmp_path: Path, content: str):
    path = tmp_path / "feed.json"
    path.write_text(content)
    with pytest.raises(InputError, match="holds no ClaimReview") as caught:
        factcheck.load(path)
    assert "\n" not in str(caught.value)


def test_reviews_are_added_once(tmp_path: Path):
    reviews = [Review("The dam broke.", "Full Fact", "https://fc.example/2", "False")]
    with State(tmp_path / "state.db") as state:
        assert factcheck.add(reviews, state, Patience()) == 1
        assert factcheck.add(reviews, state, Patience()) == 0
        assert factcheck.known(state) == reviews


def test_a_review_of_the_same_claim_is_shown_and_of_another_is_not():
    same = Review(
        "Israel carried out airstrikes on Damascus", "AFP", "https://fc.example/1", "True"
    )
    other = Review("A shark swam on a flooded street", "AFP", "https://fc.example/3", "False")
    claims = [about("Israel carried out airstrikes on Damascus."), about("The ferry sank")]
    assert factcheck.match(claims, [other, same], SmallEncoder()) == [(same,), ()]


def test_a_review_changes_no_verdict():
    finding = next(f for f in REPORT.findings if f.claim.unchecked is None)
    review = Review(finding.claim.text, "AFP", "https://fc.example/1", "False")
    shown = factcheck.shown(REPORT, [review], SmallEncoder())
    told = [f for f in shown.findings if review.told() in f.verdict.notes]
    assert finding.claim.id in [f.claim.id for f in told]
    for before, after in zip(REPORT.findings, shown.findings, strict=True):
        assert replace(after.verdict, notes=()) == replace(before.verdict, notes=())
        assert after.evidence == before.evidence
