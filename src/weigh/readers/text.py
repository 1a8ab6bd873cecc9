"""Plain text: the text itself."""

from __future__ import annotations

from weigh.readers.content import Content
from weigh.readers.limits import Limits


def read(text: str, name: str, limits: Limits) -> Content:
    """The text as it is."""
    return Content(text, "text")
