"""`weigh undo`: the latest decision on an observation is taken back, and stays on record."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, json_option
from weigh.cli.judging import decide

_EXAMPLES = """
\b
Examples:
  weigh undo harbour.weigh obs-1f3a
"""


@click.command("undo", epilog=_EXAMPLES)
@case_argument
@click.argument("observation")
@click.option("--because", default="", metavar="REASON", help="Why.")
@click.option("--author", default="", metavar="NAME", help="Who decides; else the name of the login.")
@json_option
def command(case: Path, observation: str, because: str, author: str, as_json: bool) -> None:
    """Take back the latest decision on an observation; the one before it holds again."""
    decide(case, (observation,), "withdraw", because=because, author=author, as_json=as_json)
