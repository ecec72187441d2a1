"""Labelled articles from text to verdict: how many items are right, and never a false certainty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checking import tools

from benchmarks.articles import checked, score

OURS = Path(__file__).parent / "articles" / "gold"
SHARED = Path(__file__).parents[1].parent / "shared" / "gold"
#: Items right of 86 in our own articles, and of 25 in the worked example's; never lower silently.
OUR_FLOOR, SHARED_FLOOR = 70, 24


def results(folder: Path) -> list[dict[str, Any]]:
    out = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf8"))
        report = checked(gold, folder.resolve().parent, tools())
        out.append(score(report, gold))
    return out


def test_our_articles_are_judged_rightly_and_with_no_false_certainty() -> None:
    found = results(OURS)
    assert sum(r["items"] for r in found) == 86
    assert [r["false"] for r in found] == [{}] * len(found)
    remarks = [line for r in found for line in r["remarks"]]
    assert sum(r["right"] for r in found) >= OUR_FLOOR, remarks


@pytest.mark.skipif(not SHARED.is_dir(), reason="the worked example's labels are not beside it")
def test_the_worked_example_is_judged_rightly_and_with_no_false_certainty() -> None:
    found = results(SHARED)
    assert sum(r["items"] for r in found) == 25
    assert [r["false"] for r in found] == [{}] * len(found)
    remarks = [line for r in found for line in r["remarks"]]
    assert sum(r["right"] for r in found) >= SHARED_FLOOR, remarks
