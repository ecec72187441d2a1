"""From what stands on the command line to an article: a file, an address, or standard input.

It passes options on to the reader and never reads a format itself.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from verify.errors import InputError
from verify.values import Article, Report

#: A date or a time as options take it; without a zone it is UTC.
DATE = click.DateTime(
    ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"]
)


def in_utc(time: datetime | None) -> datetime | None:
    """Give a time from the command line in UTC."""
    if time is None:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def article(source: str, published: datetime | None = None, offline: bool = False) -> Article:
    """Read the article at a path or address, or from standard input for "-"."""
    from verify.http import Session
    from verify.read import article as reader

    return reader.read(source, session=Session(offline=offline), published=in_utc(published))


def text(path: Path) -> str:
    """Read a text file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise InputError(f"cannot read {path}: {reason}") from error


def report(path: str) -> Report:
    """Read a saved JSON report from a file, or from standard input for "-"."""
    from verify.report import json

    if path == "-":
        return json.loads(sys.stdin.buffer.read())
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot read {path}: {reason}; give a report saved as JSON") from error
    return json.loads(content)
