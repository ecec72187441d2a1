"""`verify archive`: fill the archive of official statements, and look into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli import output, reading

if TYPE_CHECKING:
    from verify.archive import Line, Opened
    from verify.values import Match, Statement

ARCHIVE = click.option(
    "--archive", "path", metavar="PATH", help="The archive; by default in XDG's data folder."
)
ENCODER = click.option("--encoder", metavar="MODEL", help="Sentence encoder: a name or a folder.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line.")


@click.group()
def archive() -> None:
    """Fill and look into the archive of official statements.

    `verify check` opens it read-only; only these commands and `verify collect` write it.
    """


@archive.command()
@click.argument("files", metavar="FILE…", nargs=-1)
@ARCHIVE
@ENCODER
@click.option(
    "--claimreview",
    "reviews",
    metavar="FILE",
    multiple=True,
    help="A ClaimReview feed of fact checks, shown beside claims and never weighed.",
)
@click.option("--strict", is_flag=True, help="Add nothing where any line is wrong.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")
def add(files: tuple[str, ...], path: str | None, reviews: tuple[str, ...], **chosen: Any) -> None:
    """Add the statements of FILEs (JSONL or CSV, - for JSONL on standard input), each once.

    \b
    Keys of a line:
      source, handle   who spoke: a name, an account, or both
      published_at     when, as a date or a time
      text             the words
      url, relayed_by, kind, party, event_time, lang   where known
    """
    if not files and not reviews:
        raise click.UsageError("give FILEs of statements, or --claimreview FILE")
    for name in reviews:
        _add_reviews(name, path)
    if files:
        _add_statements(files, path, chosen)


def _add_reviews(name: str, path: str | None) -> None:
    from verify import factcheck
    from verify.cli.room import state_path
    from verify.collect.patience import Patience
    from verify.state import State

    found = factcheck.load(Path(name))
    with State(state_path(path)) as state:
        new = factcheck.add(found, state, Patience())
        click.echo(f"{new} fact checks added, {len(found) - new} already there: {state.path}")


def _add_statements(files: tuple[str, ...], path: str | None, chosen: dict[str, Any]) -> None:
    from verify.archive import resolver
    from verify.cli.progress import Steps
    from verify.errors import InputError
    from verify.sources import Registry

    steps = Steps(chosen["quiet"])
    resolve = resolver(Registry.load())
    lines = [(name, line) for name in files for line in _lines(name, resolve)]
    wrong = [f"{name} line {line.number}: {line.error}" for name, line in lines if line.error]
    for message in wrong:
        click.echo(f"verify: {message}", err=True)
    statements = [line.statement for _, line in lines if line.statement]
    if wrong and (chosen["strict"] or not statements):
        raise InputError(f"nothing was added: {len(wrong)} of {len(lines)} lines are wrong")
    total, done = len(statements), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        steps("Adding statements", done, total)

    steps("Loading the encoder")
    with _open(path, readonly=False) as opened:
        result = opened.add(statements, _encoder(chosen["encoder"], opened), advance)
        steps.finish()
        edits = f", {result.superseded} of them edits" if result.superseded else ""
        click.echo(f"{result.added} added{edits}, {result.known} already there: {opened.name}")


@archive.command("list")
@click.option("--source", metavar="NAME", help="Only this source's statements.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True)
@AS_JSON
@ARCHIVE
def list_(source: str | None, limit: int, as_json: bool, path: str | None) -> None:
    """List statements, newest first."""
    with _open(path) as opened:
        _show(opened.all(limit, source), as_json)


@archive.command()
@click.argument("text")
@click.option("-n", "--limit", type=click.IntRange(1, 20), default=10, show_default=True)
@click.option(
    "--as-of", type=reading.DATE, metavar="DATE", help="Only what was out by the end of that day."
)
@AS_JSON
@ENCODER
@ARCHIVE
def search(text: str, limit: int, **chosen: Any) -> None:
    """Find the statements most like TEXT, by words and by meaning."""
    from verify.read import search as searching

    with _open(chosen["path"]) as opened:
        encoder = _encoder(chosen["encoder"], opened)
        found = searching.find(text, opened, encoder, reading.in_utc(chosen["as_of"]))[:limit]
        _show([match.statement for match in found], chosen["as_json"], found)


@archive.command()
@AS_JSON
@ARCHIVE
def info(as_json: bool, path: str | None) -> None:
    """Say what the archive holds."""
    import dataclasses
    import json

    with _open(path) as opened:
        contents = dataclasses.asdict(opened.info())
    if as_json:
        click.echo(json.dumps(contents, ensure_ascii=False))
        return
    kinds = contents.pop("by_kind")
    for name, value in contents.items():
        click.echo(f"{name.replace('_', ' '):16}{'-' if value is None else value}")
    for kind, count in kinds.items():
        click.echo(f"  {kind:18}{count}")


@archive.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@ARCHIVE
def remove(ids: tuple[str, ...], path: str | None) -> None:
    """Remove statements by ID (as `list` and `search` print them)."""
    with _open(path, must_exist=True, readonly=False) as opened:
        known = {statement.id for statement in opened.get(ids)}
        for ident in ids:
            if ident not in known:
                click.echo(f"verify: no statement {ident} in {opened.name}", err=True)
        click.echo(f"{opened.remove(ids)} removed: {opened.name}")


@archive.command()
@ENCODER
@ARCHIVE
def encode(encoder: str | None, path: str | None) -> None:
    """Make the vectors anew with another encoder, or those that are missing."""
    from verify.models import encoder as encoders

    with _open(path, must_exist=True, readonly=False) as opened:
        model = encoders.load(encoder)
        click.echo(f"{opened.encode(model)} statements embedded by {model.name}: {opened.name}")


@archive.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")
def copy(source: str, target: str, quiet: bool) -> None:
    """Copy the archive FROM into the archive TO, vectors included.

    Each is a file, or a PostgreSQL database: postgresql://USER@HOST/NAME (needs verify[postgres]).
    What TO has already stays as it is.
    """
    from verify.archive import copying
    from verify.cli.progress import Steps

    steps, done = Steps(quiet), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        steps("Copying statements", done)

    result = copying.copy(source, target, advance)
    steps.finish()
    click.echo(f"{result.added} added, {result.known} already there")


def _lines(name: str, resolve: Any) -> list[Line]:
    from verify.archive import lines

    if name == "-":
        return list(lines.parse(sys.stdin.buffer.read(), "standard input", resolve))
    return list(lines.read(Path(name), resolve))


def _open(path: str | None, *, readonly: bool = True, must_exist: bool = False) -> Opened:
    from verify.archive import default_path, is_database, open_named

    if path and is_database(path):
        return open_named(path, readonly=readonly)
    where = Path(path).expanduser() if path else default_path()
    if must_exist:  # a mistyped path must not make a new, empty archive
        open_named(where, readonly=True).close()
    return open_named(where, readonly=readonly)


def _encoder(name: str | None, opened: Opened) -> Any:
    from verify.models import encoder as encoders

    model = encoders.load(name)
    opened.check_encoder(model.name)
    return model


def _show(
    statements: list[Statement], as_json: bool, matches: tuple[Match, ...] | None = None
) -> None:
    scores = [match.score for match in matches] if matches is not None else []
    if as_json:
        import json

        from verify.archive import lines

        records = [lines.record_of(statement) for statement in statements]
        for record, score in zip(records, scores, strict=False):
            record["score"] = score
        written = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        output.write("".join(written), None)
        return
    drawn = [_drawn(s, scores[i] if scores else None) for i, s in enumerate(statements)]
    output.write("\n".join(drawn) + "\n" if drawn else "", None)


def _drawn(statement: Statement, score: float | None) -> str:
    from verify.text import squash, visible

    day = statement.published_at.date().isoformat() if statement.published_at else "no date"
    head = [statement.id, day, statement.source.name, str(statement.source.kind)]
    head += [f"{score:.3f}"] if score is not None else []
    head += [f"edited: see {statement.superseded_by}"] if statement.superseded_by else []
    return visible(f"{' · '.join(head)}\n    {squash(statement.text)}\n    {statement.url or '-'}")
