"""Copies one archive into another: from SQLite to PostgreSQL, and back.

Statements keep their words, dates and vectors, edits their order. How a statement was fetched, and
whether it was withdrawn, is not copied. The source is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from verify.archive import provenance, rows
from verify.archive.loading import Opened, open_named
from verify.archive.store import AddResult, Archive
from verify.values import Statement

Progress = Callable[[int], None]


class _Known:
    """An encoder of texts whose vectors another archive has made."""

    def __init__(self, name: str, vectors: dict[str, np.ndarray]) -> None:
        self.name = name
        self.dimension = len(next(iter(vectors.values()), ()))
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vectors[text] for text in texts])


def copy(source: str, target: str, progress: Progress | None = None) -> AddResult:
    """Add every statement of one archive to another, which is made if need be.

    Each chunk is added whole; a copy that was broken off can simply be run again. Raises
    ArchiveError.
    """
    added = known = superseded = 0
    with (
        open_named(source, readonly=True, complete=_as_it_is) as old,
        open_named(target, readonly=False, complete=_as_it_is) as new,
    ):
        new.check_encoder(old.encoder_name)
        edits: list[tuple[str, str]] = []
        for chunk in _chunks(old):
            result = _add(chunk, old, new)
            added += result.added
            known += result.known
            superseded += result.superseded
            edits += _edits(chunk, old)
            if progress:
                progress(len(chunk))
        _link(new, edits)
    return AddResult(added, known, max(superseded, len(edits)))


def _as_it_is(statement: Statement) -> Statement:
    return statement


def _chunks(archive: Opened) -> Iterator[list[Statement]]:
    ids = sorted((s.id for s in archive.all()), key=lambda ident: rows.number_of(ident) or 0)
    for chunk in rows.chunks(ids, 1000):
        yield archive.get(chunk)


def _add(chunk: Sequence[Statement], old: Opened, new: Opened) -> AddResult:
    """Add statements in their order, with the vectors they have."""
    vectors = old.vectors([statement.id for statement in chunk])
    known = _Known(
        old.encoder_name or "", {s.text: vectors[s.id] for s in chunk if s.id in vectors}
    )
    results = [
        new.add(run, known if has_vector else None)
        for has_vector, run in groupby(chunk, key=lambda statement: statement.id in vectors)
    ]
    return AddResult(
        *(sum(getattr(r, name) for r in results) for name in ("added", "known", "superseded"))
    )


def _edits(chunk: Sequence[Statement], old: Opened) -> list[tuple[str, str]]:
    later = {s.id: s for s in old.get({s.superseded_by for s in chunk if s.superseded_by})}
    return [
        (rows.key(s), rows.key(later[s.superseded_by]))
        for s in chunk
        if s.superseded_by and s.superseded_by in later
    ]


def _link(archive: Any, pairs: Sequence[tuple[str, str]]) -> None:
    """Mark what is superseded, given pairs of keys: the earlier, the later."""
    if not isinstance(archive, Archive):
        archive.link(pairs)
        return
    with provenance.together(archive):
        archive._db.conn.executemany(
            "UPDATE statements SET superseded_by = (SELECT id FROM statements WHERE key = ?) "
            "WHERE key = ?",
            [(later, earlier) for earlier, later in pairs],
        )
