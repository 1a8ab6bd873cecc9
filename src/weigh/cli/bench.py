"""`weigh bench`: every measured thing, in one run, beside its peers."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, json_option, progress, show
from weigh.errors import UsageError

if TYPE_CHECKING:
    from weigh.bench.data import Context
    from weigh.bench.rows import Missing, Row

BENCHES = {
    "attribution": "weigh.bench.attribution",
    "techniques": "weigh.bench.techniques",
    "machine": "weigh.bench.machine",
    "indicators": "weigh.bench.indicators",
    "stakes": "weigh.bench.stakes",
    "claims": "weigh.bench.claims",
    "speed": "weigh.bench.speed",
}
"""Name -> module with `run(context)`."""

ON_REQUEST = {
    "hostile": "weigh.bench.hostile",
    "fuzz": "weigh.bench.fuzz",
    "claims-test": "weigh.bench.claims_test",
    "claims-folds": "weigh.bench.claim_folds",
}
"""The same for what is measured only when it is asked for by name: what takes very long, and a test set,
so that it stays one."""

_EXAMPLES = """
\b
Examples:
  weigh bench
  weigh bench attribution --data ~/weigh-data --pictures curves/
  weigh bench machine --json > machine.json
  WEIGH_FUZZ_SECONDS=600 weigh bench fuzz
  weigh bench indicators labelled.json

\b
The FILE of `indicators` is JSON, a report's name leading to its indicators:
  {"REPORT": {"indicators": {"VALUE": {"type": "domain", "label": true}},
              "text": "the report"}}
Labels are true or false, or words such as "ioc" and "benign". Without "text"
the report is a file called REPORT or REPORT.txt (.md, .html, .pdf, .docx)
beside FILE or in a folder beside it. A labelled indicator that is not found
is missed; one that is found and not labelled is wrong.
"""


@click.command("bench", epilog=_EXAMPLES)
@click.argument("name", required=False, type=click.Choice([*BENCHES, *ON_REQUEST]))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of data; else $WEIGH_DATA, or ../shared."
)
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the curves of `attribution`, as SVG.",
)
@json_option
def command(
    name: str | None, file: Path | None, data: Path | None, pictures: Path | None, as_json: bool
) -> None:
    """Measure how good and how fast Weigh is. What lacks its data says so and where to get it.

    `hostile` reads large hostile files, some minutes long; `fuzz` reads damaged ones for
    $WEIGH_FUZZ_SECONDS, else 60.
    """
    if file is not None and name != "indicators":
        raise UsageError(f"weigh bench {name} takes no file", remedy="name its folder of data with --data")
    from weigh.bench.data import Context, default_folder  # after --help is answered
    from weigh.bench.rows import Missing  # after --help is answered
    from weigh.bench.table import bench_table, missing_line  # after --help is answered

    measured: list[Row | Missing] = []
    with progress() as tell:
        context = Context(data or default_folder(), tell, file, pictures)
        for bench in [name] if name is not None else list(BENCHES):
            for row in _rows(bench, context):
                measured.append(row)
                if not as_json:
                    show(missing_line(row) if isinstance(row, Missing) else bench_table(row))
    if as_json:
        echo_json(measured)


def _rows(bench: str, context: Context) -> Iterator[Row | Missing]:
    found: Iterator[Row | Missing] = importlib.import_module((BENCHES | ON_REQUEST)[bench]).run(context)
    return found
