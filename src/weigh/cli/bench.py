"""`weigh bench`: every measured thing, in one run, beside its peers."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, json_option, progress, show

if TYPE_CHECKING:
    from weigh.bench.data import Context
    from weigh.bench.rows import Missing, Row

BENCHES = {
    "attribution": "weigh.bench.attribution",
    "techniques": "weigh.bench.techniques",
    "machine": "weigh.bench.machine",
    "hostile": "weigh.bench.hostile",
    "fuzz": "weigh.bench.fuzz",
}
"""Name -> module with `run(context)`."""

_EXAMPLES = """
\b
Examples:
  weigh bench
  weigh bench attribution --data ~/weigh-data
  weigh bench machine --json > machine.json
  WEIGH_FUZZ_SECONDS=600 weigh bench fuzz
"""


@click.command("bench", epilog=_EXAMPLES)
@click.argument("name", required=False, type=click.Choice(list(BENCHES)))
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of data; else $WEIGH_DATA, or ../shared."
)
@json_option
def command(name: str | None, data: Path | None, as_json: bool) -> None:
    """Measure how good and how fast Weigh is. What lacks its data says so and where to get it.

    `hostile` reads large hostile files, some minutes long; `fuzz` reads damaged ones for
    $WEIGH_FUZZ_SECONDS, else 60.
    """
    from weigh.bench.data import Context, default_folder  # after --help is answered
    from weigh.bench.rows import Missing  # after --help is answered
    from weigh.bench.table import bench_table, missing_line  # after --help is answered

    measured: list[Row | Missing] = []
    with progress() as tell:
        context = Context(data or default_folder(), tell)
        for bench in [name] if name is not None else list(BENCHES):
            for row in _rows(bench, context):
                measured.append(row)
                if not as_json:
                    show(missing_line(row) if isinstance(row, Missing) else bench_table(row))
    if as_json:
        echo_json(measured)


def _rows(bench: str, context: Context) -> Iterator[Row | Missing]:
    found: Iterator[Row | Missing] = importlib.import_module(BENCHES[bench]).run(context)
    return found
