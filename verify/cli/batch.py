"""`verify batch`: many articles in, a line of JSON each out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from verify.cli import reading
from verify.cli.progress import Steps

if TYPE_CHECKING:
    from verify.batch import Summary


@click.command()
@click.argument("source", metavar="FOLDER|LIST|WARC")
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="JSONL to write.")
@click.option("--workers", type=click.IntRange(1, 1024), default=1, show_default=True)
@click.option("--resume", is_flag=True, help="Go on with FILE where an earlier run ended.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the workers are: processes here, or on a Ray cluster (needs verify[ray]).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="Give an article up that takes longer (local workers).",
)
@click.option("--archive", metavar="PATH", help="Archive of statements, or a JSONL file of them.")
@click.option(
    "--as-of",
    type=reading.DATE,
    metavar="DATE",
    help="Use only archive statements published by the end of that day.",
)
@click.option("--offline", is_flag=True, help="Never open the network.")
@click.option("--encoder", metavar="MODEL", help="Sentence encoder: a name or a folder.")
@click.option("--stance-model", metavar="MODEL", help="Stance model: a name or a folder.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def batch(source: str, path: str, **chosen: Any) -> int:
    """Check every article of a folder, a list (a path or an address a line) or a web archive.

    FILE gets one line of JSON for each article as soon as it is done: its report, or why there is
    none. A line of a LIST may have the article's date behind a tab; - is standard input.
    """
    from verify import batch as batches

    steps = Steps(chosen["quiet"])
    steps("Loading the models")
    settings = batches.Settings(
        archive=_archive(chosen["archive"]),
        as_of=reading.in_utc(chosen["as_of"]),
        encoder=chosen["encoder"],
        stance_model=chosen["stance_model"],
        offline=chosen["offline"],
    )
    running = batches.Running(
        workers=chosen["workers"],
        engine=chosen["engine"],
        resume=chosen["resume"],
        timeout=chosen["timeout"],
        progress=lambda done: steps("Articles done", done),
    )
    try:
        summary = batches.run(source, path, settings, running)
    finally:
        steps.finish()
    if not chosen["quiet"]:
        click.echo(_told(summary, path), err=True)
    if not summary.failed:
        return 0
    return 5 if summary.done else 3


def _archive(given: str | None) -> str | None:
    from verify.archive.loading import default_path

    if given is not None:
        return given
    return str(default_path()) if default_path().exists() else None


def _told(summary: Summary, path: str) -> str:
    now = summary.done + summary.failed - summary.before
    pace = f", {now / summary.seconds:.2f} a second" if now and summary.seconds else ""
    before = f"; {summary.before} of all were there before" if summary.before else ""
    verdicts = ", ".join(f"{count} {label}" for label, count in summary.verdicts.most_common())
    return (
        f"{now} articles in {summary.seconds:.1f} s{pace}{before}\n"
        f"{path}: {summary.done} reports, {summary.failed} errors"
        + (f"; claims: {verdicts}" if verdicts else "")
    )
