"""verify.cli: commands, exit codes, one line for an error, and nothing heavy for --help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from damascus import ARTICLE, REPORT

from verify import cli
from verify.cli import COMMANDS, check, group, output
from verify.cli.progress import Steps
from verify.errors import ArchiveError, FetchError, InputError, ModelError
from verify.report import json as report_json
from verify.values import Report

HEAVY = [
    "numpy",
    "rich",
    "jinja2",
    "requests",
    "torch",
    "onnxruntime",
    "sqlite_utils",
    "trafilatura",
    "lxml",
    "tokenizers",
    "sentence_transformers",
    "dateparser",
    "jsonschema",
]


def run(*args: str) -> int:
    """Run the command line and give its exit code."""
    with pytest.raises(SystemExit) as left:
        cli.main(args)
    return int(left.value.code or 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let `check` find the report of the tests, and remember what it was asked."""
    from verify import pipeline
    from verify.read import article as reader

    seen: dict[str, Any] = {}

    def read(source: str, **options: Any) -> object:
        seen.update(source=source, **options)
        return ARTICLE

    def checked(article: object, **options: Any) -> Report:
        assert article is ARTICLE
        options["progress"]("Deciding")
        seen.update(options)
        return REPORT

    monkeypatch.setattr(reader, "read", read)
    monkeypatch.setattr(pipeline, "load", lambda *names, use: names)
    monkeypatch.setattr(pipeline, "check", checked)
    return seen


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "report.json"
    path.write_text(report_json.render(REPORT), "utf-8")
    return str(path)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom verify.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "loaded: []" in shown
    for name in COMMANDS:
        assert name in shown


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_loads_and_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(name, "--help") == 0
    assert "Usage: verify " + name in capsys.readouterr().out
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.help


def test_a_command_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("chek") == 2
    assert "No such command" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"), [(InputError, 3), (FetchError, 3), (ArchiveError, 4), (ModelError, 4)]
)
def test_an_error_is_one_line_on_standard_error_and_an_exit_code(
    error: type[Exception],
    code: int,
    asked: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from verify import pipeline

    def fail(*_: Any, **__: Any) -> Report:
        raise error("the thing is broken:\n mend it")

    monkeypatch.setattr(pipeline, "check", fail)
    assert run("check", "article.txt") == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "verify: the thing is broken: mend it\n"


def test_any_other_error_is_a_fault_of_ours_and_not_hidden(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from verify import pipeline

    def fail(*_: Any, **__: Any) -> Report:
        raise RuntimeError("a fault")

    monkeypatch.setattr(pipeline, "check", fail)
    with pytest.raises(RuntimeError):
        cli.main(["check", "article.txt"])


def test_check_passes_its_options_on(asked: dict[str, Any]) -> None:
    code = run(
        *("check", "article.html", "--published", "2019-11-20", "--as-of", "2019-11-19"),
        *("--archive", "a.db", "--encoder", "mine", "--stance-model", "ours", "--offline", "-q"),
    )
    assert code == 0
    assert asked["source"] == "article.html"
    assert asked["published"].isoformat() == "2019-11-20T00:00:00+00:00"
    assert asked["as_of"].isoformat() == "2019-11-19T00:00:00+00:00"
    assert asked["archive"] == "a.db"
    assert asked["tools"] == ("mine", "ours")
    assert asked["session"].offline


def test_check_writes_each_format_to_standard_output(
    asked: dict[str, Any], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("check", "-", "--format", "json") == 0
    shaped = json.loads(capsysbinary.readouterr().out)
    assert shaped["schema"] == "verify.report/1"
    assert run("check", "-", "--format", "csv") == 0
    assert capsysbinary.readouterr().out.startswith(b"claim,verdict")
    assert run("check", "-") == 0
    assert b"Look at these first" in capsysbinary.readouterr().out


def test_the_files_name_chooses_the_format(
    asked: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, start in (("r.html", "<!doctype html>"), ("r.json", "{"), ("r.md", "# Syrian")):
        assert run("check", "a.txt", "-o", str(tmp_path / name)) == 0
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert run("check", "a.txt", "-o", str(tmp_path / "r.html"), "--format", "json") == 0
    assert (tmp_path / "r.html").read_text("utf-8").startswith("{")
    assert capsys.readouterr().out == ""


def test_a_folder_that_cannot_be_written_to_is_one_clear_line_and_leaves_nothing(
    asked: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "a.txt", "-o", str(tmp_path / "none" / "r.html")) == 3
    assert capsys.readouterr().err.startswith("verify: cannot write")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("old")
    path.chmod(0o640)
    output.write("new ‹é›", str(path))
    assert path.read_text("utf-8") == "new ‹é›"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["r.txt"]


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (("--fail-on", "contradicted"), 1),
        (("--fail-on", "disputed,one-sided"), 1),
        (("--fail-on", "confirmed", "--fail-on", "speculative"), 1),
        ((), 0),
    ],
)
def test_fail_on_a_verdict_leaves_with_one_where_it_occurs(
    labels: tuple[str, ...],
    code: int,
    asked: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("check", "a.txt", *labels) == code
    assert bool(capsys.readouterr().err) is bool(code)


def test_fail_on_names_the_verdicts_where_the_word_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("check", "a.txt", "--fail-on", "false") == 2
    assert "the verdicts are: confirmed, contradicted" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("check", "a.txt", "--format", "word"),
        ("check", "a.txt", "--published", "yesterday"),
        ("explain", "r.json"),
    ],
)
def test_wrong_usage_leaves_with_two(args: tuple[str, ...]) -> None:
    assert run(*args) == 2


def test_profile_tells_the_steps_on_standard_error(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "a.txt", "--profile") == 0
    told = capsys.readouterr().err
    assert " s  Deciding" in told
    assert " s  in all" in told


def test_posts_are_listed_for_people_and_for_programs(
    asked: dict[str, Any], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("posts", "a.html") == 0
    assert "2 embedded posts." in capsysbinary.readouterr().out.decode()
    assert run("posts", "a.html", "--json") == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert [p["id"] for p in found] == ["p1", "p2"]
    assert found[0]["posted_at"] == "2019-11-19T23:43:32Z"
    assert found[1]["checks"][0]["result"] == "fail"


def test_explain_shows_one_claim_of_a_saved_report(
    saved: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("explain", saved, "c5") == 0
    shown = " ".join(capsysbinary.readouterr().out.decode().split())
    assert "Israel carried out airstrikes on Damascus" in shown
    assert "Ten people" not in shown


def test_explain_names_the_claims_where_the_id_is_unknown(
    saved: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", saved, "c99") == 3
    assert "its claims are: c1, c2, c3" in capsys.readouterr().err


def test_explain_refuses_what_is_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\x80\x81 not json")
    assert run("explain", str(path), "c1") == 3
    assert run("explain", str(tmp_path / "none.json"), "c1") == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("verify: ") for line in lines)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_each_shell(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("completion", shell) == 0
    assert "_VERIFY_COMPLETE" in capsys.readouterr().out


def test_completion_offers_the_verdicts() -> None:
    option = next(p for p in check.check.params if p.name == "fail_on")
    offered = option.type.shell_complete(click.Context(check.check), option, "con")
    assert [item.value for item in offered] == ["contradicted", "confirmed"]


class Terminal:
    """A terminal that remembers what was written to it."""

    def __init__(self, is_terminal: bool) -> None:
        self.written = ""
        self._is_terminal = is_terminal

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return self._is_terminal


def _told(is_terminal: bool, quiet: bool, seconds: list[float]) -> str:
    stream = Terminal(is_terminal)
    ticks = iter(seconds)
    steps = Steps(quiet, stream, lambda: next(ticks))  # type: ignore[arg-type]
    steps("Reading")
    steps("Searching", 3, 14)
    steps.finish()
    return stream.written


def test_progress_is_told_after_half_a_second_and_cleared() -> None:
    assert _told(True, False, [0, 0.1, 0.7, 0.9]) == "\r\x1b[KSearching 3 of 14 …\r\x1b[K"


def test_progress_is_told_on_a_terminal_only_and_not_where_quiet_is_asked() -> None:
    assert _told(False, False, [0, 0.1, 0.7, 0.9]) == ""
    assert _told(True, True, [0, 0.1, 0.7, 0.9]) == ""
    assert _told(True, False, [0, 0.1, 0.2, 0.3]) == "", "what is quick needs no progress"


def test_colour_is_for_terminals_without_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal(True))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert output.is_colourful()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.is_colourful()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys, "stdout", Terminal(False))
    assert not output.is_colourful()


def test_an_output_that_nobody_reads_any_more_ends_quietly() -> None:
    code = (
        "import os\nfrom verify.cli import output\n"
        "r, w = os.pipe(); os.close(r); os.dup2(w, 1)\n"
        "output.write('a report', None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 141
