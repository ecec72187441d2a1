"""The time an X id carries, and whether an id can exist at all; it never asks X.

Since November 2010 an id holds its own creation time, in milliseconds, above its lowest 22 bits
("Snowflake", X's published scheme). Older ids were plain running numbers and tell no time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: Milliseconds from 1970 to the start of the scheme, 2010-11-04T01:42:54.657Z.
EPOCH_MS = 1_288_834_974_657
#: Ids below it were running numbers (the last of them, 4 November 2010).
FIRST_TIMED = 29_700_859_247
#: Clocks differ: an id may be this much ahead of ours before it is called impossible.
CLOCK_SLACK = timedelta(minutes=10)


def x_time(post_id: str | int) -> datetime | None:
    """Return when the X post with this id was made (UTC), None where the id does not tell."""
    number = _number(post_id)
    if number is None or number < FIRST_TIMED:
        return None
    milliseconds = (number >> 22) + EPOCH_MS
    return datetime.fromtimestamp(milliseconds // 1000, UTC).replace(
        microsecond=milliseconds % 1000 * 1000
    )


def is_plausible(post_id: str | int, now: datetime) -> bool:
    """Say whether an X post with this id can exist at `now`: a number, and not from the future."""
    number = _number(post_id)
    if number is None or number < 20:  # the first post of all has id 20
        return False
    made = x_time(number)
    return made is None or made <= now + CLOCK_SLACK


def _number(post_id: str | int) -> int | None:
    text = str(post_id).strip()
    if not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number < 1 << 63 else None
