"""Many articles, one line of JSON each, written as they are done; a killed batch goes on again.

A line is `{"item", "report", "seconds"}` (the report as `--format json` has it) or
`{"item", "error": {"kind", "reason"}}`. The output alone says what has been done: no line is
written twice, and nothing else is remembered.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from verify.batch import items as articles
from verify.batch import worker
from verify.batch.items import Item
from verify.batch.pool import Pool
from verify.batch.worker import Settings
from verify.errors import InputError

__all__ = ["ENGINES", "Item", "Running", "Settings", "Summary", "run"]

#: Seconds an article may take before it is given up.
TIMEOUT = 300.0
ENGINES = ("local", "ray")
#: Told how many articles are done.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Running:
    """How a batch is run: by how many workers, on what, and whether it takes an output up again."""

    workers: int = 1
    engine: str = "local"
    resume: bool = False
    timeout: float = TIMEOUT
    progress: Progress = lambda done: None


@dataclass
class Summary:
    """What stands in the output: `before` of its lines were there already; `verdicts` of all."""

    done: int = 0
    failed: int = 0
    before: int = 0
    seconds: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)

    def count(self, line: bytes | str) -> str:
        """Take a line in, and return the name of its item. Raises ValueError where it is none."""
        told = json.loads(line)
        name = told["item"]
        if not isinstance(name, str) or not ("report" in told or "error" in told):
            raise ValueError("no line of a batch")
        if "error" in told:
            self.failed += 1
        else:
            self.done += 1
            self.verdicts.update(told["report"]["counts"])
        return name


def run(
    source: str,
    output: str | Path,
    settings: Settings | None = None,
    running: Running | None = None,
    make: Callable[[Settings, int | None], worker.Check] = worker.make,
) -> Summary:
    """Check every article of a folder, list or web archive; write a line each to `output`.

    Raises InputError where there is nothing to check or `output` cannot be written, ModelError and
    ArchiveError where no article could be checked at all.
    """
    settings, running = settings or Settings(), running or Running()
    summary = Summary()
    begun = time.perf_counter()
    with _opened(Path(output), running.resume) as file:
        known = _taken_up(file, summary, output)
        summary.before = len(known)
        todo = (item for item in articles.find(source) if item.name not in known)
        for line in _lines(todo, settings, running, make):
            file.write(line.encode())
            file.flush()
            summary.count(line)
            running.progress(summary.done + summary.failed)
    summary.seconds = time.perf_counter() - begun
    return summary


def _lines(
    todo: Iterable[Item],
    settings: Settings,
    running: Running,
    make: Callable[[Settings, int | None], worker.Check],
) -> Iterator[str]:
    if running.engine == "ray":
        from verify.batch import on_ray

        return on_ray.run(partial(make, settings), todo, running.workers)
    threads = max(1, _cores() // running.workers)
    return Pool(partial(make, settings, threads), running.workers, running.timeout).run(todo)


@contextmanager
def _opened(output: Path, resume: bool) -> Iterator[BinaryIO]:
    """Open the output for this run alone. Raises InputError."""
    import fcntl

    if not resume and output.exists() and output.stat().st_size > 0:
        raise InputError(f"{output} exists: go on with it by --resume, or name another with -o")
    try:
        file = os.fdopen(os.open(output, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror}; name another -o") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(f"{output} is being written by another batch: wait for it") from error
        yield file
        file.flush()
        os.fsync(file.fileno())


def _taken_up(file: BinaryIO, summary: Summary, output: str | Path) -> set[str]:
    """Read what was done; cut off a last line that a kill left half written."""
    known: set[str] = set()
    whole = 0
    for number, line in enumerate(file, 1):
        if not line.endswith(b"\n"):
            break
        try:
            known.add(summary.count(line))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{output} line {number} is none of a batch: name another file with -o"
            ) from error
        whole += len(line)
    file.seek(whole)
    file.truncate()
    return known


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
