"""Cuts a sentence into words as Universal Dependencies does for English, with their places.

Clitics ("n't", "'s"), hyphens and punctuation stand alone; links, handles, hashtags, numbers and
abbreviations are one word. It never changes the text and never decides where a sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.values import Span

_LINK = r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)[^\s<>\"”“]+(?<![.,;:!?)\]'’])"
_PATH = r"(?:/[^\s<>\"”“]*(?<![.,;:!?)\]'’]))?"
_SITE = rf"(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|ly|tv|co|io|uk|fr|de|ru){_PATH}(?!\w)"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_HANDLE = r"[@#]\w+"
_FACE = r"(?<!\w)[:;=8][-'^]?[)(DPp\]\[/\\|*](?!\w)|<3(?!\d)|\^_\^|(?<!\w)[xX]D(?!\w)"
_INITIALS = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|(?<![^\W_])[A-Z]\.(?!\w)"
_SHORT = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Adm|Brig|Rev|Hon|Pres|Messrs|"
    r"Inc|Corp|Ltd|Co|Bros|vs|etc|approx|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"Ave|Blvd|Rd|Mt|Ft|Fla|Calif|Mass|Conn|Wash|Ariz|Tenn|Pa|Va|Md|Ill|Mich|Minn|Wis|Tex|Ore|Ga|Ala|"
    r"a\.m|p\.m|e\.g|i\.e|Ph\.D|al|ft|lbs|oz|cf|est|dept|Dept|ext)\.(?!\w)"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:/]\d+)+|\d+(?:['’]?s|st|nd|rd|th)(?!\w)|\.\d+"
_PREFIX = "anti|co|counter|cross|e|ex|mid|mini|multi|non|over|post|pre|pro|re|semi|sub"
_HELD = rf"(?i:(?<![^\W_])(?:{_PREFIX})[-‐‑][^\W\d_]+)(?![^\W_])"
_CLITIC = r"(?i:['’´`](?:s|re|ve|ll|d|m)(?![^\W_]))"
_NOT = r"(?i:n['’´`]t(?![^\W_]))"
_WORD = rf"(?i:(?:(?!{_NOT})[^\W_])+(?={_NOT}))|[dlO]['’](?=[A-Z])[^\W_]+|[^\W_]+"
_MARK = r"\.{2,}|…|[-‐‑]{2,}|['’]{2}|``|[!?]+|\*+|_+|=+|~+|\S"
_ANY = re.compile(
    "|".join(
        (
            _LINK, _MAIL, _SITE, _HANDLE, _FACE, _SHORT, _INITIALS, _NUMBER, _NOT, _CLITIC, _HELD,
            _WORD, _MARK,
        )
    )
)  # fmt: skip
#: Words that are two ("cannot"), by the length of the first.
_TWO = {
    "cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "dont": 2, "cant": 2, "didnt": 3, "doesnt": 4,
    "isnt": 2, "wasnt": 3, "wont": 2, "wouldnt": 5, "couldnt": 5, "shouldnt": 6, "havent": 4,
    "gimme": 3, "lemme": 3,
}  # fmt: skip


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the places of the words between start and end, in order, never overlapping."""
    end = len(text) if end is None else end
    return [span for match in _ANY.finditer(text, start, end) for span in _parts(match)]


def _parts(match: re.Match[str]) -> Iterator[Span]:
    start, end = match.span()
    if match.group().isspace():
        return
    cut = _TWO.get(match.group().lower())
    if cut:
        yield Span(start, start + cut)
        start += cut
    yield Span(start, end)
