"""Hypothesis generators of valid records: any document, observation, judgement or assessment there can be.

Texts are hostile on purpose: markup of every output format, formulas, control characters, other scripts.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from math import fsum
from typing import Any

from hypothesis import strategies as st

from weigh import scales
from weigh.assessment.ach import ach
from weigh.assessment.document import (
    SCHEMA,
    UNLISTED,
    Assessment,
    BaselineRow,
    ConfidenceRow,
    DocumentRow,
    FactOriginsRow,
    FeatureRow,
    HypothesisRow,
    JudgementRow,
    LeftOutRow,
    LinchpinRow,
    ModelRow,
    NamedRow,
    NextEvidenceRow,
    ObservationRow,
    OriginLinkRow,
    OriginsRow,
    PassageRow,
    PredictionSetRow,
)
from weigh.assessment.repeating import OriginStepRow
from weigh.assessment.responsibility import degrees, steps
from weigh.assessment.responsibility import sponsors as said_sponsors
from weigh.knowledge.catalogue import Alias, SponsorClaim, Stamp
from weigh.records import (
    Basis,
    Claim,
    Degree,
    Document,
    Field,
    Judgement,
    Kind,
    Notice,
    Observation,
    Party,
    Quote,
    Source,
    Span,
    Stance,
    Verdict,
)

TRICKY = (
    "=1+1", "@cmd", "<script>alert(1)</script>", "]]>", "| cell |", "**bold**", "[a](http://evil.example/x)",
    "'; DROP TABLE documents; --", "\\'] OR [x = 'y", "\x00", "\u202e", "İ", "𝔘", "http://evil.example/a?b",
    "10.1.2.3", "clerk@harbour.example", "&amp;", "`code`", "\r\n", "# heading", "T1566.001",
)  # fmt: skip

texts = st.sampled_from(("", *TRICKY)) | st.text(max_size=12)
names = st.sampled_from((*TRICKY, "Slate Heron", "evil.example")) | st.text(min_size=1, max_size=12)
probabilities = st.floats(0.0, 1.0)
weights = st.floats(-40.0, 40.0)
dates = st.one_of(
    st.just(""),
    st.integers(1990, 2060).map(str),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()),
)
moments = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z")
tlp_labels = st.sampled_from(("", *scales.TLP_LABELS))
sources = st.builds(Source, names, st.sampled_from("ABCDEF"))
kinds = st.sampled_from(Kind)
notices = st.builds(Notice, texts, texts, texts)
aliases = st.builds(Alias, names, names)
sponsors = st.builds(SponsorClaim, names, names, st.sampled_from(("", "low", "50")), texts)
subtypes = st.sampled_from(
    (
        "",
        "domain",
        "ipv4",
        "ipv6",
        "url",
        "email",
        "md5",
        "sha256",
        "file",
        "path",
        "registry",
        "asn",
        "mutex",
    )
)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    """A span within a text of `length` characters."""
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose id is a SHA-256 and whose fields lie inside its text."""
    text = draw(st.one_of(texts, st.text(min_size=20, max_size=200)))
    return Document(
        id=hashlib.sha256(draw(st.binary(min_size=8, max_size=8))).hexdigest(),
        text=text,
        format=draw(st.sampled_from(("text", "markdown", "html", "pdf", "docx", "stix", "misp"))),
        name=draw(names),
        bytes_read=draw(st.integers(0, 2**40)),
        source=draw(st.none() | sources),
        date=draw(dates),
        tlp=draw(tlp_labels),
        title=draw(texts),
        pages=draw(st.integers(0, 900)),
        pages_without_text=tuple(draw(st.lists(st.integers(1, 900), max_size=3))),
        fields=tuple(draw(st.lists(st.builds(Field, texts, spans(len(text)), texts), max_size=3))),
        notices=tuple(draw(st.lists(notices, max_size=3))),
    )


@st.composite
def observations_of(draw: st.DrawFn, document: Document) -> Observation:
    """An observation that stands on the document's own characters."""
    span = draw(spans(len(document.text)))
    return Observation(
        document=document.id,
        span=span,
        kind=draw(kinds),
        value=draw(names),
        original=span.of(document.text),
        extractor=draw(names),
        probability=draw(probabilities),
        forgeability=draw(probabilities),
        subtype=draw(subtypes),
        pointer=draw(texts),
        credibility=draw(st.integers(1, 6)),
        set_aside=draw(st.sampled_from(("", "no table weighs it", "a name is a claim"))),
        why=draw(texts),
        table_forgeability=draw(st.none() | probabilities),
    )


@st.composite
def documents_with_observations(draw: st.DrawFn) -> tuple[Document, tuple[Observation, ...]]:
    """A document and what it reports."""
    document = draw(documents())
    return document, tuple(draw(st.lists(observations_of(document), max_size=6)))


parties = st.builds(Party, key=st.sampled_from(("US", "CN/MSS", "G0007")) | names, name=names, words=texts)


@st.composite
def quotes_of(draw: st.DrawFn, document: Document) -> Quote:
    """Some of the document's own words, with their place."""
    span = draw(spans(len(document.text)))
    return Quote(span.of(document.text), span)


@st.composite
def claims_of(draw: st.DrawFn, document: Document) -> Claim:
    """A claim that quotes the document, every field of it free."""
    span = draw(spans(len(document.text)))
    several = st.lists(parties, max_size=2).map(tuple)
    quoted = st.none() | quotes_of(document)
    return Claim(
        document=document.id,
        span=span,
        stance=draw(st.sampled_from(Stance)),
        original=span.of(document.text),
        speakers=draw(several),
        accused=draw(several),
        reader=draw(names),
        probability=draw(probabilities),
        reported_by=draw(several),
        degree=draw(st.sampled_from(Degree)),
        act=draw(quoted),
        target=draw(quoted),
        happened=draw(quoted),
        said=draw(dates),
        likelihood=draw(quoted),
        icd203=draw(st.sampled_from(("", "likely"))),
        phia=draw(st.sampled_from(("", "highly likely"))),
        confidence=draw(quoted),
        confidence_level=draw(st.sampled_from(("", "low", "moderate", "high"))),
        basis=draw(st.sampled_from(Basis)),
        basis_words=draw(quoted),
        basis_of=draw(st.none() | parties),
        disputes=draw(several),
        unresolved=draw(st.lists(texts, max_size=2).map(tuple)),
        why=draw(texts),
    )


@st.composite
def judgements_on(draw: st.DrawFn, observations: tuple[Observation, ...]) -> Judgement:
    """A person's decision on one of the observations, with a value where it corrects."""
    verdict = draw(st.sampled_from(Verdict))
    return Judgement(
        observation=draw(st.sampled_from([seen.id for seen in observations])),
        verdict=verdict,
        author=draw(names),
        made=draw(moments),
        because=draw(texts),
        value=draw(names) if verdict is Verdict.CORRECT else "",
    )


stamps = st.builds(
    Stamp,
    version=names,
    digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    inputs=st.lists(names, max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
    dated=st.booleans(),
    embedded=st.booleans(),
)


def _tuples(of: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, max_size=most).map(tuple)


@st.composite
def document_rows(draw: st.DrawFn) -> tuple[Document, DocumentRow]:
    """A document and its row in an assessment."""
    document = draw(documents())
    source = document.source if document.source is not None else Source("", "F")
    return document, DocumentRow(
        id=document.id,
        name=document.name,
        title=document.title,
        format=document.format,
        source=source.name,
        reliability=source.reliability,
        date=document.date,
        tlp=document.tlp,
        characters=len(document.text),
        pages=document.pages,
        pages_without_text=document.pages_without_text,
        observations=draw(st.integers(0, 9)),
        notices=tuple(notice.problem for notice in document.notices),
    )


judgement_rows = st.builds(
    JudgementRow,
    verdict=st.sampled_from(("accept", "reject", "correct")),
    author=names,
    made=moments,
    because=texts,
    value=st.just(""),
)


@st.composite
def observation_rows(draw: st.DrawFn, document: Document) -> tuple[ObservationRow, PassageRow]:
    """An observation of a document with the passage that holds it."""
    seen = draw(observations_of(document))
    start, end = draw(st.integers(0, seen.span.start)), draw(st.integers(seen.span.end, len(document.text)))
    passage = PassageRow(
        f"{document.id[:8]}-{start}-{end}", document.id, start, end, document.text[start:end]
    )
    judgement = draw(st.none() | judgement_rows)
    rejected = judgement is not None and judgement.verdict == "reject"
    reason = f"rejected by {judgement.author}" if judgement is not None and rejected else seen.set_aside
    row = ObservationRow(
        id=seen.id,
        kind=str(seen.kind),
        subtype=seen.subtype,
        value=seen.value,
        name=draw(texts),
        quote=seen.original,
        sentence=passage.text,
        document=document.id,
        passage=passage.id,
        start=seen.span.start,
        end=seen.span.end,
        pointer=seen.pointer,
        extractor=seen.extractor,
        probability=seen.probability,
        forgeability=seen.forgeability,
        credibility=seen.credibility,
        set_aside=reason,
        why=seen.why,
        judgement=judgement,
        ruled_out=draw(st.sampled_from(("", reason))),
        table_forgeability=seen.table_forgeability,
        figures=tuple(draw(st.lists(judgement_rows, max_size=2))),
    )
    return row, passage


@st.composite
def feature_rows(draw: st.DrawFn, observations: tuple[str, ...]) -> FeatureRow:
    """A weighed technique or tool, resting on some of the observations."""
    kind = draw(st.sampled_from(("technique", "software")))
    stix = {"technique": ("attack-pattern",), "software": ("malware", "tool")}[kind]
    return FeatureRow(
        id=draw(st.one_of(st.integers(1000, 9999).map("T{}".format), names)),
        kind=kind,
        name=draw(names),
        tactics=tuple(
            draw(st.lists(st.sampled_from(("initial-access", "execution", "impact")), unique=True))
        ),
        presence=draw(probabilities),
        users=draw(st.integers(0, 200)),
        share=draw(probabilities),
        observations=tuple(draw(st.lists(st.sampled_from(observations), max_size=3))) if observations else (),
        stix_id=draw(st.just("") | st.builds("{}--{}".format, st.sampled_from(stix), st.uuids(version=4))),
    )


@st.composite
def hypothesis_rows(draw: st.DrawFn, identifier: str, probability: float, features: int) -> HypothesisRow:
    """One answer with the given probability and a weight and a sentence per feature."""
    listed = identifier != UNLISTED
    low, high = sorted((draw(st.floats(0.0, probability)), draw(st.floats(probability, 1.0))))
    return HypothesisRow(
        id=identifier,
        name=draw(names),
        aliases=tuple(draw(st.lists(aliases, max_size=2))) if listed else (),
        sponsors=tuple(draw(st.lists(sponsors, max_size=2))) if listed else (),
        reports=draw(st.integers(1, 90)) if listed else 0,
        last_year=draw(st.integers(1990, 2060)) if listed else 0,
        probability=probability,
        low=low,
        high=high,
        icd203=scales.icd203(probability),
        phia=scales.phia(probability),
        prior=draw(weights),
        absence=draw(weights),
        weights=tuple(draw(st.lists(weights, min_size=features, max_size=features))),
        sentences=tuple(draw(st.lists(texts, min_size=features, max_size=features))),
        stix_id=f"intrusion-set--{draw(st.uuids(version=4))}" if listed and draw(st.booleans()) else "",
    )


@st.composite
def hypotheses(draw: st.DrawFn, features: int) -> tuple[HypothesisRow, ...]:
    """Answers in falling order of probability, `unlisted` among them; they sum to 1."""
    masses = draw(st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=6))
    total = fsum(masses)
    shares = sorted((mass / total for mass in masses), reverse=True)
    unlisted = draw(st.integers(0, len(shares) - 1))
    ids = [UNLISTED if place == unlisted else f"G{9000 + place}" for place in range(len(shares))]
    return tuple(draw(hypothesis_rows(one, share, features)) for one, share in zip(ids, shares, strict=True))


@st.composite
def origins_rows(draw: st.DrawFn, documents: tuple[str, ...], features: tuple[FeatureRow, ...]) -> OriginsRow:
    """Who repeats whom among these documents: each repeats an earlier one or none."""
    steps: list[OriginStepRow] = []
    links: list[OriginLinkRow] = []
    for place, name in enumerate(documents):
        repeats = draw(st.sampled_from(("", *documents[:place])))
        copying = draw(probabilities) if repeats != "" else 0.0
        joined = repeats != "" and draw(st.booleans())
        origin = next(step.origin for step in steps if step.document == repeats) if joined else name
        steps.append(OriginStepRow(name, repeats, copying, origin))
        if repeats != "" and draw(st.booleans()):
            start = draw(st.integers(-1, 9))
            links.append(
                OriginLinkRow(name, repeats, draw(names), copying, draw(texts), draw(texts), start, start)
            )
    facts = (
        FactOriginsRow(row.id, draw(st.integers(1, 3)), 1, 1.0, row.presence, row.presence, row.presence)
        for row in features
    )
    number = len({step.origin for step in steps})
    circles = (documents[:2],) if len(documents) > 1 and draw(st.booleans()) else ()
    return OriginsRow(len(steps), number, float(number), tuple(steps), tuple(links), circles, tuple(facts))


baseline_rows = st.builds(
    BaselineRow, names, texts, st.lists(st.tuples(names, names, weights), max_size=3).map(tuple)
)


def linchpins(features: list[str]) -> st.SearchStrategy[tuple[LinchpinRow, ...]]:
    """Up to two of the features as those on which the answer hangs."""
    if len(features) == 0:
        return st.just(())
    rows = st.builds(LinchpinRow, st.sampled_from(features), names, probabilities, texts)
    return st.lists(rows, max_size=2).map(tuple)


next_evidence_rows = st.builds(
    NextEvidenceRow,
    names,
    kinds.map(str),
    names,
    weights.map(abs),
    probabilities,
    names,
    probabilities,
    texts,
)


@st.composite
def what_follows(draw: st.DrawFn, assessment: Assessment) -> Assessment:
    """The assessment with what this Weigh adds to it; without, as an older one saved it."""
    if not draw(st.booleans()):
        return assessment
    answers = assessment.hypotheses
    held = draw(st.integers(1, len(answers)))
    added: dict[str, Any] = {
        "prediction_set": PredictionSetRow(
            0.9, tuple(row.id for row in answers[:held]), len(answers), 99, draw(texts), draw(texts)
        ),
        "next_evidence": tuple(draw(st.lists(next_evidence_rows, max_size=2))),
        "ach": ach(assessment.features, answers, assessment.observations, assessment.documents),
        "sponsors": said_sponsors(answers),
        "degrees": degrees(),
        "steps": steps(assessment.features, assessment.observations),
    }
    return replace(assessment, **added)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Any valid assessment of up to three documents."""
    pairs = draw(st.lists(document_rows(), max_size=3, unique_by=lambda pair: pair[0].id))
    seen = [draw(observation_rows(document)) for document, _ in pairs for _ in range(draw(st.integers(0, 3)))]
    rows = tuple({row.id: row for row, _ in seen}.values())
    ids = tuple(row.id for row in rows)
    features = tuple(draw(st.lists(feature_rows(ids), max_size=4, unique_by=lambda feature: feature.id)))
    answers = draw(hypotheses(len(features)))
    plain = Assessment(
        schema=SCHEMA,
        id=draw(st.binary(min_size=10, max_size=10).map(lambda raw: f"asm-{raw.hex()}")),
        weigh="0.1.0",
        title=draw(texts),
        tlp=draw(tlp_labels),
        knowledge=draw(stamps),
        documents=tuple(row for _, row in pairs),
        observations=rows,
        passages=tuple({passage.id: passage for _, passage in seen}.values()),
        features=features,
        hypotheses=answers,
        confidence=ConfidenceRow(draw(st.sampled_from(("low", "moderate", "high"))), draw(_tuples(texts))),
        linchpins=draw(linchpins([feature.id for feature in features])),
        named=tuple(
            draw(
                st.lists(st.builds(NamedRow, names, names, st.integers(1, 9), st.integers(1, 9)), max_size=2)
            )
        ),
        baselines=tuple(draw(st.lists(baseline_rows, max_size=2))),
        left_out=tuple(draw(st.lists(st.builds(LeftOutRow, texts, st.integers(1, 9)), max_size=2))),
        assumptions=draw(_tuples(texts)),
        unanswered=draw(_tuples(texts)),
        model=tuple(draw(st.lists(st.builds(ModelRow, names, weights, probabilities), max_size=2))),
        model_provenance=draw(texts),
        cautions=(),
        origins=draw(st.none() | origins_rows(tuple(row.id for _, row in pairs), features)),
    )
    return draw(what_follows(plain))
