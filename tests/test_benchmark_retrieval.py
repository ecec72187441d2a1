"""The retrieval benchmarks: their measures by hand, and the whole way on a few texts."""

from __future__ import annotations

import json
from pathlib import Path

from small_encoder import SmallEncoder

from benchmarks import authority_retrieval, claim_retrieval
from benchmarks.retrieval import Hits, average_precision, hits, recall


def test_average_precision_is_the_sum_of_precisions_at_the_hits() -> None:
    found = hits([7, 3, 9, 1, 4, 2], {3, 1, 2})
    assert found == Hits((1, 3), 3)
    assert average_precision(found) == (1 / 2 + 2 / 4) / 3
    assert recall(found) == 2 / 3


def test_more_right_texts_than_ranks_can_be_capped() -> None:
    found = hits([1, 2, 3, 4, 5], set(range(1, 11)))
    assert average_precision(found, 5) == 1.0
    assert average_precision(found) == 0.5


def test_nothing_right_scores_nothing() -> None:
    assert average_precision(hits([1, 2], set())) == recall(hits([1, 2], set())) == 0.0


def test_tweets_find_their_claims(tmp_path: Path) -> None:
    claims = tmp_path / "claims.tsv"
    claims.write_text(
        "\tvclaim\ttitle\n"
        '0\tA shark swam down a flooded street in Houston.\t"Is this ""street shark"" real?"\n'
        "1\tButterflies survived the Australian fires in wombat holes.\tDid butterflies survive?\n"
        "2\tA text message drafts you into the army.\tAre draft text messages real?\n"
    )
    queries = tmp_path / "queries.tsv"
    queries.write_text(
        "\ttweet_content\n"
        "5\tButterflies in a wombat hole! #AustralianFires pic.twitter.com/0eJ — X (@x) May 1\n"
        "6\tfraudulent text messages about a military draft\n"
        "7\tno claim is right for this one\n"
    )
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("5\t0\t1\t1\n6\t0\t2\t1\n")
    figures = claim_retrieval.measure(
        claim_retrieval.rows_of(claims),
        claim_retrieval.rows_of(queries),
        claim_retrieval.qrels_of(qrels),
        SmallEncoder(),
    )
    assert figures["queries"] == 2
    assert figures["map5"] == {"words": 1.0, "vectors": 1.0, "fusion": 1.0}
    assert float(str(figures["queries_per_second"])) > 0


def test_a_rumours_evidence_is_found_in_the_timeline(tmp_path: Path) -> None:
    posts = [
        ["https://twitter.com/a", "11", "Good morning to all our followers"],
        ["https://twitter.com/a", "12 ", "The ministry denies that the border was closed"],
        ["https://twitter.com/a", "13", "The border is open, says the ministry"],
    ]
    rumours = [
        {"rumor": "The border was closed", "timeline": posts, "gold_evidence_ids": ["12", "99"]},
        {"rumor": "Nobody knows", "timeline": posts, "gold_evidence_ids": ["-1"]},
        {"rumor": "No timeline", "timeline": None, "gold_evidence_ids": ["12"]},
    ]
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(json.dumps(rumour) for rumour in rumours))
    figures = authority_retrieval.measure(authority_retrieval.rumours_of(path), SmallEncoder())
    assert figures["rumours"] == 1
    assert figures["map5"]["fusion"] == figures["r5"]["fusion"] == 0.5
