"""What people decided, laid over what the program read. Pure: nothing here touches a file.

Decisions form a stack per observation: `accept`, `reject` and `correct` put one on top, `withdraw`
takes the topmost away, so that the one before it holds again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from weigh.records import Judgement, Kind, Observation, Verdict


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number or word that a person set for the whole case, and why; the latest of a name holds."""

    name: str
    value: str
    author: str
    made: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An observation as it was read (`read`), as it stands (`now`), and the judgement that made it so."""

    read: Observation
    now: Observation
    judgement: Judgement | None


def in_force(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The judgement that holds for each observation, by its id; none where all were withdrawn.

    `judgements` come in the order in which they were made.
    """
    stacks: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        stack = stacks.setdefault(judgement.observation, [])
        if judgement.verdict is not Verdict.WITHDRAW:
            stack.append(judgement)
        elif len(stack) > 0:
            stack.pop()
    return {observation: stack[-1] for observation, stack in stacks.items() if len(stack) > 0}


def rejection(judgement: Judgement) -> str:
    """The reason for which a rejected observation is not weighed, as `Observation.set_aside` gives it."""
    because = f": {judgement.because}" if len(judgement.because) > 0 else ""
    return f"rejected by {judgement.author}{because}"


def judged(observation: Observation, judgement: Judgement) -> Observation:
    """The observation as one judgement makes it.

    An actor's name stays set aside even when accepted: that the text names an actor is then certain,
    and a name still weighs nothing.
    """
    if judgement.verdict is Verdict.REJECT:
        return replace(observation, set_aside=rejection(judgement))
    if judgement.verdict is Verdict.WITHDRAW:
        return observation
    value = judgement.value if judgement.verdict is Verdict.CORRECT else observation.value
    set_aside = observation.set_aside if observation.kind is Kind.ACTOR else ""
    return replace(observation, value=value, probability=1.0, set_aside=set_aside)


def review(observations: Iterable[Observation], judgements: Iterable[Judgement]) -> tuple[Reviewed, ...]:
    """Each observation, in the order given, with the judgement in force and what it makes of it."""
    holding = in_force(judgements)
    pairs = ((observation, holding.get(observation.id)) for observation in observations)
    return tuple(
        Reviewed(observation, observation if holds is None else judged(observation, holds), holds)
        for observation, holds in pairs
    )


def apply(observations: Iterable[Observation], judgements: Iterable[Judgement]) -> tuple[Observation, ...]:
    """The observations as they stand after every judgement in force, in the order given."""
    return tuple(reviewed.now for reviewed in review(observations, judgements))
