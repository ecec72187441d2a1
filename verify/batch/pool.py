"""Worker processes, each with its models loaded once, that work articles off as they come free.

A worker that dies or hangs costs the one article it had; another takes its place. It knows nothing
of what the work is.
"""

from __future__ import annotations

import itertools
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from verify.batch.items import Item
from verify.batch.worker import Check, failed
from verify.errors import ModelError, VerifyError

#: A fresh interpreter, which no thread of ours and no lock of a library's is copied into.
_processes = get_context("spawn")


@dataclass
class _Worker:
    process: Any
    connection: Connection
    item: Item | None = None
    since: float = 0.0
    is_ready: bool = False


class Pool:
    """Runs `make()`'s check in `count` processes; an article has `timeout` seconds."""

    def __init__(
        self,
        make: Callable[[], Check],
        count: int,
        timeout: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make, self._count, self._timeout, self._clock = make, count, timeout, clock
        self._workers: list[_Worker] = []
        self._waiting: Iterator[Item] = iter(())

    def run(self, items: Iterable[Item]) -> Iterator[str]:
        """Yield each article's line as it is done. Raises what `make` raises."""
        every = iter(items)
        first = list(itertools.islice(every, self._count))
        self._waiting = itertools.chain(first, every)
        try:
            for _ in first:
                self._start()
            while self._workers:
                yield from self._step()
        finally:
            for worker in self._workers:
                _end(worker)
            self._workers = []

    def _step(self) -> Iterator[str]:
        """Wait until something happens, and see to it."""
        busy = [w.since + self._timeout for w in self._workers if w.item is not None]
        patience = max(0.0, min(busy) - self._clock()) if busy else None
        answered = wait([worker.connection for worker in self._workers], patience)
        for worker in [w for w in self._workers if w.connection in answered]:
            yield from self._hear(worker)
        for worker in list(self._workers):
            if worker.item and self._clock() - worker.since >= self._timeout:
                reason = f"it took longer than {self._timeout:g} seconds and was given up"
                yield from self._replace(worker, "Timeout", reason)

    def _hear(self, worker: _Worker) -> Iterator[str]:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(10)
            code = worker.process.exitcode
            if not worker.is_ready:
                raise ModelError(
                    f"a worker ended while it was loading (exit code {code}): give fewer --workers"
                ) from None
            reason = f"its worker died (exit code {code}), perhaps for want of memory"
            yield from self._replace(worker, "Crash", reason)
            return
        if isinstance(answer, VerifyError):
            raise answer
        worker.is_ready = True
        worker.item = None
        if answer is not None:
            yield answer
        self._give(worker)

    def _replace(self, worker: _Worker, kind: str, reason: str) -> Iterator[str]:
        item = worker.item
        self._workers.remove(worker)
        _end(worker)
        if item is not None:
            yield failed(item, kind, reason)
        following = next(self._waiting, None)
        if following is not None:
            self._waiting = itertools.chain([following], self._waiting)
            self._start()

    def _start(self) -> None:
        ours, theirs = _processes.Pipe()
        process = _processes.Process(target=_serve, args=(theirs, self._make), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _give(self, worker: _Worker) -> None:
        """Send a worker its next article; end it where there is none."""
        item = next(self._waiting, None)
        if item is None:
            self._workers.remove(worker)
            _end(worker)
            return
        worker.item, worker.since = item, self._clock()
        try:
            worker.connection.send(item)
        except OSError:  # it died meanwhile: its silence is heard in the next step
            return


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.terminate()
    worker.process.join(5)
    if worker.process.exitcode is None:
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _serve(connection: Connection, make: Callable[[], Check]) -> None:
    """Be a worker: say when ready, then answer each article until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the batch itself is interrupted, and ends us
    try:
        check = make()
    except VerifyError as error:
        connection.send(error)
        return
    answers = deque[str | None]([None])
    try:
        while True:
            connection.send(answers.pop())
            answers.append(check(connection.recv()))
    except (EOFError, OSError):
        return
