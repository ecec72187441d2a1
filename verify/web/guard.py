"""Who is let in: this machine's own names, requests of our own pages, and a token where one is set.

It looks at a request before anything else does: its Host, where it comes from, how large it is,
whether it shows the token; and it gives every answer its policy. It never reads what is asked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from verify.http import MAX_BYTES

COOKIE = "verify_token"
#: What may be asked for without the token: the form that asks for it, and its style.
OPEN = ("/enter", "/static/")
#: A file as large as one that is fetched, and the form around it.
MAX_BODY = MAX_BYTES + 100_000
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class _TooLarge(Exception):
    pass


class Keys:
    """The secrets of one run: the token, if one is demanded, and the key of our own forms."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token
        self.form = secrets.token_urlsafe(32)
        self._secret = secrets.token_bytes(32)

    def is_token(self, given: str) -> bool:
        """Tell whether it is the token, in constant time."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def is_form(self, given: str) -> bool:
        """Tell whether a form is one of our own, in constant time."""
        return hmac.compare_digest(given.encode(), self.form.encode())

    @property
    def cookie(self) -> str:
        """Return what a browser shows in place of the token; worthless after this run."""
        return hmac.new(self._secret, (self.token or "").encode(), hashlib.sha256).hexdigest()


class Guard:
    """The outermost layer of the application.

    `names` are the hosts it answers to besides addresses of numbers and localhost: a page of
    another host that makes its name lead here (DNS rebinding) is refused by its own name.
    """

    def __init__(self, app: ASGIApp, *, keys: Keys, names: Iterable[str] = ()) -> None:
        self._app = app
        self._keys = keys
        self._names = {"localhost", *(name.casefold().rstrip(".") for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refused = self._refusal(scope, Headers(scope=scope))
        sealed = _sealed(send)
        if refused is not None:
            await refused(scope, receive, sealed)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await sealed(message)

        try:
            await self._app(scope, _counted(receive), noting)
        except _TooLarge:
            if not begun:
                await _too_large(scope)(scope, receive, sealed)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if not self._is_ours(headers.get("host", "")):
            reason = "This page answers to its own address only; open the one it was started with."
            return _said(scope, reason, 421)
        if not _is_invited(scope, headers):
            reason = "Another site's page asked for this; it was refused. Open the page itself."
            return _said(scope, reason, 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return _too_large(scope)
        if self._keys.token is None or self._is_known(scope, headers):
            return None
        if scope["path"].startswith("/api/"):
            refused = _said(scope, "Give the token: Authorization: Bearer TOKEN.", 401)
            refused.headers["www-authenticate"] = "Bearer"
            return refused
        return RedirectResponse("/enter", 303)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name.rstrip(".") in self._names:
            return True
        try:
            ip_address(name)
        except ValueError:
            return False
        return True

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        if scope["path"].startswith(OPEN):
            return True
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.casefold() == "bearer" and self._keys.is_token(given.strip()):
            return True
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return held is not None and hmac.compare_digest(held.value, self._keys.cookie)


def _is_invited(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request comes from our own page, or from no page; links may lead here."""
    is_reading = scope["method"] in ("GET", "HEAD")
    site = headers.get("sec-fetch-site")
    is_link = is_reading and headers.get("sec-fetch-mode") == "navigate"
    if site not in (None, "same-origin", "none") and not is_link:
        return False
    origin = headers.get("origin")
    if origin is None or is_reading:
        return True
    try:
        return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()
    except ValueError:
        return False


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            raise _TooLarge
        return message

    return counting


def _sealed(send: Send) -> Send:
    async def sealing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sealing


def _too_large(scope: Scope) -> Response:
    return _said(scope, f"It is larger than {MAX_BYTES / 1e6:g} MB and was not read.", 413)


def _said(scope: Scope, reason: str, status: int) -> Response:
    if scope["path"].startswith("/api/"):
        content = json.dumps({"error": reason})
        return Response(content, status, media_type="application/json")
    return PlainTextResponse(f"{reason}\n", status)
