"""The signs of staging as they come with Weigh, made anew: `python -m weigh.bench.signs FOLDER [FILE]`.

To be run whenever the model's own weights or features have changed. FOLDER holds the official bundle as the
benches find it; FILE is the table that comes with Weigh unless another is named.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from weigh.bench import deception, open_world, postures
from weigh.bench.data import OFFICIAL
from weigh.compiling.attack import read_bundle
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.inference import staging
from weigh.inference.model import Weights
from weigh.inference.staging import Levels, SignWeights, write_signs
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations

TABLE = Path(staging.__file__).with_name("signs.json")


def fitted_signs(
    relations: Relations, names: Sequence[str], ids: Sequence[str], weights: Weights
) -> tuple[SignWeights, Levels, str]:
    """The signs of staging and the levels for a model with these weights, learned from all cases, and what
    they were learned from."""
    found = list(open_world.worlds(relations, open_world.chosen(relations, names)[0], ids))
    asked = list(deception.questions(found, [weights] * len(found), ids))
    signs = postures.learned_signs(asked)
    groups = len({world.case.actor for world in found})
    about = (
        f"{len(found)} cases of {groups} groups, closed and open, and each imitated {open_world.SEEDS} times"
    )
    return signs, postures.learned_levels(asked, signs, postures.FALSE_ALARMS), about


def main(folder: str, table: str = str(TABLE)) -> None:
    """Fit the signs for the weights that come with Weigh, and save them."""
    linked = link(read_bundle(Path(folder) / OFFICIAL), ())
    catalogue = linked.catalogue
    ids = [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
    names = [report.name for report in catalogue.reports]
    signs, levels, about = fitted_signs(index(linked), names, ids, shipped())
    write_signs(Path(table), signs, levels, f"fitted on {about}, {Path(OFFICIAL).name}")
    sys.stdout.write(f"{table}: {about}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
