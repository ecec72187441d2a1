"""Statement pages of officials → statements, through the same reader as articles.

Robots are respected, and a page that has not changed is not read again. Every paragraph is the
site owner's statement; it never takes what a newspaper's page says for an official's words.
"""

from __future__ import annotations

from datetime import datetime

from verify.collect import conditional, paragraphs, robots
from verify.collect.gathered import Outcome, Tools, Words, owner, state
from verify.errors import FetchError, InputError
from verify.http import ARTICLE_TYPES
from verify.read import article as reader
from verify.values import Article


def collect(url: str, tools: Tools, published: datetime | None = None) -> Outcome:
    """Take in a page; `published` is its date where it shows none. Raises FetchError, InputError.

    Where the page is gone, what it said before is marked as withdrawn.
    """
    tools.patience.wait(robots.delay(url, tools), "the site asks for a pause")
    fetched = conditional.fetch(url, tools, ARTICLE_TYPES)
    if fetched.answer is None:
        return Outcome(url, notes=("unchanged",))
    now = tools.patience.now()
    if fetched.is_gone:
        count = tools.keep.withdraw(url, now, f"the page is gone ({fetched.answer.status})")
        if not count:
            raise FetchError(f"{url} is not there ({fetched.answer.status}); check the address")
        return Outcome(url, notes=(f"gone: {count} statements marked as withdrawn",))
    answer = fetched.answer
    kind = f"{answer.content_type}; charset={answer.encoding}" if answer.encoding else None
    article = reader.read_bytes(
        answer.content, url=answer.url, content_type=kind or answer.content_type, now=now
    )
    said_at = article.published_at or published
    if said_at is None:
        raise InputError(f"{url} shows no date; give it with --published DATE")
    source = owner(answer.url, tools.registry, said_at)
    gathered = [
        state(Words(text, answer.content, source, url, said_at), now, "page")
        for text in said(article)
    ]
    new, changed = tools.keep.revise(url, gathered) if gathered else (0, 0)
    conditional.taken(fetched, tools)
    notes = (f"{changed} earlier statements edited or withdrawn",) if changed else ()
    return Outcome(url, len(gathered), new, notes)


def said(article: Article) -> list[str]:
    """Return what a statement page says: its title and its paragraphs."""
    return paragraphs.of_text([article.title or "", *article.text.split("\n\n")])
