"""What a negative sentence, or a state, rules out: and, above all, what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from verify.judge import negatives, opposites
from verify.values import Claim, Commitment, Kind, Origin, Source, Span, Statement

RULED_OUT = [
    ("No officer was shot", "Officer shot near the mall"),
    ("No police officer was shot.", "A police officer has been shot and killed in the north"),
    ("No soldier fired a shot at any polling unit on Sunday", "Soldiers are FIRING at voters"),
    ("There has not been a second explosion", "SECOND explosion just now"),
    ("There was no second gunman", "A second gunman is hiding in the library"),
    ("There wasn’t any third device", "Police found a third device under the bridge"),
    ("The police did not use live ammunition", "The police are firing live rounds at students"),
    ("Police have not fired live rounds", "Police used live bullets against the crowd"),
    ("No passport was revoked", "The attacker’s passport had been revoked last fall"),
    ("No train was cancelled on Monday", "Every train to the coast has been cancelled"),
    ("Our troops did not cross the border at any time", "Soldiers crossed the border at dawn"),
    ("We did not deploy rubber bullets at any point", "They are shooting rubber bullets at kids"),
    ("No one entered the vault with a gun", "A man entered the vault with a gun"),
    ("The dam has not collapsed", "BREAKING: the dam collapsed, run"),
    ("There has been no coup", "A coup is under way in the capital"),
    ("Nothing was bombed in Odesa", "Warplanes bombed the port of Odesa"),
    ("There were no explosions in Odesa this morning", "Two explosions rocked Odesa"),
    ("It rained. No bridge has collapsed.", "The old bridge collapsed into the river"),
    ("There was no coup and no attempted coup", "The army has staged a coup"),
]
NOT_RULED_OUT = [
    ("No officer was shot", "Reports of an officer shot"),  # talk
    ("No officer was shot", "Was an officer shot?"),
    ("No officer was shot", "No officer has been shot"),
    ("No officer has been shot so far", "An officer was shot"),  # for a while
    ("No officer was shot at that time", "An officer was shot"),
    ("No other officer was shot", "An officer was shot"),  # beside one
    ("Not all officers were shot", "An officer was shot"),
    ("No more than two officers were shot", "Officers were shot"),
    ("Not only was an officer shot, he died", "An officer was shot"),
    ("No evidence of a bomb was found", "A bomb was found at the station"),
    ("Police did not say who fired the shots", "Somebody fired shots"),
    ("Police would not use live ammunition", "Police used live ammunition"),
    ("There has not been a second explosion", "A fire began with an explosion on the second day"),
    ("There has not been a second explosion", "An explosion hit the plant"),
    ("There was no bomb in the car", "A bomb went off in the hall"),
    ("There were no explosions in Odesa", "Two explosions rocked Lviv"),
    ("There were no explosions in Odesa", "Two explosions were heard"),
    ("There has been no coup", "The coup leaders were arrested"),
    ("There had been no ammunition at the site", "The drone hit an ammunition depot"),
    ("There was no fire", "Police opened fire on the crowd"),
    ("There were no explosives in the car", "The man in the bank wears a bomb belt"),
    ("There was no chlorine at the site", "A tank at the site exploded"),
    ("Nothing was bombed in Odesa", "Warplanes bombed Lviv"),
    ("He did not pull the trigger", "The officer pulled the trigger"),  # who is he?
    ("We did not fire rubber bullets", "Protesters fired rubber bullets at a shop"),
    ("The dam has not collapsed", "A dam could collapse"),
    ("No shots were fired there", "Shots were fired at the gate"),  # where?
    ("No chlorine is stored at the site", "A tank exploded at the site"),
    ("No train was cancelled", "No train was cancelled, said the company"),
    ("No case has been found without a visitor", "A case has been found with a visitor"),
]
EXCLUDED = [
    ("The hospital is open", "St Mary’s hospital has been CLOSED by the army"),
    ("The airport is open", "The airport has been shut down"),
    ("The governor is alive", "The governor was killed in the blast"),
    ("All hostages are unharmed", "Two hostages have been shot"),
    ("The refinery was working normally", "The refinery had been put out of action"),
    ("The bridge was destroyed", "The bridge is intact"),
    ("The dam is intact", "The dam upstream has cracked"),
    ("The president was at work", "President arrested at his residence"),
    ("The patient has tested negative", "The patient was infected on a flight"),
]
NOT_EXCLUDED = [
    ("The hospital is open again", "The hospital was closed"),
    ("The hospital is now open", "The hospital was closed"),
    ("The hospital is not open", "The hospital was closed"),
    ("The hospital is open", "The school was closed"),
    ("The hospital is open", "The road to the school near the hospital is closed"),
    ("It is open", "The hospital was closed"),
    ("The hospital may be open", "The hospital was closed"),
    ("The hospital is open", "The hospital could be closed"),
    ("The hospital is open", "Rumours that the hospital was closed"),
    ("Most shops are open", "Shops were closed"),
    ("The new hospital is open", "The hospital was closed"),
]


def claim_of(text: str, target: str | None = None) -> Claim:
    origin = Origin("sentence", text, 0, len(text), (Span(0, len(text)),))
    return Claim("c1", text, origin, Source("a neighbour", Kind.SOCIAL), target=target)


def statement_of(text: str, kind: Kind = Kind.GOVERNMENT) -> Statement:
    source = Source("the 12 Brigade" if kind is Kind.MILITARY else "the police", kind, "Kenya")
    return Statement("s1", text, text, source, Commitment.AFFIRMS, "article")


def both(said: str, told: str) -> tuple[bool, bool]:
    statement, claim = statement_of(said, Kind.MILITARY), claim_of(told)
    return negatives.rules_out(statement, claim), opposites.excludes(statement, claim)


@pytest.mark.parametrize(("said", "told"), RULED_OUT)
def test_a_negative_sentence_rules_out_what_it_names(said: str, told: str) -> None:
    assert both(said, told) == (True, False)


@pytest.mark.parametrize(("said", "told"), EXCLUDED)
def test_a_state_excludes_its_opposite(said: str, told: str) -> None:
    assert both(said, told) == (False, True)


@pytest.mark.parametrize(("said", "told"), [*NOT_RULED_OUT, *NOT_EXCLUDED])
def test_what_is_limited_or_of_another_thing_rules_out_nothing(said: str, told: str) -> None:
    assert both(said, told) == (False, False)


ALONE = [
    ("He had acted alone", "A second attacker is on the run with a rifle"),
    (
        "Investigators were satisfied that there had been only one attacker",
        "THREE shooters on the Hill",
    ),
    ("It was the work of a lone gunman", "The gunman had accomplices"),
]
NOT_ALONE = [
    ("He lived alone", "A second attacker is on the run"),
    ("He did not act alone", "A second attacker is on the run"),
    ("He acted alone", "Two suspects were questioned"),
    ("He may have acted alone", "A second attacker is on the run"),
    ("He acted alone", "There was no second attacker"),
    ("He acted alone", "Rumours of a second attacker"),
]


@pytest.mark.parametrize(("said", "told"), ALONE)
def test_whoever_acted_alone_had_nobody_with_him(said: str, told: str) -> None:
    assert opposites.acted_alone(statement_of(said), claim_of(told))


@pytest.mark.parametrize(("said", "told"), NOT_ALONE)
def test_alone_is_not_read_into_other_sentences(said: str, told: str) -> None:
    assert not opposites.acted_alone(statement_of(said), claim_of(told))


DENIED = [
    ("Officers had used live ammunition", "They are shooting at us with live bullets"),
    ("Police using live rounds", "Police fired live rounds at students"),
    ("Its soldiers had burnt the village", "Soldiers burnt the village down last night"),
]
NOT_DENIED = [
    ("Officers had used live ammunition", "Protesters fired live bullets"),
    ("Officers had used live ammunition", "They are shooting at us with rubber bullets"),
    ("They had used live ammunition", "Police used live ammunition"),
    ("Officers had used live ammunition so far", "Police used live ammunition"),
    ("Officers had used live ammunition", "Rumours that police used live ammunition"),
]


@pytest.mark.parametrize(("said", "told"), DENIED)
def test_what_is_denied_is_ruled_out_in_other_words_too(said: str, told: str) -> None:
    statement = replace(statement_of(said), commitment=Commitment.DENIES)
    assert negatives.rules_out(statement, claim_of(told))


@pytest.mark.parametrize(("said", "told"), NOT_DENIED)
def test_a_denial_of_something_else_rules_out_nothing(said: str, told: str) -> None:
    statement = replace(statement_of(said), commitment=Commitment.DENIES)
    assert not negatives.rules_out(statement, claim_of(told))


TOLD_OTHERWISE = [
    (
        "The young man had driven his car straight at an officer",
        "A driver had not driven at officers",
    ),
    ("A man was shot by police", "Nobody was shot by police"),
    ("An ammunition depot in Lviv was hit", "No ammunition depot in Lviv was hit"),
]
NOT_TOLD_OTHERWISE = [
    ("St. Louis County police fired tear gas", "No officer was shot"),
    ("Officers used gas after somebody in the crowd fired at them", "No officer was shot"),
    ("Police shot a man", "No officer was shot"),
    ("An ammunition depot in Kyiv was hit", "No ammunition depot in Lviv was hit"),
    ("Reports of a depot being hit", "No depot was hit"),
]


@pytest.mark.parametrize(("said", "told"), TOLD_OTHERWISE)
def test_a_plain_sentence_is_at_odds_with_a_claim_that_denies_it(said: str, told: str) -> None:
    assert negatives.tells_what_is_denied(statement_of(said), claim_of(told))


@pytest.mark.parametrize(("said", "told"), NOT_TOLD_OTHERWISE)
def test_a_sentence_of_something_else_is_not(said: str, told: str) -> None:
    assert not negatives.tells_what_is_denied(statement_of(said), claim_of(told))


def test_a_denied_thing_is_not_refuted_by_another_of_its_kind() -> None:
    assert negatives.is_negative("There has not been a second explosion")
    assert not negatives.is_negative("There has been a second explosion")
    assert not negatives.is_negative("There has not been a second explosion yet")


def test_whoever_only_believes_it_rules_out_nothing() -> None:
    claim = claim_of("An officer was shot")
    statement = statement_of("No officer was shot", Kind.POLICE)
    assert negatives.rules_out(statement, claim)
    for commitment in (Commitment.HEDGED, Commitment.NO_COMMENT):
        assert not negatives.rules_out(replace(statement, commitment=commitment), claim)
    assert not negatives.rules_out(statement, replace(claim, polarity="-"))


def test_a_text_that_is_no_sentence_is_not_read() -> None:
    claim = claim_of("An officer was shot")
    assert negatives.rules_out(statement_of("No officer was shot" + "." * 1400), claim)
    assert not negatives.rules_out(statement_of("No officer was shot" + "." * 1600), claim)
    hospital = claim_of("The hospital was closed")
    assert not opposites.excludes(statement_of("-" * 30_000 + " The hospital is open"), hospital)


def test_who_is_dealt_with_and_who_acts_are_told_apart() -> None:
    statement = statement_of("No officer was shot", Kind.POLICE)
    assert not negatives.rules_out(statement, claim_of("The officer shot the man", "the man"))
    assert not negatives.rules_out(statement, claim_of("A man was shot by an officer", "a man"))
    assert negatives.rules_out(statement, claim_of("They shot the officer", "the officer"))
    statement = statement_of("No soldier fired a shot", Kind.MILITARY)
    assert not negatives.rules_out(statement, claim_of("Gunmen fired at soldiers", "soldiers"))
    assert negatives.rules_out(statement, claim_of("Soldiers fired at voters", "voters"))
