"""README and docs are complete: every command and option is there, what they show is real."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from verify.cli import COMMANDS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import regenerate  # noqa: E402

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
BENCHMARKS = sorted(
    path.stem
    for path in (ROOT / "benchmarks").glob("*.py")
    if '__name__ == "__main__"' in path.read_text("utf-8")
)


def documented() -> dict[str, str]:
    """Give what docs/commands.md says of each command."""
    parts = re.split(r"^## ", regenerate.COMMANDS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].strip(): part for part in parts}


def test_every_command_and_every_option_is_documented() -> None:
    known = documented()
    missing = []
    for name, command in regenerate.commands():
        for parameter in command.params:
            options = [*parameter.opts, *parameter.secondary_opts]
            if isinstance(parameter, click.Option) and not parameter.hidden:
                missing += [f"{name} {o}" for o in options if f"{o}" not in known.get(name, "")]
        if name not in known:
            missing.append(name)
    assert not missing, "run `python docs/regenerate.py`"


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert set(documented()) <= {name for name, _ in regenerate.commands()}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`verify {name}[ `]", README)


def test_every_option_that_the_readme_names_exists() -> None:
    commands = dict(regenerate.commands())
    known = {"--help", *(o for c in commands.values() for p in c.params for o in p.opts)}
    lines = [line for line in README.splitlines() if re.match(r"\s+verify |.*`--", line)]
    named = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z-]+", line)}
    assert named
    assert named <= known


def test_every_figure_has_a_script_and_every_benchmark_a_line() -> None:
    named = set(re.findall(r"python -m benchmarks\.(\w+)", README))
    assert named == set(BENCHMARKS)


def test_every_file_that_the_readme_links_or_names_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    paths = re.findall(r"`((?:samples|docs|verify|tests|training|benchmarks)/[\w./-]*)`", README)
    assert links
    missing = [path for path in {*links, *paths} if not (ROOT / path).exists()]
    assert not missing


def test_every_goal_of_make_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    goals = set(re.findall(r"(?:^    |`)make (\w+)", README, re.MULTILINE))
    assert {"demo", "test"} <= goals
    assert all(re.search(rf"^{goal}:", makefile, re.MULTILINE) for goal in goals)


def test_the_report_in_the_readme_is_one_of_the_sample_article() -> None:
    shown = README.partition(regenerate.BEGIN)[2].partition(regenerate.END)[0]
    assert "Article of 20 Nov 2019" in shown
    assert "(@Syria_Protector) on X" in shown
    counts = re.findall(
        r"^ +(\d+)  \S (?:[A-Z][a-z ]+?)(?: {2,}(\d+)  \S .*)?$", shown, re.MULTILINE
    )
    claims = re.search(r"^(\d+) claims, 1 post$", shown, re.MULTILINE)
    assert claims
    assert sum(int(n) for pair in counts for n in pair if n) == int(claims.group(1))


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_python_of_the_readme_runs(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "{'numpy', 'requests', 'lxml', 'rich'}"
    code = f"import sys, verify; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_of_the_package_can_be_had() -> None:
    import verify

    assert all(getattr(verify, name) is not None for name in verify.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = verify.nothing
