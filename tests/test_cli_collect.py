"""The collecting, watching and looking-up commands, as a person calls them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from damascus import REPORT
from loopback import Loopback, Reply, Request
from x_server import START, XServer, posts, user

from verify import cli, watch
from verify.archive import Archive
from verify.errors import VerifyError
from verify.http import Session
from verify.report import json as reports
from verify.state import State

TOKEN = "AAAAAAAAAKEEPthisSECRET"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Run:
    """Call a command; gives its exit code and what it wrote on standard output and error."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("X_BEARER_TOKEN", TOKEN)
    monkeypatch.delenv("X_BEARER_TOKEN_FILE", raising=False)
    monkeypatch.delenv("GOOGLE_FACTCHECK_API_KEY", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # no terminal: nobody can be asked

    def call(*args: object, session: Session | None = None) -> tuple[int, str, str]:
        given = [str(arg) for arg in args]
        try:
            code = cli.group.main(args=given, obj=session, standalone_mode=False) or 0
        except VerifyError as error:
            code = error.exit_code
            print(error)
        except click.ClickException as error:
            code = error.exit_code
            print(error.format_message())
        told = capsys.readouterr()
        assert "KEEPthisSECRET" not in told.out + told.err
        return code, told.out, told.err

    return call


def idf(count: int) -> XServer:
    return XServer(posts(count), {"18576537": user(count=count)}, token=TOKEN)


def size(path: Path) -> int:
    with Archive.open(path, readonly=True) as archive:
        return archive.size


def test_an_accounts_posts_are_collected_and_the_cost_is_said_before(run: Run, tmp_path: Path):
    archive = tmp_path / "archive.db"
    with Loopback(idf(120)) as server:
        code, out, err = run(
            *("collect", "x", "@IDF", "--since", f"{START:%Y-%m-%d}", "--archive", archive),
            session=server.session(),
        )
    assert (code, out) == (0, "@IDF: 120 read, 120 new\n")
    assert "at most 120 posts ($0.60)" in err
    assert size(archive) == 120


def test_more_than_the_limit_is_not_spent_unasked(run: Run, tmp_path: Path):
    answer = idf(3000)
    archive = tmp_path / "archive.db"
    with Loopback(answer) as server:
        asked = ("collect", "x", "IDF", "--since", "2026-03-01", "--archive", archive)
        code, out, _ = run(*asked, session=server.session())
        assert code == 2
        assert out == "this may cost $15.00, more than $5.00; add --yes, or a lower --max\n"
        assert answer.asked == 0
        code, out, _ = run(*asked, "--max", 10, session=server.session())
    assert (code, out) == (
        0,
        "@IDF: 10 read, 10 new; stopped after 10 posts; run again for the rest\n",
    )


def test_a_dry_run_asks_x_for_nothing(run: Run, tmp_path: Path):
    answer = idf(5)
    with Loopback(answer) as server:
        code, out, err = run(
            "collect", "x", "IDF", "--dry-run", "--max", 200, session=server.session()
        )
        assert server.requests == []
    assert (code, out, err) == (0, "", "@IDF: at most 200 posts ($1.00)\n")


def test_the_officials_of_a_party_of_ones_own_file_are_collected(run: Run, tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[us]\nname = "Coast Guard"\nkind = "police"\nparty = "Atlantis"\nhandles = ["idf"]\n'
        '[paper]\nname = "The Paper"\nkind = "press"\nparty = "Atlantis"\nhandles = ["paper"]\n'
    )
    code, _, err = run("collect", "x", "--from", f"{own}:Atlantis", "--dry-run", "--max", 5)
    assert (code, err) == (0, "@idf: at most 5 posts ($0.03)\n")
    code, out, _ = run("collect", "x", "--from", f"{own}:Utopia", "--dry-run")
    assert code == 3
    assert "no official of 'Utopia' with an X account" in out


def test_a_missing_token_is_one_clear_line(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("X_BEARER_TOKEN")
    code, out, _ = run("collect", "x", "IDF")
    assert code == 3
    assert out.startswith("there is no bearer token for X; put it into the variable X_BEARER_TOKEN")


def test_a_run_that_fails_in_part_leaves_with_code_5(run: Run, tmp_path: Path):
    settings = tmp_path / "newsroom.toml"
    settings.write_text(
        'archive = "a.db"\nfeeds = ["https://down.example/feed"]\nfiles = ["l.jsonl"]\n'
    )
    line = {"source": "UN", "published_at": "2026-05-04", "text": "The convoy has arrived."}
    (tmp_path / "l.jsonl").write_text(json.dumps(line))
    with Loopback(lambda request: Reply(404)) as server:
        code, out, err = run("collect", "run", settings, session=server.session())
        assert code == 5
        assert err == (
            "verify: https://down.example/feed: https://down.example/feed is gone; "
            "find the feed's new address\n"
        )
        assert out.endswith(f"2 sources, 1 failed: 1 new statements in {tmp_path / 'a.db'}\n")
        settings.write_text('archive = "a.db"\nfeeds = ["https://down.example/feed"]\n')
        assert run("collect", "run", settings, session=server.session())[0] == 3
    assert size(tmp_path / "a.db") == 1


def test_offline_nothing_is_collected_from_the_network(run: Run, tmp_path: Path):
    archive = tmp_path / "archive.db"
    for what in (("feed", "https://a.example/f"), ("page", "https://a.example/")):
        code, _, err = run("collect", *what, "--offline", "--archive", archive)
        assert code == 3
        assert "the program runs offline" in err
    code, out, _ = run("collect", "x", "IDF", "--offline", "--archive", archive)
    assert code == 3
    assert "the program runs offline" in out


def test_the_guard_is_closed_without_an_injected_session(run: Run, tmp_path: Path):
    with Loopback(lambda request: Reply(200, "<rss/>")) as server:
        address = f"http://127.0.0.1:{server.port}/feed"
        code, _, err = run("collect", "feed", address, "--archive", tmp_path / "archive.db")
        assert server.requests == []
    assert code == 3
    assert "is refused: it leads to the address 127.0.0.1" in err


def test_posts_are_looked_up_and_shown(run: Run, tmp_path: Path):
    answer = idf(3)
    ident = answer.posts[0]["id"]
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><article><p>The army spoke on Monday of what had happened.</p>"
        '<blockquote class="twitter-tweet"><p>Nothing happened at all.</p>&mdash; IDF (@IDF) '
        f'<a href="https://twitter.com/IDF/status/{ident}">March 1, 2026</a></blockquote>'
        "</article></body></html>"
    )

    def world(request: Request) -> Reply:
        return answer(request) if request.host == "api.twitter.com" else Reply(body={})

    with Loopback(world) as server:
        code, out, _ = run(
            *("posts", page, "--lookup", "--json", "--archive", tmp_path / "a.db"),
            session=server.session(),
        )
    assert code == 0
    checks = {check["name"]: check["result"] for check in json.loads(out)[0]["checks"]}
    assert checks["still-stands"] == "pass"
    assert checks["text-as-posted"] == "fail"
    assert (tmp_path / "state.db").exists()
    assert not (tmp_path / "a.db").exists()


def test_a_claimreview_feed_is_kept_beside_the_archive(run: Run, tmp_path: Path):
    feed = tmp_path / "feed.json"
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "The dam broke.",
        "url": "https://fc.example/2",
        "author": {"name": "Full Fact"},
        "reviewRating": {"alternateName": "False"},
    }
    feed.write_text(json.dumps([review]))
    added = ("archive", "add", "--claimreview", feed, "--archive", tmp_path / "archive.db")
    assert run(*added)[1] == f"1 fact checks added, 0 already there: {tmp_path / 'state.db'}\n"
    assert run(*added)[1].startswith("0 fact checks added, 1 already there")
    assert run("archive", "add")[0] == 2


def test_a_history_is_drawn_of_the_claims_that_changed(run: Run, tmp_path: Path):
    from test_watch import LATER, number_of, with_label

    from verify.values import Label

    number = number_of(Label.UNCONFIRMED)
    with State(tmp_path / "state.db") as state:
        watch.remember(REPORT, state)
        watch.remember(with_label(REPORT, number, Label.SPECULATIVE), state)
    saved = tmp_path / "report.json"
    saved.write_text(reports.render(REPORT))
    code, out, err = run("history", saved, "--archive", tmp_path / "archive.db")
    assert code == 0
    text = REPORT.findings[number].claim.text
    begun, later = (f"{t:%Y-%m-%dT%H:%M}" for t in (REPORT.created_at, LATER))
    assert out == f"{text}\n  ├ {begun:<17} unconfirmed\n  └ {later:<17} speculative\n"
    assert f"{len(REPORT.findings) - 1} claims never changed" in err
    code, out, _ = run("history", "https://nowhere.example/", "--archive", tmp_path / "archive.db")
    assert code == 3
    assert "https://nowhere.example/ has no history" in out


def test_without_any_history_the_command_that_begins_one_is_named(run: Run, tmp_path: Path):
    code, out, _ = run("history", "https://a.example/", "--archive", tmp_path / "archive.db")
    assert code == 3
    assert "`verify watch REPORT.json` begins one" in out
    assert list(tmp_path.glob("*.db")) == []
