"""Opens what `--archive` names: an archive, or a file of lines held in memory; never to write."""

from __future__ import annotations

from pathlib import Path

from verify.archive import lines
from verify.archive.store import Archive, Complete, Encoder
from verify.errors import InputError


def open_any(
    path: str | Path,
    *,
    resolve: lines.Resolve,
    encoder: Encoder | None = None,
    complete: Complete | None = None,
) -> tuple[Archive, list[str]]:
    """Open an archive read-only, or load a JSONL or CSV file into memory.

    Also returns a warning for each line that could not be used. Raises ArchiveError or InputError;
    a file of which no line can be used is an InputError.
    """
    where = Path(path).expanduser()
    name = encoder.name if encoder else None
    if where.suffix.lower() not in lines.SUFFIXES:
        return Archive.open(where, readonly=True, encoder_name=name, complete=complete), []
    read = list(lines.read(where, resolve))
    warnings = [f"{where} line {line.number}: {line.error}" for line in read if line.error]
    statements = [line.statement for line in read if line.statement]
    if read and not statements:
        raise InputError(f"{warnings[0]}; no other line holds a statement either: mend the file")
    archive = Archive.in_memory(complete)
    archive.add(statements, encoder)
    return archive, warnings


def default_path() -> Path:
    """Return where the archive is kept unless one is named: XDG's folder for a user's files."""
    import platformdirs

    return platformdirs.user_data_path("verify") / "archive.db"
