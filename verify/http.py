"""The one guarded session: the only way to the network; it never reaches private addresses.

Every address, at every redirect, is resolved once, refused if it is private, loopback, link-local
or a cloud's metadata service, and the very address that was looked at is then connected to. What
comes back is capped in *decompressed* bytes and in time. No cookies, no stored passwords.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from verify.errors import FetchError

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
#: Seconds to connect, and to wait for the next byte.
TIMEOUT = (10.0, 20.0)
#: Seconds for a whole answer; a server that drips bytes is cut off here.
DEADLINE = 90.0
USER_AGENT = "verify/0.1 (claim verifier for newsrooms; reads a page when a person asks)"
#: What an article can be in.
ARTICLE_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/warc",
        "application/wacz",
        "application/wacz+zip",
        "application/gzip",
        "application/x-gzip",
        "application/zip",
        "application/octet-stream",
        "",
    }
)
#: What a lent session answers with, for a library that asks for the type.
Raw = requests.Response
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Its refusals are raised; printing them as well would be noise on stderr.
logging.getLogger("requests_hardened").addHandler(logging.NullHandler())

#: Makes the adapter for http (False) or https (True): the seam at which tests open the guard.
Guard = Callable[[bool], HTTPAdapter]


class Secret(requests.auth.AuthBase):
    """A key that writes itself into a header as a request leaves, and shows itself nowhere else."""

    def __init__(self, value: str, header: str = "Authorization", form: str = "Bearer {}") -> None:
        self._value = value
        self._header = header
        self._form = form

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Write the key into a request."""
        request.headers[self._header] = self._form.format(self._value)
        return request

    def __repr__(self) -> str:
        """Say that there is a key, and no more."""
        return "Secret(…)"

    def struck(self, content: bytes) -> bytes:
        """Return what a server answered without the key, which it may have repeated."""
        return content.replace(self._value.encode(), b"[secret]")


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answered: `url` after redirects, `encoding` only where stated."""

    url: str
    content: bytes
    content_type: str
    encoding: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def guarded(is_https: bool, *, allow_loopback: bool = False, retries: int = 2) -> HTTPAdapter:
    """Make an adapter that refuses addresses outside the public internet and retries politely."""
    from requests_hardened.ip_filter_adapter import IPFilterAdapter

    adapter: HTTPAdapter = IPFilterAdapter(is_https, allow_loopback=allow_loopback)
    adapter.max_retries = Retry(
        total=retries,
        redirect=0,
        backoff_factor=0.5,
        backoff_max=8,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=frozenset({"GET", "HEAD"}),
        raise_on_status=False,
        respect_retry_after_header=False,
    )
    return adapter


class Session:
    """Fetches addresses through a guard; `offline` refuses every one of them.

    `guard` makes the adapters and is replaced in tests only; `max_bytes` caps one answer, `timeout`
    is in seconds: to connect, and to wait for the next byte.
    """

    def __init__(
        self,
        *,
        offline: bool = False,
        guard: Guard = guarded,
        max_bytes: int = MAX_BYTES,
        user_agent: str = USER_AGENT,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.offline = offline
        self.max_bytes = max_bytes
        self.timeout = timeout
        self._guard = guard
        self._user_agent = user_agent
        self._requests: requests.Session | None = None

    def get(
        self,
        url: str,
        *,
        types: Collection[str] | None = None,
        headers: Mapping[str, str] | None = None,
        statuses: Collection[int] = (),
    ) -> Response:
        """Fetch an http(s) address, following at most five redirects, each of them guarded.

        `types` are the content types that are welcome (None: all), `statuses` those of 400 and
        above that are answers to the caller. Raises FetchError, in one line, where the address is
        refused, down, too large, too slow, of another type, or answers another 4xx or 5xx.
        """
        self._refuse_offline(url)
        target = _checked(url)
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._send(target, headers or {})
            with answer:
                location = answer.headers.get("Location")
                if answer.status_code in _REDIRECTS and location:
                    target = _checked(urljoin(target, location))
                    continue
                if answer.status_code in statuses:
                    return self._receive(answer, target, None)
                _refuse_status(answer, target)
                return self._receive(answer, target, types)
        raise FetchError(f"{url} redirects more than {MAX_REDIRECTS} times; give the final address")

    def lend(self, secret: Secret) -> requests.Session:
        """Lend a library that makes its own requests a session behind the same guard.

        It follows no redirect, retries nothing, has this session's limits, and raises FetchError.
        `secret` goes into each request as it leaves, so that the library never holds it.
        """
        lent = _Lent(self, secret)
        for scheme, is_https in (("http://", False), ("https://", True)):
            adapter = self._guard(is_https)
            adapter.max_retries = Retry(0, read=False)
            lent.mount(scheme, adapter)
        return lent

    def close(self) -> None:
        """Close the connections."""
        if self._requests is not None:
            self._requests.close()
            self._requests = None

    def _refuse_offline(self, url: str) -> None:
        if self.offline:
            raise FetchError(
                f"{url} was not fetched: the program runs offline (leave out --offline)"
            )

    def _open(self) -> requests.Session:
        if self._requests is None:
            session = requests.Session()
            session.mount("http://", self._guard(False))
            session.mount("https://", self._guard(True))
            session.headers["User-Agent"] = self._user_agent
            session.auth = _no_auth
            self._requests = session
        return self._requests

    def _send(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        session = self._open()
        session.cookies.clear()
        try:
            return session.get(
                url, headers=dict(headers), stream=True, allow_redirects=False, timeout=self.timeout
            )
        except (requests.RequestException, HTTPError, UnicodeError, ValueError) as error:
            raise FetchError(f"{url} {_reason(error)}") from error

    def _receive(
        self, answer: requests.Response, url: str, types: Collection[str] | None
    ) -> Response:
        content_type, charset = _content_type(answer.headers.get("Content-Type", ""))
        if types is not None and content_type not in types:
            raise FetchError(
                f"{url} is {content_type}, which holds no article; give a page's address"
            )
        content = self._read(answer, url)
        return Response(
            url, content, content_type, charset, answer.status_code, dict(answer.headers)
        )

    def _read(self, answer: requests.Response, url: str) -> bytes:
        end = time.monotonic() + DEADLINE
        parts: list[bytes] = []
        size = 0
        try:
            for part in answer.iter_content(1 << 16):
                size += len(part)
                if size > self.max_bytes:
                    megabytes = self.max_bytes / 1_000_000
                    raise FetchError(f"{url} is larger than {megabytes:g} MB and was not read")
                if time.monotonic() > end:
                    raise FetchError(f"{url} took longer than {DEADLINE:g} s; try again later")
                parts.append(part)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise FetchError(f"{url} {_reason(error)}") from error
        return b"".join(parts)


class _Lent(requests.Session):
    """What `Session.lend` lends."""

    def __init__(self, owner: Session, secret: Secret) -> None:
        super().__init__()
        self._owner = owner
        self._secret = self.auth = secret

    def request(  # type: ignore[override]
        self, method: str | bytes, url: str | bytes, **options: Any
    ) -> requests.Response:
        """Send one request through the guard and read its answer, within the owner's limits."""
        owner, address = self._owner, str(url)
        owner._refuse_offline(address)
        limits = {"timeout": owner.timeout, "allow_redirects": False, "stream": True}
        self.cookies.clear()
        # The error is raised outside the handler: the one it comes from holds the request, and the
        # request its credentials.
        try:
            answer = super().request(method, url, **(options | limits))
            answer._content = self._secret.struck(owner._read(answer, address))
            for name, value in answer.headers.items():
                answer.headers[name] = self._secret.struck(value.encode()).decode()
            return answer
        except (requests.RequestException, HTTPError, UnicodeError, ValueError) as error:
            reason = f"{address} {_reason(error)}"
        except FetchError as error:
            reason = str(error)
        raise FetchError(reason)


def _refuse_status(answer: requests.Response, url: str) -> None:
    if answer.status_code >= 400:
        raise FetchError(
            f"{url} answered {answer.status_code} {answer.reason or ''}".rstrip()
            + "; open it in a browser, save the page and give the file",
            answer.status_code,
        )


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no password: keeps requests from looking into ~/.netrc."""
    return request


def _checked(url: str) -> str:
    """Return the address without user name and fragment, or refuse it."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is no valid address") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise FetchError(f"{url} is refused: only http and https addresses are read")
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))


def _content_type(header: str) -> tuple[str, str | None]:
    kind = header.split(";", 1)[0].strip().lower()
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", header, re.IGNORECASE)
    return kind, charset.group(1) if charset else None


def _reason(error: BaseException) -> str:
    """Say in words what went wrong, for a person."""
    name = type(error).__name__
    if name == "InvalidIPAddress":
        return f"is refused: it leads to the address {error}, which is not on the public internet"
    if isinstance(error, requests.exceptions.SSLError):
        return "has no valid certificate; open it in a browser, save the page and give the file"
    if isinstance(error, requests.Timeout):
        return "did not answer in time; try again later"
    if isinstance(error, requests.exceptions.RetryError):
        return "kept failing; try again later"
    if isinstance(error, requests.exceptions.InvalidURL | UnicodeError | ValueError):
        return "is no valid address"
    if isinstance(error, requests.ConnectionError):
        return "could not be reached; check the address and the network"
    return f"could not be read ({name}); try again later"
