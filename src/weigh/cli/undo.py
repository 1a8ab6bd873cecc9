"""`weigh undo`: the latest decision on an observation is taken back, and stays on record."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument
from weigh.cli.judging import decide, decision_options

_EXAMPLES = """
\b
Examples:
  weigh undo harbour.weigh obs-1f3a
"""


@click.command("undo", epilog=_EXAMPLES)
@case_argument
@click.argument("observation")
@decision_options
def command(case: Path, observation: str, because: str, author: str, as_json: bool) -> None:
    """Take back the latest decision on an observation or a claim; the one before it holds again."""
    decide(case, (observation,), "withdraw", because=because, author=author, as_json=as_json)
