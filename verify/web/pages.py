"""The pages for people: ask, watch it being done, read it, find it again."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from verify.errors import InputError
from verify.report import FORMATS, html, outline, render
from verify.values import Report
from verify.web import asking, drawing
from verify.web.engine import Asked, Progress
from verify.web.guard import COOKIE
from verify.web.jobs import STEPS, Work

A_PAGE = 50
NEWEST = 5
BUSY = "Too many checks are under way; wait for one to end, then ask again."
#: Format → (what a reader calls it, the end of the file's name, type).
FILES: dict[str, tuple[str, str, str]] = {
    "html": ("One page, for mail", "html", "text/html; charset=utf-8"),
    "pdf": ("PDF, for the file", "pdf", "application/pdf"),
    "markdown": ("Markdown, for a ticket or chat", "md", "text/markdown; charset=utf-8"),
    "csv": ("Claims as a table (CSV)", "csv", "text/csv; charset=utf-8"),
    "json": ("JSON, for `verify explain` and `verify watch`", "json", "application/json"),
    "claimreview": (
        "ClaimReview, for fact-check databases",
        "claimreview.json",
        "application/json",
    ),
    "annotations": ("Web annotations", "annotations.json", "application/json"),
}
NAV = (("/", "Check an article"), ("/reports", "Past reports"))


def home(request: Request) -> Response:
    """Show the form that asks for a check."""
    return _home(request)


def _home(request: Request, status: int = 200, **given: str) -> Response:
    state = request.app.state
    return drawing.page(
        request,
        "home.html",
        status,
        given={"what": "", "published": "", "as_of": "", "reason": ""} | given,
        newest=state.shelf.entries(NEWEST),
        has_archive=state.engine.has_archive,
    )


async def start(request: Request) -> Response:
    """Start a check and lead to its progress."""
    found = await asking.form(request)
    given = {name: found[name] for name in ("what", "published", "as_of")}
    try:
        asked = asking.from_form(found)
    except InputError as error:
        return _home(request, 422, reason=str(error), **given)
    job = request.app.state.jobs.start(checking(request, asked))
    if job is None:
        return _home(request, 503, reason=BUSY, **given)
    return RedirectResponse(f"/checks/{job.id}", 303)


def checking(request: Request, asked: Asked) -> Work:
    """Make the work of one check: the article checked, the report put on the shelf."""
    engine, shelf = request.app.state.engine, request.app.state.shelf

    def work(progress: Progress) -> str:
        return str(shelf.put(engine.check(asked, progress)))

    return work


def progress(request: Request) -> Response:
    """Show how far a check is; lead on to its report once there is one."""
    job = _job(request)
    if job.report is not None:
        return RedirectResponse(f"/reports/{job.report}", 303)
    if job.reason is not None:
        return drawing.page(request, "error.html", job.status, reason=job.reason)
    return drawing.page(request, "progress.html", job=job, steps=STEPS)


def steps(request: Request) -> Response:
    """Tell the page's script how far a check is."""
    job = _job(request)
    return JSONResponse({"steps": job.steps, "done": job.is_done})


def _job(request: Request) -> Any:
    job = request.app.state.jobs.get(request.path_params["job"])
    if job is None:
        raise HTTPException(404)
    return job


def reports(request: Request) -> Response:
    """List past reports, newest first."""
    skip = _number(request, "skip")
    found = request.app.state.shelf.entries(A_PAGE + 1, skip)
    more = skip + A_PAGE if len(found) > A_PAGE else None
    return drawing.page(request, "reports.html", entries=found[:A_PAGE], more=more)


def _number(request: Request, name: str) -> int:
    given = request.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def report(request: Request) -> Response:
    """Show a report as its own page."""
    ident = request.path_params["report"]
    nav = (*NAV, (f"/reports/{ident}/more", "Save, check again"))
    drawn = html.render(held(request), nav)
    policy = f"{html.own_policy()}; frame-ancestors 'none'"
    return Response(
        drawn,
        media_type="text/html; charset=utf-8",
        headers={"content-security-policy": policy},
    )


def held(request: Request) -> Report:
    """Return the report that is asked for, else answer 404."""
    found: Report | None = request.app.state.shelf.get(request.path_params["report"])
    if found is None:
        raise HTTPException(404)
    return found


def more(request: Request) -> Response:
    """Show what can be done with a report: save it, check it again, throw it away."""
    found = held(request)
    return drawing.page(
        request,
        "more.html",
        ident=request.path_params["report"],
        title=outline.title(found),
        files=FILES,
        ways=request.app.state.engine.ways(found.article),
    )


def download(request: Request) -> Response:
    """Answer with a report in one of its formats, as a file."""
    form = request.path_params["form"]
    if form not in FILES or form not in FORMATS:
        raise HTTPException(404)
    drawn = render(held(request), form)
    _, end, kind = FILES[form]
    name = f"verify-{request.path_params['report'][:15]}.{end}"
    content = drawn if isinstance(drawn, bytes) else drawn.encode("utf-8", "replace")
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


async def again(request: Request) -> Response:
    """Check a report's article again and lead to the progress."""
    await asking.form(request)
    found = await run_in_threadpool(held, request)
    engine, shelf = request.app.state.engine, request.app.state.shelf

    def work(progress: Progress) -> str:
        return str(shelf.put(engine.again(found, progress)))

    job = request.app.state.jobs.start(work)
    if job is None:
        return drawing.page(request, "error.html", 503, reason=BUSY)
    return RedirectResponse(f"/checks/{job.id}", 303)


async def remove(request: Request) -> Response:
    """Throw a report away."""
    await asking.form(request)
    remove_it = partial(request.app.state.shelf.remove, request.path_params["report"])
    if not await run_in_threadpool(remove_it):
        raise HTTPException(404)
    return RedirectResponse("/reports", 303)


def changes(request: Request) -> Response:
    """Show what became of the claims of every article that was checked."""
    latest: dict[str, str] = {}
    for entry in request.app.state.shelf.entries(1000):
        if entry.article:
            latest.setdefault(entry.article, entry.id)
    watched = request.app.state.engine.watched()
    return drawing.page(request, "changes.html", watched=watched, latest=latest)


async def enter(request: Request) -> Response:
    """Ask for the token, and let in whoever gives it."""
    keys = request.app.state.keys
    if keys.token is None:
        return RedirectResponse("/", 303)
    if request.method == "GET":
        return drawing.page(request, "enter.html", reason="")
    found = await asking.form(request)
    if not keys.is_token(found["token"]):
        reason = "This is not the token; the terminal of `verify serve` shows it."
        return drawing.page(request, "enter.html", 403, reason=reason)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, keys.cookie, httponly=True, samesite="strict")
    return answer
