"""A saved assessment comes back whole, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import SCHEMA, Assessment
from weigh.errors import CaseError
from weigh.renderers.as_json import json_schema, load, render

SAMPLE = sample.assessment()


@settings(max_examples=20)
@given(strategies.assessments())
def test_byte_for_byte(assessment: Assessment) -> None:
    text = render(assessment)
    assert load(text.encode()) == assessment
    assert render(load(text.encode())) == text


def test_the_sample_comes_back() -> None:
    assert load(render(SAMPLE).encode()) == SAMPLE


def test_the_schema_names_every_field_once() -> None:
    schema = json.loads(json_schema())
    fields = schema["$defs"]["Assessment"]["properties"]
    assert list(fields) == list(json.loads(render(SAMPLE)))
    assert set(schema["$defs"]["Assessment"]["required"]) == set(fields) - {"origins"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no saved assessment"),
        (b"not JSON", "no saved assessment"),
        (b"\xff\xfe", "no saved assessment"),
        (b"[]", "no saved assessment"),
        (b"{}", "follows schema ''"),
        (b'{"schema": "weigh.assessment/99"}', "follows schema 'weigh.assessment/99'"),
        (b'{"type": "bundle", "objects": []}', "follows schema ''"),
        (json.dumps({"schema": SCHEMA}).encode(), "no saved assessment"),
        (b"[" * 100_000, "no saved assessment"),
    ],
)
def test_anything_else_is_refused_in_words(data: bytes, problem: str) -> None:
    with pytest.raises(CaseError, match=problem) as error:
        load(data, "monday.json")
    assert error.value.place == "monday.json"
    assert error.value.remedy != ""


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SAMPLE, hypotheses=()),
        replace(SAMPLE, hypotheses=(replace(SAMPLE.hypotheses[0], weights=(1.0,)),)),
        replace(SAMPLE, hypotheses=(replace(SAMPLE.hypotheses[0], sentences=("one",)),)),
    ],
)
def test_hypotheses_must_fit_their_features(wrong: Assessment) -> None:
    with pytest.raises(CaseError, match="do not fit"):
        load(render(wrong).encode())


def test_no_sentences_at_all_are_allowed() -> None:
    silent = replace(SAMPLE, hypotheses=tuple(replace(row, sentences=()) for row in SAMPLE.hypotheses))
    assert load(render(silent).encode()) == silent


def test_a_redacted_assessment_can_be_loaded_and_redacted_again() -> None:
    text = render(SAMPLE, redact=True)
    assert render(load(text.encode())) == text
    assert render(load(text.encode()), redact=True) == text
