"""`weigh ach`: the weights as a matrix of competing hypotheses."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, echo_json, json_option, show

_EXAMPLES = """
\b
Examples:
  weigh ach harbour.weigh
  weigh ach monday.json
  weigh ach harbour.weigh --json
"""


@click.command("ach", epilog=_EXAMPLES)
@case_argument
@json_option
def command(case: Path, as_json: bool) -> None:
    """How each fact sits with each leading answer: the matrix of competing hypotheses (ACH).

    CASE is a case file, or an assessment saved as JSON. A view of the weights, for those who think in
    matrices; `weigh why` gives the bits.
    """
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers.terminal_ach import matrix  # after --help is answered

    assessment = load(case)
    if as_json:
        echo_json(assessment.ach)
    else:
        show(matrix(assessment))
