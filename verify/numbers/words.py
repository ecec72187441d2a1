"""The words of the counting grammar: numerals, qualifiers, outcomes, false counts.

It holds tables and patterns and works nothing out.
"""

from __future__ import annotations

import re

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "dozen": 12.0, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
#: What newsrooms mean by a word of many; generous, so that only what is far off differs.
VAGUE = {
    "several": (2, 30), "a few": (2, 12), "few": (2, 12), "a couple": (2, 3), "a handful": (2, 10),
    "dozens": (20, 250), "scores": (30, 300), "hundreds": (100, 3e3), "thousands": (1e3, 3e4),
    "tens of thousands": (1e4, 3e5), "hundreds of thousands": (1e5, 3e6), "millions": (1e6, 3e8),
}  # fmt: skip
_CARDINAL = "|".join([*TENS, *sorted(UNITS, key=len, reverse=True)])
_WORDS = (
    rf"(?:half\s+a\s+dozen|a\s+dozen|an?\s+hundred|a\s+thousand|an?\s+(?:million|billion)"
    rf"|(?:{_CARDINAL})(?:[\s-]+(?:and\s+)?(?:{_CARDINAL}|hundred|thousand|dozen|million|billion))*)"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
FIGURE = re.compile(
    r"(?<![\w.,:/@#])(?<![^\d\W]-)(?<!\s-)(?:(?P<currency>US\$|[$£€¥₪₹])\s?)?"
    rf"(?P<number>{_DIGITS}|\b{_WORDS}\b)"
    r"(?:\s?(?P<scale>million|billion|trillion|thousand|dozen|hundred|bn|mn|k|m)\b(?!['’.]))?"
    r"(?P<percent>\s?%|\s+per\s?cent\b)?(?P<plus>\+)?",
    re.I,
)
MANY = re.compile(
    r"\b(?P<vague>hundreds\s+of\s+thousands|tens\s+of\s+thousands|dozens|scores|hundreds|thousands|"
    r"millions|several|a\s+few|a\s+couple|a\s+handful)\b(?!\s+(?:times|hundred|dozen|thousand))"
    r"|\b(?P<none>no(?:\s+(?:one|body))?|nobody|none)\b(?=\s+\w)",
    re.I,
)
RANGE = re.compile(r"\s*(?:[-–—]|to|or|and)\s*$", re.I)
BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.I)
#: How a word before the figure bounds it.
QUALIFIERS = tuple(
    (re.compile(rf"(?:{pattern})\s*$", re.I), how)
    for pattern, how in (
        (r"\b(?:at\s+least|no\s+(?:fewer|less)\s+than|a\s+minimum\s+of|upwards\s+of)", "from"),
        (r"\b(?:(?:more|greater|higher)\s+than|over|above|exceed(?:s|ed|ing))", "from"),
        (r"\b(?:up\s+to|as\s+many\s+as|at\s+most|a\s+maximum\s+of|no\s+more\s+than)", "up to"),
        (r"\b(?:(?:fewer|less)\s+than|under|below)", "up to"),
        (r"\b(?:nearly|almost|close\s+to|just\s+under)", "nearly"),
        (
            r"\b(?:about|around|some|roughly|approximately|an?\s+estimated|approx\.?|circa)|~",
            "about",
        ),
    )
)

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?|January|February|March|April|May|"
    r"June|July|August|September|October|November|December"
)
#: What follows or precedes a number that counts nothing: dates, times, ages, scores, names.
NOT_AFTER = re.compile(
    rf"\s*(?:[ap]\.?m\b|(?:of\s+)?(?:{_MONTH})|GMT\b|UTC\b|o['’]clock|-year-old|"
    r"[\s-]years?[\s-]old|"
    r"-(?:day|hour|week|month|minute|man|member|seat|storey|story|point|party)\b|"
    r"th\b|st\b|nd\b|rd\b|"
    r"[-–]\d{1,2}\b(?!\s*(?:[a-z]|%))|[:/]\d|\.\d|['’]?s\b|[A-Za-z]\w*\d)"
)
NOT_BEFORE = re.compile(
    rf"(?:{_MONTH})\s+$|\b(?:aged?|No\.?|number|article|section|chapter|page|channel|route|highway|"
    r"flight|room|gate|terminal|phase|day|week|year|type|model|brigade|division|unit|resolution|"
    r"group|district|zone|ward|stage|level|category|Boeing|Airbus|covid|under|windows|season|"
    r"Mach|Type|Area|Radio|TV)[\s-]+$|(?-i:[A-Z])\w*,\s+$|\bone\s+of\s+$|\b(?:at|by|around)\s+$(?=\d{1,2}:)",
    re.I,
)
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|to|before|after|during|and|late|early|mid)[\s-]+"
    rf"|(?:{_MONTH}),?\s+|\d,\s+|\()$",
    re.I,
)

_OUTCOMES = {
    "dead": "killed kill kills killing dead died die dies dying death deaths fatality fatalities "
    "slain murdered murders toll lives massacred",
    "injured": "injured injures injuring injure injuries injury wounded wounding wounds hurt "
    "casualties",
    "missing": "missing unaccounted",
    "arrested": "arrested arrests arresting arrest detained detains detaining custody",
    "fired": "fired fires fire firing launched launches launching",
    "intercepted": "intercepted intercepts intercepting downed downs downing",
    "displaced": "displaced displacing evacuated evacuating fled homeless",
    "hostage": "hostage hostages kidnapped abducted",
    "rescued": "rescued saved freed released",
    "infected": "infected infections",
}
OUTCOME_OF = {word: name for name, list_ in _OUTCOMES.items() for word in list_.split()}
CASUALTIES = frozenset({"dead", "injured"})


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _set(
    "in on at by from near into to for with after before as who whom that which when while where "
    "and or but were was are is had have has be been will would may might could can outside inside "
    "across during over under against amid including since until because per than he she it they "
    "said"
)
LINKS = _set("were was are is had have has be been who also reportedly feared believed")
SKIP = _set("of the its their them his her those these other more additional further")
PLURALS = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child",
    "police": "police", "troops": "troop", "personnel": "personnel", "dead": "",
    "aircraft": "aircraft",
    "gunmen": "gunman", "policemen": "policeman", "servicemen": "serviceman", "lives": "person",
    "deaths": "person", "fatalities": "person", "casualties": "person", "injuries": "person",
    "victims": "person", "others": "person", "percent": "%",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z][\w'’-]*|[^\w\s]|\d[\d,.]*")
MAGNITUDE = re.compile(r"\bmagnitude[\s-]+(?:of\s+)?[\d.]+|[\d.]+[\s-]magnitude\b", re.I)
