"""Markdown: kept as its source, so that offsets, link addresses and code stay what the author wrote."""

from __future__ import annotations

import re

from weigh.readers.content import Content
from weigh.readers.limits import Limits

TITLE = re.compile(r"^# +(\S[^\n]*)$|^(\S[^\n]*)\n=+ *$", re.MULTILINE)


def read(text: str, name: str, limits: Limits) -> Content:
    """The text as it is, titled with its first main heading."""
    match = TITLE.search(text)
    title = "" if match is None else (match[1] or match[2]).strip().rstrip("#").strip()
    return Content(text, "markdown", title=title)
