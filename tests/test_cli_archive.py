"""`verify archive`: what it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify import cli

SAMPLE = Path(__file__).parents[1] / "samples" / "statements.jsonl"


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        cli.main(["archive", *map(str, args)])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


@pytest.fixture
def path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "a.db"
    code, out, err = run(capsys, "add", SAMPLE, "--archive", path)
    assert (code, out, err) == (0, f"7 added, 0 already there: {path}\n", "")
    return path


def test_adding_again_adds_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "add", SAMPLE, "--archive", path)
    assert out == f"0 added, 7 already there: {path}\n"


def test_a_search_prints_who_said_what_when_and_where(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        capsys, "search", "missiles fired at Damascus by Israeli jets", "-n", 1, "--archive", path
    )
    assert code == 0
    head, text, url = out.splitlines()
    assert head.startswith("a3 · 2019-11-20 · SANA · state-media · ")
    assert text.strip().startswith("Israel's combat aircraft have fired several missiles")
    assert url.strip() == "https://tass.com/world/1090683"


def test_a_listing_as_json_can_be_added_to_another_archive(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "list", "--json", "--archive", path)
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["published_at"][:10] for record in records[:2]] == ["2019-12-22", "2019-11-20"]
    copy = tmp_path / "copy.jsonl"
    copy.write_text(out, encoding="utf-8")
    _, out, _ = run(capsys, "add", copy, "--archive", path)
    assert out == f"0 added, 7 already there: {path}\n"


def test_bad_lines_are_told_and_the_rest_goes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(SAMPLE.read_text(encoding="utf-8").splitlines()[0] + "\n{broken\n")
    code, out, err = run(capsys, "add", mixed, "--archive", tmp_path / "a.db")
    assert (code, out[:8]) == (0, "1 added,")
    assert err.startswith(f"verify: {mixed} line 2: not JSON")


def test_strict_refuses_all_and_makes_no_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(SAMPLE.read_text(encoding="utf-8").splitlines()[0] + "\n{broken\n")
    code, _, err = run(capsys, "add", mixed, "--strict", "--archive", tmp_path / "a.db")
    assert code == 3
    assert err.splitlines()[-1] == "verify: nothing was added: 1 of 2 lines are wrong"
    assert not (tmp_path / "a.db").exists()


def test_what_is_removed_is_gone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "remove", "a1", "a99", "--archive", path)
    assert (code, out) == (0, f"1 removed: {path}\n")
    assert err == f"verify: no statement a99 in {path}\n"
    _, out, _ = run(capsys, "info", "--json", "--archive", path)
    assert json.loads(out)["statements"] == 6


@pytest.mark.parametrize(
    "command", [["info"], ["list"], ["search", "x"], ["remove", "a1"], ["encode"]]
)
def test_a_mistyped_path_makes_no_archive(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, *command, "--archive", tmp_path / "absent.db")
    assert code == 4
    assert "does not exist" in err
    assert list(tmp_path.iterdir()) == []
