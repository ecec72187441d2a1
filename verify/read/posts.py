"""Embedded posts: taken out of the page first, so that no post's words are read as the article's.

`take` replaces each post in the tree by a marker; `place` turns what was found into posts with a
place in the text. Nothing is looked up: whether a post still stands is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime

from lxml.html import HtmlElement

from verify.postid import is_plausible, x_time
from verify.read import dom, platforms, signature, x
from verify.read.checks import Dates, check
from verify.read.found import Found
from verify.read.marks import MARKER, marker
from verify.values import Post

#: More embeds than any article has; beyond it, a page is not read as one.
MAX_POSTS = 2000
_LEFTOVERS = re.compile(r"^(?:twitter-timeline|twitter-follow-button|fb-page|fb-like|fb-xfbml.*)$")

_NOTICE = re.compile(
    r"placeholder|consent|cookie|third-party|privacy|blocked|lazy|embed|opt-?in|gdpr|borlabs", re.I
)

Form = Callable[[HtmlElement], Found | None]
#: Strongest markup first, so that a wrapper never hides the quotation inside it.
_PASSES: tuple[tuple[Form, ...], ...] = (
    (platforms.widget, x.quotation),
    (x.by_identifier, platforms.frame),
    (platforms.wrapper, platforms.bare),
)


def take(tree: HtmlElement) -> list[Found]:
    """Take all embedded posts out of the tree, each replaced by `marker(index)`."""
    found: list[Found] = []
    _reveal(tree)
    for forms in _PASSES:
        _sweep(tree, forms, found)
    _sweep_signed(tree, found)
    for element in dom.elements(tree):
        if any(_LEFTOVERS.match(name) for name in dom.classes(element)):
            dom.remove(element)
    return found


def _reveal(tree: HtmlElement) -> None:
    """Put embed markup that waits in attributes, text areas or scripts where it would appear."""
    for element in dom.elements(tree):
        hidden = platforms.concealed(element)
        if hidden is None or element.getparent() is None:
            continue
        if any(form(node) for forms in _PASSES for form in forms for node in dom.elements(hidden)):
            notice = _notice_around(element)
            hidden.tail, notice.tail = notice.tail, None
            notice.getparent().replace(notice, hidden)


def _notice_around(element: HtmlElement) -> HtmlElement:
    """Return the outermost box that only asks for consent to show the embed."""
    box = element
    parent = box.getparent()
    while parent is not None and parent.tag in ("div", "figure", "section", "aside", "span"):
        if not _NOTICE.search(parent.get("class") or "") or len(dom.text(parent)) > 900:
            break
        box, parent = parent, parent.getparent()
    return box


def _sweep(tree: HtmlElement, forms: tuple[Form, ...], found: list[Found]) -> None:
    gone: set[HtmlElement] = set()
    for element in dom.elements(tree):
        if element in gone or element.getparent() is None or len(found) >= MAX_POSTS:
            continue
        post = next((post for form in forms if (post := form(element))), None)
        if post is None:
            continue
        inner = MARKER.findall(element.text_content())
        marks = " ".join([*(marker(int(number)) for number in inner), marker(len(found))])
        gone.update(element.iter())
        dom.replace(element, marks)
        found.append(post)


def _sweep_signed(tree: HtmlElement, found: list[Found]) -> None:
    for element in dom.elements(tree):
        taken = x.signed_block(element) if element.getparent() is not None else None
        if taken is None or MARKER.search(element.text_content()):
            continue
        post, blocks = taken
        dom.replace(blocks[0], marker(len(found)))
        for block in blocks[1:]:
            dom.remove(block)
        found.append(post)


def place(found: Iterable[Found], positions: Mapping[int, int], dates: Dates) -> tuple[Post, ...]:
    """Return the posts in reading order, each once, with their checks.

    `positions` gives the offset in the text of each index in `found`.
    """
    ordered = sorted(enumerate(found), key=lambda pair: (positions.get(pair[0], 0), pair[0]))
    merged: list[tuple[Found, int]] = []
    for index, item in ordered:
        twin = next((at for at, (known, _) in enumerate(merged) if _is_same(known, item)), None)
        if twin is None:
            merged.append((item, positions.get(index, 0)))
        else:
            merged[twin] = (_merge(merged[twin][0], item), merged[twin][1])
    return tuple(
        _post(f"p{number}", item, position, dates)
        for number, (item, position) in enumerate(merged, start=1)
    )


def _is_same(one: Found, other: Found) -> bool:
    if one.platform != other.platform:
        return False
    if one.post_id and other.post_id:
        return one.post_id == other.post_id
    return bool(one.text and other.text) and _key(one) == _key(other)


def _key(found: Found) -> tuple[str, str]:
    words = re.sub(r"[\W_]+", " ", found.text or "").strip().casefold()
    return words, (found.handle or "").casefold()


def _merge(one: Found, other: Found) -> Found:
    """Fill what the first lacks from the second."""
    gaps = {
        field.name: getattr(other, field.name)
        for field in fields(Found)
        if getattr(one, field.name) is None and getattr(other, field.name) is not None
    }
    if "text" in gaps or one.text:
        gaps["placeholder"] = None
    if "handle" in gaps and other.url:
        gaps["url"] = other.url
    return replace(one, **gaps, media=one.media or other.media)


def _post(number: str, item: Found, position: int, dates: Dates) -> Post:
    marked = _when(item.date)
    told = x_time(item.post_id) if item.platform == "x" and item.post_id else None
    if told and not is_plausible(item.post_id or "", dates.now):
        told = None
    return Post(
        id=number,
        platform=item.platform,
        post_id=item.post_id,
        url=item.url,
        author=item.author,
        handle=item.handle,
        text=item.text,
        position=position,
        posted_at=told or marked,
        posted_at_source="id" if told else "markup" if marked else None,
        media=item.media,
        checks=check(item, marked, dates),
    )


def _when(date: str | None) -> datetime | None:
    if not date:
        return None
    if re.match(r"\d{4}-\d\d-\d\dT", date):
        try:
            value = datetime.fromisoformat(date)
        except ValueError:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return signature.parse_date(date)
