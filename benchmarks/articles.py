"""Labelled articles, end to end: how many of their items does a report get right?

    python -m benchmarks.articles DIR

DIR holds *.gold.json; the paths inside are relative to the folder above it. An item finds one claim
and lists the verdicts that are right for it; a claim answers one item at the most. `confirmed` or
`contradicted` where the labels do not accept it is a false certainty, counted apart. Beside it: a
report that calls every claim unconfirmed (the majority baseline). Last, one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verify import pipeline
from verify.read import article as reading
from verify.report.json import to_json

DECISIVE = {"confirmed", "contradicted"}
ATTRIBUTES = {
    "source_kind": ("source", "kind"),
    "party": ("source", "party"),
    "certainty": ("certainty",),
    "basis": ("basis",),
}
Json = dict[str, Any]


def squash(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip().casefold()


def speaks_of(item: Json, claim: Json) -> bool:
    """Does the claim come from the item's post or sentence, and bear its facet?"""
    origin = claim["origin"]
    if (origin["kind"] == "post") != (item["in"] == "post"):
        return False
    find = squash(item["find"])
    if find not in squash(origin["quote"]) and find not in squash(claim["text"]):
        return False
    return "facet" not in item or re.search(item["facet"], claim["text"], re.I) is not None


def faults(item: Json, claim: Json) -> list[str]:
    """What is wrong with the claim, as short texts; empty where all is right."""
    wrong = []
    if claim["verdict"] not in item["accept"]:
        wrong.append(f"{claim['verdict']}, not {item['accept']}")
    for name, path in ATTRIBUTES.items():
        if name in item:
            value: Any = claim
            for key in path:
                value = (value or {}).get(key)
            if value not in item[name]:
                wrong.append(f"{name} {value!r}, not {item[name]}")
    if item.get("rivals") and not claim.get("rivals"):
        wrong.append("no rivals")
    silent = any(e.get("stance") == "no-comment" for e in claim.get("evidence", []))
    if item.get("no_comment") and not silent:
        wrong.append("no-comment not shown")
    return wrong


def score(report: Json, gold: Json) -> Json:
    """Items right, missed and wrong, and the false certainties, of one report."""
    right, remarks = 0, []
    used: set[str] = set()
    labelled: set[str] = set()
    false: dict[str, str] = {}
    for item in gold["items"]:
        name = item["find"] + (" / " + item["facet"] if "facet" in item else "")
        every = [c for c in report["claims"] if speaks_of(item, c)]
        labelled.update(c["id"] for c in every)
        for claim in every:
            if claim["verdict"] in DECISIVE and claim["verdict"] not in item["accept"]:
                false[claim["id"]] = f"{name}: {claim['verdict']}: {claim['text'][:80]}"
        own = [c for c in every if c["id"] not in used]
        used.update(c["id"] for c in own)
        wrong = sorted({f for c in own for f in faults(item, c)})
        if not own:
            remarks.append(f"missed{' (not split)' if every else ''}: {name}")
        elif wrong:
            remarks.append(f"wrong: {name}: {'; '.join(wrong)}")
        else:
            right += 1
    if "decisive_allowed" in gold:
        false |= dict(_unlabelled(report["claims"], labelled, gold["decisive_allowed"]))
    return {"items": len(gold["items"]), "right": right, "remarks": remarks, "false": false}


def _unlabelled(
    claims: Iterable[Json], labelled: set[str], allowed: list[str]
) -> Iterable[tuple[str, str]]:
    for claim in claims:
        quote = squash(claim["origin"]["quote"])
        is_allowed = any(squash(a) in quote for a in allowed)
        if claim["verdict"] in DECISIVE and claim["id"] not in labelled and not is_allowed:
            yield claim["id"], f"unlabelled: {claim['verdict']}: {claim['text'][:80]}"


def checked(gold: Json, folder: Path, tools: pipeline.Tools) -> Json:
    """The report of one labelled article, as JSON."""
    published = datetime.fromisoformat(gold["published"]).replace(tzinfo=UTC)
    article = reading.read(str(folder / gold["article"]), published=published)
    as_of = datetime.fromisoformat(gold["as_of"]).replace(tzinfo=UTC) if gold.get("as_of") else None
    archive = folder / gold["archive"] if gold.get("archive") else None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return to_json(pipeline.check(article, archive=archive, as_of=as_of, now=now, tools=tools))


def main(argv: list[str]) -> int:
    if len(argv) != 1 or not Path(argv[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(argv[0])
    tools = pipeline.load()
    by_article, items, right, plain, false = {}, 0, 0, 0, 0
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf8"))
        report = checked(gold, folder.resolve().parent, tools)
        result = score(report, gold)
        flat = {**report, "claims": [{**c, "verdict": "unconfirmed"} for c in report["claims"]]}
        plain += score(flat, gold)["right"]
        items, right = items + result["items"], right + result["right"]
        false += len(result["false"])
        by_article[path.name] = {
            "items": result["items"],
            "right": result["right"],
            "false_certainty": len(result["false"]),
        }
        print(f"{path.name}: {result['right']} of {result['items']}")
        for remark in [*result["remarks"], *(f"FALSE {t}" for t in result["false"].values())]:
            print(f"    {remark}")
    if not items:
        print("no *.gold.json with items there", file=sys.stderr)
        return 2
    print(f"{right} of {items} items right; every claim called unconfirmed: {plain} of {items}")
    print(f"false certainties: {false}")
    line = {
        "items": items,
        "right": right,
        "accuracy": round(right / items, 3),
        "false_certainty": false,
        "all_unconfirmed": round(plain / items, 3),
        "by_article": by_article,
    }
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
