"""`verify serve`: the local page, for this machine unless told otherwise."""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import click

from verify.cli.room import ARCHIVE, ENCODER, OFFLINE, archive_path, state_path
from verify.errors import InputError

if TYPE_CHECKING:
    from verify.http import Session
    from verify.web import Engine


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The interface to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name under which browsers reach it; may be given again.",
)
@click.option(
    "--token",
    envvar="VERIFY_TOKEN",
    metavar="TOKEN",
    help="Demand this token (better in VERIFY_TOKEN); made up on any interface but loopback.",
)
@click.option(
    "--parallel", type=click.IntRange(1, 64), default=2, show_default=True, help="Checks at a time."
)
@ENCODER
@click.option("--stance-model", metavar="MODEL", help="Stance model: a name or a folder.")
@OFFLINE
@ARCHIVE
def serve(**chosen: Any) -> None:
    """Serve a page on which to check articles, read past reports and fill the archive.

    Programs ask /api/check; /api/openapi.json describes it. Only this machine reaches it unless
    --host says otherwise, and then a token is demanded.
    """
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise InputError("the page needs an extra: pip install 'verify[web]'")
    from verify import web
    from verify.web.app import Limits
    from verify.web.server import listen

    host, token = chosen["host"], chosen["token"] or None
    taken = listen(host, chosen["port"])
    if token is None and not _is_loopback(host):
        import secrets

        token = secrets.token_urlsafe(24)
    names = (*chosen["names"], *([] if _is_number(host) else [host]))
    app = web.build(
        _engine(chosen), token=token, names=names, limits=Limits(parallel=chosen["parallel"])
    )
    port = taken.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host

    def ready() -> None:
        click.echo(f"verify: open http://{shown}:{port}/ (Ctrl-C ends it)", err=True)
        if token is not None and not chosen["token"]:
            click.echo(f"verify: the token is {token}", err=True)

    web.serve(app, taken, ready)


def _engine(chosen: dict[str, Any]) -> Engine:
    from verify import pipeline
    from verify.web import Engine, Places

    state = state_path(chosen["archive"])
    given = chosen["archive"]
    is_file = given is None or "://" not in given
    where = archive_path(given) if is_file else given
    places = Places(where, state, state.with_name("reports"))

    def load() -> pipeline.Tools:
        return pipeline.load(chosen["encoder"], chosen["stance_model"])

    def session() -> Session:  # one for each check: they run in threads
        from verify.http import Session

        return Session(offline=chosen["offline"])

    return Engine(places, load, session)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_number(host) and ip_address(host).is_loopback)
