"""The application: which address is answered by what, and how an error is told.

It joins the guard, the pages and the interface for other programs; it holds no answer itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from verify.errors import VerifyError
from verify.web import api, archive, drawing, pages
from verify.web.engine import Engine
from verify.web.guard import Guard, Keys
from verify.web.jobs import Jobs
from verify.web.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Limits:
    """How many checks run at a time, and how many more may wait."""

    parallel: int = 2
    waiting: int = 8


def build(
    engine: Engine,
    *,
    token: str | None = None,
    names: Iterable[str] = (),
    limits: Limits | None = None,
) -> Starlette:
    """Build the application; `token`, where given, is demanded of everyone.

    `names` are the hosts it answers to besides localhost and addresses of numbers.
    """
    chosen = limits or Limits()
    keys = Keys(token)
    jobs = Jobs(chosen.parallel, chosen.waiting)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        jobs.close()

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, keys=keys, names=names)],
        exception_handlers={
            HTTPException: _refused,
            VerifyError: _failed,
            Exception: _broken,
        },
        lifespan=lifespan,
    )
    app.state.engine, app.state.jobs, app.state.keys = engine, jobs, keys
    app.state.shelf = Shelf(engine.places.reports)
    return app


def _routes() -> list[Route]:
    return [
        Route("/", pages.home),
        Route("/check", pages.start, methods=["POST"]),
        Route("/checks/{job}", pages.progress),
        Route("/checks/{job}/steps", pages.steps),
        Route("/reports", pages.reports),
        Route("/reports/{report}", pages.report),
        Route("/reports/{report}/more", pages.more),
        Route("/reports/{report}/again", pages.again, methods=["POST"]),
        Route("/reports/{report}/remove", pages.remove, methods=["POST"]),
        Route("/reports/{report}/as/{form}", pages.download),
        Route("/archive", archive.browse),
        Route("/archive/add", archive.add, methods=["POST"]),
        Route("/changes", pages.changes),
        Route("/enter", pages.enter, methods=["GET", "POST"]),
        Route("/static/{name}", drawing.shipped),
        Route("/api/check", api.check, methods=["POST"]),
        Route("/api/reports/{report}", api.report),
        Route("/api/openapi.json", api.description),
    ]


def _told(request: Request, reason: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": reason}, status)
    return drawing.page(request, "error.html", status, reason=reason)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = {404: "There is nothing at this address.", 405: "This cannot be done here."}
    reason = told.get(error.status_code, error.detail)
    answer = _told(request, reason, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _failed(request: Request, error: Exception) -> Response:
    code = getattr(error, "exit_code", 3)
    return _told(request, " ".join(str(error).split()), 422 if code == 3 else 500)


async def _broken(request: Request, error: Exception) -> Response:
    reason = "This failed by a fault of the program; its terminal says more."
    return _told(request, reason, 500)
