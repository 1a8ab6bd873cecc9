"""The plain text that a structured file is read as, and the way back from it.

One line for each thing worth reading, `label: value`. Every value keeps the JSON pointer of the
field it came from, so that whatever is found in the text later can be shown in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from weigh.readers.encoding import tidy
from weigh.readers.limits import Limits, require_within
from weigh.records import Field, Span


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be written: its text, the JSON pointer it came from, what it is in the file's terms."""

    text: str
    pointer: str
    kind: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see in it."""
        return tidy(self.text).strip() == ""


def pointer(*steps: str | int) -> str:
    """RFC 6901 JSON pointer from member names and indices."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def strings(value: object, place: str, label: str) -> Iterator[tuple[str, Value]]:
    """The strings inside a decoded value in order, each with the nearest member name as its label.

    `place` is the pointer of the value itself. Recursion is as deep as the value, which is bounded
    when it is decoded.
    """
    if isinstance(value, str):
        yield label, Value(value, place, label)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from strings(member, place + pointer(key), str(key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from strings(member, place + pointer(index), label)


class Transcript:
    """Collects lines and the fields inside them, within the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._fields: list[Field] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All lines so far."""
        return "".join(self._parts)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The values so far, in the order of the text."""
        return tuple(self._fields)

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    def line(self, label: str, *parts: str | Value) -> None:
        """Write `label: ` and the parts one after the other: words as they are, values with their way back.

        A line whose values are all blank is not written.
        """
        values = [part for part in parts if isinstance(part, Value)]
        if all(value.blank for value in values):
            return
        words = " ".join(tidy(label).split())
        self._write(f"{words}: " if len(words) > 0 else "")
        self._write_parts(parts)
        self._write("\n")

    def row(self, cells: Iterable[Value], separator: str = " | ") -> None:
        """Write the cells that are not blank on one line without a label."""
        filled = [cell for cell in cells if not cell.blank]
        for index, cell in enumerate(filled):
            self._write_parts((cell,) if index == 0 else (separator, cell))
        if len(filled) > 0:
            self._write("\n")

    def _write_parts(self, parts: Iterable[str | Value]) -> None:
        for part in parts:
            if isinstance(part, Value):
                self._write_value(part)
            else:
                self._write(part)

    def _write_value(self, value: Value) -> None:
        text = tidy(value.text)
        self._fields.append(Field(value.pointer, Span(self._length, self._length + len(text)), value.kind))
        self._write(text)

    def _write(self, text: str) -> None:
        self._length += len(text)
        require_within(self._length, self._limits.characters, "characters of text")
        self._parts.append(text)
