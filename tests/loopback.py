"""A web server on loopback that plays other hosts, and the guard that leads a session to it.

A session with `Loopback.guard` asks 127.0.0.1 for `/HOST/PATH` wherever it means https://HOST/PATH.
What the server answers is a function: (host, path, query, headers) → Reply.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from requests.adapters import HTTPAdapter

from verify.http import Session


@dataclass
class Request:
    host: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Reply:
    """`cut` ends the connection in the middle of the body; `hang` waits before any answer."""

    status: int = 200
    body: bytes | str | dict[str, Any] | list[Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: float = 0.0

    def content(self) -> bytes:
        if isinstance(self.body, dict | list):
            return json.dumps(self.body).encode()
        return self.body.encode() if isinstance(self.body, str) else self.body


Answer = Callable[[Request], Reply]


class ToLoopback(HTTPAdapter):
    """Sends every request to a port of loopback, the host as the first part of the path."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request, *args, **kwargs):  # type: ignore[no-untyped-def]
        parts = urlsplit(request.url)
        sent = request.copy()
        path = f"/{parts.hostname}{parts.path}"
        sent.url = urlunsplit(("http", f"127.0.0.1:{self.port}", path, parts.query, ""))
        return super().send(sent, *args, **kwargs)


class Loopback:
    """The running server; `requests` are those it got. Use it in `with`."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), daemon=True
        )

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def session(self, **options: Any) -> Session:
        return Session(guard=self.guard, **options)

    def guard(self, is_https: bool) -> HTTPAdapter:
        return ToLoopback(self.port)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                _, host, *rest = parts.path.split("/", 2)
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                request = Request(host, "/" + "".join(rest), query, dict(self.headers))
                owner.requests.append(request)
                reply = owner.answer(request)
                time.sleep(reply.hang)
                self._send(reply)

            def _send(self, reply: Reply) -> None:
                content = reply.content()
                try:
                    self.send_response(reply.status)
                    headers = {"Content-Length": str(len(content)), **reply.headers}
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(content[: len(content) // 2] if reply.cut else content)
                except OSError:
                    self.close_connection = True  # the client has left
                if reply.cut:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        return Handler
