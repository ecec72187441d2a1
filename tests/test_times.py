"""When a claim's event happened: its own words, its sentence's, or the one before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from checking import article, claims_of, day, found, post

from verify.values import Interval


def times(text: str, published: str | None = "2024-05-07") -> list[Interval | None]:
    return [c.event_time for c in claims_of(text, published)]


def test_a_weekday_is_the_last_one_before_the_article() -> None:
    (time,) = times("A storm hit the coast on Friday.")
    assert time == Interval(day("2024-05-03"), day("2024-05-04"), "Friday", precise=True)


def test_a_sentence_without_a_time_takes_that_of_the_one_before_and_is_not_precise() -> None:
    _, second = times("A storm hit the coast on Friday. Two boats sank.")
    assert second == Interval(day("2024-05-03"), day("2024-05-04"), "Friday", precise=False)


def test_two_dated_strikes_are_two_times() -> None:
    first, second = times(
        "The strike hit the port on 3 May, officials said. On 5 May a second strike hit the "
        "station."
    )
    assert first is not None
    assert second is not None
    assert (first.start, second.start) == (day("2024-05-03"), day("2024-05-05"))


def test_a_whole_year_is_not_handed_on_to_the_next_sentence() -> None:
    first, second = times("In 2019 a fire destroyed the archive. Two boats sank in the harbour.")
    assert first is not None
    assert second is not None
    assert (first.start, first.end) == (day("2019-01-01"), day("2020-01-01"))
    assert second == Interval(day("2024-05-06"), day("2024-05-08"), "", precise=False)


def test_without_any_date_there_is_no_time() -> None:
    assert times("Two boats sank.", None) == [None]


def test_a_post_without_words_of_time_speaks_of_the_hours_before_it() -> None:
    given = post("Two boats sank in the harbour", posted_at=day("2024-05-07"))
    (claim,) = found(article("", posts=(given,)))[0]
    assert claim.event_time is not None
    assert claim.event_time.end == day("2024-05-07")
    assert (claim.event_time.end - claim.event_time.start).total_seconds() == 12 * 3600


def test_a_sentence_lends_the_next_its_day_and_not_its_hour() -> None:
    claims = claims_of(
        "The internet failed at 4 a.m. on Monday, police said. The border post remained open."
    )
    post = next(c for c in claims if "border post" in c.text)
    assert post.event_time is not None
    assert post.event_time.end - post.event_time.start == timedelta(days=1)
    assert post.event_time == Interval(day("2024-05-06"), day("2024-05-07"), "", precise=False)


def test_an_instant_in_two_zones_keeps_the_zone_it_was_asked_in() -> None:
    from verify import when

    here = datetime(2024, 5, 7, 22, tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=9)))
    found = [when.find("It burst two hours ago.", b)[0][1].start for b in (here, there, here)]
    assert [time.hour for time in found] == [19, 4, 19]
    assert found[0] == found[1]
