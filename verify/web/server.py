"""Serves the application on one address until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

from starlette.applications import Starlette

from verify.errors import InputError

#: Seconds that an idle connection is kept.
KEEP_ALIVE = 10


def listen(host: str, port: int) -> socket.socket:
    """Take an address, before anything is loaded. Raises InputError where it cannot be had."""
    taken = None
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, number)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(128)
    except OSError as error:
        if taken is not None:
            taken.close()
        reason = error.strerror or str(error)
        raise InputError(
            f"{host} port {port} cannot be used ({reason}); choose another with --port"
        ) from error
    return taken


def serve(app: Starlette, taken: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called as it begins."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
        limit_concurrency=200,
    )
    ready()
    uvicorn.Server(config).run(sockets=[taken])
