"""`weigh assess`: weigh a case."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import (
    DATED,
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
  weigh assess harbour.weigh --without T1091 --without vendor-report.pdf
  weigh assess harbour.weigh --deception 0.1
  weigh assess harbour.weigh --prior APT41=0.2
  weigh assess harbour.weigh --as-of 2021-07-19     (with an official bundle)
"""


def _priors(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, float]:
    """ACTOR=P pairs as a table."""
    found: dict[str, float] = {}
    for pair in value:
        name, separator, chance = pair.rpartition("=")
        if name in found:
            raise click.BadParameter(
                f"{name!r} is given twice; give each actor one prior", ctx=ctx, param=param
            )
        try:
            found[name] = float(chance)
        except ValueError:
            separator = ""
        if separator == "" or name == "":
            raise click.BadParameter(f"{pair!r} is not ACTOR=P, such as APT41=0.2", ctx=ctx, param=param)
    return found


@click.command("assess", epilog=_EXAMPLES)
@case_argument
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Save it as JSON.")
@click.option("--fail-on", type=click.FloatRange(0.0, 1.0), help="Exit 1 when an actor reaches this chance.")
@click.option(
    "--without", multiple=True, metavar="ITEM", help="What if it were not: an id, a name or a document."
)
@click.option(
    "--prior", "priors", multiple=True, callback=_priors, metavar="ACTOR=P", help="What if P held before."
)
@click.option("--as-of", default="", metavar="DATE", help=f"What if nothing later were known; {DATED}.")
@click.option(
    "--deception", type=click.FloatRange(0.0, 0.999), help="What if somebody poses as another this often."
)
@json_option
def command(
    case: Path,
    output: Path | None,
    fail_on: float | None,
    without: tuple[str, ...],
    priors: dict[str, float],
    as_of: str,
    deception: float | None,
    as_json: bool,
) -> int:
    """Weigh a case: who, how sure, why, against what.

    With --without, --prior, --as-of or --deception it is a what-if: it says so, and the case stays as it is.
    """
    from weigh.api import Case, Workbench  # loads the whole program
    from weigh.assessment.suppositions import Suppositions  # what is supposed

    suppose = Suppositions(without, priors, deception, as_of)
    with (
        progress() as tell,
        Case.open(existing_case(case), read_only=True, bench=Workbench(tell, say)) as opened,
    ):
        assessment = opened.assess(suppose, claims=output is not None or as_json)
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
