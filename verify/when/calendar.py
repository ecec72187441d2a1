"""What a matched time word means beside an article's date: the arithmetic of days and hours.

It reads only matches of the patterns in `words`, and never the machine's clock.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from verify.values import Interval
from verify.when import words

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def whole_day(day: date | datetime, text: str = "") -> Interval:
    """Return the whole UTC day of a date; of a moment, the day it falls on in UTC."""
    if isinstance(day, datetime):
        day = (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone(UTC).date()
    start = datetime.combine(day, time(), UTC)
    return Interval(start, start + _DAY, text)


def _utc_day(base: datetime) -> date:
    return (base if base.tzinfo else base.replace(tzinfo=UTC)).astimezone(UTC).date()


def _days(first: date, end: date, text: str) -> Interval:
    """Return the interval from the first day's start to the last day's start, exclusive."""
    return Interval(whole_day(first).start, whole_day(end).start, text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_date(match: re.Match[str], base: datetime | None, future: bool) -> Interval | None:
    """Return the day or days of a written date; a missing year is the one nearest in the past."""
    if match["iso"]:
        year, month, day = map(int, re.split("[-/]", match["iso"]))
    elif match["dotted"]:
        day, month, year = map(int, match["dotted"].split("."))
    elif match["slashed"]:
        first, second, year = map(int, match["slashed"].split("/"))
        if first <= 12 and second <= 12 and first != second:
            return None  # 05/06/2015 is May here and June there
        month, day = (first, second) if first <= 12 else (second, first)
    else:
        return _of_named_month(match, base, future)
    found = _date(year, month, day)
    return whole_day(found, match[0]) if found else None


def _of_named_month(match: re.Match[str], base: datetime | None, future: bool) -> Interval | None:
    form = "1" if match["m1"] else "2"
    month = _month(match["m" + form])
    day, last = (int(re.sub(r"\D", "", g)) if (g := match[k + form]) else None for k in ("d", "e"))
    assert day is not None
    if match["y" + form]:
        found = _date(int(match["y" + form]), month, day)
    else:
        found = _nearest_year(month, day, base, future)
    if found is None:
        return None
    end = _date(found.year, month, last) if last and last > day else found
    return _days(found, (end or found) + _DAY, match[0])


def _month(name: str) -> int:
    return words.MONTHS[name.rstrip(".").lower()]


def _nearest_year(month: int, day: int, base: datetime | None, future: bool) -> date | None:
    if base is None:
        return None
    today = _utc_day(base)
    dates = [d for y in (-1, 0, 1) if (d := _date(today.year + y, month, day))]
    if future:
        return next((d for d in dates if d >= today), None)
    # A day's grace: an article dated in one zone may speak of a day begun in another.
    past = [d for d in dates if d <= today + _DAY]
    return past[-1] if past else None


def of_weekday(match: re.Match[str], base: datetime, future: bool) -> date:
    """Return the weekday meant: the latest one up to the article's day, or the next one to come."""
    wanted = words.WEEKDAYS[match["weekday"].lower()]
    today = _utc_day(base)
    which = (match["which"] or "").lower()
    back = (today.weekday() - wanted) % 7
    if which in {"next", "coming"} or (which == "this" and future):
        return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    if which in {"last", "past"}:
        return today - timedelta(days=back or 7)
    if future:
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    return today - timedelta(days=back)


def of_relative(text: str, base: datetime) -> Interval:
    """Return the interval of "yesterday", "tonight", "last night" and the like."""
    word = " ".join(text.lower().split())
    shift = {"yesterday": -1, "tomorrow": 1, "last night": -1, "the day before yesterday": -2}
    day = whole_day(_utc_day(base) + timedelta(days=shift.get(word, 0)), text)
    if word == "last night":
        return Interval(day.start + 18 * _HOUR, day.start + 30 * _HOUR, text)
    if word == "tonight":
        return Interval(day.start + 17 * _HOUR, day.start + 30 * _HOUR, text)
    if word.startswith("this "):
        first = 0 if word == "this morning" else words.PARTS[word[5:]][0]
        return Interval(
            day.start + first * _HOUR, day.start + words.PARTS[word[5:]][1] * _HOUR, text
        )
    return day


def part(day: Interval, name: str, base: datetime | None) -> Interval:
    """Return a part of a whole day; "overnight" on the article's own day is the night before."""
    text = f"{name} {day.text}".strip()
    if name == "overnight":
        is_today = base is not None and _utc_day(base) == day.start.date()
        start = day.start + (-6 if is_today or not day.text else 18) * _HOUR
        return Interval(start, start + 14 * _HOUR, text, day.precise)
    first, last = words.PARTS[name]
    return Interval(day.start + first * _HOUR, day.start + last * _HOUR, text, day.precise)


def clock(match: re.Match[str], anchor: Interval) -> Interval:
    """Return a clock time on the day of the anchor, whichever of its days lies nearest to it."""
    hour, minute, exact = _hour_and_minute(match)
    shift = words.ZONES.get((match["zone"] or "").lower(), 0.0) + float(match["shift"] or 0)
    first = whole_day(anchor.start).start
    times = [
        first + timedelta(days=d, hours=hour - shift, minutes=minute)
        for d in range((anchor.end - _HOUR / 60 - first) // _DAY + 1)
    ]
    start = min(times, key=lambda t: max(anchor.start - t, t - anchor.end, timedelta()))
    width = timedelta(minutes=1) if exact else timedelta(hours=1)
    if match["about"]:
        start, width = start - _HOUR / 2, width + _HOUR
    return Interval(start, start + width, match[0].strip(), anchor.precise)


def _hour_and_minute(match: re.Match[str]) -> tuple[int, int, bool]:
    if match["military"]:
        return int(match["military"][:2]), int(match["military"][2:]), True
    if match["h24"]:
        return int(match["h24"]), int(match["m24"]), True
    hour = int(match["h12"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    return hour, int(match["m12"] or 0), match["m12"] is not None


def of_period(match: re.Match[str], base: datetime | None, future: bool) -> Interval | None:
    """Return a longer stretch: "last week", "in January 2019", "over the last several years"."""
    group = {k: v for k, v in match.groupdict().items() if v}
    if "month_year" in group:
        return _month_of(int(group["month_year"]), _month(group["month_y"]), group, match[0])
    if "year" in group:
        year = int(group["year"])
        return _staged(_days(date(year, 1, 1), date(year + 1, 1, 1), match[0]), group)
    if base is None:
        return None
    today = _utc_day(base)
    end = today + _DAY
    if "month" in group:
        return _bare_month(group, today, future, match[0])
    if "since" in group:
        return _since(group, today, match[0])
    if "decades" in group:
        years = 10 if group["decades"].lower().endswith("decade") else 30
        return _days(end - timedelta(days=round(365.25 * years)), end, match[0])
    if "rel" in group:
        return _of_calendar_unit(group["rel"].lower(), group["unit"].lower(), today, match[0])
    if "ago_n" in group:
        return _ago(group, base, match[0])
    hours = _count(group.get("span_n", "several" if match[0].lower().endswith("s") else "one"))
    lapse = timedelta(hours=hours * words.UNIT_HOURS[group["span_u"].lower()])
    if lapse <= 2 * _DAY:
        return Interval(whole_day(end).start - lapse - _DAY, whole_day(end).start, match[0])
    return Interval(whole_day(end).start - lapse, whole_day(end).start, match[0])


def _count(text: str) -> int:
    words_in = text.lower().split()
    if words_in[0].isdigit():
        return int(words_in[0])
    return max(words.COUNTS.get(word, 1) for word in words_in)


def _month_of(year: int, month: int, group: dict[str, str], text: str) -> Interval:
    after = date(year + month // 12, month % 12 + 1, 1)
    return _staged(_days(date(year, month, 1), after, text), group)


def _staged(whole: Interval, group: dict[str, str]) -> Interval:
    """Narrow a month or year to its early, middle or late part, generously."""
    length = whole.end - whole.start
    first, last = {"early": (0.0, 0.45), "mid": (0.25, 0.75), "late": (0.55, 1.0)}.get(
        group.get("stage", group.get("mid", "")).lower(), (0.0, 1.0)
    )
    start = whole.start + length * first
    return Interval(start, whole.start + length * last, whole.text)


def _bare_month(group: dict[str, str], today: date, future: bool, text: str) -> Interval:
    month = _month(group["month"])
    year = today.year
    if future and month < today.month:
        year += 1
    elif not future and (month > today.month or ("last " in text.lower() and month == today.month)):
        year -= 1
    return _month_of(year, month, group, text)


def _since(group: dict[str, str], today: date, text: str) -> Interval | None:
    if "since_y" not in group and "since_m" not in group:
        return None
    month = _month(group["since_m"]) if "since_m" in group else 1
    year = int(group["since_y"]) if "since_y" in group else today.year - (month > today.month)
    start = date(year, month, 1)
    return _days(start, max(today + _DAY, start + _DAY), text)


def _of_calendar_unit(rel: str, unit: str, today: date, text: str) -> Interval:
    step = 1 if rel == "next" else 0 if rel == "this" else -1
    monday = today - timedelta(days=today.weekday())
    if unit == "weekend":
        saturday = monday + timedelta(days=5 + 7 * (step if step else -(today.weekday() < 4)))
        return _days(saturday - _DAY, saturday + 2 * _DAY, text)
    if unit == "week":  # from Sunday to Sunday: both ways of counting weeks are in it
        start = monday + timedelta(days=7 * step)
        end = start + timedelta(days=7)
        if text.lower().startswith("earlier"):
            end = today + _DAY
        return _days(start - _DAY, end, text)
    if unit == "month":
        number = today.year * 12 + today.month - 1 + step
        return _month_of(number // 12, number % 12 + 1, {}, text)
    return _days(date(today.year + step, 1, 1), date(today.year + step + 1, 1, 1), text)


def _ago(group: dict[str, str], base: datetime, text: str) -> Interval | None:
    unit = group.get("ago_u", group["ago_n"].rstrip("s")).lower()
    if unit not in words.UNIT_HOURS:
        return None
    hours = words.UNIT_HOURS[unit]
    moment = base if base.tzinfo else base.replace(tzinfo=UTC)
    if "ago_u" not in group:  # "hours ago", "weeks ago"
        return Interval(moment - timedelta(hours=hours * 12), moment, text)
    then = moment - timedelta(hours=hours * _count(group["ago_n"]))
    if hours >= 24:
        slack = timedelta(hours=hours / 3 if hours > 24 else 0)
        return Interval(whole_day(then - slack).start, whole_day(then + slack).end, text)
    if moment.time() == time():  # the article's date has no hour: the day must do
        return Interval(then - _DAY / 24, whole_day(moment).end, text)
    return Interval(then - hours * _HOUR, then + hours * _HOUR, text)


def of_reference(match: re.Match[str], before: Interval) -> Interval:
    """Return what "on the same day" or "two hours later" means after a time already named."""
    is_period = before.end - before.start > 2 * _DAY
    if match["same"]:
        if is_period or "time" in match[0].lower():
            return Interval(before.start, before.end, match[0], before.precise)
        day = whole_day(before.start)
        word = match[0].lower().split()[-1]
        if word in words.PARTS:
            return replace(part(day, word, None), text=match[0], precise=before.precise)
        return Interval(day.start, max(day.end, before.end), match[0], before.precise)
    if match["next"] or match["previous"]:
        step = _DAY if match["next"] else -_DAY
        day = whole_day((before.start if not is_period else before.end - _DAY) + step)
        return Interval(
            min(day.start, before.start + step), max(day.end, before.end + step), match[0],
            before.precise,
        )  # fmt: skip
    unit = timedelta(hours=words.UNIT_HOURS[match["later_u"].lower()])
    sign = -1 if match["later"].lower() == "earlier" else 1
    low, high = (1, 12) if not match["later_n"] else (_count(match["later_n"]),) * 2
    if low == high:
        return Interval(
            before.start + sign * low * unit - unit / 2, before.end + sign * high * unit + unit / 2,
            match[0], before.precise,
        )  # fmt: skip
    first, last = sorted((before.start + sign * unit, before.end + sign * high * unit))
    return Interval(first, last, match[0], before.precise)
