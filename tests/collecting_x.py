"""An account of X on loopback, and a clock that goes on only when somebody sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from loopback import Loopback
from x_server import START, XServer, posts, user

from verify.archive import Archive
from verify.collect import keeping, x
from verify.collect.patience import Patience
from verify.collect.xapi import XApi
from verify.http import Secret
from verify.sources import Registry
from verify.state import State

NOW = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
WANTED = x.Wanted(START, most=10_000)
REGISTRY = Registry.load()


class Watch:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = NOW
        self.slept: list[float] = []
        self.said: list[str] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def patience(self) -> Patience:
        return Patience(self.sleep, lambda: self.time, self.said.append)


@contextmanager
def tools(
    folder: Path, server: Loopback, watch: Watch, token: str = "right", timeout: float = 5.0
) -> Iterator[x.Tools]:
    session = server.session(timeout=(timeout, timeout))
    with (
        State(folder / "state.db") as state,
        keeping.into(folder / "archive.db", state) as keep,
    ):
        api = XApi(Secret(token), session, watch.patience())
        yield x.Tools(api, state, REGISTRY, keep, watch.patience())


def run(
    folder: Path,
    answer: XServer,
    wanted: x.Wanted = WANTED,
    watch: Watch | None = None,
    timeout: float = 5.0,
) -> x.Outcome:
    with (
        Loopback(answer) as server,
        tools(folder, server, watch or Watch(), timeout=timeout) as made,
    ):
        found, missing = x.accounts(["IDF"], made)
        return x.collect(found[0], wanted, made) if found else missing[0]


def idf(count: int, **options: Any) -> XServer:
    return XServer(posts(count), {"18576537": user(count=count)}, **options)


def texts(folder: Path) -> list[str]:
    with Archive.open(folder / "archive.db", readonly=True) as archive:
        return [statement.text for statement in archive.all()]
