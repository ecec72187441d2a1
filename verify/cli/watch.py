"""`verify watch` and `verify history`: what became of a report's claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli import reading
from verify.cli.progress import Steps
from verify.cli.room import ARCHIVE, ENCODER, QUIET, archive_path, state_path

if TYPE_CHECKING:
    from verify.state import State
    from verify.values import Article, Report
    from verify.watch import Change, Way, Withdrawn


@click.command()
@click.argument("report", metavar="REPORT.json")
@ARCHIVE
@click.option(
    "--as-of", type=reading.DATE, metavar="DATE", help="Use what was out by the end of that day."
)
@click.option("-o", "--output", "path", metavar="FILE", help="Save the new report as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Write the changes as JSON.")
@ENCODER
@click.option("--stance-model", metavar="MODEL", help="Stance model: a name or a folder.")
@QUIET
def watch(report: str, **chosen: Any) -> None:
    """Check a saved report's claims again and print only what has changed, with when.

    Nothing changed prints nothing on standard output: fit for cron.
    """
    from verify import watch as watching
    from verify.cli import output
    from verify.state import State

    old = reading.report(report)
    steps = Steps(chosen["quiet"])
    path = archive_path(chosen["archive"] or _of_report(old))

    def check(article: Article) -> Report:
        from verify import pipeline

        steps("Loading the models")
        tools = pipeline.load(chosen["encoder"], chosen["stance_model"])
        as_of = reading.in_utc(chosen["as_of"])
        return pipeline.check(article, tools=tools, archive=path, as_of=as_of, progress=steps)

    try:
        with State(state_path(path)) as state:
            new, changes = watching.watch(old, check, state, _withdrawn_from(path))
    finally:
        steps.finish()
    if chosen["path"]:
        from verify.report import render

        output.write(render(new, "json"), chosen["path"])
    output.write(_drawn(changes, new, chosen["as_json"]), None)
    if not changes and not chosen["quiet"]:
        click.echo(f"verify: nothing has changed ({len(new.findings)} claims)", err=True)


def _withdrawn_from(path: Path) -> Withdrawn:
    """Give what says whether a statement of an archive was withdrawn."""
    from verify.archive import Archive, provenance
    from verify.archive.lines import SUFFIXES

    def withdrawn(ident: str) -> str | None:
        if path.suffix.lower() in SUFFIXES:
            return None
        with Archive.open(path, readonly=True) as archive:
            fate = provenance.fate(archive, ident)
        return f"{fate.withdrawn_at:%Y-%m-%d}: {fate.reason}" if fate.withdrawn_at else None

    return withdrawn


def _of_report(report: Report) -> str | None:
    """Give the archive that a report was made with, where it is still there."""
    named = report.archive_path
    return named if named and Path(named).exists() else None


def _drawn(changes: list[Change], new: Report, as_json: bool) -> str:
    from verify.text import visible

    if as_json:
        import json
        from dataclasses import asdict

        return json.dumps([asdict(c) for c in changes], ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{visible(change.told(new.article))}\n" for change in changes)


@click.command()
@click.argument("article", metavar="ARTICLE")
@ARCHIVE
@click.option("--all", "is_all", is_flag=True, help="Claims that never changed, too.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, all claims.")
def history(article: str, archive: str | None, is_all: bool, as_json: bool) -> None:
    """Draw how each claim of ARTICLE stood at every check that `verify watch` has seen.

    ARTICLE is the article's address or file, or a saved report of it.
    """
    from verify import watch as watching
    from verify.cli import output
    from verify.errors import InputError
    from verify.state import State

    where = state_path(archive)
    if not where.exists():
        raise InputError(f"there is no history at {where}; `verify watch REPORT.json` begins one")
    with State(where, readonly=True) as state:
        key = watching.find(article, state) or _key_of_file(article, state)
        if key is None:
            known = "; ".join(watching.remembered(state)) or "none yet"
            raise InputError(f"{article} has no history; articles that have one: {known}")
        ways = watching.history(key, state)
    if as_json:
        import json
        from dataclasses import asdict

        shaped = json.dumps([asdict(way) for way in ways], ensure_ascii=False, indent=1)
        output.write(shaped + "\n", None)
        return
    shown = ways if is_all else [way for way in ways if len(way.steps) > 1]
    output.write("\n".join(map(_way, shown)), None)
    if len(shown) < len(ways):
        rest = len(ways) - len(shown)
        click.echo(f"verify: {rest} claims never changed; --all shows them", err=True)


def _key_of_file(name: str, state: State) -> str | None:
    from verify import watch as watching

    if not Path(name).is_file():
        return None
    is_report = name.lower().endswith(".json")
    text = (reading.report(name).article if is_report else reading.article(name)).text
    return watching.find(text, state)


def _way(way: Way) -> str:
    """Draw one claim's way, a line for each time that it changed."""
    from datetime import datetime

    from verify.text import visible

    lines = [visible(way.text)]
    for number, (when, standing) in enumerate(way.steps):
        mark = "└" if number == len(way.steps) - 1 else "├"
        by = ""
        if standing.source:
            said = datetime.fromisoformat(standing.said_at) if standing.said_at else None
            day = f", {said.day} {said:%b} {said.year}" if said else ""
            by = f"  {visible(standing.source)}{day}"
        lines.append(f"  {mark} {when:<17} {standing.label}{by}")
    return "\n".join(lines) + "\n"
