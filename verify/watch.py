"""A report against an archive that has grown: what became of its claims, and only what changed.

The same article is checked again; claims are known again by their words and place. Every check it
sees goes into the history beside the archive. It decides nothing and changes no archive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from verify.state import State
from verify.text import fingerprint, normalise
from verify.values import Article, Claim, Evidence, Finding, Label, Report, Stance

#: Checks an article again.
Check = Callable[[Article], Report]
#: Says since when, and why, a statement of the archive is withdrawn; None where it stands.
Withdrawn = Callable[[str], str | None]
_ROOM = "history"
_TITLES = "articles"

#: The stances on which a verdict rests; the others rest on silence.
_DECIDING = {
    Label.CONFIRMED: (Stance.SUPPORTS,),
    Label.ONE_SIDED: (Stance.SUPPORTS,),
    Label.CONTRADICTED: (Stance.REFUTES,),
    Label.DISPUTED: (Stance.SUPPORTS, Stance.REFUTES),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stood at one check: its verdict, and on whose statement it rests."""

    claim: str
    text: str
    label: str
    source: str | None = None
    said_at: str | None = None
    quote: str | None = None
    url: str | None = None
    event: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed about one claim; `before` or `after` is None where it is new or gone."""

    before: Standing | None
    after: Standing | None
    kind: str

    def told(self, article: Article) -> str:
        """Say it in one line: "unconfirmed → confirmed, Israel's army, 20 Nov 2019, …"."""
        if self.before is None or self.after is None:
            there = self.before or self.after
            assert there is not None
            return f"{self.kind}: {there.label}: {there.text}"
        if self.kind == "withdrawn":
            who = f"{self.after.source} has withdrawn its words ({self.after.withdrawn})"
            return f"{self.after.label}, but {who}: {self.after.text}"
        parts = [f"{self.before.label} → {self.after.label}"]
        if self.before.label == self.after.label:
            parts = [f"{self.after.label}, now by other words"]
        if self.after.source:
            parts.append(self.after.source)
        if self.after.said_at:
            said = datetime.fromisoformat(self.after.said_at)
            apart = _apart(self.after, article, said)
            parts += [f"{said.day} {said:%b} {said.year}", apart]
        return f"{', '.join(p for p in parts if p)}: {self.after.text}"


def standings(report: Report, withdrawn: Withdrawn = lambda ident: None) -> list[Standing]:
    """Return how each claim of a report stands, in reading order."""
    seen: dict[str, int] = {}
    found = []
    for finding in report.findings:
        key = _key(finding.claim)
        seen[key] = seen.get(key, 0) + 1
        found.append(_standing(finding, f"{key}-{seen[key]}", withdrawn))
    return found


def _key(claim: Claim) -> str:
    """Return what a claim is known by at the next check: where it stands and what it says."""
    return fingerprint(f"{claim.origin.kind} {claim.origin.quote} {claim.text}")[:16]


def _standing(finding: Finding, key: str, withdrawn: Withdrawn) -> Standing:
    label = finding.verdict.label
    first = _deciding(finding)
    if first is None:
        return Standing(key, finding.claim.text, str(label))
    said, event = first.statement, finding.claim.event_time
    return Standing(
        claim=key,
        text=finding.claim.text,
        label=str(label),
        source=said.source.name,
        said_at=_stamp(said.published_at) if said.published_at else None,
        quote=said.quote,
        url=said.url,
        event=_stamp(event.start) if event is not None and event.precise else None,
        withdrawn=withdrawn(said.id) if said.origin == "archive" else None,
    )


def _deciding(finding: Finding) -> Evidence | None:
    """Return the earliest statement on which the verdict rests."""
    stances = _DECIDING.get(finding.verdict.label, ())
    taken = [e for e in finding.evidence if e.stance in stances]
    taken = [e for e in taken if e.counts] or taken
    last = datetime.max.replace(tzinfo=UTC)
    return min(taken, key=lambda e: e.statement.published_at or last, default=None)


def changes(before: Sequence[Standing], after: Sequence[Standing]) -> list[Change]:
    """Return what changed between two checks: verdicts, the words they rest on, claims."""
    was = {s.claim: s for s in before}
    found = []
    for now in after:
        then = was.pop(now.claim, None)
        if then is None:
            found.append(Change(None, now, "read anew"))
        elif then.label != now.label:
            found.append(Change(then, now, "verdict"))
        elif normalise(then.quote or "") != normalise(now.quote or ""):
            found.append(Change(then, now, "evidence"))
        elif now.withdrawn and then.withdrawn != now.withdrawn:
            found.append(Change(then, now, "withdrawn"))
    return [*found, *(Change(gone, None, "not found again") for gone in was.values())]


def watch(
    report: Report,
    check: Check,
    state: State | None = None,
    withdrawn: Withdrawn = lambda ident: None,
) -> tuple[Report, list[Change]]:
    """Check a report's article again; returns the new report and what changed.

    Both checks go into the history, where there is a `state`; `withdrawn` knows the archive's
    withdrawn statements. Raises what `check` raises.
    """
    again = check(report.article)
    if state is not None:
        for seen in (report, again):
            remember(seen, state)
    return again, changes(standings(report), standings(again, withdrawn))


def remember(report: Report, state: State) -> None:
    """Put a report into the history of its article, once."""
    article = report.article
    key = fingerprint(article.text)
    entry: dict[str, Any] = {
        "created_at": _stamp(report.created_at),
        "as_of": _stamp(report.as_of) if report.as_of else None,
        "archive": report.archive_size,
        "claims": [asdict(standing) for standing in standings(report)],
    }
    with state.whole():
        if entry in (value for _, value in state.history(_ROOM, key)):
            return
        state.record(_ROOM, key, entry, report.created_at)
        told = {"title": article.title, "url": article.url, "begins": article.text[:80]}
        state.put(_TITLES, key, told, report.created_at)


@dataclass(frozen=True, slots=True)
class Way:
    """A claim's way through time: its text, and its standing whenever that changed."""

    text: str
    steps: tuple[tuple[str, Standing], ...]


def history(key: str, state: State) -> list[Way]:
    """Return the ways of an article's claims, by the key that `find` gives."""
    checks = sorted(
        (value for _, value in state.history(_ROOM, key)),
        key=lambda c: (c["created_at"], c["as_of"] or "9999"),
    )
    ways: dict[str, list[tuple[str, Standing]]] = {}
    for entry in checks:
        when = f"as of {entry['as_of'][:10]}" if entry["as_of"] else str(entry["created_at"])[:16]
        for shaped in entry["claims"]:
            standing = Standing(**shaped)
            steps = ways.setdefault(standing.claim, [])
            if not steps or _outcome(steps[-1][1]) != _outcome(standing):
                steps.append((when, standing))
    return [Way(steps[0][1].text, tuple(steps)) for steps in ways.values()]


def find(asked: str, state: State) -> str | None:
    """Return the key of an article by its address or its text; None where none is remembered."""
    known = state.notes(_TITLES)
    for key, told in known:
        if asked == key or (told["url"] and asked.rstrip("/") == str(told["url"]).rstrip("/")):
            return key
    key = fingerprint(asked)
    return key if key in dict(known) else None


def remembered(state: State) -> list[str]:
    """Return the articles that have a history, a line each."""
    return [str(told["url"] or told["title"] or told["begins"]) for _, told in state.notes(_TITLES)]


@dataclass(frozen=True, slots=True)
class Watched:
    """An article that was checked, and those of its claims' ways that turn."""

    key: str
    title: str
    url: str | None
    ways: tuple[Way, ...]


def watched(state: State) -> list[Watched]:
    """Return every article that has a history, those whose claims changed first."""
    found = []
    for key, told in state.notes(_TITLES):
        ways = tuple(way for way in history(key, state) if len(way.steps) > 1)
        found.append(Watched(key, str(told["title"] or told["begins"]), told["url"], ways))
    return sorted(found, key=lambda article: not article.ways)


def _outcome(standing: Standing) -> tuple[str, str]:
    return standing.label, normalise(standing.quote or "")


def _apart(standing: Standing, article: Article, said: datetime) -> str:
    """Say how long after the event, else the article, something was said; "" where before it."""
    of_event = datetime.fromisoformat(standing.event) if standing.event else None
    since, name = (of_event, "event") if of_event else (article.published_at, "article")
    if since is None:
        return ""
    days = (said.date() - since.date()).days
    if days < 1:
        return f"on the day of the {name}" if days == 0 else ""
    return f"one day after the {name}" if days == 1 else f"{days} days after the {name}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
