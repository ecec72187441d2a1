"""What a worker of a batch does: the models loaded once, then one article in, one line out.

Whatever goes wrong with an article is its line's reason, never the end of the batch. It writes no
file and knows nothing of other workers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from verify.batch.items import Item
from verify.errors import InputError, VerifyError
from verify.values import Article

#: Line ends beside "\n" for some readers of lines; inside JSON they may stand escaped.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}

#: Checks one article and gives its line: everything that is shown of it.
Check = Callable[[Item], str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How every article of a batch is checked; as `verify check` has it."""

    archive: str | None = None
    as_of: datetime | None = None
    encoder: str | None = None
    stance_model: str | None = None
    offline: bool = False


class Reports:
    """Makes reports as JSON, with models and archive held ready. Raises VerifyError."""

    def __init__(self, settings: Settings, threads: int | None = None) -> None:
        from verify import pipeline
        from verify.http import Session
        from verify.models.runtime import Use

        self._as_of = settings.as_of
        self._session = Session(offline=settings.offline)
        use = Use(threads)
        self._tools = pipeline.load(settings.encoder, settings.stance_model, use=use)
        self._opened = ExitStack()  # open for as long as this lives
        self._archive, self._remarks = self._opened.enter_context(
            pipeline.opened(settings.archive, self._tools)
        )

    def __call__(self, item: Item) -> dict[str, Any]:
        """Read and check one article."""
        from verify import pipeline
        from verify.report import json as as_json

        report = pipeline.check(
            self._read(item), tools=self._tools, archive=self._archive, as_of=self._as_of
        )
        return as_json.to_json(replace(report, warnings=(*report.warnings, *self._remarks)))

    def _read(self, item: Item) -> Article:
        from verify.read import article as reader
        from verify.when import parse

        published = None
        if item.published:
            published = parse(item.published)
            if published is None:
                raise InputError(f"{item.name}: {item.published!r} is no date")
        if item.content is None:
            return reader.read(item.source, session=self._session, published=published)
        return reader.read_bytes(
            item.content, url=item.source, content_type=item.content_type, published=published
        )


def make(settings: Settings, threads: int | None = None) -> Check:
    """Load the models and open the archive; give the check. Raises VerifyError.

    `threads` is how many a model computes with.
    """
    return guarded(Reports(settings, threads))


def guarded(report: Callable[[Item], dict[str, Any]]) -> Check:
    """Give a check that never raises: what goes wrong becomes the line's `error`."""

    def check(item: Item) -> str:
        begun = time.perf_counter()
        try:
            if item.reason is not None:
                raise InputError(item.reason)
            found: dict[str, Any] = {"report": report(item)}
        except VerifyError as error:
            found = _error(error)
        except Exception as error:  # noqa: BLE001  (the batch worker)
            found = _error(error, "a fault of this program")
        return line(item, found | {"seconds": round(time.perf_counter() - begun, 3)})

    return check


def line(item: Item, found: dict[str, Any]) -> str:
    """Write one line of the output, its end included."""
    text = json.dumps({"item": item.name} | found, ensure_ascii=False)
    text = text.encode("utf-8", "backslashreplace").decode()  # lone surrogates, as JSON has them
    return text.translate(_LINE_ENDS) + "\n"


def failed(item: Item, kind: str, reason: str) -> str:
    """Write the line of an article whose worker could not."""
    return line(item, {"error": {"kind": kind, "reason": reason}})


def _error(error: Exception, what: str = "") -> dict[str, Any]:
    reason = " ".join(str(error).split())
    told = f"{what}: {type(error).__name__}: {reason}" if what else reason
    return {"error": {"kind": type(error).__name__, "reason": told}}
