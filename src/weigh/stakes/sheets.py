"""The files in which users write down their numbers: TOML, checked, with the place of every mistake."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from weigh.errors import UsageError

Kind = TypeVar("Kind")

LARGEST = 1_000_000
"""Bytes of a sheet; a longer file is no sheet of payoffs."""
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands on disk: its name, its text and its tables."""

    name: str
    text: str
    tables: dict[str, Any]

    def place(self, pointer: str) -> str:
        """File, line and path of an entry; `pointer` is like `option[1].right.value`."""
        line = self._line(_steps(pointer))
        where = f", line {line}" if line > 0 else ""
        return f"{self.name}{where}{f' ({pointer})' if pointer else ''}"

    def _line(self, steps: list[str | int]) -> int:
        """The line of an entry's table and key, 0 where the text gives none: good enough to look there."""
        lines = self.text.splitlines()
        start, end = 0, len(lines)
        table = steps[0] if len(steps) > 0 else ""
        heads = [n for n, line in enumerate(lines) if line.strip() in (f"[[{table}]]", f"[{table}]")]
        if len(heads) > 0:
            which = steps[1] if len(steps) > 1 and isinstance(steps[1], int) else 0
            start = heads[min(which, len(heads) - 1)]
            later = (n for n in range(start + 1, end) if lines[n].startswith("["))
            end = next(later, end)
        keys = {step for step in steps if isinstance(step, str)}
        found = (n for n in range(start, end) if re.split(r"[ =.]", lines[n].strip())[0] in keys)
        return next(found, start if len(heads) > 0 else -1) + 1


def read(path: Path) -> Sheet:
    """The sheet in a file. Raises `UsageError` with file and line where it is missing or no TOML."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", place=str(path)) from error
    return _sheet(raw, str(path))


def shipped(name: str) -> Sheet:
    """A sheet that comes with Weigh."""
    return _sheet(files("weigh.stakes").joinpath(name).read_bytes(), name)


def filled(sheet: Sheet, kind: type[Kind], schema: str) -> Kind:
    """The sheet as a record of `kind`: every entry known, of its type, every number finite.

    Raises `UsageError` with the file, the line and the path of what is wrong.
    """
    told = sheet.tables.get("schema")
    if told != schema:
        raise UsageError(
            f"the schema is {told!r}, not {schema!r}",
            place=sheet.place("schema"),
            remedy=f'begin the file with schema = "{schema}"',
        )
    try:
        record = msgspec.convert(sheet.tables, kind)
    except msgspec.ValidationError as error:
        said, _, pointer = str(error).partition(" - at `$")
        raise UsageError(said, place=sheet.place(pointer.strip("`.")), remedy=_remedy(said)) from error
    _require_known(sheet, sheet.tables, kind, "")
    _require_finite(sheet, sheet.tables, "")
    return record


def _sheet(raw: bytes, name: str) -> Sheet:
    if len(raw) > LARGEST:
        raise UsageError(f"is larger than {LARGEST:,} bytes", place=name, remedy="give a sheet of payoffs")
    try:
        text = raw.decode("utf-8-sig")
        return Sheet(name, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise UsageError("is not UTF-8 text", place=name) from error
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        place = f"{name}, line {line[1]}" if line is not None else name
        raise UsageError(f"is not TOML: {_AT_LINE.sub('', str(error))}", place=place) from error
    except RecursionError as error:
        raise UsageError("is nested too deeply", place=name) from error


def _steps(pointer: str) -> list[str | int]:
    return [int(number) if number else word for number, word in _STEP.findall(pointer)]


def _remedy(said: str) -> str:
    return "docs/stakes.md lists every entry" if "missing" in said else ""


def _require_known(sheet: Sheet, value: Any, kind: Any, pointer: str) -> None:
    """Raise `UsageError` for an entry that no record has: a slip of the pen must not be passed over."""
    known = next((part for part in (kind, *get_args(kind)) if is_dataclass(part)), None)
    if isinstance(value, list):
        for place, item in enumerate(value):
            _require_known(sheet, item, known, f"{pointer}[{place}]")
    if known is None or not isinstance(value, dict):
        return
    hints = get_type_hints(known)
    names = {field.name for field in fields(known)}
    for key, item in value.items():
        at = f"{pointer}.{key}".lstrip(".")
        if key not in names:
            raise UsageError(
                f"there is no entry {key!r} here", place=sheet.place(at), remedy=f"known: {', '.join(names)}"
            )
        _require_known(sheet, item, hints[key], at)


def _require_finite(sheet: Sheet, value: Any, pointer: str) -> None:
    """Raise `UsageError` for infinities and for what is no number at all."""
    if isinstance(value, float) and not isfinite(value):
        raise UsageError(f"{value} is no number to reckon with", place=sheet.place(pointer))
    inside = value.items() if isinstance(value, dict) else ()
    for key, item in inside:
        _require_finite(sheet, item, f"{pointer}.{key}".lstrip("."))
    for place, item in enumerate(value if isinstance(value, list) else ()):
        _require_finite(sheet, item, f"{pointer}[{place}]")
