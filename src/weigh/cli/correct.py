"""`weigh correct`: a person says what an observation should have been."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, json_option
from weigh.cli.judging import decide

_EXAMPLES = """
\b
Examples:
  weigh correct harbour.weigh obs-1f3a T1566.002 --because "a link"
"""


@click.command("correct", epilog=_EXAMPLES)
@case_argument
@click.argument("observation")
@click.argument("value")
@click.option("--because", default="", metavar="REASON", help="Why.")
@click.option("--author", default="", metavar="NAME", help="Who decides; else the name of the login.")
@json_option
def command(case: Path, observation: str, value: str, because: str, author: str, as_json: bool) -> None:
    """Correct what an observation says to VALUE: an ATT&CK id, or the right indicator.

    OBSERVATION is an id, or its beginning; `weigh observations CASE` lists them.
    """
    decide(case, (observation,), "correct", because=because, author=author, value=value, as_json=as_json)
