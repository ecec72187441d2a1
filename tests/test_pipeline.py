"""What must always hold of a report, with the real models: no gap, no lost claim."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from checking import about, article, check, day, found, post, tools
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verify import pipeline
from verify.archive import Archive
from verify.models.reading import Reading
from verify.models.runtime import Use
from verify.read import article as reading
from verify.report.json import to_json
from verify.values import Article, Label, Report, Span, Stance

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "damascus-2019-11-20.txt"
STATEMENTS = ROOT / "samples" / "statements.jsonl"
ARTICLES = sorted((ROOT / "tests" / "articles").glob("*.txt"))


@pytest.fixture(scope="module")
def sample() -> Article:
    return reading.read(str(SAMPLE), published=day("2019-11-20"))


@pytest.fixture(scope="module")
def confirmed(sample: Article) -> Report:
    return check(sample, archive=STATEMENTS)


@pytest.fixture(scope="module")
def on_the_evening(sample: Article) -> Report:
    return check(sample, archive=STATEMENTS, as_of=day("2019-11-19"))


@pytest.fixture(scope="module", params=ARTICLES, ids=lambda p: p.stem)
def report(request: pytest.FixtureRequest) -> Report:
    path: Path = request.param
    archive = path.with_name(f"{path.stem}.statements.jsonl")
    given = reading.read(str(path), published=day("2024-07-10"))
    return check(given, archive=archive if archive.exists() else None)


def test_models_used_lazily_give_the_same_report_and_are_let_go(
    sample: Article, confirmed: Report
) -> None:
    used = pipeline.load(use=Use(lazily=True))
    report = pipeline.check(sample, tools=used, archive=STATEMENTS, now=confirmed.created_at)
    assert to_json(report) == to_json(confirmed)
    models: list[Any] = [used.reader, used.encoder, used.stance]
    sessions = [session for model in models for session in model.sessions]
    assert len(sessions) == 5
    assert all(session.is_closed for session in sessions)


def assert_whole(report: Report) -> None:
    """Every claim stands where it says, and every piece of evidence leads to its statement."""
    posts = {p.id: p for p in report.article.posts}
    for finding in report.findings:
        origin = finding.claim.origin
        assert finding.verdict.label in Label
        assert finding.verdict.reason
        if origin.kind == "post":
            assert origin.post in posts
            holder = posts[origin.post].text or ""
        else:
            assert origin.post is None
            holder = report.article.text
        assert holder[origin.start : origin.end] == origin.quote
        assert all(0 <= s.start <= s.end <= len(holder) for s in origin.spans)
        for evidence in finding.evidence:
            statement = evidence.statement
            assert statement in report.statements
            assert statement.source.name
            assert statement.quote
            if report.article.published_at is not None:
                assert statement.published_at is not None
            assert evidence.score == round(evidence.score, 3)
    for statement in report.statements:
        if statement.origin == "article":
            holder = (posts[statement.post].text or "") if statement.post else report.article.text
            assert holder[statement.start : statement.end] == statement.quote
    assert len(to_json(report)["claims"]) == len(report.findings)


def test_quotes_stand_where_they_say_and_evidence_leads_to_statements(report: Report) -> None:
    assert len(report.findings) > 5
    assert_whole(report)


def test_the_sample_is_whole_with_the_archive_and_before_it(
    confirmed: Report, on_the_evening: Report
) -> None:
    assert_whole(confirmed)
    assert_whole(on_the_evening)
    assert any(f.claim.origin.kind == "post" for f in confirmed.findings)


def test_the_archive_confirms_the_airstrike_that_was_unconfirmed_on_the_evening(
    confirmed: Report, on_the_evening: Report
) -> None:
    after, before = (about(r, "Israeli airstrikes") for r in (confirmed, on_the_evening))
    assert (before.verdict.label, after.verdict.label) == (Label.UNCONFIRMED, Label.CONFIRMED)
    assert {e.statement.source.party for e in after.evidence if e.stance is Stance.SUPPORTS} == {
        "Israel"
    }


def test_statements_of_other_months_are_never_used(confirmed: Report) -> None:
    used = [e.statement for f in confirmed.findings for e in f.evidence]
    dates = {s.published_at.date() for s in used if s.origin == "archive" and s.published_at}
    assert dates == {day("2019-11-20").date()}


def test_nothing_after_the_day_asked_for_is_used(on_the_evening: Report) -> None:
    used = [e.statement for f in on_the_evening.findings for e in f.evidence]
    assert [s for s in used if s.origin == "archive"] == []


def test_a_check_leaves_the_archive_as_it_was(tmp_path: Path, sample: Article) -> None:
    path = tmp_path / "archive.db"
    with pipeline.opened(STATEMENTS, tools()) as (lines, _), Archive.open(path) as archive:
        assert isinstance(lines, Archive)
        archive.add(lines.all(), tools().encoder)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.chmod(0o444)
    report = check(sample, archive=path)
    assert report.archive_size > 0
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    with Archive.open(path, readonly=True) as archive:
        assert archive.size == report.archive_size


class Broken:
    """A model that fails whatever it is asked."""

    name, dimension = "broken", 384

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        raise RuntimeError("out of memory")

    encode = probabilities


def labels(report: Report) -> list[tuple[str, Label]]:
    return [(f.claim.text, f.verdict.label) for f in report.findings]


def test_a_stance_model_that_fails_costs_verdicts_and_no_claim(
    sample: Article, confirmed: Report
) -> None:
    broken = check(sample, archive=STATEMENTS, tools=replace(tools(), stance=Broken()))
    assert [t for t, _ in labels(broken)] == [t for t, _ in labels(confirmed)]
    failed = [f for f in broken.findings if "stance model failed" in f.verdict.reason]
    assert len(failed) > 5
    assert {f.verdict.label for f in failed} == {Label.NOT_CHECKED}
    assert {e for f in failed for e in f.evidence} == set()
    assert_whole(broken)


def test_an_encoder_that_fails_costs_verdicts_and_no_claim(
    sample: Article, confirmed: Report
) -> None:
    broken = check(sample, tools=replace(tools(), encoder=Broken()))
    assert [t for t, _ in labels(broken)] == [t for t, _ in labels(confirmed)]
    assert {label for _, label in labels(broken)} == {Label.NOT_CHECKED}


def test_a_sentence_that_cannot_be_read_is_kept_with_the_reason() -> None:
    def read(text: str, spans: Sequence[Span]) -> Reading:
        if any("burst" in text[s.start : s.end] for s in spans):
            raise IndexError("list index out of range")
        return tools().reader.read(text, spans)

    text = "Two boats sank. The river burst its banks. Police said three people were killed."
    claims, _ = found(article(text), read)
    assert [c.text for c in claims] == [
        "Two boats sank",
        "The river burst its banks.",
        "Three people were killed",
    ]
    assert [c.unchecked for c in claims] == [
        None,
        "It could not be read: the reader failed (IndexError: list index out of range)",
        None,
    ]


def test_a_score_is_the_same_alone_and_in_any_batch(sample: Article) -> None:
    model: Any = tools().stance
    pairs = [
        ("We carried out strikes in Syria.", "Israel struck Syria"),
        ("There were no casualties.", "Twelve people were killed in the blast on Monday"),
        ("The road is closed. " * 30, "The road is open"),
    ]
    together = model.probabilities(pairs)
    alone = np.concatenate([model.probabilities([pair]) for pair in pairs])
    assert np.abs(together - alone).max() < 1e-4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fire",
        "?!… —",
        "\n\n \t\n",
        "TWO BOATS SANK IN THE HARBOUR ON MONDAY, POLICE SAID.",
        "two boats sank in the harbour on monday police said nobody was hurt the mayor said",
        "“Two boats sank, the mayor said. Nobody was hurt.",
        'He said: "the bridge fell. "It was old," she added. Police" denied it.',
        "Two boats sank 🚢🚢 \u202e\u0000\ufeff off Oslo.",
        "بدأت الحرب أمس في المدينة القديمة، وقال الجيش إن جنديين قتلا.",
        "A" * 5000,
        "(((((((((( said said said said said said that that that.",
    ],
    ids=range(12),
)
def test_odd_texts_lose_no_sentence(text: str) -> None:
    report = check(article(text))
    assert_whole(report)
    assert report.findings or not any(c.isalnum() for c in text)


def test_a_long_article_and_a_long_sentence_come_through() -> None:
    sentence = "Police said two boats sank off Oslo on Monday. "
    report = check(article("\n\n".join([sentence * 10] * 12) + "a boat and " * 1500 + "sank."))
    assert_whole(report)
    assert len(report.findings) >= 120


def test_a_post_without_text_is_no_claim_and_one_with_text_is() -> None:
    silent = check(article("Two boats sank.", posts=(post(None),)))
    assert {f.claim.origin.kind for f in silent.findings} == {"sentence"}
    speaking = check(article("Two boats sank.", posts=(post("A fire broke out in #Oslo"),)))
    assert [f.claim.origin.post for f in speaking.findings] == ["p1", None]


WORDS = st.sampled_from(
    'police said that two boats sank . , “ ” " ( ) Oslo on Monday denied the army not - — killing '
    "\n\n who 12 5.3 @x #fire https://t.co/x according to".split(" ")
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert_whole(check(article(text, posts=(post(text),))))


def test_the_report_names_its_models_and_its_clock(confirmed: Report) -> None:
    assert confirmed.created_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert set(confirmed.models) == {"encoder", "stance", "reader"}
