"""The local page: checks, past reports, the archive and what changed, for one newsroom's machine.

It draws and joins what other rooms do; it judges nothing, sends nothing outside, and serves nobody
but those whom `guard` lets in.
"""

from verify.web.app import build
from verify.web.engine import Engine, Places
from verify.web.server import serve

__all__ = ["Engine", "Places", "build", "serve"]
