"""What tells of a sentence before anybody is taken to speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader
from tests.claims.test_neutrality import CODES, SOURCES, TEMPLATES, _filled
from weigh.claims.learned.recall import Recall, Said
from weigh.claims.learned.wording import BLAME, BLAMING, group_of, sentence_features, speaker_features
from weigh.records import Party, Stance

EE, NO = Party("EE", "Estonia"), Party("NO", "Norway")


def features(text: str, source: str = "", number: int = 0, recall: Recall | None = None) -> list[str]:
    """The features of one sentence of a text."""
    told = fitted_reader().story(document(text, source))
    return sentence_features(told, number, recall or Recall())


@pytest.mark.parametrize("stance", Stance)
def test_three_stances_blame_and_others_are_themselves(stance: Stance) -> None:
    assert group_of(stance) == (BLAME if stance in BLAMING else stance.value)


@pytest.mark.parametrize(
    ("text", "source", "held", "missing"),
    [
        ("The lake was calm.", "", {"lake", "lake was", "has no party", "voice of nobody"}, {"the lake was"}),
        ("Estonia met Norway.", "", {"has <state>", "has several <state>", "<state> met"}, {"estonia"}),
        ("Estonia slept.", "Norway", {"has <state>", "voice of state"}, {"has several <state>"}),
        ("Did Estonia sleep?", "", {"asks", "first sentence", "language en"}, {"tells a deed"}),
        ('Then "calm" was all.', "Reuters", {"has quotation"}, {"voice of nobody", "voice of state"}),
        ("Estonia accuses Norway of hacking it.", "", {"rule accuse", "rules read it"}, {"rules read none"}),
        ("The lake was calm.", "", {"rules read none", "rules read 0 of 4"}, {"rules read it"}),
        ("今天天气很好，船都回家了。", "", {"language zh", "天 气 很 好"}, {"language en"}),
    ],
)
def test_a_sentence_tells(text: str, source: str, held: set[str], missing: set[str]) -> None:
    told = set(features(text, source))
    assert held - told == set()
    assert missing & told == set()


def test_the_next_sentence_tells_too() -> None:
    text = "The lake was calm. Estonia accuses Norway of hacking it."
    assert "rules read the next" in features(text)
    assert "rules read the next" not in features(text, number=1)
    assert "first sentence" not in features(text, number=1)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([], {"before nothing"}),
        ([Stance.ACCUSE, Stance.ATTRIBUTE], {"before blame"}),
        ([Stance.DENY, Stance.ACCUSE], {"before deny", "before blame"}),
    ],
)
def test_what_was_said_before_tells(stances: list[Stance], expected: set[str]) -> None:
    recall = Recall(latest=tuple(Said(stance, (), ()) for stance in stances))
    told = features("The lake was calm.", recall=recall)
    assert {one for one in told if one.startswith("before ")} == expected


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        ((), {"speaks nobody"}),
        ((EE,), {"speaks state", "speaks voice", "speaks denied"}),
        ((NO,), {"speaks state", "speaks accused"}),
        ((EE, NO), {"speaks state", "speaks together", "speaks accused", "speaks denied"}),
        (
            (Party("EE/office", "the office"),),
            {"speaks state", "speaks body", "speaks voice", "speaks denied"},
        ),
        ((Party("Quillon", "Quillon"),), set()),
        ((Party("Quillon", "Quillon Security"),), {"speaks finder"}),
    ],
)
def test_who_speaks_tells(speakers: tuple[Party, ...], expected: set[str]) -> None:
    (scene,) = fitted_reader().story(document("The lake was calm.", "Estonia")).scenes
    recall = Recall(ever_accused={"no"}, denied={"ee"})
    assert set(speaker_features(scene, speakers, recall)) == expected


@given(
    template=st.sampled_from(TEMPLATES),
    source=st.sampled_from(SOURCES),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
)
def test_exchanging_two_states_changes_no_feature(template: str, source: str, pair: list[str]) -> None:
    a, b = pair
    before = fitted_reader().story(document(_filled(template, a, b), _filled(source, a, b)))
    after = fitted_reader().story(document(_filled(template, b, a), _filled(source, b, a)))
    assert len(before.scenes) == len(after.scenes) > 0
    for number in range(len(before.scenes)):
        told = [sentence_features(one, number, Recall()) for one in (before, after)]
        assert sorted(told[0]) == sorted(told[1])
