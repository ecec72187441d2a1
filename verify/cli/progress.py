"""Progress on standard error: one line that rewrites itself, on a terminal, after half a second.

It also remembers how long each step took, for `--profile`. It never writes to standard output.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

QUIET_SECONDS = 0.5


class Steps:
    """A callable `(step, done, total)` that shows where a long run is."""

    def __init__(
        self,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._stream = stream or sys.stderr
        self._shown = not quiet and self._stream.isatty()
        self._clock = clock
        self._begun = clock()
        self._step: str | None = None
        self._since = self._begun
        self._dirty = False
        self.seconds: dict[str, float] = {}

    def __call__(self, step: str, done: int = 0, total: int | None = None) -> None:
        """Note that `step` is going on, `done` of `total` parts of it finished."""
        now = self._clock()
        if step != self._step:
            self._close(now)
            self._step, self._since = step, now
        if self._shown and now - self._begun >= QUIET_SECONDS:
            count = f" {done} of {total}" if total else f": {done}" if done else ""
            self._stream.write(f"\r\x1b[K{step}{count} …")
            self._stream.flush()
            self._dirty = True

    def finish(self) -> None:
        """End the last step and clear the line."""
        self._close(self._clock())
        self._step = None
        if self._dirty:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._dirty = False

    def _close(self, now: float) -> None:
        if self._step is not None:
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since

    def profile(self) -> str:
        """Write how long each step took, the longest first, one a line."""
        rows = sorted(self.seconds.items(), key=lambda row: -row[1])
        total = self._clock() - self._begun
        lines = [f"{seconds:8.3f} s  {step}" for step, seconds in rows]
        return "\n".join([*lines, f"{total:8.3f} s  in all"])
