"""How good attribution is today: what the engine named on reports it had not seen, as rates with intervals.

The counts are made by `weigh.bench.stakes.measure` on the rolling-origin protocol and ship as a small data
file with their provenance. How they fill the signals of the deterrence model is a set of assumptions:

- A signal that points to i is the engine naming i: its first answer, `unlisted` included, is i, and has
  at least the probability `sure`. Anything else is "nothing was seen".
- detection = `noticed` x P(names anybody | a listed actor did it). The bench knows only operations that
  somebody reported, so that how often one is noticed at all is not measured and has to be said.
- identification = P(names the right one | names anybody, a listed actor did it). The wrong names are
  spread evenly over the other attackers of the model, of which there are far fewer than in the bench, so
  that two attackers get all the blame that was spread over 170.
- false alarms = `outsider` x `noticed` x P(names anybody | an actor whom the knowledge did not hold did it).
  "No attack" in the model is "by none of the modelled"; `outsider` is how often such a period holds an
  operation by somebody else. It is not measured either. Nor are false reports of attacks that never were.
- The rates are the same for all attackers. The bench's reports are those of ATT&CK: attacks that vendors
  wrote about, by actors that somebody had named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from weigh.errors import KnowledgeError, UsageError


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share with its 95 % interval (bootstrap over actors) and the number of cases it is of."""

    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Named:
    """What the engine names when it names only above the probability `sure`.

    `any`: somebody, when a listed actor did it. `right`: the right one, when it names somebody and a
    listed actor did it. `stranger`: somebody, when the actor was not listed.
    """

    sure: float
    any: Share
    right: Share
    stranger: Share


@dataclass(frozen=True, slots=True)
class Confusion:
    """The measured rows, and where they come from."""

    provenance: str
    data: str
    command: str
    rows: tuple[Named, ...]

    def at(self, sure: float) -> Named:
        """The row for one way of naming. Raises `UsageError` where none was measured."""
        found = next((row for row in self.rows if abs(row.sure - sure) < 1e-9), None)
        if found is None:
            measured = ", ".join(f"{row.sure:g}" for row in self.rows)
            raise UsageError(f"nothing was measured at sure = {sure:g}", remedy=f"measured: {measured}")
        return found


@cache
def shipped() -> Confusion:
    """The measurement that comes with Weigh."""
    raw = files("weigh.stakes").joinpath("confusion.json").read_bytes()
    try:
        return msgspec.json.decode(raw, type=Confusion)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"not a table of confusion: {error}", place="confusion.json") from error
