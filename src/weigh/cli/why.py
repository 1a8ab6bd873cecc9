"""`weigh why`: the waterfall of one hypothesis against another."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, echo_json, json_option, show

_EXAMPLES = """
\b
Examples:
  weigh why harbour.weigh APT40
  weigh why harbour.weigh "Fancy Bear" --against unlisted
  weigh why monday.json G0065 --json
"""


@click.command("why", epilog=_EXAMPLES)
@case_argument
@click.argument("actor")
@click.option(
    "--against", default="", metavar="NAME", help="Another actor, or unlisted; else the strongest rival."
)
@json_option
def command(case: Path, actor: str, against: str, as_json: bool) -> None:
    """The evidence for ACTOR against another, in bits, with the sentence behind every bar.

    CASE is a case file, or an assessment saved as JSON. Bars sum to the log2 of the odds.
    """
    from weigh.assessment.answers import hypothesis  # after --help is answered
    from weigh.assessment.waterfall import runner_up, waterfall  # after --help is answered
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers.terminal import why  # after --help is answered

    assessment = load(case)
    first = hypothesis(assessment, actor)
    second = hypothesis(assessment, against) if against else runner_up(assessment, first)
    if first == second:
        raise click.UsageError("the two hypotheses are the same one")
    if as_json:
        echo_json(waterfall(assessment, first, second))
    else:
        show(why(assessment, first, second))
