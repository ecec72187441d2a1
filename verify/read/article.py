"""An article from wherever it is: a file, an address, standard input; HTML, text, PDF, WARC, WACZ.

`read` gives one `Article` with its embedded posts taken out of the text. It fetches only the
address it is given, through the guarded session, and never what the page refers to.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from verify.errors import FetchError, InputError
from verify.http import ARTICLE_TYPES, MAX_BYTES, Session
from verify.read import decode, dom, marks, metadata, pdf, plain, posts, prose, warc
from verify.read.address import parse
from verify.read.checks import Dates
from verify.read.found import Found
from verify.read.language import detect
from verify.values import Article

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DATE_LINE = re.compile(r"\A\s*date[ \t:]+(\d{4}-\d\d-\d\d)(?![\d-])[ \t]*\n?", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|p|blockquote|script|meta|"
    r"link|title|iframe|figure|h1|!--|\?xml)\b|<!--",
    re.IGNORECASE,
)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of the bytes besides themselves."""

    url: str | None = None
    content_type: str | None = None
    encoding: str | None = None
    published: datetime | None = None
    now: datetime | None = None


def read(
    source: str | Path,
    *,
    session: Session | None = None,
    published: datetime | date | None = None,
    now: datetime | None = None,
    stdin: Callable[[int], bytes] | None = None,
) -> Article:
    """Read an article from a path, an http(s) address or "-" (standard input).

    `published` overrides the date that the article itself gives; `now` is the clock for the posts'
    checks. Raises InputError or FetchError, in one line, where there is no article to read.
    """
    name = str(source)
    moment = _moment(published)
    if _ADDRESS.match(name):
        answer = (session or Session()).get(name, types=ARTICLE_TYPES)
        known = Origin(answer.url, answer.content_type or None, answer.encoding, moment, now)
        return _named(name, answer.content, known)
    if _OTHER_SCHEME.match(name):
        raise FetchError(f"{name} is refused: only http and https addresses are read")
    if name == "-":
        data = (stdin or sys.stdin.buffer.read)(MAX_BYTES + 1)
        return _named("standard input", data, Origin(published=moment, now=now))
    return _named(
        name, _file(Path(name)), Origin(content_type=type_of(name), published=moment, now=now)
    )


def read_bytes(
    data: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    published: datetime | date | None = None,
    now: datetime | None = None,
) -> Article:
    """Read an article from bytes already at hand; `content_type` may carry a `charset`."""
    kind, _, rest = (content_type or "").partition(";")
    charset = rest.partition("charset=")[2].strip(" \"'") or None
    return _article(
        data, Origin(url, kind.strip().lower() or None, charset, _moment(published), now)
    )


def _named(name: str, data: bytes, origin: Origin) -> Article:
    """Read, and let an error say which source it is about."""
    try:
        return _article(data, origin)
    except FetchError:
        raise
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give one article's file")
        if path.stat().st_size > MAX_BYTES * 5:
            raise InputError(f"{path} is larger than {MAX_BYTES * 5 / 1e6:g} MB and was not read")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from error


def type_of(name: str) -> str | None:
    """Tell a file's type by its name, None where it does not say."""
    lower = name.lower()
    if lower.endswith(_HTML_NAMES):
        return "text/html"
    return "text/plain" if lower.endswith((".txt", ".text", ".md")) else None


def _moment(published: datetime | date | None) -> datetime | None:
    if published is None:
        return None
    if not isinstance(published, datetime):
        return datetime(published.year, published.month, published.day, tzinfo=UTC)
    return published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)


def _article(data: bytes, origin: Origin) -> Article:
    if data[:2] == b"\x1f\x8b":
        unpacked = decode.gunzip(data, warc.MAX_ARCHIVE)
        data = unpacked if unpacked[:5] != b"WARC/" else data
        if data is not unpacked:
            return _from_archive(data, origin)
    if not data.strip():
        raise InputError("it is empty; give a page, a text, a PDF or a web archive")
    if b"%PDF-" in data[:1024]:
        _capped(data)
        return _from_pdf(data, origin)
    if data[:5] == b"WARC/" or data[:4] == b"PK\x03\x04":
        return _from_archive(data, origin)
    _capped(data)
    text, warning = decode.decode(data, origin.encoding)
    article = _from_html(text, origin) if _is_markup(text, origin) else _from_text(text, origin)
    return replace(article, warnings=(warning, *article.warnings)) if warning else article


def _capped(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise InputError(f"it is larger than {MAX_BYTES / 1e6:g} MB and was not read")


def _is_markup(text: str, origin: Origin) -> bool:
    start = text[:4096].lstrip()
    if origin.content_type in _HTML_TYPES:
        return "<" in text
    if origin.content_type == "text/plain":
        return bool(re.match(r"<!doctype html|<html", start, re.IGNORECASE))
    return start.startswith("<") and bool(_MARKUP.search(start))


def _from_archive(data: bytes, origin: Origin) -> Article:
    """Read the first saved page that holds an article."""
    saved = warc.pages(data)
    reason: InputError | None = None
    for page in saved:
        known = replace(
            origin, url=page.url, content_type=page.content_type, encoding=page.encoding
        )
        try:
            article = _article(page.content, known)
        except InputError as error:
            reason = reason or error
            continue
        if len(saved) > 1:
            others = f"the web archive holds {len(saved)} pages; only {page.url} was read"
            return replace(article, warnings=(*article.warnings, others))
        return article
    raise reason or InputError("the web archive holds no article")


def _from_pdf(data: bytes, origin: Origin) -> Article:
    document = pdf.read(data)
    article = _from_text(document.text, origin, links=document.links)
    stated = metadata.stamp(document.created)
    warnings = [*article.warnings, *([document.warning] if document.warning else [])]
    if article.published_at is None and stated is not None:
        warnings.append(
            f"the PDF was made on {stated:%Y-%m-%d}; give --published if the article is older"
        )
    title = (document.title or "").strip() or None
    return replace(article, title=title, warnings=tuple(warnings))


def _from_text(text: str, origin: Origin, links: tuple[str, ...] = ()) -> Article:
    """Read plain text: the date line and the posts go, the paragraphs stay as they are."""
    plain_text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    plain_text = marks.MARKER.sub("", plain_text)
    stated = _DATE_LINE.match(plain_text)
    dated = metadata.stamp(stated[1]) if stated else None
    if stated and dated:
        plain_text = plain_text[stated.end() :]
    found: list[Found] = []
    marked = plain.take(_paragraphed(plain_text), found)
    found = _addressed(found, links)
    clean, positions = marks.lift(marked)
    page = metadata.Metadata(url=origin.url, published_at=dated)
    return _assembled(clean, found, positions, page, origin)


def _paragraphed(text: str) -> str:
    """Give paragraphs a blank line between them, in a text whose lines are its paragraphs."""
    stripped = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    if "\n\n" in stripped or "\n" not in stripped:
        return stripped
    lines = [line for line in stripped.split("\n") if line]
    widths = [len(line) for line in lines[:-1]]
    is_wrapped = (
        max(widths) <= 100 and sum(w > max(widths) * 0.7 for w in widths) > len(widths) * 0.7
    )
    return stripped if is_wrapped else "\n\n".join(_regrouped(lines))


def _regrouped(lines: list[str]) -> list[str]:
    """Keep a post's lines together: its signature, picture link and date are no paragraphs."""
    grouped: list[str] = []
    for line in lines:
        tail = re.match(r"\s*(?:[—–―]|--?\s|pic\.(?:twitter|x)\.com/|https?://t\.co/|\(@)", line)
        is_date = (
            bool(grouped) and re.search(r"\(@\w+\)\s*$", grouped[-1]) and re.search(r"\d{4}", line)
        )
        if grouped and (tail or (is_date and len(line) < 40)):
            grouped[-1] += "\n" + line
        else:
            grouped.append(line)
    return grouped


def _addressed(found: list[Found], links: tuple[str, ...]) -> list[Found]:
    """Give posts that were found as text their address from the document's links, by account."""
    known = [address for address in map(parse, links) if address and address.platform == "x"]
    result = []
    for item in found:
        match = next(
            (a for a in known if a.handle and a.handle.lower() == (item.handle or "").lower()), None
        )
        if item.post_id is None and match is not None:
            known.remove(match)
            result.append(replace(item, post_id=match.post_id, url=match.url, handle=match.handle))
        else:
            result.append(item)
    return result


def _from_html(text: str, origin: Origin) -> Article:
    tree = dom.parse(marks.MARKER.sub("", text))
    if tree is None:
        raise InputError("the page holds nothing to read; save it again from a browser")
    page = metadata.read(tree, origin.url)
    found = posts.take(tree)
    plain.take_from_blocks(tree, found)
    before = prose.anchors(tree) if found else {}
    marked, warning = prose.extract(tree, page.headlines)
    marked = plain.take(marked, found)
    marked = _without_post_texts(marked, found)
    clean, positions = marks.lift(marked)
    if not clean and page.body:
        clean = "\n\n".join(line.strip() for line in page.body.split("\n") if line.strip())
    _recover(positions, before, clean, len(found))
    article = _assembled(clean, found, positions, page, origin)
    return replace(article, warnings=(*article.warnings, warning)) if warning else article


def _without_post_texts(marked: str, found: list[Found]) -> str:
    """Drop paragraphs that repeat a post's text: it is the post's, not the article's."""
    texts = {key for item in found if len(key := _key(item.text or "")) > 24}
    return "\n\n".join(
        paragraph for paragraph in marked.split("\n\n") if _key(paragraph) not in texts
    )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _recover(
    positions: dict[int, int], before: Mapping[int, list[str]], text: str, count: int
) -> None:
    """Place posts whose markers did not survive: behind the nearest text before them that did."""
    for number in range(count):
        if number in positions:
            continue
        positions[number] = 0
        for block in before.get(number, []):
            at = text.find(block[-48:])
            if at >= 0:
                gap = text.find("\n\n", at)
                positions[number] = len(text) if gap < 0 else gap + 2
                break


def _assembled(
    text: str,
    found: list[Found],
    positions: Mapping[int, int],
    page: metadata.Metadata,
    origin: Origin,
) -> Article:
    published = origin.published or page.published_at
    dates = Dates(origin.now or datetime.now(UTC), published, page.modified_at)
    placed = posts.place(found, positions, dates)
    if not text and not placed:
        raise InputError("no article was found in it; give the page of one article, or its text")
    warnings = [] if text else ["no prose was found, only embedded posts"]
    if published is None:
        warnings.append("the article's date is not known; give --published DATE")
    spoken = text or " ".join(post.text or "" for post in placed)
    return Article(
        text=text,
        title=page.title,
        url=page.url,
        published_at=published,
        language=detect(spoken, page.language),
        site=page.site,
        posts=placed,
        warnings=tuple(warnings),
    )
