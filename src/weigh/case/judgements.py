"""What people decided, laid over what the program read. Pure: nothing here touches a file.

Decisions form a stack per observation: `accept`, `reject` and `correct` put one on top, `withdraw`
takes the topmost away, so that the one before it holds again. A correction of a figure, `FIELD=VALUE`, lies
in the same stack and says nothing of whether the observation was read rightly: the latest decision on that
holds beside the latest correction of each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from weigh.records import Judgement, Kind, Observation, Verdict
from weigh.scales import credibility_digit, forging_ease

_CREDIBILITY, _FORGEABILITY = "credibility", "forgeability"
FIGURES = (_CREDIBILITY, _FORGEABILITY)
"""What of an observation a person can correct as `FIELD=VALUE`, besides its value."""


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
    """An observation as it was read (`read`), as it stands (`now`), and the judgement that made it so.

    `figures` are the corrections of figures in force, in the order of `FIGURES`, each figure once.
    """

    read: Observation
    now: Observation
    judgement: Judgement | None
    figures: tuple[Judgement, ...] = ()


def figure_of(value: str) -> str:
    """Which figure a correction to `value` sets, empty where it corrects what the observation says."""
    field, equals, _ = value.partition("=")
    return field.strip().lower() if equals != "" and field.strip().lower() in FIGURES else ""


def checked_figure(value: str) -> str:
    """A correction of a figure as it is kept. Raises `UsageError` for a figure that there is not."""
    field, given = figure_of(value), value.partition("=")[2]
    figure = credibility_digit(given) if field == _CREDIBILITY else forging_ease(given)
    return f"{field}={figure}"


def in_force(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The judgement that holds for each observation, by its id; none where all were withdrawn.

    `judgements` come in the order in which they were made.
    """
    return {observation: stack[-1] for observation, stack in _stacks(judgements).items() if len(stack) > 0}


def _stacks(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The decisions that stand on each observation, the latest last."""
    stacks: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        stack = stacks.setdefault(judgement.observation, [])
        if judgement.verdict is not Verdict.WITHDRAW:
            stack.append(judgement)
        elif len(stack) > 0:
            stack.pop()
    return stacks


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
    if _corrects_figure(judgement):
        return _with_figure(observation, judgement.value)
    value = judgement.value if judgement.verdict is Verdict.CORRECT else observation.value
    set_aside = observation.set_aside if observation.kind is Kind.ACTOR else ""
    return replace(observation, value=value, probability=1.0, set_aside=set_aside)


def review(observations: Iterable[Observation], judgements: Iterable[Judgement]) -> tuple[Reviewed, ...]:
    """Each observation, in the order given, with the judgements in force and what they make of it."""
    stacks = _stacks(judgements)
    return tuple(_reviewed(observation, stacks.get(observation.id, ())) for observation in observations)


def _reviewed(observation: Observation, stack: Sequence[Judgement]) -> Reviewed:
    said = [judgement for judgement in stack if not _corrects_figure(judgement)]
    latest = {figure_of(judgement.value): judgement for judgement in stack if _corrects_figure(judgement)}
    figures = tuple(latest[name] for name in FIGURES if name in latest)
    holds = said[-1] if len(said) > 0 else None
    now = observation
    for judgement in (*said[-1:], *figures):
        now = judged(now, judgement)
    return Reviewed(observation, now, holds, figures)


def _corrects_figure(judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.CORRECT and figure_of(judgement.value) != ""


def _with_figure(observation: Observation, value: str) -> Observation:
    """The observation with a kept figure; the table's ease of forging stays beside one that is given."""
    _, _, given = value.partition("=")
    if figure_of(value) == _CREDIBILITY:
        return replace(observation, credibility=credibility_digit(given))
    before = observation.table_forgeability
    return replace(
        observation,
        forgeability=forging_ease(given),
        table_forgeability=observation.forgeability if before is None else before,
    )


def apply(observations: Iterable[Observation], judgements: Iterable[Judgement]) -> tuple[Observation, ...]:
    """The observations as they stand after every judgement in force, in the order given."""
    return tuple(reviewed.now for reviewed in review(observations, judgements))
