"""From bytes to text: byte-order marks, declared and detected encodings; it never parses markup.

Order: byte-order mark, UTF-8 if the bytes are valid as such, what is declared, detection.
"""

from __future__ import annotations

import codecs
import re
import zlib

from verify.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
#: Browsers read these labels as the wider encoding (WHATWG Encoding Standard).
_WIDER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "windows-949": "cp949",
    "x-user-defined": "",
    "unicode": "utf-8",
}
#: Where the page's own declaration is looked for; the standard says 1024, pages do not obey.
_HEAD = 8192
_SAMPLE = 200_000
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text and, where characters were guessed or lost, a warning.

    `declared` is what the server says. Raises InputError for what is no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff"), None
    wide = _unmarked_utf16(data)
    if wide:
        return data.decode(wide, "replace"), None
    if is_binary(data):
        raise InputError("this is binary, not text; give a page, a text, a PDF or a web archive")
    labels = [label for label in (declared, _stated(data)) if label]
    known = [codec for codec in map(_codec, labels) if codec]
    shifting = next((codec for codec in known if codec.startswith(("iso2022", "hz"))), None)
    if shifting:
        return data.decode(shifting, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_legacy(data, labels, known)


def is_binary(data: bytes) -> bool:
    """Say whether the bytes are no text in any 8-bit encoding: many control characters."""
    sample = data[:65536]
    return len(_BINARY.findall(sample)) > max(2, len(sample) // 200)


def _decode_legacy(data: bytes, labels: list[str], known: list[str]) -> tuple[str, str | None]:
    for codec in known:
        try:
            return data.decode(codec), None
        except UnicodeDecodeError:
            continue
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    if bad <= max(3, len(mended) // 1000):
        return mended, f"{bad} characters could not be read and are shown as �"
    guess = _guess(data)
    if guess is None and known:
        return data.decode(known[0], "replace"), f"some characters are not {labels[0]} as declared"
    codec = guess or "cp1252"
    unknown = [label for label in labels if not _codec(label)]
    said = f"the encoding {unknown[0]!r} is unknown" if unknown else "no encoding is declared"
    if labels and not unknown:
        said = f"the text is not {labels[0]} as declared"
    return data.decode(codec, "replace"), f"{said}; it was read as {codec}"


def _stated(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    return (match[1] or match[2]).decode("ascii", "ignore")


def _codec(label: str) -> str | None:
    name = label.strip().strip("\"'").lower()
    name = _WIDER.get(name, name)
    try:
        codec = codecs.lookup(name).name if name else None
        "".encode(codec or "utf-8")  # rules out codecs that are no text encodings
    except (LookupError, ValueError, TypeError):
        return None
    return codec


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    try:
        best = from_bytes(data[:_SAMPLE]).best()
    except Exception:  # noqa: BLE001 - a third-party parser's adapter; the reason is the warning
        return None
    return _codec(best.encoding) if best else None


def _unmarked_utf16(data: bytes) -> str | None:
    """Return UTF-16's name if every other byte is zero, as in Latin script without a mark."""
    sample = data[:4096]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > len(odd) * 0.8 and even.count(0) < len(even) * 0.05:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.8 and odd.count(0) < len(odd) * 0.05:
        return "utf-16-be"
    return None


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack gzip data of at most `limit` bytes; raises InputError where it is more, or broken."""
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(rest, limit + 1 - size)
        except zlib.error as error:
            raise InputError("the gzip data is damaged; give the file unpacked") from error
        parts.append(part)
        size += len(part)
        if size > limit:
            raise InputError(f"unpacked it is larger than {limit / 1e6:g} MB and was not read")
        rest = unpacker.unused_data
    return b"".join(parts)
