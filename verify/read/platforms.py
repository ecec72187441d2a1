"""Posts of the other platforms in a page's tree, and frames and bare addresses of all of them.

Telegram, Facebook, Instagram, TikTok, YouTube, Bluesky, Mastodon, Truth Social, Threads. One
function a form, from an element to what was found in it; it never changes the tree.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace

from lxml.html import HtmlElement

from verify.read import dom, signature
from verify.read.address import Address, parse
from verify.read.found import Found, from_address
from verify.read.placeholder import is_placeholder

#: A frame's wrapper with its consent notice; what is longer holds the article's own words.
_MAX_WRAPPER = 900
_FRAMES = frozenset({"iframe", "amp-iframe", "embed", "oembed", "object", "video-embed"})
_WIDGETS = re.compile(
    r"^(?:fb-(?:post|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|"
    r"text-post-media|truthsocial-embed|telegram-post|tgme_widget_message|reddit-(?:card|embed).*)$"
)
_CHROME = re.compile(r"^fb-(?:like|page|share|comments|save|follow|send|group|login|quote)")
_HINT = re.compile(
    r"embed|tweet|twitter|instagram|facebook|tiktok|telegram|bluesky|youtube|threads|mastodon|"
    r"truth|social|video|consent|cookie|lazy|oembed|media|external",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"shar(?:e|ing)|follow|addthis|buttons?\b|sharedaddy|social-(?:links|icons)", re.IGNORECASE
)
_ATTRIBUTES = (
    "data-instgrm-permalink",
    "data-telegram-post",
    "data-post",
    "data-bluesky-uri",
    "data-text-post-permalink",
    "data-embed-url",
    "data-href",
    "cite",
    "url",
    "src",
    "data-src",
    "data-lazy-src",
    "data-url",
    "data-oembed-url",
    "data-oembed",
    "data-embed",
    "data-media-url",
    "data-iframe-src",
    "data-cookieblock-src",
    "data-consent-src",
    "data-cmp-src",
    "data-original-url",
    "data-permalink",
    "data",
)
_SHORT_IDS = {
    ("amp-instagram", "data-shortcode"): "https://www.instagram.com/p/{}/",
    ("amp-youtube", "data-videoid"): "https://www.youtube.com/watch?v={}",
    ("lite-youtube", "videoid"): "https://www.youtube.com/watch?v={}",
    ("amp-tiktok", "data-src"): "https://www.tiktok.com/embed/{}",
    ("blockquote", "data-video-id"): "https://www.tiktok.com/embed/{}",
    ("div", "data-youtube-id"): "https://www.youtube.com/watch?v={}",
}
_TELEGRAM_POST = re.compile(r"[A-Za-z]\w{2,31}/\d+")
_CREDIT = re.compile(
    r"^(?P<lead>[^\n()]*?)(?P<name>[^\n()]{0,80}?)\s*\(\s*@(?P<handle>[\w.]+)\s*\)(?P<rest>[^\n]{0,60})$",
    re.MULTILINE,
)
_BY = re.compile(r".*\b(?:by|par|von|por|di|door|av|przez)\s+", re.IGNORECASE)
_POSTED_BY = re.compile(
    r"(?:^|\n)(?:Posted by|Gepostet von|Publi[ée]e? par|Publicad[ao] por|Pubblicato da|"
    r"Geplaatst door)"
    r"\s+(?P<name>[^\n]+?)(?:\s+(?:on|am|le|el|em|il|op)\s+(?P<date>[^\n]+))?$",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\[(?:tweet|embed|twitter|facebook|instagram|youtube|embedyt|tiktok|telegram)[^\]\n]{0,40}?[\s\]\"'=:]*"
    r"(?P<what>https?://[^\s\]\"']+|\d{8,19})[^\]\n]{0,60}\]?(?:\[/\w+\])?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:https?://|www\.)?[\w.-]+\.(?:com|me|app|net|be|social|[a-z]{2,12})/\S+")
_BARE_BLOCKS = frozenset({"p", "div", "figure", "li", "section", "center", "span", "blockquote"})


def widget(element: HtmlElement) -> Found | None:
    """Read a platform's own embed markup, with its text where the markup carries it."""
    names = dom.classes(element)
    if element.get("data-telegram-post") is None and not any(_WIDGETS.match(n) for n in names):
        return None
    address = _address_of(element) or _linked(element)
    if address is None:
        return None
    found = from_address(address)
    if element.tag in ("script", "iframe"):
        return found
    text = dom.text(element)
    if len(text) > 6000:
        return found
    reader = _TEXTS.get(address.platform, _signed_text)
    return _settled(reader(element, text, found))


def frame(element: HtmlElement) -> Found | None:
    """Read a frame (iframe, AMP, oEmbed, object) whose source leads to a post."""
    is_amp = isinstance(element.tag, str) and element.tag.startswith(("amp-", "lite-"))
    if element.tag not in _FRAMES and not is_amp:
        return None
    if element.tag in ("amp-img", "amp-ad", "amp-social-share", "amp-analytics"):
        return None
    address = _address_of(element)
    return from_address(address) if address else None


def wrapper(element: HtmlElement) -> Found | None:
    """Read a box that waits for consent: its attribute leads to a post, its text is a notice."""
    if element.tag not in ("div", "figure", "section", "span", "template", "amp-embed", "p"):
        return None
    marks = (
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-type') or ''}"
    )
    attributes = " ".join(str(name) for name in element.attrib)
    if not _HINT.search(marks + attributes) or _SHARING.search(marks):
        return None
    if any(_CHROME.match(name) for name in dom.classes(element)):
        return None
    address = _address_of(element)
    if address is None or len(dom.text(element)) > _MAX_WRAPPER:
        return None
    return from_address(address)


def concealed(element: HtmlElement) -> HtmlElement | None:
    """Return the embed markup that an attribute, text area or inert script hides until consent."""
    if element.tag == "script":
        if (element.get("type") or "").lower() not in ("text/template", "text/plain", "text/html"):
            return None
        candidates = [element.text or ""]
    elif element.tag == "textarea":
        candidates = [element.text_content()]
    else:
        candidates = [
            str(value)
            for name, value in element.attrib.items()
            if str(name) == "srcdoc" or (str(name).startswith("data-") and len(value) > 60)
        ]
    for candidate in candidates:
        markup = _embed_markup(candidate)
        if markup:
            return dom.fragment(markup)
    return None


def bare(element: HtmlElement) -> Found | None:
    """Read a block whose whole text is a post's address, as CMSs leave it (`wp-block-embed`)."""
    if element.tag not in _BARE_BLOCKS:
        return None
    if len(element) > 4:
        return None
    raw = element.text_content()
    if len(raw) > 400 or ("/" not in raw and "[" not in raw):
        return None
    text = dom.text(element)
    if element.tag == "figure":
        text = text.split("\n")[0] if text else ""
    return bare_address(text)


def bare_address(text: str) -> Found | None:
    """Read a line that is nothing but a post's address or a CMS shortcode holding one."""
    line = text.strip().strip("<>").strip()
    shortcode = _SHORTCODE.fullmatch(line)
    if shortcode:
        what = shortcode["what"]
        if what.isdigit():
            return from_address(Address("x", what, f"https://twitter.com/i/web/status/{what}"))
        line = what
    if not _BARE.fullmatch(line):
        return None
    address = parse(line)
    return from_address(address) if address else None


def _address_of(element: HtmlElement) -> Address | None:
    for (tag, name), form in _SHORT_IDS.items():
        value = (element.get(name) or "").strip()
        if element.tag == tag and re.fullmatch(r"[\w-]{5,}", value):
            found = parse(form.format(value))
            if found and tag == "blockquote":  # TikTok's `cite` knows the account as well
                return parse(element.get("cite")) or found
            return found
    for name in _ATTRIBUTES:
        value = element.get(name)
        if not value:
            continue
        if name in ("data-telegram-post", "data-post") and _TELEGRAM_POST.fullmatch(value.strip()):
            return parse(f"https://t.me/{value.strip()}")
        if name in ("data-telegram-post",):
            continue
        if found := parse(value):
            return found
    return None


def _linked(element: HtmlElement) -> Address | None:
    for node in element.iter("a", "iframe", "blockquote"):
        if found := parse(node.get("href") or node.get("src") or node.get("cite")):
            return found
    return None


def _embed_markup(value: str) -> str | None:
    if "<" not in value and len(value) > 80 and re.fullmatch(r"[A-Za-z0-9+/=\s]+", value):
        try:
            value = base64.b64decode(value, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return None
    return value if re.search(r"<(?:blockquote|iframe|div|a)\b", value) else None


def _settled(found: Found) -> Found:
    text = (found.text or "").strip()
    if not text:
        return replace(found, text=None, placeholder=found.placeholder or "")
    if is_placeholder(text, signed=False):
        return replace(found, text=None, placeholder=text)
    return replace(found, text=text)


def _signed_text(element: HtmlElement, text: str, found: Found) -> Found:
    """Bluesky, Mastodon and others that sign as X does."""
    signed = next(iter(signature.find(text, dated=False)), None)
    if signed is None:
        stamp = element.find(".//time")
        date = stamp.get("datetime") if stamp is not None else None
        return replace(found, text=_without_notices(text), date=date)
    return replace(
        found,
        text=text[: signed.start],
        author=signed.author,
        handle=found.handle or signed.handle,
        signed=signed.handle,
        date=signed.date or None,
    )


def _instagram(element: HtmlElement, text: str, found: Found) -> Found:
    credits = list(_CREDIT.finditer(text))
    if not credits:
        return replace(found, text=_without_notices(text))
    credit = credits[-1]
    name = _BY.sub("", f"{credit['lead']}{credit['name']}").strip()
    stamp = element.find(".//time")
    date = re.sub(r"^\W*(?:on|le|am|el|em|il|op)\b\s*", "", credit["rest"]).strip()
    return replace(
        found,
        text=_without_notices(text[: credit.start()]),
        author=name or None,
        handle=found.handle or credit["handle"],
        signed=credit["handle"],
        date=(stamp.get("datetime") if stamp is not None else None) or date or None,
    )


def _without_notices(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not is_placeholder(line))


def _tiktok(element: HtmlElement, text: str, found: Found) -> Found:
    lines = [line for line in text.split("\n") if not line.startswith("♬")]
    body = " ".join(lines)
    opening = re.match(r"@([\w.-]+)\s*", body)
    body = body[opening.end() :] if opening else body
    body = body.split("♬")[0]
    handle = found.handle or (opening.group(1) if opening else None)
    return replace(found, text=body, handle=handle, author=None)


def _facebook(element: HtmlElement, text: str, found: Found) -> Found:
    credit = _POSTED_BY.search(text)
    if credit is None:
        return replace(found, text=text)
    return replace(
        found, text=text[: credit.start()], author=credit["name"].strip(), date=credit["date"]
    )


def _telegram(element: HtmlElement, text: str, found: Found) -> Found:
    def inner(part: str) -> str | None:
        nodes = element.xpath(f'.//*[contains(@class, "{part}")]')
        return dom.text(nodes[0]) if isinstance(nodes, list) and nodes else None

    stamp = element.find(".//time")
    body = inner("tgme_widget_message_text") or inner("message_text")
    author = inner("owner_name")
    date = stamp.get("datetime") if stamp is not None else None
    return replace(found, text=body if body is not None else text, author=author, date=date)


_TEXTS = {
    "instagram": _instagram,
    "tiktok": _tiktok,
    "facebook": _facebook,
    "telegram": _telegram,
}
