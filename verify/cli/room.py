"""What several commands open alike: the archive and what lies beside it, the session, X.

A session handed to the command line from within a program goes before a new one: that is how tests
lead it to a server of theirs. No option or variable does that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.progress import Steps

if TYPE_CHECKING:
    from verify.collect.gathered import Outcome, Tools
    from verify.collect.patience import Patience
    from verify.http import Session

ARCHIVE = click.option(
    "--archive", metavar="PATH", help="The archive; by default in XDG's data folder."
)
ENCODER = click.option("--encoder", metavar="MODEL", help="Sentence encoder: a name or a folder.")
OFFLINE = click.option("--offline", is_flag=True, help="Never open the network.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")


def archive_path(given: str | Path | None) -> Path:
    """Give the archive that is meant: the one named, else the default one."""
    from verify.archive import default_path

    return Path(given).expanduser() if given else default_path()


def state_path(archive: str | Path | None) -> Path:
    """Give where the state of an archive is: beside it; for a file of lines and for a database,
    with the default's.
    """
    from verify.archive import is_database
    from verify.archive.lines import SUFFIXES
    from verify.state import beside

    if archive is not None and is_database(archive):
        return beside(archive_path(None))
    path = archive_path(archive)
    return beside(archive_path(None) if path.suffix.lower() in SUFFIXES else path)


def session(offline: bool = False) -> Session:
    """Give the session that was handed in, else a new one."""
    from verify.http import Session

    context = click.get_current_context(silent=True)
    handed = context.find_object(Session) if context else None
    return handed if handed is not None and not offline else Session(offline=offline)


def patience(steps: Steps) -> Patience:
    """Give the machine's clock, waits shown as progress."""
    from verify.collect.patience import Patience

    return Patience(say=steps)


@contextmanager
def collecting(archive: str | Path | None, chosen: dict[str, Any]) -> Iterator[Tools]:
    """Open what a collector needs; `chosen` holds `encoder`, `quiet`, `offline`, `sources`."""
    from verify.collect import keeping
    from verify.collect.gathered import Tools
    from verify.models import encoder as encoders
    from verify.sources import Registry
    from verify.state import State

    path = archive_path(archive)
    own = chosen.get("sources")
    registry = Registry.load(own) if own else Registry.load()
    steps = Steps(chosen["quiet"])
    try:
        with (
            State(state_path(path)) as state,
            keeping.into(path, state, lambda: encoders.load(chosen["encoder"])) as keep,
        ):
            yield Tools(session(chosen["offline"]), state, registry, keep, patience(steps))
    finally:
        steps.finish()


def tell(outcomes: list[Outcome], archive: Path | None) -> int:
    """Say what came of each source, failures on standard error; give the exit code."""
    from verify.text import visible

    for one in outcomes:
        if one.failure is not None:
            click.echo(f"verify: {visible(one.name)}: {visible(one.failure)}", err=True)
        if one.failure is None or one.read:
            notes = "".join(f"; {visible(note)}" for note in one.notes)
            click.echo(f"{visible(one.name)}: {one.read} read, {one.new} new{notes}")
    failed = sum(one.failure is not None for one in outcomes)
    if len(outcomes) > 1:
        new = sum(one.new for one in outcomes)
        where = f" in {archive}" if archive else ""
        click.echo(f"{len(outcomes)} sources, {failed} failed: {new} new statements{where}")
    if not failed:
        return 0
    return 3 if failed == len(outcomes) else 5


def environment() -> dict[str, str]:
    """Give the variables of the one who runs the command."""
    return dict(os.environ)
