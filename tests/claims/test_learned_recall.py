"""What is remembered of the sentences before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader
from weigh.claims.learned.recall import KEPT, NAMED, Recall, Said, roots
from weigh.claims.learned.scenes import Story
from weigh.records import Party, Stance

EE, NO, FI = Party("EE", "Estonia"), Party("NO", "Norway"), Party("FI", "Finland")
OFFICE = Party("EE/office", "the office")
parties = st.lists(st.sampled_from((EE, NO, FI, OFFICE, Party("Quillon", "Quillon"))), max_size=2).map(tuple)
saids = st.builds(Said, st.sampled_from(Stance), parties, parties)
PLAIN = "The lake was calm."


def story(text: str = PLAIN) -> Story:
    """A text as the fitted reader sees it."""
    return fitted_reader().story(document(text))


def noted(*told: list[Said]) -> Recall:
    """The memory after sentences that name nobody and in which this is said."""
    plain, recall = story(), Recall()
    for said in told:
        recall.note(plain, plain.scenes[0], said)
    return recall


def after(text: str) -> Recall:
    """The memory after a text in which nothing is said."""
    told, recall = story(text), Recall()
    for scene in told.scenes:
        recall.note(told, scene, ())
    return recall


def named(recall: Recall, sort: str) -> list[str]:
    """The keys of the parties of a sort that are remembered as named."""
    return [party.key for party in recall.named.get(sort, ())]


@pytest.mark.parametrize(
    ("group", "expected"),
    [((), set()), ((EE,), {"ee"}), ((EE, OFFICE), {"ee"}), ((NO, Party("Quillon", "")), {"no", "quillon"})],
)
def test_roots_are_states_or_names_in_small_letters(group: tuple[Party, ...], expected: set[str]) -> None:
    assert roots(group) == expected


def test_who_spoke_and_was_accused_is_remembered_the_latest_last() -> None:
    recall = noted([Said(Stance.ACCUSE, (EE,), (NO,))], [Said(Stance.ATTRIBUTE, (FI,), (NO, EE))])
    assert recall.speaking == [(EE,), (FI,)]
    assert recall.accused == [(NO,), (NO, EE)]
    assert recall.latest == (Said(Stance.ATTRIBUTE, (FI,), (NO, EE)),)


def test_a_group_that_comes_again_is_brought_last() -> None:
    recall = noted(
        [Said(Stance.ACCUSE, (EE,), ())],
        [Said(Stance.ACCUSE, (NO,), ())],
        [Said(Stance.ACCUSE, (OFFICE,), ())],
    )
    assert recall.speaking == [(NO,), (OFFICE,)]


@pytest.mark.parametrize("stance", Stance)
def test_only_some_stances_accuse_and_one_denies(stance: Stance) -> None:
    recall = noted([Said(stance, (EE,), (NO,))])
    aims = stance in (Stance.URGE, Stance.THREATEN)
    assert recall.accused == ([] if aims else [(NO,)])
    assert recall.ever_accused == (set() if aims else {"no"})
    assert recall.denied == ({"no"} if stance is Stance.DENY else set())
    assert recall.ever_spoke == {"ee"}


@given(st.lists(st.lists(saids, max_size=2), max_size=12))
def test_memory_is_bounded_and_holds_each_group_once(told: list[list[Said]]) -> None:
    recall = noted(*told)
    for groups, ever in ((recall.speaking, recall.ever_spoke), (recall.accused, recall.ever_accused)):
        assert len(groups) <= KEPT
        assert len({roots(group) for group in groups}) == len(groups)
        assert all(len(group) > 0 and roots(group) <= ever for group in groups)
    said = [one for sentence in told for one in sentence]
    assert recall.ever_spoke == {root for one in said for root in roots(one.speakers)}
    assert recall.denied <= recall.ever_accused
    assert recall.latest == (tuple(told[-1]) if len(told) > 0 else ())


@given(st.lists(saids, min_size=1, max_size=6))
def test_the_last_who_spoke_is_last(told: list[Said]) -> None:
    named = [one.speakers for one in told if len(one.speakers) > 0]
    recall = noted(*[[one] for one in told])
    assert recall.speaking[-1:] == named[-1:]


def test_many_groups_leave_the_latest() -> None:
    groups = [(Party(f"Quillon {number}", ""),) for number in range(9)]
    recall = noted(*[[Said(Stance.ACCUSE, group, ())] for group in groups])
    assert recall.speaking == groups[-KEPT:]
    assert len(recall.ever_spoke) == 9


def test_two_memories_share_nothing() -> None:
    noted([Said(Stance.DENY, (EE,), (NO,))])
    assert Recall() == Recall([], [], (), set(), set(), set(), {}, None, None, 0)


@pytest.mark.parametrize(
    ("text", "states", "first", "last", "since"),
    [
        (PLAIN, [], None, None, 1),
        ("Estonia met Norway.", ["EE", "NO"], "EE", "NO", 0),
        ("Estonia met Norway. They ate.", ["EE", "NO"], "EE", "NO", 1),
        ("Estonia met Norway. They ate. They left.", ["EE", "NO"], "EE", "NO", 2),
        ("Estonia met Norway. Finland left.", ["EE", "NO", "FI"], "FI", "FI", 0),
        ("Estonia met Norway. Estonia left.", ["NO", "EE"], "EE", "EE", 0),
        ("Estonian boats met Norway.", ["EE", "NO"], "EE", "NO", 0),
    ],
)
def test_who_was_named_last_is_remembered(
    text: str, states: list[str], first: str | None, last: str | None, since: int
) -> None:
    recall = after(text)
    assert {sort: named(recall, sort) for sort in recall.named} == ({} if states == [] else {"state": states})
    ends = [None if seen is None else seen.mention.party.key for seen in (recall.first, recall.last)]
    assert ends == [first, last]
    assert recall.since == since


@pytest.mark.parametrize(
    ("text", "sort", "keys"),
    [
        ("APT28 came. Then APT29 came. Estonia left.", "actor", ["G0007", "G0016"]),
        ("APT28 came. Then APT29 came. APT28 left.", "actor", ["G0016", "G0007"]),
        ("Then NATO met the Norwegian boats.", "state", ["NATO", "NO"]),
        ("Then the FBI met CISA and the NSA.", "body", ["US/NSA"]),
        ("Then the FBI met the GRU and the MSS.", "body", ["RU/GRU", "CN/MSS"]),
        ("They told Orlo Brandt and Reuters.", "name", ["Orlo Brandt", "Reuters"]),
    ],
)
def test_the_last_parties_of_each_sort_are_remembered(text: str, sort: str, keys: list[str]) -> None:
    assert named(after(text), sort) == keys


@given(
    st.lists(
        st.sampled_from(["Estonia", "Norway", "Peru", "Chile", "Kenya", "APT28", "APT29", "NATO", "AFP"])
    )
)
def test_each_sort_holds_the_latest_once_and_no_more_than_its_number(words: list[str]) -> None:
    recall = after(" ".join(f"Then {word} came." for word in words))
    for sort, parties in recall.named.items():
        assert 0 < len(parties) <= NAMED[sort]
        assert len(roots(parties)) == len(parties)
    if len(words) > 0:
        assert recall.last is not None
        assert recall.last.mention.party in [parties[-1] for parties in recall.named.values()]


def test_the_one_actor_of_the_latest_heading_is_remembered() -> None:
    told = after("About APT28\n\nThe group hacked the parliament of Norway. It met APT29 there.\n")
    assert told.heading is not None
    assert told.heading.key == "G0007"


@pytest.mark.parametrize("heading", ["About APT28 and APT29", "About the weather", "About Norway"])
def test_a_heading_of_several_actors_or_none_names_nobody(heading: str) -> None:
    assert after(f"{heading}\n\nThe group hacked the parliament of Norway. It left.\n").heading is None
