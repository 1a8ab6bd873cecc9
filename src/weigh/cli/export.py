"""`weigh export`: an assessment in the formats of the field."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from weigh.cli.console import case_argument, echo_json, json_option, tlp_option, warn_if_wider, write_text

FORMATS = {
    "stix": "as_stix",
    "misp": "as_misp",
    "navigator": "as_navigator",
    "markdown": "as_markdown",
    "csv": "as_csv",
    "json": "as_json",
}
"""Format -> module of `weigh.renderers`."""

_TEXTS = frozenset({"markdown", "csv"})
"""Formats that are no JSON by themselves."""

_EXAMPLES = """
\b
Examples:
  weigh export harbour.weigh --to stix -o harbour.stix.json --tlp amber
  weigh export harbour.weigh --to navigator > layer.json
  weigh export monday.json --to markdown --redact
"""


@click.command("export", epilog=_EXAMPLES)
@case_argument
@click.option("--to", "target", required=True, type=click.Choice(list(FORMATS)), help="The format.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; else standard output."
)
@click.option("--redact", is_flag=True, help="Leave out quotes, document names and people's names.")
@click.option(
    "--actors",
    type=click.IntRange(0, 20),
    default=0,
    help="Navigator only: a layer for each leading actor, too.",
)
@tlp_option
@json_option
def command(
    case: Path, target: str, output: Path | None, redact: bool, actors: int, tlp: str, as_json: bool
) -> None:
    """Hand an assessment on. A repeated export gives the same bytes.

    CASE is a case file, or an assessment saved as JSON. Only STIX and MISP carry live network names.
    """
    from weigh.cli.loading import load  # after --help is answered

    if actors > 0 and target != "navigator":
        raise click.UsageError("--actors goes with --to navigator")
    renderer = importlib.import_module(f"weigh.renderers.{FORMATS[target]}")
    assessment = load(case, claims=target == "json")
    warn_if_wider(assessment.tlp, tlp)
    more = {"actors": actors} if target == "navigator" else {}
    text: str = renderer.render(assessment, tlp=tlp, redact=redact, **more)
    if output is None:
        echo_json({target: text}) if as_json and target in _TEXTS else click.echo(text, nl=False)
        return
    write_text(output, text, spare=[case])
    echo_json({"file": output.name}) if as_json else click.echo(f"{target}: {output}")
