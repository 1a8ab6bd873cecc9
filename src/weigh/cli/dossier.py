"""`weigh dossier`: the case as one page."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import case_argument, echo_json, json_option, tlp_option, warn_if_wider, write_text

_EXAMPLES = """
\b
Examples:
  weigh dossier harbour.weigh -o harbour.html
  weigh dossier harbour.weigh -o public.html --redact --tlp clear
  weigh dossier monday.json > monday.html
"""


@click.command("dossier", epilog=_EXAMPLES)
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The page; else standard output."
)
@click.option("--redact", is_flag=True, help="Leave out quotes, document names and people's names.")
@click.option("--payoffs", type=click.Path(path_type=Path, dir_okay=False), help="What outcomes are worth.")
@tlp_option
@json_option
def command(
    case: Path, output: Path | None, redact: bool, payoffs: Path | None, tlp: str, as_json: bool
) -> None:
    """Write the whole case as one self-contained HTML page.

    CASE is a case file, or an assessment saved as JSON. The page needs no network and prints well.
    """
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers import dossier  # after --help is answered
    from weigh.stakes.payoffs import read  # after --help is answered

    worth = None if payoffs is None else read(payoffs)
    assessment = load(case, claims=True)
    warn_if_wider(assessment.tlp, tlp)
    page = dossier.render(assessment, tlp=tlp, redact=redact, payoffs=worth)
    if output is None:
        echo_json({"html": page}) if as_json else click.echo(page, nl=False)
        return
    write_text(output, page, spare=[case])
    if as_json:
        echo_json({"dossier": str(output), "bytes": len(page.encode())})
    else:
        click.echo(f"The dossier is {output} ({len(page.encode()) / 1000:,.0f} kB)")
