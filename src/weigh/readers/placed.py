"""A JSON object together with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from weigh.readers.transcript import Value, pointer


@dataclass(frozen=True, slots=True)
class Placed:
    """The members of a JSON object, and the object's own JSON pointer. A missing member reads as empty."""

    pointer: str
    members: Mapping[str, object]

    @property
    def type(self) -> str:
        """What the object says it is."""
        return self.string("type")

    @property
    def id(self) -> str:
        """The object's own id."""
        return self.string("id")

    def string(self, key: str) -> str:
        """A member that is a string; empty when it is anything else."""
        member = self.members.get(key)
        return member if isinstance(member, str) else ""

    def value(self, key: str, kind: str) -> Value:
        """A string member with its place."""
        return Value(self.string(key), self.pointer + pointer(key), kind)

    def naming(self, keys: Iterable[str]) -> str:
        """The first of the members that holds words; empty for none."""
        return next((key for key in keys if self.string(key).strip() != ""), "")

    def inner(self, key: str) -> Placed:
        """A member that is an object; an object without members when it is anything else."""
        member = self.members.get(key)
        return Placed(self.pointer + pointer(key), member if isinstance(member, dict) else {})

    def objects(self, key: str) -> Iterator[Placed]:
        """The objects in a member that is a list, or that maps keys to objects."""
        member = self.members.get(key)
        steps: Iterable[tuple[int | str, object]] = ()
        if isinstance(member, list):
            steps = enumerate(member)
        elif isinstance(member, dict):
            steps = member.items()
        for step, each in steps:
            if isinstance(each, dict):
                yield Placed(self.pointer + pointer(key, step), each)
