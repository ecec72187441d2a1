"""`verify explain`: one claim of a saved report in full."""

from __future__ import annotations

import click

from verify.errors import InputError


@click.command()
@click.argument("report")
@click.argument("claim")
def explain(report: str, claim: str) -> None:
    """Show one CLAIM of REPORT in full: everything that was weighed, and by which rule.

    REPORT is a file saved with `verify check … --format json` (or - for standard input), CLAIM an
    id in it, such as c3.
    """
    from verify.cli import output, reading
    from verify.report import terminal

    loaded = reading.report(report)
    shown = terminal.explain(loaded, claim, output.width(), output.is_colourful())
    if shown is None:
        ids = ", ".join(f.claim.id for f in loaded.findings) or "none"
        raise InputError(f"no claim {claim} in {report}; its claims are: {ids}")
    output.write(shown, None)
