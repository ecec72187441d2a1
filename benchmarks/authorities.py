"""Do authorities' posts support or refute a rumour? `python -m benchmarks.authorities FILE`.

CheckThat! 2024 task 5: the posts of a rumour's timeline are ranked by the program's search and by
denial wording, the first five weighed by the stance model, and joined by the rule of
`verify.rumour`. `map5` and `r5` are over rumours that have gold evidence and a timeline, macro-F1
over three labels. With `--cv FILE…` the rule is fitted anew in five folds over all files; the
shipped rule was fitted on train and dev, so that only --cv, --train and other rumours say how good
it is (`--train FILE` fits it on that file alone). Rumours without a timeline run from
`retrieved_top5`. Needs no network.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.authority_retrieval import gold_ids, rumours_of
from benchmarks.retrieval import average_precision, hits, recall
from training.rumour_rule import fit
from verify import rumour, words
from verify.models import encoder as encoders
from verify.models import stance as stances
from verify.read.search import Pool, query_vectors

FOLDS, SEED, DRAWS = 5, 0, 2000


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rumour with its label, the features of its posts, and how its evidence was ranked."""

    label: str
    features: tuple[float, ...]
    average_precision: float | None  # None without gold evidence or without a timeline
    recall: float | None
    has_timeline: bool


def weigh(item: dict[str, Any], encoder: encoders.Encoder, model: stances.StanceModel) -> Weighed:
    """Rank one rumour's posts and weigh the first of them."""
    posts = item.get("timeline") or item.get("retrieved_top5") or []
    texts, claim = [str(post[2]) for post in posts], str(item["rumor"])
    pool = Pool([[text] for text in texts], encoder.encode(texts))
    vector = query_vectors([claim], encoder)[0]
    ranking = rumour.rank(texts, pool.fused(claim, vector).tolist())
    cosines = pool.vectors(vector)
    first = ranking[: rumour.WEIGHED]
    scores = model.probabilities([(_plain(texts[k]), _plain(claim)) for k in first])
    weighed = [
        rumour.Post(texts[k], float(cosines[k]), (float(a), float(b), float(c)))
        for k, (a, b, c) in zip(first, scores, strict=True)
    ]
    gold = gold_ids(item)
    right = {k for k, post in enumerate(posts) if str(post[1]).strip() in gold}
    found = replace(hits(ranking, right), right=len(gold))
    is_ranked = bool(gold and item.get("timeline"))
    return Weighed(
        label=str(item["label"]),
        features=rumour.features(weighed),
        average_precision=average_precision(found) if is_ranked else None,
        recall=recall(found) if is_ranked else None,
        has_timeline=bool(item.get("timeline")),
    )


def weigh_all(paths: Sequence[Path], stance_model: str | None = None) -> list[Weighed]:
    """Weigh every rumour of all files."""
    encoder, model = encoders.load(), stances.load(stance_model)
    return [weigh(item, encoder, model) for path in paths for item in rumours_of(path)]


def labels_of(items: Sequence[Weighed], rule: rumour.Rule) -> list[str]:
    """The rule's label for each rumour."""
    return [rumour.label_of(item.features, rule) for item in items]


def cross_validated(items: Sequence[Weighed]) -> list[str]:
    """Each rumour's label by a rule fitted on the other folds, labels spread evenly over them."""
    order = np.random.default_rng(SEED).permutation(len(items)).tolist()
    order.sort(key=lambda k: items[k].label)
    out = [""] * len(items)
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        rest = [items[k] for k in order if k not in set(held)]
        rule = fit([w.features for w in rest], [w.label for w in rest])
        for k in held:
            out[k] = rumour.label_of(items[k].features, rule)
    return out


def score(items: Sequence[Weighed], guesses: Sequence[str]) -> dict[str, Any]:
    """Figures of the labels, and of the ranking where there is one."""
    gold = [item.label for item in items]
    f1, found = {}, {}
    for label in rumour.LABELS:
        right = sum(g == label == guess for g, guess in zip(gold, guesses, strict=True))
        f1[label] = _ratio(2 * right, gold.count(label) + list(guesses).count(label))
        found[label] = _ratio(right, gold.count(label))
    commonest = Counter(gold).most_common(1)[0][1]
    precisions = [w.average_precision for w in items if w.average_precision is not None]
    recalls = [w.recall for w in items if w.recall is not None]
    return {
        "rumours": len(items),
        "map5": round(float(np.mean(precisions)), 4) if precisions else None,
        "r5": round(float(np.mean(recalls)), 4) if recalls else None,
        "macro_f1": round(sum(f1.values()) / 3, 4),
        "majority_macro_f1": round(_ratio(2 * commonest, len(items) + commonest) / 3, 4),
        "f1": f1,
        "recall": found,
    }


def interval(items: Sequence[Weighed], guesses: Sequence[str]) -> list[float]:
    """The middle 95 % of macro-F1 over rumours drawn anew with replacement."""
    draw = np.random.default_rng(SEED)
    values = []
    for _ in range(DRAWS):
        picked = draw.integers(0, len(items), len(items))
        part = score([items[k] for k in picked], [guesses[k] for k in picked])
        values.append(part["macro_f1"])
    return [round(float(x), 3) for x in np.percentile(values, [2.5, 97.5])]


def show(name: str, found: dict[str, Any]) -> None:
    """Print one block of figures."""
    ranking = "" if found["map5"] is None else f", MAP@5 {found['map5']:.3f} R@5 {found['r5']:.3f}"
    print(f"{name}: {found['rumours']} rumours{ranking}")
    print(f"  macro-F1 {found['macro_f1']:.3f} (majority {found['majority_macro_f1']:.3f})")
    for label in rumour.LABELS:
        print(f"  {label:16} F1 {found['f1'][label]:.3f} recall {found['recall'][label]:.3f}")


def main(arguments: list[str]) -> int:
    """Score the files, print for people, and one JSON line last."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("files", nargs="+", type=Path)
    ask.add_argument("--cv", action="store_true", help="fit the rule in five folds over the files")
    ask.add_argument("--train", type=Path, help="fit the rule on this file instead of shipping it")
    ask.add_argument("--stance-model", help="a folder or name instead of the shipped model")
    asked = ask.parse_args(arguments)
    items = weigh_all(asked.files, asked.stance_model)
    if asked.cv:
        guesses = cross_validated(items)
    else:
        rule = rumour.RULE
        if asked.train:
            others = weigh_all([asked.train], asked.stance_model)
            rule = fit([w.features for w in others], [w.label for w in others])
        guesses = labels_of(items, rule)
    found = score(items, guesses)
    found["interval"] = interval(items, guesses)
    show("all", found)
    print(f"  95 % of macro-F1 {found['interval']}")
    for name, has in (("timeline", True), ("top5", False)):
        part = [k for k, item in enumerate(items) if item.has_timeline is has]
        if 0 < len(part) < len(items):
            found[name] = score([items[k] for k in part], [guesses[k] for k in part])
            show(f"from {name}", found[name])
    print(json.dumps(found))
    return 0


def _plain(text: str) -> str:
    return words.searchable(text) or text


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
