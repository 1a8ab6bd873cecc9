"""A MISP event: hypotheses and findings as attributes, judgements as opinions, the dossier as a report.

A likelihood stands on the attribute of its actor and never on the event, so that no tag can be read
as the answer of the whole. Nothing is meant for detection (`to_ids`) unless a person accepted it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    HypothesisRow,
    JudgementRow,
    ObservationRow,
)
from weigh.records import Kind
from weigh.renderers import as_markdown
from weigh.renderers.findings import Finding, findings, latest_date, sightings
from weigh.renderers.ids import seed_of, stable_uuid
from weigh.renderers.release import released
from weigh.renderers.stix_objects import likelihood, moment

Json = dict[str, object]

TYPES = {
    "domain": ("domain", "Network activity"),
    "ipv4": ("ip-dst", "Network activity"),
    "ipv6": ("ip-dst", "Network activity"),
    "url": ("url", "Network activity"),
    "asn": ("AS", "Network activity"),
    "email": ("email", "Payload delivery"),
    "md5": ("md5", "Payload delivery"),
    "sha1": ("sha1", "Payload delivery"),
    "sha256": ("sha256", "Payload delivery"),
    "sha512": ("sha512", "Payload delivery"),
    "file": ("filename", "Payload delivery"),
    "path": ("filename", "Payload delivery"),
    "registry": ("regkey", "Persistence mechanism"),
    "mutex": ("mutex", "Artifacts dropped"),
    "bitcoin": ("btc", "Financial fraud"),
    "monero": ("xmr", "Financial fraud"),
}
"""MISP's type and category for each sort of indicator; any other is a text."""

KINDS = {
    Kind.VULNERABILITY: ("vulnerability", "External analysis"),
    Kind.COUNTRY: ("target-location", "Targeting data"),
}
TEXT = ("text", "External analysis")
INHERITED, ONLY_US = "5", "0"
"""MISP's distribution levels: that of the event; this organisation only."""
_OPINIONS = {"accept": 100, "correct": 100, "reject": 0}


@dataclass(frozen=True, slots=True)
class _Event:
    """What all parts of one event share."""

    assessment: Assessment
    seed: str
    day: str

    @property
    def timestamp(self) -> str:
        """Midnight UTC of the event's day, in seconds since 1970."""
        midnight = datetime.datetime.fromisoformat(self.day).replace(tzinfo=datetime.UTC)
        return str(int(midnight.timestamp()))

    def uuid(self, *parts: str) -> str:
        """The UUID of a part of this event."""
        return str(stable_uuid("misp", self.seed, *parts))


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    """The event as JSON, the same bytes for the same assessment; addresses are live."""
    shown = released(assessment, tlp=tlp, redact=redact)
    event = _Event(shown, seed_of(shown, redact=redact), latest_date(shown))
    data = msgspec.json.encode({"Event": _event(event)})
    return msgspec.json.format(data, indent=2).decode() + "\n"


def _event(event: _Event) -> Json:
    shown = event.assessment
    title = shown.title.strip()
    marks = [f"tlp:{shown.tlp.lower()}"] if len(shown.tlp) > 0 else []
    actors = [_actor(event, row) for row in as_markdown.listed(shown)]
    found = [_attribute(event, finding) for finding in _distinct(findings(shown))]
    return {
        "uuid": event.uuid("event"),
        "info": title if len(title) > 0 else "Unnamed operation",
        "date": event.day,
        "timestamp": event.timestamp,
        "threat_level_id": "4",
        "analysis": "1",
        "distribution": ONLY_US,
        "published": False,
        "Tag": _tags(marks),
        "Attribute": [*actors, *found],
        "EventReport": [_report(event)],
    }


def _distinct(found: Sequence[Finding]) -> list[Finding]:
    """Findings that MISP would refuse as duplicates (a file's name read as a path, too) as one."""
    kept: dict[tuple[tuple[str, str], str], Finding] = {}
    for finding in found:
        key = _type(finding), _value(finding)
        first = kept.get(key)
        kept[key] = finding if first is None else replace(first, rows=first.rows + finding.rows)
    return list(kept.values())


def _tags(names: Sequence[str]) -> list[Json]:
    return [{"name": name} for name in dict.fromkeys(names)]


def _quoted(value: str) -> str:
    """A value inside a machine tag, which has no escape for its quotation mark."""
    return " ".join(value.replace('"', "'").split())


def _galaxy(name: str, *values: str) -> str:
    return f'misp-galaxy:{name}="{_quoted(" - ".join(values))}"'


def _actor(event: _Event, row: HypothesisRow) -> Json:
    """A hypothesis, its probability in the comment and in the words of the taxonomy."""
    listed = row.id != UNLISTED
    tags = [_galaxy("threat-actor", row.name)] if listed else []
    if re.fullmatch(r"G\d{4}", row.id) is not None:
        tags.append(_galaxy("mitre-intrusion-set", row.name, row.id))
    if len(row.icd203) > 0:
        tags.append(f'estimative-language:likelihood-probability="{row.icd203.replace(" ", "-")}"')
    return {
        "uuid": event.uuid("hypothesis", row.id),
        "type": "threat-actor" if listed else "text",
        "category": "Attribution",
        "value": row.name if len(row.name) > 0 else row.id,
        "comment": likelihood(row),
        "to_ids": False,
        "disable_correlation": True,
        "distribution": INHERITED,
        "timestamp": event.timestamp,
        "Tag": _tags(tags),
    }


def _attribute(event: _Event, finding: Finding) -> Json:
    """A finding, with its places and words in the comment and people's opinions below it."""
    type_, category = _type(finding)
    uuid = event.uuid("finding", finding.kind, finding.subtype, finding.value)
    opinions = [
        _opinion(event, row.id, row.judgement, uuid) for row in finding.judged if row.judgement is not None
    ]
    return {
        "uuid": uuid,
        "type": type_,
        "category": category,
        "value": _value(finding),
        "comment": "\n".join(sightings(finding, event.assessment)),
        "to_ids": finding.kind == Kind.INDICATOR and any(_accepted(row) for row in finding.standing),
        "disable_correlation": len(finding.standing) == 0,
        "distribution": INHERITED,
        "timestamp": event.timestamp,
        "Tag": _tags([*_cluster(finding), *_admiralty(event.assessment, finding)]),
        **({"Opinion": opinions} if len(opinions) > 0 else {}),
    }


def _accepted(row: ObservationRow) -> bool:
    return row.judgement is not None and row.judgement.verdict in ("accept", "correct")


def _type(finding: Finding) -> tuple[str, str]:
    if finding.kind == Kind.INDICATOR:
        return TYPES.get(finding.subtype, TEXT)
    return next((type_ for kind, type_ in KINDS.items() if kind == finding.kind), TEXT)


def _value(finding: Finding) -> str:
    """The bare value where MISP has a type for it, else with its name."""
    named = _type(finding) == TEXT and len(finding.name) > 0
    return f"{finding.value} {finding.name}" if named else finding.value


def _cluster(finding: Finding) -> list[str]:
    """The tag of ATT&CK's cluster for a technique or a piece of software."""
    if finding.kind == Kind.TECHNIQUE:
        return [_galaxy("mitre-attack-pattern", finding.name, finding.value)]
    stix_id = "" if finding.feature is None else finding.feature.stix_id
    kind = stix_id.partition("--")[0]
    if finding.kind == Kind.SOFTWARE and kind in ("malware", "tool"):
        return [_galaxy(f"mitre-{kind}", finding.name, finding.value)]
    return []


def _admiralty(assessment: Assessment, finding: Finding) -> list[str]:
    """Admiralty tags where all observations agree: MISP takes only one of each."""
    letters = {row.id: row.reliability for row in assessment.documents}
    reliability = {letters.get(row.document, "F") for row in finding.rows}
    credibility = {row.credibility for row in finding.rows}
    tags = []
    if len(reliability) == 1:
        tags.append(f'admiralty-scale:source-reliability="{_quoted(reliability.pop().lower())}"')
    if len(credibility) == 1:
        tags.append(f'admiralty-scale:information-credibility="{credibility.pop()}"')
    return tags


def _opinion(event: _Event, observation: str, judgement: JudgementRow, on: str) -> Json:
    """A judgement as MISP's analyst data, 0 for disagreement and 100 for agreement."""
    made = moment(judgement.made, f"{event.day}T00:00:00.000Z")[:19].replace("T", " ")
    corrected = f"Corrected to {judgement.value}. " if len(judgement.value) > 0 else ""
    return {
        "uuid": event.uuid("opinion", observation),
        "object_uuid": on,
        "object_type": "Attribute",
        "authors": judgement.author,
        "created": made,
        "modified": made,
        "opinion": _OPINIONS.get(judgement.verdict, 50),
        "comment": f"{corrected}{judgement.because}".strip(),
        "distribution": INHERITED,
    }


def _report(event: _Event) -> Json:
    return {
        "uuid": event.uuid("report"),
        "name": "What the evidence supports",
        "content": as_markdown.report(event.assessment),
        "distribution": INHERITED,
        "timestamp": event.timestamp,
        "deleted": False,
    }
