"""On what somebody would not comment, and to which claims that is shown."""

from __future__ import annotations

import pytest
from checking import about, article, check, found

from verify import silence
from verify.values import Commitment, Stance

TOPICS = [
    ("Adler refused to answer questions about the camera.", {"camera"}),
    ("Asked about supplies of masks she declined to answer.", {"suppli", "mask"}),
    ('Asked about arrests, Dosseh said: "I have no comment to make on that."', {"arrest"}),
    ("She would not say whether he had ever worked for the bank.", {"work", "bank"}),
    ("Israel refused to comment on the strikes.", {"strike"}),
    ("The office would not comment, saying its report was not complete.", set()),
    ("Her office declined to discuss where she had been.", set()),
    ("The State Security Service declined to comment.", set()),
    ("Police did not respond to a request for comment.", set()),
]


@pytest.mark.parametrize(("sentence", "stems"), TOPICS)
def test_a_refusal_is_of_its_topic_or_of_what_was_said_before(
    sentence: str, stems: set[str]
) -> None:
    assert silence.topic(sentence) == stems


@pytest.mark.parametrize(
    "sentence", ["The spokesman would not name the man.", "The minister commented on the strikes."]
)
def test_who_only_keeps_a_name_back_or_speaks_is_not_silent(sentence: str) -> None:
    assert silence.topic(sentence) is None


def silences(text: str) -> list[tuple[str, str]]:
    """Who is silent, and on what claim (or in what words)."""
    _, statements = found(article(text))
    return [(s.source.name, s.text) for s in statements if s.commitment is Commitment.NO_COMMENT]


def test_a_bare_refusal_is_about_the_sentence_before_it() -> None:
    text = (
        "An unnamed officer said a colonel had been detained. The defence ministry declined to "
        "comment."
    )
    assert ("defence ministry", "A colonel had been detained") in silences(text)


def test_a_refusal_on_a_topic_is_about_what_is_claimed_of_it_nearby() -> None:
    text = (
        "A nurse said protective masks had run out. A driver said the road was closed.\n\n"
        "Asked about supplies of masks, the health minister declined to answer."
    )
    about = [told for _, told in silences(text)]
    assert "Protective masks had run out" in about
    assert "The road was closed" not in about


def test_a_party_that_speaks_by_name_is_not_shown_as_silent() -> None:
    text = (
        "{who} said on Tuesday that Israeli jets had struck a depot in Homs.\n\n"
        "The Israeli government declined to comment on the strike in Homs."
    )
    named = about(check(article(text.format(who="The Israeli army"))), "struck a depot")
    unnamed = about(check(article(text.format(who="An Israeli official"))), "struck a depot")
    assert [e.stance for e in named.evidence] == [Stance.SUPPORTS]
    assert Stance.NO_COMMENT in {e.stance for e in unnamed.evidence}
