"""Whether embedded posts still stand: X, its embed service and the Wayback Machine on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Reply, Request
from x_server import PROBLEM, START, XServer, posts, user

from verify import lookup
from verify.collect.patience import Patience
from verify.collect.xapi import XApi
from verify.http import Secret
from verify.postid import x_time
from verify.state import State
from verify.values import Article, Check, Post

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
GONE, HIDDEN, SUSPENDED, DUMB = (p["id"] for p in posts(4, start=START + timedelta(days=9)))


def problem(ident: str, kind: str) -> dict[str, str]:
    return {"resource_id": ident, "value": ident, "type": PROBLEM + kind, "detail": "…"}


class World:
    """X, its embed service and the Wayback Machine; `oembed` and `copies` are by post id."""

    def __init__(self, x: XServer | None = None) -> None:
        self.x = x
        self.oembed: dict[str, Reply] = {}
        self.copies: dict[str, str] = {}
        self.hosts: list[str] = []

    def __call__(self, request: Request) -> Reply:
        self.hosts.append(request.host)
        if request.host == "api.twitter.com":
            assert self.x is not None
            return self.x(request)
        ident = request.query["url"].rsplit("/", 1)[1]
        if request.host == "publish.twitter.com":
            return self.oembed.get(ident, Reply(404, {"error": "not found"}))
        closest = {"available": True, "url": self.copies.get(ident), "timestamp": "20260302"}
        return Reply(body={"archived_snapshots": {"closest": closest} if closest["url"] else {}})


@contextmanager
def tools(folder: Path, world: World, now: datetime = NOW) -> Iterator[lookup.Tools]:
    patience = Patience(lambda seconds: None, now.timestamp)
    with Loopback(world) as server, State(folder / "state.db") as state:
        session = server.session(timeout=(1.0, 1.0))
        api = XApi(Secret("right"), session, patience) if world.x is not None else None
        yield lookup.Tools(api, session, state, patience)


def embedded(ident: str, text: str | None = "Sirens.", handle: str = "IDF") -> Post:
    return Post(f"p{ident[-3:]}", "x", ident, None, "IDF", handle, text, 0)


def look_up(folder: Path, world: World, *embeds: Post, now: datetime = NOW) -> dict[str, Any]:
    with tools(folder, world, now) as made:
        return lookup.look_up(embeds, made)


def checks(post: Post, found: lookup.Lookup) -> dict[str, Check]:
    article = lookup.shown(Article("", posts=(post,)), {post.post_id or "": found})
    return {check.name: check for check in article.posts[0].checks}


def idf(**options: Any) -> XServer:
    return XServer(posts(3), {"18576537": user()}, **options)


def test_a_post_that_stands_shows_its_text_author_time_and_account(tmp_path: Path):
    world = World(idf())
    ident = world.x.posts[0]["id"]
    post = embedded(ident, "Statement 2: sirens sounded & 2 rockets were fired. pic.twitter.com/x")
    found = look_up(tmp_path, world, post)[ident]
    assert (found.fate, found.by) == ("stands", "api")
    shown = lookup.shown(Article("", posts=(post,)), {ident: found}).posts[0]
    assert (shown.posted_at, shown.posted_at_source) == (x_time(ident), "api")
    told = checks(post, found)
    assert {name: check.result for name, check in told.items()} == {
        "still-stands": "pass",
        "text-as-posted": "pass",
        "author-as-posted": "pass",
        "account": "pass",
    }
    assert told["still-stands"].detail == "X still shows it (asked 2026-06-01)"
    assert told["account"].detail == "@IDF exists since 2009-01-27, verified (government)"


def test_another_text_or_author_than_embedded_is_said(tmp_path: Path):
    world = World(idf())
    ident = world.x.posts[0]["id"]
    post = embedded(ident, "Statement 2: no sirens sounded, all is calm here.", handle="1DF")
    told = checks(post, look_up(tmp_path, world, post)[ident])
    assert told["text-as-posted"].result == "fail"
    assert "“Statement 2: sirens sounded & 2 rockets were fired.”" in told["text-as-posted"].detail
    assert told["author-as-posted"].detail == "it is @IDF's, the article shows @1DF"


def test_an_edited_post_and_a_young_account_are_said(tmp_path: Path):
    world = World(idf())
    world.x.posts[0]["edit_history_tweet_ids"] = ["1", "2", world.x.posts[0]["id"]]
    world.x.users["18576537"] |= {"created_at": "2026-02-20T00:00:00.000Z", "verified_type": "none"}
    ident = world.x.posts[0]["id"]
    told = checks(embedded(ident), look_up(tmp_path, world, embedded(ident))[ident])
    assert "edited 2 times" in told["still-stands"].detail
    assert told["account"].result == "warn"
    assert told["account"].detail.endswith("not verified: made shortly before this post")


def test_a_post_whose_text_the_article_lacks_gets_it(tmp_path: Path):
    world = World(idf())
    ident = world.x.posts[0]["id"]
    found = look_up(tmp_path, world, embedded(ident, None))
    article = lookup.shown(Article("", posts=(embedded(ident, None),)), found)
    assert article.posts[0].text == "Statement 2: sirens sounded & 2 rockets were fired."
    assert checks(embedded(ident, None), found[ident])["text-as-posted"].result == "unknown"


def test_gone_protected_suspended_and_could_not_tell_are_four_answers(tmp_path: Path):
    def lookups(request: Request) -> Reply:
        if request.path == "/2/users/by":
            suspended = {"value": "bad", "detail": "User has been suspended: [bad]."}
            users = [user("shy", "5") | {"protected": True}, user("idf"), user("dumb", "6")]
            return Reply(body={"data": users, "errors": [suspended]})
        errors = [
            problem(GONE, "resource-not-found"),
            problem(HIDDEN, "not-authorized-for-resource"),
            problem(SUSPENDED, "not-authorized-for-resource"),
            problem(DUMB, "not-authorized-for-resource"),
        ]
        return Reply(body={"errors": errors})

    world = World(lookups)  # type: ignore[arg-type]
    world.copies[GONE] = "http://web.archive.org/web/20260302/https://twitter.com/IDF/status/1"
    embeds = [
        embedded(GONE),
        embedded(HIDDEN, handle="shy"),
        embedded(SUSPENDED, handle="bad"),
        embedded(DUMB, handle="dumb"),
    ]
    found = look_up(tmp_path, world, *embeds)
    assert [found[e.post_id or ""].fate for e in embeds] == [
        "gone",
        "protected",
        "suspended",
        "unknown",
    ]
    told = [checks(e, found[e.post_id or ""])["still-stands"] for e in embeds]
    assert told[0].detail == (
        "gone: X has no such post any more: it was deleted, or never existed (asked 2026-06-01); an"
        " archived copy: https://web.archive.org/web/20260302/https://twitter.com/IDF/status/1"
    )
    assert told[2].detail.startswith("suspended: X has suspended the account @bad")
    assert (told[3].result, told[3].detail[:14]) == ("unknown", "could not tell")


def shown_by_oembed(text: str) -> Reply:
    markup = f'<blockquote class="twitter-tweet"><p>{text}</p>&mdash; IDF (@IDF)</blockquote>'
    body = {"html": markup, "author_name": "IDF", "author_url": "https://twitter.com/IDF"}
    return Reply(body=body)


def test_without_a_token_the_embed_service_is_asked(tmp_path: Path):
    world = World()
    world.oembed = {
        GONE: shown_by_oembed("Sirens in the north. <a href='https://t.co/x'>pic</a>"),
        HIDDEN: Reply(403, {"error": "Sorry, you are not authorized to see this status."}),
        DUMB: Reply(200, "<html>maintenance</html>"),
    }
    embeds = [embedded(i, "Sirens in the north. pic") for i in (GONE, HIDDEN, SUSPENDED, DUMB)]
    found = look_up(tmp_path, world, *embeds)
    fates = [found[e.post_id or ""].fate for e in embeds]
    assert fates == ["stands", "protected", "gone", "unknown"]
    assert "api.twitter.com" not in world.hosts
    told = checks(embeds[0], found[GONE])
    assert (told["text-as-posted"].result, told["author-as-posted"].result) == ("pass", "pass")
    assert "account" not in told


@pytest.mark.parametrize("fault", [Reply(500), Reply(200, {}, cut=True), Reply(200, {}, hang=1.5)])
def test_a_service_that_fails_is_never_taken_for_a_post_that_is_gone(tmp_path: Path, fault: Reply):
    world = World()
    world.oembed = {GONE: fault}
    found = look_up(tmp_path, world, embedded(GONE))
    assert found[GONE].fate == "unknown"


def test_an_x_that_refuses_leaves_the_embed_service(tmp_path: Path):
    world = World(XServer(token="another"))
    world.oembed = {GONE: shown_by_oembed("Sirens.")}
    assert look_up(tmp_path, world, embedded(GONE))[GONE].by == "oembed"


def test_an_answer_is_kept_for_a_day_and_no_answer_is_not_kept(tmp_path: Path):
    world = World()
    world.oembed = {GONE: shown_by_oembed("Sirens."), DUMB: Reply(500)}
    look_up(tmp_path, world, embedded(GONE), embedded(DUMB))
    world.hosts.clear()
    again = look_up(tmp_path, world, embedded(GONE), now=NOW + timedelta(hours=23))
    assert world.hosts == []
    assert again[GONE].asked_at == "2026-06-01T12:00:00+00:00"
    look_up(tmp_path, world, embedded(DUMB))
    look_up(tmp_path, world, embedded(GONE), now=NOW + timedelta(hours=25))
    assert world.hosts.count("publish.twitter.com") == 2


def test_posts_of_other_platforms_and_impossible_ids_are_not_asked_for(tmp_path: Path):
    world = World()
    other = Post("p1", "telegram", "42", None, None, "idf", "Sirens.", 0)
    future = embedded(str(1 << 62))
    assert look_up(tmp_path, world, other, future) == {}
    assert world.hosts == []


def test_an_archived_copy_elsewhere_than_at_the_archive_is_not_believed(tmp_path: Path):
    world = World()
    world.oembed = {GONE: shown_by_oembed("Sirens.")}
    world.copies[GONE] = "https://web.archive.org.evil.example/web/1"
    assert look_up(tmp_path, world, embedded(GONE))[GONE].copy is None
