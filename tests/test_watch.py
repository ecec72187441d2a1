"""A report against a grown archive: only what changed, and every claim's way through time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from damascus import REPORT

from verify import watch
from verify.archive import Archive, resolver
from verify.archive.lines import read
from verify.models import encoder as encoders
from verify.report import json as reports
from verify.sources import Registry
from verify.state import State
from verify.values import Article, Finding, Label, Report

LATER = REPORT.created_at + timedelta(days=1)


def with_label(report: Report, number: int, label: Label) -> Report:
    """The report, one claim's verdict another one."""
    findings = list(report.findings)
    verdict = replace(findings[number].verdict, label=label)
    findings[number] = replace(findings[number], verdict=verdict)
    return replace(report, findings=tuple(findings), created_at=LATER)


def number_of(label: Label) -> int:
    return next(n for n, f in enumerate(REPORT.findings) if f.verdict.label is label)


def test_the_same_report_again_has_no_change():
    assert watch.changes(watch.standings(REPORT), watch.standings(REPORT)) == []


def test_only_the_claim_that_changed_is_told():
    number = number_of(Label.UNCONFIRMED)
    again = with_label(REPORT, number, Label.SPECULATIVE)
    (change,) = watch.changes(watch.standings(REPORT), watch.standings(again))
    text = REPORT.findings[number].claim.text
    assert change.told(REPORT.article) == f"unconfirmed → speculative: {text}"


def test_a_claim_read_anew_and_one_not_found_again_are_told():
    fewer = replace(REPORT, findings=REPORT.findings[1:])
    before, after = watch.standings(REPORT), watch.standings(fewer)
    assert [c.kind for c in watch.changes(before, after)] == ["not found again"]
    assert [c.kind for c in watch.changes(after, before)] == ["read anew"]


def test_the_same_verdict_by_other_words_is_told():
    number = number_of(Label.CONFIRMED)
    finding = REPORT.findings[number]
    evidence = tuple(
        replace(e, statement=replace(e.statement, quote="Other words.")) for e in finding.evidence
    )
    findings = list(REPORT.findings)
    findings[number] = replace(finding, evidence=evidence)
    again = replace(REPORT, findings=tuple(findings))
    (change,) = watch.changes(watch.standings(REPORT), watch.standings(again))
    assert change.told(REPORT.article).startswith("confirmed, now by other words, ")


def test_a_verdict_whose_words_were_withdrawn_is_told():
    number = number_of(Label.CONFIRMED)
    archived = REPORT.findings[number]
    evidence = tuple(
        replace(e, statement=replace(e.statement, origin="archive")) for e in archived.evidence
    )
    before = replace(REPORT, findings=(replace(archived, evidence=evidence),))
    _, changes = watch.watch(before, lambda _: before, withdrawn=lambda ident: "2026-01-02: gone")
    (change,) = changes
    told = change.told(REPORT.article)
    assert told.startswith("confirmed, but ")
    assert "has withdrawn its words (2026-01-02: gone): " in told


def test_two_claims_with_the_same_words_are_two():
    doubled = replace(REPORT, findings=(*REPORT.findings, REPORT.findings[0]))
    keys = [s.claim for s in watch.standings(doubled)]
    assert len(set(keys)) == len(keys)


def test_the_history_of_an_article_keeps_each_check_once_and_draws_what_changed(tmp_path: Path):
    number = number_of(Label.UNCONFIRMED)
    again = with_label(REPORT, number, Label.CONTRADICTED)
    with State(tmp_path / "state.db") as state:
        watch.watch(REPORT, lambda article: again, state)
        watch.watch(REPORT, lambda article: again, state)
        key = watch.find(REPORT.article.text, state)
        assert key is not None
        if REPORT.article.url:
            assert watch.find(REPORT.article.url, state) == key
        ways = watch.history(key, state)
        assert watch.find("https://elsewhere.example/", state) is None
    assert len(ways) == len(REPORT.findings)
    (changed,) = [way for way in ways if len(way.steps) > 1]
    assert changed.text == REPORT.findings[number].claim.text
    assert [s.label for _, s in changed.steps] == ["unconfirmed", "contradicted"]


# The archive pair of the worked example: a tweet's airstrike, unconfirmed on the evening itself,
# and confirmed by the next day's statement.

GOLD = Path(__file__).parents[1].parent / "shared" / "gold"
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report, list[watch.Change]]:
    pytest.importorskip("verify.models.reader")
    from verify import pipeline
    from verify.read import article as reader

    folder = tmp_path_factory.mktemp("pair")
    tools = pipeline.load()
    article = reader.read(SAMPLES / "damascus-2019-11-20.txt", published=datetime(2019, 11, 20))
    now = datetime(2019, 11, 30, tzinfo=UTC)
    path = folder / "archive.db"
    Archive.open(path).close()
    as_of = datetime(2019, 11, 19, tzinfo=UTC)
    first = pipeline.check(article, tools=tools, archive=path, as_of=as_of, now=now)
    saved = reports.loads(reports.render(first))
    lines = read(SAMPLES / "statements.jsonl", resolver(Registry.load()))
    with Archive.open(path) as archive:
        archive.add([line.statement for line in lines if line.statement], encoders.load())

    def check(given: Article) -> Report:
        return pipeline.check(given, tools=tools, archive=path, now=now)

    with State(folder / "state.db") as state:
        again, changes = watch.watch(saved, check, state)
    return saved, again, changes


def of_tweet(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.claim.origin.kind == "post"]


def test_the_tweets_airstrike_changes_when_the_army_has_spoken(
    pair: tuple[Report, Report, list[watch.Change]],
):
    saved, _, changes = pair
    told = [change.told(saved.article) for change in changes]
    strikes = [line for line in told if line.endswith(": Israeli airstrikes")]
    assert strikes == [
        "unconfirmed → confirmed, Israel Defense Forces, 20 Nov 2019, one day after the event: "
        "Israeli airstrikes"
    ]


def test_of_the_tweet_nothing_else_changes(pair: tuple[Report, Report, list[watch.Change]]):
    saved, again, _ = pair
    pairs = list(zip(of_tweet(saved), of_tweet(again), strict=True))
    changed = [a.claim.text for a, b in pairs if a.verdict.label is not b.verdict.label]
    assert changed == ["Israeli airstrikes"]
    assert len(pairs) > 1


def test_only_claims_of_that_nights_strikes_change(
    pair: tuple[Report, Report, list[watch.Change]],
):
    for change in pair[2]:
        assert change.kind == "verdict"
        assert change.after is not None
        assert change.after.source == "Israel Defense Forces"
        assert change.after.said_at == "2019-11-20T00:00:00+00:00"
        assert "Israeli" in change.after.text
