"""Cues weighed: certainty, polarity, no comment, and what a source binds itself to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.claims import cues
from verify.values import Certainty, Commitment

C, P, Q, U = (
    Certainty.CERTAIN,
    Certainty.PROBABLE,
    Certainty.POSSIBLE,
    Certainty.UNSPECIFIED,
)


@pytest.mark.parametrize(
    ("cue", "certainty", "polarity", "kind"),
    [
        ("said", C, "+", "report"),
        ("says", C, "+", "report"),
        ("saying", C, "+", "report"),
        ("has also announced", C, "+", "report"),
        ("said in an interview", C, "+", "report"),
        ("was first reported by", C, "+", "report"),
        ("according to", C, "+", "report"),
        ("According to", C, "+", "report"),
        ("tweeted", C, "+", "report"),
        ("quoted the minister as saying", C, "+", "report"),
        ("claimed", U, "+", "report"),
        ("claiming", U, "+", "report"),
        ("has denied", C, "-", "deny"),
        ("denies", C, "-", "deny"),
        ("have ruled out", C, "-", "deny"),
        ("dismissed as false", C, "-", "deny"),
        ("cast doubt on", P, "-", "doubt"),
        ("doubts", P, "-", "doubt"),
        ("believes", P, "+", "hedge"),
        ("is thought to have", P, "+", "hedge"),
        ("does not believe", P, "-", "hedge"),
        ("estimated", P, "+", "hedge"),
        ("fears", Q, "+", "hedge"),
        ("speculated", Q, "+", "hedge"),
        ("has not ruled out", Q, "+", "hedge"),
        ("cannot rule out", Q, "+", "hedge"),
        ("reportedly", U, "+", "hedge"),
        ("did not deny", U, "+", "hedge"),
        ("didn’t confirm", U, "+", "hedge"),
        ("did not say", U, "+", "hedge"),
        ("cannot deny", C, "+", "report"),
        ("could not immediately verify", U, "+", "hedge"),
        ("is aware of reports", U, "+", "hedge"),
        ("accused Israel of", U, "+", "accuse"),
        ("blamed", U, "+", "accuse"),
        ("is investigating", U, "+", "question"),
        ("asked whether", U, "+", "question"),
        ("vowed to", U, "+", "promise"),
        ("called on", U, "+", "demand"),
        ("condemned", C, "+", "opinion"),
        ("criticised", C, "+", "opinion"),
        ("refuses to comment", U, "+", "no-comment"),
        ("declined to immediately comment", U, "+", "no-comment"),
        ("neither confirmed nor denied", U, "+", "no-comment"),
        ("wouldn’t confirm or deny", U, "+", "no-comment"),
        ("did not immediately respond to a request for comment", U, "+", "no-comment"),
        ("does not generally comment on", U, "+", "no-comment"),
        ("had no immediate comment", U, "+", "no-comment"),
    ],
)
def test_a_cue_weighs_in_every_form(
    cue: str, certainty: Certainty, polarity: str, kind: str
) -> None:
    weighed = cues.weigh(cue)
    assert weighed is not None
    assert (weighed.certainty, weighed.polarity, weighed.kind) == (certainty, polarity, kind)


@pytest.mark.parametrize("cue", ["", ":", "rockets", "the", "—"])
def test_what_is_no_cue_weighs_nothing(cue: str) -> None:
    assert cues.weigh(cue) is None


def test_find_gives_the_places_of_cues_with_their_auxiliaries() -> None:
    text = (
        "Israel refuses to comment on the strike, which the army had announced. Tehran, according "
        "to state media, hasn't ruled out revenge."
    )
    assert [(text[m.start : m.end], m.cue.kind) for m in cues.find(text)] == [
        ("refuses to comment", "no-comment"),
        ("had announced", "report"),
        ("according to", "report"),
        ("hasn't ruled out", "hedge"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "State media headquarters were hit.",
        "Two attacks on the camp killed nine.",
        "He was denied entry at the border.",
        "Prices rose four per cent per year.",
        "The support of allies, a big blast and the charge at the gate.",
        "The party ruled the country for years.",
    ],
)
def test_find_takes_no_noun_or_other_sense_for_a_cue(text: str) -> None:
    assert cues.find(text) == []


@pytest.mark.parametrize(
    ("cue", "clause", "certainty", "polarity"),
    [
        (None, "An AFP correspondent in Damascus heard several large explosions.", C, "+"),
        ("said", "the rockets were fired from Syria", C, "+"),
        ("said", "others said it may have been the sound of the rockets", Q, "+"),
        ("believes", "The Israeli military believes the rockets were fired by Iran", P, "+"),
        ("speculated", "the blasts were an Israeli airstrike", Q, "+"),
        ("believes", "the pilot may have been drunk", Q, "+"),
        ("said", "the gunman probably acted alone", P, "+"),
        ("denied", "Moscow denied that it had shelled the town", C, "-"),
        ("denied", "Moscow denied reports that its jets were lost", C, "-"),
        ("said", "there was no truth to reports that the dam had burst", C, "-"),
        ("said", "reports of a second gunman were false", C, "-"),
        ("said", "there was no evidence of an attack", P, "-"),
        ("said", "it was unlikely that the fire was set", P, "-"),
        ("confirm", "The ministry did not confirm the strike", U, "+"),
        ("confirmed", "No official confirmed the strike", U, "+"),
        ("ruled out", "Police have not ruled out terrorism", Q, "+"),
        ("claimed", "State media claimed several missiles were destroyed", U, "+"),
        ("said", "an alleged attack on the convoy", U, "+"),
        ("reportedly", "the minister reportedly resigned", U, "+"),
        ("said", "it was investigating whether the ship was hit by a drone", U, "+"),
        ("said", "it could not verify the footage", U, "+"),
        ("is said", "The general is said to have left the country.", U, "+"),
        ("reported", "A second blast was reported near the port.", U, "+"),
        ("reported", "A second blast was first reported by the navy.", C, "+"),
        ("called", "The ministry called the report of a coup false.", C, "-"),
        ("refused to accept", "The colonel refused to accept that the patrol was lost.", C, "-"),
    ],
)
def test_the_weaker_of_cue_and_clause_wins(
    cue: str | None, clause: str, certainty: Certainty, polarity: str
) -> None:
    assert cues.certainty(cue, clause) == (certainty, polarity, False)


@pytest.mark.parametrize(
    ("cue", "clause"),
    [
        ("refused to comment", "The Israeli army refused to comment."),
        (None, "Israel refuses to comment on the specifics of its operations in Syria."),
        (None, "Neither government responded to requests for comment."),
        (None, "The Pentagon could not be reached for comment."),
        ("said", "it does not comment on foreign reports"),
        ("said", "“No comment,” the ambassador said."),
        (None, "Calls to the governor’s office went unanswered."),
        ("neither claimed nor denied", "The group neither claimed nor denied the bombing."),
    ],
)
def test_silence_is_no_comment(cue: str | None, clause: str) -> None:
    assert cues.certainty(cue, clause) == (U, "+", True)
    assert cues.commitment(cue, clause) is Commitment.NO_COMMENT


@pytest.mark.parametrize(
    "clause",
    [
        "Israel has carried out hundreds of airstrikes and does not comment on specific attacks",
        "Ten people died, but the ministry declined to comment.",
        "The agency gave no further details, but its statement came after the army announced it.",
    ],
)
def test_a_no_comment_beside_a_fact_does_not_silence_it(clause: str) -> None:
    assert cues.certainty(None, clause)[2] is False


def test_details_withheld_do_not_silence_the_one_who_spoke() -> None:
    clause = "“We downed targets,” said the agency, without providing further details."
    assert cues.certainty("said", clause) == (C, "+", False)


@pytest.mark.parametrize(
    ("cue", "clause", "commitment"),
    [
        ("said", "it had intercepted four rockets", Commitment.AFFIRMS),
        ("claimed", "several missiles were destroyed", Commitment.AFFIRMS),
        ("accused", "Israel of being behind the strike", Commitment.AFFIRMS),
        ("claimed", "it may have hit a ship", Commitment.HEDGED),
        ("believes", "the rockets were fired by Iran", Commitment.HEDGED),
        ("reportedly", "the minister resigned", Commitment.HEDGED),
        ("is investigating", "reports of a blast", Commitment.HEDGED),
        ("did not deny", "the strike", Commitment.HEDGED),
        ("denied", "that its jets took part", Commitment.DENIES),
        ("declined to say", "how many were held", Commitment.NO_COMMENT),
        ("said", "it has no information about casualties", Commitment.HEDGED),
        ("has no information", "The embassy has no information on losses.", Commitment.HEDGED),
        ("told", "A source told Reuters he was thought to be dead.", Commitment.HEDGED),
        ("frobbed", "the strike", Commitment.HEDGED),
    ],
)
def test_a_source_is_bound_by_what_it_plainly_asserts(
    cue: str, clause: str, commitment: Commitment
) -> None:
    assert cues.commitment(cue, clause) is commitment


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=30)))
def test_no_text_makes_it_stumble(clause: str, cue: str | None) -> None:
    certainty, polarity, silent = cues.certainty(cue, clause)
    assert certainty in Certainty
    assert polarity in {"+", "-"}
    assert isinstance(silent, bool)
    for match in cues.find(clause):
        assert 0 <= match.start < match.end <= len(clause)


def test_a_sentence_of_three_thousand_words_is_read() -> None:
    endless = "officials said that if it had not been seen, " * 400
    assert cues.certainty("said", endless)[2] is False
