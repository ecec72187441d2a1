"""X posts in a page's tree: quotations, rendered widgets, frames, AMP, mere signatures.

One function a form, from an element to what was found in it; it never changes the tree, except to
give back what a forgotten end tag had swallowed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement

from verify.read import dom, signature
from verify.read.address import Address, parse_x
from verify.read.found import Found, from_address
from verify.read.placeholder import is_placeholder

#: A post, its signature and what a widget adds to them; longer elements hold more than a post.
MAX_POST = 1500
_TWEET_CLASS = re.compile(
    r"^(?:twitter-(?:tweet|video|post)|x-(?:tweet|post)\b|(?:embedded)?tweet$)"
)
_NOT_POSTS = re.compile(
    r"share|follow|timeline|button|moment|hashtag|mention-button", re.IGNORECASE
)
_ID_ATTRIBUTES = (
    "data-tweet-id",
    "data-tweetid",
    "data-tweet_id",
    "data-tweet",
    "data-twitter-id",
    "data-twitter-tweet-id",
    "data-status-id",
    "tweetid",
    "tweet-id",
)
_BODY_CLASS = re.compile(
    r"tweet-?_?text|e-entry-title|tweet-?_?body|tweet-?_?content", re.IGNORECASE
)
_NAME_CLASS = re.compile(r"(?:author|full|user|display)-?_?name\b", re.IGNORECASE)
_PICTURE = re.compile(r"pic\.(?:twitter|x)\.com/")
_LINK_ONLY = re.compile(r"(?:https?://)?(?:www\.|mobile\.)?(?:twitter|x)\.com/\S+")
_CHROME = re.compile(
    r"\s*(?:View|See) (?:this|the|image|photo|post|tweet)\b.{0,40}$", re.IGNORECASE
)
_NEVER = frozenset({"a", "body", "html", "article", "main", "button"})
_LEAVES = frozenset({"p", "div", "blockquote", "li", "td", "center"})


def quotation(element: HtmlElement) -> Found | None:
    """Read `blockquote.twitter-tweet` and its like; other quotations only if they are signed."""
    if element.tag not in ("blockquote", "twitter-widget") and not _is_tweet(element):
        return None
    if element.tag in _NEVER or (element.tag != "blockquote" and _holds_quotation(element)):
        return None
    if any(_NOT_POSTS.search(name) for name in dom.classes(element)):
        return None
    named = _is_tweet(element)
    links = _links(element)
    text = dom.text(element)
    signed = _signature_of(text, links)
    if not named and not links and not _is_surely_signed(signed):
        return None
    if not named and signed is None:
        return None
    address = _own_address(links, signed) or _attribute_address(element)
    if address is None and signed is None:
        return None
    if element.tag != "blockquote" and len(text) > MAX_POST:
        return None
    if signed is not None and len(text) - signed.end > 40:
        _give_back(element, links, address)
        text = dom.text(element)
    return _compose(element, text, signed, address)


def by_identifier(element: HtmlElement) -> Found | None:
    """Read an element with the id in an attribute: `amp-twitter`, rendered widgets, frames."""
    address = _attribute_address(element)
    if address is None or element.tag in ("a", "button", "script", "meta", "body", "html"):
        return None
    text = dom.text(element)
    if len(text) > MAX_POST:
        return None
    signed = _signature_of(text, _links(element))
    body = _descendant(element, _BODY_CLASS)
    if signed is None and body is None:
        return from_address(address)
    found = _compose(element, text, signed, address)
    if body is None:
        return found
    name, when = _descendant(element, _NAME_CLASS), element.find(".//time")
    return replace(
        found,
        text=dom.text(body) or None,
        placeholder=None,
        author=found.author or (dom.text(name) if name is not None else None),
        date=found.date or (when.get("datetime") if when is not None else None),
    )


def signed_block(element: HtmlElement) -> tuple[Found, list[HtmlElement]] | None:
    """Read a paragraph without any class that ends in a signature linking to the post.

    Where it holds the signature alone, the paragraph before it is the post's text. Returns the
    post and the elements it takes up.
    """
    if element.tag not in _LEAVES or "@" not in element.text_content():
        return None
    if any(child.tag in _LEAVES for child in element.iterdescendants()):
        return None
    text = dom.text(element)
    links = _links(element)
    signed = _signature_of(text, links)
    if signed is None or not links or len(text) > MAX_POST or len(text) - signed.end > 20:
        return None
    address = _own_address(links, signed)
    taken = [element]
    if not text[: signed.start].strip():
        before = element.getprevious()
        if before is None or before.tag not in _LEAVES or len(dom.text(before)) > 400:
            return None
        taken.insert(0, before)
        text = dom.text(before) + "\n" + text
        signed = _signature_of(text, links)
    return _compose(element, text, signed, address), taken


def _holds_quotation(element: HtmlElement) -> bool:
    """Say whether a box holds quotations that are posts: then it is only their box."""
    return any(_is_tweet(inner) for inner in element.iter("blockquote"))


def _is_surely_signed(signed: signature.Signature | None) -> bool:
    """Say whether a signature is X's without a link: dated, and no account of another platform."""
    return signed is not None and signed.posted_at is not None and "." not in signed.handle


def _is_tweet(element: HtmlElement) -> bool:
    return any(_TWEET_CLASS.match(name) for name in dom.classes(element))


def _links(element: HtmlElement) -> list[tuple[HtmlElement, Address]]:
    found: list[tuple[HtmlElement, Address]] = []
    for link in element.iter("a"):
        address = parse_x(link.get("href"))
        if address:
            found.append((link, address))
    return found


def _signature_of(
    text: str, links: list[tuple[HtmlElement, Address]]
) -> signature.Signature | None:
    """Return the post's own signature: the first whose account a link confirms, else the last."""
    signatures = list(signature.find(text, dated=False))
    if not signatures:
        return None
    accounts = {(address.handle or "").lower() for _, address in links}
    for candidate in signatures:
        if candidate.handle.lower() in accounts and candidate.posted_at:
            return candidate
    return signatures[-1]


def _own_address(
    links: list[tuple[HtmlElement, Address]], signed: signature.Signature | None
) -> Address | None:
    """Return the post's own address, not that of a post it quotes: the one on the date."""
    if not links:
        return None
    if signed is not None:
        wording = " ".join(signed.date.split())
        for link, address in links:
            if wording and " ".join(dom.text(link).split()) in (wording, wording.rstrip(".")):
                return address
        for pair in links[::-1]:
            if (pair[1].handle or "").lower() == signed.handle.lower():
                return pair[1]
    return links[-1][1]


def _attribute_address(element: HtmlElement) -> Address | None:
    for name in _ID_ATTRIBUTES:
        value = (element.get(name) or "").strip()
        if re.fullmatch(r"\d{6,19}", value):
            return Address("x", value, f"https://twitter.com/i/web/status/{value}")
        if stated := parse_x(value):
            return stated
    for name in ("cite", "data-url", "data-src", "data-click-to-open-target"):
        if found := parse_x(element.get(name)):
            return found
    for frame in element.iter("iframe") if _is_tweet(element) else ():
        value = (frame.get("data-tweet-id") or "").strip()
        if value.isdigit():
            return Address("x", value, f"https://twitter.com/i/web/status/{value}")
        if framed := parse_x(frame.get("src") or frame.get("data-src")):
            return framed
    return None


def _give_back(
    element: HtmlElement, links: list[tuple[HtmlElement, Address]], address: Address | None
) -> None:
    for link, candidate in links:
        if candidate == address:
            dom.move_out_after(element, link)
            return


def _descendant(element: HtmlElement, pattern: re.Pattern[str]) -> HtmlElement | None:
    for node in dom.elements(element)[1:]:
        if pattern.search(node.get("class") or ""):
            return node
    return None


def _compose(
    element: HtmlElement,
    text: str,
    signed: signature.Signature | None,
    address: Address | None,
) -> Found:
    author, date = (signed.author, signed.date or None) if signed else (None, None)
    body = text[: signed.start] if signed else text
    if signed is None:
        body, author, date = _unsigned(element, body)
    body = _CHROME.sub("", body).strip()
    placeholder = None
    is_link = signed is None and _LINK_ONLY.fullmatch(body)
    if not body or is_link or is_placeholder(body, signed=signed is not None):
        body, placeholder = "", body
    handle = (address.handle if address else None) or (signed.handle if signed else None)
    url = address.url if address else None
    if address and handle and not address.handle:
        url = f"https://twitter.com/{handle}/status/{address.post_id}"
    return Found(
        "x",
        address.post_id if address else None,
        url,
        author=author,
        handle=handle,
        signed=signed.handle if signed else None,
        text=body or None,
        date=date,
        media=_has_media(element, text, address),
        placeholder=placeholder,
    )


def _unsigned(element: HtmlElement, text: str) -> tuple[str, str | None, str | None]:
    """Part a post whose signature names no account: "text — Name [November 19, 2019]"."""
    for link, _ in reversed(_links(element)):
        date = dom.text(link)
        at = text.rfind(date) if date else -1
        if at < 0 or signature.parse_date(date) is None:
            continue
        before = text[:at].rstrip()
        dash = max(before.rfind("—"), before.rfind("– "))
        if dash >= 0 and len(before) - dash < 100:
            return before[:dash], before[dash + 1 :].strip() or None, date
        return before, None, date
    return text, None, None


def _has_media(element: HtmlElement, text: str, address: Address | None) -> bool:
    if _PICTURE.search(text) or (address and address.media):
        return True
    if any(name.startswith("twitter-video") for name in dom.classes(element)):
        return True
    return any(
        True
        for node in element.iter("img", "video", "amp-img", "amp-video")
        if "emoji" not in (node.get("class") or "").lower()
        and not re.search(
            r"avatar|profile|logo|icon", f"{node.get('class')} {node.get('src')}", re.I
        )
    )
