"""Labelled articles from text to verdict: how many items are right, and never a false certainty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checking import tools

from benchmarks.articles import checked, score

HERE = Path(__file__).parent / "articles"
SHARED = Path(__file__).parents[1].parent / "shared" / "gold"
#: Items right of 25 in the worked example's articles; never lower silently.
SHARED_FLOOR = 24


def results(folder: Path) -> list[dict[str, Any]]:
    out = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf8"))
        report = checked(gold, folder.resolve().parent, tools())
        out.append(score(report, gold))
    return out


@pytest.mark.parametrize(
    ("folder", "items", "floor", "false"),
    [
        (HERE / "gold", 86, 79, 0),
        pytest.param(
            SHARED,
            25,
            SHARED_FLOOR,
            0,
            marks=pytest.mark.skipif(not SHARED.is_dir(), reason="not beside it"),
        ),
        # Written by people who had not seen the program. Its mistakes there are known and
        # counted, not wanted: the ceilings on false certainties only ever go down.
        (HERE / "second" / "gold", 210, 132, 5),
        (HERE / "last" / "gold", 70, 36, 4),
    ],
    ids=["ours", "worked example", "second", "last"],
)
def test_labelled_articles_keep_what_is_right_and_gain_no_false_certainty(
    folder: Path, items: int, floor: int, false: int
) -> None:
    found = results(folder)
    assert sum(r["items"] for r in found) == items
    assert sum(len(r["false"]) for r in found) <= false, [r["false"] for r in found]
    assert sum(r["right"] for r in found) >= floor, [line for r in found for line in r["remarks"]]
