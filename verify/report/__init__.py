"""Reports drawn in every format, from values alone: the same report gives the same bytes.

Each format is a module that loads when it is asked for. Nothing here computes a verdict, asks for
the time, or opens the network.
"""

from __future__ import annotations

from importlib import import_module

from verify.values import Report

#: Format name → module of this package whose `render(report)` draws it.
FORMATS = {
    "terminal": "terminal",
    "json": "json",
    "markdown": "markdown",
    "html": "html",
    "csv": "csv",
    "pdf": "pdf",
    "claimreview": "claimreview",
    "annotations": "annotations",
}

#: How files of each format are named, for choosing a format by a file's name.
SUFFIXES = {
    ".txt": "terminal",
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".pdf": "pdf",
}


def render(report: Report, form: str = "terminal") -> str | bytes:
    """Draw a report in one of `FORMATS`: bytes for "pdf", text for all others.

    Raises `KeyError` for another name, `InputError` where "pdf" lacks its extra.
    """
    drawn: str | bytes = import_module(f"verify.report.{FORMATS[form]}").render(report)
    return drawn
