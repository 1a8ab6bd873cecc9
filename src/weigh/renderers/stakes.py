"""The stakes of a case in sentences that a busy reader can repeat; the terminal and the page share them.

The words report what the given payoffs imply, how far that holds and what would change it. They never say
what to do, and an option of force gets no word of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from weigh.assessment.stakes import ChanceRow, CrowdRow, OptionRow, StakesRow

Percent = Callable[[float], str]
ILLUSTRATIVE = (
    "These payoffs are illustrative: nobody measured them. Write your own, and read only what yours imply."
)
NO_ADVICE = "This is arithmetic on the payoffs given, not advice; it is about an actor, never about a state."
MANY = "A mention is taken for an accusation here; read the documents for what they say."


def sentences(row: StakesRow, percent: Percent) -> tuple[str, str, str]:
    """What is best now and how far that holds; the two ways of being wrong; what would change it."""
    return _best(row, percent), _wrong(row, percent), _change(row, percent)


def option_name(row: StakesRow, identifier: str) -> str:
    """An option's name, in quotation marks."""
    return f"“{next(item.name for item in row.options if item.id == identifier)}”"


def chance(row: ChanceRow, percent: Percent) -> str:
    """A chance with its interval: "46 % (26 % to 83 %)", or alone where the interval has no width."""
    value, low, high = percent(row.value), percent(row.low), percent(row.high)
    return value if low == high else f"{value} ({low} to {high})"


def chances(row: StakesRow, percent: Percent) -> tuple[tuple[str, str], ...]:
    """The ways of being wrong, each with its chance."""
    return (
        (f"naming the wrong party, if {row.name} is named", chance(row.wrong_party, percent)),
        (f"saying nothing though {row.name} did it", chance(row.silent, percent)),
        ("acting on a pose (a prior, not measured here)", chance(row.posed, percent)),
    )


def where_better(row: StakesRow, option: OptionRow, percent: Percent) -> str:
    """Where an option is worth at least as much as the first one."""
    if option is row.options[0]:
        return "is first"
    return where(option.bar, option.until, percent, nowhere="never")


def where(low: float | None, high: float | None, percent: Percent, *, nowhere: str) -> str:
    """A range of the probability: "from 50 %", "up to 14 %", "14 % to 61 %", "always"."""
    if low is None or high is None:
        return nowhere
    if low <= 0.0 and high >= 1.0:
        return "always"
    if high >= 1.0:
        return f"from {percent(low)}"
    return f"up to {percent(high)}" if low <= 0.0 else f"{percent(low)} to {percent(high)}"


def crowd_lines(row: CrowdRow, percent: Percent) -> tuple[tuple[str, str], ...]:
    """What is believed after the statements, from the largest mistake down to what is due."""
    return (
        (f"taken for {row.statements} independent statements", percent(row.independent)),
        (f"if each of the {_origins(row)} counts once", percent(row.origins_only)),
        (f"as their links allow: worth {row.effective:.1f} independent ones", percent(row.by_origins)),
        ("if they only repeat the evidence weighed already", percent(row.start)),
    )


def crowd_heading(row: CrowdRow) -> str:
    """What the lines are about."""
    documents = "1 document" if row.statements == 1 else f"{row.statements} documents"
    if row.named:
        return f"{documents} of the case name {row.name}. How sure one would be of it, if each is news:"
    return f"No document names {row.name}. Were all {documents} to do so, how sure one would be of it:"


def _origins(row: CrowdRow) -> str:
    return "1 origin" if row.origins == 1 else f"{row.origins} origins"


def _best(row: StakesRow, percent: Percent) -> str:
    kind = "illustrative payoffs" if row.illustrative else "payoffs given"
    best = option_name(row, row.best)
    now = f"At {percent(row.guilty.value)} for {row.name}, the {kind} make {best} worth most"
    within = f"the 90 % interval, {percent(row.guilty.low)} to {percent(row.guilty.high)}"
    if row.over == (row.best,):
        return f"{now}, and it stays so over {within}."
    *first, last = (option_name(row, option) for option in row.over)
    told = f"{', '.join(first)} and {last}" if len(first) > 0 else last
    return f"{now}; over {within}, it is by turns {told}."


def _wrong(row: StakesRow, percent: Percent) -> str:
    return (
        f"Naming {row.name} now would name the wrong party with a chance of "
        f"{chance(row.wrong_party, percent)}; saying nothing would leave it unnamed though it did it with a "
        f"chance of {chance(row.silent, percent)}."
    )


def _change(row: StakesRow, percent: Percent) -> str:
    ways = [
        f"{abs(turn.bits):.1f} bits of evidence {'for' if turn.bits > 0 else 'against'} it would make "
        f"{option_name(row, turn.option)} worth most ({'from' if turn.bits > 0 else 'below'} "
        f"{percent(turn.probability)})"
        for turn in sorted(row.turns, key=lambda turn: abs(turn.bits))
    ]
    held = next(option.share for option in row.options if option.id == row.best)
    firm = (
        f"with every number moved within its range {option_name(row, row.best)} stays best in "
        f"{percent(held)} of the draws"
    )
    told = "; ".join([*ways, firm])
    return f"{told[0].upper()}{told[1:]}."
