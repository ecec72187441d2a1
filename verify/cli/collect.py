"""`verify collect`: official statements from X, feeds, pages and files into the archive."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli import reading
from verify.cli.room import ARCHIVE, ENCODER, OFFLINE, QUIET, archive_path, collecting, tell

if TYPE_CHECKING:
    from verify.collect.plan import Plan
    from verify.collect.x import Account, Wanted
    from verify.sources import Registry


@click.group()
def collect() -> None:
    """Fill the archive: what officials say on X, in feeds, on their pages, in files.

    A run that is cut short goes on where it stopped. `verify check` never collects.
    """


@collect.command()
@click.argument("handles", metavar="[HANDLE]…", nargs=-1)
@click.option(
    "--from",
    "parties",
    multiple=True,
    metavar="PARTY",
    help="All officials of a party: PARTY, sources.toml:PARTY, or FILE.toml:PARTY.",
)
@click.option("--since", type=reading.DATE, metavar="DATE", help="From then on; a week by default.")
@click.option("--max", "most", type=click.IntRange(1), metavar="N", help="Posts of one account.")
@click.option("--replies", is_flag=True, help="Replies too.")
@click.option("--retweets", is_flag=True, help="Retweets too, as what they relay.")
@click.option("--dry-run", is_flag=True, help="Only say what it may cost; ask X for nothing.")
@click.option("-y", "--yes", is_flag=True, help="Spend more than the settings allow unasked.")
@click.option("--settings", metavar="FILE", help="Settings whose [x] has prices and token file.")
@ARCHIVE
@ENCODER
@QUIET
@OFFLINE
def x(handles: tuple[str, ...], **chosen: Any) -> int:
    """Collect the posts of accounts on X: each post once, however often this is run.

    The bearer token comes from X_BEARER_TOKEN, or from the private file that X_BEARER_TOKEN_FILE
    names. X charges for every post read: the cost is said before, and asked about where it is high.
    """
    from verify.collect import plan as plans
    from verify.collect import x as on_x
    from verify.collect.xapi import XApi

    settings = plans.load(Path(chosen["settings"])) if chosen["settings"] else plans.Plan()
    asked = _wanted(chosen, settings)
    with collecting(chosen["archive"], chosen) as tools:
        names = [*handles, *_of_parties(chosen["parties"], tools.registry)]
        if not names:
            raise click.UsageError("give accounts, or a party with --from")
        if chosen["dry_run"]:
            _cost(on_x.remembered(names, tools.state), asked, settings)
            return 0
        api = XApi(_token(settings), tools.session, tools.patience)
        made = on_x.Tools(api, tools.state, tools.registry, tools.keep, tools.patience)
        found, outcomes = on_x.accounts(names, made)
        _agree(_cost(found, asked, settings), settings, chosen["yes"])
        outcomes += [on_x.collect(account, asked, made) for account in found]
    return tell(outcomes, archive_path(chosen["archive"]))


def _wanted(chosen: dict[str, Any], settings: Plan) -> Wanted:
    from dataclasses import replace
    from datetime import UTC, datetime

    wanted = settings.wanted(datetime.now(UTC))
    return replace(
        wanted,
        since=reading.in_utc(chosen["since"]) or wanted.since,
        most=chosen["most"] or wanted.most,
        replies=chosen["replies"] or wanted.replies,
        retweets=chosen["retweets"] or wanted.retweets,
    )


def _of_parties(given: tuple[str, ...], registry: Registry) -> list[str]:
    from verify.collect.run import handles_of
    from verify.sources import Registry, parse

    found: list[str] = []
    for asked in given:
        name, _, party = asked.rpartition(":")
        file = Path(name).expanduser()
        known = registry
        if name and file.is_file():
            known = Registry(tuple(parse(reading.text(file), name)))
        elif name and name != "sources.toml":
            raise click.UsageError(f"there is no file {name}; give --from FILE.toml:PARTY")
        found += handles_of(party, known)
    return found


def _token(settings: Plan) -> Any:
    from verify.cli.room import environment
    from verify.collect.settings import needed

    return needed(environment(), settings.token_file)


def _cost(accounts: list[Account], wanted: Wanted, settings: Plan) -> float:
    """Say what a run may cost, and give that."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    most = sum(account.at_most(wanted) for account in accounts)
    pace = sum(account.expected(wanted, now) for account in accounts)
    prices = settings.prices
    about = f"about {pace} posts (${prices.cost(pace):.2f}), " if pace < most else ""
    cost = prices.cost(most)
    named = f"{len(accounts)} accounts" if len(accounts) != 1 else f"@{accounts[0].handle}"
    click.echo(f"{named}: {about}at most {most} posts (${cost:.2f})", err=True)
    return cost


def _agree(cost: float, settings: Plan, is_agreed: bool) -> None:
    """Ask before more is spent than may be spent unasked."""
    limit = settings.prices.ask_over
    if cost <= limit or is_agreed:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"this may cost ${cost:.2f}, more than ${limit:.2f}; add --yes, or a lower --max"
        )
    click.confirm(f"This may cost ${cost:.2f}. Go on?", abort=True, err=True)


@collect.command()
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@ARCHIVE
@ENCODER
@QUIET
@OFFLINE
def feed(addresses: tuple[str, ...], **chosen: Any) -> int:
    """Collect the entries of RSS and Atom feeds that are new or have changed."""
    from verify.collect import feeds
    from verify.collect.run import attempt

    with collecting(chosen["archive"], chosen) as tools:
        outcomes = [attempt(a, partial(feeds.collect, a, tools)) for a in addresses]
    return tell(outcomes, archive_path(chosen["archive"]))


@collect.command()
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@click.option("--published", type=reading.DATE, metavar="DATE", help="For pages without a date.")
@ARCHIVE
@ENCODER
@QUIET
@OFFLINE
def page(addresses: tuple[str, ...], **chosen: Any) -> int:
    """Collect statement pages, paragraph by paragraph; robots.txt is respected."""
    from verify.collect import pages
    from verify.collect.run import attempt

    published = reading.in_utc(chosen["published"])
    with collecting(chosen["archive"], chosen) as tools:
        outcomes = [attempt(a, partial(pages.collect, a, tools, published)) for a in addresses]
    return tell(outcomes, archive_path(chosen["archive"]))


@collect.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--source", metavar="WHO", help="Whose statements texts without an address are.")
@click.option("--published", type=reading.DATE, metavar="DATE", help="For texts without a date.")
@ARCHIVE
@ENCODER
@QUIET
def file(paths: tuple[str, ...], **chosen: Any) -> int:
    """Collect statements from JSONL, CSV, mail-boxes, or folders of text and HTML."""
    from verify.collect import files
    from verify.collect.run import attempt

    with collecting(chosen["archive"], chosen | {"offline": True}) as tools:
        source = files.whose(chosen["source"], tools.registry) if chosen["source"] else None
        published = reading.in_utc(chosen["published"])
        given = files.Given(tools.registry, tools.patience.now(), source, published)
        outcomes = [
            attempt(path, partial(files.collect, Path(path), given, tools.keep)) for path in paths
        ]
    return tell(outcomes, archive_path(chosen["archive"]))


@collect.command()
@click.argument("settings", metavar="CONFIG.toml")
@ARCHIVE
@ENCODER
@QUIET
@OFFLINE
def run(settings: str, **chosen: Any) -> int:
    """Collect from all of a newsroom's sources, as CONFIG.toml names them.

    One failing source stops no other; the exit code is 5 where some failed, 3 where all did.
    """
    from verify.collect import plan as plans
    from verify.collect import run as runs
    from verify.collect.xapi import XApi

    asked = plans.load(Path(settings))
    archive = chosen["archive"] or asked.archive
    with collecting(archive, chosen | {"sources": asked.sources}) as tools:

        def api() -> XApi:
            return XApi(_token(asked), tools.session, tools.patience)

        outcomes = list(runs.collect(asked, tools, api))
    if not outcomes:
        raise click.UsageError(f"{settings} names no source; docs/newsroom.md shows how")
    return tell(outcomes, archive_path(archive))
