"""Statements from files at hand: JSONL and CSV lines, mail-boxes, folders of text and HTML.

It changes no file and follows no link. Whose a page or a mail is, the registry says by its address
or the sender's domain; a plain text is nobody's unless it is said whose.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from verify.archive import lines
from verify.collect import pages, paragraphs
from verify.collect.gathered import Gathered, Keep, Outcome, Words, fingerprint, owner, state
from verify.errors import InputError
from verify.http import MAX_BYTES
from verify.read import article as reader
from verify.sources import Registry
from verify.values import Source

_MAIL = (".eml",)
_BOXES = (".mbox", ".mbx")
#: Files in one folder, the folders in it included.
MAX_FILES = 50_000
#: Statements given to the archive at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of the files: whose statements (where they do not show it), when, the clock."""

    registry: Registry
    now: datetime
    source: Source | None = None
    published: datetime | None = None


def collect(path: Path, given: Given, keep: Keep) -> Outcome:
    """Take in a file or a folder. Raises InputError where there is nothing to read."""
    notes: list[str] = []
    waiting: list[Gathered] = []
    read = new = 0
    for item in _read(path, given, notes):
        waiting.append(item)
        read += 1
        if len(waiting) >= _BATCH:
            new += keep(waiting)
            waiting = []
    new += keep(waiting)
    if not read:
        reason = notes[0] if notes else f"{path} holds no statement"
        raise InputError(f"{reason}; give JSONL, CSV, a mail-box, or a folder of text or HTML")
    return Outcome(str(path), read, new, tuple(notes))


def _read(path: Path, given: Given, notes: list[str]) -> Iterator[Gathered]:
    if path.is_dir():
        yield from _folder(path, given, notes)
    elif path.suffix.lower() in lines.SUFFIXES:
        yield from _lines(path, given, notes)
    elif path.suffix.lower() in _BOXES or _start(path).startswith(b"From "):
        yield from _box(path, given, notes)
    elif path.suffix.lower() in _MAIL:
        yield from _mail(_content(path), str(path), given, notes)
    else:
        yield from _page(path, given, notes)


def _folder(path: Path, given: Given, notes: list[str]) -> Iterator[Gathered]:
    found = sorted(
        p
        for p in path.rglob("*")
        if p.is_file()
        and not p.is_symlink()
        and not any(part.startswith(".") for part in p.relative_to(path).parts)
    )
    if len(found) > MAX_FILES:
        raise InputError(f"{path} holds more than {MAX_FILES} files; give its folders one by one")
    for file in found:
        try:
            yield from _read(file, given, notes)
        except InputError as error:
            notes.append(str(error))


def _lines(path: Path, given: Given, notes: list[str]) -> Iterator[Gathered]:
    for line in lines.read(path, lines.resolver(given.registry)):
        if line.statement is None:
            notes.append(f"{path} line {line.number}: {line.error}")
            continue
        said = line.statement
        yield Gathered(said, fingerprint(said.quote), given.now, "file")


def _page(path: Path, given: Given, notes: list[str]) -> Iterator[Gathered]:
    """Read a text or a saved page; its owner is that of the address it names."""
    content = _content(path)
    article = reader.read(path, published=given.published, now=given.now)
    if article.published_at is None:
        notes.append(f"{path} shows no date; give it with --published DATE")
        return
    named = owner(article.url, given.registry, article.published_at) if article.url else None
    source = given.source or named or Source(path.name)
    url = article.url or f"sha256:{fingerprint(content)}"
    for text in pages.said(article):
        words = Words(text, content, source, url, article.published_at)
        yield state(words, given.now, "file")


def _box(path: Path, given: Given, notes: list[str]) -> Iterator[Gathered]:
    try:
        box = mailbox.mbox(path, create=False)
    except (mailbox.Error, OSError) as error:
        raise InputError(f"{path} cannot be read as a mail-box ({error})") from error
    try:
        for number, key in enumerate(box.keys(), 1):
            yield from _mail(box.get_bytes(key), f"{path} message {number}", given, notes)
    finally:
        box.close()


def _mail(raw: bytes, name: str, given: Given, notes: list[str]) -> Iterator[Gathered]:
    message = message_from_bytes(raw, policy=policy.default)
    sent = _sent(message)
    sender = parseaddr(str(message.get("From", "")))
    if sent is None or "@" not in sender[1]:
        notes.append(f"{name} has no date or no sender")
        return
    domain = sender[1].rpartition("@")[2]
    known = given.registry.by_domain(domain, sent)
    source = given.source or known or Source(sender[0] or sender[1])
    url = f"sha256:{fingerprint(raw)}"
    blocks = [str(message.get("Subject", "")), *_body(message).split("\n\n")]
    for text in paragraphs.of_text(blocks):
        yield state(Words(text, raw, source, url, sent), given.now, "file")


def _sent(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError, IndexError):
        return None
    return sent.replace(tzinfo=UTC) if sent.tzinfo is None else sent.astimezone(UTC)


def _body(message: EmailMessage) -> str:
    """Return a mail's own words, without what it quotes and its signature."""
    try:
        part = message.get_body(("plain", "html"))
        content = part.get_content() if part is not None else ""
    except (AttributeError, KeyError, LookupError, ValueError):  # parts that are not what they say
        return ""
    if not isinstance(content, str):
        return ""
    if part is not None and part.get_content_subtype() == "html":
        return "\n\n".join(paragraphs.of_markup(content))
    own = content.replace("\r\n", "\n").split("\n-- \n")[0]
    return "\n".join(line for line in own.split("\n") if not line.startswith(">"))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(5)
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; check the path") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _content(path: Path) -> bytes:
    if len(_start(path)) and path.stat().st_size > MAX_BYTES:
        raise InputError(f"{path} is larger than {MAX_BYTES / 1e6:g} MB and was not read")
    return path.read_bytes()


def whose(name: str, registry: Registry) -> Source:
    """Return the source that a person names by id, handle or name. Raises InputError."""
    entry = registry.by_id(name)
    found = entry.source() if entry else registry.by_name(name) or registry.by_handle(name)
    if found is None:
        raise InputError(f"no source is called {name!r}; see `verify sources list`")
    return replace(found)
