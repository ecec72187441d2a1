"""A claim → the statements put forward for it: words and vectors fused, then gated.

It proposes only: likeness is no evidence, and what it puts forward is weighed elsewhere. It never
writes the archive, and gates on time by itself; place and actor are gates passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

import numpy as np

from verify import when, words
from verify.values import Claim, Interval, Kind, Match, Origin, Source, Span, Statement

#: Weight of the words' score (0 to 1) beside the cosine. Of .1 to 1 the best on CheckThat! 2020
#: task 2 train (MAP@5 .886; .3 to .5 within .01 of it).
WORDS_WEIGHT = 0.3
#: Statements of the article, and of the archive, put forward for one claim.
FROM_ARTICLE, FROM_ARCHIVE = 20, 20
#: Drawn from the archive by each of words and vectors before both are fused.
DRAWN = 100
#: An archive up to this size is ranked whole.
WHOLE = 1000
#: A statement may be dated this far from a claim's event and still be put forward; the judge, who
#: sees the words, is stricter.
NEAR = timedelta(days=2)
#: Published after the event: most statements come within days, an inquiry's within a year.
SOON, LATE = timedelta(days=7), timedelta(days=366)
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)

#: Tells whether a statement may speak of a claim at all (its place, its actor).
Gate = Callable[[Claim, Statement], bool]
Window = tuple[datetime, datetime]


class Encoder(Protocol):
    """What the search needs of an encoder."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of unit length."""
        ...


class Archive(Protocol):
    """What the search needs of an archive; it only reads."""

    @property
    def size(self) -> int: ...
    def words(self, query: str, limit: int, window: Window | None) -> list[tuple[str, float]]: ...
    def nearest(
        self, vector: np.ndarray, limit: int, window: Window | None
    ) -> list[tuple[str, float]]: ...
    def texts(self, ids: Sequence[str]) -> dict[str, str]: ...
    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]: ...
    def get(self, ids: Iterable[str]) -> list[Statement]: ...
    def frequency(self, word: str) -> int: ...


class Pool:
    """Texts that queries rank: BM25 over words and over character runs, cosine over vectors.

    A text may have several parts (a claim and its title), each with its own vector, of which the
    nearest counts. Where the texts are drawn from a larger collection, `frequency` says in how
    many of its `size` texts a word occurs.
    """

    def __init__(
        self,
        texts: Sequence[Sequence[str]],
        vectors: np.ndarray,
        frequency: Callable[[str], int] | None = None,
        size: int = 0,
    ) -> None:
        self.size = len(texts)
        self._starts = np.cumsum([0, *map(len, texts)])[:-1]
        self._vectors = vectors
        joined = [words.searchable(" ".join(parts)) for parts in texts]
        self._words = words.Index([words.tokens(text) for text in joined], frequency, size)
        self._grams = words.Index([words.grams(text) for text in joined])

    def words(self, query: str) -> np.ndarray:
        """Score every text by shared words and character runs: 0 to 1, 1 the best of both."""
        plain = words.searchable(query)
        by_word = self._words.scores(words.tokens(plain))
        by_gram = self._grams.scores(words.grams(plain))
        return np.asarray((_scaled(by_word) + _scaled(by_gram)) / 2)

    def vectors(self, vector: np.ndarray) -> np.ndarray:
        """Score every text by the cosine of its nearest part."""
        if not self.size:
            return np.zeros(0, dtype=np.float32)
        # Not `@`: waking a second thread costs more than these products.
        cosines = np.einsum("ij,j->i", self._vectors, vector)
        return np.asarray(np.maximum.reduceat(cosines, self._starts))

    def fused(self, query: str, vector: np.ndarray) -> np.ndarray:
        """Score every text by both: cosine plus the weighted score of the words."""
        return np.asarray(self.vectors(vector) + WORDS_WEIGHT * self.words(query))


def _plain(queries: Sequence[str]) -> list[str]:
    """Queries without links, tags and signature."""
    return [words.searchable(query) or query for query in queries]


def query_vectors(queries: Sequence[str], encoder: Encoder) -> np.ndarray:
    """Embed queries as they stand and without links, tags and signature, and average the two."""
    plain = _plain(queries)
    differing = [i for i, query in enumerate(queries) if plain[i] != query]
    vectors = encoder.encode([*queries, *(plain[i] for i in differing)])
    whole = vectors[: len(queries)].copy()
    whole[differing] = (whole[differing] + vectors[len(queries) :]) / 2
    return whole


def texts_of(claims: Sequence[Claim], statements: Sequence[Statement]) -> list[str]:
    """Every text of an article whose vector a search wants."""
    queries = [claim.text for claim in claims]
    told = [one.text for one in statements]
    return list(dict.fromkeys([*queries, *_plain(queries), *told]))


@dataclass
class Search:
    """Finds the statements that may speak of a claim, best first, in article and archive.

    `as_of` leaves out archive statements published after the end of that day; every gate must
    let a statement through. A claim's own statement is always put forward.
    """

    statements: Sequence[Statement]
    archive: Archive | None
    encoder: Encoder
    as_of: datetime | None = None
    gates: Sequence[Gate] = ()
    _pool: Pool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        texts = [statement.text for statement in self.statements]
        self._pool = Pool([[text] for text in texts], self.encoder.encode(texts))

    def __call__(self, claims: Sequence[Claim]) -> list[tuple[Match, ...]]:
        """Return each claim's matches: the article's, then the archive's, each best first."""
        if not claims:
            return []
        vectors = query_vectors([claim.text for claim in claims], self.encoder)
        kept = self._from_archive(claims, vectors)
        return [
            (*self._from_article(claim, vector), *from_archive)
            for claim, vector, from_archive in zip(claims, vectors, kept, strict=True)
        ]

    def _from_article(self, claim: Claim, vector: np.ndarray) -> list[Match]:
        scores = self._pool.fused(claim.text, vector)
        matches = [
            Match(statement, _rounded(score))
            for statement, score in zip(self.statements, scores, strict=True)
            if statement.id == claim.own_statement or self._is_through(claim, statement)
        ]
        matches.sort(key=lambda match: -match.score)
        own = [match for match in matches[FROM_ARTICLE:] if _is_own(claim, match)]
        return matches[:FROM_ARTICLE] + own

    def _from_archive(self, claims: Sequence[Claim], vectors: np.ndarray) -> list[list[Match]]:
        if self.archive is None or not self.archive.size:
            return [[] for _ in claims]
        drawn = [
            self._draw(self.archive, claim, vector)
            for claim, vector in zip(claims, vectors, strict=True)
        ]
        ids = sorted({ident for found in drawn for ident in found})
        pool = self._pool_of(self.archive, ids)
        place = {ident: i for i, ident in enumerate(ids)}
        matches = []
        for claim, vector, found in zip(claims, vectors, drawn, strict=True):
            scores = pool.fused(claim.text, vector)
            ranked = sorted(found, key=lambda ident: (-_rounded(scores[place[ident]]), ident))
            score_of = {ident: _rounded(scores[place[ident]]) for ident in ranked}
            matches.append(self._passed(self.archive, claim, score_of))
        return matches

    def _draw(self, archive: Archive, claim: Claim, vector: np.ndarray) -> set[str]:
        """Draw candidates published when they may speak of the claim's event."""
        size = archive.size
        drawn: set[str] = set()
        limit = WHOLE if size <= WHOLE else DRAWN
        for window in windows(claim.event_time, self.as_of):
            drawn.update(ident for ident, _ in archive.words(claim.text, limit, window))
            drawn.update(ident for ident, _ in archive.nearest(vector, limit, window))
        return drawn

    def _pool_of(self, archive: Archive, ids: Sequence[str]) -> Pool:
        texts, vectors = archive.texts(ids), archive.vectors(ids)
        missing = [ident for ident in ids if ident not in vectors]
        made = self.encoder.encode([texts[ident] for ident in missing])
        vectors |= dict(zip(missing, made, strict=True))
        rows = np.stack([vectors[ident] for ident in ids]) if ids else made
        return Pool([[texts[ident]] for ident in ids], rows, archive.frequency, archive.size)

    def _passed(self, archive: Archive, claim: Claim, scores: dict[str, float]) -> list[Match]:
        """Read ranked statements, few at a time, until enough are through the gates."""
        ranked = list(scores)
        passed: list[Match] = []
        for start in range(0, len(ranked), 2 * FROM_ARCHIVE):
            read = archive.get(ranked[start : start + 2 * FROM_ARCHIVE])
            edits = archive.get({s.superseded_by for s in read if s.superseded_by})
            newer = {edit.id for edit in edits if is_published_by(edit, self.as_of)}
            passed += [
                Match(statement, scores[statement.id])
                for statement in read
                if statement.superseded_by not in newer
                and is_published_by(statement, self.as_of)
                and is_near(claim.event_time, statement.event_time)
                and self._is_through(claim, statement)
            ]
            if len(passed) >= FROM_ARCHIVE:
                break
        return passed[:FROM_ARCHIVE]

    def _is_through(self, claim: Claim, statement: Statement) -> bool:
        return all(gate(claim, statement) for gate in self.gates)


def find(
    text: str, archive: Archive, encoder: Encoder, as_of: datetime | None = None
) -> tuple[Match, ...]:
    """Return an archive's statements nearest to a text, whenever its event was, best first."""
    origin = Origin("sentence", text, 0, len(text), (Span(0, len(text)),))
    claim = Claim("c1", text, origin, Source("", Kind.UNKNOWN))
    (matches,) = Search((), archive, encoder, as_of)([claim])
    return matches


def end_of_day(moment: datetime) -> datetime:
    """Return the last second of a moment's UTC day."""
    return datetime.combine(moment.astimezone(UTC).date(), time(23, 59, 59), UTC)


def is_published_by(statement: Statement, as_of: datetime | None) -> bool:
    """Tell whether a statement was out by the end of a day; an undated one never was."""
    if as_of is None:
        return True
    return statement.published_at is not None and statement.published_at <= end_of_day(as_of)


def is_near(claimed: Interval | None, stated: Interval | None) -> bool:
    """Tell whether two events may be one by their times; an unknown time rules nothing out."""
    if claimed is None or stated is None:
        return True
    return when.hours_apart(claimed, stated) <= NEAR.total_seconds() / 3600


def windows(event: Interval | None, as_of: datetime | None) -> list[Window | None]:
    """Return when a statement on an event may have been published: soon after it, and later.

    Both are drawn from, so that a year's like statements do not crowd out the week's.
    """
    last = _LAST if as_of is None else end_of_day(as_of)
    if event is None:
        return [None if as_of is None else (_FIRST, last)]
    start = max(event.start, _FIRST + NEAR) - NEAR
    ends = [min(min(event.end, _LAST - after) + after, last) for after in (SOON, LATE)]
    return [(start, end) for end in ends if end >= start]


def _scaled(scores: np.ndarray) -> np.ndarray:
    top = float(scores.max()) if len(scores) else 0.0
    return scores / top if top > 0 else scores


def _rounded(score: float) -> float:
    return round(float(score), 3)


def _is_own(claim: Claim, match: Match) -> bool:
    return match.statement.id == claim.own_statement
