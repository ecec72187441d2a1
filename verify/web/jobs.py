"""Checks under way: so many at a time, so many waiting, each with its steps and its outcome.

It runs work handed to it in threads. Whatever goes wrong becomes the job's reason; it never ends
the program and never vanishes.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from verify.errors import FetchError, VerifyError

#: Told the name of each step as it begins.
Progress = Callable[[str], None]
#: Does the work and returns the id of the report it made.
Work = Callable[[Progress], str]
#: The steps of a check, in their order, for drawing those yet to come.
STEPS = (
    "Reading the article",
    "Loading the models",
    "Finding claims",
    "Searching statements",
    "Weighing statements",
    "Deciding",
)
KEPT = 200
_log = logging.getLogger(__name__)


@dataclass
class Job:
    """One check: the steps begun so far, then `report` (an id) or `reason`, and its status."""

    id: str
    steps: list[str] = field(default_factory=list)
    report: str | None = None
    reason: str | None = None
    status: int = 200
    future: Future[None] | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it has ended, well or not."""
        return self.report is not None or self.reason is not None

    def begin(self, step: str) -> None:
        """Note that a step has begun."""
        if step not in self.steps:
            self.steps.append(step)


class Jobs:
    """Runs at most `parallel` jobs at a time and lets at most `waiting` more wait."""

    def __init__(self, parallel: int = 2, waiting: int = 8) -> None:
        self._most = parallel + waiting
        self._pool = ThreadPoolExecutor(parallel, thread_name_prefix="check")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, work: Work) -> Job | None:
        """Start a job; None where too many are under way."""
        with self._lock:
            if sum(not job.is_done for job in self._jobs.values()) >= self._most:
                return None
            for old in [i for i, job in self._jobs.items() if job.is_done][:-KEPT]:
                del self._jobs[old]
            job = Job(secrets.token_urlsafe(12))
            self._jobs[job.id] = job
            job.future = self._pool.submit(_run, job, work)
            return job

    def get(self, ident: str) -> Job | None:
        """Return a job by its id, None where it is not known (any more)."""
        return self._jobs.get(ident)

    def close(self) -> None:
        """Let what runs end, and drop what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _run(job: Job, work: Work) -> None:
    try:
        job.report = work(job.begin)
    except VerifyError as error:
        job.status = _status(error)
        job.reason = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - the web request: whatever fails becomes its reason
        _log.exception("a check failed")
        job.status = 500
        job.reason = (
            "The check failed by a fault of this program; nothing was concluded. The terminal in "
            "which `verify serve` runs says more."
        )


def _status(error: VerifyError) -> int:
    if isinstance(error, FetchError):
        return 502
    return 422 if error.exit_code == 3 else 500
