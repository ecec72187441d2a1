"""The report as one self-contained HTML page: no outside request, no script needed to read it.

Everything foreign is escaped by the template engine, hiding characters are shown, only http and
https become links, and the page's own policy forbids everything but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from verify.report import links, marks, outline, timeline, words
from verify.report.terminal import provenance
from verify.text import squash, visible
from verify.values import Label, Report

#: The bar's colours where a page's style does not reach its pictures (in WeasyPrint).
COLOURS: dict[Label, str] = {
    Label.CONTRADICTED: "#b02a00",
    Label.DISPUTED: "#97226f",
    Label.ONE_SIDED: "#7a5200",
    Label.SPECULATIVE: "#0a6157",
    Label.UNCONFIRMED: "#3d4854",
    Label.NOT_CHECKED: "#6b6760",
    Label.CONFIRMED: "#0b57b0",
}
FIRST = 6


def render(report: Report, nav: Sequence[tuple[str, str]] = ()) -> str:
    """Draw a report as an HTML page; `nav` are links (address, words) where a site holds it."""
    style, script = _shipped("report.css"), _shipped("report.js")
    return _template().render(
        report=report,
        nav=nav,
        style=style,
        script=script,
        policy=policy(style, script),
        **_content(report),
    )


def policy(style: str, script: str) -> str:
    """Write the content security policy that admits this style and this script alone."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def own_policy() -> str:
    """Write the policy of every report's page, for a server's header."""
    return policy(_shipped("report.css"), _shipped("report.js"))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _content(report: Report) -> dict[str, Any]:
    groups = outline.groups(report)
    times = timeline.items(report)
    counts = outline.counts(report)
    return {
        "title": outline.title(report),
        "counts": {label: count for label, count in counts.items() if count},
        "bar": _bar(counts),
        "colours": COLOURS,
        "groups": groups,
        "findings": [f for g in groups for f in g.findings],
        "number": timeline.numbers(report),
        "first": outline.first(report, FIRST),
        "shaky": outline.shaky(report),
        "doubtful": outline.doubtful_posts(report),
        "statements": outline.statements(report),
        "parties": outline.parties(report),
        "times": times,
        "drawing": timeline.draw(times),
        "provenance": provenance(report),
    }


def _bar(counts: dict[Label, int]) -> list[tuple[Label, float, float]]:
    """Divide a bar of 1000 units by verdict: (label, start, width)."""
    total = sum(counts.values())
    found, at = [], 0.0
    for label, count in counts.items():
        if count:
            width = round(1000 * count / total, 2)
            found.append((label, at, width))
            at = round(at + width, 2)
    return found


@cache
def _shipped(name: str) -> str:
    return (files("verify.report") / name).read_text("utf-8")


@cache
def _template() -> Template:
    env = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(show=visible, squash=lambda text: squash(visible(text)), link=links.link)
    env.globals.update(words=words, outline=outline, cut=marks.cut, Label=Label, is_later=_later)
    return env.from_string(_shipped("report.html"))


def _later(report: Report, statement: Any) -> bool:
    return outline.is_later(report, statement.published_at)
