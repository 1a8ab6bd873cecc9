"""What the fitted reader sees of a text: every party one mark, its sentences, its rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader, reader
from tests.claims.test_neutrality import CODES, SOURCES, TEMPLATES, _filled
from tests.claims.test_reading import PIECES
from weigh.claims.learned.scenes import LONGEST, Scene, Story, persons_of
from weigh.records import Stance


def story(text: str, source: str = "") -> Story:
    """A text as the fitted reader sees it."""
    return fitted_reader().story(document(text, source))


def only(text: str, source: str = "") -> Scene:
    """The only sentence of a text."""
    (scene,) = story(text, source).scenes
    return scene


def keys(scene: Scene) -> list[str]:
    """Who is named in a sentence, in order."""
    return [seen.mention.party.key for seen in scene.seen]


@pytest.mark.parametrize(
    ("text", "words", "named"),
    [
        ("Estonia met Norway.", "<state> met <state>", ["EE", "NO"]),
        ("Estonian boats came.", "<adjective> boats came", ["EE"]),
        ("They saw APT28 in 2021.", "they saw <actor> in 0", ["G0007"]),
        ("They met Orlo Brandt.", "they met <name>", ["Orlo Brandt"]),
        ("The boat, he said, sank!", "the boat , he said , sank !", []),
        ("美国的船来了。", "<state> 的 船 来 了", ["US"]),
    ],
)
def test_a_party_is_one_word(text: str, words: str, named: list[str]) -> None:
    scene = only(text)
    assert " ".join(scene.words) == words
    assert keys(scene) == named


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Estonia said "Norway did it" to Finland.', [False, True, False]),
        ("Estonia said “Norway did it” to Finland.", [False, True, False]),
        ("Estonia met Norway.", [False, False]),
    ],
)
def test_who_is_named_within_quotation_marks(text: str, quoted: list[bool]) -> None:
    assert [seen.quoted for seen in only(text).seen] == quoted


def test_what_rules_read_is_seen_in_its_sentence() -> None:
    told = story("The lake was calm. Estonia accuses Norway of hacking its ministry.", "Reuters")
    assert [[claim.stance for claim in scene.rules] for scene in told.scenes] == [[], [Stance.ACCUSE]]
    assert told.rule_share == 0.5
    assert told.scenes[0].signs == frozenset()
    assert "pattern accuse" in told.scenes[1].signs
    assert told.scenes[1].deed is not None


def test_a_text_without_sentences_has_no_scenes() -> None:
    told = story("")
    assert (told.scenes, told.rule_share, dict(told.named), told.foremost) == ((), 0.0, {}, ())


def test_parties_are_ranked_by_how_often_they_are_named() -> None:
    told = story("Estonia met Norway. Norway left. APT28 came. Finland slept. Finland woke.", "Estonia")
    assert list(told.named) == ["NO", "FI", "EE", "G0007"]
    assert told.ranks == {"NO": (0, 9, 0), "FI": (1, 9, 1), "G0007": (2, 0, 9)}
    ways = [(kind, party.key) for kind, party in told.foremost]
    assert ways == [("foremost state 0", "NO"), ("foremost state 1", "FI"), ("foremost actor 0", "G0007")]


def test_three_actors_four_states_and_two_others_are_foremost() -> None:
    told = story(
        "APT28, APT29, APT40 and Orlo Brandt met NATO, Reuters, Peru, Chile, Kenya, Japan and Spain."
    )
    ways = {kind: party.key for kind, party in told.foremost}
    assert [ways.get(f"foremost actor {rank}", "") for rank in range(4)] == ["G0007", "G0016", "G0065", ""]
    assert [ways.get(f"foremost state {rank}", "") for rank in range(5)] == ["PE", "CL", "KE", "JP", ""]
    assert [ways.get(f"foremost other {rank}", "") for rank in range(3)] == ["Orlo Brandt", "NATO", ""]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("They met Orlo Brandt and Vera Quill.", ["Orlo Brandt", "Vera Quill"]),
        ("They met Orlo Brandt, and Vera Quill saw Orlo Brandt.", ["Orlo Brandt", "Vera Quill"]),
        ("They met Minister Orlo Brandt and Vera Quill.", ["Vera Quill"]),
        ("They met Orlo Brandt, a researcher at Quillon Labs.", []),
        ("They met Estonia's envoy Orlo Brandt and Vera Quill.", ["Vera Quill"]),
        ("They met Norway, NATO, APT28, Reuters and Quillon.", []),
        ("发言人王小明表示不知道。", ["王小明"]),
        ("", []),
    ],
)
def test_persons_neither_speak_for_anybody_nor_hold_an_office(text: str, persons: list[str]) -> None:
    told = story(text)
    assert [party.key for scene in told.scenes for party in persons_of(told, scene)] == persons


@pytest.mark.parametrize(
    ("text", "charged"),
    [
        ("They met Orlo Brandt. The wanted were Vera Quill and Mila Osten.", ["Vera Quill", "Mila Osten"]),
        ("The wanted was Vera Quill. Mila Osten left. Those wanted met Vera Quill.", ["Vera Quill"]),
        ("The wanted met Minister Orlo Brandt.", []),
        ("The unwanted met Orlo Brandt.", []),
        ("今天，嫌疑人“王小明”被捕。", ["王小明"]),
        ("今天，“王小明”来了。", []),
    ],
)
def test_who_is_named_where_somebody_is_charged(text: str, charged: list[str]) -> None:
    assert [party.key for party in story(text).charged] == charged


@pytest.mark.parametrize(
    ("text", "charges"),
    [
        ("They were charged at noon.", True),
        ("An INDICTMENT was read.", True),
        ("The boats were recharged.", False),
        ("A defendant conspired.", True),
        ("两人被起诉。", True),
        ("今天天气很好。", False),
    ],
)
def test_where_somebody_is_charged(text: str, charges: bool) -> None:
    assert only(text).charges is charges


PEOPLE = [
    f"{one} {other}"
    for one in ("Orlo", "Vera", "Mila", "Edda")
    for other in ("Brandt", "Quill", "Vane", "Oss")
]


@given(st.lists(st.sampled_from(PEOPLE), max_size=16, unique=True), st.integers(0, 4))
def test_those_charged_are_persons_each_once_the_first_twelve(names: list[str], again: int) -> None:
    text = "They left. " + " ".join(f"The wanted was {name}." for name in (*names, *names[:again]))
    assert [party.root for party in story(text).charged] == names[:12]


def test_a_long_sentence_is_read_in_its_first_part() -> None:
    told = story("Estonia met " + "boats and " * 200 + "Norway.")
    assert all(scene.span.end - scene.span.start <= LONGEST for scene in told.scenes)
    assert keys(told.scenes[0]) == ["EE"]


def test_a_paragraph_opens_once() -> None:
    told = story("The lake was calm. The boats left.\n\nThe birds came.")
    assert [scene.opens_paragraph for scene in told.scenes] == [True, False, True]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map(" ".join))
def test_any_text_is_seen_and_its_places_hold(text: str) -> None:
    told = story(text, "Estonia")
    starts = [scene.span.start for scene in told.scenes]
    assert starts == sorted(starts)
    assert 0.0 <= told.rule_share <= 1.0
    for scene in told.scenes:
        assert 0 <= scene.span.start <= scene.span.end <= len(text)
        assert all(word[0] < "\ue000" or word[0] > "\ue010" for word in scene.words)
        for seen in scene.seen:
            assert scene.words[seen.at] == f"<{seen.form}>"
            assert scene.span.start <= seen.mention.span.start < seen.mention.span.end <= scene.span.end


def test_a_sentence_of_nothing_but_its_end_has_characters() -> None:
    assert all(scene.span.start < scene.span.end for scene in story("。 . ").scenes)


def test_a_reader_by_rules_sees_the_same() -> None:
    text = document("Estonia accuses Norway of hacking its ministry.", "Reuters")
    assert reader().story(text) == fitted_reader().story(text)


@given(
    template=st.sampled_from(TEMPLATES),
    source=st.sampled_from(SOURCES),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
)
def test_two_states_that_are_exchanged_are_exchanged_in_the_scenes(
    template: str, source: str, pair: list[str]
) -> None:
    a, b = pair
    swap = {a: b, b: a}
    before = story(_filled(template, a, b), _filled(source, a, b))
    after = story(_filled(template, b, a), _filled(source, b, a))
    assert [scene.words for scene in before.scenes] == [scene.words for scene in after.scenes]
    assert [scene.signs for scene in before.scenes] == [scene.signs for scene in after.scenes]
    roots = [[swap.get(root, root) for root in told] for told in (before.ranks, after.ranks)]
    assert roots[0] == list(after.ranks)
    assert roots[1] == list(before.ranks)
    assert list(before.ranks.values()) == list(after.ranks.values())
