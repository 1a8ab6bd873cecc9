"""`weigh observations`: what was read, with the ids that accept, reject and correct take."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, echo_json, json_option, show

_EXAMPLES = """
\b
Examples:
  weigh observations harbour.weigh
  weigh observations harbour.weigh --kind software
  weigh observations harbour.weigh --all --json
"""
_KINDS = (
    *(
        "technique",
        "software",
        "indicator",
        "vulnerability",
        "sector",
        "country",
        "circumstance",
        "artefact",
        "actor",
    ),
)


@click.command("observations", epilog=_EXAMPLES)
@case_argument
@click.option(
    "--kind", type=click.Choice(_KINDS), metavar="KIND", help=f"Only of this kind: {', '.join(_KINDS)}."
)
@click.option("--all", "everything", is_flag=True, help="Those set aside, too, with the reason.")
@json_option
def command(case: Path, kind: str | None, everything: bool, as_json: bool) -> None:
    """List what was read in a case, with its place, its id, and who judged it."""
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers.terminal_lists import observations  # after --help is answered

    assessment = load(case)
    rows = [
        row
        for row in assessment.observations
        if (kind is None or row.kind == kind) and (everything or len(row.set_aside) == 0)
    ]
    if as_json:
        echo_json(rows)
    else:
        show(observations(assessment, rows))
