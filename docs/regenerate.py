"""Writes what the documents take from the program: `python docs/regenerate.py`.

docs/commands.md: every command with its arguments and options. README.md: between the two `report`
marks, the report on the sample article, shortened to its overview and two of its sections. Needs
the models and no network; changes those two files only.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from verify.cli import group

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
README = ROOT / "README.md"
SAMPLE = "samples/damascus-2019-11-20.txt"
BEGIN, END = "<!-- report: docs/regenerate.py -->\n", "<!-- /report -->\n"
#: The sections of the report shown in full, by how their headings begin.
SHOWN = ("Post: ", "Paragraph 11: ")

HEAD = """# Commands

Written by `python docs/regenerate.py` from the program itself; `verify COMMAND --help` says the
same.

Exit codes: 0 done · 1 a finding at the level of `--fail-on` · 2 wrong usage · 3 input or fetch ·
4 model or archive · 5 a batch done in part · 130 interrupted · 141 the reader of the output left.
"""


def commands(
    command: click.Command = group, path: tuple[str, ...] = ("verify",)
) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, groups before their members."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            member = command.get_command(context, name)
            assert member is not None
            yield from commands(member, (*path, name))


def described(name: str, command: click.Command) -> str:
    """Describe one command in Markdown."""
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    help_text = inspect.cleandoc((command.help or "").replace("\b\n", ""))
    lines = [f"## {name}", "", f"`{name} {usage}`", "", help_text, ""]
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            option, says = (" ".join(part.split()) for part in record)
            lines.append(f"- `{option}` — {says}")
    return "\n".join(lines).rstrip() + "\n"


def sections(report: str) -> tuple[str, list[str]]:
    """Part a report for the terminal into its overview and its sections."""
    overview, _, rest = report.partition("All claims, in reading order\n")
    return overview.rstrip(), re.split(r"\n(?=Paragraph \d|Post: |What the words mean)", rest)


def excerpt(report: str) -> str:
    """Shorten the report: the overview, the sections `SHOWN`, what the words mean."""
    overview, parts = sections(report)
    chosen = [p.strip() for p in parts if p.lstrip().startswith((*SHOWN, "What the words mean"))]
    return "\n\n".join([overview, "[…]", "\n\n[…]\n\n".join(chosen)])


def main() -> int:
    """Write both files."""
    text = "\n".join([HEAD, *(described(name, command) for name, command in commands())])
    COMMANDS.write_text(text, "utf-8")
    command = [sys.executable, "-m", "verify", "check", SAMPLE, "--offline", "--quiet"]
    with tempfile.TemporaryDirectory() as empty:  # no archive of the one who runs this
        home = {**os.environ, "XDG_DATA_HOME": empty}
        done = subprocess.run(
            command, cwd=ROOT, env=home, capture_output=True, encoding="utf-8", check=True
        )
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    block = f"```text\n{excerpt(done.stdout)}\n```\n"
    README.write_text(before + BEGIN + block + END + after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
