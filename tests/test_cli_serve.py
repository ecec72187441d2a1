"""`verify serve`: loopback unless told otherwise, and never another interface without a token."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from web_server import running

from verify import cli, web


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Any, str]]:
    """Take what would be served, and the address that was taken for it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found: list[tuple[Any, str]] = []

    def serve(app: Any, taken: socket.socket, ready: Callable[[], None]) -> None:
        found.append((app, taken.getsockname()[0]))
        ready()
        taken.close()

    monkeypatch.setattr(web, "serve", serve)
    return found


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main(["serve", "--port", "0", *args])
    return int(left.value.code or 0)


def test_by_default_only_this_machine_reaches_it_and_nothing_is_loaded(
    served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    app, address = served[0]
    assert address == "127.0.0.1"
    assert re.fullmatch(
        r"verify: open http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)\n", capsys.readouterr().err
    )
    assert app.state.keys.token is None
    assert app.state.engine._tools is None


def test_on_another_interface_a_token_is_made_up_told_and_demanded(
    served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--host", "0.0.0.0", "--name", "desk.example") == 0
    app, _ = served[0]
    token = app.state.keys.token
    assert f"verify: the token is {token}\n" in capsys.readouterr().err
    assert len(token) == 32
    ours, known = {"Host": "desk.example"}, {"Authorization": f"Bearer {token}"}
    with running(app) as site:
        answer = requests.get(f"{site}/reports", headers=ours, allow_redirects=False)
        assert answer.headers["location"] == "/enter"
        assert requests.get(f"{site}/reports", headers=ours | known).status_code == 200
        other = {"Host": "other.example"}
        assert requests.get(f"{site}/reports", headers=other | known).status_code == 421


def test_a_token_of_ones_own_is_taken_from_the_environment_and_never_printed(
    served: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIFY_TOKEN", "correct horse")
    assert run() == 0
    assert served[0][0].state.keys.token == "correct horse"
    assert "correct horse" not in capsys.readouterr().err


def test_an_empty_token_is_none(served: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--host", "0.0.0.0", "--token", "") == 0
    assert len(served[0][0].state.keys.token) == 32
    assert "the token is" in capsys.readouterr().err


def test_a_port_in_use_is_one_line(served: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run("--port", str(port)) == 3
    told = f"verify: 127.0.0.1 port {port} cannot be used (Address already in use); "
    assert capsys.readouterr().err == told + "choose another with --port\n"
