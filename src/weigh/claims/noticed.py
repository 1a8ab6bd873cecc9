"""What the tables of rules see in a part of a sentence, whether or not it comes to a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from weigh.claims.marked import Marked
from weigh.claims.patterns import Patterns
from weigh.evidence.sequences import Places, may_follow
from weigh.records import Degree, Party, Span, Stance


@dataclass(frozen=True, slots=True)
class Noticed:
    """Names of patterns and cues, phrases for a culprit with whom they mean, and words for a deed."""

    signs: frozenset[str]
    culprits: tuple[tuple[tuple[Party, ...], Degree], ...]
    deed: Span | None


def noticed(
    marked: Marked, small: str, places: Places, table: Patterns, matched: Iterable[Stance]
) -> Noticed:
    """What is seen in a marked part, `small` in small letters, in which patterns of these stances matched;
    `places` are those of the table's words in it."""
    deed = table.deed_in(small, 0, len(small))
    return Noticed(
        frozenset({f"pattern {stance}" for stance in matched} | set(_signs(marked, small, places, table))),
        tuple((one.parties, one.degree) for one in marked.tokens.values() if one.form is None),
        None if deed is None else marked.span(*deed.span()),
    )


def together(parts: Iterable[Noticed]) -> Noticed:
    """What is seen in several parts, the first deed."""
    all_parts = list(parts)
    return Noticed(
        frozenset(sign for part in all_parts for sign in part.signs),
        tuple(culprit for part in all_parts for culprit in part.culprits),
        next((part.deed for part in all_parts if part.deed is not None), None),
    )


def _signs(marked: Marked, small: str, places: Places, table: Patterns) -> Iterator[str]:
    yield from (f"culprit {one.degree or 'unsaid'}" for one in marked.tokens.values() if one.form is None)
    for cue in table.composing.cues if table.composing is not None else ():
        may = may_follow(cue.claim.steps, places, 0, len(small))
        if may and cue.claim.pattern.search(small) is not None:
            yield from (f"cue {cue.claim.stance}", f"cue {cue.claim.number}")
