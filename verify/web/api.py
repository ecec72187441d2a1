"""The interface for a newsroom's own tools: JSON in, the report's JSON out, and its description."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from verify.errors import InputError
from verify.report import json as report_json
from verify.web import asking, pages


async def check(request: Request) -> Response:
    """Check what is asked for, wait for it, and answer with the report; it is kept, too."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "Send JSON, with Content-Type: application/json.")
    try:
        asked = asking.from_json(json.loads(await request.body()))
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "The body is no JSON.") from error
    except InputError as error:
        raise HTTPException(400, str(error)) from error
    job = request.app.state.jobs.start(pages.checking(request, asked))
    if job is None or job.future is None:
        raise HTTPException(503, pages.BUSY, {"retry-after": "10"})
    await asyncio.wrap_future(job.future)
    if job.report is None:
        raise HTTPException(job.status, job.reason or "The check was not made.")
    found = await run_in_threadpool(request.app.state.shelf.get, job.report)
    if found is None:
        raise HTTPException(500, "The report is gone.")
    headers = {"location": f"/reports/{job.report}"}
    return JSONResponse(report_json.to_json(found), headers=headers)


def report(request: Request) -> Response:
    """Answer with a past report."""
    return JSONResponse(report_json.to_json(pages.held(request)))


def description(request: Request) -> Response:
    """Answer with the OpenAPI description of this interface."""
    return JSONResponse(described())


@cache
def described() -> dict[str, Any]:
    """Return the OpenAPI description, the report's own schema within it."""
    shaped: dict[str, Any] = json.loads((files("verify.web") / "openapi.json").read_text("utf-8"))
    shaped["info"]["version"] = version("verify")
    schema = report_json.schema()
    shaped["components"]["schemas"]["Report"] = schema
    return shaped
