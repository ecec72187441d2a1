"""What figures and dates say of a pair of statement and claim: marks that a small model misses.

"More than 100 cases" beside "98 cases" is a matter of arithmetic. The marks are weighed beside the
model's logits with weights fitted on dev pairs (`training.stance_calibration`); by themselves they
decide nothing, and a text without figures has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from verify import numbers

#: The marks, in the order of the weights in `stance.json`.
MARKS = (
    "figure_stands",
    "figure_differs",
    "figure_alone",
    "bound_holds",
    "bound_fails",
    "bound_alone",
    "date_stands",
    "date_differs",
    "date_bound_holds",
    "date_bound_fails",
    "counts_agree",
    "counts_differ",
)
#: A bound is held against a figure at most this many times larger or smaller.
NEAR = 5.0

_SMALL = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SPELT = {word: float(k) for k, word in enumerate(_SMALL, 2)}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?!,?\d)",
    re.I,
)
_FIGURE = re.compile(
    r"(?<![\w.])(?P<money>[$€£] ?)?(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(_SMALL) + r")\b)"
    r"(?: ?(?P<scale>million|billion|thousand|m\b|bn\b))?(?P<rate> ?(?:%|percent|per cent))?"
    r"(?P<mark> ?/ ?10)?",
    re.I,
)
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3}
_GAP = r"\s+(?:\w+\s+){0,2}?[$€£]?\s*$"
_BOUNDS = (
    (">=", r"at least|no fewer than|no less than|a minimum of|minimum of|since|from"),
    ("<=", r"at most|no more than|up to|a maximum of|maximum of|by|until"),
    (">", r"more than|over|above|greater than|exceed\w*|after|later than|surpass\w*|higher than"),
    (">", r"beyond|upwards of|longer than|better than|larger than"),
    ("<", r"less than|fewer than|under|below|before|prior to|lower than|almost|nearly|short of"),
    ("<", r"smaller than|earlier than|shorter than|not even"),
)
_BOUND = [(sign, re.compile(rf"\b(?:{words}){_GAP}", re.I)) for sign, words in _BOUNDS]


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float
    unit: str  # "date", "year", "$", "%", "/" (a mark out of ten) or "" (a count)
    bound: str  # ">", ">=", "<", "<=" or "" (given exactly)


def marks(statement: str, claim: str) -> np.ndarray:
    """The marks of a pair, each 0 or 1, in the order of MARKS."""
    found: set[str] = set()
    stated = _figures(statement)
    for figure in _figures(claim):
        found.add(_compared(figure, [f.value for f in stated if f.unit == figure.unit]))
    verdict = numbers.compare(statement, claim)
    if verdict != "unknown":
        found.add("counts_agree" if verdict == "agree" else "counts_differ")
    return np.array([mark in found for mark in MARKS], dtype=np.float32)


def _compared(figure: _Figure, stated: list[float]) -> str:
    """Which mark a claim's figure gets from the statement's figures of its unit."""
    is_date = figure.unit in {"date", "year"}
    if not figure.bound:
        if figure.value in stated:
            return "date_stands" if is_date else "figure_stands"
        if not stated:
            return "" if is_date else "figure_alone"
        return "date_differs" if is_date else "figure_differs"
    near = [x for x in stated if is_date or _is_near(x, figure.value)]
    if not near:
        return "" if is_date else "bound_alone"
    value = min(near, key=lambda x: abs(x - figure.value))
    holds = {
        ">": value > figure.value,
        ">=": value >= figure.value,
        "<": value < figure.value,
        "<=": value <= figure.value,
    }[figure.bound]
    return ("date_" if is_date else "") + ("bound_holds" if holds else "bound_fails")


def _is_near(first: float, second: float) -> bool:
    low, high = sorted((first, second))
    return low > 0 and high / low <= NEAR


def _figures(text: str) -> list[_Figure]:
    found = []
    for match in _DATE.finditer(text):
        month = _MONTHS.index((match["m1"] or match["m2"]).lower())
        day = int(match["d1"] or match["d2"])
        found.append(_Figure(month * 31.0 + day, "date", _bound(text, match.start())))
    rest = _DATE.sub(lambda m: " " * len(m[0]), text)
    found += [_figure(rest, match) for match in _FIGURE.finditer(rest)]
    return found


def _figure(text: str, match: re.Match[str]) -> _Figure:
    written = match["number"].lower()
    value = _SPELT[written] if written in _SPELT else float(written.replace(",", ""))
    value *= _SCALES.get((match["scale"] or "").lower(), 1.0)
    unit = "$" if match["money"] else "%" if match["rate"] else "/" if match["mark"] else ""
    if not unit and 1900 <= value < 2100 and written.isdigit():
        unit = "year"
    return _Figure(value, unit, _bound(text, match.start()))


def _bound(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start]
    return next((sign for sign, words in _BOUND if words.search(before)), "")
