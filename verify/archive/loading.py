"""Opens what `--archive` names: an archive, a PostgreSQL database, or a file of lines in memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verify.archive import lines
from verify.archive.store import Archive, Complete, Encoder
from verify.errors import InputError

if TYPE_CHECKING:
    from verify.archive.postgres import PostgresArchive

    Opened = Archive | PostgresArchive
else:
    Opened = Archive


def is_database(path: str | Path) -> bool:
    """Tell whether what `--archive` names is a database, no file."""
    return str(path).startswith(("postgresql:", "postgres:"))


def open_named(
    path: str | Path,
    *,
    readonly: bool = False,
    encoder_name: str | None = None,
    complete: Complete | None = None,
) -> Opened:
    """Open an archive, in a file or in PostgreSQL; one that is not there is made unless `readonly`.

    Raises ArchiveError.
    """
    if not is_database(path):
        return Archive.open(path, readonly=readonly, encoder_name=encoder_name, complete=complete)
    from verify.archive.postgres import PostgresArchive

    return PostgresArchive.open(
        str(path), readonly=readonly, encoder_name=encoder_name, complete=complete
    )


def open_any(
    path: str | Path,
    *,
    resolve: lines.Resolve,
    encoder: Encoder | None = None,
    complete: Complete | None = None,
) -> tuple[Opened, list[str]]:
    """Open an archive read-only, or load a JSONL or CSV file into memory.

    Also returns a warning for each line that could not be used. Raises ArchiveError or InputError;
    a file of which no line can be used is an InputError.
    """
    where = Path(path).expanduser()
    name = encoder.name if encoder else None
    if is_database(path) or where.suffix.lower() not in lines.SUFFIXES:
        return open_named(path, readonly=True, encoder_name=name, complete=complete), []
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
