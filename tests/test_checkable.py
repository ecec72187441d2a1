"""What is no claim, and why; and above all what still is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.claims.checkable import why_not


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Who did this?", "a question"),
        ("Is it true that the mayor has fled?? #corruption", "a question"),
        ("He asked whether the bridge was safe.", "a question"),
        ("It was not clear whether the fire was set deliberately.", "an open question"),
        ("Our thoughts and prayers are with the families.", "a condolence"),
        ("RIP to all the victims #CharlieHebdo", "a condolence"),
        ("#PrayForParis", "a condolence"),
        ("Deeply saddened by the news from Paris.", "a condolence"),
        ("May they rest in peace.", "a condolence"),
        ("Thank you all for the kind messages!", "a greeting or thanks"),
        ("Happy birthday @jack!", "a greeting or thanks"),
        ("The president will visit on Monday.", "a prediction"),
        ("The army said it would send 500 troops to the border.", "a prediction"),
        ("Boris Johnson is expected to resign on Thursday.", "a prediction"),
        ("They’ll never win.", "a prediction"),
        ("Hamas vowed to retaliate.", "a promise"),
        ("The minister promised to publish the list.", "a promise"),
        ("The government hopes to reopen the airport by Thursday.", "a plan"),
        ("The summit is scheduled for May 5.", "a plan"),
        ("Please avoid the area around Central Station.", "an appeal"),
        ("Stay away from the area, police say", "an appeal"),
        ("Police urged residents to stay indoors.", "an appeal"),
        ("The UN called for an immediate ceasefire.", "an appeal"),
        ("Anyone with information should contact police.", "an appeal"),
        ("If the levee breaks, 30,000 people will have to leave.", "a hypothetical"),
        (
            "If the people so violently shot down in Paris had guns, at least they would have had "
            "a fighting chance.",
            "a hypothetical",
        ),
        ("They should have closed the road.", "a hypothetical"),
        ("What if it had been a school?!", "a question"),
        ("Imagine they had not left.", "a hypothetical"),
        ("The government should resign.", "an opinion"),
        ("This is disgusting.", "an opinion"),
        ("What a disgrace!", "an opinion"),
        ("I hope they catch him", "an opinion"),
        ("They are cowards", "an opinion"),
        ("Someone should tell him.", "an opinion"),
        ("Subscribe now for 50% off", "an advertisement"),
        ("Unbelievable!", "no claim: an exclamation"),
        ("https://t.co/abcd", "no claim: only a link"),
        ("🔥🔥🔥", "no claim: no words"),
        ("@BBCNews @CNN", "no claim: only tags and names"),
        ("This is a developing story.", "no claim: a note about the page"),
        ("Image: Getty Images", "no claim: a note about the page"),
        ("Reporting by Jane Roe; editing by John Doe", "no claim: a note about the page"),
        ("Netflix.", "no claim: too short"),
    ],
)
def test_what_is_no_claim_says_why(words: str, reason: str) -> None:
    assert why_not(words, is_post=True) == reason


@pytest.mark.parametrize("is_post", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        "The rockets triggered sirens at 4:52 a.m., sending residents rushing to bomb shelters.",
        "Guardian Media Group has pledged £100k donation to Charlie Hebdo",
        "Unbelievable! Explosion in Beirut port",
        "Really? Explosion in Beirut port kills 12",
        "Heard two loud bangs near the airport, whole house shook, anyone know what happened??",
        "Rescue work will resume after a fire destroyed the depot on Monday.",
        "The bill will be debated and 12 people were arrested outside parliament.",
        "Police urged residents to stay indoors after an explosion at the port.",
        "CAF keeps the actress away from the final, which will bring together two teams.",
        "The queen sent her condolences to the families of the 22 people killed in Manchester.",
        "The singer has passed away, may God have mercy on her.",
        "A priest held a sermon to urge parishioners to vote.",
        "Will Smith was arrested in Paris.",
        "The May 5 attack killed three.",
        "The army said it would not comment.",
        "The bomber is believed to be dead.",
        "I think police have caught him.",
        "A bomb alert was declared at the train station.",
        "A book titled ‘Who Will Win?’ was withdrawn by its publisher.",
        "The good will mission left Geneva.",
        "It was due to a gas leak.",
        "French police have suspended the manhunt for the night.",
        "The storm may have weakened before it reached land.",
        "The minister resigned because of the scandal.",
        "Photos show a child trapped under rubble.",
        "Pence criticised the plan to close the base.",
        "A fire burns south of the city — Majd Fahd ????????",
        "Good morning from Kyiv, where missiles hit overnight.",
        "Don’t share the video: it was filmed in 2014.",
        "I can’t believe they bombed a hospital",
        "Five dead.",
        "Hundreds trapped",
        "heavy rain",
    ],
)
def test_what_is_a_claim_stays_one(words: str, is_post: bool) -> None:
    assert why_not(words, is_post=is_post) is None


def test_noise_before_a_posts_claim_does_not_hide_it() -> None:
    post = (
        "BREAKING: Gunman held up petrol pumpworker in the north of Paris #CharlieHebdo "
        "https://t.co/x1"
    )
    assert why_not(post, is_post=True) is None


@given(st.text(max_size=400), st.booleans())
def test_any_text_gets_an_answer(words: str, is_post: bool) -> None:
    reason = why_not(words, is_post=is_post)
    assert reason is None or reason


def test_a_sentence_of_three_thousand_words_stays_a_claim() -> None:
    assert why_not("the army said that if it would " * 500, is_post=False) is None
