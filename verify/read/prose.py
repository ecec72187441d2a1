"""The article's own words in a page: paragraphs, without navigation, captions and related links.

trafilatura does the work; a paragraph counter of our own stands behind it, so that no page with
prose reads as empty. Posts are out of the tree before; their markers travel through.
"""

from __future__ import annotations

import copy
import logging
import re
from collections import defaultdict

from lxml.html import HtmlElement

from verify.read import dom
from verify.read.marks import MARKER, marker

#: trafilatura's text is doubted below this many characters, or below this share of our own count.
_SHORT = 250
_SHARE = 0.4
#: A part is dropped as chrome only if it holds less than this share of all paragraphs' text.
_CHROME_SHARE = 0.3
_CHROME_TAGS = frozenset({"nav", "footer", "form", "dialog", "menu", "figcaption", "amp-sidebar"})
_BOX_NAMES = "div section aside ul ol p span figure table header small dl h2 h3 h4 h5"
_BOXES = frozenset(_BOX_NAMES.split())
_CHROME_WORDS = (
    r"related|read-?(?:more|next|also)|see-?also|more-(?:on|from|stories|news)|recommended|recirc\w*",
    r"most-?(?:read|popular|viewed)|trending|newsletter\w*|sign-?up|subscri(?:be|ption)",
    r"shar(?:e|ing)\w*|social(?!-embed)\w*|breadcrumbs?|caption\w*|wp-caption-text|credits?",
    r"(?:photo|image)-?(?:credit|source|copyright)|copyright|byline\w*|author-?(?:bio|box|info)",
    r"tags?(?:-list|-links)?|topics|cookie\w*|consent\w*|gdpr|promo\w*|advert\w*|sponsored",
    r"outbrain|taboola|comments?(?:-list|-area)?|disqus\w*|sidebar|site-?(?:header|footer|nav)",
    r"navigation|navbar|menu|toolbar|wm-ipp\w*|donat\w*|paywall|print-only|pagination|skip-?link",
    r"jp-relatedposts|mailmunch\w*",
)
_CHROME_NAMES = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_CHROME_WORDS)})(?:$|[\s_-])", re.IGNORECASE)
_LEAD_WORDS = (
    "read|see|watch|listen|more|also|related|recommended|further|continue|click|don[’']t miss",
    "lire|voir|à lire|lea|lee|leer|ver|vea|mehr|lesen|siehe|auch|leia|veja|leggi|czytaj|čtěte",
    "читайте|okuyun|oku",
)
_LEAD = re.compile(rf"^(?:{'|'.join(_LEAD_WORDS)})\b[\w\s]{{0,24}}[:>»–—-]*\s*", re.IGNORECASE)
_PICTURE = r"(?:photo|image|picture|foto|fotos|bild|video|crédit photo|featured image)s?"
_NOTICES = (
    rf"\W*(?:©|\(c\)|copyright\b|photos?(?:graph)? (?:by|credit)|{_PICTURE}\s*(?:credit|source)?"
    r"\s*(?::|by\b))",
    r"\[?featured image by|(?:click here to )?(?:subscribe|sign up) (?:to|for|here)\b",
    r"follow (?:us|@\w+|\w+ on (?:twitter|x|facebook|instagram))\b|share (?:this|on)\b",
    r"comments?\s*$|advertisement\s*$|(?:read|see) (?:more|also)\s*:|(?:also|must) read\b.{0,12}:",
    r"must read stories|related(?: (?:articles?|stories|news|content))?\s*:?\s*$",
    r"(?:all rights reserved|terms of (?:use|service)|privacy policy)\b",
)
_NOTICE = re.compile(rf"^(?:{'|'.join(_NOTICES)})", re.IGNORECASE)
_AGENCY = re.compile(
    r"^[^.!?]{3,90}(?:/|©|\()\s*(?:Getty|AFP|Reuters|AP|EPA|dpa|ANSA|Shutterstock|iStock)\b"
    r"[^.!?]{0,40}$"
)

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def extract(tree: HtmlElement, headlines: tuple[str, ...] = ()) -> tuple[str, str | None]:
    """Return the page's prose, paragraphs parted by a blank line, and a warning if it was doubtful.

    The tree is pruned in place; the markers of its posts stand in the text where they survived.
    """
    _prune(tree)
    dom.flatten(tree)
    own = _own_paragraphs(tree)
    found, reason = _trafilatura(tree)
    kept, counted = _cleaned(found, headlines), _cleaned(own, headlines)
    length, own_length = _length(kept), _length(counted)
    warning = f"the page's text was read by a plainer method ({reason})" if reason else None
    if (length < _SHORT and own_length > length) or length < own_length * _SHARE:
        return "\n\n".join(counted), warning
    return "\n\n".join(kept), None


def anchors(tree: HtmlElement) -> dict[int, list[str]]:
    """Return for each marker the texts of the blocks before it, nearest first: where it stood."""
    before: list[str] = []
    found: dict[int, list[str]] = {}
    for block in dom.leaf_blocks(tree):
        text = " ".join(dom.text(block).split())
        for number in MARKER.findall(text):
            found.setdefault(int(number), before[-8:][::-1])
        plain = MARKER.sub("", text).strip()
        if len(plain) > 20:
            before.append(plain)
    return found


def _trafilatura(tree: HtmlElement) -> tuple[list[str], str | None]:
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            copy.deepcopy(tree), include_comments=False, with_metadata=False
        )
    except Exception as error:  # noqa: BLE001 - a third-party parser's adapter
        return [], f"trafilatura failed: {type(error).__name__}"
    text = getattr(document, "text", None) or ""
    return [line for line in text.split("\n") if line.strip()], None


def _length(paragraphs: list[str]) -> int:
    return sum(len(MARKER.sub("", paragraph)) for paragraph in paragraphs)


def _prune(tree: HtmlElement) -> None:
    total = sum(len(node.text_content()) for node in tree.iter("p")) or 1
    for node in dom.elements(tree):
        if node.getparent() is None or node.tag in ("html", "body", "main", "article"):
            continue
        is_small = _is_chrome(node) and _paragraph_text(node) < total * _CHROME_SHARE
        if is_small or _is_silent(node) or _is_link_only(node):
            _drop(node)


def _is_silent(node: HtmlElement) -> bool:
    return node.tag in ("script", "style", "template", "svg", "button", "select", "input")


def _drop(node: HtmlElement) -> None:
    """Take a part out; posts inside it keep their markers."""
    marks = MARKER.findall(node.text_content())
    if marks:
        dom.replace(node, " ".join(marker(int(number)) for number in marks))
    else:
        dom.remove(node)


def _is_chrome(node: HtmlElement) -> bool:
    if node.tag in _CHROME_TAGS or dom.is_hidden(node):
        return True
    if (node.get("role") or "").lower() in (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
    ):
        return True
    if node.tag not in _BOXES:
        return False
    return bool(_CHROME_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _paragraph_text(node: HtmlElement) -> int:
    size = sum(len(inner.text_content()) for inner in node.iter("p"))
    return size or (len(node.text_content()) if node.tag in ("div", "section") else 0) // 2


def _is_link_only(node: HtmlElement) -> bool:
    """Say whether a block is nothing but a link, or "Read more:" and a link."""
    if node.tag not in dom.LEAVES:
        return False
    links = [link for link in node.iter("a") if link.get("href")]
    if not links or any(inner.tag in dom.LEAVES for inner in node.iterdescendants()):
        return False
    text = " ".join(node.text_content().split())
    if MARKER.search(text):
        return False
    linked = " ".join(" ".join(link.text_content().split()) for link in links)
    outside = len(text) - len(linked)
    lead = _LEAD.match(text)
    if lead:
        outside -= lead.end()
    if text.endswith((".", "!", "”", '"')) and len(text) > 100 and not lead:
        return False
    return outside <= 4


def _own_paragraphs(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the part of the page that holds most of them."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    blocks = dom.leaf_blocks(tree)
    for block in blocks:
        size = _prose_size(block)
        for step, parent in enumerate(block.iterancestors()):
            if step > 3 or parent.tag in ("html",):
                break
            scores[parent] += size * (1.0, 0.9, 0.7, 0.5)[step]
    if not scores:
        return [line for line in dom.text(tree).split("\n") if len(line) > 60]
    best = max(scores, key=lambda node: scores[node])
    if scores[best] <= 0:
        return []
    inside = set(best.iter())
    return [
        line
        for block in blocks
        if block in inside and (_prose_size(block) > 0 or MARKER.search(block.text_content()))
        for line in dom.text(block).split("\n")
    ]


def _prose_size(block: HtmlElement) -> int:
    text = MARKER.sub("", block.text_content()).strip()
    if len(text) < 25:
        return 0
    linked = sum(len(link.text_content()) for link in block.iter("a"))
    return 0 if linked > len(text) * 0.6 else len(text)


def _cleaned(paragraphs: list[str], headlines: tuple[str, ...]) -> list[str]:
    """Drop the headline, notices and empty lines; give list items their plain text."""
    titles = {_key(title) for title in headlines if title}
    kept: list[str] = []
    for index, raw in enumerate(paragraphs):
        line = " ".join(raw.split())
        line = re.sub(r"^(?:[-•*|]\s+)+", "", line).strip(" |") if not MARKER.search(line) else line
        if not line or not re.search(r"\w", line):
            continue
        if not MARKER.search(line):
            if index < 12 and _key(line) in titles:
                continue
            if len(line) < 200 and (_NOTICE.search(line) or _AGENCY.search(line)):
                continue
        kept.append(line)
    return kept


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
