"""Loaded words, quoted as such in a list of their own: they weigh nothing and change no claim."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from weigh.records import Document, Quote, Span

MOST = 500
"""Loaded words that are listed for one document, the first ones."""


def loaded_words(document: Document) -> tuple[Quote, ...]:
    """Every loaded word of a text in English or Chinese with its place, in reading order."""
    found = (Quote(match.group(), Span(*match.span())) for match in _pattern().finditer(document.text))
    return tuple(word for word, _ in zip(found, range(MOST), strict=False))


@cache
def _pattern() -> re.Pattern[str]:
    table = tomllib.loads(files("weigh.claims").joinpath("loaded.toml").read_text(encoding="utf-8"))
    english = "|".join(sorted(table["english"].split(), key=len, reverse=True))
    chinese = "|".join(table["chinese"].split())
    return re.compile(rf"(?<![\w-])(?:{english})(?![\w-])|{chinese}", re.IGNORECASE)
