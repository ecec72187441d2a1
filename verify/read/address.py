"""What an address says of a social-media post: platform, id, account; it never fetches anything.

Sees through wrappers: affiliate links (`…redirectingat.com/?url=`), web archives, embed frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Address:
    """A post's place on its platform; `url` is its usual public address."""

    platform: str
    post_id: str
    url: str
    handle: str | None = None
    media: bool = False


_END = r"(?![\w-])"
_X = re.compile(
    r"(?:^|[/.=\s\"'(<])(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com(?::\d+)?/(?:\#!/)?"
    r"(?:i/(?:web/)?|(?P<handle>\w{1,20})/)?"
    r"(?:status(?:es)?|tweet|videos/tweet)/(?P<id>\d{1,19})(?!\d)(?P<rest>/(?:photo|video)\b)?",
    re.IGNORECASE,
)
_X_FRAME = re.compile(
    r"platform\.(?:twitter|x)\.com/embed/\S*?[?&#](?:id|tweetid)=(?P<id>\d{1,19})", re.IGNORECASE
)
_TELEGRAM = re.compile(
    rf"(?:^|[/.])(?:t|telegram)\.me/(?:s/)?(?P<handle>[A-Za-z]\w{{2,31}})/(?P<id>\d+){_END}"
)
_FACEBOOK = re.compile(
    r"(?:^|[/.])facebook\.com/(?:(?P<handle>[\w.-]+)/(?:posts|videos|photos(?:/[\w.]+)?|reel)/"
    r"(?:[^/?#\s]+/)?(?P<id>(?:pfbid)?\w+)|reel/(?P<reel>\d+)"
    r"|(?P<path>permalink\.php|story\.php|photo(?:\.php)?|watch|video\.php)/?\?(?P<query>[^\s#\"]+))",
    re.IGNORECASE,
)
_FACEBOOK_ID = re.compile(r"(?:^|[?&;])(?:story_fbid|fbid|v)=(?P<id>\w+)")
_INSTAGRAM = re.compile(
    rf"(?:^|[/.])(?:instagram\.com|instagr\.am)/(?:(?P<handle>[\w.]+)/)?(?P<kind>p|reel|reels|tv)/"
    rf"(?P<id>[\w-]{{5,}}){_END}"
)
_TIKTOK = re.compile(
    r"(?:^|[/.])tiktok\.com/(?:@(?P<handle>[\w.-]+)/(?:video|photo)/|embed/(?:v\d/)?|player/v\d/|v/)"
    rf"(?P<id>\d{{6,}}){_END}"
)
_YOUTUBE = re.compile(
    r"(?:^|[/.])(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/|watch\?(?:[^\s#]*?&(?:amp;)?)?v=)"
    rf"|youtu\.be/)(?P<id>(?!videoseries)[\w-]{{11}}){_END}"
)
_BLUESKY = re.compile(
    r"(?:bsky\.app/profile/(?P<handle>[\w.:-]+)/post/|at://(?P<did>[\w.:-]+)/app\.bsky\.feed\.post/"
    r"|embed\.bsky\.app/embed/(?P<did2>[\w.:-]+)/app\.bsky\.feed\.post/)(?P<id>\w+)"
)
_THREADS = re.compile(
    r"(?:^|[/.])threads\.(?:net|com)/(?:@(?P<handle>[\w.]+)/post|t)/(?P<id>[\w-]+)"
)
_TRUTH = re.compile(
    r"(?:^|[/.])truthsocial\.com/(?:@(?P<handle>\w+)/|users/(?P<user>\w+)/)(?:posts/|statuses/)?"
    r"(?P<id>\d{6,})"
)
_MASTODON = re.compile(
    r"https?://(?P<host>[\w.-]+\.[a-z]{2,})/(?:@(?P<handle>\w+(?:@[\w.-]+)?)/|users/(?P<user>\w+)/statuses/)"
    r"(?P<id>\d{6,})(?:/embed)?(?=[/?#\s]|$)",
    re.IGNORECASE,
)


def _x(match: re.Match[str]) -> Address:
    groups = match.groupdict()
    handle = groups.get("handle")
    if handle and handle.lower() in ("i", "statuses", "web"):
        handle = None
    number = groups["id"]
    url = f"https://twitter.com/{handle or 'i/web'}/status/{number}"
    return Address("x", number, url, handle, bool(groups.get("rest")))


def _telegram(match: re.Match[str]) -> Address:
    handle, number = match["handle"], match["id"]
    return Address("telegram", number, f"https://t.me/{handle}/{number}", handle)


def _facebook(match: re.Match[str]) -> Address | None:
    if match["query"]:
        found = _FACEBOOK_ID.search(match["query"])
        if not found:
            return None
        url = f"https://www.facebook.com/{match['path']}?{match['query']}"
        media = match["path"].startswith(("watch", "video", "photo"))
        return Address("facebook", found["id"], url, None, media)
    if match["reel"]:
        url = f"https://www.facebook.com/reel/{match['reel']}"
        return Address("facebook", match["reel"], url, None, True)
    path = match.group().split("facebook.com/", 1)[1]
    media = "/posts/" not in path
    return Address(
        "facebook", match["id"], f"https://www.facebook.com/{path}", match["handle"], media
    )


def _instagram(match: re.Match[str]) -> Address:
    kind = "reel" if match["kind"] == "reels" else match["kind"]
    url = f"https://www.instagram.com/{kind}/{match['id']}/"
    handle = match["handle"]
    return Address("instagram", match["id"], url, handle, True)


def _tiktok(match: re.Match[str]) -> Address:
    handle = match["handle"]
    url = f"https://www.tiktok.com/@{handle or ''}/video/{match['id']}"
    return Address("tiktok", match["id"], url, handle, True)


def _youtube(match: re.Match[str]) -> Address:
    return Address(
        "youtube", match["id"], f"https://www.youtube.com/watch?v={match['id']}", None, True
    )


def _bluesky(match: re.Match[str]) -> Address:
    account = match["handle"] or match["did"] or match["did2"]
    handle = None if account.startswith("did:") else account
    return Address(
        "bluesky", match["id"], f"https://bsky.app/profile/{account}/post/{match['id']}", handle
    )


def _threads(match: re.Match[str]) -> Address:
    handle = match["handle"]
    path = f"@{handle}/post" if handle else "t"
    return Address("threads", match["id"], f"https://www.threads.net/{path}/{match['id']}", handle)


def _truth(match: re.Match[str]) -> Address:
    handle = match["handle"] or match["user"]
    return Address(
        "truthsocial", match["id"], f"https://truthsocial.com/@{handle}/{match['id']}", handle
    )


def _mastodon(match: re.Match[str]) -> Address:
    user = match["handle"] or match["user"]
    url = f"https://{match['host']}/@{user}/{match['id']}"
    return Address("mastodon", match["id"], url, user if "@" in user else f"{user}@{match['host']}")


#: In this order: Truth Social's addresses look like Mastodon's, whose hosts are anyone's.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Address | None]], ...] = (
    (_X_FRAME, _x),
    (_X, _x),
    (_TELEGRAM, _telegram),
    (_FACEBOOK, _facebook),
    (_INSTAGRAM, _instagram),
    (_TIKTOK, _tiktok),
    (_YOUTUBE, _youtube),
    (_BLUESKY, _bluesky),
    (_THREADS, _threads),
    (_TRUTH, _truth),
    (_MASTODON, _mastodon),
)


def parse(text: str | None) -> Address | None:
    """Return the post that an address or a frame's source leads to, None where to none."""
    if not text:
        return None
    current = text.strip()[:4000]
    for _ in range(3):  # wrappers encode the wrapped address once or twice
        for pattern, build in _FORMS:
            match = pattern.search(current)
            if match and (found := build(match)):
                return found
        decoded = unquote(current)
        if decoded == current:
            return None
        current = decoded
    return None


def parse_x(text: str | None) -> Address | None:
    """Return the X post that an address leads to, and no other platform's."""
    found = parse(text)
    return found if found and found.platform == "x" else None
