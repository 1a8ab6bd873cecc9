"""Could somebody pose as the one who leads? The staged-facts reading of the case, as a row and in words."""

from __future__ import annotations

from collections.abc import Callable

from weigh.assessment.document import PosingRow
from weigh.inference.deception import PRIOR, Deception, Finding, conclude, sweep, tipping_point
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.staging import COPIED, shipped_signs, staged, suspects

Name = Callable[[int], tuple[str, str]]
"""A row of the scores -> the hypothesis's id and its name."""
_FEW = COPIED + 1


def posing(facts: Facts, engine: Engine, name: Name, prior: float | None = None) -> PosingRow | None:
    """What a prior of deception makes of the facts; None where they are too few to look behind.

    The facts that say most for a suspect are taken away and the rest is weighed again. Artefacts that
    point at an actor (a language string, a header) are weighed only where a program enters them.
    """
    if len(facts.index) < _FEW:
        return None
    chosen = PRIOR if prior is None else prior
    scores = engine.weigh(facts).scores
    found = staged(suspects(engine, facts), shipped_signs())
    concluded = conclude(scores, (), chosen, found)
    named = concluded.named
    posed = concluded.accused.posed_as
    leader, odds = name(named.leader), float(named.probabilities[named.leader])
    tipping = tipping_point(scores, (), chosen, found)
    swept = [(item.prior, name(item.leader)[0], _best(item)) for item in sweep(scores, (), found)]
    said = [_finding(concluded.finding, name(concluded.actor)[1] if concluded.actor >= 0 else "")]
    if posed is not None:
        said.append(
            f"With a prior of deception of {chosen:g}, an assumption, the chance that somebody poses as "
            f"{name(posed.actor)[1]} is {_chance(posed.probability)}."
        )
    said.append(_tipping(leader[1], tipping))
    return PosingRow(
        prior=chosen,
        finding=concluded.finding.value,
        posed_as="" if posed is None else name(posed.actor)[0],
        probability=0.0 if posed is None else posed.probability,
        leader=leader[0],
        leads_with=odds,
        tipping=tipping,
        sweep=tuple(swept),
        sentences=tuple(said),
    )


def _best(found: Deception) -> float:
    return float(found.probabilities[found.leader])


def _finding(finding: Finding, actor: str) -> str:
    if finding is Finding.DECEPTION:
        return (
            f"The facts look staged: those that say most for {actor} stand alone, and the rest speaks for "
            "somebody else. Look at how easily each of them could have been copied."
        )
    return "The facts do not look staged: no actor's most telling facts stand alone among the others."


def _tipping(leader: str, tipping: float | None) -> str:
    if tipping is None:
        return f"No prior of deception takes the lead from {leader}."
    return f"{leader} would lose the lead with a prior of deception of {tipping:.2g}."


def _chance(value: float) -> str:
    return f"{value:.1%}" if value >= 0.001 else "below 0.1%"
