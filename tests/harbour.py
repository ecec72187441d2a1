# ruff: noqa: E501  (markup and texts are kept on the lines they have in files)
"""A short article about a fire at a harbour, and its page."""

from __future__ import annotations

FIRST = (
    "The fire brigade was called to the old harbour shortly after dawn on Tuesday, a spokesman "
    "for the town said, and two crews were still at work when the first ferry left."
)
SECOND = (
    "Nobody was hurt, according to the police, who closed the quay until noon and asked residents "
    "to keep their windows shut while the wind carried the smoke away."
)
URL = "https://news.example/2019/11/20/fire"


def page(
    body: str = f"<p>{FIRST}</p><p>{SECOND}</p>", head: str = "", charset: str = "utf-8"
) -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='{charset}'>{head}"
        "<title>Fire at the harbour | Harbour News</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Fire at the harbour</h1>{body}</article></body></html>"
    )
