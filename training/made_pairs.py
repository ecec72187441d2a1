"""Pairs of statement and claim whose label is known by construction, made from real sentences.

Reporting frames (denied, confirmed, declined to comment), negations, changed figures and dates,
dropped and added details, and statements about something else that share a rare word. The
templates of `benchmarks/negation.py` are others than these: none may be copied between the two.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict

from training.reporting_words import AFFIRM, DENY, HEDGED, PAST, SILENT, SPEAKERS

Row = dict[str, str]

AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|have|had|will|can|could|would|should|did|does|do)\b(?! not|n't| n't)",
    re.I,
)
NEGATED = re.compile(
    r"\b(is|was|are|were|has|have|had|will|can|could|would|should|did|does|do) (not|n't|never) ",
    re.I,
)
FIGURE = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b(?= \d)")
TAIL = re.compile(r" (in|on|at|near|during|after|by|with|from|for) [^,;]{3,45}$")


def negated(text: str) -> str | None:
    """Negate the sentence's first verb, or take its negation out; None where no verb is known."""
    found = NEGATED.search(text)
    if found:
        return text[: found.start(2)] + text[found.end() :]
    words = text.split()
    for i, word in enumerate(words[1:12], 1):
        if AUXILIARY.fullmatch(word):
            nxt = words[i + 1] if i + 1 < len(words) else ""
            if word.lower() in {"has", "have", "had"} and not nxt.endswith(
                ("ed", "en", "own", "ne")
            ):
                return None
            return " ".join([*words[: i + 1], "not", *words[i + 1 :]])
        if word in PAST and words[i - 1].lower() not in {
            "who",
            "which",
            "that",
            "a",
            "the",
            "was",
            "were",
        }:
            return " ".join([*words[:i], "did", "not", PAST[word], *words[i + 1 :]])
    return None


def _other_figure(text: str, rng: random.Random) -> str:
    plain = text.replace(",", "")
    if "." in plain:
        return f"{float(plain) * rng.choice((0.5, 1.3, 2)):.1f}"
    value = int(plain)
    if 1900 < value < 2100:
        return str(value + rng.choice((-7, -2, -1, 1, 3, 5)))
    new = (
        max(0, value + rng.choice((-3, -2, 2, 3, 5)))
        if value < 30
        else int(value * rng.choice((0.4, 0.7, 1.5, 2)))
    )
    if new == value:
        new += 4
    return f"{new:,}" if "," in text else str(new)


def changed(text: str, rng: random.Random) -> str | None:
    """The sentence with one figure or month changed, None where it has none."""
    figures = list(FIGURE.finditer(text))
    months = list(MONTH.finditer(text))
    spot = rng.choice(figures + months) if figures or months else None
    if spot is None:
        return None
    word = spot.group()
    new = (
        rng.choice([m for m in MONTHS if m != word]) if word in MONTHS else _other_figure(word, rng)
    )
    return text[: spot.start()] + new + text[spot.end() :]


def bare(text: str) -> str:
    return re.sub(r"\s*[.!]+\s*$", "", text).strip()


def noisy(text: str, rng: random.Random) -> str:
    """The text as a post would carry it: prefixes, hashtags, links, emoji, a signature."""
    out = bare(text)
    if rng.random() < 0.5:
        out = (
            rng.choice(
                (
                    "BREAKING: ",
                    "Breaking: ",
                    "#BREAKING ",
                    "JUST IN: ",
                    "URGENT | ",
                    "🔴 ",
                    "Update: ",
                    "#Urgent ",
                    "RT @news: ",
                    "Video: ",
                    "🚨🚨 ",
                )
            )
            + out
        )
    if rng.random() < 0.5:
        out = re.sub(
            r"(?<=\s)([A-Z][a-z]{3,})\b", lambda m: ("#" if rng.random() < 0.5 else "") + m[1], out
        )
    if rng.random() < 0.4:
        out += rng.choice(
            (
                " https://t.co/aB3xYz9",
                " pic.twitter.com/Qw3rTy",
                " #news",
                " 😳",
                " 🙏",
                " !!",
                " … https://t.co/Zz81k",
            )
        )
    return out


def _tail_pair(text: str, rng: random.Random) -> tuple[str, str, str] | None:
    found = TAIL.search(text)
    if not found or found.start() < 25:
        return None
    short = text[: found.start()]
    return (text, short, "supports") if rng.random() < 0.4 else (short, text, "neutral")


def _rare_index(rows: list[Row]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for word in set(re.findall(r"[A-Za-z]{5,}", row["claim"].lower())):
            index[word].append(i)
    return {w: ids for w, ids in index.items() if 2 <= len(ids) <= 60}


class Maker:
    """Makes labelled pairs from `rows`; the same seed gives the same pairs."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = [r for r in rows if not r["source"].startswith(("climate", "dnc"))]
        self.supported = [
            r for r in self.rows if r["label"] == "supports" and 20 < len(r["claim"]) < 160
        ]
        self.index = _rare_index(self.rows)

    def make(self, count: int, rng: random.Random) -> list[Row]:
        """`count` new rows with `evidence`, `claim`, `label`, `source`."""
        kinds = (
            self._framed,
            self._framed,
            self._kept,
            self._kept,
            self._turned,
            self._turned,
            self._figure,
            self._tail,
            self._elsewhere,
            self._elsewhere,
        )
        out: list[Row] = []
        while len(out) < count:
            made = rng.choice(kinds)(rng)
            if made:
                evidence, claim, label = made
                out.append({"evidence": evidence, "claim": claim, "label": label, "source": "made"})
        return out

    def _framed(self, rng: random.Random) -> tuple[str, str, str]:
        row = rng.choice(self.supported)
        p = bare(row["claim"])
        frames, label = rng.choice(
            (
                (AFFIRM, "supports"),
                (AFFIRM, "supports"),
                (DENY, "refutes"),
                (DENY, "refutes"),
                (SILENT, "neutral"),
                (HEDGED, "neutral"),
            )
        )
        claim = p
        if label == "refutes" and rng.random() < 0.15:
            other = negated(p)
            if other:
                claim, label = other, "supports"
        elif label == "refutes" and rng.random() < 0.15:
            claim, label = bare(rng.choice(self.supported)["claim"]), "neutral"
        statement = rng.choice(frames).format(s=rng.choice(SPEAKERS), p=p)
        return statement, noisy(claim, rng) if rng.random() < 0.5 else claim + ".", label

    def _kept(self, rng: random.Random) -> tuple[str, str, str]:
        row = rng.choice(self.rows)
        evidence = row["evidence"]
        if rng.random() < 0.5 and len(evidence) < 250:
            evidence = rng.choice(AFFIRM).format(s=rng.choice(SPEAKERS), p=bare(evidence))
        elif rng.random() < 0.5:
            evidence = noisy(evidence, rng)
        return evidence, noisy(row["claim"], rng), row["label"]

    def _turned(self, rng: random.Random) -> tuple[str, str, str] | None:
        row = rng.choice(self.supported)
        p = bare(row["claim"])
        n = negated(p)
        if n is None:
            return None
        return rng.choice(
            (
                (row["evidence"], n, "refutes"),
                (p, n, "refutes"),
                (n, p, "refutes"),
                (n, n, "supports"),
                (p, p, "supports"),
                (rng.choice(AFFIRM).format(s=rng.choice(SPEAKERS), p=n), p, "refutes"),
                (rng.choice(AFFIRM).format(s=rng.choice(SPEAKERS), p=n), n, "supports"),
                (rng.choice(HEDGED + SILENT).format(s=rng.choice(SPEAKERS), p=n), p, "neutral"),
            )
        )

    def _figure(self, rng: random.Random) -> tuple[str, str, str] | None:
        row = rng.choice(self.supported)
        p = bare(row["claim"])
        other = changed(p, rng)
        if other is None or re.search(
            r"\b(over|under|more|less|fewer|least|most|about|around|up to)\b", p
        ):
            return None
        return (p, other, "refutes") if rng.random() < 0.6 else (p, p, "supports")

    def _tail(self, rng: random.Random) -> tuple[str, str, str] | None:
        return _tail_pair(bare(rng.choice(self.supported)["claim"]), rng)

    def _elsewhere(self, rng: random.Random) -> tuple[str, str, str] | None:
        word = rng.choice(list(self.index)) if rng.random() < 0.02 else None
        first = rng.choice(self.rows)
        words = [w for w in re.findall(r"[a-z]{5,}", first["claim"].lower()) if w in self.index]
        if not words and word is None:
            return None
        second = self.rows[rng.choice(self.index[word or rng.choice(words)])]
        if second["group"] == first["group"] or second["claim"] == first["claim"]:
            return None
        statement = second["evidence"]
        if rng.random() < 0.25 and len(statement) < 200:
            statement = rng.choice(DENY + AFFIRM).format(
                s=rng.choice(SPEAKERS), p=bare(second["claim"])
            )
        return (
            statement,
            noisy(first["claim"], rng) if rng.random() < 0.5 else first["claim"],
            "neutral",
        )
