"""Navigator layers: format 4.5, one entry per technique and tactic, several actors on one matrix."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import sample, strategies
from weigh.assessment.document import UNLISTED, Assessment
from weigh.renderers.as_navigator import render

SAMPLE = sample.assessment()

Json = dict[str, Any]


def _layers(assessment: Assessment, actors: int = 0, **options: Any) -> list[Json]:
    made = json.loads(render(assessment, actors=actors, **options))
    return made if isinstance(made, list) else [made]


def test_the_case_is_one_layer_of_format_4_5() -> None:
    layer = json.loads(render(SAMPLE))
    assert layer["versions"] == {"attack": "18", "navigator": "5.1.0", "layer": "4.5"}
    assert layer["domain"] == "enterprise-attack"
    assert [(one["techniqueID"], one["tactic"], one["score"]) for one in layer["techniques"]] == [
        ("T1566.001", "initial-access", 100.0),
        ("T1059.001", "execution", 100.0),
        ("T1486", "impact", 98.0),
    ]


def test_comments_are_the_words_that_the_technique_stands_on() -> None:
    first = _layers(SAMPLE)[0]["techniques"][0]
    assert first["comment"].splitlines() == [
        "On 3 April a clerk of the harbour office opened an attached berth plan (T1566.001).",
        "T1566.001 Spearphishing Attachment",
    ]
    assert all(one["comment"] == "" for one in _layers(SAMPLE, redact=True)[0]["techniques"])


def test_many_sentences_are_counted() -> None:
    rows = tuple(
        replace(SAMPLE.observations[0], id=f"obs-{place}", sentence=f"Sentence {place}.")
        for place in range(5)
    )
    feature = replace(SAMPLE.features[0], observations=tuple(row.id for row in rows))
    case = replace(SAMPLE, observations=rows, features=(feature,), hypotheses=())
    comment = _layers(case)[0]["techniques"][0]["comment"]
    assert comment == "Sentence 0.\nSentence 1.\nSentence 2.\nand 2 more"


def test_every_layer_says_what_to_mind() -> None:
    minded = replace(SAMPLE, cautions=("Possible frame-up at evil.example.", "Look twice."))
    for layer in _layers(minded, actors=2):
        said = [pair["value"] for pair in layer["metadata"] if pair["name"] == "caution"]
        assert said == ["Possible frame-up at evil[.]example.", "Look twice."]
        assert "frame-up" not in layer["description"]
    for layer in _layers(replace(SAMPLE, cautions=()), actors=2):
        assert "caution" not in {pair["name"] for pair in layer["metadata"]}


def test_a_technique_stands_under_each_of_its_tactics() -> None:
    feature = replace(SAMPLE.features[0], tactics=("persistence", "execution"))
    without = replace(SAMPLE.features[1], tactics=())
    entries = _layers(replace(SAMPLE, features=(feature, without), hypotheses=()))[0]["techniques"]
    assert [(one["techniqueID"], one.get("tactic")) for one in entries] == [
        ("T1566.001", "persistence"),
        ("T1566.001", "execution"),
        ("T1059.001", None),
    ]


def test_actors_follow_the_case_in_the_order_of_the_ranking() -> None:
    layers = _layers(SAMPLE, actors=2)
    assert [layer["name"] for layer in layers] == [
        "Vessmar harbour",
        "Slate Heron (0.696)",
        "Copper Lantern (0.087)",
    ]
    assert [one["score"] for one in layers[1]["techniques"]] == [1.0, 0.5, 2.0]
    assert layers[1]["techniques"][0]["comment"] == "4 of 14 reports show it, 21 % of all do"


@pytest.mark.parametrize(("actors", "layers"), [(1, 2), (3, 4), (99, 4)])
def test_no_more_layers_than_actors(actors: int, layers: int) -> None:
    made = _layers(SAMPLE, actors=actors)
    assert len(made) == layers
    assert not any(layer["name"].startswith("an actor nobody") for layer in made)


@pytest.mark.parametrize(
    ("knowledge", "attack"),
    [("ATT&CK 18.1", "18"), ("ATT&CK v15.1, enterprise", "15"), ("att&ck-12", "12"), ("mine", None)],
)
def test_the_version_of_attack_is_the_knowledges(knowledge: str, attack: str | None) -> None:
    stamped = replace(SAMPLE, knowledge=replace(SAMPLE.knowledge, version=knowledge))
    assert _layers(stamped)[0]["versions"].get("attack") == attack


@settings(max_examples=12)
@given(strategies.assessments(), st.integers(0, 5))
def test_any_layer_can_be_opened(assessment: Assessment, actors: int) -> None:
    layers = _layers(assessment, actors)
    assert len(layers) == 1 + (0 if actors == 0 else min(actors, len(_actors(assessment))))
    for layer in layers:
        low, high = layer["gradient"]["minValue"], layer["gradient"]["maxValue"]
        assert low < high
        places = [(one["techniqueID"], one.get("tactic")) for one in layer["techniques"]]
        assert len(places) == len(set(places))
        for one in layer["techniques"]:
            assert re.fullmatch(r"T\d{4}(\.\d{3})?", one["techniqueID"]) is not None
            assert low <= one["score"] <= high
            assert all(link["url"].startswith("https://attack.mitre.org/") for link in one["links"])
            assert all(pair["name"] != "" and pair["value"] != "" for pair in one["metadata"])


def _actors(assessment: Assessment) -> list[str]:
    return [row.id for row in assessment.hypotheses if row.id != UNLISTED]
