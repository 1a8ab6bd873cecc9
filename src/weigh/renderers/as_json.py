"""The assessment itself as JSON: what was saved is read again, and written again byte for byte.

This is the one form that holds everything, live addresses included: it is for programs, and for
rendering later.
"""

from __future__ import annotations

import inspect

import msgspec

from weigh.assessment.document import SCHEMA, Assessment
from weigh.errors import CaseError
from weigh.renderers.release import released


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


def _checked(assessment: Assessment, place: str) -> Assessment:
    """What the schema cannot say: there is an answer, and each has one weight per feature."""
    facts = len(assessment.features)
    answers = assessment.hypotheses
    if len(answers) == 0 or any(
        len(row.weights) != facts or len(row.sentences) not in (0, facts) for row in answers
    ):
        problem = "the assessment's hypotheses do not fit its features"
        raise CaseError(problem, place=place, remedy="assess the case again")
    return assessment


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
