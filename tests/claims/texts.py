"""Documents made of invented words, so that what they share is known."""

from __future__ import annotations

import hashlib
import random

from weigh.records import Document, Source

VOCABULARY = 4000


def prose(seed: int, words: int = 200) -> str:
    """Sentences of invented words; two seeds share words, and no run of them."""
    chance = random.Random(seed)
    found = [f"{_word(chance.randrange(VOCABULARY))}" for _ in range(words)]
    return ". ".join(" ".join(found[start : start + 12]).capitalize() for start in range(0, words, 12)) + "."


def document(text: str, name: str = "", *, source: str = "", date: str = "", title: str = "") -> Document:
    """A document of these words; its id depends on its name and its text."""
    identity = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
    who = Source(source) if source != "" else None
    return Document(identity, text, "text", name or f"{identity[:6]}.txt", source=who, date=date, title=title)


def _word(number: int) -> str:
    letters = "bdfgklmnprstvz"
    return "".join(letters[number // 14**place % 14] + "aeiou"[number // 5**place % 5] for place in range(3))
