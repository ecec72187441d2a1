"""Where things are when no option says so: the archive of the one who runs the command."""

from __future__ import annotations

import os
from pathlib import Path

ARCHIVE_VARIABLE = "VERIFY_ARCHIVE"


def archive_path() -> Path:
    """Give the default archive: `$VERIFY_ARCHIVE`, else `verify/archive.db` in the XDG data folder.

    The file need not exist.
    """
    named = os.environ.get(ARCHIVE_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("verify", appauthor=False) / "archive.db"


def archive_to_read(given: str | None) -> str | None:
    """Give the archive that a check reads: the one named, else the default one if there is one."""
    if given is not None:
        return given
    path = archive_path()
    return str(path) if path.exists() or os.environ.get(ARCHIVE_VARIABLE) else None
