"""A STIX 2.1 bundle: the operation as a campaign, attributed to intrusion sets with a confidence each.

The analyst's judgements are opinions, the reasoning is a note, the dossier a report. An actor that
nobody has listed has no intrusion set: its share stands in the note. What a reader must mind is a note of
its own, on the report as a whole.
"""

from __future__ import annotations

import msgspec

from weigh.assessment.document import UNLISTED, Assessment
from weigh.records import Kind
from weigh.renderers import as_markdown, stix_objects
from weigh.renderers.findings import findings
from weigh.renderers.release import released
from weigh.renderers.stix_objects import Export, Object


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    """The bundle as JSON, the same bytes for the same assessment; addresses are live."""
    shared = stix_objects.export(released(assessment, tlp=tlp, redact=redact), redact=redact)
    bundle = {
        "type": "bundle",
        "id": stix_objects.own_id("bundle", shared.seed),
        "objects": _objects(shared),
    }
    return msgspec.json.format(msgspec.json.encode(bundle), indent=2).decode() + "\n"


def _objects(shared: Export) -> list[Object]:
    operation = stix_objects.campaign(shared)
    attributions = _attributions(shared, operation)
    claims = [one for one in attributions if one["type"] == "relationship"]
    note = stix_objects.note(shared, _reasoning(shared), [operation, *claims])
    named = [operation, *attributions, *_findings(shared, operation), note]
    marks = (
        [stix_objects.marking(shared.assessment.tlp)] if shared.assessment.tlp in stix_objects.TLP_IDS else []
    )
    minded = stix_objects.cautions(shared)
    held = {str(one["id"]): one for one in (stix_objects.program(), *named, *minded)}
    return [*marks, *held.values(), stix_objects.report(shared, list(held.values()))]


def _attributions(shared: Export, operation: Object) -> list[Object]:
    """Every hypothesis worth a line, with the relationship that leads to it."""
    rows = (row for row in as_markdown.listed(shared.assessment) if row.id != UNLISTED)
    pairs = ((row, stix_objects.actor(row)) for row in rows)
    return [one for row, who in pairs for one in (who, stix_objects.attribution(shared, operation, row, who))]


def _findings(shared: Export, operation: Object) -> list[Object]:
    """Every finding that STIX has an object for, its relationship, and what people said of it."""
    made: list[Object] = []
    for finding in findings(shared.assessment):
        thing = stix_objects.thing(shared, finding)
        if thing is not None:
            link = stix_objects.report_of(shared, operation, finding, thing)
            made += [thing, link, *stix_objects.opinions(shared, finding, link)]
    return made


def _reasoning(shared: Export) -> str:
    """The answer, the weights and what they hang on, as Markdown; and what this form has no room for."""
    assessment = shared.assessment
    unlisted = [stix_objects.likelihood(row) for row in assessment.hypotheses if row.id == UNLISTED]
    missing = [one for one in findings(assessment) if stix_objects.thing(shared, one) is None]
    sections = (
        as_markdown.answer(assessment),
        as_markdown.weights(assessment),
        as_markdown.robustness(assessment),
    )
    lines = [line for section in sections for line in section]
    lines += [f"An actor that nobody has listed: {one}" for one in unlisted]
    if len(missing) > 0:
        kinds = sorted({one.subtype if one.kind == Kind.INDICATOR else one.kind for one in missing})
        lines += ["", f"STIX has no object for {len(missing)} findings: {', '.join(kinds)}."]
        told = [one for one in missing if one.kind in (Kind.CIRCUMSTANCE, Kind.ARTEFACT)]
        lines += [f"- {one.kind}, {one.subtype}: {one.value}" for one in told]
    return "\n".join(lines).strip()
