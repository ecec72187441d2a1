"""The archive of official statements: written by `collect` and `archive`, only read by `check`."""

from verify.archive.lines import Line, Resolve, resolver
from verify.archive.loading import Opened, default_path, is_database, open_any, open_named
from verify.archive.store import AddResult, Archive, Complete, Contents, Window, dated

__all__ = [
    "AddResult",
    "Archive",
    "Complete",
    "Contents",
    "Line",
    "Opened",
    "Resolve",
    "Window",
    "dated",
    "default_path",
    "is_database",
    "open_any",
    "open_named",
    "resolver",
]
