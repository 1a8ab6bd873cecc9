"""Who repeats whom as a small picture: origins at the left, under each the documents that repeat it.

Drawn in the size of its text alone, so that it needs no script and stays legible at any zoom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weigh.renderers.dossier.charts import drawing
from weigh.renderers.dossier.markup import Markup, element
from weigh.renderers.dossier.words import shortened

ROW = 2.7
"""Height of a line in em of the picture's letters."""
_STEP = 1.6
_LABEL, _NOTE = 1.0, 2.1
_LONGEST, _LEAST = 60, 24
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Branch:
    """A document in the picture: how deep it stands, the row of the one it repeats (-1 for none), and words.

    `firm` is false where the two are not one origin.
    """

    label: str
    note: str
    depth: int
    above: int
    firm: bool


def draw_tree(name: str, title: str, description: str, branches: Sequence[Branch]) -> Markup:
    """The picture; each branch stands below the one it repeats."""
    height = len(branches) * ROW
    parts = [part for place, branch in enumerate(branches) for part in _branch(place, branch, branches)]
    return drawing(name, title, description, height, parts, "chart tree")


def _branch(place: int, branch: Branch, branches: Sequence[Branch]) -> list[Markup]:
    top, left = place * ROW, min(branch.depth, _DEEPEST) * _STEP
    room = max(_LONGEST - 2 * branch.depth, _LEAST)
    kind = "label" if branch.firm else "label first"
    drawn = [_text(left, top + _LABEL, shortened(branch.label, room), kind)]
    if branch.note != "":
        drawn.append(_text(left, top + _NOTE, shortened(branch.note, room), "note"))
    if branch.above >= 0:
        parent = branches[branch.above]
        stem = min(parent.depth, _DEEPEST) * _STEP + 0.4
        middle = top + _LABEL - 0.35
        line = "branch" if branch.firm else "branch weak"
        start = branch.above * ROW + (_NOTE if parent.note != "" else _LABEL) + 0.3
        drawn.append(_line(stem, start, stem, middle, line))
        drawn.append(_line(stem, middle, max(left - 0.3, stem), middle, line))
    return drawn


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    inner = element("tspan", None, text) if kind == "note" else text
    return element("text", {"x": f"{x:.2f}em", "y": f"{y:.2f}em", "class": kind}, inner)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    place = {"x1": f"{x1:.2f}em", "y1": f"{y1:.2f}em", "x2": f"{x2:.2f}em", "y2": f"{y2:.2f}em"}
    return element("line", {**place, "class": kind})
