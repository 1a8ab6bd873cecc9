"""Who repeats whom, as rows: documents, origins, what says so, and what it does to each weighed fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from weigh.assessment.document import FactOriginsRow, FeatureRow, OriginLinkRow, OriginsRow
from weigh.assessment.pooling import Pooled, effective
from weigh.assessment.repeating import quote_of, step_rows
from weigh.case.judgements import Reviewed
from weigh.claims.links import Link, kinds
from weigh.claims.origins import Origins, origin_of, trace
from weigh.records import Document, Kind, Verdict

QUOTE = 400
"""Characters of a quote after which it is cut: whole paragraphs are not needed to see a link."""
_DIGITS = 12
_DETAILS = (Kind.INDICATOR, Kind.VULNERABILITY, Kind.TECHNIQUE, Kind.SOFTWARE)
CONFIRMED, PROBABLE = 1, 2
"""Admiralty credibility: confirmed by independent sources; probably true."""


def traced(documents: Sequence[Document], observations: Sequence[Reviewed]) -> Origins:
    """The graph of the documents, with what each reports."""
    return trace(documents, details_of(observations))


def details_of(observations: Iterable[Reviewed]) -> dict[str, frozenset[str]]:
    """Document id -> the values that it reports; what a person rejected is no detail of it."""
    details: dict[str, set[str]] = defaultdict(set)
    for item in observations:
        rejected = item.judgement is not None and item.judgement.verdict is Verdict.REJECT
        if item.now.kind in _DETAILS and not rejected:
            details[item.now.document].add(item.now.value)
    return {name: frozenset(values) for name, values in details.items()}


def origins_row(
    documents: Sequence[Document], origins: Origins, pooled: Sequence[Pooled], features: Sequence[FeatureRow]
) -> OriginsRow:
    """Everything that is said about origins; `pooled` and `features` stand in one order."""
    texts = {document.id: document.text for document in documents}
    steps = origins.everything()
    origin = origin_of(steps)
    return OriginsRow(
        documents=len(steps),
        origins=len(set(origin.values())),
        effective=round(effective(steps), _DIGITS),
        steps=step_rows(steps, origin),
        links=tuple(_link(link, texts[link.document]) for link in origins.links),
        circles=origins.circles,
        facts=tuple(_fact(item, row) for item, row in zip(pooled, features, strict=True)),
    )


def demotions(observations: Iterable[Reviewed], origins: Origins) -> Mapping[tuple[Kind, str], str]:
    """Why a value that was called confirmed (credibility 1) is not: all who report it share an origin.

    What a person rejected confirms nothing.
    """
    seen: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    confirmed: set[tuple[Kind, str]] = set()
    for item in observations:
        if item.judgement is not None and item.judgement.verdict is Verdict.REJECT:
            continue
        key = (item.now.kind, item.now.value)
        seen[key].add(item.now.document)
        if item.now.credibility == CONFIRMED:
            confirmed.add(key)
    found = {}
    for key in confirmed:
        steps = origins.steps(dict.fromkeys(seen[key], ()))
        if len(set(origin_of(steps).values())) == 1:
            who = (
                "one document reports it"
                if len(steps) == 1
                else f"its {len(steps)} documents share one origin"
            )
            found[key] = f"called confirmed by independent sources, but {who}"
    return found


def _link(link: Link, text: str) -> OriginLinkRow:
    return OriginLinkRow(
        document=link.document,
        repeats=link.repeats,
        kind=kinds()[link.kind].name,
        copying=link.copying(),
        why=link.why,
        quote=quote_of(link, text, QUOTE),
        start=-1 if link.span is None else link.span.start,
        end=-1 if link.span is None else link.span.end,
    )


def _fact(item: Pooled, feature: FeatureRow) -> FactOriginsRow:
    return FactOriginsRow(
        feature=feature.id,
        documents=len(item.steps),
        origins=len(set(origin_of(item.steps).values())),
        effective=round(effective(item.steps), _DIGITS),
        presence=item.presence,
        low=item.low,
        high=item.high,
    )
