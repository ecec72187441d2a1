"""The figures of the stance benchmarks are what NUMBERS.md says they are."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from benchmarks import authorities, negation, news_stance
from benchmarks import stance as benchmark
from benchmarks.authorities import Weighed
from training import made_pairs, news_pairs, rumour_rule
from verify.models.stance import Thresholds


def row(label: str, source: str) -> dict[str, str]:
    return {"evidence": "a", "claim": "b", "label": label, "source": source}


def test_scores_are_of_the_likeliest_label_by_source() -> None:
    rows = [row("supports", "fever_symmetric"), row("refutes", "fever_symmetric")]
    rows += [row("neutral", "lingnli"), row("supports", "lingnli")]
    found = benchmark.score(
        rows,
        np.array([[0.9, 0.05, 0.05], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8], [0.1, 0.85, 0.05]]),
        Thresholds(0.8, 0.8),
    )
    assert found["accuracy"] == 0.5
    assert found["majority"] == 0.5
    assert found["by_source"]["fever_symmetric"]["f1"] == {"supports": 0.6667, "refutes": 0.0}
    assert found["by_source"]["fever_symmetric"]["macro_f1"] == 0.3333
    assert found["shipped"] == {"precision_decisive": 0.5, "coverage": 0.5}
    assert found["shipped_contrast"] == {"precision_decisive": 1.0, "coverage": 0.5}


def test_calibration_error_is_the_gap_between_sureness_and_being_right() -> None:
    probabilities = np.array([[0.9, 0.05, 0.05]] * 4)
    assert benchmark.ece(probabilities, np.array([0, 0, 0, 1])) == pytest.approx(0.15)
    assert benchmark.ece(np.array([[1.0, 0.0, 0.0]]), np.array([0])) == 0.0


def weighed(label: str, support: float, denial: float) -> Weighed:
    return Weighed(label, (support, denial, denial, 0.5), 0.5, 1.0, True)


def test_rumours_are_scored_over_three_labels_zero_where_undefined() -> None:
    items = [weighed("SUPPORTS", 1, 0), weighed("REFUTES", 0, 1), weighed("REFUTES", 0, 1)]
    found = authorities.score(items, ["SUPPORTS", "REFUTES", "SUPPORTS"])
    assert found["f1"] == {"SUPPORTS": 0.6667, "REFUTES": 0.6667, "NOT ENOUGH INFO": 0.0}
    assert found["macro_f1"] == pytest.approx(0.4445, abs=1e-4)
    assert found["majority_macro_f1"] == pytest.approx(0.8 / 3, abs=1e-4)
    assert found["recall"]["REFUTES"] == 0.5
    assert (found["map5"], found["r5"]) == (0.5, 1.0)


def test_cross_validation_labels_every_rumour_by_a_rule_of_the_others() -> None:
    items = [weighed("SUPPORTS", 0.9, 0.0), weighed("REFUTES", 0.1, 0.8)] * 10
    items += [weighed("NOT ENOUGH INFO", 0.0, 0.0)] * 10
    guesses = authorities.cross_validated(items)
    assert guesses == [item.label for item in items]


def test_a_rule_is_fitted_the_same_every_time() -> None:
    features = [(0.9, 0.0, 0.0, 0.9), (0.0, 0.8, 0.7, 0.7), (0.0, 0.1, 0.0, 0.3)]
    labels = ["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"]
    rule = rumour_rule.fit(features, labels)
    assert rule == rumour_rule.fit(features, labels)
    assert [max(range(3), key=rule(f).__getitem__) for f in features] == [0, 1, 2]


def test_triples_are_many_and_worded_otherwise_than_in_training() -> None:
    items = negation.triples()
    assert len(items) >= 300
    assert len(set(items)) == len(items)
    assert all(claim != negated for _, claim, negated in items)
    frames = (*made_pairs.AFFIRM, *made_pairs.DENY, *made_pairs.SILENT, *made_pairs.HEDGED)
    cues = {f.replace("{s}", "").replace("{p}", "").strip() for f in frames}
    long = {cue for cue in cues if len(cue.split()) >= 3}
    assert not [(s, cue) for s, _, _ in items for cue in long if cue in s]


def test_news_pairs_are_balanced_filled_and_the_same_with_the_same_seed() -> None:
    rows = news_pairs.make(900, random.Random(5))
    assert rows == news_pairs.make(900, random.Random(5))
    assert Counter(r["label"] for r in rows) == dict.fromkeys(news_pairs.MAKERS, 300)
    assert not any("{" in r["evidence"] + r["claim"] for r in rows)
    assert len(news_pairs.scenarios()) >= 150


def test_news_pairs_share_no_wording_with_the_gold_ones() -> None:
    made = {w.lower() for s in news_pairs.scenarios() for g in "ABCDEN" for w in s[g]}
    gold = news_stance.rows_of()
    assert len({(r["evidence"], r["claim"]) for r in gold}) == 240
    assert not {r[k].lower().strip(". ") for r in gold for k in ("evidence", "claim")} & made


def test_a_pair_without_a_stance_counts_as_neutral() -> None:
    rows = [
        {"evidence": "The mill stands", "claim": "The mill fell", "label": label}
        for label in ("supports", "refutes", "neutral")
    ]
    found = news_stance.score(
        rows,
        np.array([[0.9, 0.05, 0.05], [0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]),
        Thresholds(0.8, 0.8),
    )
    assert found["accuracy"] == 1.0
    assert found["shipped"]["refutes"] == {"precision": None, "recall": 0.0}
    assert found["shipped"]["neutral"] == {"precision": 0.5, "recall": 1.0}
