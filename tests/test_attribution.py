"""Who says what: source, cue and certainty of each claim, and the officials' statements."""

from __future__ import annotations

import pytest
from checking import article, claims_of, found

from verify.values import Certainty, Commitment, Kind, Nature


def statements(text: str) -> list[tuple[str, str, Commitment]]:
    return [(s.source.name, s.text, s.commitment) for s in found(article(text))[1]]


def test_a_reporting_clause_gives_source_cue_and_statement() -> None:
    text = "The army said it had shot down four drones."
    (claim,) = claims_of(text)
    assert (claim.source.name, claim.source.kind, claim.cue) == ("army", Kind.MILITARY, "said")
    assert (claim.certainty, claim.polarity) == (Certainty.CERTAIN, "+")
    assert claim.own_statement == "s1"
    assert statements(text) == [("army", "The army had shot down four drones", Commitment.AFFIRMS)]


def test_a_denial_turns_the_polarity_and_denies() -> None:
    text = "The ministry denied that any soldier had been hurt."
    (claim,) = claims_of(text)
    assert (claim.cue, claim.polarity) == ("denied", "-")
    assert statements(text) == [("ministry", "Any soldier had been hurt", Commitment.DENIES)]


def test_rumours_called_false_are_denied_by_whoever_says_so() -> None:
    text = "Rumours that the dam had burst were false, the water authority said."
    (claim,) = claims_of(text)
    assert (claim.source.name, claim.polarity) == ("water authority", "-")
    assert statements(text) == [("water authority", "The dam had burst", Commitment.DENIES)]


def test_a_possibility_binds_nobody() -> None:
    text = "The mayor said the fire may have been caused by gas."
    (claim,) = claims_of(text)
    assert claim.certainty is Certainty.POSSIBLE
    assert statements(text) == [
        ("mayor", "The fire may have been caused by gas", Commitment.HEDGED)
    ]


def test_a_refusal_to_comment_is_a_statement_and_no_claim() -> None:
    text = "Police declined to comment."
    assert claims_of(text) == []
    assert statements(text) == [("Police", text, Commitment.NO_COMMENT)]


def test_a_claim_of_responsibility_is_the_claimants_own_act() -> None:
    (claim,) = claims_of("The group claimed responsibility for the attack on the barracks.")
    assert (claim.actor, claim.nature) == ("The group", Nature.ACT)


def test_an_article_that_says_it_itself_is_the_source() -> None:
    (claim,) = claims_of("A gas main exploded in the cellar.")
    assert (claim.source.kind, claim.cue, claim.own_statement) == (Kind.AUTHOR, None, None)


def test_hearsay_has_nobody_behind_it() -> None:
    (claim,) = claims_of("Reportedly, three ships sank.")
    assert (claim.source.kind, claim.source.named) == (Kind.ANONYMOUS, False)
    assert claim.chain == ("this article", "nobody named")


@pytest.mark.parametrize(
    "text",
    [
        "According to the health ministry, 14 people died in the blast.",
        "14 people died in the blast, the health ministry said.",
        "The health ministry said 14 people died in the blast.",
        "14 people died in the blast, said the health ministry.",
    ],
)
def test_the_place_of_the_cue_does_not_matter(text: str) -> None:
    assert statements(text) == [
        ("health ministry", "14 people died in the blast", Commitment.AFFIRMS)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Senate President read 16 letters that the chambers had received.",
        "The Supreme Court issued an injunction against crop burning.",
        "The courts are reluctant to enforce bans on fireworks.",
    ],
)
def test_a_deed_or_a_mood_is_no_saying(text: str) -> None:
    assert {c.source.kind for c in claims_of(text)} == {Kind.AUTHOR}


def test_part_of_a_prediction_is_no_claim() -> None:
    claims = claims_of("The WHO said it would expect more cases as disease surveillance improves.")
    assert not [c for c in claims if c.text.startswith("Disease surveillance")]
    assert [(c.text, c.certainty, c.source.name) for c in claims] == [
        ("More cases", Certainty.PROBABLE, "WHO")
    ]


@pytest.mark.parametrize(
    "text",
    ["Police killed the attacker, a soldier from France", "Killed: the attacker, a soldier", "a,"],
)
def test_a_text_that_ends_in_an_apposition_loses_no_claim(text: str) -> None:
    assert claims_of(text)


def test_a_colon_behind_no_subject_introduces_nobody() -> None:
    claims = claims_of("Announced on Tuesday: the road is closed. They said the bridge had fallen.")
    assert "" not in {c.source.name for c in claims}


def test_whoever_trades_blame_says_nothing_else_of_the_sentence() -> None:
    text = "Mayoral candidate shot dead in Ecuador days before vote, rival gangs trade blame"
    (claim, *_) = claims_of(text)
    assert claim.source.kind is Kind.AUTHOR
