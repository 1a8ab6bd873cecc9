"""Posing in an assessment: said with its assumption, moved by it, never where nothing can be seen."""

from __future__ import annotations

import pytest

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed
from weigh.assessment.suppositions import Suppositions
from weigh.inference.deception import PRIOR

ALL = (REPORT, ECHO, NEWS)


def test_the_prior_of_deception_is_visible_and_moves_the_chance_of_a_pose() -> None:
    rows = [assessed(ALL, suppose=Suppositions(deception=value)).posing for value in (0.0, 0.01, 0.1, 0.5)]
    chances = [row.probability for row in rows if row is not None]
    assert chances[0] == 0.0
    assert chances == sorted(chances)
    assert chances[-1] > chances[1] > 0.0
    default = assessed(ALL).posing
    assert default is not None
    assert default.prior == PRIOR
    assert any(f"prior of deception of {PRIOR:g}" in words for words in default.sentences)


def test_the_sweep_starts_from_no_deception_with_the_models_own_leader() -> None:
    found = assessed(ALL)
    assert found.posing is not None
    (first, leader, chance), *_ = found.posing.sweep
    assert (first, leader) == (0.0, found.hypotheses[0].id)
    assert chance == pytest.approx(found.hypotheses[0].probability)
    assert [prior for prior, _, _ in found.posing.sweep] == sorted(
        prior for prior, _, _ in found.posing.sweep
    )


def test_few_facts_leave_nothing_to_look_behind() -> None:
    assert assessed((NEWS,)).posing is None
    assert assessed(()).posing is None
