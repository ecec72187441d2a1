"""verify.report.words: what a reader reads."""

from __future__ import annotations

import pytest
from damascus_said import DAY, NIGHT, POSTS, at

from verify.report import words
from verify.values import (
    Certainty,
    Check,
    Commitment,
    Interval,
    Kind,
    Label,
    Source,
    Stance,
)


def test_every_value_that_is_shown_has_words() -> None:
    assert set(words.LABELS) == set(words.MEANINGS) == set(words.SIGNS) == set(Label)
    assert set(words.KINDS) == set(Kind)
    assert set(words.STANCES) == set(Stance)
    assert set(words.COMMITMENTS) == set(Commitment)
    assert set(words.CERTAINTIES) == set(Certainty)


def test_no_two_verdicts_share_words_or_sign() -> None:
    assert len(set(words.LABELS.values())) == len(set(words.SIGNS.values())) == len(Label)


def test_the_words_never_say_true_or_false_of_a_claim() -> None:
    shown = " ".join([*words.LABELS.values(), *words.STANCES.values()]).casefold()
    assert "true" not in shown
    assert "false" not in shown


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source("SANA", Kind.STATE_MEDIA, "Syria"), "SANA (state media, Syria)"),
        (Source("Israel", Kind.GOVERNMENT, "Israel"), "Israel (government)"),
        (
            Source("a police official", Kind.POLICE, "France", named=False),
            "a police official (unnamed, France)",
        ),
        (Source("Syrian state media", Kind.STATE_MEDIA, "Syria"), "Syrian state media (Syria)"),
        (Source("French police", Kind.POLICE), "French police"),
        (Source("some", Kind.ANONYMOUS, named=False), "some (unnamed)"),
        (Source("x", Kind.AUTHOR), "this article, in its own words"),
        (Source("Foo"), "Foo (kind of source not known)"),
    ],
)
def test_a_source_is_named_with_kind_and_side(source: Source, said: str) -> None:
    assert words.who(source) == said


def test_times_bear_their_zone_and_bare_dates_no_hour() -> None:
    assert words.when(at(2019, 11, 19, 23, 43, 32)) == "19 Nov 2019, 23:43 UTC"
    assert words.when(at(2019, 11, 19)) == "19 Nov 2019"
    assert words.when(None) == "date not given"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (NIGHT, "19 Nov 2019, 18:00 to 24:00 UTC"),
        (DAY, "about 19 Nov 2019"),
        (Interval(at(2019, 11, 19), at(2019, 11, 21)), "19 Nov 2019 to 20 Nov 2019"),
        (Interval(at(2019, 11, 19, 4, 52), at(2019, 11, 19, 4, 52)), "19 Nov 2019, 04:52 UTC"),
        (
            Interval(at(2019, 11, 19, 22), at(2019, 11, 20, 4)),
            "19 Nov 2019, 22:00 to 20 Nov 2019, 04:00 UTC",
        ),
        (None, ""),
    ],
)
def test_an_event_is_dated_as_exactly_as_it_is_known(span: Interval | None, said: str) -> None:
    assert words.interval(span) == said


def test_a_post_is_named_by_account_platform_and_time() -> None:
    assert words.byline(POSTS[0]) == (
        "Majd Fahd ???????? (@Syria_Protector) on X, "
        "19 Nov 2019, 23:43 UTC (from the post's number)"
    )
    assert words.byline(POSTS[1]) == "unknown account on Telegram, date not known"


def test_a_check_answers_its_own_name() -> None:
    assert words.check(Check("time-agrees", "pass", "both 19 Nov")) == (
        "Time agrees: yes (both 19 Nov)"
    )
    assert words.check(Check("id-plausible", "unknown", "")) == "Id plausible: not known"


def test_things_are_counted_in_words() -> None:
    assert [words.number_of(n, "claim") for n in (0, 1, 2)] == ["no claims", "1 claim", "2 claims"]


def test_a_text_that_opens_with_its_own_quotation_mark_gets_no_second_one() -> None:
    assert words.quoted("“We struck,” said the army.") == "“We struck,” said the army."
    assert words.quoted("We struck.") == "“We struck.”"
