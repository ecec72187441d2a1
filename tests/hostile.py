"""A report whose every foreign text tries to break out of the page, table or terminal it meets."""

from __future__ import annotations

from dataclasses import replace

from damascus import REPORT
from damascus_said import at

from verify.values import (
    Article,
    Claim,
    Commitment,
    Evidence,
    Finding,
    Interval,
    Kind,
    Label,
    Origin,
    Post,
    Report,
    Source,
    Span,
    Stance,
    Statement,
    Verdict,
)

SCRIPT = "</script><script>window.hacked = 1</script>"
IMAGE = '<img src=x onerror="window.hacked = 2">'
MARKDOWN = (
    "![pixel](https://evil.example/p.png) [click](javascript:alert(1)) <https://evil.example>"
)
BIDI = "harm\u202eless\u2066 text\u200b"
CONTROL = "red \x1b[31malert\x1b[0m \x07bell \x9b2J clear"
RICH = "[/x] [red]not red[/red]"
FORMULA = '=HYPERLINK("https://evil.example")'
WORD = "w" * 10_000
NASTY = " ".join(
    (FORMULA, SCRIPT, IMAGE, MARKDOWN, BIDI, CONTROL, RICH, "{{ 7 * 7 }}", "@everyone")
)
TEXT = f"{NASTY}\n\n{WORD}\n\n# Not a heading\n- not a list"

SOURCE = Source(NASTY, Kind.MILITARY, NASTY)
STATEMENT = Statement(
    id="s1",
    text=NASTY,
    quote=NASTY,
    source=SOURCE,
    commitment=Commitment.AFFIRMS,
    origin="archive",
    published_at=at(2024, 1, 1),
    event_time=Interval(at(2024, 1, 1), at(2024, 1, 2), NASTY),
    relayed_by=NASTY,
    url='https://evil.example/"><script>window.hacked = 3</script>',
)
POST = Post(
    id="p1",
    platform=NASTY,
    post_id=None,
    url="javascript:window.hacked = 4",
    author=NASTY,
    handle=NASTY,
    text=f"{NASTY} {WORD}",
    position=len(NASTY),
    posted_at=at(2024, 1, 1, 3),
)


def finding(number: int, origin: Origin, label: Label) -> Finding:
    claim = Claim(
        f"c{number}",
        NASTY,
        origin,
        SOURCE,
        chain=(NASTY, NASTY),
        cue=NASTY,
        actor=NASTY,
        target=NASTY,
        place=NASTY,
        event_time=Interval(at(2024, 1, 1), at(2024, 1, 2), NASTY),
        rivals=("c2",) if number == 1 else (),
    )
    evidence = (Evidence(STATEMENT, Stance.SUPPORTS, 0.9, NASTY),)
    return Finding(claim, evidence, Verdict(label, 6, NASTY, NASTY, "relayed", (NASTY,)))


REPORT_HOSTILE: Report = replace(
    REPORT,
    article=Article(
        text=TEXT,
        title=NASTY,
        url='https://evil.example/" onmouseover="window.hacked = 5',
        published_at=at(2024, 1, 1),
        posts=(POST,),
        warnings=(NASTY,),
    ),
    findings=(
        finding(1, Origin("sentence", NASTY, 0, len(NASTY), (Span(0, 40),)), Label.CONFIRMED),
        finding(
            2, Origin("post", POST.text or "", 0, len(POST.text or ""), (), "p1"), Label.DISPUTED
        ),
    ),
    statements=(STATEMENT,),
    warnings=(NASTY,),
    models={"encoder": NASTY},
    archive_path=f"/tmp/{NASTY}",
)
