"""A batch on a Ray cluster, or on Ray on this machine: Ray Data, models loaded once per actor.

The lines are those of the local workers. Paths must be the same on every node; pages of web
archives travel with their content. The only module that knows Ray.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from verify.batch.items import Item
from verify.batch.worker import Check
from verify.errors import InputError, ModelError

#: Articles that go to an actor together: few, so that lines come early and a kill costs little.
TOGETHER = 4


class _Actor:
    """The check of one process of the cluster.

    Ray builds it in one thread and calls it in others; an archive's file is for one thread only.
    """

    def __init__(self, make: Callable[[int | None], Check]) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._check = self._thread.submit(make, 1).result()

    def __call__(self, row: dict[str, Any]) -> dict[str, str]:
        return {"line": self._thread.submit(self._check, Item(**row)).result()}


def run(make: Callable[[int | None], Check], items: Iterable[Item], workers: int) -> Iterator[str]:
    """Yield each article's line as its actor has done it. Raises InputError and ModelError."""
    rows = [asdict(item) for item in items]
    if not rows:
        return
    with _cluster() as ray:
        workers = min(workers, len(rows))
        blocks = max(workers, -(-len(rows) // TOGETHER))
        checked = ray.data.from_items(rows, override_num_blocks=blocks).map(
            _Actor,
            fn_constructor_args=(make,),
            compute=ray.data.ActorPoolStrategy(size=workers),
            num_cpus=_share(ray.cluster_resources().get("CPU", 1.0), workers),
        )
        try:
            for row in checked.iter_rows():
                yield row["line"]
        except ray.exceptions.RayError as error:
            reason = " ".join(str(error).split())[-300:]
            raise ModelError(f"Ray gave the batch up: {reason}") from error


def _share(cpus: float, workers: int) -> float:
    """Give the CPUs an actor holds: one, but never all of them, or Ray waits for itself forever."""
    spare = 1.0 if cpus > 1 else 0.5
    share = min(1.0, (cpus - spare) / workers)
    if share < 0.05:
        raise InputError(f"{workers} workers are too many for {cpus:g} CPUs: give fewer --workers")
    return int(share * 100) / 100


@contextmanager
def _cluster() -> Iterator[Any]:
    """Join the cluster that RAY_ADDRESS names, or the one that runs here; else start one."""
    try:
        import ray
        import ray.data
        import ray.exceptions
    except ImportError as error:
        raise InputError("--engine ray needs Ray: run `pip install 'verify[ray]'`") from error
    ours = not ray.is_initialized()
    if ours:
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield ray
    finally:
        if ours:
            ray.shutdown()
