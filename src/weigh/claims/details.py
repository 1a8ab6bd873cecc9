"""What a claim says besides who and whom: how likely, how sure, when, against what, on which basis.

All of it is quoted from the clause; nothing is inferred, and a confidence is never turned into a likelihood.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.claims.marked import in_small_letters
from weigh.claims.parties import Mention
from weigh.evidence.sequences import Guarded, guarded
from weigh.records import Basis, Party, Quote, Span


@dataclass(frozen=True, slots=True)
class Details:
    """The exact words of a clause for each of these, None where it has none, and their readings.

    Of `targets` the first that does not name the accused is meant.
    """

    likelihood: Quote | None
    icd203: str
    phia: str
    confidence: Quote | None
    confidence_level: str
    happened: Quote | None
    targets: tuple[Quote, ...]
    basis: Basis
    basis_words: Quote | None
    basis_of: Party | None


@dataclass(frozen=True, slots=True)
class _Patterns:
    likelihood: Guarded
    scale: dict[str, tuple[str, str]]
    confidence: tuple[tuple[Guarded, str], ...]
    basis: tuple[tuple[Guarded, Basis], ...]
    when: Guarded
    target: re.Pattern[str]


def detail(
    text: str, clause: Span, sentence: Span, mentions: Sequence[Mention], party: Sequence[Party]
) -> Details:
    """The details of a claim whose characters are `clause`; basis and time may stand in its sentence.

    `party` are those who speak: what they report of their own is no other's evidence.
    """
    patterns = _patterns()
    likelihood = _first(patterns.likelihood, text, clause)
    icd203, phia = patterns.scale[likelihood.words.lower()] if likelihood is not None else ("", "")
    confidence, level = _confidence(text, clause)
    basis, words, source = _basis(text, sentence, mentions)
    return Details(
        likelihood=likelihood,
        icd203=icd203,
        phia=phia,
        confidence=confidence,
        confidence_level=level,
        happened=_first(patterns.when, text, sentence),
        targets=tuple(_targets(text, clause)),
        basis=basis,
        basis_words=words,
        basis_of=None if source is None or source in party else source,
    )


def readings(words: str) -> tuple[str, str]:
    """The word of ICD 203 and of the PHIA yardstick that hedge words are; each empty where it has no such."""
    return _patterns().scale.get(words.lower(), ("", ""))


def _targets(text: str, clause: Span) -> Iterator[Quote]:
    """The words for whom the deed may have hit, in reading order."""
    for match in _patterns().target.finditer(text, clause.start, clause.end):
        if match.lastgroup is not None:
            yield _quote(text, *match.span(match.lastgroup))


def _confidence(text: str, clause: Span) -> tuple[Quote | None, str]:
    for pattern, level in _patterns().confidence:
        found = _first(pattern, text, clause)
        if found is not None:
            return found, level
    return None, ""


def _basis(
    text: str, sentence: Span, mentions: Sequence[Mention]
) -> tuple[Basis, Quote | None, Party | None]:
    for pattern, basis in _patterns().basis:
        match = _search(pattern, text, sentence)
        if match is None:
            continue
        whose = Span(*match.span()) if basis is Basis.ANOTHER else Span(0, 0)
        party = next((item.party for item in mentions if item.span.overlaps(whose)), None)
        return basis, _quote(text, *match.span()), party
    return Basis.NONE, None, None


def _search(pattern: Guarded, text: str, within: Span) -> re.Match[str] | None:
    if not pattern.may_be_in(in_small_letters(within.of(text))):
        return None
    return pattern.pattern.search(text, within.start, within.end)


def _first(pattern: Guarded, text: str, within: Span) -> Quote | None:
    match = _search(pattern, text, within)
    return None if match is None else _quote(text, *match.span())


def _quote(text: str, start: int, end: int) -> Quote:
    """The words without the space around them, at their place."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    stripped = words.strip()
    return Quote(stripped, Span(begin, begin + len(stripped)))


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(files("weigh.claims").joinpath("hedges.toml").read_text(encoding="utf-8"))
    scale = {
        word: (row.get("icd203", ""), row.get("phia", ""))
        for row in table["likelihood"]
        for word in row["words"]
    }
    longest = sorted(scale, key=len, reverse=True)
    bounded = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest]
    rows = [*table["confidence"], *table["basis"], table["when"]]
    likelihood, *others = guarded(map(_compiled, ["|".join(bounded), *(row["words"] for row in rows)]))
    made = iter(others)
    return _Patterns(
        likelihood=likelihood,
        scale=scale,
        confidence=tuple((next(made), row["level"]) for row in table["confidence"]),
        basis=tuple((next(made), Basis(row["basis"])) for row in table["basis"]),
        when=next(made),
        target=_compiled(table["target"]["words"]),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
