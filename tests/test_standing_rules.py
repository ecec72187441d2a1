"""The ten standing rules of verdicts, each both ways, as far as a verdict alone can keep them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_cases import (
    ARTICLE_DAY,
    GERMANY,
    IDF,
    JANUARY,
    JIHAD,
    LONG_AFTER,
    MINISTRY,
    NIGHT,
    POLICE,
    SANA,
    SOME,
    SYRIA,
    UN,
    claim,
    crime,
    denies,
    outcome,
    says,
    silent,
    verdict,
)

from verify.values import Certainty, Commitment, Evidence, Interval, Label, Nature, Stance
from verify.verdict import decide

DECISIVE = {Label.CONFIRMED, Label.CONTRADICTED, Label.DISPUTED, Label.ONE_SIDED}


@pytest.mark.parametrize(
    ("lacking", "what"),
    [
        ({"quote": " "}, "its quote"),
        ({"published_at": None}, "its date"),
        ({"source": replace(IDF, name="")}, "its source's name"),
    ],
)
def test_1_without_quote_source_and_date_nothing_is_decided(
    lacking: dict[str, object], what: str
) -> None:
    full = says(IDF)
    assert outcome(claim(), full) == ("confirmed", 4)
    found = verdict(claim(), replace(full, statement=replace(full.statement, **lacking)))
    assert (found.label, found.rule) == (Label.UNCONFIRMED, 8)
    assert what in found.reason


def test_1_a_statement_in_the_article_has_the_articles_date() -> None:
    said = says(IDF, origin="article", published_at=None)
    assert outcome(claim(), said) == ("confirmed", 4)
    undated = decide(claim(), [said], published_at=None, now=LONG_AFTER)
    assert undated.label is Label.UNCONFIRMED


def test_2_absence_of_evidence_contradicts_nothing_and_a_denial_does() -> None:
    assert outcome(claim()) == ("unconfirmed", 8)
    assert outcome(claim(), silent(IDF), silent(SYRIA)) == ("unconfirmed", 8)
    assert outcome(claim(), denies(IDF)) == ("contradicted", 3)


def test_2_a_failure_is_a_reason_and_never_a_stance() -> None:
    found = verdict(claim(unchecked="the stance model failed on this claim"), denies(IDF))
    assert (found.label, found.reason) == (
        Label.NOT_CHECKED,
        "the stance model failed on this claim",
    )
    assert found.would_settle == "A run in which it can be checked."


def test_3_every_claim_gets_one_verdict_whatever_the_evidence() -> None:
    pieces = [says(IDF), denies(SYRIA), silent(IDF), says(SANA), denies(UN), says(GERMANY)]
    for chosen in product([False, True], repeat=len(pieces)):
        evidence = [p for p, is_in in zip(pieces, chosen, strict=True) if is_in]
        for about in (claim(), crime(), claim(unchecked="a question")):
            found = verdict(about, *evidence)
            assert 1 <= found.rule <= 8
            assert found.reason


@pytest.mark.parametrize("score", [0.01, 0.91, 1.0])
def test_4_stance_decides_and_no_score_does(score: float) -> None:
    assert outcome(claim(), says(IDF, Stance.UNRELATED, score=score)) == ("unconfirmed", 8)
    assert outcome(claim(), denies(IDF, score=score)) == ("contradicted", 3)
    assert outcome(claim(), says(IDF, score=score)) == ("confirmed", 4)


def test_5_another_days_event_is_no_evidence() -> None:
    january = says(IDF, published_at=JANUARY.start, event_time=JANUARY)
    assert outcome(claim(), january) == ("unconfirmed", 8)
    assert outcome(claim(event_time=JANUARY), january) == ("confirmed", 4)


@pytest.mark.parametrize(("hours", "label"), [(6.0, "confirmed"), (6.1, "unconfirmed")])
def test_5_events_are_the_same_up_to_six_hours_apart(hours: float, label: str) -> None:
    start = NIGHT.end + timedelta(hours=hours)
    said = says(IDF, event_time=Interval(start, start + timedelta(hours=1)))
    assert verdict(claim(), said).label == label


def test_5_an_undated_event_is_never_decided_from_the_archive_but_by_the_article() -> None:
    assert outcome(claim(event_time=None), says(IDF)) == ("unconfirmed", 8)
    assert outcome(claim(event_time=None), says(IDF, origin="article")) == ("confirmed", 4)


def test_5_evidence_that_does_not_count_is_shown_and_never_decides() -> None:
    assert outcome(claim(), says(IDF, counts=False, note="another event")) == ("unconfirmed", 8)
    assert outcome(claim(), denies(IDF, counts=False)) == ("unconfirmed", 8)


def test_5_of_an_agencys_successive_figures_the_newest_counts() -> None:
    noon = datetime(2019, 11, 20, 12, tzinfo=UTC)
    about = crime("Two people were killed in Paris")
    first = says(POLICE, published_at=noon, text="Two people died.", quote="Two people died.")
    later = denies(POLICE, published_at=noon + timedelta(hours=3), text="Four people died.")
    found = verdict(about, first, later)
    assert (found.label, found.rule) == (Label.CONTRADICTED, 3)
    assert any("older account" in n and "Two people died" in n for n in found.notes)
    four = crime("Four people were killed in Paris")
    corrected = says(POLICE, published_at=noon + timedelta(hours=3))
    assert outcome(four, denies(POLICE, published_at=noon), corrected) == ("confirmed", 6)


def test_5_two_agencies_figures_are_a_dispute_and_no_timeline() -> None:
    noon = datetime(2019, 11, 20, 12, tzinfo=UTC)
    about = crime("Two people were killed in Paris")
    later = denies(MINISTRY, published_at=noon + timedelta(hours=3))
    assert outcome(about, says(POLICE, published_at=noon), later) == ("disputed", 2)


def test_5_an_edited_statement_no_longer_decides() -> None:
    assert outcome(claim(), denies(IDF, superseded_by="s2")) == ("unconfirmed", 8)


def test_6_a_partys_denial_is_called_one() -> None:
    assert "denied by Israel, a party to it" in verdict(claim(), denies(IDF)).notes
    assert "denied by Israel, a party to it" in verdict(claim(), says(SYRIA), denies(IDF)).notes
    denial = verdict(claim("Israel did not strike Damascus", polarity="-"), says(IDF))
    assert denial.label is Label.ONE_SIDED
    assert "denied by Israel, a party to it" in denial.notes


def test_6_a_denial_from_outside_and_an_admission_are_not_called_one() -> None:
    for found in (verdict(claim(), denies(UN)), verdict(claim(), says(IDF))):
        assert not any("a party to it" in note for note in found.notes)


@pytest.mark.parametrize("evidence", [(), (says(IDF),), (denies(IDF),), (says(SYRIA),)])
def test_7_a_claim_on_a_picture_says_that_it_was_not_examined(
    evidence: tuple[Evidence, ...],
) -> None:
    shown = verdict(claim(media=True), *evidence)
    assert "media not examined" in shown.notes
    assert "examination of the picture or video" in shown.would_settle
    assert "media not examined" not in verdict(claim(media=False), *evidence).notes


def test_8_a_statement_later_than_the_article_counts_and_is_marked() -> None:
    later = verdict(claim(), says(IDF, published_at=ARTICLE_DAY + timedelta(hours=5)))
    assert later.label is Label.CONFIRMED
    assert "later than the article" in later.notes
    before = verdict(claim(), says(IDF, published_at=ARTICLE_DAY - timedelta(hours=1)))
    assert not any("later" in note for note in before.notes)


def test_8_of_one_day_without_hours_the_order_is_left_open() -> None:
    same_day = says(IDF, published_at=datetime(2019, 11, 20, tzinfo=UTC))
    assert verdict(claim(), same_day).notes == (
        "of the article's own day, perhaps later than the article",
    )


def test_9_every_verdict_names_what_would_settle_it() -> None:
    found = verdict(claim(), says(SYRIA), silent(IDF))
    assert found.would_settle == (
        "A plain statement by an official of Israel, which declined to comment."
    )
    unspoken = verdict(claim(), says(SYRIA))
    assert unspoken.would_settle == "A plain statement by an official of Israel."
    only_article = verdict(claim(), says(IDF, origin="article"))
    assert only_article.would_settle == (
        "The original statement by Israel Defense Forces, which only this article reports."
    )


def test_10_a_rival_explanation_says_whether_an_official_addresses_it() -> None:
    alone = verdict(claim(rivals=("c7",), source=SOME))
    assert "one of several rival explanations; no official addresses this one" in alone.notes
    spoken = verdict(claim(rivals=("c7",), source=SOME), says(SYRIA))
    assert "one of several rival explanations; an official addresses this one" in spoken.notes
    assert not any("rival" in note for note in verdict(claim(source=SOME)).notes)


@pytest.mark.parametrize(("hours", "is_early"), [(1, True), (47, True), (48, False), (500, False)])
def test_an_official_account_of_a_young_event_may_change(hours: int, is_early: bool) -> None:
    now = NIGHT.end + timedelta(hours=hours)
    for evidence in (says(IDF), denies(IDF), says(SYRIA)):
        found = verdict(claim(), evidence, now=now)
        assert ("early official account; may change" in found.notes) is is_early
    assert "early official account; may change" not in verdict(claim(), now=now).notes


def test_one_origin_counts_once_however_many_relay_it() -> None:
    words = "Hostile targets were downed."
    relayed = [
        says(SANA, id=f"s{n}", quote=words, relayed_by=name)
        for n, name in enumerate(("TASS", "AFP", "Reuters"))
    ]
    found = verdict(claim(), *relayed)
    assert (found.label, found.rule) == (Label.ONE_SIDED, 5)
    assert found.reason.count(words.removesuffix(".")) == 1


SOURCES = st.sampled_from([IDF, SANA, SYRIA, JIHAD, UN, GERMANY, POLICE, replace(IDF, named=False)])
EVIDENCE = st.builds(
    lambda source, stance, commitment, counts, dated, quote: says(
        source,
        stance,
        commitment=commitment,
        counts=counts,
        quote=quote,
        published_at=ARTICLE_DAY if dated else None,
    ),
    SOURCES,
    st.sampled_from(Stance),
    st.sampled_from(Commitment),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "We did it."]),
)
CLAIMS = st.builds(
    lambda nature, certainty, polarity, actor: claim(
        nature=nature, certainty=certainty, polarity=polarity, actor_party=actor
    ),
    st.sampled_from(Nature),
    st.sampled_from(Certainty),
    st.sampled_from(["+", "-"]),
    st.sampled_from(["Israel", "Islamic Jihad", None]),
)


@given(CLAIMS, st.lists(EVIDENCE, max_size=5))
def test_no_decisive_verdict_rests_on_less_than_a_plain_dated_quoted_named_statement(
    about: object, evidence: list[Evidence]
) -> None:
    found = verdict(about, *evidence)  # type: ignore[arg-type]
    sound = [
        e
        for e in evidence
        if e.counts
        and e.statement.quote
        and e.statement.published_at
        and e.statement.source.named
        and e.statement.commitment in {Commitment.AFFIRMS, Commitment.DENIES}
    ]
    stances = {e.stance for e in sound}
    if found.label in {Label.CONFIRMED, Label.ONE_SIDED}:
        assert Stance.SUPPORTS in stances
    if found.label is Label.CONTRADICTED:
        assert Stance.REFUTES in stances
    if found.label is Label.DISPUTED:
        assert {Stance.SUPPORTS, Stance.REFUTES} <= stances
    assert (found.basis is not None) == (found.label in DECISIVE or found.rule == 3)
    assert found.would_settle


@given(CLAIMS, st.lists(EVIDENCE, max_size=4), st.randoms())
def test_the_order_of_the_evidence_changes_no_label(
    about: object, evidence: list[Evidence], random: object
) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert verdict(about, *evidence).label == verdict(about, *shuffled).label  # type: ignore[arg-type]
