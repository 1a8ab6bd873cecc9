"""The techniques of the case on ATT&CK's matrix, shaded by what each weighs for the leader.

The picture is made of text in boxes, not of drawn letters, so that it reflows in print and can be
searched and read aloud; its shades are steps, each told apart by its number and, below zero, hatching.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weigh.assessment.document import FeatureRow
from weigh.records import Kind
from weigh.renderers.dossier.markup import Markup, element, join
from weigh.renderers.dossier.tables import (
    Column,
    code,
    fold,
    link,
    named,
    paragraph,
    scroll,
    section,
    table,
)
from weigh.renderers.dossier.view import View, fact_anchor, feature_name, weight_of
from weigh.renderers.dossier.words import TACTICS, answer_name, bits, share, tactic_name, tactic_order

NO_TACTIC = "no tactic given"
SINCE_VERSION_19 = ("stealth", "defense-impairment")
# The upper ends of the shades, in bits: half a bit is 1.4 to 1, one bit 2 to 1, two bits 4 to 1.
STEPS = (0.1, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One technique in one column, with its weight for the leader in bits."""

    row: FeatureRow
    weight: float


def matrix(view: View) -> Markup:
    """The section: the matrix in a box that scrolls, its legend, and the same as a table."""
    columns = specification(view)
    leader = answer_name(view.leader)
    if len(columns) == 0:
        return section("matrix", "Techniques", paragraph("No technique was observed that could be weighed."))
    hint = (
        f"Techniques observed, under each tactic they serve; the number is the weight for {leader}, in bits."
    )
    grid = scroll(
        "Matrix of techniques",
        element("ul", {"class": "matrix"}, *(_column(name, cells) for name, cells in columns.items())),
    )
    return section(
        "matrix",
        "Techniques",
        paragraph(hint, kind="hint"),
        grid,
        _legend(leader),
        _empty(columns),
        fold("The same as a table", _table(view)),
    )


def specification(view: View) -> Mapping[str, tuple[Cell, ...]]:
    """Tactic to the techniques observed for it: tactics in ATT&CK's order, techniques by falling weight."""
    columns: defaultdict[str, list[Cell]] = defaultdict(list)
    for place, row in _techniques(view):
        for tactic in row.tactics if len(row.tactics) > 0 else (NO_TACTIC,):
            columns[tactic].append(Cell(row, weight_of(view.leader, place)))
    return {
        tactic: tuple(sorted(columns[tactic], key=lambda cell: (-cell.weight, cell.row.id)))
        for tactic in sorted(columns, key=tactic_order)
    }


def _techniques(view: View) -> list[tuple[int, FeatureRow]]:
    features = enumerate(view.assessment.features)
    return [(place, row) for place, row in features if row.kind == Kind.TECHNIQUE]


def shade(weight: float) -> str:
    """The class of a weight: "none" near zero, then "for-1" to "for-4" or "against-1" to "against-4"."""
    step = sum(abs(weight) >= limit for limit in STEPS)
    if step == 0:
        return "none"
    return f"{'for' if weight > 0 else 'against'}-{step}"


def _column(tactic: str, cells: Sequence[Cell]) -> Markup:
    heading = element("p", {"class": "tactic"}, tactic_name(tactic))
    return element("li", None, heading, element("ul", None, *(_cell(cell) for cell in cells)))


def _cell(cell: Cell) -> Markup:
    row = cell.row
    content = (
        element("span", {"class": "technique"}, feature_name(row)),
        element("span", {"class": "foot"}, code(row.id), " ", element("b", None, bits(cell.weight))),
    )
    return element("li", {"class": shade(cell.weight)}, link(fact_anchor(row), *content))


def _legend(leader: str) -> Markup:
    marks = [
        ("against-3", f"against {leader}"),
        ("none", "near 0"),
        ("for-1", "0.1 bits"),
        ("for-2", "0.5"),
        ("for-3", "1"),
        ("for-4", "2 bits or more for it"),
    ]
    items = [
        element("li", None, element("span", {"class": f"swatch {kind}", "aria-hidden": "true"}), words)
        for kind, words in marks
    ]
    return element("ul", {"class": "legend"}, *items)


def _empty(columns: Mapping[str, Sequence[Cell]]) -> Markup | None:
    """The tactics without a technique: what nobody reported is part of the picture."""
    missing = [tactic for tactic in TACTICS if tactic not in columns and tactic not in SINCE_VERSION_19]
    if len(missing) == 0:
        return None
    names = ", ".join(tactic_name(tactic) for tactic in missing)
    return paragraph(f"No technique observed for: {names}.", kind="meta")


def _table(view: View) -> Markup:
    columns = (
        Column("Technique"),
        Column("Tactics"),
        Column("Chance that it is shown", numeric=True),
        Column(f"Bits for {answer_name(view.leader)}", numeric=True),
    )
    rows = [
        (
            named(feature_name(row), row.id),
            join((", ".join(tactic_name(name) for name in row.tactics),)),
            share(row.presence),
            bits(weight_of(view.leader, place)),
        )
        for place, row in _techniques(view)
    ]
    return table("Techniques observed", columns, rows)
