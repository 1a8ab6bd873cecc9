"""A case and the knowledge -> the frozen assessment, by one function and its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np

from weigh import scales
from weigh.assessment import responsibility, wording
from weigh.assessment.ach import ach
from weigh.assessment.artefacts import pointing, weighable
from weigh.assessment.document import (
    SCHEMA,
    UNLISTED,
    Assessment,
    BaselineRow,
    ConfidenceRow,
    DocumentRow,
    FeatureRow,
    HypothesisRow,
    LinchpinRow,
    ModelRow,
    OriginsRow,
)
from weigh.assessment.evidence_alone import Evidence
from weigh.assessment.linchpins import linchpins
from weigh.assessment.observations import full_name, left_out, named, quoted
from weigh.assessment.origins import demotions, details_of, origins_row, traced
from weigh.assessment.outlook import in_set, next_evidence, set_of_answers
from weigh.assessment.own_entries import own_entries, without_entries
from weigh.assessment.pooling import Pooled, as_facts, pool
from weigh.assessment.posing import cautions, doubted, posing
from weigh.assessment.statements import Said, statements
from weigh.assessment.suppositions import Suppositions, as_known, left, with_priors
from weigh.assessment.witnesses import facts_by_document, witnesses
from weigh.case.judgements import Reviewed
from weigh.inference.baselines import BASELINES
from weigh.inference.engine import Engine, Weighed
from weigh.inference.features import Facts
from weigh.inference.intervals import Interval, interval
from weigh.inference.profiles import Floats
from weigh.knowledge.catalogue import Actor, Technique
from weigh.knowledge.relations import NO_REPORT
from weigh.knowledge.store import Knowledge
from weigh.records import Document, Kind, Span, content_id
from weigh.version import __version__

SENTENCES_FOR = 12
"""For so many hypotheses, and for `unlisted`, every weight has its sentence."""
_BASELINE_LENGTH = 5
_EASY_TO_FORGE = 0.5
_TWIN_LIKENESS = 0.6
"""Cosine with one report above which a case may be that very report: new reports seldom come so near."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2100
_UNLISTED_NAME = "an actor that the knowledge does not hold"
_DIGITS = 12
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Material:
    """What is weighed: documents, their observations with the judgements laid over them, and what is
    supposed otherwise."""

    documents: tuple[Document, ...]
    observations: tuple[Reviewed, ...]
    title: str = ""
    suppositions: Suppositions = field(default_factory=Suppositions)
    claims: Said | None = None


@dataclass(frozen=True, slots=True)
class _Weighing:
    """Everything that the rows are written from; `is_whole` unless the knowledge or the prior is supposed,
    `is_refitted` where the weights were fitted again for that."""

    knowledge: Knowledge
    engine: Engine
    pooled: tuple[Pooled, ...]
    facts: Facts
    weighed: Weighed
    probabilities: Floats
    interval: Interval
    is_whole: bool = True
    is_refitted: bool = False

    @property
    def order(self) -> list[int]:
        """Hypotheses by falling probability, ties in catalogue order; the last index is `unlisted`."""
        return [int(i) for i in np.argsort(-self.weighed.scores.totals, kind="stable")]

    def actor(self, hypothesis: int) -> Actor | None:
        """The actor of a hypothesis, None for `unlisted`."""
        if hypothesis == len(self.engine.known.candidates):
            return None
        return self.knowledge.catalogue.actors[int(self.engine.known.candidates[hypothesis])]

    def named(self, hypothesis: int) -> tuple[str, str]:
        """Id and name of a hypothesis."""
        actor = self.actor(hypothesis)
        return (UNLISTED, _UNLISTED_NAME) if actor is None else (actor.id, actor.name)


def assess(material: Material, knowledge: Knowledge, engine: Engine) -> Assessment:
    """Weigh the material. The result depends on nothing else, and not on the order of the documents."""
    supposed = material.suppositions
    documents, observations = _each_once(material)
    observations = left(observations, documents, supposed, knowledge)
    known = as_known(engine, knowledge, supposed)
    is_refitted, engine = known.engine.weights is not engine.weights, known.engine
    origins = traced(documents, observations)
    pooled = pool(observations, knowledge, origins)
    facts = as_facts(pooled, _year(documents, int(engine.known.last_year.max(initial=0.0)) or _LAST_YEAR))
    engine = with_priors(engine, knowledge, supposed, facts.year)
    weighed = engine.weigh(facts)
    weighing = _Weighing(
        knowledge,
        engine,
        pooled,
        facts,
        weighed,
        weighed.scores.probabilities,
        interval(facts, engine.known, engine.weights, shift=engine.shift),
        is_whole=supposed.as_of == "" and engine.shift is None,
        is_refitted=is_refitted,
    )
    features = tuple(_feature(item, weighing) for item in pooled)
    hypotheses = tuple(
        _hypothesis(index, rank, features, weighing) for rank, index in enumerate(weighing.order)
    )
    leader = (weighing.order[0], hypotheses[0])
    carrying = linchpins(features, leader, facts, engine, weighing.named)
    rows, passages = quoted(documents, observations, knowledge, demotions(observations, origins))
    origins_traced = origins_row(documents, origins, pooled, features)
    draft = Assessment(
        schema=SCHEMA,
        id="",
        weigh=__version__,
        title=material.title or _title(documents),
        tlp=_strictest(documents),
        knowledge=knowledge.stamp,
        documents=tuple(_document(item, observations) for item in documents),
        observations=rows,
        passages=passages,
        features=features,
        hypotheses=hypotheses,
        confidence=_confidence(documents, features, hypotheses, carrying, observations, origins_traced),
        linchpins=carrying,
        named=named(observations, knowledge),
        baselines=_baselines(weighing),
        left_out=left_out(rows),
        assumptions=known.sentences
        + wording.assumptions(
            sum(row.set_aside == "" for row in rows), sum(row.set_aside != "" for row in rows), facts.year
        ),
        unanswered=wording.open_questions(len(features), len(documents), not knowledge.stamp.dated),
        model=tuple(
            ModelRow(*row)
            for row in zip(engine.weights.names, engine.weights.values, engine.weights.errors, strict=True)
        ),
        model_provenance=engine.weights.provenance,
        cautions=wording.cautions(len(features), hypotheses[0].probability, _twin(weighing)),
        origins=origins_traced,
    )
    pointed = pointing(observations, knowledge, origins)
    if len(features) > 0:
        draft = _explained(draft, weighing, supposed)
    if len(features) > 0 or len(pointed) > 0:
        traces = weighable(pointed, engine, knowledge)
        draft = replace(draft, posing=posing(facts, engine, weighing.named, supposed.deception, traces))
    minded = cautions(draft, supposed.deception)
    draft = replace(
        draft, cautions=(*supposed.sentences(), *minded, *draft.cautions), confidence=doubted(draft)
    )
    done = replace(draft, id=content_id("ass", msgspec.json.encode(draft).decode()))
    return done if material.claims is None else _with_claims(done, material.claims, observations, weighing)


def _with_claims(
    done: Assessment, said: Said, observations: Sequence[Reviewed], weighing: _Weighing
) -> Assessment:
    """The assessment with the claims beside it; its id and all else in it stay as they are."""
    found = statements(said, details_of(observations), _evidence(done, said, weighing), weighing.knowledge)
    return replace(done, statements=found)


def _evidence(done: Assessment, said: Said, weighing: _Weighing) -> Evidence:
    """What the ladder is drawn from: without the entries of the knowledge that are documents of the case."""
    knowledge, engine = weighing.knowledge, weighing.engine
    entries = own_entries(said.documents, knowledge) if weighing.is_whole else ()
    if len(entries) > 0:
        engine = without_entries(engine, knowledge, entries)
    actors = (knowledge.catalogue.actors[int(index)].id for index in engine.known.candidates)
    names = tuple(knowledge.catalogue.reports[place].name for place in entries)
    return Evidence(done, engine, weighing.facts, (*actors, UNLISTED), names)


def _explained(draft: Assessment, weighing: _Weighing, supposed: Suppositions) -> Assessment:
    """What follows from an answer: what is left in, what to look for, and how far it reaches to a state."""
    engine = weighing.engine
    inside = in_set(weighing.facts, engine)
    unmoved = None if inside is None else [weighing.named(row)[0] for row in inside]
    return replace(
        draft,
        prediction_set=set_of_answers(
            draft.hypotheses, engine.weights, supposed.not_earlier(weighing.is_refitted), unmoved
        ),
        next_evidence=next_evidence(weighing.facts, weighing.knowledge, weighing.engine),
        ach=ach(draft.features, draft.hypotheses, draft.observations, draft.documents),
        sponsors=responsibility.sponsors(draft.hypotheses),
        degrees=responsibility.degrees(),
        steps=responsibility.steps(draft.features, draft.observations),
    )


def _each_once(material: Material) -> tuple[tuple[Document, ...], tuple[Reviewed, ...]]:
    """Documents and their observations in the order of their ids and places, none twice.

    Of several copies of one document the first by name is kept, whatever the order they came in.
    """
    documents: dict[str, Document] = {}
    for document in sorted(material.documents, key=lambda item: (item.id, item.name, item.title)):
        documents.setdefault(document.id, document)
    observations: dict[str, Reviewed] = {}
    for item in sorted(material.observations, key=_place):
        if item.read.document in documents:
            observations.setdefault(item.read.id, item)
    return tuple(documents.values()), tuple(observations.values())


def _place(item: Reviewed) -> tuple[str, Span, str]:
    return item.read.document, item.read.span, item.read.id


def _year(documents: Sequence[Document], newest: int) -> int:
    """Year of the operation: the middle one of the documents' years, so that no single date decides.

    A year after the one that follows the newest report known is not believed: a date costs nothing to
    write. 0 where no document carries a year that can be believed.
    """
    years = [int(item.date[:4]) for item in documents if _YEAR.match(item.date)]
    believed = sorted(year for year in years if _FIRST_YEAR <= year <= newest + 1)
    return believed[len(believed) // 2] if len(believed) > 0 else 0


def _title(documents: Sequence[Document]) -> str:
    names = sorted(item.title or item.name for item in documents)
    return names[0] if len(names) == 1 else f"{len(names)} documents"


def _strictest(documents: Sequence[Document]) -> str:
    labels = [item.tlp for item in documents if item.tlp in scales.TLP_LABELS]
    return max(labels, key=scales.TLP_LABELS.index, default="")


def _document(document: Document, observations: Sequence[Reviewed]) -> DocumentRow:
    source = document.source
    return DocumentRow(
        id=document.id,
        name=document.name,
        title=document.title,
        format=document.format,
        source="" if source is None else source.name,
        reliability="F" if source is None else source.reliability,
        date=document.date,
        tlp=document.tlp,
        characters=len(document.text),
        pages=document.pages,
        pages_without_text=document.pages_without_text,
        observations=sum(item.read.document == document.id for item in observations),
        notices=tuple(
            ": ".join(part for part in (notice.place, notice.problem, notice.remedy) if len(part) > 0)
            for notice in document.notices
        ),
    )


def _feature(item: Pooled, weighing: _Weighing) -> FeatureRow:
    feature = weighing.knowledge.features[item.feature]
    known = weighing.engine.known
    is_technique = isinstance(feature, Technique)
    return FeatureRow(
        id=feature.id,
        kind=Kind.TECHNIQUE.value if is_technique else Kind.SOFTWARE.value,
        name=full_name(feature.id, weighing.knowledge),
        tactics=feature.tactics if isinstance(feature, Technique) else (),
        presence=item.presence,
        users=int(known.users[item.feature]),
        share=round(float(known.shows[:, item.feature].sum()) / max(len(known.shows), 1), _DIGITS),
        observations=item.observations,
        stix_id=feature.stix_id,
    )


def _hypothesis(index: int, rank: int, features: Sequence[FeatureRow], weighing: _Weighing) -> HypothesisRow:
    scores = weighing.weighed.scores
    probability = float(weighing.probabilities[index])
    actor = weighing.actor(index)
    known = weighing.engine.known
    return HypothesisRow(
        id=UNLISTED if actor is None else actor.id,
        name=_UNLISTED_NAME if actor is None else actor.name,
        aliases=() if actor is None else actor.aliases,
        sponsors=() if actor is None else actor.sponsors,
        reports=0 if actor is None else int(known.reports[index]),
        last_year=0 if actor is None else int(known.last_year[index]),
        probability=probability,
        low=float(weighing.interval.low[index]),
        high=float(weighing.interval.high[index]),
        icd203=scales.icd203(probability),
        phia=scales.phia(probability),
        prior=float(scores.prior[index]),
        absence=float(scores.absence[index]),
        weights=tuple(float(value) for value in scores.weights[index]),
        sentences=_sentences(index, features, weighing) if rank < SENTENCES_FOR or actor is None else (),
        stix_id="" if actor is None else actor.stix_id,
    )


def _sentences(index: int, features: Sequence[FeatureRow], weighing: _Weighing) -> tuple[str, ...]:
    actor = weighing.actor(index)
    if actor is None:
        return tuple(wording.unlisted_sentence(feature) for feature in features)
    nearest = int(weighing.weighed.nearest[index])
    return tuple(
        wording.weight_sentence(feature, actor.name, weighing.engine.sighting(index, item.feature, nearest))
        for feature, item in zip(features, weighing.pooled, strict=True)
    )


def _confidence(
    documents: Sequence[Document],
    features: Sequence[FeatureRow],
    hypotheses: Sequence[HypothesisRow],
    carrying: Sequence[LinchpinRow],
    observations: Sequence[Reviewed],
    origins: OriginsRow,
) -> ConfidenceRow:
    ease = {item.read.id: item.now.forgeability for item in observations}
    hard = sum(min(ease[name] for name in row.observations) < _EASY_TO_FORGE for row in features)
    given = facts_by_document(features, observations)
    origin = {row.document: row.origin for row in origins.steps}
    scores = [row.prior + row.absence + sum(row.weights) for row in hypotheses[:2]]
    lead = scores[0] - scores[1] if len(scores) == 2 else 0.0
    level, reasons = wording.confidence(
        len(features), len(given), witnesses(documents, given, origin), hard, len(carrying), lead
    )
    return ConfidenceRow(level, reasons)


def _twin(weighing: _Weighing) -> str:
    """The name of a report of the leading actor that the case all but repeats, empty when there is none."""
    leader = weighing.order[0]
    if weighing.actor(leader) is None:
        return ""
    row = int(weighing.weighed.nearest[leader])
    report = int(weighing.engine.known.report_index[row])
    if weighing.weighed.likeness[leader] < _TWIN_LIKENESS or report == NO_REPORT:
        return ""
    return weighing.knowledge.catalogue.reports[report].name


def _baselines(weighing: _Weighing) -> tuple[BaselineRow, ...]:
    rows = []
    for name, (rule, baseline) in BASELINES.items():
        values = baseline(weighing.facts, weighing.engine.known)
        first = np.argsort(-values, kind="stable")[:_BASELINE_LENGTH]
        actors = [weighing.actor(int(index)) for index in first]
        ranking = tuple(
            (actor.id, actor.name, round(float(values[index]), _DIGITS))
            for index, actor in zip(first, actors, strict=True)
            if actor is not None and len(weighing.facts.index) > 0 and values[index] != 0.0
        )
        rows.append(BaselineRow(name, rule, ranking))
    return tuple(rows)
