"""Small work on the page's tree: its visible text, its classes, taking a part out; no meaning.

Never fetches and never runs anything; scripts and styles have no text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

_SILENT = frozenset({"script", "style", "template", "head", "title", "svg", "button", "select"})
_BLOCK_NAMES = (
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
#: Blocks that hold running text where they hold no smaller block.
LEAVES = frozenset({"p", "li", "h2", "h3", "h4", "h5", "blockquote", "div", "td", "pre", "dd"})
_HIDDEN_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "screen-reader-text", "u-hiddenvisually", "visuallyhidden"}
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_GLUED_LINK = re.compile(r"^(?:@|#|https?://|pic\.twitter\.com)")
#: Deeper trees than any page's are an attack or a mistake: their wrappers are taken away.
_MAX_DEPTH = 400
_WRAPPERS = ("div", "span", "font", "b", "i", "em", "strong", "center", "section", "u", "small")


def parse(markup: str) -> HtmlElement | None:
    """Return the tree of a page's markup, None where there is none; broken markup is mended."""
    parser = html.HTMLParser(huge_tree=True, remove_pis=True)
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    if not cleaned.strip():
        return None
    try:
        tree = html.document_fromstring(cleaned, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if not isinstance(tree, HtmlElement):
        return None
    if _is_deep(tree):
        etree.strip_tags(tree, *_WRAPPERS)
    return tree


def _is_deep(tree: HtmlElement) -> bool:
    """Say whether elements are nested deeper than any page's: work on them would never end."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            return True
    return False


def fragment(markup: str) -> HtmlElement | None:
    """Return a piece of markup as a `div`, None where it cannot be read."""
    try:
        return html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def classes(element: HtmlElement) -> frozenset[str]:
    """Return an element's classes, in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def elements(root: HtmlElement) -> list[HtmlElement]:
    """Return all elements below and including the root, in reading order, comments left out."""
    return [node for node in root.iter() if isinstance(node.tag, str)]


def text(element: HtmlElement) -> str:
    """Return the visible text, a line for each line that a browser would begin anew.

    An emoji drawn as a picture is its `alt`; a link glued to the word before it gets its blank.
    """
    joined = "".join(_pieces(element, 0)).replace("\xa0", " ").replace("( @", "(@")
    lines = (" ".join(line.split()) for line in joined.split("\n"))
    return "\n".join(line for line in lines if line)


def is_hidden(element: HtmlElement) -> bool:
    """Say whether a browser would show nothing of the element, as far as its own markup tells."""
    if element.tag in _SILENT or element.get("hidden") is not None:
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    return bool(classes(element) & _HIDDEN_CLASSES)


def _pieces(element: HtmlElement, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\n"
    if element.tag == "br":
        yield "\n"
    if element.tag == "img" and "emoji" in (element.get("class") or "").lower():
        yield element.get("alt") or ""
    own = _flat(element.text, element)
    if element.tag == "a" and _GLUED_LINK.match(own.strip()):
        yield " "
    yield own
    for child in element:
        if isinstance(child.tag, str) and (child.tag == "template" or not is_hidden(child)):
            yield from _pieces(child, depth + 1)
        yield _flat(child.tail, element)
    if is_block:
        yield "\n"


def _flat(text: str | None, parent: HtmlElement) -> str:
    """Return a text node as browsers show it: its line ends are blanks, except in `pre`."""
    if not text:
        return ""
    return text if parent.tag == "pre" else re.sub(r"\s+", " ", text)


def flatten(root: HtmlElement) -> None:
    """Make the line ends inside text nodes blanks, as browsers do, except in `pre`."""
    for node in elements(root):
        if node.tag != "pre" and node.text and "\n" in node.text:
            node.text = _flat(node.text, node)
        parent = node.getparent()
        if node.tail and "\n" in node.tail and parent is not None:
            node.tail = _flat(node.tail, parent)


def replace(element: HtmlElement, marker: str) -> None:
    """Put a paragraph that holds the marker in the element's place; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    paragraph = html.Element("p")
    paragraph.text = marker
    paragraph.tail = element.tail
    element.tail = None
    parent.replace(element, paragraph)


def leaf_blocks(root: HtmlElement) -> list[HtmlElement]:
    """Return the blocks that hold text themselves and no smaller block, in reading order."""
    return [
        node
        for node in root.iter(*LEAVES)
        if not any(child.tag in LEAVES for child in node.iterdescendants())
    ]


def fill(block: HtmlElement, paragraphs: list[str]) -> None:
    """Make these paragraphs a block's content: inside it if it may hold some, else in its place."""
    made = []
    for text in paragraphs:
        paragraph = html.Element("p")
        paragraph.text = text
        made.append(paragraph)
    if block.tag in ("div", "blockquote", "td", "li", "dd"):
        block.extend(made)
        return
    parent = block.getparent()
    if parent is None or not made:
        return
    at = parent.index(block)
    made[-1].tail = block.tail
    block.tail = None
    parent[at : at + 1] = made


def remove(element: HtmlElement) -> None:
    """Take an element out and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def move_out_after(container: HtmlElement, last: HtmlElement) -> None:
    """Move what follows `last` inside the container to behind it (its end tag was forgotten)."""
    moved: list[HtmlElement] = []
    node = last
    while node is not container:
        parent = node.getparent()
        if parent is None:
            return
        if len((node.tail or "").strip()) > 3:
            paragraph = html.Element("p")
            paragraph.text = node.tail
            moved.append(paragraph)
        node.tail = None
        moved.extend(list(node.itersiblings()))
        node = parent
    home = container.getparent()
    if home is None:
        return
    at = home.index(container) + 1
    for offset, piece in enumerate(moved):
        home.insert(at + offset, piece)
