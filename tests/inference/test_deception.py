"""Posing: what forgeable evidence can do at most, and what it must never do."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK
from weigh.errors import KnowledgeError, UsageError
from weigh.inference.deception import (
    PRIOR,
    Artefact,
    Deception,
    Finding,
    artefact,
    conclude,
    posture,
    saturating_ratio,
    sweep,
    tipping_point,
)
from weigh.inference.model import Scores
from weigh.inference.staging import Levels, Staged, shipped_levels

chances = st.floats(0.001, 1.0)
priors = st.floats(0.0, 0.9)


def scored(*bits: float) -> Scores:
    """Scores of nothing but totals; the last is `unlisted`."""
    return Scores(np.array(bits), np.zeros(len(bits)), np.zeros((len(bits), 0)))


def believed(*probabilities: float) -> Scores:
    """Scores whose probabilities are these."""
    return scored(*np.log2(probabilities).tolist())


@st.composite
def scores(draw: st.DrawFn, most: int = 6) -> Scores:
    """Scores of two or more candidates and `unlisted`."""
    return scored(*draw(st.lists(st.floats(-12, 12), min_size=3, max_size=most)))


@st.composite
def artefacts(draw: st.DrawFn, candidates: int) -> Artefact:
    """Any artefact that points at one of the candidates."""
    low, high = sorted((draw(chances), draw(chances)))
    return Artefact(
        draw(st.sampled_from(("file", "code"))),
        draw(st.integers(0, candidates - 1)),
        high,
        low,
        draw(st.floats(0, 1)),
        draw(st.booleans()),
    )


@st.composite
def staging(draw: st.DrawFn, hypotheses: int) -> Staged:
    """Any suspicion against the facts."""
    masses = np.array(draw(st.lists(st.floats(0.01, 1), min_size=hypotheses, max_size=hypotheses)))
    return Staged(draw(st.integers(0, hypotheses - 2)), draw(st.floats(-8, 8)), masses / masses.sum())


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scores, tuple[Artefact, ...], tuple[Staged, ...]]:
    """Scores, artefacts and suspicions that fit one another; every suspect once."""
    found = draw(scores())
    many = len(found.prior)
    return (
        found,
        tuple(draw(st.lists(artefacts(many - 1), max_size=5))),
        tuple(draw(st.lists(staging(many), max_size=2, unique_by=lambda item: item.actor))),
    )


Case = tuple[Scores, tuple[Artefact, ...], tuple[Staged, ...]]


@pytest.mark.parametrize(("prior", "ratio"), [(0.05, 13.06), (0.03, 21.45), (0.0, 600.0)])
def test_one_artefact_saturates_as_published(prior: float, ratio: float) -> None:
    assert saturating_ratio(0.6, 0.001, 0.9, prior) == pytest.approx(ratio, abs=0.006)
    found = posture(believed(0.25, 0.25, 0.5), [Artefact("file", 0, 0.6, 0.001, 0.9)], prior)
    odds = found.probabilities[0] / (1 - found.probabilities[0])
    assert odds / (0.25 / 0.75) == pytest.approx(ratio, abs=0.006)


def plainly(scores: Scores, artefacts: tuple[Artefact, ...], prior: float) -> list[float]:
    """The same by walking through every culprit and every set of actors that it poses as."""
    actors = sorted({item.points_at for item in artefacts})
    mass = []
    for culprit, behaviour in enumerate(scores.probabilities.tolist()):
        total = 0.0
        for poses in product((False, True), repeat=len(actors)):
            chance = behaviour
            for actor, posing in zip(actors, poses, strict=True):
                own = [item for item in artefacts if item.points_at == actor]
                if culprit == actor:
                    left = prod(item.background if item.proven else item.hit for item in own)
                    chance *= 0.0 if posing else left
                elif posing:
                    chance *= prior * prod(item.forging for item in own)
                else:
                    chance *= (1 - prior) * prod(item.background for item in own)
            total += chance
        mass.append(total)
    return [part / sum(mass) for part in mass]


@QUICK
@given(cases(), priors)
def test_it_agrees_with_a_walk_through_every_pose(case: Case, prior: float) -> None:
    found, traces, _ = case
    own = posture(found, traces, prior).probabilities
    assert own.tolist() == pytest.approx(plainly(found, traces, prior), rel=1e-9, abs=1e-12)


@QUICK
@given(cases(), priors)
def test_probabilities_sum_to_one_and_poses_stay_within_them(case: Case, prior: float) -> None:
    found = posture(case[0], case[1], prior, case[2])
    assert found.probabilities.sum() == pytest.approx(1.0, abs=1e-9)
    assert -1e-9 <= found.planted <= 1 + 1e-9
    for posed in found.posing:
        assert posed.culprits[posed.actor] == 0.0
        assert posed.culprits.sum() == pytest.approx(posed.probability, abs=1e-9)
        assert np.all(posed.culprits <= found.probabilities + 1e-9)
        assert posed.probability <= found.planted + 1e-9
        assert posed.probability <= 1 - found.probabilities[posed.actor] + 1e-9
    assert [posed.probability for posed in found.posing] == sorted(
        (posed.probability for posed in found.posing), reverse=True
    )


@QUICK
@given(cases(), priors)
def test_bits_sum_to_the_difference_of_any_two(case: Case, prior: float) -> None:
    found = posture(case[0], case[1], prior, case[2])
    bits = case[0].totals + found.weights.sum(axis=0) + found.staging
    for first in range(len(bits)):
        for second in range(len(bits)):
            if min(found.probabilities[first], found.probabilities[second]) > 1e-100:
                ratio = np.log2(found.probabilities[first] / found.probabilities[second])
                assert bits[first] - bits[second] == pytest.approx(ratio, abs=1e-8)


@QUICK
@given(cases())
def test_without_a_prior_of_deception_it_is_plain_bayes(case: Case) -> None:
    found, traces, suspicion = case
    traces = tuple(replace(item, proven=False) for item in traces)
    plain = found.probabilities.copy()
    for item in traces:
        ratio = np.full(len(plain), item.background)
        ratio[item.points_at] = item.hit
        plain = plain * ratio
    own = posture(found, traces, 0.0, suspicion)
    assert own.probabilities.tolist() == pytest.approx((plain / plain.sum()).tolist(), abs=1e-9)
    assert own.planted == pytest.approx(0.0, abs=1e-9)
    assert all(posed.probability == pytest.approx(0.0, abs=1e-9) for posed in own.posing)


@QUICK
@given(scores(), priors, chances, st.floats(0, 1))
def test_no_forgeable_artefact_lifts_its_actor_above_the_saturation(
    found: Scores, prior: float, hit: float, forging: float
) -> None:
    before = found.probabilities[0]
    for rarity in (hit, hit / 10, hit / 1000, hit / 1e9):
        after = posture(found, [Artefact("x", 0, hit, rarity, forging)], prior).probabilities[0]
        most = hit / (prior * forging) if prior * forging > 0 else np.inf
        odds = before / max(1 - before, 1e-300) * most
        assert after <= odds / (1 + odds) + 1e-9 if np.isfinite(odds) else after <= 1.0


@QUICK
@given(scores(), st.floats(0.01, 0.5), st.lists(chances, min_size=2, max_size=2))
def test_the_easier_a_thing_is_forged_the_less_it_says(
    found: Scores, prior: float, eases: list[float]
) -> None:
    hard, easy = (
        posture(found, [Artefact("x", 0, 0.5, 0.001, ease)], prior).probabilities[0] for ease in sorted(eases)
    )
    assert easy <= hard + 1e-12


@QUICK
@given(scores(), st.lists(artefacts(2), min_size=1, max_size=4), priors, priors)
def test_a_greater_prior_of_deception_never_helps_the_only_one_pointed_at(
    found: Scores, traces: list[Artefact], first: float, second: float
) -> None:
    own = [replace(item, points_at=0, forging=1.0, proven=False) for item in traces]
    less, more = (posture(found, own, prior).probabilities[0] for prior in sorted((first, second)))
    assert more <= less + 1e-9


@QUICK
@given(cases(), priors, st.data())
def test_swapping_actors_swaps_the_results(case: Case, prior: float, data: st.DataObject) -> None:
    found, traces, suspicion = case
    many = len(found.prior)
    order = [*data.draw(st.permutations(range(many - 1))), many - 1]
    back = np.argsort(order)
    moved = posture(
        replace(found, prior=found.prior[back]),
        [replace(item, points_at=order[item.points_at]) for item in traces],
        prior,
        [Staged(order[item.actor], item.bits, item.culprits[back]) for item in suspicion],
    )
    own = posture(found, traces, prior, suspicion)
    assert moved.probabilities.tolist() == pytest.approx(own.probabilities[back].tolist(), abs=1e-12)
    posing = {order[posed.actor]: posed.probability for posed in own.posing}
    assert {posed.actor: posed.probability for posed in moved.posing} == pytest.approx(posing, abs=1e-12)


@QUICK
@given(cases(), priors, st.data())
def test_an_artefact_as_likely_from_anybody_changes_nobody(
    case: Case, prior: float, data: st.DataObject
) -> None:
    found, traces, suspicion = case
    chance = data.draw(chances)
    fresh = {item.points_at for item in traces} | {item.actor for item in suspicion}
    if len(fresh) < len(found.prior) - 1:
        actor = next(row for row in range(len(found.prior) - 1) if row not in fresh)
        more = (*traces, Artefact("seen anywhere", actor, chance, chance, chance))
        with_it = posture(found, more, prior, suspicion).probabilities
        without = posture(found, traces, prior, suspicion).probabilities
        assert with_it.tolist() == pytest.approx(without.tolist(), abs=1e-9)


@QUICK
@given(scores(), priors)
def test_what_was_not_observed_changes_nothing(found: Scores, prior: float) -> None:
    own = posture(found, (), prior)
    assert own.probabilities.tolist() == pytest.approx(found.probabilities.tolist(), abs=1e-12)
    assert own.posed_as is None
    assert own.planted == pytest.approx(0.0, abs=1e-9)
    assert not own.flagged


@QUICK
@given(cases(), priors)
def test_the_order_of_artefacts_changes_nothing(case: Case, prior: float) -> None:
    forth = posture(case[0], case[1], prior, case[2]).probabilities
    back = posture(case[0], case[1][::-1], prior, case[2][::-1]).probabilities
    assert forth.tolist() == pytest.approx(back.tolist(), abs=1e-12)


def test_many_artefacts_stay_numbers() -> None:
    many = [Artefact("x", row, 0.9, 0.001, 0.0) for row in (0, 1) for _ in range(400)]
    found = posture(scored(0.0, 0.0, 0.0), many)
    assert found.probabilities.sum() == pytest.approx(1.0)
    assert found.probabilities[:2].tolist() == pytest.approx([0.5, 0.5], abs=1e-6)


@pytest.mark.parametrize(
    ("hit", "background", "forging"),
    [(0.1, 0.2, 0.5), (0.5, 0.0, 0.5), (1.1, 0.5, 0.5), (0.5, 0.1, -0.1), (0.5, 0.1, 1.1)],
)
def test_chances_that_are_none_are_refused(hit: float, background: float, forging: float) -> None:
    with pytest.raises(UsageError, match="0 < background <= hit <= 1"):
        Artefact("x", 0, hit, background, forging)


@pytest.mark.parametrize("prior", [-0.01, 1.0])
def test_a_prior_that_is_none_is_refused(prior: float) -> None:
    with pytest.raises(UsageError, match="prior of deception"):
        posture(scored(0.0, 0.0), (), prior)


@pytest.mark.parametrize("row", [-1, 1, 2])
def test_an_artefact_must_point_at_a_candidate(row: int) -> None:
    with pytest.raises(UsageError, match="no candidate"):
        posture(scored(0.0, 0.0), [Artefact("x", row, 0.5, 0.1, 0.5)])


def test_the_ease_of_forging_comes_from_the_table_unless_the_case_says_otherwise() -> None:
    assert artefact("rich header", 0, 0.5, 0.01).forging == 0.8
    assert artefact("habit", 0, 0.5, 0.01).forging == 0.15
    assert artefact("rich header", 0, 0.5, 0.01, forging=0.1).forging == 0.1
    with pytest.raises(KnowledgeError, match="'horoscope'"):
        artefact("horoscope", 0, 0.5, 0.01)


def test_the_tipping_point_is_where_the_lead_is_lost() -> None:
    found, traces = believed(0.1, 0.15, 0.75), [Artefact("file", 0, 0.6, 0.001, 0.9)]
    tips = tipping_point(found, traces)
    assert tips is not None
    assert posture(found, traces, tips - 1e-5).leader == 0
    assert posture(found, traces, tips).leader == 2
    assert 0.75 * saturating_ratio(0.6, 0.001, 0.9, tips) ** -1 == pytest.approx(0.1, abs=1e-4)


def test_who_is_pointed_at_by_nothing_forgeable_does_not_tip() -> None:
    assert tipping_point(believed(0.7, 0.2, 0.1), []) is None
    assert tipping_point(believed(0.7, 0.2, 0.1), [Artefact("seal", 0, 0.9, 0.1, 0.0)]) is None


def test_the_sweep_shows_the_lead_shrinking() -> None:
    found = sweep(believed(0.1, 0.15, 0.75), [Artefact("file", 0, 0.6, 0.001, 0.9)])
    leads = [case.probabilities[0] for case in found]
    assert leads == sorted(leads, reverse=True)
    assert (found[0].prior, leads[0] > 0.95, leads[-1] < 0.2) == (0.0, True, True)


def test_behaviour_decides_between_the_one_pointed_at_and_a_pose() -> None:
    traces = [Artefact(str(number), 0, 0.5, 0.005, 0.9) for number in range(3)]
    strange = conclude(believed(1e-5, 0.6, 0.2, 0.2 - 1e-5), traces)
    assert (strange.finding, strange.actor) == (Finding.DECEPTION, 0)
    assert strange.accused.posing[0].culprits.argmax() == 1
    fitting = conclude(believed(0.6, 0.1, 0.1, 0.2), traces)
    assert (fitting.finding, fitting.actor) == (Finding.NAMES, 0)
    torn = conclude(believed(0.12, 0.4, 0.2, 0.28), traces, levels=Levels(0.5, 0.5, 0.5))
    assert (torn.finding, torn.actor) == (Finding.DECLINES, -1)
    assert torn.probability == torn.named.probabilities[-1]


@QUICK
@given(cases(), st.floats(0.0, 0.5))
def test_both_claims_hold_under_the_prior_that_is_hardest_on_them(case: Case, prior: float) -> None:
    found = conclude(case[0], case[1], prior, case[2])
    if found.finding is Finding.NAMES:
        assert found.probability == found.named.probabilities[found.actor] >= 0.5
    if found.finding is Finding.DECEPTION:
        by_actor = {posed.actor: posed.probability for posed in found.accused.posing}
        assert by_actor[found.actor] == found.probability
    stubborn = conclude(case[0], case[1], prior, case[2], Levels(2.0, 2.0, 2.0))
    assert stubborn.finding is Finding.DECLINES


@QUICK
@given(cases(), st.floats(0.0, 0.5), st.floats(-40, 40))
def test_a_case_like_nobodys_is_no_evidence_against_the_actor_pointed_at(
    case: Case, prior: float, unlisted: float
) -> None:
    found, traces, suspicion = case
    strange = replace(found, prior=np.append(found.prior[:-1], unlisted))
    first = conclude(found, traces, prior, suspicion)
    second = conclude(strange, traces, prior, suspicion)
    assert first.accused.probabilities[-1] <= 1e-9 + sum(item.culprits[-1] for item in first.accused.posing)
    pointed_at = [item.probability for item in first.accused.posing]
    assert pointed_at == pytest.approx([item.probability for item in second.accused.posing], abs=1e-9)
    accuses = first.finding is Finding.DECEPTION
    assert accuses == (second.finding is Finding.DECEPTION) or min(
        abs(value - level)
        for value in pointed_at
        for level in (shipped_levels().planted, shipped_levels().staged)
    ) < 1e-9  # fmt: skip


def test_staged_facts_take_the_lead_from_whom_they_speak_for() -> None:
    culprits = np.array([0.01, 0.7, 0.2, 0.09])
    found = conclude(believed(0.8, 0.1, 0.05, 0.05), staged=[Staged(0, 9.0, culprits)])
    assert (found.finding, found.actor) == (Finding.DECEPTION, 0)
    assert found.named.leader == 1
    assert found.accused.posing[0].culprits[0] == 0.0


LAZARUS, APT3, APT10, SANDWORM = range(4)


def olympic_destroyer(proven: bool) -> list[Artefact]:
    """The malware evidence of February 2018, with chances of our own; the header was proven forged later."""
    return [
        artefact("file", LAZARUS, 0.4, 0.01),
        replace(artefact("rich header", LAZARUS, 0.5, 0.005), proven=proven),
        artefact("code", APT3, 0.3, 0.01),
        artefact("key generation", APT10, 0.3, 0.02),
        artefact("technique", SANDWORM, 0.6, 0.15),
    ]


SOMEBODY = scored(*[0.0] * 20, 4.3)
"""Twenty actors, whom the techniques do not tell apart, and `unlisted` as likely as all of them."""


@pytest.mark.parametrize("proven", [False, True])
def test_olympic_destroyer_is_flagged_and_nobody_is_named(proven: bool) -> None:
    found = conclude(SOMEBODY, olympic_destroyer(proven))
    assert found.named.flagged
    assert found.finding is not Finding.NAMES
    assert found.named.probabilities[:-1].max() < 0.55  # below ICD 203's "likely"
    assert found.named.posed_as is not None
    assert found.named.posed_as.actor == LAZARUS


def test_olympic_destroyer_once_the_header_is_known_to_be_forged() -> None:
    found = conclude(SOMEBODY, olympic_destroyer(proven=True))
    assert (found.finding, found.actor) == (Finding.DECEPTION, LAZARUS)
    assert found.named.probabilities[LAZARUS] < 0.5  # PHIA's "realistic possibility" ends there
    assert found.named.probabilities[LAZARUS] < found.named.probabilities[SANDWORM]


def test_believing_every_trace_would_have_named_somebody() -> None:
    naive: Deception = posture(SOMEBODY, olympic_destroyer(proven=False), prior=0.0)
    assert naive.leader == LAZARUS
    assert naive.probabilities[LAZARUS] > 0.9
    assert posture(SOMEBODY, olympic_destroyer(proven=False), PRIOR).probabilities[LAZARUS] < 0.3
