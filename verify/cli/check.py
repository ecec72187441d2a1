"""`verify check`: one article in, one report out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from verify.cli import output, reading
from verify.cli.asking import FACTCHECK, LOOKUP, fact_checked, looked_up
from verify.cli.progress import Steps
from verify.report import FORMATS, SUFFIXES
from verify.values import Label, Report


class Labels(click.ParamType[frozenset[Label]]):
    """One verdict, or several parted by commas."""

    name = "label"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[Label]:
        """Turn the option's text into labels."""
        try:
            return frozenset(Label(part.strip()) for part in str(value).split(","))
        except ValueError:
            known = ", ".join(sorted(Label))
            self.fail(f"{value!r} is no verdict; the verdicts are: {known}", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Any:
        """Complete the verdicts' names."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(str(label)) for label in Label if label.startswith(incomplete)]


@click.command()
@click.argument("source", metavar="INPUT")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="How to write the report; by default as -o's file name says, else for the terminal.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE.")
@click.option("--published", type=reading.DATE, metavar="DATE", help="When the article appeared.")
@click.option(
    "--as-of",
    type=reading.DATE,
    metavar="DATE",
    help="Use only archive statements published by the end of that day.",
)
@click.option("--archive", metavar="PATH", help="Archive of statements, or a JSONL file of them.")
@click.option("--offline", is_flag=True, help="Never open the network.")
@click.option(
    "--fail-on",
    type=Labels(),
    multiple=True,
    metavar="LABEL",
    help="Leave with code 1 where a claim has this verdict; may be given again.",
)
@LOOKUP
@FACTCHECK
@click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks on standard error.")
@click.option("-v", "--verbose", is_flag=True, help="Show rules, scores and what was set aside.")
@click.option("--profile", is_flag=True, help="Say on standard error how long each step took.")
@click.option("--encoder", metavar="MODEL", help="Sentence encoder: a name or a folder.")
@click.option("--stance-model", metavar="MODEL", help="Stance model: a name or a folder.")
def check(source: str, **chosen: Any) -> int:
    """Check an article claim by claim against what officials have said.

    INPUT is a file (HTML, text, PDF, WARC, WACZ), an http(s) address, or - for standard input.
    """
    form = _format(chosen["form"], chosen["path"])
    steps = Steps(chosen["quiet"])
    steps("Loading")
    report = _report(source, chosen, steps)
    steps("Writing the report")
    drawn = _draw(report, form, chosen)
    steps.finish()
    output.write(drawn, chosen["path"])
    if chosen["profile"]:
        click.echo(steps.profile(), err=True)
    return _fail_on(report, frozenset().union(*chosen["fail_on"]), chosen["quiet"])


def _format(form: str | None, path: str | None) -> str:
    if form is None:
        form = SUFFIXES.get(Path(path).suffix.lower(), "terminal") if path else "terminal"
    if form == "pdf" and path in (None, "-") and sys.stdout.isatty():
        raise click.UsageError("a PDF cannot be shown on a terminal; give -o FILE.pdf")
    return form


def _report(source: str, chosen: dict[str, Any], steps: Steps) -> Report:
    from verify import pipeline
    from verify.models.runtime import Use

    steps("Reading the article")
    article = reading.article(source, chosen["published"], chosen["offline"])
    archive = chosen["archive"] or _own_archive()
    try:
        if chosen["lookup"]:
            article = looked_up(article, archive, steps, chosen["offline"])
        steps("Loading the models")
        tools = pipeline.load(chosen["encoder"], chosen["stance_model"], use=Use(lazily=True))
        report = pipeline.check(
            article,
            tools=tools,
            archive=archive,
            as_of=reading.in_utc(chosen["as_of"]),
            progress=steps,
        )
        is_asked = chosen["factcheck"] and not chosen["offline"]
        return fact_checked(report, archive, steps, lambda: tools.encoder, is_asked)
    finally:
        steps.finish()


def _own_archive() -> Path | None:
    """Give the archive of the one who runs the command, if there is one."""
    from verify.archive.loading import default_path

    path = default_path()
    return path if path.exists() else None


def _draw(report: Report, form: str, chosen: dict[str, Any]) -> str | bytes:
    from verify.report import render

    if form != "terminal":
        return render(report, form)
    from verify.report import terminal

    if chosen["path"] not in (None, "-"):
        return terminal.render(report, verbose=chosen["verbose"])
    return terminal.render(report, output.width(), output.is_colourful(), chosen["verbose"])


def _fail_on(report: Report, labels: frozenset[Label], quiet: bool) -> int:
    found = [f for f in report.findings if f.verdict.label in labels]
    if found and not quiet:
        kinds = ", ".join(sorted({f.verdict.label for f in found}))
        click.echo(f"verify: {len(found)} of {len(report.findings)} claims: {kinds}", err=True)
    return 1 if found else 0
