"""Refits on reweighed reports: what an interval is held against, and what of them it holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.inference.generators import random_relations
from weigh.bench import refits
from weigh.bench.refits import held, rows
from weigh.inference.features import Facts, facts
from weigh.inference.fit import Case, cases, lessons
from weigh.inference.intervals import Interval, interval
from weigh.inference.model import Weights
from weigh.inference.profiles import Profiles, profiles
from weigh.inference.resampling import report_mass
from weigh.knowledge.relations import Relations

FEW = 6


@pytest.fixture(scope="module")
def known() -> Relations:
    """Some hundred dated reports of two dozen actors with habits of their own."""
    return random_relations(12, actors=24, features=40, reports=160)


def test_every_case_of_the_year_is_answered_by_earlier_years(known: Relations) -> None:
    found = list(held(known, 2020, FEW))
    assert len(found) == sum(case.year == 2020 for case in lessons(known))
    for item in found:
        assert 0.0 <= item.share <= 1.0
        assert 0.0 < item.width <= 1.0
        assert 0.0 < item.width_of_refits <= 1.0


def test_intervals_hold_most_refits_and_are_about_as_wide(known: Relations) -> None:
    row, *few = rows(known, "generated", (2020, 2021), 20)
    thin = [case for case in lessons(known) if case.year in (2020, 2021) and len(case.facts.index) < 4]
    assert [item.n for item in few] == ([len(thin)] if len(thin) > 0 else [])
    assert row.value > 0.7
    assert row.low is not None
    assert row.high is not None
    assert row.low <= row.value <= row.high
    assert row.peers["promised"] == pytest.approx(0.9)
    ratio = row.peers["mean width of the interval"] / row.peers["mean width of the refits"]
    assert 0.7 < ratio < 2.0


def test_intervals_without_width_would_be_found_out(
    known: Relations, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = [item.share for item in held(known, 2020, FEW)]

    def narrow(case: Facts, prepared: Profiles, weights: Weights) -> Interval:
        found = interval(case, prepared, weights)
        middle = (found.low + found.high) / 2.0
        return Interval(middle - 1e-6, middle + 1e-6)

    monkeypatch.setattr(refits, "interval", narrow)
    assert np.mean([item.share for item in held(known, 2020, FEW)]) < 0.2 < np.mean(honest)


def test_shares_and_widths_are_those_of_the_draws() -> None:
    bounds = Interval(np.array([0.0, 0.15]), np.array([1.0, 0.65]))
    drawn = np.linspace(0.0, 1.0, 11)
    found = refits._held(drawn, bounds, 1, Case(7, 0, 2020, facts({3: 1.0, 5: 0.5}, 2020)))
    assert (found.cluster, found.facts) == (7, 2)
    assert found.share == pytest.approx(5 / 11)
    assert found.width == pytest.approx(0.5)
    assert found.width_of_refits == pytest.approx(0.9)


def test_a_case_counts_as_its_report_does_in_later_profiles(known: Relations) -> None:
    own = [case for case in cases(known) if case.year == 2015]
    counted = refits._counted(known, own, FEW)
    later = profiles(known.known_before(2018))
    mass = report_mass(later.report_key ^ refits._OTHER, FEW)
    shares = []
    for place, case in enumerate(own):
        (row,) = np.flatnonzero(later.report_index == case.report)
        shares.append(mass[row] / counted[place])
    assert np.allclose(shares, shares[0])


def test_nothing_to_refit_gives_no_row(known: Relations) -> None:
    undated = replace(known, years=np.zeros_like(known.years))
    assert list(rows(undated, "generated")) == []
    assert list(rows(known, "generated", years=(2040,))) == []
