"""X's API v2 as a loopback server plays it: accounts, timelines that page, faults in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from loopback import Reply, Request

from verify.collect.coverage import first_id

START = datetime(2026, 3, 1, tzinfo=UTC)
PROBLEM = "https://api.twitter.com/2/problems/"


def posts(count: int, author: str = "18576537", start: datetime = START) -> list[dict[str, Any]]:
    """Make posts, one every ten minutes, the newest first."""
    made = []
    for number in range(count):
        at = start + timedelta(minutes=10 * number)
        ident = str(first_id(at) + number)
        made.append(
            {
                "id": ident,
                "text": f"Statement {number}: sirens sounded &amp; {number} rockets were fired.",
                "author_id": author,
                "created_at": at.isoformat().replace("+00:00", ".000Z"),
                "edit_history_tweet_ids": [ident],
            }
        )
    return made[::-1]


def too_many(seconds: float | None = 900) -> Reply:
    headers = {} if seconds is None else {"x-rate-limit-reset": str(int(time.time() + seconds))}
    body = {"title": "Too Many Requests", "detail": "Too Many Requests", "status": 429}
    return Reply(429, body, headers)


@dataclass
class XServer:
    """`faults` answer the nth timeline request (from 1) instead of the timeline."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    includes: dict[str, Any] = field(default_factory=dict)
    faults: dict[int, Callable[[], Reply]] = field(default_factory=dict)
    token: str = "right"
    asked: int = 0
    served: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return Reply(401, {"title": "Unauthorized", "status": 401, "detail": "Unauthorized"})
        if request.path == "/2/users/by":
            return self._users(request.query["usernames"].split(","))
        if request.path == "/2/tweets":
            return self._lookup(request.query["ids"].split(","))
        return self._timeline(request)

    def _users(self, names: list[str]) -> Reply:
        found = [u for u in self.users.values() if u["username"].lower() in map(str.lower, names)]
        known = {u["username"].lower() for u in found}
        errors = [
            {
                "value": name,
                "detail": f"Could not find user with usernames: [{name}].",
                "title": "Not Found Error",
                "type": f"{PROBLEM}resource-not-found",
            }
            for name in names
            if name.lower() not in known
        ]
        return Reply(body={"data": found, "errors": errors} if errors else {"data": found})

    def _lookup(self, ids: list[str]) -> Reply:
        found = [p for p in self.posts if p["id"] in ids]
        known = {p["id"] for p in found}
        errors = [
            {
                "resource_id": ident,
                "value": ident,
                "title": "Not Found Error",
                "detail": f"Could not find tweet with ids: [{ident}].",
                "type": f"{PROBLEM}resource-not-found",
            }
            for ident in ids
            if ident not in known
        ]
        body = {"data": found, "includes": {"users": list(self.users.values()), **self.includes}}
        return Reply(body=body | ({"errors": errors} if errors else {}))

    def _timeline(self, request: Request) -> Reply:
        self.asked += 1
        if self.asked in self.faults:
            reply = self.faults[self.asked]()
            if reply.status != 200 or reply.body:
                return reply
        user = request.path.split("/")[3]
        query = request.query
        low, high = _bounds(query)
        known = [p for p in self.posts if p["author_id"] == user and low <= int(p["id"]) < high]
        size = int(query.get("max_results", 10))
        begin = int(query.get("pagination_token", "p0")[1:])
        page = known[begin : begin + size]
        self.served += [p["id"] for p in page]
        meta: dict[str, Any] = {"result_count": len(page)}
        if begin + size < len(known):
            meta["next_token"] = f"p{begin + size}"
        return Reply(body={"data": page, "includes": self.includes, "meta": meta})


def _bounds(query: dict[str, str]) -> tuple[int, int]:
    low = first_id(datetime.fromisoformat(query["start_time"])) if "start_time" in query else 0
    if "since_id" in query:
        low = int(query["since_id"]) + 1
    return low, int(query.get("until_id", 1 << 63))


def user(name: str = "IDF", ident: str = "18576537", count: int = 100) -> dict[str, Any]:
    return {
        "id": ident,
        "username": name,
        "name": "Israel Defense Forces",
        "created_at": "2009-01-27T00:00:00.000Z",
        "public_metrics": {"tweet_count": count},
        "verified_type": "government",
    }
