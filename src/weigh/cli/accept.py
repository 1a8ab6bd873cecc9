"""`weigh accept`: a person vouches for an observation."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument
from weigh.cli.judging import decide, decision_options

_EXAMPLES = """
\b
Examples:
  weigh accept harbour.weigh obs-1f3a --because "checked against the logs"
  weigh accept harbour.weigh obs-1f3a --author "R. Vance" --json
  weigh accept harbour.weigh clm-20ab --because "read by hand"
"""


@click.command("accept", epilog=_EXAMPLES)
@case_argument
@click.argument("observations", nargs=-1, required=True, metavar="OBSERVATION...")
@decision_options
def command(case: Path, observations: tuple[str, ...], because: str, author: str, as_json: bool) -> None:
    """Accept an observation, or a claim, as read rightly.

    An observation then counts with certainty. OBSERVATION is an id, or its beginning; `weigh observations
    CASE` lists them, `weigh claims CASE --quotes` those of claims.
    """
    decide(case, observations, "accept", because=because, author=author, as_json=as_json)
