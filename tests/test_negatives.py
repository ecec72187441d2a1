"""What a negative sentence, or a state, rules out: and, above all, what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from verify import judge
from verify.judge import negatives, opposites, roots
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
    ("Police did not fire live rounds", "Police fired live rounds at students"),
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


#: Written by a reader of the rules, to break them: another head, object, sense, place or day.
UNRELATED = [
    ("The hospital was not attacked", "A man was at the hospital"),
    ("There was no attack on the hospital", "A woman gave birth at the hospital"),
    ("The bank was not bombed", "A woman was in the bank"),
    ("The suspect was not shot", "A woman was shot at the mall"),
    ("The suspect is alive", "A woman was killed"),
    ("No victim was shot", "The attacker was shot"),
    ("The man was shot", "The attacker was unharmed"),
    ("The girl is alive", "The boy was killed"),
    ("The president has not resigned", "The vice president has resigned"),
    ("The mayor was not arrested", "The mayor's brother was arrested"),
    ("The hospital was not hit", "A school next to the hospital was hit"),
    ("The airport is open", "The airport's car park was closed"),
    ("The hospital is open", "The hospital's maternity ward was closed"),
    ("The president is safe", "The president's bodyguard was killed"),
    ("The minister has not resigned", "The deputy minister has resigned"),
    ("The officer was unharmed", "The officer shot a man"),
    ("The president is safe", "The president visited the injured"),
    ("The soldiers are safe", "Troops killed ten rebels"),
    ("The embassy is open", "The embassy suspended visas"),
    ("Parliament is open", "Parliament suspended three members"),
    ("The governor is alive", "The governor was injured"),
    ("The hostages were abducted", "The hostages are alive"),
    ("The man was wounded", "The man is alive"),
    ("The patient was not negative", "The patient is positive"),
    ("No worker was fired", "A worker was shot"),
    ("The minister was not fired", "The minister was shot"),
    ("The army did not withdraw from the town", "The army removed mines from the town"),
    ("The mine is not closed", "Rescuers are close to the mine"),
    ("The gunman acted alone", "Police shot two gunmen in another town"),
    ("She worked alone", "A second attacker fled"),
    ("The minister came alone to the meeting", "Three gunmen stormed the hotel"),
    ("No soldier was killed", "The army killed ten militants"),
    ("No officer was killed", "A boy died in police custody"),
    ("The army did not loot the shops", "The army stopped men who loot shops"),
    ("Police did not kill the man", "Police arrested the man who killed his wife"),
    (
        "The government did not cut the internet",
        "The government blamed men who cut internet cables",
    ),
    ("The shooter was not a student", "The shooter killed a student"),
    ("The explosion was not a bomb", "The explosion set off a bomb scare"),
    ("The car was not a bomb", "A bomb damaged the car"),
    ("There was no bomb on the train", "A bomb exploded near the train"),
    ("There were no weapons in the house", "Weapons were found in a car outside the house"),
    ("No train was cancelled on Monday", "A train was cancelled on Friday"),
    ("There is no curfew", "A curfew in Kisumu was lifted"),
    ("There were no explosions", "Explosions in demand drove prices up"),
    ("There was no riot", "The comedy is a riot"),
    ("All children are safe", "A child was killed in another village"),
    ("A man was shot after officers arrived", "No officer was shot"),
    ("A man was shot by police", "No police officer was shot"),
    ("A soldier was wounded and a rebel was killed", "No soldier was killed"),
    ("The hospital was evacuated when a school was hit", "The hospital was not hit"),
    ("The victim was killed", "The attacker was not killed"),
]


@pytest.mark.parametrize(("said", "told"), UNRELATED)
def test_what_shares_words_only_is_not_at_odds(said: str, told: str) -> None:
    assert not judge._is_at_odds(claim_of(told), statement_of(said))


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


def test_a_denial_of_another_party_is_not_the_claims() -> None:
    statement = statement_of("Israeli forces did not bomb the port")
    claim = claim_of("Forces bombed the port at dawn")
    assert not negatives.rules_out(statement, claim)
    assert not negatives.rules_out(statement, replace(claim, actor_party="Syria"))
    assert negatives.rules_out(statement, replace(claim, actor_party="Israel"))


def test_a_place_that_the_claim_lies_in_counts_though_its_words_do_not_name_it() -> None:
    statement, claim = statement_of("There were no explosions in Odesa"), claim_of("Two explosions")
    assert not negatives.rules_out(statement, claim)
    assert negatives.rules_out(statement, replace(claim, place="Odesa"))
    assert not negatives.rules_out(statement, replace(claim, place="Lviv"))


def test_a_denial_in_the_archive_is_left_to_the_stance_model() -> None:
    claim = claim_of("Police used live ammunition")
    denial = replace(
        statement_of("Officers had used live ammunition"), commitment=Commitment.DENIES
    )
    assert negatives.rules_out(denial, claim)
    assert not negatives.rules_out(replace(denial, origin="archive"), claim)


def test_who_acts_is_no_other_who_is_named_so() -> None:
    statement = statement_of("The driver had not hit the officer")
    assert negatives.rules_out(statement, claim_of("The young man had hit the officer"))
    assert not negatives.rules_out(statement, claim_of("The officer had hit the young man"))
    assert not negatives.rules_out(statement, claim_of("Another man had hit the officer"))


def test_no_word_means_as_much_as_two_others() -> None:
    assert roots.root("attacked") == roots.root("raid") == "attack"
    assert roots.root("attacker") != roots.root("man")
    assert roots.root("office") != roots.root("officers") == "police"
    assert roots.root("close") != roots.root("closed")
    assert roots.root("dies") == roots.root("killed")
