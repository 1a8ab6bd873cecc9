"""`weigh import`: a table that others have coded, as the statements that it holds and not as its rows."""  # noqa: N999

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, json_option, progress, say, tlp_option
from weigh.renderers.signs import one_line

if TYPE_CHECKING:
    from weigh.claims.eurepoc import Table
    from weigh.records import Document

_EXAMPLES = """
\b
Examples:
  weigh import eurepoc eurepoc_attribution_dataset_1.1.csv
  weigh import eurepoc attribution.csv.xz --incident 1493 --into harbour.weigh
  weigh claims harbour.weigh

\b
The table is EuRepoC's attribution dataset 1.1 (Zenodo 7848941), CSV or CSV
packed with xz. Its rows are combinations: an attribution with two speakers
and three culprits has six. Rows of one attribution_ID are one statement;
statements of one incident, date and type count as one origin.
"""


@click.command("import", epilog=_EXAMPLES)
@click.argument("sort", type=click.Choice(["eurepoc"]))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--incident", "incidents", multiple=True, metavar="ID", help="Only this incident; repeatable.")
@click.option(
    "--into", type=click.Path(path_type=Path, dir_okay=False), metavar="CASE", help="The case file."
)
@tlp_option
@json_option
def command(
    sort: str, file: Path, incidents: tuple[str, ...], into: Path | None, tlp: str, as_json: bool
) -> None:
    """Import who says what from a coded table: statements and their origins, not rows.

    Without --into the table is only counted. With it the table becomes a document of the case, which is made
    when it is not there; `weigh claims CASE` shows its statements. It holds accusations and no traces, so
    nothing in it is weighed. The same table a second time changes nothing.
    """
    from weigh.claims.coded_tables import read_eurepoc  # after --help is answered
    from weigh.claims.eurepoc import read_table  # after --help is answered

    document = read_eurepoc(file, incidents)
    table = read_table(document)
    status = "counted" if into is None else _kept(document, into, tlp)
    if as_json:
        echo_json(_as_json(document, table, into, status))
        return
    click.echo(one_line(f"{status:15}{document.name}"))
    for line in _summary(table, document):
        click.echo(one_line(f"{'':15}{line}"))
    if into is None:
        say("weigh: nothing was kept; --into CASE keeps it")


def _kept(document: Document, into: Path, tlp: str) -> str:
    """Add the table to the case: `read`, or `already there`."""
    from weigh.api import Case, Described, Workbench  # loads the whole program
    from weigh.claims.eurepoc import CODERS  # after --help is answered

    with progress() as tell, Case.open(into, bench=Workbench(tell, say)) as opened:
        added = opened.add(document, Described(source=CODERS.name, tlp=tlp))
    return "read" if added.new else "already there"


def _summary(table: Table, document: Document) -> list[str]:
    from weigh.readers.wording import counted  # after --help is answered

    incidents = len({one.incident for one in table.attributions})
    dates = len({date for _, date, _ in table.origins} - {""})
    statements = counted(len(table.attributions), "statement")
    lines = [
        f"{counted(table.rows, 'row')}, {table.blank:,} of them blank (dropped)",
        f"-> {statements} on {counted(incidents, 'incident')}",
        f"-> {counted(len(table.origins), 'origin')} (incident, date and type), {counted(dates, 'date')}",
    ]
    return [*lines, *(f"{notice.place}: {notice.problem}" for notice in document.notices)]


def _as_json(document: Document, table: Table, into: Path | None, status: str) -> dict[str, object]:
    return {
        "name": document.name,
        "document": document.id,
        "case": "" if into is None else str(into),
        "status": status,
        "rows": table.rows,
        "blank": table.blank,
        "statements": len(table.attributions),
        "origins": len(table.origins),
        "incidents": len({one.incident for one in table.attributions}),
        "notices": [f"{notice.place}: {notice.problem}" for notice in document.notices],
    }
