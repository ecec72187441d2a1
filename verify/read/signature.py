"""The line that signs an embedded X post: "— Name (@handle) November 19, 2019", in any language.

It finds the signature in text and reads its date; it never decides what the post's own text is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from verify import when

#: A name is at most 50 characters on X; emoji written as several question marks need more.
_NAME_REACH = 160
_DATE_REACH = 72
_DATE_WORDS = 8
#: "19 de noviembre de 2019", "a las", a weekday.
_MAX_WORDS = 6

_AT = re.compile(
    r"(?P<open>[(（\[]\s*)?(?<![\w/.])[@＠]\s?(?P<handle>[A-Za-z0-9_][\w.-]{0,60}(?:@[\w-]+\.[\w.-]+)?)"
    r"(?P<close>\s*[)）\]])?"
)
#: Surest first: a hyphen signs only with blanks around it.
_DASHES = (
    re.compile(r"—|―|&mdash;|&#8212;|&#x2014;|â€”"),
    re.compile(r"–|‒|&ndash;|&#8211;|(?<![-\w])--+(?!-)|−"),
    re.compile(r"(?:(?<=\s)|^)-(?=\s)"),
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:(?P<m1>[a-z]{3,9})\.? (?P<d1>\d{1,2})(?:st|nd|rd|th)?,? |(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
    r" (?P<m2>[a-z]{3,9})\.?,? )(?P<year>\d{4})",
    re.IGNORECASE,
)
_ENGLISH_MONTH = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
    r"|nov(ember)?|dec(ember)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일.]?")
#: What may follow the date and still belongs to it.
_TRAILER = re.compile(
    r"(?:\s*(?:г\.|года|р\.|г(?=\s|$)))?[ \t]*(?:\.(?=\s|$))?"
    r"(?:,?[ \t]*(?:at|um|à|às|a las)?[ \t]*\d{1,2}[:.]\d\d(?:[ \t]*[AaPp]\.?[Mm]\.?)?"
    r"(?=[ \t]*(?:\n|$)))?"
)
#: Running text goes on so, no signature does: "(@bob) — on November 19, 2019".
_NO_DATE = re.compile(
    r"[—―]|(?:on|in|at|by|from|since|until|said|says|wrote|tweeted|posted|the|am|le|el|em|il|op)\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?|uhr|h)?\s*[·\-–•,]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature's place in the text and what it says; `date` is its wording, maybe empty."""

    start: int
    end: int
    author: str | None
    handle: str
    date: str
    posted_at: datetime | None


def parse_date(text: str) -> datetime | None:
    """Read a whole date (day, month, year) in any of many languages, as midnight UTC or as told."""
    plain = _plain_digits(" ".join(text.split()))
    if not _YEAR.search(plain):
        return None
    english = _ENGLISH.fullmatch(plain)
    if english and _ENGLISH_MONTH.fullmatch(english["m1"] or english["m2"]):
        month = _MONTHS.index((english["m1"] or english["m2"])[:3].lower()) + 1
        return _day(int(english["year"]), month, int(english["d1"] or english["d2"]))
    numeric = _NUMERIC.fullmatch(plain)
    if numeric:
        return _day(*(int(part) for part in numeric.groups()))
    # Day and year at least, and few words beside them: a search in 200 languages takes long.
    if len(re.findall(r"\d+", plain)) < 2 or len(re.findall(r"[^\W\d]+", plain)) > _MAX_WORDS:
        return None
    return when.parse(plain)


def find(text: str, *, dated: bool = True) -> Iterator[Signature]:
    """Yield the signatures in a text, in order; `dated` asks for a date that can be read.

    Without parentheses around the handle a date is always asked for.
    """
    floor = 0
    for at in _AT.finditer(text):
        if at.start() < floor:
            continue
        enclosed = bool(at["open"] and at["close"])
        handle = at["handle"].rstrip(".-")
        reach = text[max(floor, at.start() - _NAME_REACH) : at.start()]
        name = _name(reach)
        if name is None:
            continue
        after = at.end()
        length, posted_at = _date_ahead(text[after : after + _DATE_REACH])
        if posted_at is None and (dated or not enclosed):
            continue
        date = text[after : after + length].strip(" \t\n,;:·|-–[]")
        start = at.start() - name[1]
        floor = after + length
        yield Signature(start, floor, name[0] or None, handle, date, posted_at)


def _name(reach: str) -> tuple[str, int] | None:
    """Return the name before a handle, and how far before it the signature starts."""
    paragraph = re.split(r"\n[^\S\n]*\n(?=[^\S\n]*\S)", reach)[-1]
    for dash in _DASHES:
        matches = list(dash.finditer(paragraph))
        if matches:
            last = matches[-1]
            return " ".join(paragraph[last.end() :].split()), len(paragraph) - last.start()
    return None


def _date_ahead(text: str) -> tuple[int, datetime | None]:
    """Return the length and the value of the date with which the text begins."""
    lead = re.match(r"[\s,;:·|\[–-]*", text)
    offset = lead.end() if lead else 0
    is_apart = re.search(r"\n[^\S\n]*\n", text[:offset]) is not None
    if _NO_DATE.match(text, offset):
        return 0, None
    hour = _HOUR.match(text, offset)
    offset = hour.end() if hour else offset
    for count, word in enumerate(re.finditer(r"\S+", text[offset:])):
        if count >= _DATE_WORDS:
            break
        end = offset + word.end()
        candidate = text[offset:end].rstrip("]),.;:")
        candidate = candidate.split("](")[0]
        if not _YEAR.search(_plain_digits(candidate)):
            continue
        value = parse_date(candidate)
        if value is not None:
            trailer = _TRAILER.match(text, offset + len(candidate))
            end = trailer.end() if trailer else end
            # In a paragraph of its own it must be all that stands there.
            return (
                (0, None)
                if is_apart and text[end:].split("\n", maxsplit=1)[0].strip()
                else (end, value)
            )
    return 0, None


def _plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
    )


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
