"""The XML parts of a DOCX package, checked before a parser that builds trees may have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat
from zipfile import ZipFile

from weigh.errors import LimitError, ReadingError
from weigh.readers.archive import AGAIN, member
from weigh.readers.limits import Limits, require_within

WORDS = frozenset({"w:t", "a:t", "c:v"})
TITLE = "dc:title"


@dataclass(frozen=True, slots=True)
class Part:
    """A part's name in the package, the characters of its words, and the title when it is given there."""

    name: str
    characters: int
    title: str


@dataclass(slots=True)
class _Scan:
    """Bounds on the elements of the whole package, and what one part holds."""

    limits: Limits
    elements: int = 0
    open: list[str] = field(default_factory=list)
    characters: int = 0
    title: str = ""

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: neither too many nor too deep."""
        self.open.append(name)
        self.elements += 1
        require_within(self.elements, self.limits.elements, "XML elements")
        if len(self.open) > self.limits.depth:
            raise LimitError(f"XML nested more than {self.limits.depth} deep", remedy=AGAIN)

    def ends(self, name: str) -> None:
        """An element ends."""
        self.open.pop()

    def takes(self, words: str) -> None:
        """Characters inside the innermost element."""
        if self.open[-1] in WORDS:
            self.characters += len(words.strip())
        elif self.open[-1] == TITLE:
            self.title += words

    def refuses(self, *declaration: object) -> None:
        """A document type definition: only ever a way to entities."""
        raise ReadingError("the document defines XML entities", remedy=AGAIN)


def parts_of(archive: ZipFile, limits: Limits) -> list[Part]:
    """Every part that is XML, scanned; raises for one that is damaged, hostile or beyond the limits."""
    scan = _Scan(limits)
    parts = []
    for name in archive.namelist():
        declared = name.lower().endswith((".xml", ".rels"))
        data = member(archive, name)
        if declared or b"<" in data[:8]:
            parts.append(_scanned(name, data, scan, declared=declared))
    return parts


def _scanned(name: str, data: bytes, scan: _Scan, *, declared: bool) -> Part:
    """A part whose name does not say XML may be anything; it is checked for being hostile XML only."""
    scan.open, scan.characters, scan.title = [], 0, ""
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.starts
    parser.EndElementHandler = scan.ends
    parser.CharacterDataHandler = scan.takes
    parser.StartDoctypeDeclHandler = scan.refuses
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        if declared:
            raise ReadingError(f"damaged XML: {error}", place=name, remedy=AGAIN) from error
    except ReadingError as error:
        raise type(error)(error.problem, place=name, remedy=error.remedy) from error
    return Part(name, scan.characters, " ".join(scan.title.split()))
