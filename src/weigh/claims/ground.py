"""What all reading of a document stands on: sentences, names, voices, topics, and rules."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.claims.headed import Heading
from weigh.claims.parties import Mentions
from weigh.claims.patterns import Patterns
from weigh.claims.topics import Topics
from weigh.claims.voices import Voices
from weigh.evidence.layout import Layout
from weigh.records import Party


@dataclass(frozen=True, slots=True)
class Ground:
    """A document with its names, those `charged`, voices, head and topics, and the table of its language,
    whose ISO 639-1 code is `code`."""

    layout: Layout
    mentions: Mentions
    charged: tuple[Party, ...]
    voices: Voices
    head: Heading
    topics: Topics
    table: Patterns
    code: str
