"""When something happened: the times that a sentence of news names, as intervals of UTC.

Weekdays and parts of the day are read relative to the article's date; a bare date is the whole UTC
day. A stated zone (GMT, EST …) is converted; an unstated one is taken as UTC and nothing widened,
since an article and its officials share their clock. It never reads the machine's clock, and never
guesses a date where none stands.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from verify.values import Interval, Span
from verify.when import calendar, words
from verify.when.calendar import whole_day

__all__ = ["event_time", "find", "hours_apart", "parse", "refers_back", "whole_day"]

#: A longer interval is a period ("last week"): no clock time can be attached to it.
_PERIOD = timedelta(hours=49)
#: A still longer one ("over the last several years") dates its own sentence and no other.
_INHERITED = timedelta(days=31)

Found = tuple[Span, Interval]


def hours_apart(a: Interval, b: Interval) -> float:
    """Return the hours between two intervals, 0 where they overlap or touch."""
    gap = max(a.start - b.end, b.start - a.end)
    return max(0.0, gap.total_seconds() / 3600)


def refers_back(text: str) -> Span | None:
    """Return where a text points back to a time named before it ("on the same day"), if it does."""
    found = words.BACK.search(text)
    return Span(found.start(), found.end()) if found else None


def find(text: str, base: datetime | None, before: Interval | None = None) -> list[Found]:
    """Return the times that a sentence names, in reading order.

    `base` is the article's date; without it only full dates are read. `before` is the time of the
    sentence before it, to which "on the same day", "two hours later" and a clock time alone refer.
    """
    zone = base.tzinfo if base is not None else None
    return list(_found(text[:20_000], base, before, zone))


@lru_cache(maxsize=1024)
def _found(
    text: str, base: datetime | None, before: Interval | None, _zone: tzinfo | None
) -> tuple[Found, ...]:
    """Find them once: every claim of a sentence asks.

    One instant is equal in two zones: their own results are told apart by the zone.
    """
    days = _days(text, base)
    taken = [span for span, _ in days]
    periods = _free(_periods(text, base) + _backward(text, before), taken)
    parts = _parts(text, days, base, before)
    days = _refined(days, parts)
    clocks = _clocks(text, days, base, before)
    days = _refined(days, clocks)
    return tuple(sorted(days + periods, key=lambda f: (f[0].start, f[0].end)))


def event_time(
    text: str, base: datetime | None, inherited: Interval | None = None
) -> Interval | None:
    """Return when a sentence's event happened, the inherited time where it names none.

    A time beside a verb of saying ("said on Wednesday") is the saying's, and counts for the event
    only where the sentence names no other.
    """
    found = find(text, base, inherited)
    if not found:
        is_short = inherited is not None and inherited.end - inherited.start <= _INHERITED
        return inherited if is_short else None
    events = [
        f for f in found if not words.REPORTED.search(text[max(0, f[0].start - 60) : f[0].start])
    ]
    return min(events or found, key=lambda f: f[1].end - f[1].start)[1]


def _days(text: str, base: datetime | None) -> list[Found]:
    """Find the single days: dates, weekdays, yesterday and the like, the longest first."""
    found: list[Found] = [
        (Span(*match.span()), interval)
        for match in words.DATE.finditer(text)
        if (interval := calendar.of_date(match, base, _is_future(text, match.start())))
    ]
    if base is None:
        return found
    for match in words.WEEKDAY.finditer(text):
        if _is_in_name(text, match):
            continue
        beside = _date_beside(text, match, found)
        if beside is not None:
            found[beside] = (Span(match.start(), found[beside][0].end), found[beside][1])
            continue
        day = calendar.of_weekday(match, base, _is_future(text, match.start()))
        found.append((Span(*match.span()), whole_day(day, match[0])))
    found.extend(
        (Span(*match.span()), calendar.of_relative(match[0], base))
        for match in words.RELATIVE_DAY.finditer(text)
        if match[0].islower() or not _is_in_name(text, match)
    )
    return found


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a day's name is part of another name: "Bloody Sunday", "USA Today"."""
    return words.NO_DATE_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) is not None


def _date_beside(text: str, weekday: re.Match[str], dates: list[Found]) -> int | None:
    """Return the date that a weekday only introduces ("Tuesday, Nov. 19")."""
    for number, (span, _) in enumerate(dates):
        between = text[weekday.end() : span.start]
        if span.start >= weekday.end() and between.strip(" ,(").lower() in {"", "the", "on"}:
            return number
    return None


def _is_future(text: str, at: int) -> bool:
    """Tell whether the clause before a time speaks of what is still to come."""
    clause = re.split(r"[,;:.]\s|\bthat\b|\bafter\b|\bwhen\b", text[max(0, at - 90) : at])[-1]
    return words.FUTURE.search(clause) is not None


def _free(found: list[Found], taken: list[Span]) -> list[Found]:
    """Keep what overlaps nothing taken, and of two that overlap the one found first."""
    kept: list[Found] = []
    for span, interval in found:
        others = taken + [k[0] for k in kept]
        if all(span.end <= other.start or other.end <= span.start for other in others):
            kept.append((span, interval))
    return kept


def _periods(text: str, base: datetime | None) -> list[Found]:
    found: list[Found] = []
    for pattern in words.PERIODS:
        for match in pattern.finditer(text):
            future = _is_future(text, match.start())
            if (interval := calendar.of_period(match, base, future)) is not None:
                found.append((Span(*match.span()), interval))
    return found


def _backward(text: str, before: Interval | None) -> list[Found]:
    if before is None:
        return []
    return [(Span(*m.span()), calendar.of_reference(m, before)) for m in words.BACK.finditer(text)]


def _parts(
    text: str, days: list[Found], base: datetime | None, before: Interval | None
) -> list[tuple[Found, int | None]]:
    """Read parts of the day, each with the number of the day it stands beside, if any."""
    found: list[tuple[Found, int | None]] = []
    for match in words.PART.finditer(text):
        name = next(k for k, v in match.groupdict().items() if v)
        beside = _day_beside(text, match, days)
        if beside is not None:
            day = days[beside][1]
            if day.end - day.start == timedelta(days=1):
                _add_part(found, ((Span(*match.span()), calendar.part(day, name, base)), beside))
        elif not _is_inside(match, days) and words.STANDALONE_PART.search(
            text[max(0, match.start() - 12) : match.end()]
        ):
            if name in {"late", "night"} or (name == "early" and match[0].lower() == "early"):
                continue
            anchor = _anchor(before, base)
            if anchor is not None:
                found.append(((Span(*match.span()), calendar.part(anchor, name, base)), None))
    return found


def _add_part(found: list[tuple[Found, int | None]], new: tuple[Found, int | None]) -> None:
    """Add a part of a day; of two about one day ("early Tuesday morning") keep the meaning of both.

    "Early … morning" is the early hours; beside any other word "early" and "late" only shade it.
    """
    for number, ((span, interval), beside) in enumerate(found):
        if beside != new[1]:
            continue
        first, second = interval.text.split()[0], new[0][1].text.split()[0]
        is_shade = first == "late" or (first == "early" and second != "morning")
        kept = new[0][1] if is_shade else interval
        whole = Span(min(span.start, new[0][0].start), max(span.end, new[0][0].end))
        found[number] = ((whole, kept), beside)
        return
    found.append(new)


def _is_inside(match: re.Match[str], days: list[Found]) -> bool:
    return any(s.start <= match.start() and match.end() <= s.end for s, _ in days)


def _day_beside(text: str, match: re.Match[str], days: list[Found]) -> int | None:
    """Return the day that a part of the day belongs to: "early Tuesday", "Nov. 19 at night"."""
    for number, (span, _) in enumerate(days):
        if span.start >= match.end():
            between = text[match.end() : span.start]
        elif span.end <= match.start():
            between = text[span.end : match.start()]
        else:
            continue
        if re.fullmatch(r"[\s,]*(?:(?:in|on|at|of|the|local|time|during)\s*)*", between, re.I):
            return number
    return None


def _anchor(before: Interval | None, base: datetime | None) -> Interval | None:
    """Return the day that a part of the day or a clock time alone belongs to."""
    if before is not None:
        if before.end - before.start > _PERIOD:
            return None
        day = whole_day(before.start, before.text)
        return Interval(day.start, day.end, before.text, before.precise)
    if base is None:
        return None
    day = whole_day(base, "")
    return Interval(day.start, day.end, "", precise=False)


def _refined(days: list[Found], finer: list[tuple[Found, int | None]]) -> list[Found]:
    """Put each finer time in the place of the day it belongs to."""
    replaced = {number for _, number in finer if number is not None}
    kept = [day for number, day in enumerate(days) if number not in replaced]
    for (span, interval), number in finer:
        whole = span
        if number is not None and abs(days[number][0].start - span.start) < 60:
            other = days[number][0]
            whole = Span(min(span.start, other.start), max(span.end, other.end))
        kept.append((whole, interval))
    return sorted(kept, key=lambda f: f[0].start)


def _clocks(
    text: str, days: list[Found], base: datetime | None, before: Interval | None
) -> list[tuple[Found, int | None]]:
    """Read clock times, each on the nearest day of the sentence, else on the day inherited."""
    found: list[tuple[Found, int | None]] = []
    for match in words.CLOCK.finditer(text):
        if not _is_clock(text, match) or (_is_inside(match, days) and not match["half"]):
            continue
        number = min(
            (n for n, (_, day) in enumerate(days) if day.end - day.start < _PERIOD),
            key=lambda n: abs(days[n][0].start - match.start()),
            default=None,
        )
        anchor = days[number][1] if number is not None else _anchor_or_before(before, base)
        if anchor is None:
            continue
        if match["zone"] and found and text[found[-1][0][0].end : match.start()].strip() == "(":
            found.pop()  # "4:52 a.m. (0252 GMT)": the zone stated is the better one
        found.append(((Span(*match.span()), calendar.clock(match, anchor)), number))
    return found


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Tell a clock time from a ratio or a score: a bare 3:15 needs a word beside it to say so."""
    if match["half"] or match["zone"] or match["military"] or match["about"]:
        return True
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() :][:12]
    return bool(words.CLOCK_BEFORE.search(before) or words.CLOCK_AFTER.match(after))


def _anchor_or_before(before: Interval | None, base: datetime | None) -> Interval | None:
    if before is not None and before.end - before.start <= _PERIOD:
        return before
    return _anchor(before, base)


def parse(text: str, base: datetime | None = None) -> datetime | None:
    """Return the moment that a date written in one of several languages means, as UTC.

    ISO 8601, RFC 2822 and X's own forms are read directly, all else by dateparser. Without `base`
    a text needs day, month and year; an ambiguous 05/06/2015 is None, never a guess.
    """
    text = text.strip()[:120].replace("·", " ").strip("() ,.")
    for read in (_iso, _mail, _x_api):
        if (moment := read(text)) is not None:
            return moment if moment.tzinfo is None else moment.astimezone(UTC)
    numeric = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", text)
    if numeric and "/" in text and max(int(numeric[1]), int(numeric[2])) <= 12:
        return None if numeric[1] != numeric[2] else _by_dateparser(text, base)
    return _by_dateparser(text, base)


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _mail(text: str) -> datetime | None:
    if not re.match(r"[A-Za-z]{3}, \d", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _x_api(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")
    except ValueError:
        return None


def _by_dateparser(text: str, base: datetime | None) -> datetime | None:
    """Ask dateparser, the only place that does; its failures on odd input are "no date"."""
    if not any(c.isdigit() for c in text) and base is None:
        return None
    import dateparser

    settings: dict[str, object] = {"TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": True}
    settings["TO_TIMEZONE"] = "UTC"
    if base is None:
        settings["REQUIRE_PARTS"] = ["day", "month", "year"]
        settings["RELATIVE_BASE"] = datetime(2000, 1, 1)
    else:
        settings["RELATIVE_BASE"] = base.astimezone(UTC).replace(tzinfo=None)
    try:
        moment = dateparser.parse(text, settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return moment.astimezone(UTC) if moment is not None else None
