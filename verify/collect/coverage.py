"""Which stretches of a timeline have been read, so that nothing is read twice and none is left out.

A timeline is the line of its post ids. Pure arithmetic on closed ranges of ids; it knows no
network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from verify.postid import EPOCH_MS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch not yet read, from `low` to `high`; `high` None: up to the newest post there is."""

    low: int
    high: int | None

    def holds(self, number: int) -> bool:
        """Tell whether an id lies in it."""
        return self.low <= number and (self.high is None or number <= self.high)


def first_id(since: datetime) -> int:
    """Return the least id that a post made at `since` or later can have."""
    return max(0, ((since - _EPOCH) // timedelta(milliseconds=1) - EPOCH_MS) << 22)


def holes(floor: int, ranges: Sequence[Range]) -> list[Hole]:
    """Return what is not read from `floor` on, the newest first."""
    found: list[Hole] = []
    high: int | None = None
    for low_read, high_read in sorted(ranges, reverse=True):
        if high is None or high >= high_read + 1:
            found.append(Hole(max(high_read + 1, floor), high))
        high = low_read - 1
        if high < floor:
            return found
    found.append(Hole(floor, high))
    return found


def add(ranges: Sequence[Range], new: Range) -> list[Range]:
    """Return the ranges with one more, those that touch joined."""
    joined: list[Range] = []
    for low, high in sorted([*ranges, new]):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined
