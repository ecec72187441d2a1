"""X's API v2 through tweepy, as plain calls that wait, try again and explain; tweepy's one room.

tweepy has no time limit, writes its token into DEBUG logs, calls itself again on every 429, and
trips over error bodies that are no objects. So it gets a lent session (guard, limits, the token
written in only as a request leaves), never waits itself, and its answers are read as untrusted
JSON. Nothing here decides what is collected, and no error holds a request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verify.collect.patience import Patience
from verify.errors import FetchError
from verify.http import Raw, Secret, Session

#: What tweepy is given for a token.
_WITHHELD = "withheld"
#: Seconds before each new try after a 5xx, a time-out or a cut connection.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
#: X's windows last 15 minutes; a reset later than this, or none, is taken for one of them.
WINDOW = 15 * 60.0
#: So many waits in a row for one request, and X is left alone.
MAX_WAITS = 4
#: Accounts and posts in one request.
BATCH = 100

_POST_FIELDS = [
    "author_id", "created_at", "edit_history_tweet_ids", "in_reply_to_user_id", "lang",
    "note_tweet", "referenced_tweets", "text",
]  # fmt: skip
_USER_FIELDS = [
    "created_at", "protected", "public_metrics", "username", "name", "verified", "verified_type",
]  # fmt: skip
_REASONS = {
    400: "X did not understand the request",
    401: "X refused the token; put a valid bearer token in X_BEARER_TOKEN",
    402: "X asks for payment; add credit to the account of the token, then run again",
    403: "X forbids it to this token; check what its plan allows",
    404: "X knows no such account or post",
}

Json = dict[str, Any]
#: What X allows for a handle; one that is none would make it refuse all those asked with it.
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}", re.ASCII)


def is_handle(text: str) -> bool:
    """Tell whether a text can be an account's handle, without "@"."""
    return _HANDLE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What X answered: the `data`, what it refers to, what is missing and why, the next page."""

    data: tuple[Json, ...]
    posts: Mapping[str, Json]
    users: Mapping[str, Json]
    errors: tuple[Json, ...]
    next_token: str | None


@dataclass(slots=True)
class _Last:
    """The status, headers and body of the last answer, whatever tweepy makes of it."""

    status: int | None = None
    reset: str | None = None
    content: bytes = b""
    broken: str | None = field(default=None)


class XApi:
    """X behind the one guarded session; for one thread."""

    def __init__(self, token: Secret, session: Session, patience: Patience | None = None) -> None:
        from tweepy import Client

        self._patience = patience or Patience()
        self._last = _Last()
        self._offline = session.offline
        self._client = Client(_WITHHELD, return_type=Raw)
        self._client.session = session.lend(token)
        self.requests = 0

    def users(self, handles: Sequence[str]) -> Answer:
        """Return the accounts with these handles, at most 100."""
        return self._ask(
            lambda: self._client.get_users(usernames=list(handles), user_fields=_USER_FIELDS)
        )

    def posts(self, ids: Sequence[str]) -> Answer:
        """Return the posts with these ids, at most 100, with accounts and earlier versions."""
        return self._ask(
            lambda: self._client.get_tweets(
                list(ids),
                tweet_fields=_POST_FIELDS,
                user_fields=_USER_FIELDS,
                expansions=["author_id", "edit_history_tweet_ids"],
            )
        )

    def timeline(self, user_id: str, **asked: Any) -> Answer:
        """Return one page of an account's posts, the newest first.

        `asked` are the endpoint's own parameters (`since_id`, `until_id`, `start_time`, `exclude`,
        `pagination_token`, `max_results`, `expansions`).
        """
        return self._ask(
            lambda: self._client.get_users_tweets(user_id, tweet_fields=_POST_FIELDS, **asked)
        )

    def _ask(self, send: Callable[[], Any]) -> Answer:
        """Send a request until it is answered or there is no point in it. Raises FetchError."""
        if self._offline:
            raise FetchError("X was not asked: the program runs offline (leave out --offline)")
        failures = waits = 0
        while True:
            found = self._try(send)
            if found is not None:
                return found
            last = self._last
            if last.status == 429 and waits < MAX_WAITS:
                waits += 1
                self._patience.wait(self._until_reset(), "X allows no more requests for now")
            elif self._is_passing() and failures < len(PAUSES):
                self._patience.wait(PAUSES[failures], "X failed, trying again")
                failures += 1
            else:
                raise FetchError(self._explained(), last.status)

    def _try(self, send: Callable[[], Any]) -> Answer | None:
        """Send once; None where there was no answer to use, with `_last` saying why."""
        from tweepy import TweepyException

        self._last = last = _Last()
        self._client.session.hooks["response"] = [self._note]
        self.requests += 1
        # The rest are what tweepy's reading of a malformed error or header raises.
        try:
            response = send()
        except FetchError as error:
            if last.status is None or last.status < 400:
                last.status, last.broken = None, str(error)
            return None
        except (TweepyException, AttributeError, KeyError, TypeError, ValueError):
            return None
        last.content = response.content
        try:
            loaded = json.loads(last.content)
        except (ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, dict):
            return _answer(loaded)
        last.status, last.broken = None, "X answered something that is no JSON object"
        return None

    def _note(self, response: Any, *_: Any, **__: Any) -> None:
        self._last.status = response.status_code
        self._last.reset = response.headers.get("x-rate-limit-reset")

    def _is_passing(self) -> bool:
        """Tell whether trying again may help: no answer, half an answer, or the server's fault."""
        status = self._last.status
        return status is None or status >= 500 or status in (408, 425)

    def _until_reset(self) -> float:
        try:
            seconds = float(self._last.reset or "") - self._patience.clock() + 1
        except ValueError:
            return WINDOW
        return max(seconds, 1.0) if seconds <= WINDOW + 60 else WINDOW

    def _explained(self) -> str:
        last = self._last
        if last.status is None:
            return last.broken or "X gave no answer; run again later"
        if last.status == 429:
            return "X allows no more requests even after waiting; run again later"
        known = _REASONS.get(last.status)
        if known is None:
            return f"X keeps failing (it answers {last.status}); run again later"
        return f"{known} (it answers {last.status})"


def _answer(loaded: Json) -> Answer:
    """Read an answer and leave out of it whatever has not the promised form."""
    data = loaded.get("data")
    meta = _dict(loaded.get("meta"))
    includes = _dict(loaded.get("includes"))
    token = meta.get("next_token")
    return Answer(
        data=_objects([data] if isinstance(data, dict) else data),
        posts={item["id"]: item for item in _objects(includes.get("tweets"))},
        users={item["id"]: item for item in _objects(includes.get("users"))},
        errors=tuple(e for e in _list(loaded.get("errors")) if isinstance(e, dict)),
        next_token=token if isinstance(token, str) and token else None,
    )


def _objects(value: Any) -> tuple[Json, ...]:
    """Return the objects that have an id."""
    return tuple(
        item for item in _list(value) if isinstance(item, dict) and isinstance(item.get("id"), str)
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
