"""Strings, measured: sentences keep their place, noise goes, what hides is shown."""

from __future__ import annotations

import pytest

from verify import text


def cut(passage: str) -> list[str]:
    return [passage[s.start : s.end] for s in text.sentences(passage)]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (
            'The minister spoke on the radio at 9 a.m. "What some heard was an exercise," he said.',
            [
                "The minister spoke on the radio at 9 a.m.",
                '"What some heard was an exercise," he said.',
            ],
        ),
        (
            "The rockets triggered sirens at 4:52 a.m., sending residents to shelters. It ended.",
            [
                "The rockets triggered sirens at 4:52 a.m., sending residents to shelters.",
                "It ended.",
            ],
        ),
        (
            "Lt. Col. Avichay Adraee, of the U.S. Army, agreed. J. R. Smith left.",
            ["Lt. Col. Avichay Adraee, of the U.S. Army, agreed.", "J. R. Smith left."],
        ),
        (
            "“We hit it. All of it.” the army said. No more.",
            ["“We hit it. All of it.” the army said.", "No more."],
        ),
        (
            '"It ended." Prime Minister Netanyahu told reporters. He left.',
            ['"It ended." Prime Minister Netanyahu told reporters.', "He left."],
        ),
        ("No stop at the end\n\nof a paragraph.", ["No stop at the end", "of a paragraph."]),
        ("A wrapped\nline. Next.", ["A wrapped\nline.", "Next."]),
        ("It was killed.The army came.", ["It was killed.", "The army came."]),
        ("😀 One. 😀 Two.", ["😀 One.", "😀 Two."]),
        (
            "He said: “It never closed. Then more.\n\nNext.",
            ["He said: “It never closed.", "Then more.", "Next."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(passage: str, expected: list[str]) -> None:
    assert cut(passage) == expected


@pytest.mark.parametrize("passage", ["", " \n\n ", "x" * 10_000, "\"'“" * 500, "?!…" * 200])
def test_sentences_of_a_hostile_text_lose_no_letter(passage: str) -> None:
    assert "".join("".join(cut(passage)).split()) == "".join(passage.split())


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (
            "Breaking video footage emerges huge fire ripping through unknown object in southern "
            "#Damascus amid #Israeli airstrikes. pic.twitter.com/5LHaG3AHxO — Majd Fahd ???????? "
            "(@Syria_Protector) November 19, 2019",
            "huge fire ripping through unknown object in southern Damascus amid "
            "Israeli airstrikes.",
        ),
        (
            "RT @AFP: #BREAKING: 12 dead in attack on #CharlieHebdo #Paris http://t.co/x 😢",
            "12 dead in attack on Charlie Hebdo",
        ),
        ("UPDATE 2: Explosion in #Paris", "Explosion in Paris"),
        ("JUST IN - @IDF says rocket fired via @x", "IDF says rocket fired"),
        ("@bob @al what is this #fail", "what is this fail"),
        ("Gunman takes hostages in #Sydney_Siege", "Gunman takes hostages in Sydney Siege"),
        ("50°C in Delhi – officials", "50°C in Delhi – officials"),
    ],
)
def test_a_claim_loses_the_newswire_noise_and_keeps_its_words(post: str, expected: str) -> None:
    assert text.plain_claim(post) == expected


@pytest.mark.parametrize(
    "post",
    [
        "Breaking the law is bad",
        "UNCONFIRMED: 3 shots fired",
        "Prime Minister: we will win",
        "mail a@b.com @ 5pm",
    ],
)
def test_words_that_carry_meaning_are_no_noise(post: str) -> None:
    assert text.plain_claim(post) == post


@pytest.mark.parametrize("post", ["😀", "#PrayForParis", "http://t.co/x", ""])
def test_a_post_of_noise_alone_leaves_something_printable(post: str) -> None:
    assert text.plain_claim(post) in {post, "Pray For Paris"}


def test_hidden_characters_are_shown_and_joiners_left() -> None:
    assert (
        text.visible("a\u202eb\x1b[31m\n\u200c\ud800") == "a‹U+202E›b‹U+001B›[31m\n\u200c‹U+D800›"
    )


def test_a_fingerprint_sees_through_case_width_and_white_space() -> None:
    assert text.fingerprint(" Ａ\n b ") == text.fingerprint("a B")
    assert text.fingerprint("a b") != text.fingerprint("ab")
    assert text.squash(" a \n b ") == "a b"
    assert text.normalise("STRAßE  1") == "strasse 1"
