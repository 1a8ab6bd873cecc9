"""A small case made by hand: invented states, companies and actors; real ATT&CK techniques and software.

Two documents, eight observations, four hypotheses (`unlisted` among them). All scores are whole
powers of two, so that every probability can be checked by hand: 16, 4, 2 and 1 out of 23.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import msgspec

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
    PosingRow,
    PredictionSetRow,
)
from weigh.assessment.repeating import OriginStepRow
from weigh.assessment.responsibility import degrees, sponsors, steps
from weigh.knowledge.catalogue import Alias, SponsorClaim, Stamp
from weigh.records import (
    Document,
    Field,
    Judgement,
    Kind,
    Notice,
    Observation,
    Source,
    Span,
    Verdict,
    content_id,
)

REPORT = """# Incident at the port of Vessmar

On 3 April a clerk of the harbour office opened an attached berth plan (T1566.001). The plan fetched
its next stage from berth-updates[.]example and ran it with an encoded PowerShell command.

Two days later the attackers used Mimikatz on the booking server and collected 41 passwords. The tool
was left behind under the name <berth & tide>.exe, which the press has tied to Slate Heron.
"""

NOTE = """Brightwater Labs: note on the Vessmar intrusion
T1566.001 Spearphishing Attachment
T1486 Data Encrypted for Impact
T1071.001 Web Protocols
"""

SPEARPHISHING = "attack-pattern--2e34237d-8574-43f6-aace-ae2915de8597"
POWERSHELL = "attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736"
ENCRYPTED = "attack-pattern--b80d107d-fa0d-4b60-9684-b0433e8bdba0"
MIMIKATZ = "tool--afc079f3-c0ea-4096-b75d-3f05338b7f60"


def documents() -> tuple[Document, Document]:
    """The harbour's own report as Markdown, and a vendor's note as STIX."""
    report = Document(
        id=hashlib.sha256(REPORT.encode()).hexdigest(),
        text=REPORT,
        format="markdown",
        name="incident.md",
        bytes_read=len(REPORT.encode()),
        source=Source("Vessmar Port Authority", "B"),
        date="2031-04-12",
        tlp="GREEN",
        title="Incident at the port of Vessmar",
    )
    fields = tuple(
        Field(f"/objects/{number}/external_references/0/external_id", _span(NOTE, value), "external_id")
        for number, value in enumerate(("T1566.001", "T1486", "T1071.001"), start=1)
    )
    note = Document(
        id=hashlib.sha256(NOTE.encode()).hexdigest(),
        text=NOTE,
        format="stix",
        name="brightwater.json",
        bytes_read=2417,
        source=Source("Brightwater Labs", "C"),
        date="2031-04",
        tlp="CLEAR",
        title="Note on the Vessmar intrusion",
        fields=fields,
        notices=(
            Notice("1 object of an unknown type was not read", place="/objects/7", remedy="none needed"),
        ),
    )
    return report, note


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def _seen(document: Document, kind: Kind, value: str, original: str, how: Observation) -> Observation:
    span = _span(document.text, original)
    pointer = next((field.pointer for field in document.fields if field.span == span), "")
    return replace(
        how, document=document.id, span=span, kind=kind, value=value, original=original, pointer=pointer
    )


def _how(extractor: str, probability: float, forgeability: float, why: str, **rest: str) -> Observation:
    blank = Observation("", Span(0, 0), Kind.TECHNIQUE, "", "", extractor, probability, forgeability)
    return replace(blank, why=why, **rest)  # type: ignore[arg-type]


def observations() -> tuple[Observation, ...]:
    """What the two documents report, in the order of documents and spans."""
    report, note = documents()
    written = _how("written-id", 0.98, 0.5, "the id is written out")
    sentence = _how("sentence", 0.64, 0.5, "the sentence reads like PowerShell")
    named = _how("software-name", 0.95, 0.8, "a name of Mimikatz")
    domain = _how(
        "indicator", 0.9, 0.6, "a defanged domain", subtype="domain", set_aside="no table weighs it"
    )
    actor = _how("actor-name", 0.95, 1.0, "a name of Slate Heron", set_aside="a name is a claim")
    return (
        _seen(report, Kind.TECHNIQUE, "T1566.001", "T1566.001", written),
        _seen(report, Kind.INDICATOR, "berth-updates.example", "berth-updates[.]example", domain),
        _seen(report, Kind.TECHNIQUE, "T1059.001", "ran it with an encoded PowerShell command", sentence),
        _seen(report, Kind.SOFTWARE, "S0002", "Mimikatz", named),
        _seen(report, Kind.ACTOR, "G9101", "Slate Heron", actor),
        _seen(note, Kind.TECHNIQUE, "T1566.001", "T1566.001", written),
        _seen(note, Kind.TECHNIQUE, "T1486", "T1486", written),
        _seen(note, Kind.TECHNIQUE, "T1071.001", "T1071.001", written),
    )


def judgements() -> tuple[Judgement, ...]:
    """One observation accepted, one rejected."""
    seen = observations()
    author = "Mira Oskal"
    return (
        Judgement(
            seen[2].id, Verdict.ACCEPT, author, "2031-04-15T09:30:00Z", "the command is quoted in annex 2"
        ),
        Judgement(
            seen[7].id, Verdict.REJECT, author, "2031-04-15T09:41:00Z", "the note gives no basis for it"
        ),
    )


NAMES = {
    "T1566.001": "Spearphishing Attachment",
    "T1059.001": "PowerShell",
    "T1486": "Data Encrypted for Impact",
    "T1071.001": "Web Protocols",
    "S0002": "Mimikatz",
    "G9101": "Slate Heron",
}


def _sentence(passage: PassageRow, span: Span) -> str:
    """The sentence of the report, or the line of the note, that holds a span."""
    pattern = r"[^\n]+" if passage.text.startswith("Brightwater") else r"\S(?:[^.]|\.(?=\S))*\."
    found = re.finditer(pattern, passage.text)
    return next(match[0] for match in found if passage.start + match.end() >= span.end)


def _passages() -> tuple[PassageRow, ...]:
    report, note = documents()
    cuts = [0, *(REPORT.index(f"\n\n{word}") + 2 for word in ("On", "Two")), len(REPORT.rstrip("\n"))]
    ranges = [(cuts[1], cuts[2] - 2), (cuts[2], cuts[3])]
    rows = [(report, start, end) for start, end in ranges] + [(note, 0, len(NOTE) - 1)]
    return tuple(
        PassageRow(
            content_id("pas", document.id, start, end), document.id, start, end, document.text[start:end]
        )
        for document, start, end in rows
    )


def _observation_row(seen: Observation, judgement: Judgement | None) -> ObservationRow:
    passage = next(
        row
        for row in _passages()
        if row.document == seen.document and row.start <= seen.span.start and seen.span.end <= row.end
    )
    verdict = None
    if judgement is not None:
        verdict = JudgementRow(
            str(judgement.verdict), judgement.author, judgement.made, judgement.because, judgement.value
        )
    rejected = verdict is not None and verdict.verdict == Verdict.REJECT
    reason = "rejected by Mira Oskal: the note gives no basis for it" if rejected else seen.set_aside
    accepted = verdict is not None and verdict.verdict == Verdict.ACCEPT
    return ObservationRow(
        id=seen.id,
        kind=str(seen.kind),
        subtype=seen.subtype,
        value=seen.value,
        name=NAMES.get(seen.value, ""),
        quote=seen.original,
        sentence=_sentence(passage, seen.span),
        document=seen.document,
        passage=passage.id,
        start=seen.span.start,
        end=seen.span.end,
        pointer=seen.pointer,
        extractor=seen.extractor,
        probability=1.0 if accepted else seen.probability,
        forgeability=seen.forgeability,
        credibility=seen.credibility,
        set_aside=reason,
        why=seen.why,
        judgement=verdict,
        ruled_out="" if seen.kind is Kind.INDICATOR else reason,
    )


def _document_row(document: Document) -> DocumentRow:
    source = document.source if document.source is not None else Source("")
    return DocumentRow(
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
        observations=sum(1 for seen in observations() if seen.document == document.id),
        notices=tuple(f"{notice.place}: {notice.problem}" for notice in document.notices),
    )


def _features() -> tuple[FeatureRow, ...]:
    ids = [seen.id for seen in observations()]
    return (
        FeatureRow("T1566.001", "technique", NAMES["T1566.001"], ("initial-access",), 0.9996, 88, 0.21,
                   (ids[0], ids[5]), SPEARPHISHING),
        FeatureRow("T1059.001", "technique", NAMES["T1059.001"], ("execution",), 1.0, 90, 0.24,
                   (ids[2],), POWERSHELL),
        FeatureRow("S0002", "software", NAMES["S0002"], (), 0.95, 47, 0.11, (ids[3],), MIMIKATZ),
        FeatureRow("T1486", "technique", NAMES["T1486"], ("impact",), 0.98, 19, 0.03, (ids[6],), ENCRYPTED),
    )  # fmt: skip


def _hypotheses() -> tuple[HypothesisRow, ...]:
    heron = HypothesisRow(
        "G9101", "Slate Heron", (Alias("TIDE-9", "Brightwater Labs"), Alias("Grey Wader", "Oakline")),
        (SponsorClaim("Dorvany", "Oakline", "moderate", "suspected to work for the Dorvan coast guard"),),
        14, 2030, 16 / 23, 0.48, 0.86, "likely", "likely or probable", -1.5, -0.5, (1.0, 0.5, 2.5, 2.0),
        ("4 of 14 reports show it, 21 % of all do", "5 of 14 reports show it, 24 % of all do",
         "9 of 14 reports show it, 11 % of all do", "3 of 14 reports show it, 3 % of all do"),
        "intrusion-set--5a9f3a3e-8d1c-4f6e-9b38-1f0f6a0c9101",
    )  # fmt: skip
    nobody = HypothesisRow(
        UNLISTED, "an actor nobody has listed", (), (), 0, 0, 4 / 23, 0.06, 0.37, "very unlikely",
        "highly unlikely", 1.5, 0.0, (0.25, 0.25, 0.0, 0.0),
        ("no actor's reports come close",) * 4,
    )  # fmt: skip
    lantern = HypothesisRow(
        "G9102", "Copper Lantern", (Alias("TA-77", "Oakline"),), (), 31, 2031, 2 / 23, 0.02, 0.19,
        "very unlikely", "between bands", -0.5, -0.25, (1.0, 0.5, -0.5, 0.75),
        ("12 of 31 reports show it, 21 % of all do", "9 of 31 reports show it, 24 % of all do",
         "2 of 31 reports show it, 11 % of all do", "1 of 31 reports shows it, 3 % of all do"),
        "intrusion-set--0b6c2f52-6f0f-4d2e-8a75-3d1b8a7d9102",
    )  # fmt: skip
    otter = HypothesisRow(
        "misp:6c1f2a34-9d0b-4c77-8a40-2f3e5d6b9103", "Paper Otter", (),
        (SponsorClaim("Quillane", "Brightwater Labs"),), 2, 2024, 1 / 23, 0.004, 0.11, "almost no chance",
        "remote chance", -2.0, 0.0, (0.5, 0.25, -0.25, 1.5),
        ("1 of 2 reports shows it, 21 % of all do", "no report shows it", "no report shows it",
         "1 of 2 reports shows it, 3 % of all do"),
    )  # fmt: skip
    return heron, nobody, lantern, otter


def _baselines() -> tuple[BaselineRow, ...]:
    heron, lantern = ("G9101", "Slate Heron"), ("G9102", "Copper Lantern")
    return (
        BaselineRow("cosine", "the actor whose profile lies nearest", ((*heron, 0.41), (*lantern, 0.33))),
        BaselineRow("most reported", "the actor with the most reports", ((*lantern, 31.0), (*heron, 14.0))),
    )


def _what_follows() -> dict[str, Any]:
    """A set of answers and the next evidence by hand; the rest as it follows from the rows above."""
    judged = {judgement.observation: judgement for judgement in judgements()}
    seen = [_observation_row(item, judged.get(item.id)) for item in observations()]
    rows = [_document_row(document) for document in documents()]
    return {
        "prediction_set": PredictionSetRow(
            0.9, ("G9101", UNLISTED), 4, 40, "40 cases of this sample",
            "2 answers of 4 cannot be ruled out at 90 %, an unlisted actor among them.",
        ),
        "next_evidence": (
            NextEvidenceRow(
                "S0154", "software", "Cobalt Strike", 0.31, 0.22, "G9102", 0.41,
                "Would separate Copper Lantern from Slate Heron: seen in 12 of 31 reports of Copper Lantern, "
                "0 of 14 of Slate Heron.",
            ),
            NextEvidenceRow(
                "T1105", "technique", "Ingress Tool Transfer", 0.12, 0.5, "G9101", 0.74,
                "Would separate Slate Heron from an unlisted actor: seen in 9 of 14 reports of Slate Heron, "
                "23% of all reports.",
            ),
        ),
        "ach": ach(_features(), _hypotheses(), seen, rows),
        "sponsors": sponsors(_hypotheses()),
        "degrees": degrees(),
        "steps": steps(_features(), seen),
    }  # fmt: skip


def _origins() -> OriginsRow:
    """The vendor's note rests on the harbour's report, and the two name each other."""
    report, note = (document.id for document in documents())
    facts = [
        FactOriginsRow(
            row.id, shared, 1, 1.08 if shared > 1 else 1.0, row.presence, row.presence, row.presence
        )
        for row, shared in zip(_features(), (2, 1, 1, 1), strict=True)
    ]
    return OriginsRow(
        documents=2,
        origins=1,
        effective=1.08,
        steps=(OriginStepRow(report, "", 0.0, report), OriginStepRow(note, report, 0.9, report)),
        links=(
            OriginLinkRow(
                report, note, "cites", 0.6, "names its author", "Brightwater <Labs> | was told.", 3, 9
            ),
            OriginLinkRow(
                note, report, "builds on", 0.9, "names its title", "as *reported* in [it](x)", -1, -1
            ),
        ),
        circles=((report, note),),
        facts=tuple(facts),
    )


def assessment() -> Assessment:
    """The case, weighed by hand."""
    judged = {judgement.observation: judgement for judgement in judgements()}
    frozen = Assessment(
        schema=SCHEMA,
        id="",
        weigh="0.1.0",
        title="Vessmar harbour",
        tlp="GREEN",
        knowledge=Stamp("ATT&CK 18.1, sample", "5f" * 32, ("sample knowledge",), ("made by hand",)),
        documents=tuple(_document_row(document) for document in documents()),
        observations=tuple(_observation_row(seen, judged.get(seen.id)) for seen in observations()),
        passages=_passages(),
        features=_features(),
        hypotheses=_hypotheses(),
        confidence=ConfidenceRow(
            "low", ("2 documents from 2 sources", "no observation is hard to forge", "1 linchpin")
        ),
        linchpins=(LinchpinRow("S0002", UNLISTED, 0.369, "the leader becomes an actor nobody has listed"),),
        named=(NamedRow("G9101", "Slate Heron", 1, 1),),
        baselines=_baselines(),
        left_out=(
            LeftOutRow("a name is a claim", 1),
            LeftOutRow("no table weighs it", 1),
            LeftOutRow("rejected", 1),
        ),
        assumptions=("The culprit poses as another actor with probability 0.03.",),
        unanswered=("No evidence in this case bears on the sponsor.",),
        model=(ModelRow("presence", 0.75, 0.125), ModelRow("nearest report", 1.25, 0.25)),
        model_provenance="weights chosen by hand for this sample",
        cautions=("This case was made by hand.",),
        **_what_follows(),
        origins=_origins(),
        posing=PosingRow(
            0.03,
            "declines",
            "G9102",
            0.021,
            "G9101",
            0.618,
            0.41,
            ((0.0, "G9101", 0.631), (0.03, "G9101", 0.618), (0.5, UNLISTED, 0.44)),
            (
                "The facts do not look staged: no actor's most telling facts stand alone among the others.",
                "With a prior of deception of 0.03, an assumption, the chance that somebody poses as "
                "Copper Lantern is 2.1%.",
                "Slate Heron would lose the lead with a prior of deception of 0.41.",
            ),
        ),
    )
    return replace(frozen, id=content_id("asm", msgspec.json.encode(frozen).decode()))
