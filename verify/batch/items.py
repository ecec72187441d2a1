"""Which articles a batch has: of a folder, a list, or a web archive; each with a name of its own.

An item's name is the same in every run, so that a batch can be taken up again. Nothing is read
here but lists and web archives; an item that cannot be had carries its reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verify.errors import InputError
from verify.read import warc

ARTICLES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".md", ".pdf")
ARCHIVES = (".warc", ".warc.gz", ".wacz")
_MARKUP = (b"<", b"%PDF")


@dataclass(frozen=True, slots=True)
class Item:
    """One article to check: a path or an address, or the `content` of a page of a web archive.

    `published` is the date that a list gives, `reason` why the item cannot be had at all.
    """

    name: str
    source: str
    content: bytes | None = None
    content_type: str | None = None
    published: str | None = None
    reason: str | None = None


def find(source: str) -> Iterator[Item]:
    """Yield the articles of a folder, a web archive, or a list of paths and addresses, each once.

    Raises InputError where there is nothing of that kind.
    """
    seen: set[str] = set()
    for item in _all(source):
        if item.name not in seen:
            seen.add(item.name)
            yield item


def _all(source: str) -> Iterator[Item]:
    if source == "-":
        return _of_list(sys.stdin.buffer.read(), "standard input")
    path = Path(source)
    if path.is_dir():
        return _of_folder(path)
    if _has(path, ARCHIVES) and path.is_file():
        return _of_web_archive(path, path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{source} cannot be read ({error.strerror}); give a folder of articles, a list of "
            "paths and addresses, or a web archive"
        ) from error
    if content.lstrip().startswith(_MARKUP):
        raise InputError(f"{source} is one article, no list of them: use `verify check {source}`")
    return _of_list(content, source)


def _of_folder(folder: Path) -> Iterator[Item]:
    """Yield every article below a folder in the order of their paths, hidden ones left aside."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    inner = [(path, path.relative_to(folder)) for path in paths]
    shown = [(path, name) for path, name in inner if not any(p[0] == "." for p in name.parts)]
    known = [(path, name) for path, name in shown if _has(path, ARTICLES + ARCHIVES)]
    if not known:
        kinds = ", ".join(ARTICLES + ARCHIVES)
        raise InputError(f"{folder} holds no article: no file ends in {kinds}")
    for path, name in known:
        if _has(path, ARCHIVES):
            yield from _of_web_archive(path, name.as_posix())
        else:
            yield Item(name.as_posix(), str(path))


def _has(path: Path, suffixes: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(suffixes)


def _of_list(content: bytes, name: str) -> Iterator[Item]:
    """Yield a path or an address a line, its date behind a tab if given; `#` begins a remark."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no list: it is not UTF-8 text") from error
    cells = [line.split("\t") for line in lines if line.strip() and line[0] != "#"]
    if not cells:
        raise InputError(f"{name} names no article; give a path or an address a line")
    for first, *rest in cells:
        source = first.strip()
        if _has(Path(source), ARCHIVES) and Path(source).is_file():
            yield from _of_web_archive(Path(source), source)
        else:
            yield Item(source, source, published=rest[0].strip() if rest else None)


def _of_web_archive(path: Path, name: str) -> Iterator[Item]:
    """Yield the pages of a web archive; where it breaks off, an item with the reason."""
    captures: dict[str, int] = {}
    try:
        for page in warc.every(path):
            captures[page.url] = number = captures.get(page.url, 0) + 1
            which = page.url if number == 1 else f"{page.url} ({number})"
            kind = page.content_type
            if page.encoding:
                kind += f"; charset={page.encoding}"
            yield Item(f"{name}#{which}", page.url, page.content, kind)
    except InputError as error:
        yield Item(name, str(path), reason=f"{path}: {error}")
