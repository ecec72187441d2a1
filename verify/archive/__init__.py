"""The archive of official statements: written by `collect` and `archive`, only read by `check`."""

from verify.archive.lines import Line, Resolve, resolver
from verify.archive.loading import default_path, open_any
from verify.archive.store import AddResult, Archive, Complete, Contents, Window, dated

__all__ = [
    "AddResult",
    "Archive",
    "Complete",
    "Contents",
    "Line",
    "Resolve",
    "Window",
    "dated",
    "default_path",
    "open_any",
    "resolver",
]
