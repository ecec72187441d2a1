"""Where collectors put what they gathered: one archive, written in short transactions.

Vectors are made before the archive is locked, so that other runs never wait for a model. It never
changes a text: what is edited or withdrawn later stays, marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from verify.archive import Archive, provenance
from verify.archive.provenance import Fetch
from verify.collect.gathered import Gathered, Keep
from verify.state import State

if TYPE_CHECKING:
    import numpy as np


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


@contextmanager
def into(path: Path, state: State, load: Callable[[], Encoder] | None = None) -> Iterator[Keep]:
    """Open or make an archive to collect into; `load` gives the encoder when it is first needed.

    Raises ArchiveError where the archive cannot be written.
    """
    with state.alone("open archive", is_patient=True):
        archive = Archive.open(path)
    encoder: Encoder | None = None

    def keep(gathered: Sequence[Gathered]) -> int:
        nonlocal encoder
        if not gathered:
            return 0
        if load is not None and encoder is None:
            encoder = load()
        statements = [item.statement for item in gathered]
        texts = list(dict.fromkeys(statement.text for statement in statements))
        made = _Made(encoder, texts) if encoder is not None else None
        with provenance.together(archive):
            added = archive.add(statements, made).added
            fetches = [(g.statement, Fetch(g.sha256, g.fetched_at, g.how)) for g in gathered]
            provenance.note(archive, fetches)
            for item in gathered:
                provenance.supersede(archive, item.replaces, item.statement)
        return added

    with archive:
        yield keep
