"""Embedded posts on saved news pages: `python -m benchmarks.posts PAGES_DIR`.

Reads every page that `manifest.json` lists and compares the X posts found with those listed, by
(page, id) with the handle in any case, and their text without its signature. Beside it: what
trafilatura alone keeps. Needs no network and changes nothing.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.errors import VerifyError
from verify.read.article import read_bytes
from verify.values import Post

#: A text counts as right from this similarity on (the benchmark's definition).
SIMILAR = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one page."""

    listed: int
    found: int
    in_quotations: int
    right_in_quotations: int
    texts: int
    right_texts: int
    trafilatura: int
    prose: int
    notes: tuple[str, ...] = ()


def main(arguments: list[str]) -> int:
    """Score all pages of a folder, print a table for people and one JSON line last."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.posts PAGES_DIR", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    pages = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    scores = []
    for page in pages:
        score = score_page((folder / page["file"]).read_bytes(), page["posts"])
        scores.append(score)
        mark = "ok " if not score.notes else "-- "
        print(
            f"{mark}{score.found}/{score.listed} posts, "
            f"{score.right_texts}/{score.texts} texts  {page['file'][:70]}"
        )
        for note in score.notes:
            print(f"     {note}")
    summary = summarise(scores)
    print(f"\nposts: precision {summary['precision']:.3f}, recall {summary['recall']:.3f}")
    print(f"texts: recall {summary['text_recall']:.3f}")
    print(
        f"trafilatura alone: addresses kept {summary['trafilatura_recall']:.3f}, "
        f"post texts read as the article's prose {summary['trafilatura_prose']:.3f}"
    )
    print(json.dumps(summary))
    return 0


def score_page(data: bytes, listed: list[dict[str, Any]]) -> Score:
    """Compare one page's posts with those listed."""
    try:
        article = read_bytes(data, content_type="text/html")
        posts = [post for post in article.posts if post.platform == "x"]
        failure: tuple[str, ...] = ()
    except VerifyError as error:
        posts, failure = [], (f"not read: {error}",)
    gold = {item["id"]: item for item in listed}
    by_id = {post.post_id: post for post in posts}
    quoted = _quoted_ids(data)
    notes = list(failure)
    hits = [key for key in gold if key in by_id and _same_handle(by_id[key], gold[key])]
    notes += [f"missed {key} @{gold[key]['handle']}" for key in gold if key not in hits]
    claimed = [key for key in by_id if key is None or key in quoted or key in gold]
    wrong = [key for key in claimed if key not in hits]
    notes += [f"invented {key}" for key in wrong]
    texts = [key for key in gold if gold[key]["text"] is not None]
    right = [key for key in texts if key in by_id and _is_similar(by_id[key], gold[key]["text"])]
    notes += [f"text of {key} differs" for key in texts if key in hits and key not in right]
    invented = [
        key for key in gold if gold[key]["text"] is None and key in by_id and by_id[key].text
    ]
    notes += [f"text of {key} invented" for key in invented]
    kept, prose = _trafilatura(data, gold)
    return Score(
        len(gold),
        len(hits),
        len(claimed),
        len(claimed) - len(wrong),
        len(texts),
        len(right),
        kept,
        prose,
        tuple(notes),
    )


def summarise(scores: list[Score]) -> dict[str, Any]:
    """Return the figures over all pages, as fractions."""

    def share(part: int, whole: int) -> float:
        return round(part / whole, 4) if whole else 0.0

    listed = sum(score.listed for score in scores)
    texts = sum(score.texts for score in scores)
    return {
        "pages": len(scores),
        "posts": listed,
        "precision": share(
            sum(s.right_in_quotations for s in scores), sum(s.in_quotations for s in scores)
        ),
        "recall": share(sum(s.found for s in scores), listed),
        "text_recall": share(sum(s.right_texts for s in scores), texts),
        "trafilatura_recall": share(sum(s.trafilatura for s in scores), listed),
        "trafilatura_prose": share(sum(s.prose for s in scores), texts),
    }


def _same_handle(post: Post, item: dict[str, Any]) -> bool:
    return (post.handle or "").lower() == (item["handle"] or "").lower()


def _is_similar(post: Post, listed: str) -> bool:
    wanted = _plain(re.sub(r"\s*[—–]\s[^—–]*\(@\w+\)[^()]*$", "", listed))
    return (
        difflib.SequenceMatcher(None, _plain(post.text or ""), wanted, autojunk=False).ratio()
        >= SIMILAR
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _quoted_ids(data: bytes) -> set[str]:
    """Return the ids of statuses linked inside block quotations: what precision is counted over."""
    markup = data.decode("utf-8", "replace")
    quotations = re.findall(r"<blockquote[^>]*twitter-tweet.*?</blockquote>", markup, re.S | re.I)
    return {
        key for quotation in quotations for key in re.findall(r"/status(?:es)?/(\d+)", quotation)
    }


def _trafilatura(data: bytes, gold: dict[str, dict[str, Any]]) -> tuple[int, int]:
    """Return how many addresses trafilatura alone keeps, and how many texts it reads as prose."""
    import trafilatura

    linked = trafilatura.extract(data, include_links=True, include_comments=False) or ""
    plain = _key(trafilatura.extract(data, include_comments=False) or "")
    texts = [_key(item["text"].split("—")[0])[:60] for item in gold.values() if item["text"]]
    return sum(key in linked for key in gold), sum(bool(text) and text in plain for text in texts)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
