"""What every format draws: counts, what is shaky, claims in reading order, parties, who decided.

It arranges the values of a report and never changes, drops or judges one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from verify.report import words
from verify.text import squash
from verify.values import (
    OFFICIAL,
    Commitment,
    Evidence,
    Finding,
    Label,
    Post,
    Report,
    Stance,
    Statement,
)

#: Verdicts an editor should see first, gravest first.
SHAKY = (
    Label.CONTRADICTED,
    Label.DISPUTED,
    Label.ONE_SIDED,
    Label.SPECULATIVE,
    Label.UNCONFIRMED,
)
#: Verdicts that rest on what officials committed to.
DECIDED = (Label.CONFIRMED, Label.CONTRADICTED, Label.DISPUTED, Label.ONE_SIDED)
TITLE_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Group:
    """A paragraph of the article or an embedded post, with the findings that stand in it."""

    number: int
    start: int
    end: int
    text: str
    post: Post | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """What the officials of one party have said, denied, said with reserve, or declined to say."""

    name: str
    said: tuple[Statement, ...]
    denied: tuple[Statement, ...]
    reserved: tuple[Statement, ...]
    declined: tuple[Statement, ...]


def title(report: Report) -> str:
    """Give the article's title, or its first words where it has none."""
    if report.article.title:
        return squash(report.article.title)
    text = squash(report.article.text)
    return shorten(text, TITLE_LENGTH) if text else "Untitled article"


def shorten(text: str, length: int) -> str:
    """Cut a text at a word's end so that it fits, with an ellipsis."""
    text = squash(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    stem = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut
    return stem.rstrip(" ,;:—–-") + "…"


def counts(report: Report) -> dict[Label, int]:
    """Count the verdicts, all labels, gravest first."""
    total = dict.fromkeys(Label, 0)
    for finding in report.findings:
        total[finding.verdict.label] += 1
    return total


def shaky(report: Report) -> list[Finding]:
    """List the findings that neither stand confirmed nor were left unchecked, gravest first."""
    found = [f for f in report.findings if f.verdict.label in SHAKY]
    return sorted(found, key=lambda f: SHAKY.index(f.verdict.label))


def first(report: Report, most: int) -> list[Finding]:
    """Choose the findings for a first look: some of every shaky verdict, posts before prose."""
    waiting = {label: [f for f in shaky(report) if f.verdict.label is label] for label in SHAKY}
    for found in waiting.values():
        found.sort(key=lambda f: f.claim.origin.kind != "post")
    chosen: list[Finding] = []
    while len(chosen) < most and any(waiting.values()):
        chosen += [found.pop(0) for found in waiting.values() if found]
    return sorted(chosen[:most], key=lambda f: SHAKY.index(f.verdict.label))


def doubtful_posts(report: Report) -> list[Post]:
    """List the posts of which a check has something to say."""
    return [p for p in report.article.posts if any(c.result in ("warn", "fail") for c in p.checks)]


def groups(report: Report) -> list[Group]:
    """Arrange the findings by paragraph and post in reading order; each stands in one group."""
    paragraphs = list(_paragraphs(report.article.text))
    own: dict[str, list[Finding]] = {}
    inside: dict[int, list[Finding]] = {}
    ids = {p.id for p in report.article.posts}
    for finding in report.findings:
        origin = finding.claim.origin
        if origin.kind == "post" and origin.post in ids:
            own.setdefault(str(origin.post), []).append(finding)
        else:
            inside.setdefault(_holding(paragraphs, origin.start), []).append(finding)
    found: list[Group] = []
    for index, (start, end) in enumerate(paragraphs):
        text = report.article.text[start:end]
        found.append(Group(index + 1, start, end, text, None, tuple(inside.get(index, ()))))
    found += [
        Group(n, p.position, p.position, p.text or "", p, tuple(own.get(p.id, ())))
        for n, p in enumerate(report.article.posts, 1)
    ]
    if -1 in inside:
        found.append(Group(len(paragraphs) + 1, 0, 0, "", None, tuple(inside[-1])))
    return sorted(found, key=lambda g: (g.start, g.post is None))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\s*\n[ \t]*\n|\s*\Z)", text, re.DOTALL):
        yield match.start(), match.end()


def _holding(paragraphs: list[tuple[int, int]], offset: int) -> int:
    """Find the paragraph in which an offset lies, else the last one before it; -1 for none."""
    before = -1
    for index, (start, _) in enumerate(paragraphs):
        if start > offset and before >= 0:
            break
        before = index
    return before


def deciding(finding: Finding) -> list[Evidence]:
    """List the evidence on which a verdict rests: none for a verdict that rests on silence."""
    wanted = {
        Label.CONFIRMED: (Stance.SUPPORTS,),
        Label.ONE_SIDED: (Stance.SUPPORTS,),
        Label.CONTRADICTED: (Stance.REFUTES,),
        Label.DISPUTED: (Stance.SUPPORTS, Stance.REFUTES),
    }.get(finding.verdict.label, ())
    taken = [e for e in finding.evidence if e.stance in wanted]
    return [e for e in taken if e.counts] or taken


def speaking(finding: Finding) -> list[Evidence]:
    """List the evidence that bears on the claim, what decides it first."""
    first = deciding(finding)
    rest = [e for e in finding.evidence if e.stance is not Stance.UNRELATED and e not in first]
    return first + sorted(rest, key=lambda e: not e.counts)


def set_aside(finding: Finding) -> list[Evidence]:
    """List the statements that were weighed and do not bear on the claim."""
    return [e for e in finding.evidence if e.stance is Stance.UNRELATED]


def attested(finding: Finding) -> str:
    """Say in one phrase who decided a claim and when, or who was silent."""
    if finding.verdict.label is Label.NOT_CHECKED:
        return finding.verdict.reason
    if finding.verdict.label is Label.DISPUTED:
        sides = {
            "affirmed by": [e for e in deciding(finding) if e.stance is Stance.SUPPORTS],
            "denied by": [e for e in deciding(finding) if e.stance is Stance.REFUTES],
        }
        return "; ".join(f"{how} {_names(found)}" for how, found in sides.items() if found)
    if found := deciding(finding):
        return _names(found)
    if finding.verdict.label is Label.SPECULATIVE:
        return words.said_by(finding.claim)
    return _silence(finding)


def _silence(finding: Finding) -> str:
    verb = "denied" if finding.claim.polarity == "-" else "said"
    parts = [f"{verb} by {words.who(finding.claim.source)}"]
    for stance, how in ((Stance.REFUTES, "denied by"), (Stance.NO_COMMENT, "no comment from")):
        found = [e for e in finding.evidence if e.stance is stance]
        if found:
            parts.append(f"{how} {_names(found)}")
    return "; ".join(parts)


def _names(evidence: Iterable[Evidence]) -> str:
    said: list[str] = []
    for item in evidence:
        name = f"{words.who(item.statement.source)}, {words.when(item.statement.published_at)}"
        if name not in said:
            said.append(name)
    return "; ".join(said)


def notes(finding: Finding) -> list[str]:
    """List what a reader must know beside a verdict, its basis first."""
    found = list(finding.verdict.notes)
    if finding.verdict.basis and finding.verdict.label in DECIDED:
        found.insert(0, words.BASES[finding.verdict.basis])
    return list(dict.fromkeys(found))


def rivals(report: Report, finding: Finding) -> list[Finding]:
    """List the rival explanations of a claim, as findings of the same report."""
    by_id = {f.claim.id: f for f in report.findings}
    return [by_id[name] for name in finding.claim.rivals if name in by_id]


def addressed(finding: Finding) -> str:
    """Say whether any official addresses a claim."""
    stances = {e.stance for e in finding.evidence if e.statement.source.kind in OFFICIAL}
    if stances & {Stance.SUPPORTS, Stance.REFUTES}:
        return "an official addresses it"
    if Stance.NO_COMMENT in stances:
        return "an official declined to comment on it"
    return "no official addresses it"


def statements(report: Report) -> list[Statement]:
    """List every statement of a report once, those that only the evidence names last."""
    found = {s.id: s for s in report.statements}
    for finding in report.findings:
        for item in finding.evidence:
            found.setdefault(item.statement.id, item.statement)
    return list(found.values())


def warnings(report: Report) -> list[str]:
    """List what went wrong on the way, in the report and in the article, each once."""
    return list(dict.fromkeys((*report.warnings, *report.article.warnings)))


def parties(report: Report) -> list[Party]:
    """Gather, for each party, what its officials said that bears on this article."""
    bearing = {e.statement.id for f in report.findings for e in speaking(f)}
    sides: dict[str, list[Statement]] = {}
    for statement in statements(report):
        used = statement.origin == "article" or statement.id in bearing
        if used and statement.source.kind in OFFICIAL:
            name = statement.source.party or statement.source.name
            sides.setdefault(name, []).append(statement)
    return [_party(name, sides[name]) for name in sorted(sides)]


def _party(name: str, found: list[Statement]) -> Party:
    def with_commitment(commitment: Commitment) -> tuple[Statement, ...]:
        return tuple(s for s in found if s.commitment is commitment)

    return Party(
        name,
        with_commitment(Commitment.AFFIRMS),
        with_commitment(Commitment.DENIES),
        with_commitment(Commitment.HEDGED),
        with_commitment(Commitment.NO_COMMENT),
    )


def is_later(report: Report, time: datetime | None) -> bool:
    """Tell whether a time lies after the article; an article dated by day covers that whole day."""
    published = report.article.published_at
    if time is None or published is None:
        return False
    if words.when(published) == words.day(published):
        return time >= published + words.DAY
    return time > published
