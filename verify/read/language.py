"""Which language a text is in; it never guesses from a handful of characters."""

from __future__ import annotations

import mmap
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

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
#: The arrays of an identifier.
_PARTS = ("nb_ptc", "nb_pc", "nb_classes", "tk_nextmove", "tk_output", "tk_row")


def detect(text: str, declared: str | None = None) -> str | None:
    """Return the text's language (ISO 639-1); `declared` is what the page says of itself."""
    stated = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    stated = stated if len(stated) == 2 and stated.isalpha() else ""
    sample = " ".join(text.split())[:20_000]
    if len(sample) < MIN_CHARACTERS or (stated and len(sample) < _SURE_CHARACTERS):
        return stated or None
    identifier = _identifier()
    found: str = str(identifier.classify(sample)[0])
    _let_go(identifier)
    found = "no" if found in ("nb", "nn") else found
    if stated in ("no", "nb", "nn") and found in ("no", "da", "sv"):
        return "no"
    return found


@cache
def _identifier() -> Any:
    """Give the identifier, unpacked once into the user's cache: that takes a half second."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    wanted = sha256((MODEL_DIR / MODEL_FILE).read_bytes() + _CODES.encode()).hexdigest()[:16]
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    kept = Path(home) / "verify" / f"languages-{wanted}"
    try:
        chances, prior, classes, moves, output, rows = (
            np.load(kept / f"{part}.npy", mmap_mode="r", allow_pickle=False) for part in _PARTS
        )
        # Views of the file, not copies: only what a text meets is ever read.
        return LanguageIdentifier(
            chances,
            np.array(prior),
            classes.tolist(),
            memoryview(moves),
            memoryview(output),
            tk_row=rows.tolist(),
        )
    except (OSError, ValueError, EOFError):
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in LANGUAGES if code in set(identifier.labels)])
    with suppress(OSError):
        _keep(kept, [np.asarray(getattr(identifier, part)) for part in _PARTS])
    return identifier


def _let_go(identifier: Any) -> None:
    """Give back what a text met of the files: 40 MB, which the system keeps at hand anyway."""
    for array in (identifier.nb_ptc, getattr(identifier.tk_nextmove, "obj", None)):
        mapped = getattr(array, "base", None)
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)


def _keep(folder: Path, arrays: Sequence[np.ndarray]) -> None:
    """Write a folder whole or not at all: another process may be reading or writing it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for part, array in zip(_PARTS, arrays, strict=True):
            np.save(made / f"{part}.npy", array, allow_pickle=False)
        made.replace(folder)
    except OSError:  # no room, or another process was first
        shutil.rmtree(made, ignore_errors=True)
        raise
