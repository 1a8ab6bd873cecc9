"""Could somebody pose as the one who leads? Staged facts and planted artefacts, as a row and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from weigh.assessment.document import ArtefactRow, Assessment, ConfidenceRow, PosingRow
from weigh.inference.deception import (
    PRIOR,
    Artefact,
    Conclusion,
    Deception,
    Finding,
    Posed,
    conclude,
    sweep,
    tipping_point,
)
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.staging import COPIED, shipped_signs, staged, suspects
from weigh.scales import decimal, percent

Name = Callable[[int], tuple[str, str]]
"""A row of the scores -> the hypothesis's id and its name."""
_FEW = COPIED + 1
_FALSE_ALARMS = "; of cases with nothing planted, about one in twenty looks like this"
"""What the levels of a pose are set for (`bench.postures`), under the prior of deception that is usual."""
_DOUBT = "a frame-up is possible, as the caution says, which keeps confidence low"


def posing(
    facts: Facts,
    engine: Engine,
    name: Name,
    prior: float | None = None,
    traces: tuple[Sequence[Artefact], Sequence[ArtefactRow]] = ((), ()),
) -> PosingRow | None:
    """What a prior of deception makes of the facts, and of artefacts that documents tie to an actor.

    The facts that say most for a suspect are taken away and the rest is weighed again, where there are enough
    of them. None where they are too few to look behind and no artefact points at anybody.
    """
    artefacts, rows = traces
    if len(facts.index) < _FEW and len(artefacts) == 0:
        return None
    chosen = PRIOR if prior is None else prior
    scores = engine.weigh(facts).scores
    found = staged(suspects(engine, facts), shipped_signs()) if len(facts.index) >= _FEW else ()
    concluded = conclude(scores, artefacts, chosen, found)
    named = concluded.named
    posed = _posed(concluded)
    leader, odds = name(named.leader), float(named.probabilities[named.leader])
    tipping = tipping_point(scores, artefacts, chosen, found)
    swept = [(item.prior, name(item.leader)[0], _best(item)) for item in sweep(scores, artefacts, found)]
    betrayed = concluded.actor in concluded.accused.pointed_at
    suspect = name(concluded.actor)[1] if concluded.actor >= 0 else ""
    said = [_finding(concluded.finding, suspect, betrayed, chosen)]
    if concluded.finding is Finding.DECEPTION and chosen > PRIOR:
        usual = conclude(scores, artefacts, PRIOR, found).finding
        said += [_usual(betrayed)] if usual is not Finding.DECEPTION else []
    if len(facts.index) < _FEW and concluded.finding is not Finding.DECEPTION:
        said = ["The facts are too few to tell whether any of them were staged."]
    if len(rows) > 0:
        said += [*_weighed(rows, named), _led(leader[1], odds)]
    if posed is not None:
        said.append(
            f"With a prior of deception of {decimal(chosen)}, an assumption, the chance that somebody poses "
            f"as {name(posed.actor)[1]} is {percent(posed.probability)}."
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
        planted=named.planted,
        flagged=named.flagged,
        artefacts=tuple(rows),
    )


def cautions(found: Assessment, given: float | None) -> tuple[str, ...]:
    """What a reader of the leading figure must know of posing; `given` is a person's prior of deception."""
    said = (frame_up(found), "" if given is None else prior_given(found))
    return tuple(words for words in said if len(words) > 0)


def frame_up(found: Assessment) -> str:
    """The caution that somebody may pose as another, and what becomes of the leading figure then.

    Empty where no pose is called one and nothing was more likely planted than not.
    """
    row = found.posing
    if row is None or not (row.flagged or row.finding == Finding.DECEPTION.value):
        return ""
    said = []
    if row.flagged:
        said.append(f"that something was planted, copied or staged is {percent(row.planted)}")
    if row.finding == Finding.DECEPTION.value:
        name = _names(found).get(row.posed_as, row.posed_as)
        said.append(f"that somebody poses as {name} is {percent(row.probability)}")
    alarm = row.finding == Finding.DECEPTION.value and row.prior == PRIOR
    return (
        f"Possible frame-up. With a prior of deception of {decimal(row.prior)}, an assumption, the chance "
        f"{', and '.join(said)}{_FALSE_ALARMS if alarm else ''}.{_leading(found, row)}"
    )


def doubted(found: Assessment) -> ConfidenceRow:
    """The analytic confidence, low wherever `frame_up` warns: who leads by facts that may be planted leads by
    nothing that can be relied on, however many facts there are. A rule of our own."""
    row = found.confidence
    return row if frame_up(found) == "" else ConfidenceRow("low", (_DOUBT, *row.reasons))


def prior_given(found: Assessment) -> str:
    """What a prior of deception that a person gave does to the figures, where no frame-up tells it."""
    if found.posing is None:
        return "The prior of deception given moves nothing: the facts are too few to look behind them."
    if len(frame_up(found)) > 0 or len(found.features) == 0:
        return ""
    return f"The prior of deception given does not move the ranking.{_leading(found, found.posing)}"


def _leading(found: Assessment, row: PosingRow) -> str:
    """What the leading figure rests on, and what it becomes with all that may be planted weighed in."""
    if len(found.features) == 0:
        return ""
    first = found.hypotheses[0]
    weighed = "planting and artefacts are" if len(row.artefacts) > 0 else "planting is"
    then = "it is" if row.leader == first.id else f"{_names(found).get(row.leader, row.leader)} leads, with"
    return (
        f" The {percent(first.probability)} for {first.name} is what techniques and software say if none of "
        f"them was planted; once {weighed} allowed for, {then} {percent(row.leads_with)}."
    )


def _names(found: Assessment) -> dict[str, str]:
    return {row.id: row.name for row in found.hypotheses}


def _posed(concluded: Conclusion) -> Posed | None:
    """The pose that is called one, else the likeliest."""
    if concluded.finding is not Finding.DECEPTION:
        return concluded.accused.posed_as
    return next(item for item in concluded.accused.posing if item.actor == concluded.actor)


def _best(found: Deception) -> float:
    return float(found.probabilities[found.leader])


def _weighed(rows: Sequence[ArtefactRow], found: Deception) -> Iterator[str]:
    """Which artefacts are weighed here, and whether anything was planted."""
    listed = "; ".join(
        f"{row.sort}{', said to be forged,' if row.forged else ''} \u2192 {row.name}{_given(row)}"
        for row in rows
    )
    yield (
        "Artefacts that documents tie to an actor are weighed here and nowhere else, as evidence that can be "
        f"planted: {listed}. How often an actor leaves such a trace is an assumption of ours."
    )
    if found.flagged:
        actors = len({row.actor for row in rows})
        split = (
            f" The artefacts point at {actors} actors, and one actor leaves no trace of another."
            if actors > 1
            else ""
        )
        yield (
            "Warning: something here was more likely planted, copied or staged than not: "
            f"{percent(found.planted)}.{split}"
        )


def _given(row: ArtefactRow) -> str:
    """Whose the ease of forging is where the case gives it."""
    if row.given_forging is None or row.table_forging is None or row.given_forging == row.table_forging:
        return ""
    return f" (ease of forging {row.given_forging:g} by this case, not the table's {row.table_forging:g})"


def _led(leader: str, odds: float) -> str:
    return f"With the artefacts, {leader} comes first, with {percent(odds)}."


def _finding(finding: Finding, actor: str, betrayed: bool, prior: float) -> str:
    """What follows from the prior, in words; `betrayed` where artefacts and not the facts tell of it."""
    given = f"With a prior of deception of {decimal(prior)}"
    if finding is Finding.DECEPTION and betrayed:
        return (
            f"{given}, the artefacts that point at {actor} count as planted: what else is known does not "
            "speak for it, and each of them could have been copied."
        )
    if finding is Finding.DECEPTION:
        return (
            f"{given}, the facts that say most for {actor} count as staged, and the rest as somebody else's. "
            "Look at how easily each of them could have been copied."
        )
    return f"{given}, the facts do not count as staged: too little sets an actor's most telling ones apart."


def _usual(betrayed: bool) -> str:
    what = "artefacts" if betrayed else "facts"
    return (
        f"It follows from this prior: with {decimal(PRIOR)}, taken unless another is given, the same {what} "
        "do not."
    )


def _tipping(leader: str, tipping: float | None) -> str:
    if tipping is None:
        return f"No prior of deception up to 0.999 takes the lead from {leader}."
    return f"{leader} would lose the lead with a prior of deception of {decimal(tipping, 2)}."
