"""Parties as annotators and readers write them are the same where they mean the same."""

from __future__ import annotations

import pytest

from tests.claims.reader import ACTORS, reader
from weigh.bench.claim_names import canonical
from weigh.knowledge.catalogue import Actor, Alias, Catalogue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("APT28", "G0007"),
        ("the APT28", "g0007"),
        ("Grey Heron", "Grey Heron gang"),
        ("grey heron ransomware", "Grey Heron operators"),
        ("RU/GRU", "RU"),
    ],
)
def test_two_names_mean_the_same(one: str, other: str) -> None:
    same = canonical(Catalogue((*ACTORS,), (), (), (), ()), reader())
    assert same.roots([one]) == same.roots([other])


@pytest.mark.parametrize(
    ("one", "other"), [("APT28", "APT29"), ("RU", "UA"), ("Grey Heron", "Grey Fox gang")]
)
def test_two_names_mean_two(one: str, other: str) -> None:
    same = canonical(Catalogue((*ACTORS,), (), (), (), ()), reader())
    assert same.roots([one]) != same.roots([other])


def test_a_name_is_whose_that_its_own_list_calls_so() -> None:
    both = (
        Actor("G1", "Alder", (Alias("Birch", "MISP galaxy"),)),
        Actor("G2", "Cedar", (Alias("Birch", "ATT&CK"),)),
    )
    assert canonical(Catalogue(both, (), (), (), ()), reader()).roots(["Birch"]) == {"g2"}
