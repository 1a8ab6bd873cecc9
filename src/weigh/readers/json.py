"""JSON: bounded before it is decoded, given to the reader of its kind, or read leaf by leaf."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from weigh.errors import LimitError, ReadingError
from weigh.readers import misp, navigator, stix
from weigh.readers.content import Content
from weigh.readers.limits import Limits, require_within
from weigh.readers.transcript import Transcript, strings

# A string literal; one without an end runs to the end of the text, so that the scan stays linear.
STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
NOT_STRUCTURE = re.compile(r"[^\[\]{},]+")
LINES_OF_VALUES = re.compile(r"[{\[][^\n]*[}\]][ \t]*+\n\s*+[{\[]")

REMEDY = "get the whole file again, or give the text of it as a .txt file"

# The first kind that knows the value's shape reads it.
KINDS: Mapping[str, tuple[Callable[[object], bool], Callable[[object, Limits], Content]]] = {
    "stix": (stix.recognises, stix.read),
    "misp": (misp.recognises, misp.read),
    "navigator": (navigator.recognises, navigator.read),
}


def read(text: str, name: str, limits: Limits) -> Content:
    """Read STIX, MISP and Navigator as what they are, any other JSON as its strings, one a line."""
    value = parse(text, limits)
    for recognises, read_kind in KINDS.values():
        if recognises(value):
            return read_kind(value, limits)
    return leaves(value, limits)


def parse(text: str, limits: Limits) -> object:
    """Decode one JSON value, or one value a line (JSON Lines) as a list of them.

    Raises `LimitError` for nesting or size beyond the limits, before anything is decoded, and
    `ReadingError` with the line where the text stops being JSON.
    """
    _require_bounded(text, limits)
    try:
        return msgspec.json.decode(text)
    except msgspec.ValidationError as error:
        raise ReadingError(f"not JSON that can be read: {error}", remedy=REMEDY) from error
    except msgspec.DecodeError as error:
        if LINES_OF_VALUES.match(text.lstrip()) is not None:
            return _parse_lines(text)
        place = _place(text, str(error))
        raise ReadingError("not valid JSON, or cut short", place=place, remedy=REMEDY) from error


def _parse_lines(text: str) -> object:
    values: list[object] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() == "":
            continue
        try:
            values.append(msgspec.json.decode(line))
        except msgspec.DecodeError as error:
            problem = "a line that is not valid JSON"
            raise ReadingError(problem, place=f"line {number}", remedy=REMEDY) from error
    return values


def _require_bounded(text: str, limits: Limits) -> None:
    """Bound nesting and the number of values by counting brackets and commas outside of strings."""
    structure = NOT_STRUCTURE.sub("", STRING.sub("", text))
    require_within(len(structure), 2 * limits.objects, "brackets and commas of JSON")
    depth = 0
    for character in structure:
        if character in "[{":
            depth += 1
            if depth > limits.depth:
                raise LimitError(
                    f"JSON nested more than {limits.depth} deep",
                    remedy="give the part of it that matters as a file of its own",
                )
        elif character in "]}":
            depth -= 1


def _place(text: str, message: str) -> str:
    """The line that a decoder's message means by its byte offset."""
    match = re.search(r"\(byte (\d+)\)", message)
    before = text.encode("utf-8")[: None if match is None else int(match.group(1))]
    line = before.count(b"\n") + 1
    return f"line {line}"


def leaves(value: object, limits: Limits) -> Content:
    """Every string of the value on a line of its own, labelled with the name of its member."""
    transcript = Transcript(limits)
    for label, leaf in strings(value, "", "item"):
        transcript.line(label, leaf)
    return Content(transcript.text, "json", fields=transcript.fields)
