"""Names: folded, shared, and never merged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weigh.knowledge.catalogue import Actor, Alias, Catalogue
from weigh.knowledge.naming import name_key, name_table, names, resolve, search

HERON = Actor(
    "G0001",
    "Slate Heron",
    (Alias("TIDE-9", "ATT&CK"), Alias("TIDE-9", "Oakline"), Alias("Grey Wader", "Fenn")),
)
LANTERN = Actor("G0002", "Copper Lantern", (Alias("tide 9", "Brightwater"),))
OTTER = Actor("misp:6c1f", "Paper Otter", (Alias("Grey_Wader", "MISP galaxy"),))


def catalogue(*actors: Actor) -> Catalogue:
    """A catalogue of actors alone."""
    return Catalogue(actors, (), (), (), ())


ALL = catalogue(HERON, LANTERN, OTTER)


@pytest.mark.parametrize(
    "name", ["APT-28", "apt 28", "APT28", " Apt_28 ", "ＡＰＴ２８", "a.p.t.28", "APT\u00a028", "apt\n28"]
)
def test_one_key_for_every_way_to_write_a_name(name: str) -> None:
    assert name_key(name) == "apt28"


@given(st.text(max_size=20))
def test_case_width_and_separators_do_not_matter(name: str) -> None:
    assert name_key(f" {name}-") == name_key(name)
    assert not any(separator in name_key(name) for separator in " -_.")


def test_names_that_differ_in_a_letter_stay_apart() -> None:
    assert name_key("Lazarus") != name_key("Lazarvs")
    assert name_key("APT1") != name_key("APT10")


@pytest.mark.parametrize(
    ("name", "bearers"),
    [
        ("slate heron", [("G0001", "Slate Heron", "ATT&CK")]),
        ("TIDE9", [("G0001", "TIDE-9", "ATT&CK, Oakline"), ("G0002", "tide 9", "Brightwater")]),
        ("grey wader", [("G0001", "Grey Wader", "Fenn"), ("misp:6c1f", "Grey_Wader", "MISP galaxy")]),
        ("g0002", [("G0002", "G0002", "ATT&CK")]),
        ("MISP:6C1F", [("misp:6c1f", "misp:6c1f", "MISP galaxy")]),
        ("heron", []),
        ("", []),
        (" -._ ", []),
    ],
)
def test_a_name_leads_to_all_who_bear_it_and_to_who_says_so(
    name: str, bearers: list[tuple[str, str, str]]
) -> None:
    assert [(match.actor.id, match.name, match.said_by) for match in resolve(name, ALL)] == bearers


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("er", ["G0001", "G0002", "misp:6c1f"]),
        ("tide", ["G0001", "G0002"]),
        ("otter", ["misp:6c1f"]),
        ("zzz", []),
        ("", []),
        (" - ", []),
    ],
)
def test_search_finds_each_actor_once(words: str, ids: list[str]) -> None:
    assert [match.actor.id for match in search(words, ALL)] == ids


def test_a_name_of_nothing_but_separators_names_nobody() -> None:
    assert resolve("--", catalogue(Actor("G0001", "-"), Actor("G0002", " . "))) == ()


def test_names_begin_with_the_headline() -> None:
    assert names(HERON)[0] == ("Slate Heron", "ATT&CK")
    assert names(OTTER)[0] == ("Paper Otter", "MISP galaxy")


words = st.text(alphabet="ab-1 é", min_size=1, max_size=4)
actors = st.lists(st.tuples(words, st.lists(st.tuples(words, words), max_size=3)), max_size=5)


@settings(max_examples=40, deadline=None)
@given(actors)
def test_every_name_of_every_actor_resolves_to_it(drawn: list[tuple[str, list[tuple[str, str]]]]) -> None:
    known = catalogue(
        *(
            Actor(f"G{number:04d}", name, tuple(Alias(*alias) for alias in aliases))
            for number, (name, aliases) in enumerate(drawn)
        )
    )
    for actor in known.actors:
        for name, said_by in names(actor):
            if len(name_key(name)) == 0:
                continue
            (match,) = (match for match in resolve(name, known) if match.actor.id == actor.id)
            assert said_by in match.said_by.split(", ")
    for key, bearers in name_table(known).items():
        assert len({match.actor.id for match in bearers}) == len(bearers)
        assert all(name_key(match.name) == key for match in bearers)
