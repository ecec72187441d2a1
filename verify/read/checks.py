"""What can be checked of an embedded post without asking its platform: times, ids, accounts.

Pure; a check never changes the post, and "unknown" says what is missing for a judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from verify.postid import is_plausible, x_time
from verify.read.found import Found
from verify.values import Check

#: A signature's date is the embedder's local day: any place on earth is within 14 hours of UTC.
_ZONE = timedelta(hours=14)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """The article's times: published, last modified, and the clock."""

    now: datetime
    published: datetime | None = None
    modified: datetime | None = None


def check(found: Found, marked: datetime | None, dates: Dates) -> tuple[Check, ...]:
    """Return the checks of one post; `marked` is the date that its markup shows."""
    told = x_time(found.post_id) if found.platform == "x" and found.post_id else None
    checks = [_text_present(found)]
    if found.platform == "x":
        checks.append(_id_plausible(found, dates.now))
        checks.append(_time_agrees(told, marked))
    checks.append(_not_later(told or marked, dates))
    if found.handle and found.signed:
        checks.append(_handle_agrees(found.handle, found.signed))
    return tuple(checks)


def _text_present(found: Found) -> Check:
    name = "text-present"
    if found.text:
        return Check(name, "pass", "the article carries the post's text")
    if found.placeholder:
        wording = " ".join(found.placeholder.split())[:120]
        return Check(name, "warn", f"only a placeholder stood here: “{wording}”")
    if found.placeholder == "":
        return Check(name, "warn", "the embed is empty: its text is not in the article")
    return Check(
        name, "unknown", "the embed is an address or a frame: its text is not in the article"
    )


def _id_plausible(found: Found, now: datetime) -> Check:
    name = "id-plausible"
    if not found.post_id:
        return Check(name, "unknown", "the article gives no id of the post")
    if is_plausible(found.post_id, now):
        return Check(name, "pass", f"{found.post_id} can be an id")
    made = x_time(found.post_id)
    if made:
        return Check(
            name, "fail", f"{found.post_id} would have been made on {made:%Y-%m-%d}, in the future"
        )
    return Check(name, "fail", f"{found.post_id} is no possible id")


def _time_agrees(told: datetime | None, marked: datetime | None) -> Check:
    name = "time-agrees"
    if told is None:
        return Check(name, "unknown", "the id tells no time")
    if marked is None:
        return Check(name, "unknown", "the markup shows no date")
    if marked - _ZONE <= told < marked + _DAY + _ZONE:
        return Check(
            name, "pass", f"the id's time {_utc(told)} fits the date shown, {marked:%Y-%m-%d}"
        )
    return Check(name, "fail", f"the id was made {_utc(told)}, the markup shows {marked:%Y-%m-%d}")


def _not_later(posted: datetime | None, dates: Dates) -> Check:
    name = "not-later-than-article"
    if posted is None:
        return Check(name, "unknown", "the post's time is not known")
    if dates.published is None:
        return Check(name, "unknown", "the article's date is not known")
    if posted <= dates.published:
        return Check(name, "pass", f"posted {_utc(posted)}, before the article")
    if posted < _end_of_day(dates.published):
        return Check(name, "pass", f"posted {_utc(posted)}, on the article's day")
    if dates.modified and posted <= dates.modified + _DAY:
        return Check(
            name,
            "warn",
            f"posted {_utc(posted)}, after the article appeared and before it was last changed",
        )
    return Check(
        name, "fail", f"posted {_utc(posted)}, after the article of {dates.published:%Y-%m-%d}"
    )


def _handle_agrees(handle: str, signed: str) -> Check:
    name = "handle-agrees"
    if handle.lower() == signed.lower() or handle.lower().startswith(f"{signed.lower()}@"):
        return Check(name, "pass", f"signature and address both name @{signed}")
    return Check(name, "warn", f"the signature names @{signed}, the address leads to @{handle}")


def _end_of_day(moment: datetime) -> datetime:
    """Return the end of the moment's day anywhere on earth: a bare date has no zone."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + _DAY + _ZONE


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
