"""Who repeats whom as rows, wherever that is told: for all documents, and for those that state one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from weigh.claims.links import Link
from weigh.claims.origins import Step


@dataclass(frozen=True, slots=True)
class OriginStepRow:
    """A document's place in who repeats whom: whom it is taken to repeat, and the origin it leads back to.

    `repeats` is empty for a document that nothing links to another; `copying` is the probability that what
    both report was copied.
    """

    document: str
    repeats: str
    copying: float
    origin: str


def step_rows(steps: Iterable[Step], origin: Mapping[str, str]) -> tuple[OriginStepRow, ...]:
    """The steps with the origin of each document."""
    return tuple(
        OriginStepRow(step.document, step.repeats, step.copying, origin[step.document]) for step in steps
    )


def quote_of(link: Link, text: str, most: int) -> str:
    """The words of a document that show a link, on one line and cut at `most` characters; "" for none."""
    quote = "" if link.span is None else " ".join(link.span.of(text).split())
    return quote if len(quote) <= most else f"{quote[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
