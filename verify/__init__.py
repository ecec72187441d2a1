"""Checks the claims of an article against what officials have said: the face for other programs.

`from verify import check, read_article, Archive` and what else `__all__` names; each is loaded when
it is first asked for, so that importing the package costs nothing. It never holds logic of its own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.archive import Archive
    from verify.errors import ArchiveError, FetchError, InputError, ModelError, VerifyError
    from verify.pipeline import Tools, check
    from verify.pipeline import load as load_tools
    from verify.read.article import read as read_article
    from verify.report import render
    from verify.values import Article, Claim, Evidence, Finding, Label, Report, Statement, Verdict

__all__ = [
    "Archive",
    "ArchiveError",
    "Article",
    "Claim",
    "Evidence",
    "FetchError",
    "Finding",
    "InputError",
    "Label",
    "ModelError",
    "Report",
    "Statement",
    "Tools",
    "Verdict",
    "VerifyError",
    "check",
    "load_tools",
    "read_article",
    "render",
]

#: The name here → the module that has it, and its name there.
_HOMES = {
    "Archive": ("verify.archive", "Archive"),
    "Tools": ("verify.pipeline", "Tools"),
    "check": ("verify.pipeline", "check"),
    "load_tools": ("verify.pipeline", "load"),
    "read_article": ("verify.read.article", "read"),
    "render": ("verify.report", "render"),
    **dict.fromkeys(
        ("ArchiveError", "FetchError", "InputError", "ModelError", "VerifyError"),
        ("verify.errors",),
    ),
}


def __getattr__(name: str) -> Any:
    """Load a name of `__all__` from its room."""
    if name not in __all__:
        raise AttributeError(f"module 'verify' has no attribute {name!r}")
    module, *own = _HOMES.get(name, ("verify.values",))
    found = getattr(import_module(module), own[0] if own else name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names beside the module's own."""
    return sorted({*globals(), *__all__})
