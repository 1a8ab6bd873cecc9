"""Who may speak and who may be accused: groups, each once, each with what tells of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader
from tests.claims.test_neutrality import CODES, SOURCES, TEMPLATES, _filled
from weigh.claims.learned.candidates import Candidate, candidates, with_stance
from weigh.claims.learned.recall import Recall, Said
from weigh.records import Party, Stance

EE, NO, FI = Party("EE", "Estonia"), Party("NO", "Norway"), Party("FI", "Finland")


def found(
    text: str, source: str = "", number: int = 0, recall: Recall | None = None
) -> dict[frozenset[str], Candidate]:
    """The candidates of one sentence, by whom they stand for."""
    told = fitted_reader().story(document(text, source))
    return {one.roots: one for one in candidates(told, number, recall or Recall())}


def of(*roots: str) -> frozenset[str]:
    """Whom a group stands for."""
    return frozenset(roots)


@pytest.mark.parametrize(
    ("text", "source", "kinds"),
    [
        ("The lake was calm.", "", {of(): {"voice", "nobody"}}),
        ("The lake was calm.", "Estonia", {of("ee"): {"voice", "home"}, of(): {"nobody"}}),
        ("Estonia slept.", "Estonia", {of("ee"): {"voice", "party", "home"}, of(): {"nobody"}}),
        ("Estonia slept.", "Norway", {of("ee"): {"party", "foremost state 0"}, of("no"): {"voice", "home"}}),
        ("Estonia and Norway slept.", "", {of("ee", "no"): {"row"}, of("no"): {"party", "foremost state 1"}}),
        ("Estonia saw APT28.", "", {of("g0007"): {"party", "foremost actor 0"}}),
        (
            "The wanted were Orlo Brandt and Vera Quill.",
            "Reuters",
            {of("orlo brandt", "vera quill"): {"row", "persons", "charged"}, of("vera quill"): {"party"}},
        ),
        ("They saw Orlo Brandt.", "", {of("orlo brandt"): {"party", "foremost other 0"}}),
        ("Estonia saw Norway.", "", {of("ee", "no"): set()}),
    ],
)
def test_groups_come_up_in_ways(text: str, source: str, kinds: dict[frozenset[str], set[str]]) -> None:
    told = found(text, source)
    assert {same: told[same].kinds & (kinds[same] or {"row"}) for same in kinds} == kinds


@pytest.mark.parametrize(
    ("text", "group", "held"),
    [
        (
            "Estonia saw Norway.",
            of("ee"),
            {"next before ^", "next after saw", "order 0", "is state", "a state"},
        ),
        (
            "Estonia saw Norway.",
            of("no"),
            {"next before saw", "next after $", "order last", "near before saw"},
        ),
        ("Estonia saw Norway.", of("ee", "no"), {"pair", "gap saw", "gap is saw", "pair is state is state"}),
        ("Estonia slept.", of("ee"), {"only party", "unquoted", "no rule", "all here", "size 1"}),
        ("He slept.", of(), {"role he as nobody", "role opens he as voice", "size 0"}),
        ("Estonia accuses Norway of hacking it.", of("ee"), {"rule speaker", "rule partly speaker"}),
        ("Estonia accuses Norway of hacking it.", of("no"), {"rule accused", "rule partly accused"}),
    ],
)
def test_words_around_tell_of_a_group(text: str, group: frozenset[str], held: set[str]) -> None:
    assert held - found(text)[group].features == set()


@pytest.mark.parametrize(
    ("before", "group", "kinds"),
    [
        ("APT28 met APT29.", of("g0016"), {"last actor 0", "last before"}),
        ("APT28 met APT29.", of("g0007"), {"last actor 1", "first before"}),
        ("Estonia met Norway and Finland.", of("no"), {"last state 1"}),
        ("They met Orlo Brandt.", of("orlo brandt"), {"last name 0", "first before", "last before"}),
        ("Then the GRU slept.", of("ru"), {"last body 0"}),
    ],
)
def test_who_was_named_before_may_be_meant(before: str, group: frozenset[str], kinds: set[str]) -> None:
    told, recall = fitted_reader().story(document(f"{before} He slept.")), Recall()
    recall.note(told, told.scenes[0], ())
    (one,) = (one for one in candidates(told, 1, recall) if one.roots == group)
    assert kinds - one.kinds == set()
    assert {f"kind {kind}" for kind in one.kinds} <= one.features


def test_those_who_spoke_or_were_accused_may_again() -> None:
    recall = Recall()
    told = fitted_reader().story(document("The lake was calm."))
    recall.note(told, told.scenes[0], [Said(Stance.ACCUSE, (EE,), (NO, FI))])
    again = found("He slept.", recall=recall)
    assert again[of("ee")].kinds == {"spoke 0"}
    assert {"after accuse", "was speaking"} <= again[of("ee")].features
    assert again[of("no", "fi")].kinds == {"accused 0"}
    assert {"several", "was accused"} <= again[of("no", "fi")].features


def test_stances_are_told_with_features_but_for_those_apart() -> None:
    told = list(with_stance({"is state", "near before saw", "gap saw", "beside x", "role he"}, "deny"))
    assert sorted(told) == ["beside x", "deny~is state", "gap saw", "is state", "near before saw", "role he"]


@given(
    template=st.sampled_from(TEMPLATES),
    source=st.sampled_from(SOURCES),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
)
def test_exchanging_two_states_exchanges_their_features(template: str, source: str, pair: list[str]) -> None:
    a, b = pair
    swap = {a.casefold(): b.casefold(), b.casefold(): a.casefold()}
    before = found(_filled(template, a, b), _filled(source, a, b))
    after = found(_filled(template, b, a), _filled(source, b, a))
    renamed = {frozenset(swap.get(root, root) for root in same): one for same, one in before.items()}
    assert list(renamed) == list(after)
    for same, one in renamed.items():
        assert one.features == after[same].features
        assert (one.kinds, one.is_pair) == (after[same].kinds, after[same].is_pair)


@given(
    st.lists(st.sampled_from(["Estonia", "Norway", "Finland", "APT28", "and", "saw", "he", ","]), max_size=14)
)
def test_every_group_comes_once_and_somebody_may_be_nobody(words: list[str]) -> None:
    told = fitted_reader().story(document(" ".join(["Then", *words, "left."]), "Reuters"))
    for number in range(len(told.scenes)):
        groups = candidates(told, number, Recall())
        single = [one.roots for one in groups if not one.is_pair]
        assert len(set(single)) == len(single)
        assert of() in single
        assert of("reuters") in single
        assert not {one.roots for one in groups if one.is_pair} & set(single)
        for one in groups:
            assert f"size {min(len(one.roots), 4)}" in one.features
