"""Do the posts that an article embeds still stand, and do they say what the article shows?

X is asked, else its public embed service; "gone", "protected", "suspended" and "could not tell" are
four answers, and no answer is never taken for one of the first three. It changes no verdict.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from verify import when
from verify.collect.patience import Patience
from verify.collect.xapi import BATCH, Answer, Json, XApi, is_handle
from verify.errors import FetchError
from verify.http import Response, Session
from verify.postid import is_plausible, x_time
from verify.read import dom
from verify.state import State
from verify.text import normalise
from verify.values import Article, Check, Post

Fate = Literal["stands", "gone", "protected", "suspended", "unknown"]

#: How long an answer is believed before it is asked for anew.
KEPT = timedelta(days=1)
#: Two texts this alike are one, links and white space aside (as `benchmarks.posts` counts).
SAME_TEXT = 0.95
#: An account this young when it posted is worth a look.
YOUNG = timedelta(days=30)
_ROOM = "lookups"
_OEMBED = "https://publish.twitter.com/oembed?omit_script=1&dnt=1&url="
_WAYBACK = "https://archive.org/wayback/available?url="
_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/|t\.co/)\S*")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found out about a post, by whom ("api", "oembed") and when."""

    fate: Fate
    detail: str
    asked_at: str
    by: Literal["api", "oembed", "nobody"]
    text: str | None = None
    handle: str | None = None
    author: str | None = None
    posted_at: str | None = None
    edits: int = 0
    account_since: str | None = None
    verified: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What a lookup needs: X where there is a token, the session, what is remembered, the clock."""

    api: XApi | None
    session: Session
    state: State
    patience: Patience


def look_up(posts: Iterable[Post], tools: Tools) -> dict[str, Lookup]:
    """Ask after posts on X, each id once; returns what was found by id. Never raises FetchError."""
    now = tools.patience.now()
    asked = {
        post.post_id: post.handle or "i"
        for post in posts
        if post.platform == "x" and post.post_id and is_plausible(post.post_id, now)
    }
    found: dict[str, Lookup] = {}
    for ident in asked:
        known = tools.state.get(_ROOM, ident, since=now - KEPT)
        if known is not None:
            found[ident] = Lookup(**known)
    waiting = {ident: handle for ident, handle in asked.items() if ident not in found}
    fresh = _by_api(waiting, tools) if tools.api is not None else {}
    for ident, handle in waiting.items():
        answer = fresh.get(ident) or _by_oembed(ident, handle, tools)
        copy = _archived(f"https://twitter.com/{handle}/status/{ident}", tools)
        found[ident] = replace(answer, copy=copy)
        if answer.fate != "unknown":
            tools.state.put(_ROOM, ident, asdict(found[ident]), now)
    return found


def _by_api(asked: Mapping[str, str], tools: Tools) -> dict[str, Lookup]:
    """Ask X itself; what it does not answer is left out."""
    assert tools.api is not None
    found: dict[str, Lookup] = {}
    ids = list(asked)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        try:
            answer = tools.api.posts(batch)
            known = {post["id"]: post for post in answer.data}
            missing = {i: _problem(answer, i) for i in batch if i not in known}
            closed = _closed([asked[i] for i in missing], tools)
        except FetchError:
            continue
        stamp = _stamp(tools.patience.now())
        for ident, post in known.items():
            if ident in asked:
                found[ident] = _standing(post, answer, stamp)
        for ident, problem in missing.items():
            fate = _missing(problem, asked[ident], closed)
            if fate is not None:
                found[ident] = Lookup(*fate, stamp, "api")
    return found


def _problem(answer: Answer, ident: str) -> str:
    """Return the type of the problem that X names for a post, "" where it names none."""
    for error in answer.errors:
        if ident in (str(error.get("resource_id")), str(error.get("value"))):
            return str(error.get("type") or "").rpartition("/")[2]
    return ""


def _closed(handles: Sequence[str], tools: Tools) -> dict[str, Fate]:
    """Ask which accounts are protected, suspended or gone."""
    assert tools.api is not None
    plain = sorted({h.casefold() for h in handles if h != "i" and is_handle(h)})
    found: dict[str, Fate] = {}
    for start in range(0, len(plain), BATCH):
        answer = tools.api.users(plain[start : start + BATCH])
        for user in answer.data:
            is_protected = user.get("protected") is True
            found[str(user.get("username")).casefold()] = "protected" if is_protected else "stands"
        for error in answer.errors:
            handle = str(error.get("value")).casefold()
            is_suspended = "suspended" in str(error.get("detail")).casefold()
            found[handle] = "suspended" if is_suspended else "gone"
    return found


def _missing(problem: str, handle: str, closed: Mapping[str, Fate]) -> tuple[Fate, str] | None:
    """Say why a post is missing; None where X did not say."""
    account = closed.get(handle.casefold())
    if account == "suspended":
        return "suspended", f"X has suspended the account @{handle}"
    if problem == "not-authorized-for-resource":
        if account == "protected":
            return "protected", f"@{handle} shows its posts to its followers only"
        return "unknown", "X does not show this post to programs, and does not say why"
    if problem == "resource-not-found":
        if account == "gone":
            return "gone", f"the account @{handle} does not exist any more"
        return "gone", "X has no such post any more: it was deleted, or never existed"
    return None


def _standing(post: Json, answer: Answer, stamp: str) -> Lookup:
    user = answer.users.get(str(post.get("author_id")), {})
    note = post.get("note_tweet")
    text = note.get("text") if isinstance(note, dict) else None
    history = post.get("edit_history_tweet_ids")
    edits = len(history) - 1 if isinstance(history, list) and history else 0
    verified = user.get("verified_type")
    made = post.get("created_at")
    exact = x_time(post["id"]) or (when.parse(made) if isinstance(made, str) else None)
    return Lookup(
        fate="stands",
        detail="X still shows it",
        asked_at=stamp,
        by="api",
        text=html.unescape(str(text or post.get("text") or "")) or None,
        handle=_text(user.get("username")),
        author=_text(user.get("name")),
        posted_at=_stamp(exact) if exact else None,
        edits=edits,
        account_since=_text(user.get("created_at")),
        verified=_text(verified) if verified != "none" else None,
    )


def _by_oembed(ident: str, handle: str, tools: Tools) -> Lookup:
    """Ask X's public embed service, which needs no key and says less."""
    stamp = _stamp(tools.patience.now())
    address = quote(f"https://twitter.com/{handle}/status/{ident}", safe="")
    try:
        answer = tools.session.get(_OEMBED + address, statuses=(403, 404))
    except FetchError as error:
        return Lookup("unknown", f"X could not be asked: {error}", stamp, "nobody")
    if answer.status == 403:
        return Lookup(
            "protected", "X embeds it for nobody: its account is protected", stamp, "oembed"
        )
    if answer.status == 404:
        why = "X embeds it no more: the post or its account is gone, X does not say which"
        return Lookup("gone", why, stamp, "oembed")
    shown = _object(answer)
    markup = dom.fragment(str(shown.get("html") or ""))
    quoted = None if markup is None else markup.find(".//p")
    if quoted is None:
        return Lookup("unknown", "X's embed service gave no post", stamp, "nobody")
    author = urlsplit(str(shown.get("author_url") or "")).path.strip("/")
    exact = x_time(ident)
    return Lookup(
        fate="stands",
        detail="X still embeds it",
        asked_at=stamp,
        by="oembed",
        text=dom.text(quoted) or None,
        handle=author or None,
        author=_text(shown.get("author_name")),
        posted_at=_stamp(exact) if exact else None,
    )


def _archived(address: str, tools: Tools) -> str | None:
    """Return the address of an archived copy, where the Wayback Machine has one."""
    try:
        answer = tools.session.get(_WAYBACK + quote(address, safe=""))
    except FetchError:
        return None
    snapshots = _object(answer).get("archived_snapshots")
    closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
    copy = closest.get("url") if isinstance(closest, dict) else None
    parts = urlsplit(copy) if isinstance(copy, str) else None
    is_theirs = parts is not None and parts.hostname == "web.archive.org"
    if not is_theirs or not closest or closest.get("available") is not True:
        return None
    return str(copy).replace("http://", "https://", 1)


def shown(article: Article, found: Mapping[str, Lookup]) -> Article:
    """Return the article with what was found about its posts, as checks of theirs.

    A post whose text the article does not carry gets it from X.
    """
    posts = tuple(
        _shown(post, found[post.post_id]) if post.post_id and post.post_id in found else post
        for post in article.posts
    )
    return replace(article, posts=posts)


def _shown(post: Post, found: Lookup) -> Post:
    checks = [_stands(found)]
    if found.fate == "stands":
        checks += [_same_text(post, found), _same_author(post, found)]
    if found.account_since:
        checks.append(_account(found))
    exact = when.parse(found.posted_at) if found.posted_at else None
    is_new = exact is not None and found.by == "api"
    return replace(
        post,
        text=post.text or found.text,
        author=post.author or found.author,
        handle=post.handle or found.handle,
        posted_at=exact if is_new else post.posted_at,
        posted_at_source="api" if is_new else post.posted_at_source,
        checks=(*post.checks, *checks),
    )


def _stands(found: Lookup) -> Check:
    name = "still-stands"
    asked = f"{found.detail} (asked {found.asked_at[:10]})"
    copy = f"; an archived copy: {found.copy}" if found.copy else ""
    if found.fate == "stands":
        edits = f"; edited {found.edits} times" if found.edits > 1 else ""
        edits = "; edited once" if found.edits == 1 else edits
        return Check(name, "warn" if found.edits else "pass", f"{asked}{edits}{copy}")
    if found.fate == "unknown":
        return Check(name, "unknown", f"could not tell: {asked}{copy}")
    return Check(name, "warn", f"{found.fate}: {asked}{copy}")


def _same_text(post: Post, found: Lookup) -> Check:
    name = "text-as-posted"
    if not found.text:
        return Check(name, "unknown", "X gave no text")
    if not post.text:
        return Check(name, "unknown", "the article does not carry the text; it is X's here")
    if _is_same(post.text, found.text):
        return Check(name, "pass", "the article shows the text that X shows")
    return Check(name, "fail", f"X shows another text: “{' '.join(found.text.split())}”")


def _is_same(embedded: str, posted: str) -> bool:
    ours, theirs = (normalise(_LINK.sub(" ", html.unescape(t))) for t in (embedded, posted))
    cut = ours.rstrip("….").rstrip()
    if ours != cut and len(cut) > 40 and theirs.startswith(cut):
        return True
    return ours == theirs or SequenceMatcher(None, ours, theirs, False).ratio() >= SAME_TEXT


def _same_author(post: Post, found: Lookup) -> Check:
    name = "author-as-posted"
    if not found.handle or not post.handle:
        return Check(name, "unknown", "one of the two accounts is not known")
    if found.handle.casefold() == post.handle.casefold():
        return Check(name, "pass", f"it is @{found.handle}'s")
    return Check(name, "fail", f"it is @{found.handle}'s, the article shows @{post.handle}")


def _account(found: Lookup) -> Check:
    since = when.parse(found.account_since or "")
    posted = when.parse(found.posted_at or "")
    verified = f", verified ({found.verified})" if found.verified else ", not verified"
    told = f"@{found.handle} exists since {(found.account_since or '')[:10]}{verified}"
    is_young = since is not None and posted is not None and posted - since < YOUNG
    if is_young:
        return Check("account", "warn", f"{told}: made shortly before this post")
    return Check("account", "pass", told)


def _object(answer: Response) -> Json:
    try:
        loaded: Any = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
