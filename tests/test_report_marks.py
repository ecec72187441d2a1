"""verify.report.marks: the text cut into pieces to underline."""

from __future__ import annotations

from dataclasses import replace

from damascus import C1, C4, C5, REPORT
from damascus_said import POST_TEXT

from verify.report import marks, outline
from verify.values import Span


def test_the_pieces_joined_are_the_text() -> None:
    for group in outline.groups(REPORT):
        start = 0 if group.post else group.start
        pieces = marks.cut(group.text, start, group.findings)
        assert "".join(p.text for p in pieces) == group.text


def test_every_claim_ends_in_exactly_one_piece() -> None:
    for group in outline.groups(REPORT):
        start = 0 if group.post else group.start
        ends = [f.claim.id for p in marks.cut(group.text, start, group.findings) for f in p.ends]
        assert sorted(ends) == sorted(f.claim.id for f in group.findings)


def test_where_claims_overlap_the_one_with_fewer_words_is_underlined() -> None:
    pieces = marks.cut(POST_TEXT, 0, [C4, C5])
    shared = next(p for p in pieces if p.text == "southern #Damascus")
    assert shared.top is C5


def test_a_claim_whose_place_lies_outside_the_text_still_ends_in_it() -> None:
    lost = replace(
        C1, claim=replace(C1.claim, origin=replace(C1.claim.origin, spans=(Span(900, 950),)))
    )
    pieces = marks.cut("Short text.", 0, [lost])
    assert [p.text for p in pieces] == ["Short text."]
    assert pieces[0].ends == (lost,)
    assert marks.cut("", 0, [lost])[0].ends == (lost,)
