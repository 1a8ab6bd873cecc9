"""A hash chain over what people decided: an entry that was changed, dropped or moved shows.

It proves order and completeness against accident and against edits by other programs; it proves
nothing against somebody who recomputes the whole chain, which is what a seal would be for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

GENESIS = "0" * 64


def link(previous: str, entry: bytes) -> str:
    """SHA-256 (hex) of the previous link and an entry."""
    return hashlib.sha256(previous.encode() + b"\n" + entry).hexdigest()


def first_break(entries: Iterable[tuple[bytes, str]]) -> int | None:
    """The 1-based place of the first (entry, link) pair that does not follow from those before it."""
    previous = GENESIS
    for place, (entry, stated) in enumerate(entries, start=1):
        if link(previous, entry) != stated:
            return place
        previous = stated
    return None
