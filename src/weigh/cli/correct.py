"""`weigh correct`: a person says what an observation should have been."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument
from weigh.cli.judging import decide, decision_options

_EXAMPLES = """
\b
Examples:
  weigh correct harbour.weigh obs-1f3a T1566.002 --because "a link"
  weigh correct harbour.weigh obs-1f3a forgeability=0.05 --because "signed"
  weigh correct harbour.weigh obs-1f3a credibility=2
  weigh correct harbour.weigh clm-20ab degree=linked
  weigh correct harbour.weigh clm-20ab "speaker=Port CERT"
"""


@click.command("correct", epilog=_EXAMPLES)
@case_argument
@click.argument("observation")
@click.argument("value")
@decision_options
def command(case: Path, observation: str, value: str, because: str, author: str, as_json: bool) -> None:
    """Correct what an observation says to VALUE: an ATT&CK id, or the right indicator.

    Of an observation two figures are corrected, as FIELD=VALUE: credibility (1 to 6) and forgeability (0 hard
    to 1 easy, before the table's). They say nothing of whether it was read rightly.

    Of a claim one field is corrected, as FIELD=VALUE: stance, degree, basis, speaker, accused or said;
    several parties with ";" between them. OBSERVATION is an id, or its beginning; `weigh observations CASE`
    lists them, `weigh claims CASE --quotes` those of claims.
    """
    decide(case, (observation,), "correct", because=because, author=author, value=value, as_json=as_json)
