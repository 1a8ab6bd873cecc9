"""The machine bench: what is timed is all of an assessment, and compiling counts its fitting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bench.test_end_to_end import small
from weigh.assessment.assess import assess
from weigh.bench import machine
from weigh.inference.engine import prepare
from weigh.inference.weights import shipped


def test_a_document_of_drawn_ids_is_read_as_so_many_facts(tmp_path: Path) -> None:
    knowledge, _ = small(tmp_path)
    material = machine.told(knowledge, 5)
    assert len(material.documents) == 1
    found = assess(material, knowledge, prepare(knowledge.relations, shipped()))
    assert len(found.features) == 5
    assert machine.told(knowledge, 5).documents == material.documents


def test_the_bar_is_on_the_case_of_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge, _ = small(tmp_path)
    monkeypatch.setattr(machine, "_SIZES", {4: 100.0, 8: None})
    monkeypatch.setattr(machine, "_FACTS", 4)
    monkeypatch.setattr(machine, "peak", lambda words: (1.0, 2.0))
    first, second, *batch = machine._weigh(knowledge)
    assert first.metric == "one case of 4 facts, the whole assessment, ms of one core"
    assert second.metric.startswith("one case of 8 facts")
    assert (first.bar, second.bar) == (100.0, None)
    assert first.low is not None
    assert first.high is not None
    assert 0.0 < first.low <= first.value <= first.high
    assert [row.value for row in batch] == [1.0, 2.0]


def test_compiling_counts_its_fitting_where_the_knowledge_has_years(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def taken(words: Sequence[str], folder: Path) -> tuple[float, float]:
        (folder / f"knowledge-{len(asked)}").mkdir()
        asked.append(list(words[4:]))
        return (7.0, 900.0) if words[-1] == "fit" else (20.0, 500.0)

    monkeypatch.setattr(machine, "peak", taken)
    rows = {row.metric: row for row in machine._compile(Path("bundle"))}
    assert asked == [["use", "bundle"], ["fit"], []]
    both = rows["compile the official knowledge and fit the model's weights on it, s"]
    assert (both.value, both.bar, both.verdict) == (27.0, 60.0, "reached")
    assert both.peers == {"compiling, s": 20.0, "fitting, s": 7.0}
    assert rows["compile the official knowledge and fit the model's weights on it, peak MB"].value == 900.0
    assert rows["compile the embedded knowledge, s"].value == 20.0
    assert not any("embedded" in metric and "fit" in metric for metric in rows)


def test_a_median_is_by_the_clock_that_is_given() -> None:
    ticks = iter((0.0, 1.0, 1.0, 4.0, 4.0, 6.0))
    assert machine.median(lambda: None, runs=3, clock=lambda: next(ticks)) == (2.0, 1.0, 3.0)
