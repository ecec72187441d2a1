"""Counts in news prose: how many of what, as intervals, and whether two texts give the same figure.

Dates, clock times, years, ages, scores, ordinals and names that hold digits are no counts. It never
adds figures up, and never says that two differ unless both count the same thing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from verify.numbers import words
from verify.values import Span

Comparison = Literal["agree", "differ", "unknown"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: from `low` to `high` (inclusive) of `unit`, to which `outcomes` happened.

    `unit` is the singular noun counted ("person", "rocket", "%", "$"), "" where the text has none;
    `outcomes` holds "dead", "injured", "fired" …; `vague` is true of "dozens" and the like.
    """

    low: float
    high: float
    unit: str
    span: Span
    text: str
    outcomes: frozenset[str] = frozenset()
    vague: bool = False


def find(text: str) -> list[Quantity]:
    """Return the counts of a text in reading order; a range ("10 to 15") is one."""
    text = text[:20_000]
    found: list[Quantity] = []
    for match in words.FIGURE.finditer(text):
        value = _value(match)
        first, last = match.span()
        is_second = text[max(0, first - 1) : first] in {"-", "–"}
        if is_second and not (found and found[-1].span.end == first - 1):
            continue
        if value is None or _is_no_count(text, match):
            continue
        low, high = _bounds(value, text, match)
        if found and _joins(text, found[-1], first, match):
            before = found.pop()
            first, low = before.span.start, min(before.low, value)
            high = max(before.high, value)
        found.append(_measured(text, Span(first, last), (low, high), match))
    found.extend(_vague_counts(text, found))
    return sorted(found, key=lambda q: q.span.start)


def _value(match: re.Match[str]) -> float | None:
    written = match["number"].lower()
    if written[0].isdigit():
        value: float | None = float(written.replace(",", ""))
    else:
        value = _spelt(re.split(r"[\s-]+", written))
    if value is None or not match["scale"]:
        return value
    if match["scale"].lower() == "m" and not match["currency"]:
        return None  # "5 m" is a length
    return value * words.SCALES[match["scale"].lower()]


def _spelt(parts: list[str]) -> float | None:
    """Return the value of a number in words, None where the words do not make one number."""
    total, current = 0.0, 0.0
    if parts[0] == "half":
        return 6.0
    for part in parts:
        if part in {"a", "an"}:
            current = 1.0
        elif part in words.UNITS or part in words.TENS:
            step = words.UNITS.get(part, words.TENS.get(part, 0))
            if current % 100 and not (current % 10 == 0 and step < 10):
                return None
            current += step
        elif part == "hundred":
            current = (current or 1.0) * 100
        elif part in words.SCALES:
            total, current = total + (current or 1.0) * words.SCALES[part], 0.0
    return total + current


def _is_no_count(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :][:24]
    if match["currency"] or match["percent"]:
        return False
    number = match["number"]
    if match["plus"] is None and words.NOT_AFTER.match(after):
        return not re.match(r"[-–]\d", after) or _is_score(text, match)
    if words.NOT_BEFORE.search(before):
        return not re.search(r"[A-Z]\w*,\s+$", before) or bool(
            re.match(r"\s*[,.)]|\s+and\b", after)
        )
    if re.fullmatch(r"(?:1[89]|20)\d\d", number) and not match["scale"]:
        is_list = re.match(r"\s+[a-z]+s\b", after) is None
        return is_list or words.YEAR_BEFORE.search(before) is not None
    return (
        number.lower() == "one" and re.match(r"\s+(?:of|another|day|who|that)\b", after) is not None
    )


def _is_score(text: str, match: re.Match[str]) -> bool:
    """Tell "2-1" from "10-15 people": a range grows and counts something."""
    pair = re.match(r"(\d+)[-–](\d+)(\s+[a-z%])?", text[match.start() :])
    return pair is None or int(pair[1]) >= int(pair[2]) or pair[3] is None


def _joins(text: str, before: Quantity, at: int, match: re.Match[str]) -> bool:
    between = text[before.span.end : at]
    if len(between) > 6 or not words.RANGE.fullmatch(between):
        return False
    if between.strip().lower() == "and":
        return (
            words.BETWEEN.search(text[max(0, before.span.start - 9) : before.span.start])
            is not None
        )
    return not before.unit or before.unit in {"%", "$"} or not match["currency"]


def _bounds(value: float, text: str, match: re.Match[str]) -> tuple[float, float]:
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :][:10]
    if match["plus"] or re.match(r"\s+or\s+more\b", after):
        return value, math.inf
    how = next((how for pattern, how in words.QUALIFIERS if pattern.search(before)), "")
    slack = max(1.0, value / 10) if value >= 5 else value / 10
    return {
        "from": (value, math.inf),
        "up to": (0.0, value),
        "nearly": (value - slack, value),
        "about": (value - slack, value + slack),
    }.get(how, (value, value))


def _vague_counts(text: str, figures: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    for match in words.MANY.finditer(text):
        if any(q.span.start < match.end() and match.start() < q.span.end for q in figures):
            continue
        span = Span(*match.span())
        if match["none"]:
            one = _measured(text, span, (0.0, 0.0), None)
            person = match["none"].lower() not in {"no", "none"}
            unit = "person" if person else one.unit
            if unit and (one.outcomes or person or _is_plural_after(text, match.end())):
                found.append(_replace(one, unit, vague=False))
            continue
        low, high = words.VAGUE[" ".join(match["vague"].lower().split())]
        one = _measured(text, span, (float(low), float(high)), None)
        found.append(_replace(one, one.unit, vague=True))
    return found


def _is_plural_after(text: str, at: int) -> bool:
    return re.match(r"\s+(?:[a-z]+\s+){0,2}[a-z]+s\b", text[at : at + 40]) is not None


def _replace(one: Quantity, unit: str, *, vague: bool) -> Quantity:
    return Quantity(one.low, one.high, unit, one.span, one.text, one.outcomes, vague)


def _measured(
    text: str, span: Span, bounds: tuple[float, float], match: re.Match[str] | None
) -> Quantity:
    """Say what a figure counts, from the words around it."""
    unit, outcomes = _counted(text, span)
    if match is not None and match["percent"]:
        unit = "%"
    elif match is not None and match["currency"]:
        unit = match["currency"].replace("US", "")
    elif words.MAGNITUDE.search(text[max(0, span.start - 16) : span.end + 12]):
        unit = "magnitude"
    return Quantity(*bounds, unit, span, text[span.start : span.end], outcomes)


def _counted(text: str, span: Span) -> tuple[str, frozenset[str]]:
    after = words.WORD.findall(text[span.end : span.end + 90])
    before = words.WORD.findall(text[max(0, span.start - 60) : span.start])[::-1]
    outcomes: set[str] = set()
    for steps, word in enumerate(before[:9]):
        if not word[0].isalpha() or (word.lower() in {"and", "while", "but"}):
            break
        name = words.OUTCOME_OF.get(word.lower())
        if name and (steps < 4 or word.lower() in {"toll", "deaths"}):
            outcomes.add(name)
            break
    noun = _head(after)
    outcome = _outcome_after(after)
    if outcome:
        outcomes.add(outcome)
    if not noun and outcomes & {"dead", "injured", "missing", "arrested"}:
        noun = "person"
    return noun, frozenset(outcomes)


def _outcome_after(after: list[str]) -> str | None:
    for word in after[:8]:
        lower = word.lower()
        if not word[0].isalpha() or lower in {"and", "but", "while", "as", "by", "after", "when"}:
            return None
        if lower in words.OUTCOME_OF:
            return words.OUTCOME_OF[lower]
    return None


def _head(after: list[str]) -> str:
    """Return the noun that is counted, singular: the last plural of the phrase after the figure."""
    head, last = "", ""
    for word in after[:7]:
        lower = word.lower()
        if (
            not word[0].isalpha()
            or (lower == "of" and head)
            or lower in words.STOP
            or lower in words.LINKS
        ):
            break
        if lower in words.SKIP:
            continue
        is_verb = lower in words.OUTCOME_OF and lower not in words.PLURALS
        if is_verb or (head and re.search(r"(?:ed|ing|ly)$", lower)):
            break
        if lower in words.PLURALS or re.search(r"[^s'’iu]s$", lower):
            head = _singular(lower)
        elif head:
            break
        last = lower
    return head or ("" if last.endswith(("ed", "ing", "ly")) else _singular(last))


def _singular(word: str) -> str:
    if word in words.PLURALS:
        return words.PLURALS[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^s'’iu]s$", word) else word


def compare(statement: str, claim: str) -> Comparison:
    """Say whether a statement's figures and a claim's agree, differ, or cannot be compared.

    They agree where the statement's figure implies the claim's ("12 killed": "at least 10 dead"),
    or is a lower bound that the claim stays close to; they differ where no number fits both.
    """
    results = [_against(q, find(statement), statement, claim) for q in find(claim)]
    if "differ" in results:
        return "differ"
    return "agree" if results and all(r == "agree" for r in results) else "unknown"


def _against(wanted: Quantity, given: list[Quantity], statement: str, claim: str) -> Comparison:
    same = [q for q in given if _counts_same(q, wanted, statement, claim)]
    results = [_weigh(q, wanted) for q in same]
    if "agree" in results:
        return "agree"
    return "differ" if results and "unknown" not in results else "unknown"


def _counts_same(given: Quantity, wanted: Quantity, statement: str, claim: str) -> bool:
    if given.unit != wanted.unit or not given.unit:
        return False
    if given.unit in {"%", "$", "£", "€", "hour", "day", "minute", "year", "km", "mile", "metre"}:
        return bool(_context(statement, given.span) & _context(claim, wanted.span))
    if given.outcomes and wanted.outcomes:
        none = given if given.high == 0 else wanted
        if none.high == 0 and "casualties" in _near(
            statement if none is given else claim, none.span
        ):
            return bool((given.outcomes | wanted.outcomes) & words.CASUALTIES)
        return bool(given.outcomes & wanted.outcomes)
    # Without an outcome on both sides people are not the same people; rockets are the same rockets.
    return given.unit != "person" or given.outcomes == wanted.outcomes


def _near(text: str, span: Span) -> set[str]:
    return set(re.findall(r"[a-z]+", text[span.end : span.end + 40].lower()))


def _context(text: str, span: Span) -> set[str]:
    around = text[max(0, span.start - 40) : span.start] + " " + text[span.end : span.end + 40]
    plain = {_singular(w) for w in re.findall(r"[a-z]{4,}", around.lower())}
    return plain - words.STOP - {"percent", "cent", "about", "around", "million", "billion", "hour"}


def _weigh(given: Quantity, wanted: Quantity) -> Comparison:
    if given.low > wanted.high or wanted.low > given.high:
        return "differ"
    if wanted.low <= given.low and given.high <= wanted.high:
        return "agree"
    is_bound = given.high == math.inf and not given.vague
    if is_bound and wanted.low <= 1.5 * given.low:
        return "agree"
    is_close = given.high < math.inf and given.high - given.low <= 0.25 * given.high
    return "agree" if is_close else "unknown"
