"""Sponsors: a mixture of claims, dissent kept, nothing shared out that nobody claims."""

from __future__ import annotations

import random as seeded
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK
from weigh.inference.sponsor import claim_shares, degrees_of_responsibility, sponsor_odds
from weigh.knowledge.catalogue import SponsorClaim
from weigh.scales import HEALEY

names = st.sampled_from(("Dorvany", "Quillane", "Tessmark", ""))
claims = st.lists(
    st.builds(
        SponsorClaim,
        names,
        st.sampled_from(("Oakline", "Brightwater Labs")),
        st.sampled_from(("", "10", "50", "100", "moderate", "-3", "1e9", "nan")),
    ),
    max_size=5,
)
fields = st.lists(st.tuples(st.floats(1e-6, 1.0), claims), max_size=6)


def _odds(field: list[tuple[float, list[SponsorClaim]]], unlisted: float) -> np.ndarray:
    masses = np.array([*(mass for mass, _ in field), unlisted])
    return np.asarray(masses / masses.sum())


def test_a_source_counts_with_its_own_confidence_and_dissent_stays() -> None:
    found = claim_shares(
        [
            SponsorClaim("Dorvany", "Oakline", "50"),
            SponsorClaim("Dorvany", "Brightwater Labs", "50"),
            SponsorClaim("Quillane", "Oakline", "10"),
        ]
    )
    assert found == {"Dorvany": pytest.approx(100 / 110), "Quillane": pytest.approx(10 / 110)}


@pytest.mark.parametrize("confidence", ["", "moderate", "0", "-5", "500", "nan", "inf"])
def test_a_source_without_a_usable_figure_counts_as_the_middle(confidence: str) -> None:
    found = claim_shares([SponsorClaim("A", "one", confidence), SponsorClaim("B", "two", "50")])
    assert found == {"A": 0.5, "B": 0.5}


def test_what_nobody_claims_and_who_is_not_listed_keep_their_lines() -> None:
    about = [[SponsorClaim("Dorvany", "Oakline")], [], [SponsorClaim("", "Oakline")]]
    found = sponsor_odds(np.array([0.4, 0.2, 0.1, 0.3]), about)
    assert found.named == {"Dorvany": pytest.approx(0.4)}
    assert found.unclaimed == pytest.approx(0.3)
    assert found.unlisted == 0.3


@QUICK
@given(fields, st.floats(1e-6, 1.0))
def test_all_lines_sum_to_one(field: list[tuple[float, list[SponsorClaim]]], unlisted: float) -> None:
    found = sponsor_odds(_odds(field, unlisted), [about for _, about in field])
    assert fsum([*found.named.values(), found.unclaimed, found.unlisted]) == pytest.approx(1.0)
    assert "" not in found.named


@QUICK
@given(claims, st.integers())
def test_the_order_of_claims_and_repeats_change_nothing(about: list[SponsorClaim], seed: int) -> None:
    unique = list({(claim.sponsor, claim.said_by): claim for claim in about}.values())
    shuffled = [*unique, *unique]
    seeded.Random(seed).shuffle(shuffled)
    assert claim_shares(shuffled) == claim_shares(unique)


@QUICK
@given(fields, st.floats(1e-6, 1.0))
def test_two_sponsors_that_change_names_change_places(
    field: list[tuple[float, list[SponsorClaim]]], unlisted: float
) -> None:
    swap = {"Dorvany": "Quillane", "Quillane": "Dorvany"}
    renamed = [
        [SponsorClaim(swap.get(c.sponsor, c.sponsor), c.said_by, c.confidence) for c in about]
        for _, about in field
    ]
    odds = _odds(field, unlisted)
    first, second = sponsor_odds(odds, [about for _, about in field]), sponsor_odds(odds, renamed)
    assert {swap.get(name, name): pytest.approx(value) for name, value in first.named.items()} == second.named
    assert first.unclaimed == second.unclaimed


def test_claims_and_probabilities_must_fit() -> None:
    with pytest.raises(ValueError, match="zip"):
        sponsor_odds(np.array([0.5, 0.5]), [])


def test_the_degrees_are_healeys_ten_and_equally_probable() -> None:
    found = degrees_of_responsibility()
    assert [degree for degree, _ in found] == list(HEALEY)
    assert {probability for _, probability in found} == {0.1}
