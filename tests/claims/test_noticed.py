"""What rules see in the parts of a sentence, and in all of them together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader
from weigh.claims.learned.scenes import Scene
from weigh.claims.noticed import Noticed, together
from weigh.records import Degree, Party, Span

parties = st.lists(st.sampled_from((Party("EE", "Estonia"), Party("NO", "Norway"))), max_size=2).map(tuple)
spans = st.integers(0, 9).map(lambda at: Span(at, at + 1))
parts = st.lists(
    st.builds(
        Noticed,
        st.frozensets(st.sampled_from(["pattern deny", "cue 1", "culprit by"])),
        st.lists(st.tuples(parties, st.sampled_from(Degree)), max_size=2).map(tuple),
        st.none() | spans,
    ),
    max_size=4,
)


def seen(text: str) -> Scene:
    """The first sentence of a text as it is seen with what rules noticed in it."""
    return fitted_reader().story(document(text, "Canada")).scenes[0]


@given(parts, parts)
def test_parts_may_be_taken_together_in_steps(left: list[Noticed], right: list[Noticed]) -> None:
    whole = together([*left, *right])
    assert whole == together([together(left), together(right)])
    assert whole.signs == frozenset().union(*(part.signs for part in (*left, *right)))
    assert list(whole.culprits) == [one for part in (*left, *right) for one in part.culprits]
    deeds = [part.deed for part in (*left, *right) if part.deed is not None]
    assert whole.deed == (deeds[0] if len(deeds) > 0 else None)


@given(parts.filter(lambda found: len(found) > 0))
def test_one_part_is_itself(found: list[Noticed]) -> None:
    assert together(found[:1]) == found[0]
    assert together([]) == Noticed(frozenset(), (), None)


@pytest.mark.parametrize(
    ("text", "held", "missing"),
    [
        ("Estonia accuses Norway of hacking its ministry.", {"pattern accuse"}, {"pattern deny"}),
        ("Norway denied any role in the cyberattack.", {"pattern deny"}, {"pattern accuse"}),
        ("Hackers backed by Iran hacked it.", {"culprit backed", "pattern attribute"}, {"culprit unsaid"}),
        ("The jury charged Orlo Brandt.", {"cue accuse"}, {"pattern deny"}),
        ("美国指责伊朗实施网络攻击。", {"pattern accuse"}, {"pattern deny"}),
    ],
)
def test_patterns_cues_and_culprits_are_noticed(text: str, held: set[str], missing: set[str]) -> None:
    signs = seen(text).signs
    assert held - signs == set()
    assert missing & signs == set()


@pytest.mark.parametrize("text", ["The lake was calm.", "Estonia slept.", "今天天气很好，船都回家了。", "…"])
def test_where_nothing_is_said_nothing_is_noticed(text: str) -> None:
    scene = seen(text)
    assert (scene.signs, scene.culprits, scene.deed) == (frozenset(), (), None)


def test_a_phrase_for_a_culprit_is_noticed_with_its_degree_and_a_deed_with_its_words() -> None:
    ((whom, degree),) = seen("Hackers backed by Iran hacked the ministry.").culprits
    assert ([party.key for party in whom], degree) == (["IR"], Degree.BACKED)
    text = "Estonia accuses Norway of hacking its ministry."
    deed = seen(text).deed
    assert deed is not None
    assert "hacking" in deed.of(text)
