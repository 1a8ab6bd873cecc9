"""How much of this machine one document may ask for.

The figures are our own: several times what the longest public reports need, and small enough that
the worst file that passes them costs seconds and a few hundred megabytes; a PDF that was made for it, which
is read in a process of its own, a minute and a gigabyte.
"""

from __future__ import annotations

from dataclasses import dataclass

from weigh.errors import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document, and on one folder.

    `bytes` of input, `pages` of a PDF, `depth` of nested JSON values and DOCX elements, `tree` depth of
    HTML elements, `expansion` bytes of an unpacked archive and `ratio` of unpacked to packed,
    `characters` of text, `objects` (JSON values, table cells), `tags` of HTML, `elements` of DOCX
    XML, `files` of one folder. `memory` in bytes and `seconds` are what the process that reads a PDF gets.
    """

    bytes: int = 50_000_000
    pages: int = 2_000
    depth: int = 64
    tree: int = 512
    expansion: int = 200_000_000
    ratio: int = 200
    characters: int = 20_000_000
    objects: int = 1_000_000
    tags: int = 250_000
    elements: int = 500_000
    files: int = 10_000
    memory: int = 1_000_000_000
    seconds: int = 60


LIMITS = Limits()


def require_within(
    amount: int, bound: int, unit: str, *, place: str = "", remedy: str = "split it into parts"
) -> None:
    """Raise `LimitError` when `amount` of `unit` ("pages", "characters of text") exceeds `bound`."""
    if amount > bound:
        problem = f"more than {bound:,} {unit}, the most that one document may have"
        raise LimitError(problem, place=place, remedy=remedy)
