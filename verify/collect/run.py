"""All of a newsroom's sources at once, as a settings file names them: for cron or a timer.

One source that fails stops no other; what failed, and why, is in its outcome. It never spends
more on X than the settings allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from verify.collect import feeds, files, pages, x
from verify.collect.gathered import Outcome, Tools
from verify.collect.plan import Plan
from verify.collect.xapi import XApi
from verify.errors import FetchError, InputError
from verify.sources import Entry, Registry
from verify.values import OFFICIAL


def handles_of(party: str, registry: Registry) -> list[str]:
    """Return the X accounts, still valid, of a party's officials. Raises InputError for none."""
    found = [handle for entry in _officials(party, registry) for handle in _on_x(entry)]
    if not found:
        raise InputError(f"no official of {party!r} with an X account; see `verify sources list`")
    return found


def _officials(party: str, registry: Registry) -> Iterator[Entry]:
    for entry in registry.entries:
        is_meant = (entry.party or "").casefold() == party.casefold()
        if is_meant and entry.kind in OFFICIAL and entry.until is None:
            yield entry


def _on_x(entry: Entry) -> list[str]:
    return [h.removeprefix("x:") for h in entry.handles if h.startswith("x:") or ":" not in h]


def collect(plan: Plan, tools: Tools, api: Callable[[], XApi]) -> Iterator[Outcome]:
    """Take in every source of a plan; each gives its outcome, a failure's reason included.

    `api` makes X when it is first needed. Raises ArchiveError where the archive cannot be written:
    then nothing can be kept.
    """
    now = tools.patience.now()
    given = files.Given(tools.registry, now)
    jobs: list[tuple[str, Callable[[], Outcome]]] = [
        *((url, partial(feeds.collect, url, tools)) for url in plan.feeds),
        *((url, partial(pages.collect, url, tools)) for url in plan.pages),
        *((str(path), partial(files.collect, path, given, tools.keep)) for path in plan.files),
    ]
    for name, job in jobs:
        yield attempt(name, job)
    if plan.handles or plan.parties:
        yield from _x(plan, tools, api)


def _x(plan: Plan, tools: Tools, api: Callable[[], XApi]) -> Iterator[Outcome]:
    wanted = plan.wanted(tools.patience.now())
    try:
        of_parties = [h for party in plan.parties for h in handles_of(party, tools.registry)]
        handles = list(dict.fromkeys((*plan.handles, *of_parties)))
        on_x = x.Tools(api(), tools.state, tools.registry, tools.keep, tools.patience)
        found, missing = x.accounts(handles, on_x)
    except InputError as error:
        yield Outcome("X", failure=str(error))
        return
    yield from missing
    left = plan.prices.ask_over
    for account in found:
        allowed = int(left / plan.prices.post) if plan.prices.post else wanted.most
        if allowed < 1:
            reason = f"not read: ${plan.prices.ask_over:.2f}, the most for one run, is spent"
            yield Outcome(f"@{account.handle}", failure=reason)
            continue
        own = x.Wanted(wanted.since, min(wanted.most, allowed), wanted.replies, wanted.retweets)
        outcome = attempt(f"@{account.handle}", partial(x.collect, account, own, on_x))
        left -= plan.prices.cost(outcome.read)
        yield outcome


def attempt(name: str, job: Callable[[], Outcome]) -> Outcome:
    """Take in one source; why that failed is its outcome."""
    try:
        return job()
    except (FetchError, InputError) as error:
        return Outcome(name, failure=str(error))
