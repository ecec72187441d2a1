"""The report as Markdown, for a ticket or a chat.

Foreign text stays text: markup in it is escaped, addresses and mentions in it are put into code
spans so that nothing links, loads or notifies by itself. Only a statement's own http(s) address
becomes a link.
"""

from __future__ import annotations

import re

from verify.report import links, outline, words
from verify.report.terminal import provenance
from verify.text import squash, visible
from verify.values import Evidence, Finding, Post, Report

_WORD = re.compile(r"(\s+)")
_EDGES = re.compile(r"([(\[{<\"'“‘«]*)(.*?)([)\]}>\"'”’».,;:!?]*)\Z", re.DOTALL)
_ACTIVE = re.compile(r"[@#]\w|(?:[\w-]+\.)+[\w-]+/")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$^=:\"'])")
#: Marks that mean something only at a line's start or beside others are left readable inside it.
_QUIET = set("-.()+:'\"=^$#{}")


def render(report: Report) -> str:
    """Draw a report as CommonMark."""
    article = report.article
    out = [f"# {plain(outline.title(report))}", ""]
    dated = words.when(article.published_at) if article.published_at else "unknown date"
    place = f" · {address(article.url, 'the article')}" if article.url else ""
    out += [f"Article of {dated}{place}", ""]
    if report.as_of:
        out += [f"Archive as of {words.day(report.as_of)}", ""]
    out += [f"*{words.PREMISE}*", "", *_overview(report)]
    for group in outline.groups(report):
        if group.post is not None:
            out += _post(group.post)
        elif group.findings:
            quote = plain(outline.shorten(group.text, 160))
            out += [f"## Paragraph {group.number}", "", f"> {quote}", ""]
        for finding in group.findings:
            out += _finding(report, finding)
    out += ["## What the words mean", ""]
    out += [
        f"- **{words.LABELS[label]}**: {words.MEANINGS[label]}"
        for label, count in outline.counts(report).items()
        if count
    ]
    out += ["", plain(provenance(report))]
    return "\n".join(out) + "\n"


def plain(text: str) -> str:
    """Give foreign text as Markdown that shows it as it is and does nothing."""
    escaped = "".join(_one_word(word) for word in _WORD.split(squash(visible(text))))
    # A list number or bullet at the start would change what the line is.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=#])", r"\\\1", escaped))


def _one_word(word: str) -> str:
    """Give one word, in a code span where a reader of Markdown might link or notify."""
    lowered = word.lower()
    if "://" in word or "@" in word or "www." in lowered or "mailto:" in lowered:
        active = True
    else:
        active = _ACTIVE.match(word.lstrip("([{<\"'“‘«")) is not None
    if not active:
        return _escape(word)
    edges = _EDGES.match(word)
    if edges is None:  # pragma: no cover - the pattern matches every word
        return _code(word)
    return _escape(edges[1]) + _code(edges[2]) + _escape(edges[3])


def _escape(text: str) -> str:
    return _MARKUP.sub(lambda m: m[1] if m[1] in _QUIET else "\\" + m[1], text)


def _code(text: str) -> str:
    return "`" + text.replace("`", "'") + "`"


def address(url: str | None, text: str) -> str:
    """Give a link to an http or https address, a code span for any other, nothing for none."""
    if not url:
        return ""
    if links.link(url) is None:
        return _code(squash(visible(url)))
    safe = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"[{text}](<{safe}>)"


def _overview(report: Report) -> list[str]:
    total = words.number_of(len(report.findings), "claim").capitalize()
    out = [f"**{total}, {words.number_of(len(report.article.posts), 'embedded post')}**", ""]
    out += [
        f"- {count} {words.SIGNS[label]} {words.LABELS[label]}"
        for label, count in outline.counts(report).items()
        if count
    ]
    out += [""] if report.findings else []
    for warning in outline.warnings(report):
        out += [f"> {plain(warning)}", ""]
    shaky = outline.shaky(report)
    if shaky:
        out += ["**Look at these first**", ""]
        out += [
            f"- {words.SIGNS[f.verdict.label]} **{words.LABELS[f.verdict.label]}** "
            f"({plain(f.claim.id)}): {plain(f.claim.text)} — {plain(outline.attested(f))}"
            for f in shaky
        ]
        out += [""]
    return out


def _post(post: Post) -> list[str]:
    out = [f"## Post: {plain(words.byline(post))}", ""]
    text = plain(post.text) if post.text else "*its text was not on the page*"
    out += [f"> {text}", ""]
    out += [f"- {plain(words.check(found))}" for found in post.checks]
    if post.url:
        out += [f"- {address(post.url, 'the post')}"]
    return [*out, ""]


def _finding(report: Report, finding: Finding) -> list[str]:
    claim, verdict = finding.claim, finding.verdict
    label = f"{words.SIGNS[verdict.label]} {words.LABELS[verdict.label]}"
    out = [f"### {plain(claim.id)} · {label}", "", f"**{plain(claim.text)}**", ""]
    rows = [
        (words.role(claim), words.said_by(claim)),
        ("Through", " → ".join(claim.chain) if len(claim.chain) > 1 else ""),
        ("When", words.interval(claim.event_time)),
        ("Why", verdict.reason),
        ("Note", "; ".join(outline.notes(finding))),
        ("Would settle it", verdict.would_settle),
    ]
    out += [f"- {name}: {plain(text)}" for name, text in rows if text]
    for rival in outline.rivals(report, finding):
        text = f"{rival.claim.id}, {rival.claim.text} ({outline.addressed(rival)})"
        out.append(f"- Rival: {plain(text)}")
    out += [_evidence(item) for item in outline.speaking(finding)]
    aside = outline.set_aside(finding)
    if aside:
        out.append(f"- Set aside: {words.number_of(len(aside), 'statement')} about something else")
    return [*out, ""]


def _evidence(item: Evidence) -> str:
    said = item.statement
    parts = [plain(words.heard_from(said))]
    if item.note:
        parts.append(plain(item.note))
    if words.is_only_shown(item):
        parts.append("shown, does not decide")
    if said.url:
        parts.append(address(said.url, "source"))
    head = f"{plain(words.who(said.source))}, {words.when(said.published_at)}"
    stance, quote = words.STANCES[item.stance].capitalize(), plain(words.quoted(squash(said.quote)))
    return f"- **{stance}**: {head}: {quote} ({'; '.join(parts)})"
