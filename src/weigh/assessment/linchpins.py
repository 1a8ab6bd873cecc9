"""The facts that carry the answer: without one of them another leads, or the leader bears another word.

Every fact is taken away in turn. In a case of a thousand facts that is done for all at once, but for
rounding, and one by one only where rounding could decide or where there is something to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from weigh import scales
from weigh.assessment.document import UNLISTED, FeatureRow, HypothesisRow, LinchpinRow
from weigh.inference.batch import without_each
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.profiles import Floats

ROUNDING = 1e-9
"""How far probabilities of many cases at once may be from those of one alone, with much to spare."""


def linchpins(
    features: Sequence[FeatureRow],
    leader: tuple[int, HypothesisRow],
    facts: Facts,
    engine: Engine,
    named: Callable[[int], tuple[str, str]],
) -> tuple[LinchpinRow, ...]:
    """The rows, the gravest first. `leader` is the place of the first hypothesis among the scores and its
    row, `named` gives id and name of any place; `features` are those of `facts`, in their order."""
    first, row = leader
    near = without_each(facts, engine)
    places = [place for place, odds in enumerate(near) if may_tip(odds, first, row.icd203)]
    found: list[tuple[float, LinchpinRow]] = []
    for place, scores in zip(places, engine.without_each(facts, places), strict=True):
        without = scores.probabilities
        best, odds = int(np.argmax(without)), float(without[first])
        word = scales.icd203(odds)
        if best != first:
            change = "another hypothesis leads"
        elif word != row.icd203:
            change = f"the leader would be {word}" if word else "no word of the scale would fit the leader"
        else:
            continue
        identifier, name = named(best)
        then = UNLISTED if identifier == UNLISTED else name
        found.append((odds, LinchpinRow(features[place].id, then, float(without[best]), change)))
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].feature)))


def may_tip(odds: Floats, leader: int, word: str) -> bool:
    """Whether with these odds (H,), but for rounding, another may lead, or the leader bear another word."""
    first = float(odds[leader])
    if first - float(np.delete(odds, leader).max(initial=0.0)) <= ROUNDING:
        return True
    return any(scales.icd203(min(max(first + by, 0.0), 1.0)) != word for by in (-ROUNDING, 0.0, ROUNDING))
