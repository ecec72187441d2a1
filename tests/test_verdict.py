"""The verdict table, row by row: what matches, and what is near it and does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from verdict_cases import (
    ARTICLE_DAY,
    GERMANY,
    IDF,
    JIHAD,
    LONG_AFTER,
    MINISTRY,
    POLICE,
    SANA,
    SOME,
    SYRIA,
    SYRIAN_ARMY,
    UN,
    USGS,
    claim,
    crime,
    denies,
    outcome,
    says,
    silent,
    verdict,
)

from verify.values import Certainty, Claim, Commitment, Evidence, Kind, Nature, Source
from verify.verdict import decide

SUCCESS = claim("Air defences downed hostile targets", nature=Nature.SUCCESS, actor_party="Syria",
                actor="air defences", target_party=None)  # fmt: skip

BY_JIHAD = claim(actor="Islamic Jihad", actor_party="Islamic Jihad")


def own(source: Source, about: Claim, **given: object) -> tuple[Claim, Evidence]:
    """An official's own words in the article, as claim and as the statement that they are."""
    said = says(source, origin="article", url=None, published_at=None, quote=about.text, **given)
    return replace(about, source=source, own_statement=said.statement.id), said


@pytest.mark.parametrize(
    "reason", ["an opinion", "in a language the models do not read", "the stance model failed"]
)
def test_rule_1_what_cannot_be_checked_is_not_checked_whatever_officials_say(reason: str) -> None:
    found = verdict(claim(unchecked=reason), says(IDF), denies(SYRIA))
    assert (found.label.value, found.rule, found.reason, found.basis) == (
        "not-checked",
        1,
        reason,
        None,
    )


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((says(SYRIA), denies(IDF)), ("disputed", 2)),
        ((says(IDF), denies(SYRIA)), ("disputed", 2)),
        ((says(SANA), denies(IDF)), ("disputed", 2)),
        ((says(UN), denies(IDF)), ("disputed", 2)),
        ((says(SYRIA), denies(GERMANY)), ("one-sided", 5)),
        ((says(GERMANY), denies(IDF)), ("contradicted", 3)),
        ((says(SYRIA, commitment=Commitment.HEDGED), denies(IDF)), ("contradicted", 3)),
        ((says(SYRIA), denies(IDF, certainty=Certainty.PROBABLE)), ("one-sided", 5)),
    ],
)
def test_rule_2_competent_officials_on_both_sides_make_a_dispute(
    evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(claim(), *evidence) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((denies(IDF),), ("contradicted", 3)),
        ((denies(SYRIA),), ("contradicted", 3)),
        ((denies(UN),), ("contradicted", 3)),
        ((denies(SANA),), ("unconfirmed", 3)),
        ((denies(replace(JIHAD, party="Syria")),), ("unconfirmed", 3)),
        ((denies(SANA), denies(SYRIA)), ("contradicted", 3)),
        ((denies(GERMANY),), ("unconfirmed", 8)),
        ((denies(JIHAD),), ("unconfirmed", 8)),
        ((silent(IDF),), ("unconfirmed", 8)),
    ],
)
def test_rule_3_denials_alone_contradict_unless_only_a_sides_own_voice_denies(
    evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(claim(), *evidence) == expected


def test_rule_3_shows_the_denial_of_state_media() -> None:
    found = verdict(claim(), denies(SANA, quote="There was no strike."))
    assert "There was no strike" in found.reason
    assert found.basis == "primary"


@pytest.mark.parametrize(
    ("about", "evidence", "expected"),
    [
        (claim(), (says(IDF),), ("confirmed", 4)),
        (claim(), (says(IDF), says(SYRIA)), ("confirmed", 4)),
        (SUCCESS, (says(SYRIAN_ARMY),), ("one-sided", 5)),
        (
            replace(SUCCESS, target_party="Israel"),
            (says(SYRIAN_ARMY), says(IDF)),
            ("confirmed", 4),
        ),
        (BY_JIHAD, (says(JIHAD),), ("one-sided", 5)),
        (BY_JIHAD, (says(JIHAD), says(SYRIA)), ("confirmed", 4)),
        (claim("Israel did not strike Damascus", polarity="-"), (says(IDF),), ("one-sided", 5)),
        (
            claim("Syrian rebels shelled Damascus", actor="Syrian rebels", actor_party="Syria"),
            (says(SYRIAN_ARMY),),
            ("one-sided", 5),
        ),
    ],
)
def test_rule_4_a_side_may_own_its_act_but_not_its_success(
    about: Claim, evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(about, *evidence) == expected


ROCKETS = crime("Around 450 rockets were fired into Israel", place="Israel", country="Israel")


@pytest.mark.parametrize(
    ("about", "evidence", "expected"),
    [
        (claim(), (says(SYRIA),), ("one-sided", 5)),
        (claim(), (says(SANA),), ("one-sided", 5)),
        (claim(), (says(JIHAD),), ("one-sided", 5)),
        (claim(), (says(JIHAD), says(SANA), says(SYRIA)), ("one-sided", 5)),
        (claim(target_party=None), (says(SYRIA),), ("one-sided", 5)),
        (SUCCESS, (says(SANA),), ("one-sided", 5)),
        (replace(SUCCESS, country=None, place=None), (says(SANA),), ("one-sided", 5)),
        (ROCKETS, (says(IDF),), ("one-sided", 5)),
        (replace(ROCKETS, country=None, place="Golan Heights"), (says(IDF),), ("one-sided", 5)),
        (claim(), (says(SYRIA), says(UN)), ("confirmed", 6)),
        (claim(), (says(GERMANY),), ("unconfirmed", 8)),
    ],
)
def test_rule_5_one_sides_word_stays_one_sided_however_many_allies_repeat_it(
    about: Claim, evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(about, *evidence) == expected


QUAKE = crime("A magnitude 6.4 earthquake struck off Chile", place="Chile", country="Chile")


@pytest.mark.parametrize(
    ("about", "evidence", "expected"),
    [
        (crime(), (says(POLICE),), ("confirmed", 6)),
        (crime(), (says(MINISTRY),), ("confirmed", 6)),
        (crime(), (says(UN),), ("confirmed", 6)),
        (crime(place="Lyon"), (says(POLICE),), ("unconfirmed", 8)),
        (crime(country="Germany", place="Berlin"), (says(MINISTRY),), ("unconfirmed", 8)),
        (crime(actor="a gunman", target_party="France"), (says(POLICE),), ("confirmed", 6)),
        (crime(country=None, place=None), (says(POLICE),), ("confirmed", 6)),
        (crime(country=None, place=None), (says(GERMANY),), ("unconfirmed", 8)),
        (QUAKE, (says(USGS),), ("confirmed", 6)),
        (crime("Protesters filled the streets"), (says(USGS),), ("unconfirmed", 8)),
        (crime(), (says(replace(POLICE, kind=Kind.PRESS)),), ("unconfirmed", 8)),
        (crime(), (says(replace(POLICE, named=False)),), ("unconfirmed", 8)),
    ],
)
def test_rule_6_another_competent_official_confirms_within_its_remit_only(
    about: Claim, evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(about, *evidence) == expected


@pytest.mark.parametrize(
    ("about", "evidence", "expected"),
    [
        (claim(source=SOME), (), ("speculative", 7)),
        (claim(certainty=Certainty.POSSIBLE), (), ("speculative", 7)),
        (claim(certainty=Certainty.PROBABLE), (silent(IDF),), ("speculative", 7)),
        (claim(source=SOME), (says(IDF),), ("confirmed", 4)),
        (claim(source=SOME), (says(GERMANY),), ("unconfirmed", 8)),
        (claim(), (says(SYRIA, commitment=Commitment.HEDGED),), ("unconfirmed", 8)),
    ],
)
def test_rule_7_hedged_or_anonymous_sources_alone_speculate(
    about: Claim, evidence: tuple[Evidence, ...], expected: tuple[str, int]
) -> None:
    assert outcome(about, *evidence) == expected


def test_rule_8_a_flat_assertion_that_no_official_commits_to_is_unconfirmed() -> None:
    found = verdict(claim(), silent(IDF))
    assert (found.label.value, found.rule, found.basis) == ("unconfirmed", 8, None)
    assert found.reason == (
        "A post by Majd Fahd says so. No official of Syria or Israel is on record about "
        "“Israel carried out airstrikes on Damascus”; Israel declined to comment."
    )
    assert found.would_settle == (
        "A plain statement by an official of Syria or Israel, which declined to comment."
    )


@pytest.mark.parametrize(
    ("source", "about", "given", "expected"),
    [
        (MINISTRY, crime(), {}, ("confirmed", 6, "article")),
        (IDF, claim(), {}, ("confirmed", 4, "article")),
        (SYRIAN_ARMY, SUCCESS, {}, ("one-sided", 5, "article")),
        (SYRIA, claim(), {}, ("one-sided", 5, "article")),
        (JIHAD, claim(target_party=None), {}, ("one-sided", 5, "article")),
        (IDF, ROCKETS, {"commitment": Commitment.HEDGED}, ("speculative", 7, None)),
        (IDF, ROCKETS, {"certainty": Certainty.PROBABLE}, ("speculative", 7, None)),
        (GERMANY, claim(), {}, ("unconfirmed", 8, None)),
        (replace(POLICE, named=False), crime(), {}, ("speculative", 7, None)),
    ],
)
def test_an_officials_own_words_are_judged_on_their_content(
    source: Source, about: Claim, given: dict[str, object], expected: tuple[str, int, str | None]
) -> None:
    found = verdict(*own(source, about, **given))
    assert (found.label.value, found.rule, found.basis) == expected


@pytest.mark.parametrize(
    ("evidence", "basis"),
    [
        ((says(IDF),), "primary"),
        ((says(IDF, relayed_by="The Epoch Times"),), "relayed"),
        ((says(IDF, url=None),), "relayed"),
        ((says(IDF, origin="article"),), "article"),
        ((says(IDF, origin="article"), says(IDF, id="s2", text="Other words.")), "primary"),
        ((says(IDF), says(SYRIA, origin="article")), "article"),
    ],
)
def test_the_basis_says_whence_the_decisive_words_are_known(
    evidence: tuple[Evidence, ...], basis: str
) -> None:
    assert verdict(claim(), *evidence).basis == basis


def test_a_remit_can_be_passed_in() -> None:
    found = decide(
        claim(),
        [says(GERMANY)],
        published_at=ARTICLE_DAY,
        now=LONG_AFTER,
        remit=lambda source, _: source.party == "Germany",
    )
    assert (found.label.value, found.rule) == ("confirmed", 6)


def test_the_reason_says_who_said_what_and_when() -> None:
    found = verdict(
        claim(), says(IDF, quote="We just carried out strikes.", relayed_by="France 24")
    )
    assert found.reason == (
        "Israel says that it did this itself: Israel Defense Forces said on 20 November 2019, "
        "relayed by France 24: “We just carried out strikes”."
    )


LIVE_ROUNDS = crime(
    "Officers had used live ammunition", actor="officers", polarity="-", nature=Nature.ACT
)


@pytest.mark.parametrize(
    ("source", "about", "expected"),
    [
        (POLICE, LIVE_ROUNDS, ("one-sided", 5)),
        (POLICE, replace(LIVE_ROUNDS, polarity="+"), ("confirmed", 4)),
        (
            POLICE,
            replace(LIVE_ROUNDS, polarity="+", text="No round was fired by officers"),
            ("one-sided", 5),
        ),
        (
            POLICE,
            crime("Its agents helped", actor="its agents", nature=Nature.ACT),
            ("confirmed", 4),
        ),
        (MINISTRY, crime("Qassem was responsible for the fire", cue="blamed"), ("one-sided", 5)),
        (MINISTRY, crime("Qassem was responsible for the fire", cue="said"), ("confirmed", 6)),
        (replace(MINISTRY, name="State lawmaker Tom Reyes"), crime(), ("unconfirmed", 8)),
        (IDF, claim("Syria shelled a market"), ("one-sided", 5)),
        (IDF, claim("Syria was struck by Israel"), ("confirmed", 4)),
    ],
)
def test_a_denial_accusation_or_word_without_office_confirms_nothing(
    source: Source, about: Claim, expected: tuple[str, int]
) -> None:
    assert outcome(*own(source, about)) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.PRESS, ("unconfirmed", 8)),
        (Kind.EYEWITNESS, ("unconfirmed", 8)),
        (Kind.ANONYMOUS, ("speculative", 7)),
        (Kind.POLICE, ("speculative", 7)),
        (Kind.SOCIAL, ("speculative", 7)),
    ],
)
def test_an_unnamed_reporter_asserts_and_an_unnamed_official_only_speculates(
    kind: Kind, expected: tuple[str, int]
) -> None:
    assert outcome(claim(source=Source("a person", kind, named=False))) == expected
