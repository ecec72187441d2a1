"""Which language a text is in; it never guesses from a handful of characters."""

from __future__ import annotations

from functools import cache
from typing import Any

#: Fewer characters tell nothing (measured: names and headlines come out as any language).
MIN_CHARACTERS = 20
#: Below this the page's own `lang` is believed rather than the words.
_SURE_CHARACTERS = 120
#: The languages news is checked in; fewer candidates make fewer mistakes.
_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is "
    "it ja ka kk kn ko ky lt lv mk ml mr ms mt nb ne nl nn no pa pl ps pt ro ru si sk sl so sq sr "
    "sv sw ta te th tl tr ug uk ur vi xh zh zu"
)
LANGUAGES = tuple(_CODES.split())


def detect(text: str, declared: str | None = None) -> str | None:
    """Return the text's language (ISO 639-1); `declared` is what the page says of itself."""
    stated = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    stated = stated if len(stated) == 2 and stated.isalpha() else ""
    sample = " ".join(text.split())[:20_000]
    if len(sample) < MIN_CHARACTERS or (stated and len(sample) < _SURE_CHARACTERS):
        return stated or None
    found: str = str(_identifier().classify(sample)[0])
    found = "no" if found in ("nb", "nn") else found
    if stated in ("no", "nb", "nn") and found in ("no", "da", "sv"):
        return "no"
    return found


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in LANGUAGES if code in set(identifier.labels)])
    return identifier
