"""What the outcomes are worth to the one who decides: a file of the user's, or the documented default."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weigh.errors import UsageError
from weigh.stakes import sheets
from weigh.stakes.sheets import Sheet

SCHEMA = "weigh.payoffs/1"
MOST_OPTIONS = 12
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Range:
    """A number with the range that its author would still accept; without one it is taken as fixed."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The range, of no width where none was given."""
        return (
            self.value if self.low is None else self.low,
            self.value if self.high is None else self.high,
        )

    @property
    def moves(self) -> bool:
        """Whether the number has a range of some width."""
        return self.ends[0] < self.ends[1]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done, and what it is worth in each state of the world, in the file's unit.

    `right`: the accused did it. `wrong`: somebody else did. `posed`: somebody else did, and made it look
    like the accused; None means as `wrong`. `names` says whether the option holds the accused responsible,
    so that it wrongs an innocent one. `because` is the author's reason for the numbers.
    """

    id: str
    name: str
    right: Range
    wrong: Range
    posed: Range | None = None
    names: bool = True
    because: str = ""


@dataclass(frozen=True, slots=True)
class Payoffs:
    """A sheet of payoffs. The first option is the one that all bars are reckoned against.

    `pose` is the chance that the culprit posed as the accused, `waiting` what waiting for one more piece
    of evidence costs.
    """

    schema: str
    title: str
    unit: str
    source: str
    option: tuple[Option, ...]
    pose: Range = Range(0.03)
    waiting: Range = Range(0.0)
    illustrative: bool = False


def shipped() -> Payoffs:
    """The illustrative default."""
    return _checked(sheets.shipped("payoffs.toml"))


def read(path: Path) -> Payoffs:
    """A user's payoffs. Raises `UsageError` with the file, the line and the entry that is wrong."""
    return _checked(sheets.read(path))


def _checked(sheet: Sheet) -> Payoffs:
    payoffs = sheets.filled(sheet, Payoffs, SCHEMA)
    if not 2 <= len(payoffs.option) <= MOST_OPTIONS:
        raise UsageError(
            f"{len(payoffs.option)} options", place=sheet.place("option"), remedy=f"give 2 to {MOST_OPTIONS}"
        )
    for key in ("title", "unit", "source"):
        if len(str(getattr(payoffs, key)).strip()) == 0:
            raise UsageError(f"{key} is empty", place=sheet.place(key), remedy="say it in a few words")
    _require_range(sheet, "pose", payoffs.pose, 0.0, 1.0)
    _require_range(sheet, "waiting", payoffs.waiting, 0.0)
    seen: set[str] = set()
    for place, option in enumerate(payoffs.option):
        at = f"option[{place}]"
        if not 0 < len(option.name.strip()) <= _LONGEST or option.id in seen or len(option.id) == 0:
            raise UsageError(
                f"an option needs an id of its own and a name of at most {_LONGEST} characters",
                place=sheet.place(f"{at}.id"),
            )
        seen.add(option.id)
        for key in ("right", "wrong", "posed"):
            worth = getattr(option, key)
            if worth is not None:
                _require_range(sheet, f"{at}.{key}", worth)
    return payoffs


def _require_range(
    sheet: Sheet, pointer: str, given: Range, least: float = float("-inf"), most: float = float("inf")
) -> None:
    low, high = given.ends
    if not low <= given.value <= high:
        raise UsageError(
            f"{given.value:g} does not lie between low {low:g} and high {high:g}", place=sheet.place(pointer)
        )
    if low < least or high > most:
        bounds = f"from {least:g} to {most:g}" if most < float("inf") else f"of at least {least:g}"
        raise UsageError(f"{given.value:g} or its range is not {bounds}", place=sheet.place(pointer))
