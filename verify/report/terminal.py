"""The report for a terminal: a first screen that stands alone, then every claim in reading order.

It is readable without colour and at any width. Foreign text is never read as markup; control and
bidirectional characters in it are shown and not obeyed. It never asks the terminal anything: width
and colour are given.
"""

from __future__ import annotations

from io import StringIO
from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from verify.report import outline, words
from verify.text import squash, visible
from verify.values import Certainty, Evidence, Finding, Kind, Label, Post, Report, Stance, Statement

STYLES: dict[Label, str] = {
    Label.CONTRADICTED: "bold red",
    Label.DISPUTED: "bold magenta",
    Label.ONE_SIDED: "bold yellow",
    Label.SPECULATIVE: "bold cyan",
    Label.UNCONFIRMED: "bold",
    Label.NOT_CHECKED: "dim",
    Label.CONFIRMED: "bold green",
}
MARKS = {Stance.SUPPORTS: "+", Stance.REFUTES: "-", Stance.NO_COMMENT: "0", Stance.UNRELATED: "."}
FIRST = 6
FIRST_POSTS = 2
NARROWEST = 24
WIDEST = 100


class Sheet:
    """Lines of a fixed width, wrapped with a hanging indent, gathered as text."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = max(NARROWEST, min(width, WIDEST))
        self._file = StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def line(self, *parts: str | tuple[str, str], indent: int = 0, hang: int = 0) -> None:
        """Write one line of plain and (text, style) parts, wrapped under its own indent."""
        whole = Text()
        for part in parts:
            text, style = part if isinstance(part, tuple) else (part, "")
            whole.append(squash_ends(visible(text)), style)
        room = max(12, self.width - indent - hang)
        for number, row in enumerate(whole.wrap(self._console, room, overflow="fold")):
            row.rstrip()
            lead = " " * (indent + (hang if number else 0))
            self._console.print(Text(lead) + row, soft_wrap=True)

    def gap(self) -> None:
        """Leave one line free."""
        self._file.write("\n")

    def text(self) -> str:
        """Give everything written so far."""
        return self._file.getvalue()


def squash_ends(text: str) -> str:
    """Make line feeds and tabs blanks, so that foreign text cannot draw lines of its own."""
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def render(report: Report, width: int = 80, colour: bool = False, verbose: bool = False) -> str:
    """Draw the whole report; `verbose` adds rule numbers, scores and statements set aside."""
    sheet = Sheet(width, colour)
    _overview(sheet, report)
    if report.findings or report.article.posts:
        sheet.gap()
        sheet.line(("All claims, in reading order", "bold underline"))
        for group in outline.groups(report):
            _group(sheet, report, group, verbose)
    _colophon(sheet, report)
    return sheet.text()


def explain(report: Report, claim_id: str, width: int = 80, colour: bool = False) -> str | None:
    """Draw one claim in full, with everything that was weighed; None where the id is unknown."""
    found = next((f for f in report.findings if f.claim.id == claim_id), None)
    if found is None:
        return None
    sheet = Sheet(width, colour)
    _finding(sheet, report, found, verbose=True)
    sheet.gap()
    sheet.line("Where it stands: ", words.quoted(squash(found.claim.origin.quote)), hang=2)
    post = next((p for p in report.article.posts if p.id == found.claim.origin.post), None)
    if post is not None:
        _post(sheet, post)
    label = found.verdict.label
    sheet.line(f"“{words.LABELS[label]}” means: {words.MEANINGS[label]}", hang=2)
    return sheet.text()


def posts(found: tuple[Post, ...], width: int = 80, colour: bool = False) -> str:
    """Draw embedded posts with their checks."""
    sheet = Sheet(width, colour)
    sheet.line((words.number_of(len(found), "embedded post").capitalize() + ".", "bold"))
    for post in found:
        sheet.gap()
        _post(sheet, post)
        if post.url:
            sheet.line(post.url, indent=2)
        sheet.line("Text: " + (squash(post.text) if post.text else NO_TEXT), indent=2, hang=2)
        if post.media:
            sheet.line("Has a picture or video; media not examined.", indent=2)
    return sheet.text()


NO_TEXT = "not on the page (only a placeholder stood there)"


def _overview(sheet: Sheet, report: Report) -> None:
    sheet.line((outline.title(report), "bold"))
    article = report.article
    dated = words.when(article.published_at) if article.published_at else "date not known"
    place = f" · {article.url}" if article.url else ""
    sheet.line((f"Article of {dated}{place}", "dim"))
    if report.as_of:
        sheet.line((f"Archive used as of {words.when(report.as_of)}", "dim"))
    sheet.gap()
    if not report.findings:
        sheet.line("No claims were found in this article.")
    else:
        _strip(sheet, report)
        _first_things(sheet, report)
    for warning in outline.warnings(report):
        sheet.line("Note: " + warning, hang=2)


def _strip(sheet: Sheet, report: Report) -> None:
    parts = words.number_of(len(report.article.posts), "post")
    sheet.line((f"{words.number_of(len(report.findings), 'claim').capitalize()}, {parts}", "bold"))
    cells = [
        (f"{count:>4}  {words.SIGNS[label]} {words.LABELS[label]}", STYLES[label])
        for label, count in outline.counts(report).items()
        if count
    ]
    columns = 2 if sheet.width >= 70 else 1
    half = -(-len(cells) // columns)
    for row in range(half):
        left, right = cells[row], cells[row + half : row + half + 1] if columns == 2 else []
        sheet.line((left[0].ljust(36) if right else left[0], left[1]), *right, hang=8)


def _first_things(sheet: Sheet, report: Report) -> None:
    found, doubtful = outline.shaky(report), outline.doubtful_posts(report)
    if not found and not doubtful:
        return
    sheet.gap()
    sheet.line(("Look at these first", "bold underline"))
    for post in doubtful[:FIRST_POSTS]:
        faults = [words.check(c) for c in post.checks if c.result in ("warn", "fail")]
        text = f"{words.account(post)}: {'; '.join(faults)}"
        sheet.line(("! Post by ", "bold"), outline.shorten(text, 130), hang=2)
    shown = outline.first(report, FIRST - min(len(doubtful), FIRST_POSTS))
    for finding in shown:
        label = finding.verdict.label
        sheet.line(
            (f"{words.SIGNS[label]} {words.LABELS[label]} ", STYLES[label]),
            (f"[{finding.claim.id}] ", "dim"),
            f"{outline.shorten(finding.claim.text, 90)} — {outline.attested(finding)}",
            hang=2,
        )
    rest = len(found) - len(shown) + len(doubtful) - len(doubtful[:FIRST_POSTS])
    if rest:
        sheet.line((f"and {rest} more below", "dim"), indent=2)


def _group(sheet: Sheet, report: Report, group: outline.Group, verbose: bool) -> None:
    if not group.findings and group.post is None:
        return
    sheet.gap()
    if group.post is not None:
        _post(sheet, group.post)
        text = squash(group.post.text) if group.post.text else NO_TEXT
        sheet.line((words.quoted(text) if group.post.text else text, "italic"), indent=2)
    else:
        head = f"Paragraph {group.number}: {words.quoted(outline.shorten(group.text, 90))}"
        sheet.line((head, "dim"), hang=2)
    for finding in group.findings:
        sheet.gap()
        _finding(sheet, report, finding, verbose)


def _post(sheet: Sheet, post: Post) -> None:
    sheet.line((f"Post: {words.byline(post)}", "bold"), hang=2)
    for found in post.checks:
        sign = {"pass": "ok", "warn": "!", "fail": "!!", "unknown": "?"}[found.result]
        sheet.line(f"{sign} {words.check(found)}", indent=2, hang=3)


def _finding(sheet: Sheet, report: Report, finding: Finding, verbose: bool) -> None:
    label, claim, verdict = finding.verdict.label, finding.claim, finding.verdict
    sheet.line(
        (f"[{claim.id}] ", "dim"),
        (f"{words.SIGNS[label]} {words.LABELS[label]}", STYLES[label]),
        (f" (rule {verdict.rule})" if verbose else "", "dim"),
        ": ",
        claim.text,
        indent=2,
        hang=2,
    )

    def say(name: str, text: str) -> None:
        if text:
            sheet.line((f"{name}: ", "dim"), text, indent=6, hang=2)

    say(words.role(claim), _who_says(finding))
    say("When", words.interval(claim.event_time))
    say("Why", verdict.reason)
    for item in outline.speaking(finding):
        _evidence(sheet, item, verbose)
    if aside := outline.set_aside(finding):
        if verbose:
            for item in aside:
                _evidence(sheet, item, verbose)
        else:
            say("Set aside", words.number_of(len(aside), "statement") + " about something else")
    say("Note", "; ".join(outline.notes(finding)))
    for rival in outline.rivals(report, finding):
        say("Rival", f"[{rival.claim.id}] {rival.claim.text} ({outline.addressed(rival)})")
    say("Would settle it", verdict.would_settle)


def _who_says(finding: Finding) -> str:
    claim = finding.claim
    said = words.who(claim.source)
    if claim.certainty is not Certainty.UNSPECIFIED:
        said += f", {words.CERTAINTIES[claim.certainty]}"
    if claim.cue and claim.source.kind is not Kind.AUTHOR:
        said += f" (“{claim.cue}”)"
    return said + (f"; through {' → '.join(claim.chain)}" if len(claim.chain) > 1 else "")


def _evidence(sheet: Sheet, item: Evidence, verbose: bool) -> None:
    said = item.statement
    score = f", score {item.score:.2f}" if verbose and item.stance is not Stance.NO_COMMENT else ""
    sheet.line(
        f"{MARKS[item.stance]} ",
        (words.who(said.source), "bold"),
        f", {words.when(said.published_at)}, {words.STANCES[item.stance]}{score}: ",
        words.quoted(squash(said.quote)),
        indent=6,
        hang=2,
    )
    sheet.line((_provenance(item, said), "dim"), indent=8)


def _provenance(item: Evidence, said: Statement) -> str:
    parts = [words.heard_from(said)]
    if item.note:
        parts.append(item.note)
    if words.is_only_shown(item):
        parts.append("shown, does not decide")
    if said.url:
        parts.append(said.url)
    return "; ".join(parts)


def _colophon(sheet: Sheet, report: Report) -> None:
    sheet.gap()
    sheet.line(("What the words mean", "bold underline"))
    for label, count in outline.counts(report).items():
        if count:
            sheet.line((f"{words.LABELS[label]}: ", STYLES[label]), words.MEANINGS[label], hang=2)
    sheet.gap()
    sheet.line((words.PREMISE, "dim"))
    sheet.line((provenance(report), "dim"))


def provenance(report: Report) -> str:
    """Say when the report was made, from what archive and by which models.

    The archive's folder is left out: a report is handed on, and it names whoever made it.
    """
    kept = "no archive used"
    if report.archive_path:
        size = words.number_of(report.archive_size, "statement")
        kept = f"{size} in the archive {PurePath(report.archive_path).name}"
    models = ", ".join(f"{name} {model}" for name, model in sorted(report.models.items()))
    made = f"Report made {words.when(report.created_at)}; {kept}"
    return made + (f"; models: {models}." if models else ".")
