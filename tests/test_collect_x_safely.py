"""A run over X that is killed goes on where it stopped; its token is nowhere."""

from __future__ import annotations

import io
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest
from collecting_x import REGISTRY, WANTED, Watch, idf, run, texts, tools
from loopback import Loopback, Reply
from x_server import posts, too_many

from verify.collect import x
from verify.errors import FetchError

CHILD = """
import sys
from pathlib import Path
from collecting_x import Watch, tools, x, WANTED
from loopback import ToLoopback
from verify.http import Session

class Server:
    def session(self, **options):
        return Session(guard=lambda is_https: ToLoopback(int(sys.argv[1])), **options)

with tools(Path(sys.argv[2]), Server(), Watch()) as made:
    found, _ = x.accounts(["IDF"], made)
    print(x.collect(found[0], WANTED, made).read)
"""


def child(port: int, folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(port), str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
    )


def test_a_run_killed_halfway_goes_on_where_it_stopped(tmp_path: Path):
    reached, killed = threading.Event(), threading.Event()

    def halfway() -> Reply:
        reached.set()
        killed.wait(30)
        return Reply(503)

    answer = idf(5000)
    answer.faults = {
        5: too_many,
        12: lambda: Reply(503),
        20: lambda: Reply(200, {"data": posts(90)}, cut=True),
        29: halfway,  # the 26th page: three requests before it had no page
        40: lambda: too_many(None),
    }
    with Loopback(answer) as server:
        first = child(server.port, tmp_path)
        assert reached.wait(60)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        killed.set()
        assert len(texts(tmp_path)) == 2500
        second = child(server.port, tmp_path)
        told, _ = second.communicate()
    assert second.returncode == 0
    assert int(told) == 2500
    assert len(answer.served) == len(set(answer.served)) == 5000  # nothing was read twice
    found = texts(tmp_path)
    assert len(found) == len(set(found)) == 5000
    db = sqlite3.connect(tmp_path / "archive.db")
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()


def test_a_page_that_was_read_and_not_yet_archived_is_not_read_again(tmp_path: Path):
    answer = idf(150)

    def full(_: object) -> int:
        raise KeyboardInterrupt

    with Loopback(answer) as server, tools(tmp_path, server, Watch()) as made:
        found, _ = x.accounts(["IDF"], made)
        broken = x.Tools(made.api, made.state, REGISTRY, full, made.patience)
        with pytest.raises(KeyboardInterrupt):
            x.collect(found[0], WANTED, broken)
        assert len(answer.served) == 100
        outcome = x.collect(found[0], WANTED, made)
    assert outcome.read == 50
    assert outcome.new == 150
    assert len(answer.served) == 150


def traced(error: BaseException) -> str:
    """The traceback with every local variable, this module's own aside: it knows the token."""
    assert error.__traceback__
    below = error.with_traceback(error.__traceback__.tb_next)
    return "".join(traceback.TracebackException.from_exception(below, capture_locals=True).format())


TOKEN = "AAAAAAAAAAAAAAAAAAAAAKEEPthisSECRET%3Dxyz"


def echoing(status: int) -> Reply:
    """An answer that repeats the credentials it was sent, in its body and a header."""
    body = {"detail": f"Bearer {TOKEN} may not", "errors": [{"message": TOKEN, "code": 1}]}
    return Reply(status, body, {"X-Echo": f"Bearer {TOKEN}"})


@pytest.mark.parametrize(
    ("level", "status"),
    [(1, status) for status in (200, 302, 401, 403, 404, 429, 503)]
    + [(level, 401) for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)],
)
def test_the_token_is_nowhere(tmp_path: Path, capfd: Any, level: int, status: int):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    before = root.level
    names = ("tweepy", "tweepy.client", "urllib3", "requests", "requests_oauthlib")
    levels = {name: logging.getLogger(name).level for name in names}
    root.addHandler(handler)
    root.setLevel(level)
    for name in names:
        logging.getLogger(name).setLevel(level)
    watch = Watch()
    answer = idf(30, token=TOKEN, faults=dict.fromkeys(range(1, 99), lambda: echoing(status)))
    told = ""
    try:
        with Loopback(answer) as server, tools(tmp_path, server, watch, TOKEN) as made:
            found, _ = x.accounts(["IDF"], made)
            told = repr(made) + repr(vars(made.api)) + repr(vars(made.api._client))
            told += repr(x.collect(found[0], WANTED, made))
            try:
                told += repr(made.api.timeline("18576537"))
            except FetchError as error:
                told += repr(error.__context__) + traced(error)
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name, value in levels.items():
            logging.getLogger(name).setLevel(value)
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    shown = "".join(capfd.readouterr())
    everything = "\n".join([stream.getvalue(), told, shown, *watch.said, repr(written)])
    if level <= logging.DEBUG:
        assert "Making API request" in everything  # tweepy did write its log
    assert "KEEPthisSECRET" not in everything


def test_a_redirect_never_carries_the_token_elsewhere(tmp_path: Path):
    away = Reply(302, b"", {"Location": "https://elsewhere.example/steal"})
    with (
        Loopback(idf(5, faults={1: lambda: away})) as server,
        tools(tmp_path, server, Watch()) as made,
    ):
        found, _ = x.accounts(["IDF"], made)
        assert "it answers 302" in (x.collect(found[0], WANTED, made).failure or "")
    assert {request.host for request in server.requests} == {"api.twitter.com"}


def test_a_file_with_a_password_for_x_is_not_used(tmp_path: Path, monkeypatch: Any):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.twitter.com login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert run(tmp_path, idf(3)).new == 3
