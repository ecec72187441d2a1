"""Is a negated claim told from the claim? `python -m benchmarks.negation`.

Triples of a statement, a claim that it supports and that claim negated, in the language of news:
56 sentences (`negation.tsv`), each with six casts of names and figures; none of its wordings stands
in `training/made_pairs.py`. `rightly_supported` is the share of the claims that are supported at
the shipped thresholds, `wrongly_supported` that of the negated ones; beside them the same with the
likeliest stance taken at any probability. Needs no network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from verify.models import stance
from verify.values import Stance

SENTENCES = Path(__file__).with_suffix(".tsv")
CASTS = (
    {"force": "Israeli military", "city": "Haifa", "country": "Israel", "person": "Yair Lapid"},
    {"force": "Ukrainian army", "city": "Kharkiv", "country": "Poland", "person": "Donald Tusk"},
    {"force": "Turkish air force", "city": "Gaziantep", "country": "Türkiye", "person": "Ali Kaya"},
    {"force": "French navy", "city": "Marseille", "country": "France", "person": "Élisabeth Borne"},
    {"force": "Indian Army", "city": "Srinagar", "country": "India", "person": "Amit Shah"},
    {"force": "Sudanese army", "city": "Omdurman", "country": "Kenya", "person": "William Ruto"},
)
DAYS = ("Tuesday", "Sunday", "Friday", "Wednesday", "Monday", "Thursday")
FIGURES = (17, 23, 41, 32, 19, 28)

Triple = tuple[str, str, str]


def triples() -> list[Triple]:
    """Every sentence with every cast: statement, claim, negated claim."""
    out = []
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines()):
        for k, cast in enumerate(CASTS):
            slots = {**cast, "day": DAYS[(k + number) % 6], "n": str(FIGURES[(k + number) % 6])}
            statement, claim, negated = (part.format(**slots) for part in line.split("\t"))
            out.append((statement, claim, negated))
    return out


def score(model: stance.StanceModel, items: Sequence[Triple]) -> dict[str, float | int]:
    """Shares of claims and of negated claims that the model supports."""
    pairs = [(s, claim) for s, claim, _ in items] + [(s, negated) for s, _, negated in items]
    rows = model.probabilities(pairs)
    shipped = [found is Stance.SUPPORTS for found in stance.decide(model.thresholds, pairs, rows)]
    likeliest = [int(k) == 0 for k in rows.argmax(1)]
    n = len(items)
    return {
        "triples": n,
        "wrongly_supported": round(sum(shipped[n:]) / n, 4),
        "rightly_supported": round(sum(shipped[:n]) / n, 4),
        "wrongly_likeliest": round(sum(likeliest[n:]) / n, 4),
        "rightly_likeliest": round(sum(likeliest[:n]) / n, 4),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the shares for people and one line of JSON last."""
    model = stance.load(arguments[0] if arguments else None)
    found = score(model, triples())
    print(f"{found['triples']} triples, model {model.name}")
    print(f"claims supported:         {found['rightly_supported']:7.1%}")
    print(f"negated claims supported: {found['wrongly_supported']:7.1%}")
    print("always support: 100 % of both; never: 0 % of both")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
