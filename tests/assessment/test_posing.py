"""Posing in an assessment: said with its assumption, moved by it, never where nothing can be seen."""

from __future__ import annotations

import pytest

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, world
from weigh.assessment.posing import posing
from weigh.assessment.suppositions import Suppositions
from weigh.inference.deception import PRIOR
from weigh.inference.features import facts as given

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


@pytest.mark.parametrize("prior", [0.0, 0.01, PRIOR, 0.1, 0.3, 0.6, 0.9, 0.99])
def test_what_follows_from_a_prior_is_never_worded_as_if_it_were_seen(prior: float) -> None:
    row = assessed(ALL, suppose=Suppositions(deception=prior)).posing
    assert row is not None
    first, *rest = row.sentences
    assert first.startswith(f"With a prior of deception of {prior:g}, the facts ")
    assert ("do not count as staged" in first) == (row.finding != "deception")
    told = any(
        f"with {PRIOR:g}, taken unless another is given, the same facts do not" in each for each in rest
    )
    assert told == (row.finding == "deception")  # the usual prior finds none in these facts
    assert not any("look staged" in words for words in row.sentences)


@pytest.mark.parametrize(
    ("tipping", "words"),
    [
        (0.9976, "would lose the lead with a prior of deception of 0.998."),
        (0.99961, "would lose the lead with a prior of deception of 0.9996."),
        (0.41, "would lose the lead with a prior of deception of 0.41."),
        (0.0000321, "would lose the lead with a prior of deception of 0.000032."),
        (None, "No prior of deception up to 0.999 takes the lead from"),
    ],
)
def test_the_tipping_point_never_reads_as_certainty(
    tipping: float | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weigh.assessment.posing.tipping_point", lambda *given: tipping)
    row = assessed(ALL).posing
    assert row is not None
    assert row.tipping == tipping
    assert words in row.sentences[-1]


def test_the_pose_that_is_named_is_the_one_that_was_found() -> None:
    case, engine = given({2: 0.9, 3: 0.9, 4: 0.9, 8: 0.9}, 2021), world()[1]
    names = [f"row {place}" for place in range(len(engine.known.candidates) + 1)]
    rows = [posing(case, engine, lambda at: (str(at), names[at]), prior) for prior in (0.03, 0.9, 0.99)]
    for row in rows:
        assert row is not None
        assert (row.finding == "deception") == (f"say most for row {row.posed_as} count" in row.sentences[0])


def test_a_large_prior_alone_makes_a_pose_of_what_the_usual_one_does_not() -> None:
    rows = [assessed(ALL, suppose=Suppositions(deception=value)).posing for value in (PRIOR, 0.9)]
    assert [row.finding for row in rows if row is not None] == ["names", "deception"]
