"""What a reader of claims is: the rules are one, a language model another, and a third fits in beside."""

from __future__ import annotations

from typing import Protocol

from weigh.claims.reading import Reading
from weigh.records import Document


class Reader(Protocol):
    """Something that reads who says what. Every claim quotes the document exactly, or is no claim."""

    def read(self, document: Document) -> Reading:
        """The claims of a document in reading order, and what was not read or was dropped, and why."""
        ...
