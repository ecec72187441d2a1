"""What a site's robots.txt allows us, and how long it wants us to wait between pages.

As RFC 9309 says: no such file (4xx) allows all; one that cannot be had (5xx, no answer) allows
nothing for now. protego's one room.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from verify.collect.gathered import Tools
from verify.errors import FetchError

#: The name a site's rules can address us by.
AGENT = "verify"
#: How long an answer is believed (RFC 9309, 2.4).
KEPT = timedelta(hours=24)
#: No more of a robots.txt is read (RFC 9309, 2.5 asks for 500 KiB at least).
MAX_CHARACTERS = 512_000
MAX_DELAY = 60.0
_ABSENT = frozenset(range(400, 500)) - {429}


def delay(url: str, tools: Tools) -> float:
    """Return how many seconds to wait before fetching an address that robots.txt allows.

    Raises FetchError where it does not, or cannot be asked.
    """
    from protego import Protego

    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    rules = Protego.parse(_rules(site, tools))
    if not rules.can_fetch(url, AGENT):
        raise FetchError(
            f"{url} is closed to programs by {site}/robots.txt; save the page from a browser and "
            "give the file to `verify collect file`"
        )
    return min(float(rules.crawl_delay(AGENT) or 0.0), MAX_DELAY)


def _rules(site: str, tools: Tools) -> str:
    now = tools.patience.now()
    known = tools.state.get("robots", site, since=now - KEPT)
    if isinstance(known, str):
        return known
    try:
        answer = tools.session.get(f"{site}/robots.txt", statuses=_ABSENT)
    except FetchError as error:
        raise FetchError(
            f"{site}/robots.txt could not be asked whether programs may read the site: {error}"
        ) from error
    is_there = answer.status not in _ABSENT
    text = answer.content.decode("utf-8-sig", "replace")[:MAX_CHARACTERS] if is_there else ""
    tools.state.put("robots", site, text, now)
    return text
