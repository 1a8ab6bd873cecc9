"""Fitting on compiled knowledge: only where it can be rolled forward, and kept where it is read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.assessment import harbour
from tests.inference.generators import random_relations
from weigh.compiling.fitting import fit_on
from weigh.errors import KnowledgeError
from weigh.inference.weights import read
from weigh.knowledge.store import Knowledge


def large() -> Knowledge:
    """Dated knowledge with enough reports to learn from."""
    return replace(harbour.knowledge(), relations=random_relations(3, actors=12, features=40, reports=220))


def test_fitted_weights_are_saved_and_say_what_they_were_fitted_on(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    found = fit_on(large(), path)
    assert read(path) == found
    assert found.provenance.startswith("fitted on ")
    assert "ATT&CK 99.1" in found.provenance
    assert "5f" * 10 in found.provenance
    assert len(found.calibration) > 20
    assert found.calibration_provenance.startswith(f"{len(found.calibration)} rolling-origin cases")


def test_fitting_again_gives_the_same_weights(tmp_path: Path) -> None:
    assert fit_on(large(), tmp_path / "a.json") == fit_on(large(), tmp_path / "b.json")


def test_undated_knowledge_cannot_be_rolled_forward(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="does not date its reports") as caught:
        fit_on(harbour.knowledge(dated=False), tmp_path / "w.json")
    assert "weigh knowledge use" in caught.value.remedy


def test_too_few_cases_are_told_and_nothing_is_saved(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="dated cases, 100 are needed"):
        fit_on(harbour.knowledge(), tmp_path / "w.json")
    assert list(tmp_path.iterdir()) == []
