"""The three sentences that a busy reader can repeat correctly, and other words about stakes.

They never advise: each says what the assessment and the payoffs given imply.
"""

from __future__ import annotations

from weigh.assessment.stakes import Chance, OptionRow, Stakes
from weigh.scales import percent
from weigh.stakes.menu import Span

CERTAIN = 1.0


def chance(value: Chance) -> str:
    """A chance with its interval."""
    return f"{percent(value.value)} ({percent(value.low)} to {percent(value.high)})"


def sentences(stakes: Stakes) -> tuple[str, str, str]:
    """Three sentences: the chance of being wrong, what the payoffs imply, and how far that holds."""
    best = stakes.option(stakes.best)
    kind = "illustrative payoffs" if stakes.illustrative else "payoffs given"
    return (
        f"If {stakes.name} is named, the chance that it is the wrong party is {chance(stakes.wrong_party)}; "
        f"if nobody is named, the chance that it did it and goes unnamed is {percent(stakes.missed.value)}.",
        f"Under the {kind}, “{best.name}” has the highest expected value at {percent(stakes.guilty.value)}"
        f"{_next(stakes)}.",
        fragility(stakes),
    )


def fragility(stakes: Stakes) -> str:
    """How far the implied option holds over the ranges of the numbers it was made from."""
    name = stakes.option(stakes.best).name
    if stakes.ranges == 0:
        return "The payoffs carry no ranges, so how fragile this is cannot be said."
    share = next(row.share for row in stakes.shares if row.option == stakes.best)
    held = f"“{name}” stays best in {percent(share)} of {stakes.draws:,} draws from the ranges given"
    if stakes.stable:
        return f"{held}."
    if stakes.shares[0].share >= 0.9:
        return f"{held}; “{stakes.option(stakes.shares[0].option).name}” is best in most of them."
    return f"{held}: no recommendation is stable under these ranges."


def bar_words(row: OptionRow) -> str:
    """From which probability an option is worth more than the first one."""
    return span_words(row.bar, "never")


def span_words(span: Span | None, none: str) -> str:
    """A range of the probability of guilt."""
    if span is None:
        return none
    if span.low <= 0.0 and span.high >= CERTAIN:
        return "any"
    if span.high >= CERTAIN:
        return f"from {percent(span.low)}"
    if span.low <= 0.0:
        return f"to {percent(span.high)}"
    return f"{percent(span.low)} to {percent(span.high)}"


def _next(stakes: Stakes) -> str:
    up = [turn for turn in stakes.turns if turn.bits > 0]
    if len(up) == 0:
        return ""
    name = stakes.option(up[0].option).name
    return f"; “{name}” would need {percent(up[0].probability)}, {up[0].bits:.1f} bits more evidence"
