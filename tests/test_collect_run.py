"""A newsroom's sources collected together: settings, token, prices, several at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from collecting import FEED, FIRST, PAGE, Web, everything, html, item, rss, tools
from loopback import Reply, Request
from x_server import XServer, posts, user

from verify.archive import Archive
from verify.collect import plan, run
from verify.collect.settings import needed, prices, token
from verify.collect.xapi import XApi
from verify.errors import ArchiveError, InputError
from verify.http import Secret

SETTINGS = """
archive = "news/archive.db"
feeds = ["https://coastguard.example/feed.xml", "https://down.example/feed"]
pages = ["https://www.moi.example/statements/7"]
files = ["lines.csv"]

[x]
from = ["Atlantis"]
handles = ["nobody"]
since = 2026-02-01
most = 60
ask_over = 0.40
"""


def test_one_failing_source_stops_no_other(tmp_path: Path):
    (tmp_path / "newsroom.toml").write_text(SETTINGS)
    (tmp_path / "lines.csv").write_text(
        "source,published_at,text\nInterior Ministry,2026-05-04,The harbour is open again.\n"
    )
    on_x = XServer(
        [*posts(50, "1"), *posts(70, "2")],
        {"1": user("coastguard", "1", 50), "2": user("moi_atlantis", "2", 70)},
    )
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = Reply(200, rss(item(3, "Two boats sank there.")))
    web.addresses["down.example/feed"] = Reply(500)
    web.addresses["www.moi.example/statements/7"] = html(FIRST)
    asked = plan.load(tmp_path / "newsroom.toml")
    assert asked.archive == tmp_path / "news/archive.db"

    def answer(request: Request) -> Reply:
        return on_x(request) if request.host == "api.twitter.com" else web(request)

    with tools(tmp_path, answer) as made:

        def api() -> XApi:
            return XApi(Secret("right"), made.session, made.patience)

        outcomes = {o.name: o for o in run.collect(asked, made, api)}
    assert outcomes[FEED].new == 2
    assert "answered 500" in (outcomes["https://down.example/feed"].failure or "")
    assert outcomes[PAGE].new == 2
    assert outcomes[str(tmp_path / "lines.csv")].new == 1
    assert outcomes["@nobody"].failure == "Could not find user with usernames: [nobody]."
    assert outcomes["@coastguard"].new == 50
    assert outcomes["@moi_atlantis"].new == 30  # $0.40 pay 80 posts
    assert len(everything(tmp_path)) == 85


def test_without_a_token_everything_else_is_still_collected(tmp_path: Path):
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = Reply(200, rss(item(3, "Two boats sank there.")))
    asked = plan.Plan(feeds=(FEED,), handles=("IDF",))

    def api() -> XApi:
        raise InputError("there is no bearer token for X")

    with tools(tmp_path, web) as made:
        outcomes = list(run.collect(asked, made, api))
    assert [(o.name, o.failure) for o in outcomes] == [
        (FEED, None),
        ("X", "there is no bearer token for X"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("feed = []", "unknown key 'feed'"),
        ('feeds = "https://a.example"', "feeds must be a list of texts"),
        ("[x]\ntoken = 'AAAA'", "unknown key 'token'"),
        ("[x]\nsince = 'yesterday'", r"\[x\] since must be a date"),
        ("[x]\nmost = 0", r"\[x\] most must be a number"),
        ("[x]\nprice_post = 'cheap'", r"\[x\] price_post must be an amount"),
        ("x = 1", r"\[x\] must be a table"),
        ("[x", "cannot be read as TOML"),
    ],
)
def test_a_wrong_settings_file_is_one_clear_line(tmp_path: Path, text: str, line: str):
    path = tmp_path / "newsroom.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=line) as caught:
        plan.load(path)
    assert "AAAA" not in str(caught.value)


# The token


def test_a_token_file_that_others_may_read_is_refused(tmp_path: Path):
    path = tmp_path / "token"
    path.write_text("AAAAtoken\n")
    path.chmod(0o644)
    with pytest.raises(InputError, match=f"may be read by others; run: chmod 600 {path}"):
        token({}, str(path))
    path.chmod(0o600)
    assert repr(token({}, str(path))) == "Secret(…)"


def test_a_token_comes_from_file_or_environment_or_there_is_a_clear_line(tmp_path: Path):
    assert token({}) is None
    assert token({"X_BEARER_TOKEN": "Bearer AAAA"}) is not None
    with pytest.raises(InputError, match="there is no bearer token for X; put it into"):
        needed({})
    for wrong in ("AA AA", "ÄÄ", "A\nB"):
        with pytest.raises(InputError) as caught:
            token({"X_BEARER_TOKEN": wrong})
        assert wrong not in str(caught.value)


def test_prices_are_those_of_the_settings():
    assert prices({"price_post": 0.01}).cost(300) == pytest.approx(3.0)
    assert prices({}).cost(1000) == pytest.approx(5.0)


# Several at once


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from verify.collect import keeping
from verify.collect.gathered import Words, state
from verify.state import State
from verify.values import Source

folder, name = Path(sys.argv[1]), sys.argv[2]
start = datetime(2026, 5, 1, tzinfo=UTC)
with State(folder / "state.db") as known, keeping.into(folder / "archive.db", known) as keep:
    for page in range(12):
        for one in range(25):
            at = start + timedelta(minutes=page * 25 + one)
            url = f"https://{name}.example/{page}/{one}"
            said = f"Statement {page}-{one} of {name} on the fire."
            keep([state(Words(said, said, Source(name), url, at), start, "feed")])
        known.put("progress", name, page, start)
"""


def test_two_collectors_and_a_reader_at_once_lose_nothing(tmp_path: Path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name], stderr=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    sizes: list[int] = []
    while any(writer.poll() is None for writer in writers):
        try:
            with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
                sizes.append(len(archive.words("statement on the fire", 1000)))
        except ArchiveError:
            if sizes:  # it was there already
                raise
    for writer in writers:
        assert writer.communicate()[1] == b""
        assert writer.returncode == 0
    found = everything(tmp_path)
    assert len(found) == len({s.url for s in found}) == 600
    assert sizes == sorted(sizes)
    db = sqlite3.connect(tmp_path / "archive.db")
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
