"""`weigh diff`: what changed between two assessments, and which evidence did it."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import echo_json, json_option, show

_EXAMPLES = """
\b
Examples:
  weigh diff monday.json tuesday.json
  weigh diff monday.json harbour.weigh --json
"""


@click.command("diff", epilog=_EXAMPLES)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--fail-on-change", is_flag=True, help="Exit 1 when anything changed.")
@json_option
def command(old: Path, new: Path, fail_on_change: bool, as_json: bool) -> int:
    """Compare two assessments: OLD and NEW are saved JSON files or case files."""
    from weigh.assessment.compare import compare  # after --help is answered
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers.terminal_lists import comparison  # after --help is answered

    change = compare(load(old), load(new))
    if as_json:
        echo_json(change)
    else:
        show(comparison(change))
    return 1 if fail_on_change and not change.same else 0
