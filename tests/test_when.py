"""Times in news: relative to the article's date, parts of the day, periods, and no false months."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verify import when
from verify.values import Interval

#: A Wednesday; the article of the worked example is dated so.
WEDNESDAY = datetime(2019, 11, 20, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def stretch(first: str, last: str) -> Interval:
    return Interval(at(first), at(last))


def read(text: str, before: Interval | None = None) -> list[tuple[datetime, datetime]]:
    return [(i.start, i.end) for _, i in when.find(text, WEDNESDAY, before)]


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("It burned on Nov. 19, 2019.", "2019-11-19", "2019-11-20"),
        ("It burned on 19 November.", "2019-11-19", "2019-11-20"),
        ("It burned on 2019-11-19.", "2019-11-19", "2019-11-20"),
        ("On Tuesday, Nov. 19, it burned.", "2019-11-19", "2019-11-20"),
        ("They were shot on Jan 7 2015", "2015-01-07", "2015-01-08"),
        ("It burned between 19 and 21 November.", "2019-11-19", "2019-11-22"),
        ("Blasts were heard on Wednesday.", "2019-11-20", "2019-11-21"),
        ("Monday’s attack", "2019-11-18", "2019-11-19"),
        ("It burned last Wednesday.", "2019-11-13", "2019-11-14"),
        ("They will meet on Friday.", "2019-11-22", "2019-11-23"),
        ("Parliament votes next Monday.", "2019-11-25", "2019-11-26"),
        ("It burned early Tuesday.", "2019-11-19", "2019-11-19T06:00"),
        ("Early Tuesday morning blasts were heard.", "2019-11-19", "2019-11-19T06:00"),
        ("It burned Tuesday morning.", "2019-11-19T06:00", "2019-11-19T12:00"),
        ("It burned late Tuesday afternoon.", "2019-11-19T12:00", "2019-11-19T18:00"),
        ("It burned Tuesday night.", "2019-11-19T18:00", "2019-11-20T03:00"),
        ("in the early hours of Wednesday", "2019-11-20", "2019-11-20T06:00"),
        ("It burned last night.", "2019-11-19T18:00", "2019-11-20T06:00"),
        ("It burned overnight.", "2019-11-19T18:00", "2019-11-20T08:00"),
        ("It burned yesterday.", "2019-11-19", "2019-11-20"),
        ("It burned two days ago.", "2019-11-18", "2019-11-19"),
        ("Last week a strike hit.", "2019-11-10", "2019-11-18"),
        ("It burned in January 2019.", "2019-01-01", "2019-02-01"),
        ("It burned in 2018.", "2018-01-01", "2019-01-01"),
        ("In May, they marched.", "2019-05-01", "2019-06-01"),
        ("It fell at 4:52 a.m. on Tuesday.", "2019-11-19T04:52", "2019-11-19T04:53"),
        ("On Tuesday at 4:52 a.m. (0252 GMT) it fell.", "2019-11-19T02:52", "2019-11-19T02:53"),
        ("On Tuesday at around 5 p.m. EST it fell.", "2019-11-19T21:30", "2019-11-19T23:30"),
        ("At 9.30am on Saturday 14 March 2015", "2015-03-14T09:30", "2015-03-14T09:31"),
    ],
)
def test_a_time_is_read_beside_the_articles_date(sentence: str, first: str, last: str) -> None:
    assert read(sentence) == [(at(first), at(last))]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rockets may have been fired by Iran.",
        "They march 15 miles.",
        "The Sunday Times reported it, and USA Today.",
        "On Bloody Sunday",
        "A ratio of 3:15",
        "after 50 hours of clashes",
        "Flight 4U 9525",
        "",
    ],
)
def test_no_time_is_read_where_none_stands(sentence: str) -> None:
    assert read(sentence) == []


def test_a_weekday_in_one_sentence_can_be_past_and_to_come() -> None:
    assert read("Police said Tuesday that they will search homes Friday.") == [
        (at("2019-11-19"), at("2019-11-20")),
        (at("2019-11-22"), at("2019-11-23")),
    ]


def test_a_period_of_years_is_long() -> None:
    [(start, end)] = read("Israel has struck over the last several years.")
    assert start.year == 2012
    assert end == at("2019-11-21")


def test_without_the_articles_date_only_full_dates_are_read() -> None:
    assert when.find("On Tuesday, yesterday and Nov. 19", None) == []
    [(span, interval)] = when.find("On Nov. 19, 2019 it burned", None)
    assert (span.start, span.end) == (3, 16)
    assert (interval.start, interval.text) == (at("2019-11-19"), "Nov. 19, 2019")


def test_a_clock_time_alone_belongs_to_the_day_spoken_of_before() -> None:
    early = stretch("2019-11-19", "2019-11-19T06:00")
    assert read("Sirens went off at 4:52 a.m.", early) == [
        (at("2019-11-19T04:52"), at("2019-11-19T04:53"))
    ]
    night = stretch("2019-11-19T18:00", "2019-11-20T03:00")
    assert read("Sirens went off at 1:10 a.m.", night) == [
        (at("2019-11-20T01:10"), at("2019-11-20T01:11"))
    ]


def test_a_clock_time_with_no_day_before_is_only_a_guess() -> None:
    [(_, interval)] = when.find("Sirens went off at 4:52 a.m.", WEDNESDAY)
    assert interval.precise is False


def test_words_that_point_back_need_something_to_point_at() -> None:
    week = stretch("2019-11-10", "2019-11-18")
    day = stretch("2019-11-19", "2019-11-20")
    assert read("On the same day a strike killed him.") == []
    assert when.refers_back("On the same day a strike killed him.") is not None
    assert when.refers_back("A strike killed him.") is None
    assert read("On the same day a strike killed him.", week) == [(week.start, week.end)]
    assert read("He died two hours later.", stretch("2019-11-19T10:00", "2019-11-19T10:01")) == [
        (at("2019-11-19T11:30"), at("2019-11-19T12:31"))
    ]
    assert read("He died the next day.", day) == [(at("2019-11-20"), at("2019-11-21"))]


def test_a_time_of_saying_gives_way_to_the_time_of_the_event() -> None:
    sentence = "Police said on Wednesday that two men were shot on Monday."
    assert when.event_time(sentence, WEDNESDAY) == Interval(
        at("2019-11-18"), at("2019-11-19"), "Monday"
    )
    only = when.event_time("It was shot down, state media reported Tuesday night.", WEDNESDAY)
    assert only is not None
    assert only.start == at("2019-11-19T18:00")


def test_an_undated_sentence_inherits_but_never_a_period_of_years() -> None:
    night = stretch("2019-11-19T18:00", "2019-11-20T03:00")
    assert when.event_time("A fire broke out.", WEDNESDAY, night) == night
    years = stretch("2012-11-20", "2019-11-21")
    assert when.event_time("A fire broke out.", WEDNESDAY, years) is None


def test_early_tuesday_is_not_tuesday_night() -> None:
    [(_, early)] = when.find("early Tuesday", WEDNESDAY)
    [(_, night)] = when.find("Tuesday night", WEDNESDAY)
    assert when.hours_apart(early, night) == 12.0
    assert when.hours_apart(night, early) == 12.0
    assert when.hours_apart(night, when.whole_day(at("2019-11-19"))) == 0.0


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2019-11-20", "2019-11-20"),
        ("2019-11-20T10:00:00+02:00", "2019-11-20T08:00"),
        ("Tue, 19 Nov 2019 10:10:39 +0000", "2019-11-19T10:10:39"),
        ("Mon Nov 25 10:10:39 +0000 2019", "2019-11-25T10:10:39"),
        ("10:10 AM · Nov 25, 2019", "2019-11-25T10:10"),
        ("19 novembre 2019", "2019-11-19"),
        ("19 de noviembre de 2019", "2019-11-19"),
        ("19 ноября 2019 г.", "2019-11-19"),
        ("2019年11月19日", "2019-11-19"),
    ],
)
def test_dates_parse_in_several_languages(written: str, moment: str) -> None:
    assert when.parse(written) == at(moment)


@pytest.mark.parametrize("written", ["5/6/2015", "hello", "may", "", "yesterday", "2019-13-40"])
def test_what_is_no_date_or_an_ambiguous_one_parses_to_nothing(written: str) -> None:
    assert when.parse(written) is None


def test_a_relative_date_parses_beside_a_base_only() -> None:
    assert when.parse("yesterday", WEDNESDAY) == at("2019-11-19")
