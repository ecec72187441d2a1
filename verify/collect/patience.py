"""How a run waits: for a rate limit, between tries, between pages; the clock is passed in.

It never waits by itself without saying so, and never for longer than it was asked to.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

#: A long wait is told again after this many seconds.
_TELL_EVERY = 30.0


def _silent(line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """The clock, the way to wait, and whom to tell: `say` gets one line at a time."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    say: Callable[[str], None] = _silent

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def wait(self, seconds: float, why: str) -> None:
        """Wait, and tell why and how long it will still take."""
        left = seconds
        while left > 0:
            self.say(f"{why}: {_spelt(left)} left")
            step = min(left, _TELL_EVERY)
            self.sleep(step)
            left -= step


def _spelt(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"
