"""Who contributes to a case: documents with weighed facts, and origins that do not merely repeat.

A cautious count, used for the analytic confidence alone: an origin counts when its source is named, when it
brings several facts, and when it does not bring the same ones as another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weigh.assessment.document import FeatureRow
from weigh.case.judgements import Reviewed
from weigh.records import Document

LEAST_FACTS = 4
"""A source that brings fewer facts is no witness of its own."""
_SAME = 0.8
"""Documents whose facts overlap (Jaccard) at least so much say the same thing."""


def facts_by_document(
    features: Sequence[FeatureRow], observations: Sequence[Reviewed]
) -> dict[str, frozenset[str]]:
    """Document id -> ids of the weighed facts that it reports; documents without one are left out."""
    document_of = {item.read.id: item.read.document for item in observations}
    found: dict[str, set[str]] = {}
    for feature in features:
        for name in feature.observations:
            found.setdefault(document_of[name], set()).add(feature.id)
    return {document: frozenset(facts) for document, facts in found.items()}


def witnesses(
    documents: Sequence[Document], given: Mapping[str, frozenset[str]], origin: Mapping[str, str]
) -> int:
    """Number of origins with a named source that bring facts of their own, spelling and reprints aside.

    `origin` leads from each document to its origin; of one origin, the fullest document speaks.
    """
    by_source: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.source is not None and document.id in given:
            key = _spelling(document.source.name)
            by_source[key] = by_source.get(key, frozenset()) | given[document.id]
    by_origin: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.source is not None and document.id in given:
            facts = by_source[_spelling(document.source.name)]
            root = origin[document.id]
            by_origin[root] = max(by_origin.get(root, frozenset()), facts, key=_fullness)
    kept: list[frozenset[str]] = []
    for _, facts in sorted(by_origin.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if len(facts) >= LEAST_FACTS and not any(_overlap(facts, other) >= _SAME for other in kept):
            kept.append(facts)
    return len(kept)


def _fullness(facts: frozenset[str]) -> tuple[int, list[str]]:
    return len(facts), sorted(facts)


def _spelling(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
