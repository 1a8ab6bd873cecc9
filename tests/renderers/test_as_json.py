"""A saved assessment comes back whole, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import SCHEMA, AchFactRow, Assessment, HypothesisRow, LinchpinRow
from weigh.errors import CaseError
from weigh.renderers.as_json import json_schema, load, render

SAMPLE = sample.assessment()
ADDED = {"posing", "origins", "prediction_set", "next_evidence", "ach", "sponsors", "degrees", "steps"}
ADDED |= {"statements"}
"""What assessments that an older Weigh saved do not hold."""


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
    assert set(fields) - set(schema["$defs"]["Assessment"]["required"]) == ADDED


def test_what_an_older_weigh_saved_is_read_with_nothing_added() -> None:
    older = {name: value for name, value in json.loads(render(SAMPLE)).items() if name not in ADDED}
    found = load(json.dumps(older).encode())
    assert found == replace(
        SAMPLE,
        prediction_set=None,
        next_evidence=(),
        ach=None,
        sponsors=(),
        degrees=(),
        steps=(),
        origins=None,
        posing=None,
        statements=None,
    )


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
        replace(SAMPLE, hypotheses=(replace(SAMPLE.hypotheses[0], weights=(1.0,)),)),
        replace(SAMPLE, hypotheses=(replace(SAMPLE.hypotheses[0], sentences=("one",)),)),
    ],
)
def test_hypotheses_must_fit_their_features(wrong: Assessment) -> None:
    with pytest.raises(CaseError, match="do not fit"):
        load(render(wrong).encode())


@pytest.mark.parametrize(
    "answers",
    [
        (),
        SAMPLE.hypotheses[:1],
        (*SAMPLE.hypotheses, replace(SAMPLE.hypotheses[0], probability=0.0, low=0.0)),
        (replace(SAMPLE.hypotheses[0], probability=2.0), *SAMPLE.hypotheses[1:]),
        (replace(SAMPLE.hypotheses[0], low=1.0), *SAMPLE.hypotheses[1:]),
        tuple(replace(row, id=f"G{place}") for place, row in enumerate(SAMPLE.hypotheses)),
    ],
)
def test_probabilities_must_be_some(answers: tuple[HypothesisRow, ...]) -> None:
    with pytest.raises(CaseError, match="probabilities are none"):
        load(render(replace(SAMPLE, hypotheses=answers)).encode())


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SAMPLE, documents=()),
        replace(SAMPLE, passages=()),
        replace(SAMPLE, observations=()),
        replace(SAMPLE, linchpins=(LinchpinRow("T0000", "x", 0.5, "y"),)),
    ],
)
def test_names_must_lead_somewhere(wrong: Assessment) -> None:
    with pytest.raises(CaseError, match="does not hold"):
        load(render(wrong).encode())


def _matrix(**changes: Any) -> Assessment:
    """The sample with another ACH matrix."""
    assert SAMPLE.ach is not None
    return replace(SAMPLE, ach=replace(SAMPLE.ach, **changes))


def _held(*names: str) -> Assessment:
    """The sample with another set of answers."""
    assert SAMPLE.prediction_set is not None
    return replace(SAMPLE, prediction_set=replace(SAMPLE.prediction_set, hypotheses=names))


@pytest.mark.parametrize(
    "wrong",
    [
        _matrix(hypotheses=("G9101",)),
        _matrix(scores=(0.0,)),
        _matrix(facts=(AchFactRow("T0000", "H", "H", ("N",) * 4, (0.0,) * 4),)),
        _matrix(facts=(AchFactRow("T1486", "H", "H", ("N",) * 3, (0.0,) * 4),)),
        _held("G0000"),
    ],
)
def test_sets_and_matrices_must_fit_their_hypotheses(wrong: Assessment) -> None:
    with pytest.raises(CaseError, match="sets and matrices do not fit"):
        load(render(wrong).encode())


def test_no_sentences_at_all_are_allowed() -> None:
    silent = replace(SAMPLE, hypotheses=tuple(replace(row, sentences=()) for row in SAMPLE.hypotheses))
    assert load(render(silent).encode()) == silent


def test_a_redacted_assessment_can_be_loaded_and_redacted_again() -> None:
    text = render(SAMPLE, redact=True)
    assert render(load(text.encode())) == text
    assert render(load(text.encode()), redact=True) == text
