"""Where a text speaks of computers: claims about anything else are not read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from weigh.claims.marked import in_small_letters
from weigh.claims.patterns import Patterns
from weigh.claims.voices import Voices
from weigh.records import Span

PARTS = 6
"""Parts of a text in each of which computers must be spoken of for the whole of it to be about them."""

EVERY = 2000
"""Characters of a text without questions for which it must have one word about computers to be about them."""

FEWEST = 3
"""Such words that it must have at least."""

SHORTEST = 500
"""Characters of a text below which it is taken to be about computers: somebody chose it to be read."""

LONGEST_EXCHANGE = 3000
"""Characters of a question with its answer within which two words about computers make it one about them."""


@dataclass(frozen=True, slots=True)
class Topics:
    """Places of words about computers in a text, in order, and whether all of it is about them."""

    places: tuple[int, ...]
    throughout: bool
    window: tuple[int, int]
    voices: Voices

    @classmethod
    def of(cls, text: str, voices: Voices, table: Patterns) -> Topics:
        """Looked for once for a whole text."""
        small = in_small_letters(text)
        places = tuple(match.start() for match in table.topic.finditer(small))
        part = max(len(text) // PARTS, 1)
        everywhere = {place // part for place in places} >= set(range(PARTS))
        often = not voices.has_questions and len(places) >= max(FEWEST, len(text) // EVERY)
        return cls(places, everywhere or often or len(text) < SHORTEST, table.window, voices)

    def cover(self, sentence: Span) -> bool:
        """Whether computers are spoken of near a sentence, or twice in a short exchange around it."""
        before, after = self.window
        if self.throughout or self._within(sentence.start - before, sentence.end + after) > 0:
            return True
        exchange = self.voices.exchange(sentence.start)
        if exchange is None or exchange.end - exchange.start > LONGEST_EXCHANGE:
            return False
        return self._within(exchange.start, exchange.end) > 1

    def _within(self, start: int, end: int) -> int:
        return bisect_left(self.places, end) - bisect_left(self.places, start)
