"""The end-to-end protocol: names are masked, own reports are left out, labels are read as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.bench.end_to_end import Labelled, labelled, masked, without_own_reports
from weigh.knowledge.catalogue import Actor, Alias, Catalogue
from weigh.knowledge.relations import relations_from

CATALOGUE = Catalogue(
    actors=(Actor("G0001", "Slate Heron", (Alias("APT99", "Vendor"),)), Actor("G0002", "Heron")),
    techniques=(),
    software=(),
    reports=(),
    retired=(),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Slate Heron struck.", "the actor struck."),
        ("SLATE HERON and apt99, too", "the actor and the actor, too"),
        ("A heron stands.", "A the actor stands."),
        ("Herons stand; APT991 too.", "Herons stand; APT991 too."),
        ("", ""),
    ],
)
def test_every_name_is_masked_whatever_its_case(text: str, expected: str) -> None:
    assert masked(text, CATALOGUE) == expected


@given(st.text(max_size=200))
def test_no_name_survives_the_mask(text: str) -> None:
    shown = masked(f"{text} Slate Heron, APT99. {text}", CATALOGUE)
    assert "slate heron" not in shown.lower() or "\u0130" in text


def test_documents_with_one_group_are_read_with_their_marks() -> None:
    table = {
        "sentence": {"0": "They came.", "1": "They saw.", "2": "Two groups."},
        "labels": {"0": ["T1059", "G0001"], "1": ["S0001", "TA0001"], "2": ["G0001", "G0002"]},
        "document": {"0": "lab_2021-05-01_a", "1": "lab_2021-05-01_a", "2": "lab_2020-01-01_b"},
    }
    (found,) = labelled(table)
    assert found == Labelled(
        "lab_2021-05-01_a", "They came.\nThey saw.", "G0001", frozenset({"T1059", "S0001"}), 2021
    )
    assert labelled([]) == []


def test_reports_that_may_be_the_document_are_left_out() -> None:
    reports = ["Lab One May 2021", "LABTWO", "Lab 2020", "Vendor 2021"]
    rows = [(0, number, number) for number in range(4)] + [(0, -1, 4)]
    known = relations_from(rows, [2021, 0, 2020, 2021], actors=1, features=5, software_from=5)
    document = Labelled("lab_2021-05-01_a", "", "G0001", frozenset(), 2021)
    left = without_own_reports(known, reports, document)
    assert sorted(left.feature.tolist()) == [2, 3, 4]


def test_a_report_that_bears_the_documents_name_is_left_out() -> None:
    known = relations_from([(0, 0, 0), (0, 1, 1)], [2021, 2021], actors=1, features=2, software_from=2)
    document = Labelled("aa21-200a", "", "G0001", frozenset(), 2020)
    left = without_own_reports(known, ["CISA AA21-200A July 2021", "Vendor 2021"], document)
    assert left.feature.tolist() == [1]
