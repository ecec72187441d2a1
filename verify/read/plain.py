"""Posts in plain text: "… pic.twitter.com/… — Name (@handle) November 19, 2019", bare addresses.

`take` finds them, takes them out and leaves markers; it never touches the prose around them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement

from verify.read import dom, platforms
from verify.read.address import parse
from verify.read.found import Found
from verify.read.marks import MARKER, marker
from verify.read.placeholder import is_placeholder
from verify.read.signature import Signature, find, parse_date

#: Characters of a post: 280 of its own, 140 before November 2017; links count 23 whatever they are.
_LIMIT = 280
_OLD_LIMIT = 140
_SLACK = 24
#: A longer block of a page holds no post that lost its markup.
MAX_BLOCK = 20_000
_LINK = re.compile(r"(?:https?://\S+|pic\.(?:twitter|x)\.com/\S+)")
_PICTURE = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
_QUOTES = '"“„«‘'
_INTRO = re.compile(
    r"\b(?:tweeted|wrote|posted|said|added|reads?|twitterte|schrieb|escribió|a écrit|tweets?|post)"
    r"\b[^.!?\n]{0,60}:\s+",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…”\"])\s+")
_CONTINUES = re.compile(r"^(?:[a-zß-ÿ#@&(]|https?://|pic\.)")
_OWN_LINK = re.compile(
    r"^[\s\])(:|·-]{0,6}(?P<url>(?:https?://|www\.)?\S*(?:twitter|x)\.com/\S+/status/\d+\S*)"
)
#: The rendered widget, pasted: "Name @handle", the text, "5:21 AM - Nov 19, 2019", its buttons.
_PASTED = re.compile(
    r"(?:^|\n)(?P<name>[^\n@]{1,60}?)[^\S\n]*(?:✔|Verified account)?[^\S\n]*\n?[^\S\n]*"
    r"@(?P<handle>\w{1,15})"
    r"(?:[^\S\n]*·[^\n]*)?[^\S\n]*\n(?P<text>(?:[^\n]+\n){1,12}?|[^\n]+\n(?:\n?[^\n]+\n){0,6}?)\s*"
    r"(?P<date>\d{1,2}[:.]\d\d(?:\s*[AP]M)?\s*[-·–]\s*[^\n]{6,30}\d{4}|"
    r"[^\n]{6,20}\d{4}\s*[·]\s*\d{1,2}:\d\d[^\n]{0,6})"
    r"(?=[^\n]{0,60}(?:\n|$))",
)
_BUTTONS = re.compile(
    r"(?:(?<=\n)|^)(?:View (?:image|photo|video|summary)[^\n]*|Twitter Ads info and privacy|"
    r"Twitter for \w+|See [^\n]{1,40} other Tweets|[\d.,KM]+ people are talking about this|"
    r"\d[\d.,]*[KM]?|(?:Retweets?|Likes?|Replies|Reposts?|Quotes?|Bookmarks?)\b[^\n]{0,40})(?=\n|$)"
)


def take(text: str, found: list[Found]) -> str:
    """Replace each post in the text by a marker, and append it to `found`; return the text."""
    text = _take_pasted(text, found)
    text = _take_signed(text, found)
    return _take_addresses(text, found)


def _take_signed(text: str, found: list[Found]) -> str:
    signatures = list(find(text))
    if not signatures:
        return text
    lined = not re.search(r"\n[^\S\n]*\n", text.strip())
    done: list[str] = []
    floor = 0
    for signed in signatures:
        start = _start_of(text, floor, signed.start, lined, signed)
        body = text[start : signed.start].strip()
        end, address = _own_link(text, signed)
        if not body:
            continue
        done.append(text[floor:start])
        done.append(
            f"\n\n{marker(len(found))}\n\n"
            if _is_own_block(text, start, end)
            else f" {marker(len(found))} "
        )
        found.append(_composed(body, signed, address))
        floor = end
    done.append(text[floor:])
    return "".join(done)


def _is_own_block(text: str, start: int, end: int) -> bool:
    return (
        text[:start].endswith("\n") or text[end : end + 1] in ("", "\n") or not text[:start].strip()
    )


def _own_link(text: str, signed: Signature) -> tuple[int, str | None]:
    """Return where the post ends and its address, if one follows the date at once."""
    rest = text[signed.end : signed.end + 300]
    match = _OWN_LINK.match(rest)
    if match is None:
        return signed.end, None
    end = signed.end + match.end()
    if text[signed.end : signed.end + 3].startswith(("](", "] (")):
        closing = text.find(")", signed.end)
        end = closing + 1 if 0 <= closing < end + 2 else end
    return end, match["url"].rstrip(").,]")


def _composed(body: str, signed: Signature, url: str | None) -> Found:
    address = parse(url)
    text = "\n".join(" ".join(line.split()) for line in body.split("\n") if line.strip())
    text = text.strip('“”" ') if text.count('"') % 2 or text.startswith("“") else text
    text = re.sub(r"^>[^\S\n]*", "", text, flags=re.MULTILINE).strip()
    gone = is_placeholder(text, signed=True)
    bluesky = "." in signed.handle
    post = Found(
        "bluesky" if bluesky else "x",
        author=signed.author,
        handle=signed.handle,
        signed=signed.handle,
        text=None if gone else text,
        date=signed.date,
        media=bool(_PICTURE.search(body)),
        placeholder=text if gone else None,
    )
    if address is None:
        return post
    return replace(
        post,
        platform=address.platform,
        post_id=address.post_id,
        url=address.url,
        handle=address.handle or signed.handle,
    )


def _start_of(text: str, floor: int, end: int, lined: bool, signed: Signature) -> int:
    """Return where the post begins whose signature begins at `end`."""
    block = text[floor:end]
    offset = max((m.end() for m in MARKER.finditer(block)), default=0)
    trimmed = block.rstrip()
    offset = max(offset, _line_start(trimmed) if lined else _block_start(trimmed))
    offset += len(block[offset:]) - len(block[offset:].lstrip())
    return floor + offset + _overlong(block[offset:], signed)


def _block_start(block: str) -> int:
    """Return where the last paragraph with words begins: a signature or link may stand alone."""
    for gap in reversed(list(re.finditer(r"\n[^\S\n]*\n", block))):
        if _LINK.sub("", block[gap.end() :]).strip():
            return gap.end()
    return 0


def _line_start(block: str) -> int:
    """Return where the post's first line begins, in a text whose every line is a paragraph."""
    start = block.rfind("\n") + 1
    while start and _CONTINUES.match(block[start:].lstrip()):
        start = block.rfind("\n", 0, start - 1) + 1
    return start


def _overlong(body: str, signed: Signature) -> int:
    """Return how much of the text before a signature is too much for one post."""
    old = signed.posted_at is not None and (signed.posted_at.year, signed.posted_at.month) < (
        2017,
        11,
    )
    limit = (_OLD_LIMIT if old else _LIMIT) + _SLACK
    intro = max((m.end() for m in _INTRO.finditer(body) if m.end() < len(body)), default=0)
    if intro and (_weight(body) > limit // 2 or body[intro] in _QUOTES):
        return intro
    cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(body))]
    cuts += [m.end() for m in re.finditer(r"\n\s*", body)]
    for cut in sorted(cuts):
        if body[cut:].strip() and _weight(body[cut:]) <= limit:
            return cut
    return max((cut for cut in cuts if body[cut:].strip()), default=0)


def _weight(text: str) -> int:
    return len(_LINK.sub("x" * 23, " ".join(text.split())))


def _take_pasted(text: str, found: list[Found]) -> str:
    def swap(match: re.Match[str]) -> str:
        date = re.sub(
            r"^\d{1,2}[:.]\d\d(?:\s*[AP]M)?\s*[-·–]\s*|\s*·\s*\d{1,2}:\d\d.*$", "", match["date"]
        )
        body = _BUTTONS.sub("", match["text"]).strip()
        if parse_date(date) is None or not body or _weight(body) > _LIMIT + _SLACK:
            return match.group()
        found.append(
            Found(
                "x",
                author=match["name"].strip(" -—*") or None,
                handle=match["handle"],
                signed=match["handle"],
                text=body,
                date=date.strip(),
                media="View image" in match["text"] or bool(_PICTURE.search(body)),
            )
        )
        return f"\n\n{marker(len(found) - 1)}\n\n"

    replaced = _PASTED.sub(swap, text)
    if replaced == text:
        return text
    return re.sub(
        rf"({MARKER.pattern}\s*)((?:{_BUTTONS.pattern}\s*)+)", lambda m: m.group(1), replaced
    )


def _take_addresses(text: str, found: list[Found]) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "/" not in line or len(line) > 600:
            continue
        post = platforms.bare_address(line)
        if post is not None:
            lines[index] = f"\n{marker(len(found))}\n"
            found.append(post)
    return "\n".join(lines)


def take_from_blocks(tree: HtmlElement, found: list[Found]) -> None:
    """Take plain posts out of a page's paragraphs, where their line breaks still show."""
    for block in dom.leaf_blocks(tree):
        if "@" not in block.text_content() or block.getparent() is None:
            continue
        before = dom.text(block)
        if len(before) > MAX_BLOCK or (next(find(before), None) is None and "\n" not in before):
            continue
        after = take(before, found)
        if after == before:
            continue
        for child in list(block):
            block.remove(child)
        block.text = None
        dom.fill(block, [part for part in re.split(r"\n\s*\n", after) if part.strip()])
