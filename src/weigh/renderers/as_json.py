"""The assessment itself as JSON: what was saved is read again, and written again byte for byte.

This is the one form that holds everything, live addresses included: it is for programs, and for
rendering later.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import msgspec

from weigh.assessment.document import SCHEMA, UNLISTED, Assessment, HypothesisRow
from weigh.errors import CaseError
from weigh.renderers.release import released

_ROUNDING = 1e-6


class _Tagged(msgspec.Struct):
    """As much of a file as tells which schema it follows."""

    schema: str = ""


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    """Every field, indented by two, in the order of the record, with a line's end at the end."""
    data = msgspec.json.encode(released(assessment, tlp=tlp, redact=redact))
    return msgspec.json.format(data, indent=2).decode() + "\n"


def load(data: bytes, place: str = "") -> Assessment:
    """The assessment that `render` wrote; `place` names the file in an error.

    Raises `CaseError` for anything else, and for the schema of another version.
    """
    try:
        tagged = msgspec.json.decode(data, type=_Tagged)
        if tagged.schema == SCHEMA:
            return _checked(msgspec.json.decode(data, type=Assessment), place)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        remedy = "save it again with `weigh assess --json`"
        raise CaseError(f"this is no saved assessment: {error}", place=place, remedy=remedy) from error
    remedy = "assess the case again with this Weigh"
    problem = f"the assessment follows schema {tagged.schema!r}, not {SCHEMA}"
    raise CaseError(problem, place=place, remedy=remedy)


def is_saved(data: bytes) -> bool:
    """Whether a file holds an assessment, of this or another version, and no document to read."""
    try:
        schema = msgspec.json.decode(data, type=_Tagged).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return schema.partition("/")[0] == SCHEMA.partition("/")[0]


def _checked(assessment: Assessment, place: str) -> Assessment:
    """What the schema cannot say: probabilities are some, weights fit the facts, names lead somewhere."""
    checks = {
        "hypotheses do not fit its features": _weights_fit(assessment),
        "probabilities are none": _probabilities_hold(assessment.hypotheses),
        "rows name documents, passages, observations or features that it does not hold": _resolves(
            assessment
        ),
        "sets and matrices do not fit its hypotheses": _follows(assessment),
    }
    for problem, holds in checks.items():
        if not holds:
            raise CaseError(f"the assessment's {problem}", place=place, remedy="assess the case again")
    return assessment


def _weights_fit(assessment: Assessment) -> bool:
    facts = len(assessment.features)
    return all(
        len(row.weights) == facts and len(row.sentences) in (0, facts) for row in assessment.hypotheses
    )


def _probabilities_hold(answers: Sequence[HypothesisRow]) -> bool:
    """Whether they sum to 1, each within its bounds, and `unlisted` is among them once."""
    bounded = all(
        0.0 <= row.low <= row.probability + _ROUNDING and row.probability - _ROUNDING <= row.high <= 1.0
        for row in answers
    )
    total = sum(row.probability for row in answers)
    ids = {row.id for row in answers}
    return bounded and abs(total - 1.0) < _ROUNDING and UNLISTED in ids and len(ids) == len(answers)


def _resolves(assessment: Assessment) -> bool:
    documents = {row.id for row in assessment.documents}
    passages = {"", *(row.id for row in assessment.passages)}
    observations = {row.id for row in assessment.observations}
    features = {row.id for row in assessment.features}
    return (
        all(row.document in documents for row in assessment.observations)
        and all(row.document in documents for row in assessment.passages)
        and all(row.passage in passages for row in assessment.observations)
        and all(name in observations for row in assessment.features for name in row.observations)
        and all(row.feature in features for row in assessment.linchpins)
    )


def _follows(assessment: Assessment) -> bool:
    """Whether the prediction set and the ACH matrix are of these hypotheses and features."""
    answers = {row.id for row in assessment.hypotheses}
    features = {row.id for row in assessment.features}
    held, ach = assessment.prediction_set, assessment.ach
    if held is not None and not answers.issuperset(held.hypotheses):
        return False
    if ach is None:
        return True
    width = len(ach.hypotheses)
    return (
        answers.issuperset(ach.hypotheses)
        and len(ach.scores) == width
        and all(
            fact.feature in features and len(fact.levels) == len(fact.bits) == width for fact in ach.facts
        )
    )


def json_schema() -> str:
    """The JSON Schema (draft 2020-12) of a saved assessment, as published."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        **msgspec.json.schema(Assessment),
    }
    return msgspec.json.format(msgspec.json.encode(_clean(schema)), indent=2).decode() + "\n"


def _clean(schema: object) -> object:
    """The schema with its descriptions unindented, as only some versions of Python do by themselves."""
    if isinstance(schema, list):
        return [_clean(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: inspect.cleandoc(value) if key == "description" and isinstance(value, str) else _clean(value)
        for key, value in schema.items()
    }
