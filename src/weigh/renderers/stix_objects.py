"""The objects of a STIX 2.1 export, each a plain dictionary made by one function.

Ids are ATT&CK's own where it has them, else UUIDv5 of what the object says, so that a repeated export
is the same bytes. An export under another marking, or redacted, is another set of objects: the same
id and the same `modified` with other content would break the standard's rule of versions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from weigh import scales
from weigh.assessment.document import Assessment, DocumentRow, HypothesisRow, JudgementRow
from weigh.records import Kind
from weigh.renderers.findings import EPOCH, Finding, latest_date, sightings
from weigh.renderers.ids import seed_of, stable_uuid
from weigh.renderers.stix_patterns import pattern

Object = dict[str, object]

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_IDS = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""OASIS, TLP 2.0 marking definitions for STIX 2.1 (2022): their ids are fixed for everybody."""

_FOREIGN_ID = re.compile(
    r"([a-z-]+)--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
_ATTACK_ID = re.compile(r"[GS]\d{4}|T\d{4}(?:\.\d{3})?")
_OPINIONS = {"accept": "strongly-agree", "correct": "strongly-agree", "reject": "strongly-disagree"}


def own_id(kind: str, *parts: str) -> str:
    """A STIX id of ours: UUIDv5 over the parts as JSON."""
    return f"{kind}--{stable_uuid(kind, *parts)}"


WEIGH = own_id("identity", "weigh")


@dataclass(frozen=True, slots=True)
class Export:
    """What all objects of one export share: its seed, its moment and its marking."""

    assessment: Assessment
    seed: str
    moment: str

    def make(self, kind: str, *parts: str, moment: str = "", **properties: object) -> Object:
        """An object of ours, marked and dated; empty strings and lists are left out."""
        when = moment if len(moment) > 0 else self.moment
        return _filled(
            type=kind,
            spec_version="2.1",
            id=own_id(kind, self.seed, *parts),
            created_by_ref=WEIGH,
            created=when,
            modified=when,
            object_marking_refs=[TLP_IDS[label] for label in (self.assessment.tlp,) if label in TLP_IDS],
            **properties,
        )


def export(assessment: Assessment, *, redact: bool) -> Export:
    """The shared parts of an export of this assessment."""
    moment = f"{latest_date(assessment)}T00:00:00.000Z"
    return Export(assessment, seed_of(assessment, redact=redact), moment)


def _filled(**properties: object) -> Object:
    return {name: value for name, value in properties.items() if value not in ("", [], None)}


def marking(label: str) -> Object:
    """The marking definition of TLP 2.0 for a label, exactly as published."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_IDS[label],
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{label}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label.lower()}},
    }


def program() -> Object:
    """Who made the objects."""
    return _dated(WEIGH, name="Weigh", identity_class="system")


def _dated(identifier: str, **properties: object) -> Object:
    """An object that is the same in every export."""
    moment = f"{EPOCH}T00:00:00.000Z"
    kind = identifier.partition("--")[0]
    return _filled(
        type=kind, spec_version="2.1", id=identifier, created=moment, modified=moment, **properties
    )


def _foreign(stix_id: str, kinds: Sequence[str], *parts: str) -> str:
    """ATT&CK's own id where it is one of the wanted kinds, else one of ours."""
    match = _FOREIGN_ID.fullmatch(stix_id)
    return stix_id if match is not None and match[1] in kinds else own_id(kinds[0], *parts)


def _references(identifier: str) -> list[Object]:
    """Where ATT&CK or the MISP galaxy describes an id."""
    if identifier.startswith("misp:"):
        return [{"source_name": "misp-galaxy", "external_id": identifier.removeprefix("misp:")}]
    if _ATTACK_ID.fullmatch(identifier) is None:
        return []
    return [{"source_name": "mitre-attack", "external_id": identifier}]


def actor(row: HypothesisRow) -> Object:
    """The intrusion set of a hypothesis: a stub that the knowledge's own, newer object replaces."""
    return _dated(
        _foreign(row.stix_id, ("intrusion-set",), row.id),
        name=row.name if len(row.name) > 0 else row.id,
        aliases=list(dict.fromkeys(alias.name for alias in row.aliases if len(alias.name) > 0)),
        external_references=_references(row.id),
    )


def campaign(shared: Export) -> Object:
    """The operation that the case is about."""
    title = shared.assessment.title.strip()
    return shared.make("campaign", name=title if len(title) > 0 else "Unnamed operation")


def attribution(shared: Export, source: Object, row: HypothesisRow, target: Object) -> Object:
    """`attributed-to` with the probability as `confidence`, and in numbers and words."""
    return _relationship(
        shared, source, "attributed-to", target, scales.stix_confidence(row.probability), likelihood(row)
    )


def likelihood(row: HypothesisRow) -> str:
    """A probability in numbers and in the words of both scales."""
    word = row.icd203 if len(row.icd203) > 0 else "no word"
    return (
        f"Probability {row.probability:.3f} (90 % interval {row.low:.3f} to {row.high:.3f}); "
        f"ICD 203: {word}; PHIA: {row.phia}."
    )


def _relationship(
    shared: Export, source: Object, kind: str, target: Object, confidence: int, description: str
) -> Object:
    ends = str(source["id"]), str(target["id"])
    return shared.make(
        "relationship",
        kind,
        *ends,
        relationship_type=kind,
        source_ref=ends[0],
        target_ref=ends[1],
        confidence=confidence,
        description=description,
    )


def thing(shared: Export, finding: Finding) -> Object | None:
    """The object of a finding; None where STIX has none."""
    make = _THINGS.get(Kind(finding.kind)) if finding.kind in tuple(Kind) else None
    return None if make is None else make(shared, finding)


def _technique(_: Export, finding: Finding) -> Object:
    stix_id = "" if finding.feature is None else finding.feature.stix_id
    tactics = () if finding.feature is None else finding.feature.tactics
    return _dated(
        _foreign(stix_id, ("attack-pattern",), finding.value),
        name=_named(finding),
        external_references=_references(finding.value),
        kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": tactic} for tactic in tactics],
    )


def _software(_: Export, finding: Finding) -> Object:
    stix_id = "" if finding.feature is None else finding.feature.stix_id
    identifier = _foreign(stix_id, ("malware", "tool"), finding.value)
    family = {"is_family": True} if identifier.startswith("malware--") else {}
    return _dated(identifier, name=_named(finding), external_references=_references(finding.value), **family)


def _named(finding: Finding) -> str:
    return finding.name if len(finding.name) > 0 else finding.value


def _indicator(shared: Export, finding: Finding) -> Object | None:
    written = pattern(finding.subtype, finding.value)
    if len(written) == 0:
        return None
    return shared.make(
        "indicator",
        finding.subtype,
        finding.value,
        name=finding.value,
        description="Read in a document of the case; what it was used for is not known.",
        indicator_types=["unknown"],
        pattern=written,
        pattern_type="stix",
        valid_from=shared.moment,
    )


def _vulnerability(shared: Export, finding: Finding) -> Object:
    listed = re.fullmatch(r"CVE-\d{4}-\d{4,19}", finding.value) is not None
    references = [{"source_name": "cve", "external_id": finding.value}] if listed else []
    return shared.make("vulnerability", finding.value, name=finding.value, external_references=references)


def _sector(shared: Export, finding: Finding) -> Object:
    return shared.make("identity", "sector", finding.value, name=_named(finding), identity_class="class")


def _country(shared: Export, finding: Finding) -> Object | None:
    if re.fullmatch(r"[A-Z]{2}", finding.value) is None:
        return None
    return shared.make("location", finding.value, name=_named(finding), country=finding.value)


_THINGS = {
    Kind.TECHNIQUE: _technique,
    Kind.SOFTWARE: _software,
    Kind.INDICATOR: _indicator,
    Kind.VULNERABILITY: _vulnerability,
    Kind.SECTOR: _sector,
    Kind.COUNTRY: _country,
}


def report_of(shared: Export, source: Object, finding: Finding, target: Object) -> Object:
    """How the finding hangs together with the operation, with the words it stands on.

    A finding that a person rejected is `revoked`: the documents say it, and nobody should use it.
    """
    ends = (target, source) if finding.kind == Kind.INDICATOR else (source, target)
    verb = {Kind.INDICATOR: "indicates", Kind.TECHNIQUE: "uses", Kind.SOFTWARE: "uses"}.get(
        Kind(finding.kind), "targets"
    )
    words = "\n".join(sightings(finding, shared.assessment))
    made = _relationship(shared, ends[0], verb, ends[1], scales.stix_confidence(finding.presence), words)
    return made if len(finding.standing) > 0 else {**made, "revoked": True}


def opinions(shared: Export, finding: Finding, on: Object) -> list[Object]:
    """What people decided about the observations behind a relationship."""
    return [
        _opinion(shared, row.id, row.judgement, on) for row in finding.judged if row.judgement is not None
    ]


def _opinion(shared: Export, observation: str, judgement: JudgementRow, on: Object) -> Object:
    corrected = f"Corrected to {judgement.value}. " if len(judgement.value) > 0 else ""
    return shared.make(
        "opinion",
        observation,
        moment=moment(judgement.made, shared.moment),
        opinion=_OPINIONS.get(judgement.verdict, "neutral"),
        explanation=f"{corrected}{judgement.because}".strip(),
        authors=[judgement.author] if len(judgement.author) > 0 else [],
        object_refs=[on["id"]],
    )


def moment(made: str, otherwise: str) -> str:
    """An ISO 8601 moment as STIX writes it (UTC, milliseconds); `otherwise` where it is none."""
    try:
        read = datetime.fromisoformat(made)
        utc = (read if read.tzinfo is not None else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return otherwise
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def note(shared: Export, content: str, on: Sequence[Object]) -> Object:
    """The reasoning, `unlisted` included, on the campaign and its attributions."""
    return shared.make(
        "note", abstract="What the evidence supports", content=content, object_refs=[one["id"] for one in on]
    )


def cautions(shared: Export) -> list[Object]:
    """What a reader must mind, as a note on the report, which holds it in turn; none where nothing is."""
    said = shared.assessment.cautions
    on = [own_id("report", shared.seed)]
    made = shared.make("note", "cautions", abstract="Cautions", content="\n".join(said), object_refs=on)
    return [made] if len(said) > 0 else []


def report(shared: Export, holds: Sequence[Object]) -> Object:
    """The dossier: everything in the bundle, and the documents that it was made from."""
    title = shared.assessment.title.strip()
    return shared.make(
        "report",
        name=title if len(title) > 0 else "Unnamed operation",
        report_types=["campaign"],
        published=shared.moment,
        object_refs=[one["id"] for one in holds],
        external_references=[_document(row) for row in shared.assessment.documents],
    )


def _document(row: DocumentRow) -> Object:
    called = row.title if len(row.title) > 0 else row.name
    return _filled(
        source_name=row.source if len(row.source) > 0 else "unknown source",
        description=", ".join(part for part in (called, row.date) if len(part) > 0),
        external_id=row.id,
    )
