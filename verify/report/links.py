"""Which foreign addresses may become links: http and https with a host, nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit


def link(url: str | None) -> str | None:
    """Give the address if it may be a link, else None; it is never changed or opened."""
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None
