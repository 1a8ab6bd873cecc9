"""What is wrong with the items of a structured file: each with its place, and bounded in number.

A malformed item is never skipped in silence. Of one sort of fault the first are named one by one, the
rest are counted in one more line, so that a file of nothing but faults does not bury its reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from weigh.readers.encoding import tidy
from weigh.readers.placed import Placed
from weigh.readers.transcript import pointer
from weigh.records import Notice

NAMED = 20
"""Faults of one sort that are named one by one."""
_SHOWN = 60
_LOOKED_AT = 400

Shapes = Mapping[str, str]
"""What each member has to be, by its name, in the words of `KINDS`."""
KINDS: Mapping[str, type | tuple[type, ...]] = {
    "a string": str,
    "a list": list,
    "an object": dict,
    "a list or an object": (list, dict),
    "a number": (int, float),
    "true or false": bool,
}
AS_FORMAT = "correct it in the program that wrote the file, and read it again"


@dataclass(slots=True)
class _Sort:
    """The first faults of a sort as they are told, where the one after them is, and how many there are."""

    notices: list[Notice] = field(default_factory=list)
    further: str = ""
    number: int = 0


class Faults:
    """Collects faults as a reader meets them; sorts and their items keep the order of the file."""

    def __init__(self) -> None:
        self._sorts: dict[str, _Sort] = {}

    @property
    def number(self) -> int:
        """How many there are so far."""
        return sum(sort.number for sort in self._sorts.values())

    def add(self, problem: str, place: str, detail: str = "", remedy: str = AS_FORMAT) -> None:
        """Note a fault. `problem` is its sort; `detail` the offending text, shown cut."""
        sort = self._sorts.setdefault(problem, _Sort())
        sort.number += 1
        if sort.number <= NAMED:
            shown = _shown(detail)
            sort.notices.append(Notice(f"{problem}: {shown}" if shown != "" else problem, place, remedy))
        elif sort.number == NAMED + 1:
            sort.further = place

    def members(self, each: Placed, shapes: Shapes) -> None:
        """Note the members that are not what the format says; one that is missing or null is none of them."""
        for key, shape in shapes.items():
            member = each.members.get(key)
            if member is not None and not _is(member, shape):
                self.add(f"“{key}” is not {shape}", each.pointer + pointer(key))

    def objects(self, each: Placed, key: str) -> Iterator[Placed]:
        """The objects in a member, like `Placed.objects`, with a note of the items that are no objects."""
        self.members(each, {key: "a list or an object"})
        member = each.members.get(key)
        steps = member.items() if isinstance(member, dict) else enumerate(_listed(member))
        for step, item in steps:
            place = each.pointer + pointer(key, step)
            if isinstance(item, dict):
                yield Placed(place, item)
            else:
                self.add(f"an item of “{key}” is not an object", place)

    def notices(self) -> Iterator[Notice]:
        """The faults that are named, each sort's followed by the count of the others."""
        for problem, sort in self._sorts.items():
            yield from sort.notices
            if sort.number > NAMED:
                yield Notice(f"{sort.number - NAMED:,} more with the same fault: {problem}", sort.further)


def _is(member: object, shape: str) -> bool:
    """Whether a value is of the kind; JSON's true and false are no numbers."""
    if isinstance(member, bool):
        return shape == "true or false"
    return isinstance(member, KINDS[shape])


def _listed(member: object) -> list[object]:
    return member if isinstance(member, list) else []


def _shown(detail: str) -> str:
    words = " ".join(tidy(detail[:_LOOKED_AT]).split())
    if words == "":
        return ""
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[:_SHOWN].rstrip()}…”"
