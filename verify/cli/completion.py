"""`verify completion`: the script that teaches a shell to complete commands and options."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of SHELL.

    For bash, for example: verify completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    from verify.cli import group

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover - the choice above names only shells that click knows
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(group, {}, "verify", "_VERIFY_COMPLETE").source())
