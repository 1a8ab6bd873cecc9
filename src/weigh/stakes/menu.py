"""One decision: the evidence bar, a menu of options, and what more evidence would be worth.

With r the gain of a right response over doing nothing and w the loss of a wrong one, responding is the
better choice iff P(guilty) >= p* = w / (r + w) (expected utility; the threshold is standard). A menu is the
same for several options: the expected value of each is a straight line over p, the best one at p is the
upper envelope of the lines, and it is convex, which is why evidence is never worth less than nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log2

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError
from weigh.stakes.payoffs import Payoffs

Floats = NDArray[np.float64]

_SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the probability of guilt, ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the best option changes as p moves: at which p, to which option (its place in the menu), and
    how many bits of evidence lead there from where the assessment stands."""

    probability: float
    option: int
    bits: float


def evidence_bar(gain: float, loss: float) -> float:
    """p* = loss / (gain + loss), both positive: the probability from which responding is better.

    Raises `UsageError` for a gain or a loss that is not.
    """
    if gain <= 0.0 or loss <= 0.0:
        raise UsageError(
            f"a bar needs a gain and a loss, not {gain:g} and {loss:g}", remedy="give both above 0"
        )
    return loss / (gain + loss)


def lines(payoffs: Payoffs, share: float) -> Floats:
    """What each option is worth (O, 2): if the accused did it, and if not.

    `share` is the chance, given that the accused did not do it, that the culprit posed as the accused.
    """
    rows = []
    for option in payoffs.option:
        posed = option.wrong if option.posed is None else option.posed
        rows.append((option.right.value, (1.0 - share) * option.wrong.value + share * posed.value))
    return np.array(rows)


def pose_share(pose: float, guilty: float) -> float:
    """The share of a pose among the ways in which the accused is innocent, at most all of them."""
    return min(pose / (1.0 - guilty), 1.0) if guilty < 1.0 else 0.0


def expected(menu: Floats, guilty: float | Floats) -> Floats:
    """Expected value of every option (O, ...) at probabilities of guilt (...)."""
    p = np.asarray(guilty, dtype=np.float64)
    right, wrong = menu[:, 0], menu[:, 1]
    return np.multiply.outer(right, p) + np.multiply.outer(wrong, 1.0 - p)


def best(menu: Floats, guilty: float) -> int:
    """The option of highest expected value; of several, the first in the menu."""
    values = expected(menu, guilty)
    return int(np.argmax(values >= values.max() - _SLACK))


def better_than(menu: Floats, option: int, other: int = 0) -> Span | None:
    """Where an option is worth at least as much as another; None where no probability makes it so.

    The low end is the option's evidence bar when the span reaches up to 1.
    """
    at_0 = float(menu[option, 1] - menu[other, 1])
    at_1 = float(menu[option, 0] - menu[other, 0])
    if at_0 >= 0.0 and at_1 >= 0.0:
        return Span(0.0, 1.0)
    if at_0 < 0.0 and at_1 < 0.0:
        return None
    crossing = at_0 / (at_0 - at_1)
    return Span(crossing, 1.0) if at_1 >= 0.0 else Span(0.0, crossing)


def envelope(menu: Floats) -> tuple[tuple[Span, int], ...]:
    """The best option over p from 0 to 1: adjoining spans, each with its option."""
    edges = {0.0}
    for one in range(len(menu)):
        for other in range(one):
            span = better_than(menu, one, other)
            edges |= set() if span is None else {span.low, span.high}
    kept = [0.0]
    kept += [edge for edge in sorted(edges) if _SLACK < edge < 1.0 - _SLACK]
    found: list[tuple[Span, int]] = []
    for low, high in pairwise([*kept, 1.0]):
        option = best(menu, (low + high) / 2.0)
        start = found.pop()[0].low if len(found) > 0 and found[-1][1] == option else low
        found.append((Span(start, high), option))
    return tuple(found)


def turns(menu: Floats, guilty: float) -> tuple[Turn, ...]:
    """The nearest change of the best option below and above p, with the bits of evidence that lead there.

    Bits are log2 of the likelihood ratio between guilt and innocence; against guilt they are negative.
    From certainty no evidence leads anywhere, and there is no turn.
    """
    if not 0.0 < guilty < 1.0:
        return ()
    spans = envelope(menu)
    here = next(place for place, (span, _) in enumerate(spans) if guilty <= span.high)
    found = []
    if here > 0:
        found.append(_turn(spans[here][0].low, spans[here - 1][1], guilty))
    if here + 1 < len(spans):
        found.append(_turn(spans[here][0].high, spans[here + 1][1], guilty))
    return tuple(found)


def value_of_perfect_information(menu: Floats, guilty: float) -> float:
    """What it would be worth to know for certain before choosing, in the payoffs' unit; never below 0."""
    known = guilty * float(menu[:, 0].max()) + (1.0 - guilty) * float(menu[:, 1].max())
    return known - float(expected(menu, guilty).max())


def value_of_evidence(menu: Floats, guilty: float, hit: float, false_alarm: float) -> float:
    """What one more look is worth that shows with chance `hit` if guilty and `false_alarm` if not.

    Expected value of sample information (Raiffa & Schlaifer 1961) for a look with two outcomes.
    """
    worth = 0.0
    for if_guilty, if_not in ((hit, false_alarm), (1.0 - hit, 1.0 - false_alarm)):
        chance = guilty * if_guilty + (1.0 - guilty) * if_not
        if chance > 0.0:
            worth += chance * float(expected(menu, guilty * if_guilty / chance).max())
    return worth - float(expected(menu, guilty).max())


def value_of_bits(menu: Floats, guilty: float, bits: float) -> float:
    """What one more look of so many bits is worth: equally telling for and against, LR = 2 ** bits."""
    hit = 1.0 / (1.0 + 2.0 ** -abs(bits))
    return value_of_evidence(menu, guilty, hit, 1.0 - hit)


def _turn(probability: float, option: int, guilty: float) -> Turn:
    bits = log2(probability / (1.0 - probability)) - log2(guilty / (1.0 - guilty))
    return Turn(probability, option, bits)
