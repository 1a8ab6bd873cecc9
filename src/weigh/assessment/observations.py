"""The observations of a case as rows: each with its sentence, its passage, and why it is not weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from weigh.assessment import passages as quoting
from weigh.assessment.document import JudgementRow, LeftOutRow, NamedRow, ObservationRow, PassageRow
from weigh.assessment.origins import CONFIRMED, PROBABLE
from weigh.assessment.pooling import not_weighed
from weigh.case.judgements import Reviewed
from weigh.evidence.languages import LANGUAGE, language_name
from weigh.evidence.traces import parsed
from weigh.knowledge.catalogue import Technique
from weigh.knowledge.store import Knowledge
from weigh.records import Document, Judgement, Kind, Observation, Verdict


def quoted(
    documents: Sequence[Document],
    observations: Sequence[Reviewed],
    knowledge: Knowledge,
    demoted: Mapping[tuple[Kind, str], str],
) -> tuple[tuple[ObservationRow, ...], tuple[PassageRow, ...]]:
    """Every observation of every document, and the passages that hold them, in the documents' order.

    `demoted` says for a kind and value why nobody independent confirms it.
    """
    rows: list[ObservationRow] = []
    passages: list[PassageRow] = []
    for document in documents:
        own = [item for item in observations if item.read.document == document.id]
        spans = quoting.sentence_spans(document)
        held = quoting.passages(document, [item.read.span for item in own], spans)
        passages.extend(held)
        for item in own:
            sentence = quoting.sentence_around(document, item.read.span, spans)
            passage = quoting.passage_of(item.read.span, held)
            reason = demoted.get((item.now.kind, item.now.value), "")
            rows.append(_demoted(_observation(item, sentence, passage, knowledge), reason))
    return tuple(rows), tuple(passages)


def named(observations: Sequence[Reviewed], knowledge: Knowledge) -> tuple[NamedRow, ...]:
    """Actors that the documents name, those that most documents name first; not where a person said no."""
    mentioned = [
        item.now
        for item in observations
        if item.now.kind is Kind.ACTOR
        and (item.judgement is None or item.judgement.verdict is not Verdict.REJECT)
    ]
    mentions = Counter(item.value for item in mentioned)
    documents: dict[str, set[str]] = {}
    for item in mentioned:
        documents.setdefault(item.value, set()).add(item.document)
    rows = [
        NamedRow(value, knowledge.actors[value].name, len(documents[value]), count)
        for value, count in mentions.items()
        if value in knowledge.actors
    ]
    return tuple(sorted(rows, key=lambda row: (-row.documents, -row.mentions, row.actor)))


def left_out(rows: Sequence[ObservationRow]) -> tuple[LeftOutRow, ...]:
    """Why observations are not weighed, and how many for each reason, the commonest first."""
    counts = Counter(row.set_aside for row in rows if len(row.set_aside) > 0)
    return tuple(
        LeftOutRow(reason, count)
        for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def full_name(identifier: str, knowledge: Knowledge) -> str:
    """A sub-technique's name with its parent's: "Phishing: Spearphishing Attachment"."""
    feature = knowledge.features[knowledge.feature_index[identifier]]
    if isinstance(feature, Technique) and feature.parent in knowledge.feature_index:
        return f"{knowledge.features[knowledge.feature_index[feature.parent]].name}: {feature.name}"
    return feature.name


def artefact_name(value: str, knowledge: Knowledge) -> str:
    """The name of what an artefact points at, empty for nobody known."""
    trace = parsed(value)
    target = "" if trace is None else trace.target
    if target in knowledge.actors:
        return knowledge.actors[target].name
    return full_name(target, knowledge) if target in knowledge.feature_index else ""


def _observation(reviewed: Reviewed, sentence: str, passage: str, knowledge: Knowledge) -> ObservationRow:
    item = reviewed.now
    return ObservationRow(
        id=reviewed.read.id,
        kind=item.kind.value,
        subtype=item.subtype,
        value=item.value,
        name=_value_name(item, knowledge),
        quote=item.original,
        sentence=sentence,
        document=item.document,
        passage=passage,
        start=item.span.start,
        end=item.span.end,
        pointer=item.pointer,
        extractor=item.extractor,
        probability=item.probability,
        forgeability=item.forgeability,
        credibility=item.credibility,
        set_aside=not_weighed(item, knowledge),
        ruled_out=item.set_aside,
        why=item.why,
        judgement=_judgement(reviewed.judgement),
        table_forgeability=item.table_forgeability,
        figures=tuple(_row(figure) for figure in reviewed.figures),
    )


def _demoted(row: ObservationRow, reason: str) -> ObservationRow:
    """The row with credibility 2 for 1 where all who report the value share one origin."""
    if row.credibility != CONFIRMED or reason == "":
        return row
    return replace(row, credibility=PROBABLE, demoted=reason)


def _judgement(judgement: Judgement | None) -> JudgementRow | None:
    return None if judgement is None else _row(judgement)


def _row(judgement: Judgement) -> JudgementRow:
    return JudgementRow(
        judgement.verdict.value, judgement.author, judgement.made, judgement.because, judgement.value
    )


def _value_name(item: Observation, knowledge: Knowledge) -> str:
    if item.kind is Kind.ACTOR and item.value in knowledge.actors:
        return knowledge.actors[item.value].name
    if item.kind is Kind.CIRCUMSTANCE:
        return f"{language_name(item.value)} (language)" if item.subtype == LANGUAGE else ""
    if item.kind is Kind.ARTEFACT:
        return artefact_name(item.value, knowledge)
    if item.value in knowledge.feature_index:
        return full_name(item.value, knowledge)
    return ""
