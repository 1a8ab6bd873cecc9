"""One measured thing is one row: for people in a table, for programs in a list."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement with its interval, what it was to reach, and what others reached.

    `low` and `high` bound the 95 % interval, None where the thing is counted rather than sampled.
    `direction` is "max" when more is better, else "min". `peers` holds figures of the same run, by
    name. `seconds` is what the measurement took, `command` and `data` how to make it again. What is
    reported alone has no bar and no peers. `note` is what a reader must know before believing it.
    """

    bench: str
    metric: str
    value: float
    low: float | None
    high: float | None
    n: int
    bar: float | None = None
    direction: str = "max"
    peers: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    command: str = ""
    data: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bar is reached or the value falls short of it, and whether the interval holds the
        bar, which leaves that open; empty without a bar."""
        if self.bar is None:
            return ""
        reached = self.value >= self.bar if self.direction == "max" else self.value <= self.bar
        if self.low is not None and self.high is not None and self.low <= self.bar <= self.high:
            return "reached (within its interval)" if reached else "short (within its interval)"
        return "reached" if reached else "short"


@dataclass(frozen=True, slots=True)
class Missing:
    """A bench that could not run: what it lacked, and where to get it."""

    bench: str
    lacks: str
    remedy: str
