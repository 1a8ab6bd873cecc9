"""The observations of an assessment by value: what is handed on once, however often it was reported."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from weigh.assessment.document import Assessment, FeatureRow, ObservationRow
from weigh.records import Kind

EPOCH = "2017-01-01"
"""The date of a case without any: older than every object of ATT&CK, and the same every time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One value with all its observations, and its feature where it is weighed.

    `standing` holds the observations that nobody ruled out. A finding without any is here only
    because a person rejected it: it is handed on as a disagreement, not as a fact.
    """

    kind: str
    subtype: str
    value: str
    name: str
    feature: FeatureRow | None
    rows: tuple[ObservationRow, ...]

    @property
    def standing(self) -> tuple[ObservationRow, ...]:
        """The observations that count."""
        return tuple(row for row in self.rows if len(row.ruled_out) == 0)

    @property
    def presence(self) -> float:
        """The pooled presence of a weighed fact, else the surest reading; 0 where all were rejected."""
        if self.feature is not None:
            return self.feature.presence
        return max((row.probability for row in self.standing), default=0.0)

    @property
    def judged(self) -> tuple[ObservationRow, ...]:
        """The observations that a person judged."""
        return tuple(row for row in self.rows if row.judgement is not None)


def findings(assessment: Assessment) -> tuple[Finding, ...]:
    """Every finding worth handing on, in the order of its first observation.

    Names of actors are claims and are left out; so is a technique or tool that the model does not
    weigh, and whatever an extractor ruled out, unless a person judged it.
    """
    features = {row.id: row for row in assessment.features}
    groups: dict[tuple[str, str, str], list[ObservationRow]] = {}
    for row in assessment.observations:
        if row.kind != Kind.ACTOR:
            groups.setdefault((row.kind, row.subtype, row.value), []).append(row)
    found = (
        Finding(kind, subtype, value, rows[0].name, features.get(value), tuple(rows))
        for (kind, subtype, value), rows in groups.items()
    )
    return tuple(finding for finding in found if _worth(finding))


def _worth(finding: Finding) -> bool:
    if any(row.judgement is not None and row.judgement.verdict == "reject" for row in finding.rows):
        return True
    if finding.kind in (Kind.TECHNIQUE, Kind.SOFTWARE):
        return finding.feature is not None
    return len(finding.standing) > 0


def latest_date(assessment: Assessment) -> str:
    """The latest date of a document as a whole day, the first of its month or year; `EPOCH` without any."""
    days = (_day(row.date) for row in assessment.documents)
    return max((day for day in days if len(day) > 0), default=EPOCH)


def _day(date: str) -> str:
    """The first day of a year, month or day; empty for anything else."""
    day = f"{date}-01-01"[:10]
    try:
        return datetime.date.fromisoformat(day).isoformat() if len(date) in (4, 7, 10) else ""
    except ValueError:
        return ""


def sightings(finding: Finding, assessment: Assessment) -> list[str]:
    """Where a finding stands and in what words, a line per observation."""
    names = {row.id: row.name for row in assessment.documents}
    return [_sighting(row, names.get(row.document, "")) for row in finding.rows]


def _sighting(row: ObservationRow, document: str) -> str:
    where = row.pointer if len(row.pointer) > 0 else f"characters {row.start} to {row.end}"
    place = f"{document}, {where}" if len(document) > 0 else where
    sentence = " ".join(row.sentence.split())
    return f"{place}: {sentence}" if len(sentence) > 0 else place
