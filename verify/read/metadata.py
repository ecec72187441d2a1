"""What a page says of itself: title, address, date, language, site; it never reads the prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from verify.read import dom, signature

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "dc.date",
    "date",
    "created",
    "cxenseparse:recs:publishtime",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod")
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|NewsItem|Review)$|^LiveBlog")
_ARCHIVED = re.compile(r"^(?:https?://web\.archive\.org)?/web/\d{4,14}\w*/(?=https?:/)")
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)")
_MAX_JSON = 2_000_000
#: An article's date stands in its head; a search through megabytes of comments finds others.
_MAX_SEARCHED = 400_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own account of itself; every field may be missing."""

    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    site: str | None = None
    headlines: tuple[str, ...] = field(default=())
    body: str | None = None


def read(tree: HtmlElement, url: str | None = None) -> Metadata:
    """Read a page's metadata from its tree; `url` is where it was fetched, if it was."""
    meta = _meta(tree)
    linked = _linked_data(tree)
    address = unarchived(url) or _address(tree, meta)
    site = meta.get("og:site_name") or _name(linked.get("publisher")) or _host(address)
    headlines = tuple(
        dom.text(node).replace("\n", " ") for node in tree.iter("h1") if dom.text(node)
    )
    title = _title(tree, meta, linked, headlines)
    return Metadata(
        title=_without_site(title, site),
        url=address,
        published_at=_published(tree, meta, linked),
        modified_at=stamp(linked.get("dateModified"))
        or next((found for key in _MODIFIED if (found := stamp(meta.get(key)))), None),
        language=tree.get("lang") or tree.get("xml:lang") or meta.get("og:locale"),
        site=site,
        headlines=headlines + ((title,) if title else ()),
        body=linked.get("articleBody") if isinstance(linked.get("articleBody"), str) else None,
    )


def unarchived(url: str | None) -> str | None:
    """Return the address of the page itself, where it is a web archive's copy."""
    return _ARCHIVED.sub("", url) if url else None


def stamp(value: object) -> datetime | None:
    """Read a moment as pages state it (ISO 8601, RFC 822, seconds since 1970, words) in UTC."""
    if not isinstance(value, str | int):
        return None
    text = str(value).strip()
    found = _parse(text)
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        found = found.astimezone(UTC)
    except OverflowError:
        return None
    return found if 1990 <= found.year <= 2200 else None


def _parse(text: str) -> datetime | None:
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return signature.parse_date(text[:60])


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if key and content:
            found.setdefault(key.strip().lower(), content)
    return found


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """Return the page's own article among its schema.org descriptions (JSON-LD)."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text:
            continue
        if len(node.text) > _MAX_JSON:
            continue
        raw = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", node.text).strip()
        try:
            content = json.loads(raw.rstrip(";"), strict=False)
            for thing in _things(content):
                kinds = thing.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(n, str) and _ARTICLE_TYPE.search(n) for n in names):
                    return thing
        except (ValueError, RecursionError):
            continue
    return {}


def _things(content: object) -> Iterator[dict[str, Any]]:
    if isinstance(content, list):
        for item in content:
            yield from _things(item)
    elif isinstance(content, dict):
        yield content
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(content.get(key))


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    base = next((node.get("href") for node in tree.iter("base") if node.get("href")), None)
    candidates = [
        node.get("href")
        for node in tree.iter("link")
        if "canonical" in (node.get("rel") or "").lower().split()
    ]
    candidates.append(meta.get("og:url"))
    for comment in tree.getroottree().getroot().iter(etree.Comment):
        saved = _SAVED.search(comment.text or "")
        if saved:
            candidates.append(saved[1])
            break
    for candidate in candidates:
        address = unarchived((candidate or "").strip())
        if address and base and not re.match(r"https?://", address):
            address = urljoin(unarchived(base) or "", address)
        if address and re.match(r"https?://[^/\s]+", address):
            return address
    return None


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _name(publisher: object) -> str | None:
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        name = publisher.get("name")
        return name if isinstance(name, str) else None
    return publisher if isinstance(publisher, str) else None


def _title(
    tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], headlines: tuple[str, ...]
) -> str | None:
    node = tree.find(".//title")
    stated = " ".join((node.text or "").split()) if node is not None else ""
    headline = linked.get("headline")
    candidates = [
        meta.get("og:title"),
        headline if isinstance(headline, str) else None,
        meta.get("twitter:title"),
        headlines[0] if len(headlines) == 1 else None,
        stated,
        headlines[0] if headlines else None,
    ]
    return next((" ".join(c.split()) for c in candidates if c and c.strip()), None)


def _without_site(title: str | None, site: str | None) -> str | None:
    """Cut " | The Site" and its like from a title's end, where it is the site's name."""
    if not title or not site:
        return title
    parts = re.split(r"\s+[|–—·»-]\s+", title)
    plain = re.sub(r"\W|^www\.|\.\w{2,3}$", "", site).casefold()
    last = re.sub(r"\W|\.\w{2,3}$", "", parts[-1]).casefold()
    if len(parts) > 1 and last and (last in plain or plain in last):
        return title[: title.rfind(parts[-1])].rstrip(" |–—·»-\t")
    return title


def _published(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> datetime | None:
    found = stamp(linked.get("datePublished"))
    for key in _PUBLISHED:
        found = found or stamp(meta.get(key))
    return found or _marked_up(tree) or _searched(tree)


def _marked_up(tree: HtmlElement) -> datetime | None:
    for node in dom.elements(tree):
        prop = (node.get("itemprop") or "").lower()
        if "datepublished" in prop or (node.tag == "time" and node.get("pubdate") is not None):
            for value in (node.get("content"), node.get("datetime"), dom.text(node)):
                if value and (found := stamp(value)):
                    return found
    return None


def _searched(tree: HtmlElement) -> datetime | None:
    """Search the whole page for its date, as `htmldate` does: a day only."""
    from htmldate import find_date

    try:
        markup = etree.tostring(tree, encoding="unicode")[:_MAX_SEARCHED]
        found = find_date(markup, original_date=True)
    except Exception:  # noqa: BLE001 - a third-party parser's adapter; no date is its reason
        return None
    return stamp(found)
