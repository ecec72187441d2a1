"""verify.report.timeline: everything dated, in order, with what is later or recycled."""

from __future__ import annotations

from dataclasses import replace

from damascus import C5, REPORT
from damascus_said import POSTS, S_IDF, at

from verify.report import timeline
from verify.values import Evidence, Stance


def test_everything_dated_that_bears_on_the_article_is_there_in_order() -> None:
    found = timeline.items(REPORT)
    assert [i.start for i in found] == sorted(i.start for i in found)
    assert {i.anchor for i in found if i.lane == "Officials"} == {
        "statement-s1",
        "statement-s2",
        "statement-s3",
        "statement-a1",
        "statement-a3",
        "statement-a4",
        "statement-a5",
    }, "January's statement was set aside and would stretch the line"
    assert [i.label for i in found if i.lane == "Events"] == [
        "claims 2, 6, 7",
        "claims 1, 3, 4, 5, 9, 10",
    ]


def test_a_statement_after_the_article_is_marked_later() -> None:
    later = [i.anchor for i in timeline.items(REPORT) if i.later]
    assert later == ["statement-a1"]


def test_a_post_older_than_what_it_shows_is_marked_recycled() -> None:
    assert not timeline.is_recycled(REPORT, POSTS[0])
    old = replace(POSTS[0], posted_at=at(2019, 11, 17, 12))
    report = replace(REPORT, article=replace(REPORT.article, posts=(old, POSTS[1])))
    assert [i.anchor for i in timeline.items(report) if i.recycled] == ["p1"]


def test_items_of_one_lane_never_overlap() -> None:
    drawing = timeline.draw(timeline.items(REPORT))
    assert drawing is not None
    places = [(p.item.lane, p.x, p.y) for p in drawing.placed]
    assert len(set(places)) == len(places)
    assert all(0 <= p.x <= 720 and 0 <= p.y <= drawing.height for p in drawing.placed)


def test_a_long_gap_is_compressed_and_named() -> None:
    far = replace(
        REPORT, statements=(), findings=REPORT.findings, article=replace(REPORT.article, posts=())
    )
    items = [
        *timeline.items(far),
        timeline.Item("Officials", at(2019, 1, 21), at(2019, 1, 21), "IDF", "IDF said", "a2"),
    ]
    drawing = timeline.draw(items)
    assert drawing is not None
    assert [text for _, text in drawing.breaks] == ["302 days"]


def test_without_two_different_times_nothing_is_drawn() -> None:
    assert timeline.draw([]) is None
    one = timeline.Item("Posts", at(2020, 1, 1, 5), at(2020, 1, 1, 5), "a", "a", "p1")
    assert timeline.draw([one]) is None


def test_claims_are_numbered_in_reading_order() -> None:
    assert list(timeline.numbers(REPORT).values()) == list(range(1, 11))


def test_what_one_source_says_twice_in_the_same_way_is_one_item() -> None:
    again = replace(S_IDF, id="a9", quote="Again.")
    finding = replace(C5, evidence=(*C5.evidence, Evidence(again, Stance.SUPPORTS, 0.9)))
    found = timeline.items(replace(REPORT, findings=(finding,)))
    assert [i.what for i in found if i.later] == [
        "Israel Defense Forces (military, Israel) said (2 statements)"
    ]


def test_what_lasts_for_months_is_left_to_the_list() -> None:
    years = timeline.Item("Events", at(2012, 1, 1), at(2019, 1, 1), "claim 1", "claim 1", "c1")
    drawing = timeline.draw([years, *timeline.items(REPORT)])
    assert drawing is not None
    assert years not in [p.item for p in drawing.placed]
