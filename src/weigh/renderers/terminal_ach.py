"""The ACH matrix on a terminal of 80 columns: a letter for each fact and answer, readable without colour."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from weigh.assessment.document import UNLISTED, Assessment
from weigh.renderers.narrow import Fitting
from weigh.renderers.terminal import written
from weigh.scales import percent

_FACT = 38
_LETTERS = 4
_LEGEND = (
    "CC and C speak for an answer, I and II against it, N does neither: the weight of the fact less the "
    "mean of its row, from 2 and from 0.5 bits. cr: credibility, re: relevance (H, M, L). The score adds up "
    "what contradicts an answer; the one nearest to 0 is contradicted least. It is a view, not the odds."
)


def matrix(assessment: Assessment) -> RenderableType:
    """The whole matrix, the facts that tell most first, with the answers' names and scores below."""
    ach = assessment.ach
    if ach is None:
        return written("There is no matrix: nothing was weighed, or there is nothing to compare.")
    names = {row.id: row.name for row in assessment.features}
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("fact", width=_FACT, overflow="ellipsis", no_wrap=True)
    for heading in ("cr", "re", *(str(place) for place in range(1, len(ach.hypotheses) + 1))):
        table.add_column(heading, justify="center", min_width=2, no_wrap=True)
    telling = [fact for fact in ach.facts if any(letters != "N" for letters in fact.levels)]
    for fact in telling:
        label = f"{fact.feature} {names.get(fact.feature, '')}"
        table.add_row(written(label), fact.credibility, fact.relevance, *fact.levels)
    idle = len(ach.facts) - len(telling)
    rest = [written(f"and {idle} more, with N throughout", style="dim")] if idle > 0 else []
    legend = written(_LEGEND, style="dim")
    fitting = Fitting(table, _FACT + _LETTERS * (len(table.columns) - 1))
    return Group(fitting, *rest, written(""), *_scores(assessment), written(""), legend)


def _scores(assessment: Assessment) -> list[RenderableType]:
    rows = {row.id: row for row in assessment.hypotheses}
    ach = assessment.ach
    pairs = zip(ach.hypotheses, ach.scores, strict=True) if ach is not None else ()
    lines: list[RenderableType] = []
    for place, (identifier, score) in enumerate(pairs, start=1):
        name = UNLISTED if identifier == UNLISTED or identifier not in rows else rows[identifier].name
        chance = f", {percent(rows[identifier].probability)}" if identifier in rows else ""
        lines.append(Padding(written(f"{place}  {name}{chance}, score {score:.2f}"), (0, 0, 0, 2)))
    return lines
