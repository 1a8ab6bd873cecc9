"""`weigh reject`: a person sets an observation aside."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument
from weigh.cli.judging import decide, decision_options

_EXAMPLES = """
\b
Examples:
  weigh reject harbour.weigh obs-1f3a --because "checked against the logs"
  weigh reject harbour.weigh obs-1f3a --author "R. Vance" --json
  weigh reject harbour.weigh clm-20ab --because "a question, no claim"
"""


@click.command("reject", epilog=_EXAMPLES)
@case_argument
@click.argument("observations", nargs=-1, required=True, metavar="OBSERVATION...")
@decision_options
def command(case: Path, observations: tuple[str, ...], because: str, author: str, as_json: bool) -> None:
    """Set an observation, or a claim, aside: it counts for nothing, and stays in the case.

    OBSERVATION is an id, or its beginning; `weigh observations CASE` lists them, `weigh claims CASE --quotes`
    those of claims.
    """
    decide(case, observations, "reject", because=because, author=author, as_json=as_json)
