"""A claim before it knows its details: what a reader of one language hands over."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.claims.voices import Voice
from weigh.records import Degree, Party, Span, Stance


@dataclass(frozen=True, slots=True)
class Draft:
    """Who takes which stance towards whom, where, and why a reader thinks so.

    `clause` holds the claim, `sentence` the words around it that may say when and on which basis.
    """

    clause: Span
    sentence: Span
    stance: Stance
    voice: Voice
    accused: tuple[Party, ...]
    degree: Degree
    act: Span | None
    disputes: tuple[Party, ...]
    unresolved: tuple[str, ...]
    why: str
