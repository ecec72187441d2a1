"""The search: the right statement first, nothing of another time, a claim's own words always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from small_encoder import SmallEncoder

from verify.archive import Archive
from verify.read import search
from verify.read.search import Pool, Search
from verify.values import Claim, Commitment, Interval, Kind, Origin, Source, Span, Statement

ARMY = Source("Army", Kind.MILITARY, "Israel")


def day(number: int, month: int = 11) -> datetime:
    return datetime(2019, month, number, tzinfo=UTC)


def said(text: str, published: datetime, ident: str = "", url: str = "") -> Statement:
    origin = "article" if ident else "archive"
    return Statement(ident, text, text, ARMY, Commitment.AFFIRMS, origin, published, url=url)  # type: ignore[arg-type]


def claimed(text: str, event: Interval | None = None, own: str | None = None) -> Claim:
    origin = Origin("sentence", text, 0, len(text), (Span(0, len(text)),))
    return Claim("c1", text, origin, ARMY, event_time=event, own_statement=own)


STRIKE = claimed("Israel carried out strikes on Damascus", Interval(day(19), day(20)))
STATEMENTS = [
    said("We struck targets in Damascus: strikes on 12 sites.", day(20)),
    said("We carried out strikes on Damascus.", day(21, 1)),
    said("Strikes on Damascus were carried out by Israel.", day(25, 12)),
    said("The harvest was good this year.", day(20)),
]


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.in_memory() as opened:
        opened.add(STATEMENTS, SmallEncoder())
        yield opened


def found(matches: tuple[object, ...]) -> list[str]:
    return [match.statement.id for match in matches]  # type: ignore[attr-defined]


def test_statements_of_another_month_are_not_put_forward(archive: Archive) -> None:
    (matches,) = Search((), archive, SmallEncoder())([STRIKE])
    assert found(matches) == ["a1", "a4"]
    assert matches[0].score > matches[1].score


def test_a_claim_without_a_date_sees_every_time(archive: Archive) -> None:
    (matches,) = Search((), archive, SmallEncoder())([replace(STRIKE, event_time=None)])
    assert sorted(found(matches)) == ["a1", "a2", "a3", "a4"]
    assert found(matches)[-1] == "a4"


def test_as_of_counts_to_the_end_of_that_day(archive: Archive) -> None:
    for as_of, expected in ((day(19), []), (day(20), ["a1", "a4"])):
        (matches,) = Search((), archive, SmallEncoder(), as_of=as_of)([STRIKE])
        assert found(matches) == expected


def test_the_articles_own_statements_count_whatever_the_day(archive: Archive) -> None:
    own = [said("We carried out strikes on Damascus", day(30), "s1")]
    (matches,) = Search(own, None, SmallEncoder(), as_of=day(19))([STRIKE])
    assert found(matches) == ["s1"]


def test_a_gate_lets_statements_through_or_not(archive: Archive) -> None:
    def names_sites(claim: Claim, statement: Statement) -> bool:
        return "sites" in statement.text

    (matches,) = Search((), archive, SmallEncoder(), gates=[names_sites])([STRIKE])
    assert found(matches) == ["a1"]


def test_a_claims_own_statement_is_always_put_forward() -> None:
    crowd = [said(f"Strikes on Damascus number {n}", day(20), f"s{n}") for n in range(40)]
    own = said("Nothing of the sort.", day(20), "s99")
    (matches,) = Search([*crowd, own], None, SmallEncoder())(
        [claimed("Strikes on Damascus", own="s99")]
    )
    assert len(matches) == search.FROM_ARTICLE + 1
    assert found(matches)[-1] == "s99"


def test_an_edited_post_speaks_by_its_newest_text_as_of_the_day() -> None:
    post = "https://x.com/IDF/status/1196952143462744064"
    with Archive.in_memory() as archive:
        first = said("Strikes on 10 sites in Damascus", day(20), url=post)
        archive.add([first, said("Strikes on 12 sites in Damascus", day(22), url=post)])
        assert [
            found(Search((), archive, SmallEncoder(), as_of=as_of)([STRIKE])[0])
            for as_of in (day(20), day(22), None)
        ] == [["a1"], ["a2"], ["a2"]]


def test_an_archive_without_vectors_is_embedded_while_searching() -> None:
    with Archive.in_memory() as archive:
        archive.add(STATEMENTS)
        (matches,) = Search((), archive, SmallEncoder())([STRIKE])
    assert found(matches)[0] == "a1"


def test_a_search_writes_nothing_and_no_claims_need_no_search(archive: Archive) -> None:
    before = archive.info()
    assert Search((), archive, SmallEncoder())([]) == []
    Search((), archive, SmallEncoder())([STRIKE])
    assert archive.info() == before


def test_nothing_to_search_finds_nothing() -> None:
    with Archive.in_memory() as archive:
        assert Search((), archive, SmallEncoder())([STRIKE]) == [()]
    assert Search((), None, SmallEncoder())([STRIKE]) == [()]


def test_a_text_of_two_parts_is_as_near_as_its_nearest() -> None:
    encoder = SmallEncoder()
    parts = [["a fire in the south", "were rockets launched?"], ["rockets", "no title"]]
    pool = Pool(parts, encoder.encode([part for text in parts for part in text]))
    scores = pool.vectors(encoder.encode(["were rockets launched?"])[0])
    assert np.round(scores[0], 5) == 1
    assert scores[1] < 1


def test_words_and_vectors_together_rank_by_both() -> None:
    encoder = SmallEncoder()
    texts = ["rockets launched from Gaza", "rockets rockets", "a harvest"]
    pool = Pool([[text] for text in texts], encoder.encode(texts))
    (vector,) = encoder.encode(["rockets launched from Gaza"])
    fused = pool.fused("rockets launched from Gaza", vector)
    assert fused.argsort()[::-1].tolist() == [0, 1, 2]
    assert round(float(fused[0]), 3) == 1.3


def test_a_query_is_embedded_as_it_stands_and_without_its_links() -> None:
    encoder = SmallEncoder()
    vectors = search.query_vectors(["plain words", "#GolanHeights https://t.co/x"], encoder)
    assert encoder.encoded == ["plain words", "#GolanHeights https://t.co/x", "Golan Heights"]
    assert vectors.shape == (2, 64)


def test_an_open_ended_event_has_a_window_all_the_same() -> None:
    event = Interval(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))
    assert len(search.windows(event, None)) == 2
    assert search.windows(Interval(day(20), day(21)), day(1)) == []
