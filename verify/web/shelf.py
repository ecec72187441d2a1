"""Past reports, a JSON file each, in a folder only their owner can read.

A report is put there whole or not at all, under an id nobody can guess; no name from outside ever
becomes a path. It never changes a report.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from verify.errors import InputError
from verify.report import json as report_json
from verify.report import outline
from verify.text import fingerprint
from verify.values import Label, Report

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A past report, as the list of them shows it; `article` is what its article is known by."""

    id: str
    article: str | None
    title: str
    url: str | None
    created_at: datetime
    counts: dict[Label, int]


class Shelf:
    """The folder of past reports."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, report: Report) -> str:
        """Keep a report and return its id. Raises InputError where it cannot be written."""
        ident = f"{report.created_at:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
        shaped = report_json.to_json(report)
        # What the list shows, at hand for it; readers of reports ignore keys they do not know.
        shaped["shelf"] = {
            "title": outline.title(report),
            "article": fingerprint(report.article.text),
        }
        content = json.dumps(shaped, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=".new-", dir=self._folder)
            with os.fdopen(number, "wb") as file:
                file.write(content)
            Path(name).replace(self._path(ident))
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"the report cannot be kept in {self._folder}: {reason}") from error
        return ident

    def get(self, ident: str) -> Report | None:
        """Return a report, None where there is none of that id."""
        if not _ID.fullmatch(ident):
            return None
        try:
            return report_json.loads(self._path(ident).read_bytes())
        except FileNotFoundError:
            return None

    def entries(self, limit: int, skip: int = 0) -> list[Entry]:
        """Return past reports, newest first; a file that is none is passed over."""
        names = sorted((p.stem for p in self._folder.glob("*.json")), reverse=True)
        found = []
        for ident in [name for name in names if _ID.fullmatch(name)][skip : skip + limit]:
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                found.append(_entry(ident, json.loads(self._path(ident).read_bytes())))
        return found

    def remove(self, ident: str) -> bool:
        """Throw a report away; tells whether it was there."""
        if not _ID.fullmatch(ident):
            return False
        try:
            self._path(ident).unlink()
        except FileNotFoundError:
            return False
        return True

    def _path(self, ident: str) -> Path:
        return self._folder / f"{ident}.json"


def _entry(ident: str, shaped: dict[str, dict[str, str]]) -> Entry:
    article, counts, note = shaped["article"], shaped["counts"], shaped.get("shelf", {})
    return Entry(
        id=ident,
        article=note.get("article"),
        title=note.get("title") or article["title"] or "Untitled article",
        url=article["url"],
        created_at=datetime.fromisoformat(str(shaped["created_at"])),
        counts={label: int(counts[label]) for label in Label if counts.get(label)},
    )
