"""The pages of the archive: searched, browsed, and statements added by hand."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from verify.errors import InputError
from verify.web import asking, drawing

A_PAGE = 30
MOST = 3_000
FIELDS = ("source", "published_at", "text", "url", "relayed_by", "kind", "party")


def browse(request: Request) -> Response:
    """Show the archive's statements, those nearest to the words asked for, or all."""
    return _page(request)


def _page(
    request: Request, status: int = 200, said: str = "", given: dict[str, str] | None = None
) -> Response:
    asked = {name: request.query_params.get(name, "").strip()[:500] for name in ("q", "source")}
    number = request.query_params.get("n", "")
    most = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else A_PAGE
    most = max(A_PAGE, min(most, MOST))
    engine = request.app.state.engine
    found = engine.statements(asked["q"], asked["source"] or None, most + 1)
    return drawing.page(
        request,
        "archive.html",
        status,
        asked=asked,
        statements=found[:most],
        more=most + A_PAGE if len(found) > most and most < MOST else None,
        contents=engine.contents(),
        called=engine.archive_name,
        is_of_lines=engine.is_of_lines,
        given=given or dict.fromkeys(FIELDS, ""),
        said=said,
        is_wrong=status != 200,
    )


async def add(request: Request) -> Response:
    """Add one statement."""
    found = await asking.form(request)
    given = {name: found[name] for name in FIELDS}
    try:
        result = await run_in_threadpool(request.app.state.engine.add, given)
    except InputError as error:
        return await run_in_threadpool(_page, request, 422, _in_words(str(error)), given)
    said = "The statement was added." if result.added else "The statement was there already."
    return await run_in_threadpool(_page, request, 200, said)


def _in_words(reason: str) -> str:
    """Name a form's fields as the form does."""
    told = {
        "`source` and `handle` are both missing": "Say who said it.",
        "`published_at` is missing": "Say when it was said.",
        "`text` is missing or empty": "Give the words that were said.",
    }
    return told.get(reason, reason.replace("`published_at`", "the date").replace("`", ""))
