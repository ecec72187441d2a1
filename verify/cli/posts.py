"""`verify posts`: the posts embedded in an article, with their checks."""

from __future__ import annotations

import click

from verify.cli.asking import LOOKUP, looked_up
from verify.cli.room import ARCHIVE


@click.command()
@click.argument("source", metavar="INPUT")
@click.option("--json", "as_json", is_flag=True, help="Write the posts as a JSON list.")
@LOOKUP
@ARCHIVE
@click.option("--offline", is_flag=True, help="Never open the network.")
def posts(source: str, as_json: bool, lookup: bool, archive: str | None, offline: bool) -> None:
    """List the social-media posts embedded in INPUT (a file, an address, or - for standard input).

    Each is shown with its account, its time and what the plausibility checks say. With --lookup X
    is asked (with a bearer token in X_BEARER_TOKEN its API, else its embed service); the answers
    are kept for a day beside the archive.
    """
    from verify.cli import output, reading
    from verify.cli.progress import Steps

    article = reading.article(source, offline=offline)
    if lookup:
        steps = Steps()
        try:
            article = looked_up(article, archive, steps, offline)
        finally:
            steps.finish()
    found = article.posts
    if as_json:
        import json

        from verify.report.json import post_to_json

        shaped = [post_to_json(post) for post in found]
        output.write(json.dumps(shaped, ensure_ascii=False, indent=1) + "\n", None)
        return
    from verify.report import terminal

    output.write(terminal.posts(found, output.width(), output.is_colourful()), None)
