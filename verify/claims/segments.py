"""The stretches of text that claims are looked for in: the article's sentences and its posts.

Posts are masked before they are read: noise becomes blanks of the same length, so that every
offset stays that of the post's own text. It never drops a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verify import text
from verify.claims import splices
from verify.claims.mending import mended
from verify.claims.tree import Tree
from verify.errors import ModelError
from verify.models.guard import attempt
from verify.models.reading import Reading, Said
from verify.values import Article, Post, Span

#: The reader: a text and its sentences → its words with their structure.
ReadSentences = Callable[[str, Sequence[Span]], Reading]

#: The minute that opens an entry of a live blog.
_CLOCK = re.compile(r"^[^\S\n]*(?:[01]?\d|2[0-3])[.:][0-5]\d(?=\s+[A-Z“\"])", re.M)
#: Where a report was written: "NAIROBI (Reuters) —", "MATI, Philippines —".
DATELINE = re.compile(
    r"^[^\S\n]*(?P<place>[A-Z][A-Z.'’ -]{2,40}(?:[,/][^\S\n]*[A-Z][\w.'’/ -]{1,30})?)"
    r"(?:[^\S\n]*\([^)\n]{2,40}\))?(?:[^\S\n]*,[^\S\n]*(?:[A-Z][a-z]+\.? \d{1,2}))?"
    r"[^\S\n]*(?:\([^)\n]{2,40}\))?[^\S\n]*(?:[—–-]{1,2}|•)[^\S\n]+(?=\S)",
    re.M,
)
#: What an agency sets before a headline: "UPDATE 2-", "EXCLUSIVE-", "REFILE:".
_SLUG = re.compile(
    r"^[^\S\n]*(?:UPDATE|WRAPUP|REFILE|CORRECTED|RPT|EXCLUSIVE|URGENT|FACTBOX|TIMELINE|BREAKING|ALERT)"
    r"(?: ?\d+)?[^\S\n]*[-–—:][^\S\n]*(?=\S)",
    re.M,
)
_MARKS = re.compile(r"[#＃](?=\w)|(?<!\w)@(?=\w)")
_NOISE = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:pic\.(?:twitter|x)\.com|t\.co|bit\.ly|youtu\.be)/\S*"
    "|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u20e3\ufe0e\ufe0f\u200d\ufffd]+"
    r"|(?<!\S)\?{2,}(?!\S)|(?<!\S)\d{1,2}/(?=\s)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence to find claims in: its tree, and where its quote stands.

    `quote` is the whole sentence, or the whole post; `start`/`end` delimit it in the article's
    text or in the post's. The tree's offsets are those of the text that holds the quote; where it
    could not be read, the tree is empty and `failure` says why.
    """

    tree: Tree
    quote: str
    start: int
    end: int
    paragraph: int
    post: Post | None = None
    position: int = 0
    said: tuple[Said, ...] = ()
    failure: str | None = None


def mask(raw: str) -> str:
    """Blank links, emoji, hash signs and newswire openings of a post out; the length stays."""
    blank = _NOISE.sub(lambda m: " " * len(m.group()), raw)
    blank = _MARKS.sub(" ", blank)
    kept = text.plain_claim(raw)
    first = re.search(r"\w+", kept)
    if first is None:
        return blank
    words = [w for w in re.findall(r"\w+", kept)[:2] if w]
    lead = re.search(r"\W*".join(map(re.escape, words)), blank)
    if lead is not None and lead.start() < len(raw) * 0.6:
        blank = " " * lead.start() + blank[lead.start() :]
    last = re.findall(r"\w+", kept)[-1]
    end = blank.rfind(last)
    if end >= 0 and len(blank) - end - len(last) > 0:
        tail = blank[end + len(last) :]
        stop = re.match(r"[.!?…\"”’)]*", tail)
        keep = end + len(last) + (stop.end() if stop else 0)
        blank = blank[:keep] + " " * (len(blank) - keep)
    return blank


def of(article: Article, read: ReadSentences) -> list[Segment]:
    """Every sentence of the article and of its posts, in reading order."""
    out = _sentences(article, read)
    for post in article.posts:
        if post.text:
            out.extend(_post(post, read))
    order = sorted(range(len(out)), key=lambda k: (out[k].position, out[k].post is None, k))
    return [out[k] for k in order]


def _sentences(article: Article, read: ReadSentences) -> list[Segment]:
    spans = text.sentences(article.text)
    plain = _CLOCK.sub(lambda m: " " * len(m.group()), article.text)
    for opening in (DATELINE, _SLUG):
        plain = opening.sub(lambda m: " " * len(m.group()), plain)
    out = []
    paragraph, last = 0, 0
    for span, (tree, said, failure) in zip(spans, _parsed(plain, spans, read), strict=True):
        if re.search(r"\n\s*\n", article.text[last : span.start]):
            paragraph += 1
        last = span.end
        quote = article.text[span.start : span.end]
        place = (quote, span.start, span.end, paragraph, None, span.start)
        out.append(Segment(tree, *place, said, failure))
    return out


def _post(post: Post, read: ReadSentences) -> list[Segment]:
    raw = post.text or ""
    masked = mask(raw)
    spans = text.sentences(masked) or [Span(0, len(raw))]
    return [
        Segment(splices.parted(tree), raw, 0, len(raw), -1, post, post.position, said, failure)
        for tree, said, failure in _parsed(masked, spans, read)
    ]


def _parsed(
    source: str, spans: Sequence[Span], read: ReadSentences
) -> list[tuple[Tree, tuple[Said, ...], str | None]]:
    """Each sentence's tree and attributions, or why it has none; read all at once, or one by one
    where that fails, so that a sentence that the reader chokes on takes no other with it.
    """
    try:
        reading = attempt("reader", lambda: read(source, spans))
        trees = _trees(source, reading, len(spans))
        return [(tree, _said_in(tree, reading), None) for tree in trees]
    except ModelError as error:
        if len(spans) == 1:
            return [(Tree(source, ()), (), f"It could not be read: {error}")]
        return [one for span in spans for one in _parsed(source, [span], read)]


def _said_in(tree: Tree, reading: Reading) -> tuple[Said, ...]:
    """The attributions whose cue stands in the sentence."""
    if not len(tree):
        return ()
    first, last = tree.tokens[0].start, tree.tokens[-1].end
    return tuple(s for s in reading.said if first <= s.cue.start and s.cue.end <= last)


def _trees(source: str, reading: Reading, count: int) -> list[Tree]:
    """One tree for each sentence; an empty one where the reader found no word in it."""
    found = {}
    for first, last in reading.sentences:
        words = reading.words[first:last]
        if words:
            tree = splices.sentences_apart(Tree.of(source, words, first))
            found[words[0].sentence] = mended(tree)
    return [found.get(k, Tree(source, ())) for k in range(count)]
