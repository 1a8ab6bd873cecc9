"""The end-to-end protocol: names are masked, own reports are left out, labels are read as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiling import bundles as b
from weigh.bench import end_to_end
from weigh.bench.data import OFFICIAL
from weigh.bench.end_to_end import (
    Apart,
    Labelled,
    advisories,
    labelled,
    learned_apart,
    masked,
    own_reports,
    read_labels,
)
from weigh.bench.end_to_end import _Answers as Answers
from weigh.bench.rows import Row
from weigh.bench.scoring import Forecast
from weigh.compiling.attack import AttackSource, read_bundle
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.evidence import Observer
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Actor, Alias, Catalogue, Stamp
from weigh.knowledge.naming import names
from weigh.knowledge.relations import relations_from
from weigh.knowledge.store import Knowledge, open_knowledge, write_knowledge

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
    own = own_reports(known, reports, document)
    assert own.tolist() == [True, True, False, False]
    assert sorted(known.without(own).feature.tolist()) == [2, 3, 4]


def test_a_report_that_bears_the_documents_name_is_left_out() -> None:
    known = relations_from([(0, 0, 0), (0, 1, 1)], [2021, 2021], actors=1, features=2, software_from=2)
    document = Labelled("aa21-200a", "", "G0001", frozenset(), 2020)
    assert own_reports(known, ["CISA AA21-200A July 2021", "Vendor 2021"], document).tolist() == [True, False]


ADVISORIES = {"aa20-259a": "G0117", "aa21-116a": "G0016", "aa21-200a": "G0065"}


def test_labels_are_offsets_and_reasons_and_every_other_advisory_has_one_why_not() -> None:
    table = read_labels()
    assert {label.document: label.actor for label in table.labels} == ADVISORIES
    assert all(0 <= label.start < label.end and label.why != "" for label in table.labels)
    assert table.left_out.keys().isdisjoint(ADVISORIES)
    assert all(why != "" for why in table.left_out.values())


def test_only_what_is_labelled_and_there_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "advisories"
    folder.mkdir()
    for name in ("aa21-200a", "aa20-336a"):
        (folder / f"{name}.txt").write_text("They used PowerShell.", "utf-8")
    gold = [
        {"doc": "advisories/aa21-200a.txt", "ids": [{"id": "T1059"}], "date": "2021-07-19"},
        {"doc": "advisories/aa20-336a.txt", "ids": [{"id": "T1003"}], "date": "2020-12-01"},
    ]
    (tmp_path / "ttp_gold.jsonl").write_text("\n".join(json.dumps(line) for line in gold), "utf-8")
    assert advisories(folder) == [
        Labelled("aa21-200a", "They used PowerShell.", "G0065", frozenset({"T1059"}), 2021)
    ]


def test_each_label_stands_on_a_sentence_that_names_the_group(shared: Path) -> None:
    catalogue = link(read_bundle(shared / OFFICIAL), ()).catalogue
    called = {actor.id: [_bare(name) for name, _ in names(actor)] for actor in catalogue.actors}
    folder = shared / "corpus/advisories"
    table = read_labels()
    for label in table.labels:
        text = (folder / f"{label.document}.txt").read_text("utf-8")
        assert any(name in _bare(text[label.start : label.end]) for name in called[label.actor])
        assert text[label.end - 1] == "."
    there = {path.stem for path in folder.glob("*.txt")}
    assert there == table.left_out.keys() | {label.document for label in table.labels}


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def small(folder: Path) -> tuple[Knowledge, AttackSource]:
    """A knowledge of two groups with six reports a year between them, compiled."""
    groups = [b.group(1), b.group(2)]
    deeds = [b.technique(number) for number in range(1, 9)]
    told = [
        b.uses(
            groups[number % 2],
            deeds[(number + place) % 8],
            (f"Lab {year}-{number}", f"Lab. ({year}, May 1). Report."),
        )
        for year in range(2015, 2023)
        for number in range(6)
        for place in range(4)
    ]
    source = b.source(folder, [*groups, *deeds, *told])
    linked = link(source, ())
    stamp = Stamp("toy", "0" * 20, ("toy",), (), dated=True, embedded=False)
    compiled = folder / "compiled"
    compiled.mkdir()
    write_knowledge(compiled, stamp, linked.catalogue, index(linked), {}, {})
    return open_knowledge(compiled), source


def test_nothing_of_a_documents_own_reports_is_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, source = small(tmp_path)
    without: list[frozenset[str]] = []
    monkeypatch.setattr(end_to_end, "trained", lambda source, names: without.append(names))
    monkeypatch.setattr(end_to_end, "build", lambda catalogue, model: model)
    document = Labelled("lab_2021-05-01_a", "", "G0001", frozenset(), 2021)
    apart = learned_apart(knowledge, source, [document])
    assert without == [frozenset(f"Lab 2021-{number}" for number in range(6))]
    assert apart.reports == 6
    relations = knowledge.relations.without(knowledge.relations.years == 2021)
    rows = [row for year in rolling_rows(relations, lessons(relations)).values() for row in year]
    assert apart.weights == fit(rows, "bench")


def test_marks_are_compared_on_the_documents_that_have_some(monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = Forecast(1, 0, np.array([0.9, 0.1])), Forecast(2, 0, np.array([0.1, 0.9]))
    answers = [Answers(right, wrong, right)] * 12 + [Answers(wrong, None, right)] * 8
    monkeypatch.setattr(end_to_end, "_answers", lambda *given: answers)
    first, fifth, marked, last = _told()
    assert (first.value, first.n, first.bar) == (0.6, 20, None)
    assert list(first.peers.values()) == [1.0]
    assert (fifth.value, fifth.n) == (1.0, 20)
    assert (marked.value, marked.n, marked.peers) == (1.0, 12, {"gold": 0.0})
    assert last.bar == pytest.approx(last.peers["gold"] - 0.1)
    assert first.note == last.note
    assert first.note.startswith("12 of 20 documents have marked facts")
    assert first.note.endswith("; mind the gap")


def test_too_few_marked_documents_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Forecast(1, 0, np.array([0.9, 0.1]))
    answers = [Answers(right, right, right)] + [Answers(right, None, right)] * 2
    monkeypatch.setattr(end_to_end, "_answers", lambda *given: answers)
    assert [(row.n, row.bar) for row in _told()] == [(3, None), (3, None)]


def _told() -> list[Row]:
    apart = Apart(Observer(()), shipped(), 3)
    return list(end_to_end._rows([], cast("Knowledge", None), apart, "toys", "; mind the gap"))
