"""Official accounts' posts on X → statements: every post once, however often a run is cut short.

A page that was paid for is in `state.db` before anything else is done with it, together with the
stretch of the timeline it covers; from there it goes to the archive. A retweet is a relay: its
statement is the original author's. It never decides who is official, and never spends more posts
than it was told to.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from verify import when
from verify.collect import coverage
from verify.collect.coverage import Hole
from verify.collect.gathered import Gathered, Keep, Outcome, Words, state
from verify.collect.patience import Patience
from verify.collect.xapi import BATCH, Answer, Json, XApi, is_handle
from verify.errors import FetchError
from verify.postid import x_time
from verify.sources import Registry
from verify.state import State
from verify.values import Source

#: X shows no more than this of a timeline.
TIMELINE = 3200
#: The least that X takes for `max_results`.
_LEAST_PAGE = 5
#: `start_time` may not lie before it.
_FIRST_START = datetime(2010, 11, 6, tzinfo=UTC)
#: Pages without one new post in a row, after which a timeline is given up.
_MAX_IDLE = 20

_ROOM = "x"
_INBOX = "x-inbox"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read of an account: from when, how many posts at the most, replies, retweets."""

    since: datetime
    most: int = TIMELINE
    replies: bool = False
    retweets: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account on X; `posts` is how many posts it says it has, -1 where it does not say."""

    handle: str
    user_id: str
    name: str
    posts: int = -1
    created_at: datetime | None = None

    def at_most(self, wanted: Wanted) -> int:
        """Return how many posts a run may read at the most."""
        return wanted.most if self.posts < 0 else min(wanted.most, self.posts)

    def expected(self, wanted: Wanted, now: datetime) -> int:
        """Return how many posts a first run will read if the account kept its pace."""
        if self.posts < 0 or self.created_at is None or self.created_at >= now:
            return self.at_most(wanted)
        share = (now - max(wanted.since, self.created_at)) / (now - self.created_at)
        return min(self.at_most(wanted), max(0, round(self.posts * share)))


@dataclass(frozen=True, slots=True)
class Tools:
    """What collecting needs: X, what is remembered, who is who, where statements go, the clock."""

    api: XApi
    state: State
    registry: Registry
    keep: Keep
    patience: Patience


def accounts(handles: Sequence[str], tools: Tools) -> tuple[list[Account], list[Outcome]]:
    """Find the accounts of handles: those found, in order, and why the others were not.

    Accounts found once are remembered. Raises FetchError where X gives no answer at all.
    """
    plain = list(dict.fromkeys(handle.strip().lstrip("@") for handle in handles))
    known = {h.casefold(): tools.state.get(_ROOM, f"account {h.casefold()}") for h in plain}
    asked = [h for h in plain if known[h.casefold()] is None and is_handle(h)]
    reasons = {h.casefold(): "no account of X can be called so" for h in plain if not is_handle(h)}
    for start in range(0, len(asked), BATCH):
        answer = tools.api.users(asked[start : start + BATCH])
        for user in answer.data:
            known[str(user.get("username")).casefold()] = user
        for error in answer.errors:
            reasons[str(error.get("value")).casefold()] = str(error.get("detail") or "")
    for user in (known[h.casefold()] for h in asked):
        if user is not None:
            key = f"account {str(user['username']).casefold()}"
            tools.state.put(_ROOM, key, user, tools.patience.now())
    found = [_account(known[h.casefold()]) for h in plain if known[h.casefold()]]
    missing = [h for h in plain if not known[h.casefold()]]
    return found, [
        Outcome(f"@{h}", failure=reasons.get(h.casefold()) or "X knows no such account")
        for h in missing
    ]


def remembered(handles: Sequence[str], state: State) -> list[Account]:
    """Return the accounts of handles without asking X; of an unknown one only its handle."""
    plain = list(dict.fromkeys(handle.strip().lstrip("@") for handle in handles))
    known = [(h, state.get(_ROOM, f"account {h.casefold()}")) for h in plain]
    return [_account(user) if user else Account(h, "", h) for h, user in known]


def _account(user: Json) -> Account:
    metrics = user.get("public_metrics")
    count = metrics.get("tweet_count") if isinstance(metrics, dict) else None
    return Account(
        str(user["username"]),
        str(user["id"]),
        html.unescape(str(user.get("name") or user["username"])),
        count if isinstance(count, int) else -1,
        _time(user),
    )


def collect(account: Account, wanted: Wanted, tools: Tools) -> Outcome:
    """Read what is not yet read of an account's timeline and give it to the archive.

    What was read before a failure stays, and the next run goes on there. Raises ArchiveError where
    the archive cannot be written.
    """
    name = f"@{account.handle}"
    with tools.state.alone(f"x {account.user_id}") as is_mine:
        if not is_mine:
            return Outcome(name, notes=("another run reads it at this moment",))
        run = _Run(account, wanted, tools)
        failure = None
        run.deliver()
        try:
            run.read_all()
        except FetchError as error:
            failure = str(error)
        return Outcome(name, run.read, run.new, tuple(run.notes), failure)


class _Run:
    """One run over one account: pages into the inbox, from the inbox to the archive."""

    def __init__(self, account: Account, wanted: Wanted, tools: Tools) -> None:
        self._account = account
        self._wanted = wanted
        self._tools = tools
        kinds = f"{'+replies' * wanted.replies}{'+retweets' * wanted.retweets}"
        self._key = f"read {account.user_id}{kinds}"
        stored = tools.state.get(_ROOM, self._key) or []
        self._ranges: list[coverage.Range] = [(low, high) for low, high in stored]
        self._seen: set[str] = set()
        self.read = self.new = 0
        self.notes: list[str] = []

    def read_all(self) -> None:
        """Read every stretch not yet read, the newest first, up to the most that is wanted."""
        floor = coverage.first_id(self._wanted.since)
        for hole in coverage.holes(floor, self._ranges):
            self._read_hole(hole, is_bounded=hole.low > floor)
            if self.read >= self._wanted.most:
                self.notes.append(f"stopped after {self.read} posts; run again for the rest")
                return

    def deliver(self) -> None:
        """Give the archive every page that waits for it."""
        prefix = f"{self._account.user_id}/"
        for key, page in self._tools.state.notes(_INBOX, prefix):
            gathered = list(_statements(page, self._account, self._tools.registry))
            self.new += self._tools.keep(gathered)
            self._tools.state.drop(_INBOX, key)

    def _read_hole(self, hole: Hole, is_bounded: bool) -> None:
        asked = self._asked(hole, is_bounded)
        top = hole.high
        tokens: set[str] = set()
        idle = 0
        while self.read < self._wanted.most:
            size = max(_LEAST_PAGE, min(BATCH, self._wanted.most - self.read))
            answer = self._tools.api.timeline(self._account.user_id, max_results=size, **asked)
            posts = self._own(answer, hole)
            numbers = [int(post["id"]) for post in posts]
            if numbers and top is None:
                top = max(numbers)
            token = answer.next_token
            is_last = token is None or token in tokens or _is_below(answer, hole)
            if top is not None and (numbers or is_last):
                self._keep_page(posts, answer, (hole.low if is_last else min(numbers), top))
            self.deliver()
            if token in tokens:
                raise FetchError(
                    f"X gives the same page of @{self._account.handle} again and again; "
                    "what was read is kept, run again later"
                )
            idle = 0 if numbers else idle + 1
            if idle >= _MAX_IDLE:
                self.notes.append(f"X gave {idle} pages without a post; run again for the rest")
            if is_last or idle >= _MAX_IDLE:
                return
            tokens.add(str(token))
            asked["pagination_token"] = token

    def _asked(self, hole: Hole, is_bounded: bool) -> dict[str, Any]:
        asked: dict[str, Any] = {"expansions": ["edit_history_tweet_ids"]}
        if is_bounded:
            asked["since_id"] = str(hole.low - 1)
        else:
            asked["start_time"] = max(self._wanted.since, _FIRST_START)
        if hole.high is not None:
            asked["until_id"] = str(hole.high + 1)
        left_out = [
            name
            for name, is_wanted in (
                ("replies", self._wanted.replies),
                ("retweets", self._wanted.retweets),
            )
            if not is_wanted
        ]
        if left_out:
            asked["exclude"] = left_out
        if self._wanted.retweets:
            asked["expansions"] += ["referenced_tweets.id", "referenced_tweets.id.author_id"]
            asked["user_fields"] = ["username", "name"]
        return asked

    def _own(self, answer: Answer, hole: Hole) -> list[Json]:
        """Return the posts of the page that are this account's and lie where we asked."""
        return [
            post
            for post in answer.data
            if post["id"].isascii()
            and post["id"].isdigit()
            and post["id"] not in self._seen
            and hole.holds(int(post["id"]))
            and str(post.get("author_id", self._account.user_id)) == self._account.user_id
            and isinstance(post.get("text"), str)
        ]

    def _keep_page(self, posts: list[Json], answer: Answer, covered: coverage.Range) -> None:
        """Write a page and what it covers into the state, both or neither."""
        ranges = coverage.add(self._ranges, covered)
        now = self._tools.patience.now()
        page = {
            "posts": posts,
            "others": dict(answer.posts),
            "users": dict(answer.users),
            "at": now.isoformat(),
        }
        with self._tools.state.whole():
            if posts:
                key = f"{self._account.user_id}/{posts[0]['id']}"
                self._tools.state.put(_INBOX, key, page, now)
            self._tools.state.put(_ROOM, self._key, ranges, now)
        self._ranges = ranges
        self._seen.update(post["id"] for post in posts)
        self.read += len(posts)
        self._tools.patience.say(f"@{self._account.handle}: {self.read} posts")


def _is_below(answer: Answer, hole: Hole) -> bool:
    """Tell whether a page goes beyond what was asked for: the rest is older still."""
    numbers = [int(p["id"]) for p in answer.data if p["id"].isascii() and p["id"].isdigit()]
    return bool(numbers) and min(numbers) < hole.low


def _statements(page: Json, account: Account, registry: Registry) -> Iterator[Gathered]:
    """Make statements of a page: earlier versions first, each superseded by the later one."""
    fetched = datetime.fromisoformat(page["at"])
    for post in page["posts"]:
        for version in _versions(post, page["others"]):
            said = _words(version, account, registry, page)
            if said is None:
                continue
            history = [str(v) for v in _history(version) if str(v) != version["id"]]
            earlier = [v for v in history if int(v) < int(version["id"])]
            urls = tuple(address(account.handle, number) for number in earlier)
            yield state(said, fetched, "x", urls)


def _versions(post: Json, others: Mapping[str, Json]) -> list[Json]:
    earlier = [others[str(v)] for v in _history(post) if str(v) in others and str(v) != post["id"]]
    shared = {"edit_history_tweet_ids": _history(post)}
    return [*({**version, **shared} for version in earlier), post]


def _history(post: Json) -> list[Any]:
    ids = post.get("edit_history_tweet_ids")
    return [v for v in ids if str(v).isdigit()] if isinstance(ids, list) else []


def _words(post: Json, account: Account, registry: Registry, page: Json) -> Words | None:
    """Return what a post says and who says it; None where it says nothing."""
    original = _retweeted(post, page["others"])
    if original is not None:
        author = page["users"].get(str(original.get("author_id")), {})
        handle = str(author.get("username") or "i")
        speaker = Account(handle, "", html.unescape(str(author.get("name") or f"@{handle}")))
        said = _words({**original, "referenced_tweets": None}, speaker, registry, page)
        return replace(said, relayed_by=f"@{account.handle}") if said else None
    raw = _full_text(post)
    text = html.unescape(raw).strip()
    made = x_time(post["id"]) or _time(post)
    if not text or made is None:
        return None
    source = registry.by_handle(account.handle, "x", made) or Source(
        f"{account.name} (@{account.handle})"
    )
    return Words(text, raw, source, address(account.handle, post["id"]), made)


def _retweeted(post: Json, others: Mapping[str, Json]) -> Json | None:
    references = post.get("referenced_tweets")
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, dict) and reference.get("type") == "retweeted":
            return others.get(str(reference.get("id")))
    return None


def _full_text(post: Json) -> str:
    """Return a post's text, a long post's whole one."""
    note = post.get("note_tweet")
    whole = note.get("text") if isinstance(note, dict) else None
    return whole if isinstance(whole, str) and whole.strip() else str(post.get("text") or "")


def _time(made: Json) -> datetime | None:
    stated = made.get("created_at")
    return when.parse(stated) if isinstance(stated, str) else None


def address(handle: str, number: str) -> str:
    """Return a post's address."""
    return f"https://twitter.com/{handle}/status/{number}"
