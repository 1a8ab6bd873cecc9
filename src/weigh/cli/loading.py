"""An assessment from what a user names: a case file, or an assessment saved as JSON."""

from __future__ import annotations

from pathlib import Path

from weigh.assessment.document import Assessment
from weigh.cli.console import existing_case, progress, say


def load(path: Path, *, claims: bool = False) -> Assessment:
    """The assessment of a case file, with its claims where asked for, or the one saved in a JSON file.

    Raises `CaseError` when there is no such file, or it is neither.
    """
    if existing_case(path).suffix == ".json":
        from weigh.renderers.as_json import load as saved  # only for a saved one

        return saved(path.read_bytes(), str(path))
    from weigh.api import Case, Workbench  # loads the whole program

    with progress() as tell, Case.open(path, read_only=True, bench=Workbench(tell, say)) as opened:
        return opened.assess(claims=claims)
