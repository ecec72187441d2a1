"""Where a command's result goes: standard output or a file, whole or not at all.

It asks the terminal for its width and whether it shows colour. It never draws anything itself.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from verify.errors import InputError

#: The exit code where whoever read our output left: 128 + SIGPIPE, as the shell has it.
READER_LEFT = 141


def width() -> int:
    """Give the terminal's width, 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def is_colourful() -> bool:
    """Tell whether standard output is a terminal that should be given colour."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def write(drawn: str | bytes, path: str | None) -> None:
    """Write a result to a file, or to standard output where `path` is None or "-".

    A file is replaced only when the whole result is on the disk. Raises `InputError` where it
    cannot be written.
    """
    content = drawn if isinstance(drawn, bytes) else drawn.encode("utf-8", "backslashreplace")
    if path is None or path == "-":
        _print(content)
        return
    try:
        _replace(Path(path), content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {path}: {reason}; give another place with -o") from error


def _print(content: bytes) -> None:
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered must not be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_LEFT)


def _replace(target: Path, content: bytes) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        target.write_bytes(content)
        return
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
