"""The words that English news uses for days and hours, as tables and patterns.

It holds no clock and works nothing out: what a word means beside an article's date is worked
out in `calendar`. Of two readings of a word the patterns take the one that news uses.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu",
         "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}  # fmt: skip

#: Hours of UTC, counted from the named day's midnight; past 24 is the next day. Where a country's
#: own clock differs the words are taken as they stand: an article and its officials share them.
PARTS = {
    "early": (0, 6),
    "dawn": (2, 7),
    "morning": (6, 12),
    "noon": (11, 13),
    "afternoon": (12, 18),
    "evening": (17, 24),
    "late": (18, 27),
    "night": (18, 27),
    "midnight": (23, 25),
}

#: Hours east of Greenwich. Names that several regions share with different clocks are left out.
ZONES = {
    "gmt": 0.0, "utc": 0.0, "z": 0.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0,
    "msk": 3.0, "pkt": 5.0, "wib": 7.0, "jst": 9.0, "kst": 9.0, "aest": 10.0, "aedt": 11.0,
    "est": -5.0, "edt": -4.0, "et": -5.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0,
    "pst": -8.0, "pdt": -7.0, "pt": -8.0, "akst": -9.0, "hst": -10.0,
}  # fmt: skip

COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "few": 4,
    "several": 7,
}  # fmt: skip
_COUNT = (
    r"(?:\d{1,3}|an?(?:\s+(?:couple|few)(?:\s+of)?)?|(?:a\s+)?couple\s+of|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|few|several)"
)
UNIT_HOURS = {
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 730.5,
    "year": 8766.0,
}

# Months as words: "may" and "march" are verbs unless written with a capital, as months always are.
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.?|April|Apr\.?|May|June|Jun\.?|July|Jul\.?|"
    r"Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY)?|FEB(?:RUARY)?|MARCH|APRIL|JUNE|JULY|AUG(?:UST)?|SEPT(?:EMBER)?|OCT(?:OBER)?|"
    r"NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"

DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}[-/](?:0?[1-9]|1[0-2])[-/](?:[12]\d|3[01]|0?[1-9]))(?!\d)"
    rf"|\b(?P<dotted>{_DAY}\.(?:0?[1-9]|1[0-2])\.{_YEAR})\b"
    rf"|\b(?P<slashed>\d{{1,2}}/\d{{1,2}}/{_YEAR})\b"
    rf"|\b(?P<m1>{_MONTH})\s+(?:the\s+)?(?P<d1>{_DAY})(?:(?:\s*[-–]\s*|\s+(?:and|to)\s+)(?P<e1>{_DAY}))?"
    rf"(?![\d:%]|[.,]\d)(?:,?\s+(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<d2>{_DAY})(?:(?:\s*[-–]\s*|\s+(?:and|to)\s+)(?P<e2>{_DAY}))?\s+(?:of\s+)?(?P<m2>{_MONTH})\b"
    rf"(?:,?\s+(?P<y2>{_YEAR})\b)?"
)
WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|past|coming)\s+)?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY|"
    r"(?:Mon|Tues?|Wed|Thur?s?|Fri)(?=\.|\s+(?:morning|night|evening|afternoon)\b)|"
    r"(?<=on )(?:Mon|Tues?|Wed|Thur?s?|Fri)\b)(?:['’]s\b|\b)"
    r"(?!\s+(?:Times|Telegraph|Herald|Mirror|Mail|Express|World|Night\s+Live|prayers?)\b)"
)
#: Names and habits that hold a weekday or a day word and no date.
NO_DATE_BEFORE = re.compile(
    r"(?:\b(?:Bloody|Black|Good|Palm|Easter|Ash|Cyber|Giving|Super|Holy|every|each|most|USA|Russia|"
    r"Turkey|India|Arab|Pakistan|Military|Psychology)\s+|[@#/])$"
)
RELATIVE_DAY = re.compile(
    r"\b(?P<relative>the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night|"
    r"this\s+(?:morning|afternoon|evening))\b",
    re.I,
)
PART = re.compile(
    r"\b(?:(?P<early>(?:in\s+)?(?:the\s+)?(?:very\s+)?(?:early|small|wee|pre-?dawn)\s+"
    r"(?:hours|morning)(?:\s+of(?:\s+the\s+morning)?)?|early|pre-?dawn|(?:just\s+)?after\s+midnight)"
    r"|(?P<dawn>(?:at|before|around|near)\s+dawn|at\s+daybreak)"
    r"|(?P<morning>(?:mid-?|late\s+)?morning)"
    r"|(?P<noon>(?:about\s+|around\s+|at\s+)?(?:noon|midday|lunch\s?time))"
    r"|(?P<afternoon>(?:early\s+|late\s+|mid-?)?afternoon)"
    r"|(?P<evening>(?:early\s+|late\s+)?evening)"
    r"|(?P<midnight>(?:at|around|about|before|near)\s+midnight)"
    r"|(?P<overnight>overnight)"
    r"|(?P<night>(?:late\s+)?night(?!-))|(?P<late>late))\b(?:\s+(?:of|on))?",
    re.I,
)
#: A part of the day that may stand without a day beside it.
STANDALONE_PART = re.compile(
    r"\b(?:in|during|before|at|around|that|early|late|by)\b|overnight|hours|midnight", re.I
)
CLOCK = re.compile(
    r"(?:\b(?P<about>around|about|approximately|roughly|nearly|just\s+(?:before|after)|shortly\s+"
    r"(?:before|after))\s+)?(?<![\d.,:$€£/-])(?:(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?"
    r"(?:[:.][0-5]\d)?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<h24>[01]?\d|2[0-3])[:h](?P<m24>[0-5]\d)(?::[0-5]\d)?(?:\s*(?:hours|hrs|h)\b)?"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*(?:GMT|UTC|hours|hrs|local|Z\b)))"
    r"(?![\d%]|[.,:]\d)(?:\s*\(?(?P<zone>GMT|UTC|BST|CET|CEST|EET|EEST|MSK|PKT|WIB|JST|KST|AEST|"
    r"AEDT|EST|EDT|ET|CDT|MST|MDT|PST|PDT|PT|AKST|HST|Z)\b(?:\s?(?P<shift>[+-]\d{1,2}))?)?",
    re.I,
)  # fmt: skip
FUTURE = re.compile(
    r"\b(?:will|shall|is\s+(?:due|set|to|scheduled|expected|planned)|are\s+(?:due|set|to|scheduled|"
    r"expected|planned)|scheduled\s+(?:for|to)|due\s+(?:to|on|by)|plans?\s+to|going\s+to|expected\s+"
    r"(?:to|on|by)|until|upcoming|coming|ahead\s+of|by\s*$|no\s+later\s+than|['’]ll)\b",
    re.I,
)

_MODIFIED = r"(?:(?P<stage>early|late|mid)[-\s]+)?"
_LAPSE = (
    rf"(?:the\s+)?(?:last|past|previous|recent)\s+(?:(?P<span_n>{_COUNT})\s+)?"
    r"(?P<span_u>hour|day|week|month|year)s?"
)
_AGO_UNITS = "minute|hour|day|week|month|year"
PERIODS = (
    re.compile(rf"\b(?:over|during|in|for|within|through)\s+{_LAPSE}\b", re.I),
    re.compile(
        r"\b(?:over|in|during|for)\s+(?:the\s+)?(?P<decades>decades|(?:last|past)\s+decade)\b", re.I
    ),
    re.compile(
        rf"\b(?P<ago_n>{_COUNT}(?=\s*(?:{_AGO_UNITS})s?\b)|(?:{_AGO_UNITS})s)"
        rf"\s*(?P<ago_u>{_AGO_UNITS})?s?\s+ago\b",
        re.I,
    ),
    re.compile(
        r"\b(?:(?P<week_stage>earlier|later|late|early)\s+)?"
        r"(?P<rel>last|this|next|the\s+(?:past|previous))\s+"
        r"(?P<unit>week(?:end)?|month|year)(?:['’]s)?\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<since>since)\s+{_MODIFIED}(?:(?P<since_m>{_MONTH})\s*)?(?P<since_y>{_YEAR})?"
        r"(?<=[\w.])"
    ),
    re.compile(rf"\b{_MODIFIED}(?P<month_y>{_MONTH})(?:,|\s+of)?\s+(?P<month_year>{_YEAR})\b"),
    re.compile(
        rf"\b(?:(?:in|In|during|of|Last|last|this|until|by)\s+{_MODIFIED}|(?P<mid>mid)-)"
        rf"(?P<month>{_MONTH})(?!\s*\d)(?:['’]s)?(?!\w)"
    ),
    re.compile(
        rf"\b(?:in|In|during|of|from|by|until|back\s+in)\s+{_MODIFIED}(?P<year>{_YEAR})\b"
        r"(?!\s*(?:people|rockets|%|percent))"
    ),
)
#: Words that point back to the day or the moment spoken of before.
BACK = re.compile(
    r"\b(?:(?P<same>(?:on\s+)?(?:the\s+|that\s+)(?:very\s+)?same\s+"
    r"(?:day|morning|afternoon|evening|night|week)"
    r"|(?:on\s+)?that\s+(?:day|night|morning|evening|afternoon)|at\s+the(?:\s+same)?\s+time)"
    r"|(?P<next>(?:on\s+)?the\s+(?:next|following)\s+(?:day|morning|night)|a\s+day\s+later)"
    r"|(?P<previous>(?:on\s+)?the\s+"
    r"(?:previous\s+(?:day|night)|day\s+before(?!\s+yesterday)|night\s+before))"
    rf"|(?:(?P<later_n>{_COUNT})\s+)?(?P<later_u>minute|hour|day|week|month|year)s?\s+"
    r"(?P<later>later|afterwards|earlier))\b",
    re.I,
)
#: A verb of saying right before a time: the time is when it was said.
REPORTED = re.compile(
    r"\b(?:said|says|saying|reported|reports|announced|told\s+[\w\s]{2,30}|tweeted|wrote|stated|claimed|"
    r"confirmed|denied|added|statement|published|posted|warned|vowed|briefing|interview)\s*,?\s*"
    r"(?:(?:on|late|early|in\s+a\s+\w+)\s+)*$",
    re.I,
)
#: A time in the form 16:30 is one only beside such a word: 3:15 may be a ratio, 2-1 a score.
CLOCK_BEFORE = re.compile(
    r"\b(?:at|around|about|by|from|until|till|since|before|after|between|and|to|approximately)\s+$",
    re.I,
)
CLOCK_AFTER = re.compile(r"\s*(?:\(?local\b|hours\b|hrs\b|h\b|on\s+[A-Z])")
