"""Where collectors put what they gathered: one archive, written in short transactions.

Vectors are made before the archive is locked, so that other runs never wait for a model. It never
changes a text: what is edited or withdrawn later stays, marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from verify.archive import Archive, provenance
from verify.archive.provenance import Fetch
from verify.collect.gathered import Gathered
from verify.state import State
from verify.text import normalise
from verify.values import Statement

if TYPE_CHECKING:
    import numpy as np


#: Two wordings at one address at least this alike are one statement before and after an edit.
#: Chosen by hand: a corrected figure or name leaves .9 and more, another paragraph .5 to .7.
SAME_WORDING = 0.8
#: Seconds to wait for another program's writing: a large file being added takes minutes.
PATIENCE = 600.0


class Encoder(Protocol):
    """What is needed of an encoder."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of unit length."""
        ...


class _Made:
    """An encoder of these texts only, whose vectors are there already."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self._vectors: dict[str, Any] = dict(zip(texts, encoder.encode(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        return np.stack([self._vectors[text] for text in texts])


class ArchiveKeeper:
    """Keeps what collectors gather in one open archive; for one thread."""

    def __init__(self, archive: Archive, load: Callable[[], Encoder] | None = None) -> None:
        """`load` gives the encoder when it is first needed; without it no vectors are made."""
        self.archive = archive
        self._load = load
        self._encoder: Encoder | None = None

    def __call__(self, gathered: Sequence[Gathered]) -> int:
        """Add statements, all or none; return how many are new."""
        if not gathered:
            return 0
        made = self._vectors(gathered)
        with provenance.together(self.archive):
            return self._add(gathered, made)

    def revise(self, url: str, gathered: Sequence[Gathered]) -> tuple[int, int]:
        """Add what an address says now, and mark what it says no more."""
        made = self._vectors(gathered)
        with provenance.together(self.archive):
            new = self._add(gathered, made)
            provenance.restore(self.archive, [g.statement for g in gathered])
            here = provenance.standing(self.archive, url, {g.how for g in gathered})
            said = {normalise(g.statement.text) for g in gathered}
            gone = [s for s in here if normalise(s.text) not in said]
            for earlier in gone:
                self._mark(earlier, gathered)
        return new, len(gone)

    def withdraw(self, url: str, at: datetime, reason: str) -> int:
        """Mark what was collected from an address as withdrawn."""
        here = provenance.standing(self.archive, url, {"feed", "page"})
        return provenance.withdraw(self.archive, [s.id for s in here], at, reason)

    def _add(self, gathered: Sequence[Gathered], made: _Made | None) -> int:
        added = self.archive.add([g.statement for g in gathered], made).added
        fetches = [(g.statement, Fetch(g.sha256, g.fetched_at, g.how)) for g in gathered]
        provenance.note(self.archive, fetches)
        for item in gathered:
            provenance.supersede(self.archive, item.replaces, item.statement)
        return added

    def _mark(self, earlier: Statement, gathered: Sequence[Gathered]) -> None:
        """Mark one statement as edited into the wording most like it, else as withdrawn."""
        likeness = [
            (SequenceMatcher(None, earlier.text, g.statement.text, False).quick_ratio(), n)
            for n, g in enumerate(gathered)
        ]
        best, number = max(likeness, default=(0.0, 0))
        if best >= SAME_WORDING:
            later = gathered[number].statement
            provenance.supersede(self.archive, [earlier.url or ""], later, earlier.id)
            return
        reason = "its address does not say it any more"
        provenance.withdraw(self.archive, [earlier.id], gathered[0].fetched_at, reason)

    def _vectors(self, gathered: Sequence[Gathered]) -> _Made | None:
        if self._load is None or not gathered:
            return None
        if self._encoder is None:
            self._encoder = self._load()
        return _Made(self._encoder, list(dict.fromkeys(g.statement.text for g in gathered)))


@contextmanager
def into(
    path: Path, state: State, load: Callable[[], Encoder] | None = None
) -> Iterator[ArchiveKeeper]:
    """Open or make an archive to collect into. Raises ArchiveError where it cannot be written."""
    with state.alone("open archive", is_patient=True):
        archive = Archive.open(path)
    provenance.wait_for_others(archive, PATIENCE)
    with archive:
        yield ArchiveKeeper(archive, load)
