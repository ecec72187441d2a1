"""Work for the batch's tests in place of models; run as a script, a batch that can be killed."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from verify import batch
from verify.batch.items import Item
from verify.batch.worker import Check, guarded
from verify.errors import FetchError, ModelError


def report(item: Item) -> dict[str, Any]:
    """Do what the item's name says."""
    if "raises" in item.name:
        raise ValueError("a bug\nin two lines")
    if "refused" in item.name:
        raise FetchError(f"{item.source}: the server answers 404", 404)
    if "dies" in item.name:
        os._exit(9)
    if "hangs" in item.name:
        time.sleep(600)
    if "slow" in item.name:
        time.sleep(0.05)
    size = len(item.content or b"")
    return {"counts": {"confirmed": 1}, "by": os.getpid(), "size": size, "on": item.published}


def make(settings: batch.Settings, threads: int | None = None) -> Check:
    """Give the work above; a worker that is to die while loading is told so by its encoder."""
    if settings.encoder == "missing":
        raise ModelError("the encoder missing cannot be loaded: install it")
    if settings.encoder == "deadly":
        os._exit(3)
    return guarded(report)


if __name__ == "__main__":
    batch.run(sys.argv[1], sys.argv[2], None, batch.Running(workers=2, resume=True), make)
