"""Pages drawn from their templates, everything foreign escaped, and the files they use."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from verify.report import links, words
from verify.text import squash, visible
from verify.values import Kind, Label

#: File → (package it ships in, type).
SHIPPED = {
    "report.css": ("verify.report", "text/css"),
    "page.css": ("verify.web", "text/css"),
    "page.js": ("verify.web", "text/javascript"),
}


def page(request: Request, name: str, status: int = 200, **content: Any) -> Response:
    """Draw a page."""
    keys = request.app.state.keys
    drawn = (
        _templates().get_template(name).render(path=request.url.path, form_key=keys.form, **content)
    )
    return Response(drawn, status, media_type="text/html; charset=utf-8")


def shipped(request: Request) -> Response:
    """Answer with one of the files that pages use."""
    found = SHIPPED.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    package, kind = found
    folder = files(package) / ("static" if package == "verify.web" else "")
    content = (folder / request.path_params["name"]).read_bytes()
    return Response(content, media_type=kind, headers={"cache-control": "no-cache"})


@cache
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("verify.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(show=visible, squash=lambda text: squash(visible(text)), link=links.link)
    env.globals.update(words=words, Label=Label, Kind=Kind)
    return env
