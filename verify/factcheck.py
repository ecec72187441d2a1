"""What fact-checkers have already published on a claim: shown beside it, never weighed.

Asks the Google Fact Check Tools API and keeps ClaimReview feeds that were imported. A match is
likeness of words; it is no statement of an official and changes no verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from verify import when
from verify.collect.patience import Patience
from verify.errors import FetchError, InputError
from verify.http import MAX_BYTES, Secret, Session
from verify.read.search import Pool, query_vectors
from verify.state import State
from verify.text import fingerprint, squash
from verify.values import Claim, Finding, Report

VARIABLE = "GOOGLE_FACTCHECK_API_KEY"
_ADDRESS = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
#: How long an answer is believed.
KEPT = timedelta(days=7)
#: A review's claim is ours at this cosine (all-MiniLM-L6-v2) and, with shared words, this score.
#: Chosen by hand, strictly: a wrong "already checked" misleads, a missed one costs a look.
ALIKE, FUSED = 0.62, 0.75
#: Shown under one claim.
MOST = 3
_REVIEWS, _ANSWERS = "reviews", "factchecks"


@dataclass(frozen=True, slots=True)
class Review:
    """One published fact check: of what claim, by whom, in what words it was rated, where, when."""

    claim: str
    publisher: str
    url: str
    rating: str
    reviewed_at: str | None = None

    def told(self) -> str:
        """Say it in one line."""
        day = f", {self.reviewed_at[:10]}" if self.reviewed_at else ""
        return f"already checked by {self.publisher}{day}: “{self.rating}” ({self.url})"


class Encoder(Protocol):
    """What is needed of an encoder."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of unit length."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """What asking needs: the key, the session, what is remembered, the clock."""

    key: Secret
    session: Session
    state: State
    patience: Patience


def secret(value: str) -> Secret:
    """Make the API's key into one that shows itself nowhere."""
    return Secret(value.strip(), "X-Goog-Api-Key", "{}")


def ask(claims: Iterable[Claim], asking: Asking) -> tuple[list[Review], list[str]]:
    """Ask for fact checks of each claim that is checked; returns them, and what went wrong."""
    now = asking.patience.now()
    found: list[Review] = []
    lent = asking.session.lend(asking.key)
    for text in dict.fromkeys(squash(c.text) for c in claims if c.unchecked is None):
        key = fingerprint(text)
        known = asking.state.get(_ANSWERS, key, since=now - KEPT)
        if known is not None:
            found += [Review(**item) for item in known]
            continue
        given = {"query": text[:500], "languageCode": "en", "pageSize": "10"}
        try:
            answer = lent.get(_ADDRESS, params=given)
        except FetchError as error:
            return found, [f"fact checks were not asked for: {error}"]
        if answer.status_code != 200:
            return found, [f"fact checks were not asked for: {_refusal(answer.status_code)}"]
        reviews = list(_from_google(_json(answer.content)))
        asking.state.put(_ANSWERS, key, [asdict(review) for review in reviews], now)
        found += reviews
    return list(dict.fromkeys(found)), []


def _refusal(status: int) -> str:
    if status in (400, 401, 403):
        return f"Google refused the key (it answers {status}); put a valid one into {VARIABLE}"
    if status == 429:
        return "Google allows no more requests today"
    return f"Google's service fails (it answers {status}); try again later"


def _from_google(answer: Any) -> Iterator[Review]:
    """Read the API's answer, leaving out what has not the promised form."""
    for claim in _list(_dict(answer).get("claims")):
        text = _dict(claim).get("text")
        for review in map(_dict, _list(_dict(claim).get("claimReview"))):
            by = _dict(review.get("publisher"))
            made = _review(
                text,
                by.get("name") or by.get("site"),
                review.get("url"),
                review.get("textualRating"),
                review.get("reviewDate"),
            )
            if made is not None:
                yield made


def load(path: Path) -> list[Review]:
    """Read a ClaimReview feed: JSON-LD, a Data Commons feed, or one object a line.

    Raises InputError where the file holds none.
    """
    try:
        if path.stat().st_size > 20 * MAX_BYTES:
            raise InputError(f"{path} is larger than {20 * MAX_BYTES / 1e6:g} MB; split it")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    loaded = _json(content)
    whole = [loaded] if loaded is not None else [_json(line) for line in content.splitlines()]
    found = list(dict.fromkeys(review for part in whole for review in _from_schema(part)))
    if not found:
        raise InputError(f"{path} holds no ClaimReview; give a feed of schema.org ClaimReview")
    return found


def _from_schema(part: Any) -> Iterator[Review]:
    """Find every ClaimReview in a piece of JSON-LD, however it is wrapped."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        if not isinstance(node, dict):
            continue
        if "ClaimReview" in _list(node.get("@type")) or node.get("@type") == "ClaimReview":
            rating = _dict(node.get("reviewRating"))
            author = node.get("author")
            author = _dict(author[0] if isinstance(author, list) and author else author)
            made = _review(
                node.get("claimReviewed"),
                author.get("name") or author.get("url"),
                node.get("url"),
                rating.get("alternateName") or rating.get("name"),
                node.get("datePublished"),
            )
            if made is not None:
                yield made
        else:
            waiting.extend(
                node[key] for key in ("item", "dataFeedElement", "@graph") if key in node
            )


def _review(claim: Any, publisher: Any, url: Any, rating: Any, made: Any) -> Review | None:
    if not all(isinstance(v, str) and v.strip() for v in (claim, publisher, url, rating)):
        return None
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    day = when.parse(made) if isinstance(made, str) else None
    said, by, where, rated = (squash(str(v))[:600] for v in (claim, publisher, url, rating))
    return Review(said, by, where, rated, day.date().isoformat() if day else None)


def add(reviews: Iterable[Review], state: State, patience: Patience) -> int:
    """Keep imported reviews; return how many are new."""
    new = 0
    with state.whole():
        for review in reviews:
            key = fingerprint(f"{review.url} {review.claim}")
            if state.get(_REVIEWS, key) is None:
                new += 1
            state.put(_REVIEWS, key, asdict(review), patience.now())
    return new


def known(state: State) -> list[Review]:
    """Return the reviews that were imported."""
    return [Review(**value) for _, value in state.notes(_REVIEWS)]


def match(
    claims: Sequence[Claim], reviews: Sequence[Review], encoder: Encoder
) -> list[tuple[Review, ...]]:
    """Return, for each claim, the reviews of the same claim by likeness, the likest first."""
    if not claims or not reviews:
        return [() for _ in claims]
    texts = [review.claim for review in reviews]
    pool = Pool([[text] for text in texts], encoder.encode(texts))
    vectors = query_vectors([claim.text for claim in claims], encoder)
    found = []
    for claim, vector in zip(claims, vectors, strict=True):
        cosines, fused = pool.vectors(vector), pool.fused(claim.text, vector)
        good = [
            (round(float(fused[n]), 3), n)
            for n in range(len(reviews))
            if round(float(cosines[n]), 3) >= ALIKE and round(float(fused[n]), 3) >= FUSED
        ]
        found.append(tuple(reviews[n] for _, n in sorted(good, key=lambda g: (-g[0], g[1]))[:MOST]))
    return found


def shown(report: Report, reviews: Sequence[Review], encoder: Encoder) -> Report:
    """Return the report with *already checked by …* under its claims; no verdict changes."""
    matches = match([f.claim for f in report.findings], reviews, encoder)
    findings = tuple(
        _noted(finding, found) for finding, found in zip(report.findings, matches, strict=True)
    )
    return replace(report, findings=findings)


def _noted(finding: Finding, found: Sequence[Review]) -> Finding:
    if not found or finding.claim.unchecked is not None:
        return finding
    notes = (*finding.verdict.notes, *(review.told() for review in found))
    return replace(finding, verdict=replace(finding.verdict, notes=notes))


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
