"""verify.report.outline: what every format draws."""

from __future__ import annotations

from dataclasses import replace

from damascus import C1, C2, C3, C5, C7, C8, C9, C10, FINDINGS, REPORT
from damascus_said import S_POLICEMAN, at

from verify.report import outline
from verify.values import Article, Label, Report


def test_every_finding_stands_in_exactly_one_group_in_reading_order() -> None:
    grouped = [f.claim.id for g in outline.groups(REPORT) for f in g.findings]
    assert grouped == [f.claim.id for f in FINDINGS]


def test_a_post_stands_where_it_stood_in_the_article() -> None:
    kinds = [g.post.id if g.post else g.number for g in outline.groups(REPORT)]
    assert kinds == [1, 2, 3, "p1", 4, 5, 6, "p2"]


def test_paragraphs_are_those_of_the_text_and_lose_nothing() -> None:
    text = "  One.\nStill one.\n\n\n \nTwo.  \n\nThree"
    report = replace(REPORT, article=Article(text), findings=())
    assert [g.text for g in outline.groups(report)] == ["One.\nStill one.", "Two.", "Three"]


def test_a_claim_outside_every_paragraph_is_still_shown() -> None:
    report = replace(REPORT, article=Article(""), findings=(C1,))
    assert [f.claim.id for g in outline.groups(report) for f in g.findings] == ["c1"]


def test_a_claim_of_a_post_that_the_article_lacks_is_still_shown() -> None:
    report = replace(REPORT, article=Article("Some text."), findings=(C5,))
    assert [f.claim.id for g in outline.groups(report) for f in g.findings] == ["c5"]


def test_the_shaky_claims_come_gravest_first_without_confirmed_and_unchecked_ones() -> None:
    ids = [f.claim.id for f in outline.shaky(REPORT)]
    assert ids == ["c10", "c9", "c1", "c3", "c6", "c7", "c2", "c4"]


def test_counts_hold_every_verdict_and_add_up() -> None:
    counts = outline.counts(REPORT)
    assert list(counts) == list(Label)
    assert sum(counts.values()) == len(FINDINGS)


def test_a_decisive_verdict_names_who_and_when() -> None:
    assert (
        outline.attested(C5) == "Israel Defense Forces (military, Israel), 21 Nov 2019, 01:05 UTC"
    )
    assert outline.attested(C10) == (
        "Syrian health ministry (government, Syria), 20 Nov 2019, 09:30 UTC"
    )
    assert outline.attested(C9) == (
        "affirmed by Russian defence ministry (military, Russia), 20 Nov 2019; "
        "denied by Syrian health ministry (government, Syria), 20 Nov 2019, 12:00 UTC"
    )


def test_a_verdict_that_rests_on_silence_names_who_says_so_and_why_it_was_not_checked() -> None:
    assert outline.attested(C2) == "said by AFP correspondent (press, AFP)"
    assert outline.attested(C3) == "some (unnamed), thought possible"
    assert outline.attested(C8) == "an opinion, which no statement can settle"


def test_what_never_decides_is_not_named_as_deciding() -> None:
    assert S_POLICEMAN.id not in {e.statement.id for e in outline.deciding(C9)}


def test_the_basis_stands_among_the_notes_of_a_decided_claim() -> None:
    assert outline.notes(C1)[0] == "attributed to officials by this article; original not seen"
    assert outline.notes(C3) == ["media not examined"]


def test_rivals_say_whether_any_official_addresses_them() -> None:
    assert [f.claim.id for f in outline.rivals(REPORT, C7)] == ["c6", "c5"]
    assert outline.addressed(C5) == "an official addresses it"
    assert outline.addressed(C3) == "an official declined to comment on it"
    assert outline.addressed(C7) == "no official addresses it"


def test_each_party_shows_what_it_said_denied_and_declined() -> None:
    parties = {p.name: p for p in outline.parties(REPORT)}
    assert list(parties) == ["Israel", "Russia", "Syria"]
    assert [s.id for s in parties["Israel"].said] == ["a1"], "January's strikes do not bear on it"
    assert [s.id for s in parties["Israel"].declined] == ["s2"]
    assert [s.id for s in parties["Syria"].denied] == ["a3", "a5"]
    assert [s.id for s in parties["Syria"].reserved] == ["a4"]


def _dated(published: object) -> Report:
    return replace(REPORT, article=replace(REPORT.article, published_at=published))


def test_later_means_after_the_articles_day_or_after_its_minute() -> None:
    assert not outline.is_later(_dated(at(2019, 11, 20)), at(2019, 11, 20, 23))
    assert outline.is_later(_dated(at(2019, 11, 20)), at(2019, 11, 21))
    assert outline.is_later(_dated(at(2019, 11, 20, 12)), at(2019, 11, 20, 13))
    assert not outline.is_later(_dated(None), at(2019, 11, 21))
    assert not outline.is_later(_dated(at(2019, 11, 20)), None)


def test_a_title_is_made_of_the_first_words_where_there_is_none() -> None:
    untitled = replace(REPORT, article=replace(REPORT.article, title=None))
    assert outline.title(untitled).startswith("Syrian anti-aircraft defenses brought down")
    assert outline.title(replace(REPORT, article=Article(""))) == "Untitled article"


def test_a_text_is_cut_at_a_words_end() -> None:
    assert outline.shorten("one two three four", 12) == "one two…"
    assert outline.shorten("w" * 50, 10) == "w" * 9 + "…"
    assert outline.shorten("short", 10) == "short"


def test_the_first_look_takes_some_of_every_shaky_verdict_and_posts_before_prose() -> None:
    assert [f.claim.id for f in outline.first(REPORT, 5)] == ["c10", "c9", "c1", "c3", "c4"]
    assert len(outline.first(REPORT, 100)) == len(outline.shaky(REPORT))
    assert outline.first(REPORT, 0) == []
