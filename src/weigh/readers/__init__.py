"""Bytes -> documents: `read_bytes`, `read_path` and `read_url`; one file for each format.

The libraries that parse PDF, HTML and DOCX or speak HTTP are imported when they are first needed.
"""

from __future__ import annotations

from weigh.readers.limits import LIMITS, Limits
from weigh.readers.paths import Unread, read_path
from weigh.readers.reading import read_bytes
from weigh.records import Document

__all__ = ["LIMITS", "Limits", "Unread", "read_bytes", "read_path", "read_url"]


def read_url(url: str, *, limits: Limits = LIMITS, allow_private: bool = False) -> Document:
    """Fetch and read one document of the web, when a person asks for it; see `weigh.readers.url`."""
    from weigh.readers import url as web

    return web.read_url(url, limits=limits, allow_private=allow_private)
