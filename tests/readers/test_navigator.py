"""Navigator layers: the techniques that a layer claims, and an account of those it only lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, assert_fields_lead_back, lines, problems, read_json

Members = dict[str, Any]


def layer(*techniques: Members, **members: object) -> Members:
    versions = {"attack": "18", "navigator": "5.1.0", "layer": "4.5"}
    return {
        "name": "Harbour",
        "domain": "enterprise-attack",
        "versions": versions,
        "techniques": list(techniques),
        **members,
    }


def technique(identity: str, **members: object) -> Members:
    return {"techniqueID": identity, **members}


@pytest.mark.parametrize(
    ("given_technique", "expected"),
    [
        (technique("T1566.001"), ["technique: T1566.001"]),
        (technique("T1566.001", tactic="initial-access"), ["technique: T1566.001 (initial-access)"]),
        (
            technique("T1566", score=1, comment="They sent mail."),
            ["technique: T1566", "comment: They sent mail."],
        ),
        (technique("T1566", enabled=True, color=""), ["technique: T1566"]),
        (
            technique("T1566", metadata=[{"name": "seen", "value": "May"}, {"divider": True}]),
            ["technique: T1566", "seen: May"],
        ),
        (technique("T1566", enabled=False, score=9), []),
        (technique("T1566", score=0), []),
        (technique("T1566", score=0.0, comment="none"), []),
        (technique("T1566", score=None), ["technique: T1566"]),
    ],
)
def test_each_kind_of_technique(given_technique: Members, expected: list[str]) -> None:
    value = layer(given_technique, description="What was seen")
    document = read_json(value)
    assert document.format == "navigator"
    assert lines(document) == ["layer: Harbour", "description: What was seen", *expected]
    assert_fields_lead_back(document, value)


def test_techniques_left_out_are_counted_by_reason() -> None:
    document = read_json(
        layer(
            technique("T1001", enabled=False),
            technique("T1002", score=0),
            technique("T1003", score=0),
            technique("T1004", color="", comment="", showSubtechniques=True),
            technique("T1005", color="#fff"),
        )
    )
    assert lines(document)[1:] == ["technique: T1005"]
    assert problems(document).split("\n") == [
        "/techniques/0: 1 technique disabled in the layer was not read",
        "/techniques/1: 2 techniques with a score of 0 were not read",
        "/techniques/3: 1 technique without a score, colour or comment, listed beside marked ones"
        " was not read",
    ]


def test_a_layer_that_marks_nothing_is_a_list_of_techniques() -> None:
    document = read_json(layer(*(technique(f"T100{index}", color="", comment="") for index in range(3))))
    assert len(lines(document)) == 4
    assert document.notices == ()


def test_a_list_of_layers_is_read_in_order() -> None:
    value = [layer(technique("T1001")), layer(technique("T1002", enabled=False), name="Coast")]
    document = read_json(value)
    assert lines(document) == ["layer: Harbour", "technique: T1001", "layer: Coast"]
    assert_fields_lead_back(document, value)
    assert "/1/techniques/0" in problems(document)
    assert document.title == ""


def test_the_title_is_the_layers_name() -> None:
    assert read_json(layer(technique("T1001"))).title == "Harbour"


@pytest.mark.parametrize(
    "value",
    [
        {"techniques": ["T1001"]},
        {"techniques": "T1001", "domain": "a"},
        [layer(), {"a": "b"}],
        {"domain": "a"},
    ],
)
def test_what_only_looks_like_a_layer_is_other_json(value: object) -> None:
    assert read_json(value).format == "json"


@QUICK
@given(
    st.lists(
        st.fixed_dictionaries(
            {"techniqueID": st.from_regex(r"T1\d{3}(\.\d{3})?", fullmatch=True)},
            optional={
                "score": st.none() | st.integers(-1, 100) | st.floats(0, 1) | st.text(max_size=3),
                "enabled": st.booleans(),
                "comment": st.text(max_size=20),
                "color": st.sampled_from(["", "#ff0000"]),
                "metadata": st.lists(
                    st.dictionaries(st.sampled_from(["name", "value"]), st.text(max_size=5))
                ),
            },
        ),
        max_size=8,
    )
)
def test_every_technique_is_read_or_counted(techniques: list[Members]) -> None:
    value = layer(*techniques)
    document = read_json(value)
    read = [field for field in document.fields if field.kind == "technique"]
    counted = sum(
        int(notice.problem.split()[0]) for notice in document.notices if "technique" in notice.problem
    )
    assert len(read) + counted == len(techniques)
    assert_fields_lead_back(document, value)
