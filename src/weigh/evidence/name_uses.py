"""What a name at one place may mean, and who uses it so."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.records import Kind

Thing = tuple[Kind, str]
"""Software or an actor: its kind and its id in the knowledge."""


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody's use of a name for software or an actor. `sort` is a row of the forgeability table.

    `stands_alone` is true of what the knowledge tells more of than names: software, an actor with reports.
    """

    kind: Kind
    id: str
    canonical: str
    name: str
    said_by: str
    sort: str
    stands_alone: bool

    @property
    def thing(self) -> Thing:
        """What the name is used for."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """The chance of each thing that a name at one place may mean, and whose uses of the name match."""

    likely: dict[Thing, float]
    uses: dict[Thing, list[Use]]
