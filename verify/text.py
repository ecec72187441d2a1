"""Plain work on strings: white space, keys, sentences, newswire noise, characters that hide.

It never reads meaning, dates or sources, never changes a text it only measures (offsets are those
of the string it was given), and never opens a file or the network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from sentencex import get_sentence_boundaries

from verify.values import Span

_BREAK = re.compile(
    r"\n[^\S\n]*\n\s*|[\u2029\x0b\x0c]+\s*|\n(?=[^\S\n]*(?:[-*•–]|\d{1,2}[.)])[^\S\n])"
)
_CLOSERS = "\"'”’»)]"
# Abbreviations after which a capital letter does not open a new sentence.
_TITLES = re.compile(
    r"(?:^|[\s(\"“'])(?:Lt|Col|Gen|Maj|Brig|Sgt|Cpl|Capt|Cmdr|Adm|Pvt|Rep|Sen|Gov|Pres|Mr|Mrs|Ms|Dr|"
    r"Prof|Rev|Hon|St|Mt|Ft|Jr|Sr|No|Nos|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"approx|al|cf|e\.g|i\.e|[A-Z])\.$"
)
_PERIOD_INSIDE = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:[ap]\.m|etc|Inc|Ltd|Co|Corp)\.$")
_GLUED = re.compile(
    r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]+[ ,])|(?<=[a-z][.!?][\"”])(?=[A-Z][a-z]+[ ,])"
)
# "at 10:52 p.m. He was not armed": an hour may end a sentence.
_AFTER_HOUR = re.compile(
    r"(?<=\b[ap]\.m\.)\s+(?=(?:He|She|It|They|We|I|The|This|That|These|His|Her|Its|Their|But|No|None|"
    r"Nobody|There|Police|Officials|Authorities|Witnesses|Residents)\s|[“\"][A-Z])"
)
# A short clause that only says who spoke: it belongs to the quotation before it.
_REPORTING = re.compile(
    r"(?:\S+\s+){1,7}(?:said|says|told \w+|added|wrote|tweeted|claimed|warned|stated|announced)\b"
    r"(?:\s+(?:in|on|to|late|early|yesterday|today|[A-Z]\w+day)\b.*)?[.!]?$"
)
_SURELY_OVER = re.compile(r"[.!?…][\"'”’»)\]]*$")


def squash(text: str) -> str:
    """Return the text with every run of white space made one blank, and none at the ends."""
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Return the text as a key: NFKC, case folded, white space squashed."""
    return squash(unicodedata.normalize("NFKC", text).casefold())


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the normalised text, in hexadecimal."""
    return sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def visible(text: str) -> str:
    """Return the text with control, bidirectional and other hiding characters spelt ‹U+202E›.

    Line feed and tab stay, and so do the two joiners that Persian, Indic scripts and emoji need.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"‹U+{ord(c):04X}›" if _is_hidden(c) else c for c in text)


def _is_hidden(char: str) -> bool:
    if char in "\n\t\u200c\u200d":
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def sentences(text: str) -> list[Span]:
    """Return the place of every sentence, in order, without the white space around it.

    A paragraph break always ends a sentence. A quotation and the reporting clause that follows it
    stay together, and so does a quotation of several sentences.
    """
    found: list[Span] = []
    for start, end in _paragraphs(text):
        found.extend(_sentences_of(text, start, end))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _sentences_of(text: str, start: int, end: int) -> list[Span]:
    pieces: list[tuple[int, int]] = []
    for cut_start, cut_end in _cuts(text, start, end):
        trimmed = _trim(text, cut_start, cut_end)
        if trimmed is None:
            continue
        if pieces and _is_continued(text, pieces[-1], trimmed):
            pieces[-1] = (pieces[-1][0], trimmed[1])
        else:
            pieces.append(trimmed)
    return [Span(s, e) for s, e in pieces]


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield sentencex's sentences of one paragraph, cut once more where a blank is missing."""
    paragraph = text[start:end]
    if not paragraph.strip():
        return
    # sentencex measures in characters, yet a line feed is a sentence's end to it: hide it.
    flat = paragraph.replace("\n", " ").replace("\r", " ")
    for boundary in get_sentence_boundaries("en", flat):
        first, last = start + boundary["start_index"], start + boundary["end_index"]
        cuts = [*_GLUED.finditer(text, first, last), *_AFTER_HOUR.finditer(text, first, last)]
        for place in sorted(cut.start() for cut in cuts):
            yield first, place
            first = place
        yield first, last


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _is_continued(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Tell whether two neighbouring pieces are one sentence that was cut by mistake."""
    left, first = text[before[0] : before[1]], text[after[0]]
    tail = left[-24:]
    if all(c in _CLOSERS for c in text[after[0] : after[1]]):
        return True
    if _TITLES.search(tail):
        return True
    if not first.islower():
        rest = text[after[0] : min(after[1], after[0] + 160)]
        return tail[-1] in '"”' and len(rest) < 160 and bool(_REPORTING.match(rest))
    return (
        tail[-1] in _CLOSERS or bool(_PERIOD_INSIDE.search(tail)) or not _SURELY_OVER.search(tail)
    )


_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:pic\.twitter\.com|pic\.x\.com|t\.co|bit\.ly|youtu\.be)/\S*"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|gov|info|ly|tv|me)/\S+"
)
_RETWEET = re.compile(r"^\W*(?:RT|MT|QT)\s+@\w+\s*:?\s*")
#: What numbers or heads a thread: "1/4", "What we know so far about the fire:".
_THREAD = re.compile(
    r"^\W*(?:(?:thread|\d{1,2}\s?/\s?\d{1,2})\b[:.)\]|–—-]*\s*|"
    r"(?:here['’]?s\s+)?(?:what\s+we(?:\s+\w+)?\s+know|the\s+latest|latest|situation|summary|recap)"
    r"\b[^:.!?]{0,70}:\s+)(?=\S)",
    re.I,
)
# Handles that open a reply; ".@IDF says" and "@IDF says" have the handle as their subject.
_REPLY = re.compile(
    r"^(?:@\w+[\s,:]+)*@\w+[\s,:]+(?=\S)(?!(?:has|have|is|was|are|were|will|just|now)\b|[a-z]+(?:s|ed)\b)"
)
_VIA = re.compile(
    r"\s?[(|–—-]{0,3}\s?\b(?:via|h/t|hat tip|cc|credit:?|[Pp]hoto:?|[Vv]ideo:?)\s+@\w+[\s)@\w]*$"
)
_SIGNATURE = re.compile(r"\s*[—–-]\s*[^—–]{1,80}\(@\w{1,30}\)[^.]{0,40}$")
_MENTION = re.compile(r"\s*\(@\w+\)")
_HANDLE = re.compile(r"(?<![\w.])@(\w{1,30})")
_HASHTAG = re.compile(r"[#＃](\w+)")
_TRAILING_TAGS = re.compile(r"(?:[\s,]{0,3}[#＃]\w+){1,40}[\s.!]*$")
_WORD_BORDER = re.compile(
    r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[A-Z][a-z])|_+"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u20e3\ufe0e\ufe0f\u200d"
    "\U000e0020-\U000e007f\ufffd]+"
)
_MOJIBAKE = re.compile(r"(?<!\S)\?{2,}(?!\S)")
_BRACKETED = re.compile(
    r"[\[(](?:videos?|photos?|pics?|pictures|watch|live|updated?|update \d+|graphic(?: content)?|"
    r"breaking(?: news)?|exclusive)[\])]",
    re.I,
)
_HEADLINE = re.compile(
    r"^\W*(?:(?:breaking(?:\s+news)?|just\s+in|urgent|alert|developing(?:\s+story)?|news\s*alert|"
    r"news\s?flash|flash|update(?:\s*\d+)?|updated|watch(?:\s+live)?|live|latest|the\s+latest|video|"
    r"photos?|pictures?|exclusive|more|now|new|happening\s+now|must\s+(?:see|watch)|read\s+more)"
    r"\s*(?::|\||!+|–|—|-(?=\s)|\.{3}|…|//|>+)"
    r"|(?-i:BREAKING(?:\s+NEWS)?|JUST\s+IN|URGENT|DEVELOPING|UPDATE(?!\s*\d)|Just\s+in|Breaking\s+[Nn]ews)(?=\s)"
    r"|breaking(?=\s+(?:(?:new\s+)?(?:video|footage)|[#＃])))\s*",
    re.I,
)
_FOOTAGE = re.compile(
    r"^\W*(?:(?:new|dramatic|shocking|amateur|raw|exclusive|more|mobile|cell\s?phone|disturbing)\s+)*"
    r"(?:video|footage|clip|photos?|pictures?|images?)(?:\s+(?:footage|clip))?\s+"
    r"(?:(?:has|have|is|are)\s+)?(?:just\s+)?(?:emerg(?:es?|ed|ing)|surfac(?:es?|ed|ing))"
    r"(?:\s+(?:of|showing|shows|that\s+shows|which\s+shows|appearing\s+to\s+show))?\s*[:,]?\s*",
    re.I,
)
# A hashtag after one of these is part of the sentence even where it ends the post.
_LEADS_ON = re.compile(
    r"(?:\b(?:a|an|the|of|in|on|at|by|to|for|from|with|near|into|over|around|outside|inside|across|"
    r"against|under|between|and|or|is|are|was|were|be|this|that|his|her|its|their|our|central|"
    r"north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?)|['’]s)\s*$",
    re.I,
)


def plain_claim(text: str) -> str:
    """Return what a post or headline asserts, without newswire noise, links, emoji and the like.

    A hashtag inside the sentence becomes words ("#CharlieHebdo": "Charlie Hebdo"), one that only
    files the post under a subject goes. Where nothing else is left, the squashed text is returned.
    """
    plain = _LINK.sub(" ", text)
    plain = _MOJIBAKE.sub(" ", _EMOJI.sub(" ", plain))
    plain = _VIA.sub("", _SIGNATURE.sub("", squash(plain)))
    plain = _BRACKETED.sub(" ", _MENTION.sub("", plain)).strip()
    plain = _without_opening(_REPLY.sub("", plain))
    plain = _without_trailing_tags(plain)
    plain = _HASHTAG.sub(lambda m: _words(m[1]), plain)
    plain = _HANDLE.sub(lambda m: _words(m[1]) if "_" in m[1] else m[1], plain)
    plain = squash(_without_opening(plain)).strip("|:–—>/ ")
    plain = re.sub(r"\s+([,.;:!?](?:\s|$))", r"\1", plain).removesuffix(" -")
    return plain if any(c.isalnum() for c in plain) else squash(text)


def _without_opening(text: str) -> str:
    """Take newswire openings off until none is left ("RT @x: BREAKING: Video emerges …")."""
    for _ in range(8):
        shorter = text
        for opening in (_RETWEET, _THREAD, _HEADLINE, _FOOTAGE):
            shorter = opening.sub("", shorter, count=1)
        if shorter == text or not any(c.isalnum() for c in shorter):
            break
        text = shorter
    return text


def _without_trailing_tags(text: str) -> str:
    tail = _TRAILING_TAGS.search(text)
    if not tail:
        return text
    body = text[: tail.start()]
    if not any(c.isalnum() for c in body):
        return text
    if _LEADS_ON.search(body):
        first = _HASHTAG.search(text, tail.start())
        return text[: first.end()] if first else text
    return body


def _words(tag: str) -> str:
    """Split a tag's name where its spelling shows words: CamelCase, underscores, a final year."""
    return squash(_WORD_BORDER.sub(" ", tag))
