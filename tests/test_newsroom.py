"""The newsroom's page holds what it says: its settings load, its commands and options exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from verify import cli
from verify.collect import plan
from verify.sources import parse

PAGE = (Path(__file__).parents[1] / "docs" / "newsroom.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"verify ((?:[a-z]+ )+(?:[^\n`$|]*?--[a-z-]+)*)", PAGE)))


def test_its_settings_load(tmp_path: Path):
    block = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    path = tmp_path / "newsroom.toml"
    path.write_text(block[1])
    asked = plan.load(path)
    assert asked.handles == ("IDF", "harbourpolice")
    assert (asked.most, asked.prices.ask_over) == (500, 2.0)
    assert asked.archive == tmp_path / "archive.db"


def test_its_own_source_is_one():
    block = re.search(r"```\n(\[harbour-police\].*?)```", PAGE, re.DOTALL)
    assert block
    assert [entry.name for entry in parse(block[1], "newsroom.md")] == ["Harbour Police"]


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_it_names_exists_with_its_options(line: str):
    context = click.Context(cli.group)
    command: click.Command | None = cli.group
    words = line.split()
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        assert found is not None, line
        command = found
        words.pop(0)
    assert command is not None
    known = {option for param in command.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known
