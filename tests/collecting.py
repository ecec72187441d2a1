"""Made sites and their owners, and a place to collect them into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from loopback import Loopback, Reply, Request

from verify.archive import Archive, provenance
from verify.collect import keeping
from verify.collect.gathered import Tools
from verify.collect.patience import Patience
from verify.sources import Registry, parse
from verify.state import State
from verify.values import Statement

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REGISTRY = Registry(
    tuple(
        parse(
            """
[coastguard]
name = "Coast Guard"
handles = ["coastguard"]
domains = ["coastguard.example"]
kind = "emergency-service"
party = "Atlantis"

[ministry]
name = "Interior Ministry"
handles = ["moi_atlantis", "telegram:moi"]
domains = ["moi.example"]
kind = "government"
party = "Atlantis"
""",
            "test",
        )
    )
)
FEED = "https://coastguard.example/feed.xml"
PAGE = "https://www.moi.example/statements/7"
FIRST = "The fire at the harbour broke out at four in the morning and was put out by noon."
SECOND = "Two firefighters were injured and are being treated in hospital, the ministry says."


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>BBC News</title>'
        f"<link>https://coastguard.example/</link>{''.join(items)}</channel></rss>"
    )


def item(number: int, text: str, link: str = "https://coastguard.example/news/{}") -> str:
    day = f"{number:02}"
    return (
        f"<item><title>Bulletin number {number} of the Coast Guard</title>"
        f"<link>{link.format(number)}</link><pubDate>Fri, {day} May 2026 08:00:00 GMT</pubDate>"
        f"<description><![CDATA[<p>{text}</p><script>x()</script>]]></description></item>"
    )


class Web:
    """A site: addresses without scheme → replies; ETags are honoured; all else is 404."""

    def __init__(self, **addresses: Reply) -> None:
        self.addresses: dict[str, Reply] = dict(addresses)
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Reply:
        address = f"{request.host}{request.path}"
        self.asked.append(address)
        reply = self.addresses.get(address, Reply(404, "nothing"))
        tag = reply.headers.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            return Reply(304, b"", {"ETag": tag})
        return reply


@contextmanager
def tools(folder: Path, web: Any, said: list[str] | None = None) -> Iterator[Tools]:
    heard = said if said is not None else []
    patience = Patience(lambda seconds: None, NOW.timestamp, heard.append)
    with (
        Loopback(web) as server,
        State(folder / "state.db") as state,
        keeping.into(folder / "archive.db", state) as keep,
    ):
        yield Tools(server.session(timeout=(2.0, 2.0)), state, REGISTRY, keep, patience)


def everything(folder: Path) -> list[Statement]:
    with Archive.open(folder / "archive.db", readonly=True) as archive:
        return archive.all()


def fates(folder: Path) -> dict[str, provenance.Fate]:
    with Archive.open(folder / "archive.db", readonly=True) as archive:
        return {s.text: provenance.fate(archive, s.id) for s in archive.all()}


def html(*paragraphs: str, title: str = "Statement on the fire at the harbour") -> Reply:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = (
        f"<html><head><title>{title}</title>"
        '<meta property="article:published_time" content="2026-05-04T09:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return Reply(200, page, {"Content-Type": "text/html; charset=utf-8"})
