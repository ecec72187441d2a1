"""What `check` and `posts` ask others for, only where they are told to: X, and fact-checkers.

Answers are kept in `state.db` beside the archive, so that nothing is asked or paid for twice.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.progress import Steps
from verify.cli.room import environment, patience, session, state_path

if TYPE_CHECKING:
    from verify.values import Article, Report

LOOKUP = click.option(
    "--lookup", is_flag=True, help="Ask X whether each embedded post still stands, as shown."
)
FACTCHECK = click.option(
    "--factcheck", is_flag=True, help="Ask Google's Fact Check Tools what was checked already."
)


def looked_up(
    article: Article, archive: str | Path | None, steps: Steps, offline: bool = False
) -> Article:
    """Look up the posts of an article, with X's API where there is a token, else without.

    Raises InputError where a token is there and may not be used.
    """
    from verify import lookup
    from verify.collect.settings import token
    from verify.collect.xapi import XApi
    from verify.errors import FetchError
    from verify.state import State

    if offline:
        raise FetchError("posts cannot be looked up offline; leave out --offline or --lookup")
    steps("Looking up posts")
    secret, asking, waits = token(environment()), session(), patience(steps)
    api = XApi(secret, asking, waits) if secret is not None else None
    with State(state_path(archive)) as state:
        tools = lookup.Tools(api, asking, state, waits)
        return lookup.shown(article, lookup.look_up(article.posts, tools))


def fact_checked(
    report: Report,
    archive: str | Path | None,
    steps: Steps,
    load: Callable[[], Any],
    is_asked: bool = False,
) -> Report:
    """Show known fact checks under a report's claims: those imported and, if asked, Google's.

    `load` gives the encoder, where there is anything to compare.
    """
    path = state_path(archive)
    if not is_asked and not path.exists():
        return report
    from verify import factcheck
    from verify.errors import ArchiveError
    from verify.state import State

    warnings: list[str] = []
    reviews: list[factcheck.Review] = []
    try:
        with State(path, readonly=not is_asked) as state:
            if is_asked:
                steps("Asking for fact checks")
                reviews, warnings = _asked(report, state, steps)
            reviews += factcheck.known(state)
    except ArchiveError as error:  # a check needs none of it
        warnings.append(str(error))
    if reviews:
        report = factcheck.shown(report, reviews, load())
    return _warned(report, warnings)


def _asked(report: Report, state: Any, steps: Steps) -> tuple[list[Any], list[str]]:
    from verify import factcheck

    key = environment().get(factcheck.VARIABLE, "")
    if not key.strip():
        return [], [
            f"fact checks were not asked for: put a key of Google's Fact Check Tools API into "
            f"{factcheck.VARIABLE}"
        ]
    asking = factcheck.Asking(factcheck.secret(key), session(), state, patience(steps))
    return factcheck.ask((finding.claim for finding in report.findings), asking)


def _warned(report: Report, warnings: list[str]) -> Report:
    from dataclasses import replace

    return replace(report, warnings=(*report.warnings, *warnings)) if warnings else report
