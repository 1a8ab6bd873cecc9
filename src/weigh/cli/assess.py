"""`weigh assess`: weigh a case."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import (
    case_argument,
    existing_case,
    json_option,
    progress,
    say,
    show,
    write_text,
)
from weigh.cli.look import met

_EXAMPLES = """
\b
Examples:
  weigh assess harbour.weigh
  weigh assess harbour.weigh --json > monday.json
  weigh assess harbour.weigh --fail-on 0.8
"""


@click.command("assess", epilog=_EXAMPLES)
@case_argument
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Save it as JSON.")
@click.option("--fail-on", type=click.FloatRange(0.0, 1.0), help="Exit 1 when an actor reaches this chance.")
@json_option
def command(case: Path, output: Path | None, fail_on: float | None, as_json: bool) -> int:
    """Weigh a case: who, how sure, why, against what."""
    from weigh.api import Case, Workbench  # loads the whole program

    with (
        progress() as tell,
        Case.open(existing_case(case), read_only=True, bench=Workbench(tell, say)) as opened,
    ):
        assessment = opened.assess()
    if output is not None or as_json:
        from weigh.renderers import as_json as saved  # only when it is saved or piped

        text = saved.render(assessment)
        if output is not None:
            write_text(output, text, spare=[case])
        if as_json:
            click.echo(text, nl=False)
    if not as_json:
        from weigh.renderers.terminal import screen  # only when a screen is asked for

        show(screen(assessment))
    return met(assessment, fail_on)
