"""The local page served on a free port of loopback, for tests; what it checks with is passed in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from local_server import local_session
from small_encoder import SmallEncoder

from verify import pipeline, sources
from verify.http import Session
from verify.models import reader as readers
from verify.web import Engine, Places, build
from verify.web.app import Limits
from verify.web.server import listen


class Undecided:
    """A stance model that never takes a side."""

    name = "undecided"

    def probabilities(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        return np.tile(np.float32([0.1, 0.1, 0.8]), (len(pairs), 1))


def small_tools() -> pipeline.Tools:
    """Load the real reader and registry, with small stand-ins for the other models."""
    return pipeline.Tools(
        sources.Registry.load(),
        readers.load(),
        SmallEncoder(),  # type: ignore[arg-type]
        Undecided(),  # type: ignore[arg-type]
    )


def engine(
    folder: Path,
    load: Callable[[], pipeline.Tools] = small_tools,
    session: Callable[[], Session] = local_session,
) -> Engine:
    places = Places(folder / "archive.db", folder / "state.db", folder / "reports")
    return Engine(places, load, session)


def serving(made: Engine, **options: Any) -> AbstractContextManager[str]:
    """Serve the page of an engine; gives its address."""
    return running(build(made, **options))


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Serve an application; gives its address."""
    import uvicorn

    taken = listen("127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        taken.close()


__all__ = ["Limits", "engine", "running", "serving", "small_tools"]
