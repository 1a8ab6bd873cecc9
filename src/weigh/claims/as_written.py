"""Claims that were read in another script than their text has, in the text's own letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from weigh.records import Claim, Party, Quote


def as_written(claim: Claim, read: str, text: str) -> Claim:
    """A claim with its words as `text` has them; it was found in `read`, which has the same offsets."""
    return replace(
        claim,
        original=claim.span.of(text),
        speakers=_parties(claim.speakers, read, text),
        reported_by=_parties(claim.reported_by, read, text),
        accused=_parties(claim.accused, read, text),
        disputes=_parties(claim.disputes, read, text),
        basis_of=None if claim.basis_of is None else _party(claim.basis_of, read, text),
        act=_quote(claim.act, text),
        target=_quote(claim.target, text),
        happened=_quote(claim.happened, text),
        likelihood=_quote(claim.likelihood, text),
        confidence=_quote(claim.confidence, text),
        basis_words=_quote(claim.basis_words, text),
        unresolved=tuple(_words(word, read, text) for word in claim.unresolved),
    )


def _quote(quote: Quote | None, text: str) -> Quote | None:
    return None if quote is None else replace(quote, words=quote.span.of(text))


def _parties(parties: Sequence[Party], read: str, text: str) -> tuple[Party, ...]:
    return tuple(_party(party, read, text) for party in parties)


def _party(party: Party, read: str, text: str) -> Party:
    return replace(party, words=_words(party.words, read, text))


def _words(words: str, read: str, text: str) -> str:
    """The same place of the text, where the words were read; the words themselves where they were not."""
    start = read.find(words)
    return words if start < 0 else text[start : start + len(words)]
