"""What a format's reader found in the bytes, before it has a name and an identity."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.records import Field, Notice, Source


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a `Document` that depend on the format; the same meanings hold."""

    text: str
    format: str
    title: str = ""
    date: str = ""
    tlp: str = ""
    source: Source | None = None
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    fields: tuple[Field, ...] = ()
    notices: tuple[Notice, ...] = ()
