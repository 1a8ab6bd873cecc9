"""What follows from an answer, as lines: what is left in, what to look for, who is said to stand behind.

The terminal and the report carry the same words.
"""

from __future__ import annotations

from weigh.assessment.document import UNLISTED, Assessment
from weigh.scales import percent

_NAMED = 6
_SPONSORS = 4
CLAIMS_ALONE = "These are published claims about the actors; no evidence in this case bears on this step."


def answers_left(assessment: Assessment) -> list[str]:
    """The prediction set: its sentence, and its first members."""
    held = assessment.prediction_set
    if held is None:
        return []
    rows = {row.id: row for row in assessment.hypotheses}
    inside = [rows[name] for name in held.hypotheses if name in rows]
    named = [
        f"{UNLISTED if row.id == UNLISTED else row.name} {percent(row.probability)}"
        for row in inside[:_NAMED]
    ]
    more = len(inside) - len(named)
    return [held.sentence, ", ".join(named) + (f", and {more} more" if more > 0 else "") + "."]


def to_look_for(assessment: Assessment, most: int) -> list[str]:
    """The facts that would tell most: bits expected of looking, chance of finding it, what it would tell."""
    return [
        f"{row.name} ({row.feature}), {row.bits:.2f} bits, chance {percent(row.chance)}: "
        f"{_lowered(row.sentence)}"
        for row in assessment.next_evidence[:most]
    ]


def said_sponsors(assessment: Assessment) -> list[str]:
    """The first sponsors, those without, and `unlisted`; then what moves the step."""
    if len(assessment.sponsors) == 0:
        return []
    claimed = [row for row in assessment.sponsors if row.kind == "claimed"]
    parts = [f"{row.sponsor} {percent(row.probability)}" for row in claimed[:_SPONSORS]]
    rest = claimed[_SPONSORS:]
    if len(rest) > 0:
        parts.append(f"{len(rest)} others {percent(min(sum(row.probability for row in rest), 1.0))}")
    parts += [
        f"{UNLISTED if row.kind == UNLISTED else row.sponsor} {percent(row.probability)}"
        for row in assessment.sponsors
        if row.kind != "claimed"
    ]
    return [f"{', '.join(parts)}.", CLAIMS_ALONE]


def could_be_posed(assessment: Assessment) -> tuple[str, ...]:
    """Whether somebody may pose as an actor, in sentences."""
    return () if assessment.posing is None else assessment.posing.sentences


def steps(assessment: Assessment) -> list[str]:
    """What bears on each step from the traces to a state."""
    return [f"{row.step}: {row.sentence}." for row in assessment.steps]


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
