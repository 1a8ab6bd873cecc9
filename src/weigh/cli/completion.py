"""`weigh completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click

_EXAMPLES = """
\b
Examples:
  weigh completion bash >> ~/.bashrc
  weigh completion fish > ~/.config/fish/completions/weigh.fish
"""


@click.command("completion", epilog=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class  # needed here only

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(context.find_root().command, {}, "weigh", "_WEIGH_COMPLETE").source())
