"""The command line: which commands there are, what an exit code means, how an error is told.

A command's module loads when the command is called, so that `verify --help` answers at once.
Nothing here knows about claims or reports.

Exit codes: 0 done · 1 a finding at the level of --fail-on · 2 wrong usage · 3 input or fetch ·
4 model or archive · 5 a batch done in part · 130 interrupted · 141 the reader of our output left.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from verify.errors import VerifyError

#: Command → (module, name in it, one line of help). The help stands here so that listing the
#: commands loads none of them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "check": ("verify.cli.check", "check", "Check an article against what officials have said."),
    "batch": ("verify.cli.batch", "batch", "Check many articles; a line of JSON for each."),
    "posts": ("verify.cli.posts", "posts", "List the posts embedded in an article, with checks."),
    "archive": ("verify.cli.archive", "archive", "Fill and look into the archive of statements."),
    "collect": ("verify.cli.collect", "collect", "Fill the archive from X, feeds, pages, files."),
    "watch": ("verify.cli.watch", "watch", "Check a report's claims again; print what changed."),
    "history": ("verify.cli.watch", "history", "Draw how an article's claims stood over time."),
    "serve": ("verify.cli.serve", "serve", "Serve a local page to check, read and search on."),
    "sources": ("verify.cli.sources", "sources", "Show who counts as official; add your own."),
    "explain": ("verify.cli.explain", "explain", "Show one claim of a saved report in full."),
    "completion": ("verify.cli.completion", "completion", "Print the shell completion script."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command and give the command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for --help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="verify", message="%(package)s %(version)s")
def group() -> None:
    """Check the claims of an article and its embedded posts against what officials have said.

    A report never says true or false: it says what officials have committed themselves to, who
    contradicts them, and who stays silent.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with an exit code; an error is one line on standard error."""
    try:
        result = group.main(args=args, prog_name="verify", standalone_mode=False)
    except VerifyError as error:
        click.echo(f"verify: {' '.join(str(error).split())}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("verify: interrupted", err=True)
        sys.exit(130)
    sys.exit(result if isinstance(result, int) else 0)
