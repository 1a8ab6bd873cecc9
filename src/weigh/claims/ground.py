"""What all reading of a document stands on: sentences, who is named, whose words they are, and rules."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.claims.headed import Heading
from weigh.claims.parties import Mentions
from weigh.claims.patterns import Patterns
from weigh.claims.voices import Voices
from weigh.evidence.layout import Layout


@dataclass(frozen=True, slots=True)
class Ground:
    """A document with its names, voices and head, and the table of its language, whose code is ISO 639-1."""

    layout: Layout
    mentions: Mentions
    voices: Voices
    head: Heading
    table: Patterns
    code: str
