"""verify.report.terminal: the first screen, the claims, and foreign text that stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from damascus import FINDINGS, REPORT
from damascus_said import POSTS
from hostile import REPORT_HOSTILE
from rich.cells import cell_len

from verify.report import terminal, words
from verify.values import Article, Label


def test_the_first_screen_holds_title_date_counts_and_the_gravest_claims() -> None:
    screen = "\n".join(terminal.render(REPORT).splitlines()[:24])
    assert "Syrian air defenses down “hostile targets” over Damascus" in screen
    assert "Article of 20 Nov 2019" in screen
    assert "10 claims, 2 posts" in screen
    for label in Label:
        assert words.LABELS[label] in screen
    assert "[c10] Ten people were killed in Mezzeh" in screen


@pytest.mark.parametrize("width", [24, 40, 80, 100, 300])
@pytest.mark.parametrize("report", [REPORT, REPORT_HOSTILE], ids=["damascus", "hostile"])
def test_no_line_is_wider_than_the_terminal(report: object, width: int) -> None:
    drawn = terminal.render(report, width)  # type: ignore[arg-type]
    assert max(cell_len(line) for line in drawn.splitlines()) <= width


def test_every_claim_is_shown_once_with_verdict_reason_and_what_would_settle_it() -> None:
    drawn = " ".join(terminal.render(REPORT, 100).split())
    for finding in FINDINGS:
        label = words.LABELS[finding.verdict.label]
        head = f"[{finding.claim.id}] {words.SIGNS[finding.verdict.label]} {label}:"
        assert drawn.count(head) == 1
        assert finding.verdict.reason in drawn
        assert finding.verdict.would_settle in drawn


def test_without_colour_there_is_no_escape_sequence_and_no_box() -> None:
    drawn = terminal.render(REPORT)
    assert "\x1b" not in drawn
    assert not re.search("[─│┌┐└┘━┃╭╮]", drawn)


def test_colour_changes_nothing_but_colour() -> None:
    coloured = terminal.render(REPORT, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal.render(REPORT)


def test_control_and_bidirectional_characters_are_shown_and_not_obeyed() -> None:
    drawn = terminal.render(REPORT_HOSTILE, verbose=True)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", drawn)
    assert "‹U+202E›" in drawn
    assert "‹U+001B›" in drawn


def test_rich_markup_in_foreign_text_is_text() -> None:
    joined = "".join(terminal.render(REPORT_HOSTILE, 100).split())
    assert "[/x][red]notred[/red]" in joined


def test_notes_that_a_reader_must_see_are_shown() -> None:
    drawn = " ".join(terminal.render(REPORT).split())
    for note in (
        "attributed to officials by this article; original not seen",
        "early official account; may change",
        "media not examined",
        "later than the article",
        "denied by Syria, a party to it",
        "shown, does not decide",
        "no official addresses it",
    ):
        assert note in drawn


def test_the_whole_of_one_claim_shows_what_was_set_aside_and_by_which_rule() -> None:
    drawn = " ".join((terminal.explain(REPORT, "c5") or "").split())
    assert "(rule 4)" in drawn
    assert "another day's event" in drawn
    assert "We have started striking Iranian Quds targets" in drawn
    assert "“Confirmed by officials” means:" in drawn
    assert terminal.explain(REPORT, "c99") is None


def test_posts_are_listed_with_every_check_and_a_placeholder_is_named() -> None:
    drawn = " ".join(terminal.posts(POSTS).split())
    assert "2 embedded posts." in drawn
    assert "! Not older than event: doubtful (posted two days before the blasts it shows)" in drawn
    assert "Text: not on the page (only a placeholder stood there)" in drawn


def test_an_article_without_claims_says_so() -> None:
    bare = replace(REPORT, article=Article("Nothing to see."), findings=(), statements=())
    assert "No claims were found in this article." in terminal.render(bare)


def test_the_archives_folder_is_not_handed_on() -> None:
    assert "/home/desk" not in terminal.render(REPORT)
    assert "archive.db" in terminal.render(REPORT)
