"""A web server on this machine's loopback for the tests; nothing else ever reaches the network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from requests.adapters import HTTPAdapter

from verify.http import Session, guarded

#: What an address answers: status, headers, body.
Answer = tuple[int, dict[str, str], bytes]


def open_guard(is_https: bool) -> HTTPAdapter:
    """Make the guarded adapter, opened to loopback and to nothing else, without retries."""
    return guarded(is_https, allow_loopback=True, retries=0)


def local_session(**options: int) -> Session:
    """Return a session whose guard is open to this machine."""
    return Session(guard=open_guard, **options)


@contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[str]:
    """Serve these answers by path; gives the server's address, and a list of what was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
