"""Names that no table lists, and who is meant by a part of one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader
from weigh.claims.learned.names import Acquaintance, capitalised, is_person, shapes, short_names, unlisted
from weigh.claims.listed import Form
from weigh.claims.parties import Mention
from weigh.knowledge.catalogue import Actor, Alias
from weigh.records import Party, Span


def found(text: str, *, chinese: bool = False, taken: tuple[Mention, ...] = ()) -> list[str]:
    """The unlisted names of a text that is one sentence."""
    inside = None if chinese else capitalised(text)
    return [item.party.key for item in unlisted(text, Span(0, len(text)), taken, inside)]


def mention(text: str, name: str, form: Form = Form.NAME, key: str = "") -> Mention:
    """Where a name stands in a text."""
    start = text.index(name)
    return Mention(Span(start, start + len(name)), Party(key or name, name, name), form)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In town Orlo Brandt spoke.", ["Orlo Brandt"]),
        ("they met Orlo Brandt of Quillon Labs.", ["Orlo Brandt of Quillon Labs"]),
        ("Yesterday Quillon Labs spoke.", ["Quillon Labs"]),
        ("The report by Quillon was read.", ["Quillon"]),
        ("nobody saw Quillon's report.", ["Quillon"]),
        ("nobody saw Quillon’s report.", ["Quillon"]),
        ("Mr Brandt spoke.", ["Brandt"]),
        ("nothing is named here.", []),
        ("Sailors went home.", []),
        ("Sailors went home, and then Sailors came.", ["Sailors", "Sailors"]),
        ("On Monday in March they went.", []),
        ("a letter X was sent.", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_name_that_opens_a_sentence_alone_must_stand_elsewhere_too() -> None:
    text = "Quillon spoke. later Quillon left."
    opening = Span(0, 14)
    assert unlisted(text, opening, (), frozenset()) == []
    (item,) = unlisted(text, opening, (), capitalised(text))
    assert (item.party.key, item.span, item.form) == ("Quillon", Span(0, 7), Form.NAME)


def test_what_is_taken_is_not_found_again() -> None:
    text = "they met Orlo Brandt and Vera Quill."
    taken = (mention(text, "Brandt"),)
    assert found(text, taken=taken) == ["Vera Quill"]


def test_a_headline_in_capitals_is_cut() -> None:
    text = "then " + "Ab" + " Cde" * 60
    (name,) = found(text)
    assert len(name) <= 80


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("今天，发言人王小明表示不知道。", ["王小明"]),
        ("蓝湖实验室称，情况不明。", ["蓝湖实验室"]),
        ("“夜鹭”很活跃。", ["夜鹭"]),
        ("研究者提到 NightHeron 很活跃。", ["NightHeron"]),
        ("，蓝湖集团很大。", ["蓝湖"]),
        ("今天天气很好。", []),
    ],
)
def test_names_in_chinese(text: str, names: list[str]) -> None:
    assert found(text, chinese=True) == names


@pytest.mark.parametrize("text", ["据蓝湖实验室称，情况不明。", "情况不明，据蓝湖实验室称。"])
def test_a_word_before_a_chinese_name_is_no_part_of_it(text: str) -> None:
    assert found(text, chinese=True) == ["蓝湖实验室"]


PIECES = (
    "Orlo Brandt",
    "The",
    "Quillon Labs",
    "of",
    "met",
    "Mr",
    "’s",
    ". ",
    "1984",
    "发言人",
    "表示",
    "“",
    "”",
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20).map(" ".join), st.booleans())
def test_names_stand_where_they_are_said_to_and_never_overlap(text: str, chinese: bool) -> None:
    inside = None if chinese else capitalised(text)
    items = unlisted(text, Span(0, len(text)), (), inside)
    assert [item.span.start for item in items] == sorted(item.span.start for item in items)
    for item in items:
        assert item.form is Form.NAME
        assert len(item.party.key) >= 2
        assert item.party.key in item.span.of(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(items))


@given(st.text(max_size=60), st.text(max_size=60))
def test_names_lie_within_their_sentence(before: str, after: str) -> None:
    middle = "then Orlo Brandt left."
    text = f"{before} {middle} {after}"
    sentence = Span(len(before) + 1, len(before) + 1 + len(middle))
    items = unlisted(text, sentence, (), capitalised(text))
    assert [item.span.of(text) for item in items] == ["Orlo Brandt"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sailors met Orlo, Vera and Bo.", {"Orlo", "Vera", "Bo"}),
        ("Orlo. Vera! Bo", set()),
        ("a X", set()),
    ],
)
def test_words_with_a_capital_inside(text: str, words: set[str]) -> None:
    assert capitalised(text) == words


def actor(number: str, headline: str, *others: str) -> Actor:
    """An actor with its headline and its other names."""
    return Actor(number, headline, tuple(Alias(name, "Vendor") for name in others))


def shortened(actors: Iterable[Actor]) -> dict[str, str]:
    """The id of the actor that each short name is of."""
    return {name: one.id for name, one in short_names(actors).items()}


@pytest.mark.parametrize(
    ("actors", "short"),
    [
        ([actor("G1", "Night Heron Group")], {"night heron": "G1"}),
        ([actor("G1", "Grey Owl", "Night Heron Group")], {"night heron": "G1"}),
        ([actor("G1", "Night Heron Gang", "NIGHT HERON GANG")], {"night heron": "G1"}),
        ([actor("G1", "Night Heron Gang"), actor("G2", "Night Heron Team")], {}),
        ([actor("G1", "Grey Owl", "Night Heron Gang"), actor("G2", "Tern", "Night Heron Gang")], {}),
        ([actor("G1", "Tern", "Night Heron Gang"), actor("G2", "Night Heron Team")], {"night heron": "G2"}),
        ([actor("G1", "Night Heron Team"), actor("G2", "Tern", "Night Heron Team")], {"night heron": "G1"}),
        ([actor("G1", "Owl Group")], {}),
        ([actor("G1", "Night Heron", "Group Night Heron")], {}),
        ([], {}),
    ],
)
def test_short_names_belong_to_one_actor_whose_headline_goes_first(
    actors: list[Actor], short: dict[str, str]
) -> None:
    assert shortened(actors) == short


BIRDS = ("Night Heron Group", "Grey Owl Team", "Night Heron Gang", "Grey Owl")


@given(st.lists(st.lists(st.sampled_from(BIRDS), min_size=1, max_size=3), max_size=5))
def test_short_names_do_not_hang_on_order(named: list[list[str]]) -> None:
    actors = [actor(f"G{number}", *names) for number, names in enumerate(named)]
    assert shortened(actors) == shortened(reversed(actors))


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("Orlo Brandt", "", True),
        ("Orlo Brandt", "Orlo Brandt", True),
        ("Orlo Brandt", "Minister Orlo Brandt", False),
        ("Orlo van Brandt", "", True),
        ("Orlo J. Brandt", "", True),
        ("Orlo", "", False),
        ("Orlo Brown", "", True),
        ("Confidential Business Information", "", False),
        ("Orlo Programming Interface", "", False),
        ("ORLO BRANDT", "", False),
        ("Quillon Labs", "", False),
        ("王小明", "", True),
        ("阿里·雷扎", "", True),
        ("王", "", False),
        ("蓝湖实验室集团", "", False),
    ],
)
def test_a_name_may_read_as_a_person_s(name: str, words: str, expected: bool) -> None:
    assert is_person(Party(name, name, words)) is expected


def met(*sentences: str, short: dict[str, Party] | None = None) -> tuple[list[list[str]], Acquaintance]:
    """Whom sentences name one after another, as far as one who reads them in order knows."""
    known = Acquaintance(short or {}, {}, {})
    text = "\n".join(sentences)
    told, at = [], 0
    for sentence in sentences:
        items = unlisted(text, Span(at, at + len(sentence)), (), capitalised(text))
        told.append([item.party.key for item in known.meet(text, items)])
        at += len(sentence) + 1
    return told, known


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (("then Orlo Brandt left.", "later Brandt came."), [["Orlo Brandt"], ["Orlo Brandt"]]),
        (("later Brandt came.", "then Orlo Brandt left."), [["Brandt"], ["Orlo Brandt"]]),
        (("then Minister Orlo Brandt left.", "and Brandt came."), [["Orlo Brandt"], ["Orlo Brandt"]]),
        (("then Orlo Brandt left.", "and BRANDT came."), [["Orlo Brandt"], ["Orlo Brandt"]]),
        (
            ("then Orlo Brandt left.", "and Vera Brandt met Brandt."),
            [["Orlo Brandt"], ["Vera Brandt", "Orlo Brandt"]],
        ),
    ],
)
def test_a_part_of_a_name_is_of_the_first_who_had_it(
    sentences: tuple[str, ...], told: list[list[str]]
) -> None:
    assert met(*sentences)[0] == told


def test_the_short_name_of_an_actor_is_that_actor() -> None:
    heron = Party("G1", "Night Heron Group")
    text = "then Night Heron came."
    known = Acquaintance({"night heron": heron}, {}, {})
    (item,) = known.meet(text, [mention(text, "Night Heron")])
    assert (item.party, item.form) == (heron, Form.ACTOR)


@pytest.mark.parametrize(
    ("text", "other", "speaks"),
    [
        ("Orlo Brandt, a researcher at Quillon Labs, spoke.", "Quillon Labs", True),
        ("Quillon Labs researcher Orlo Brandt spoke.", "Quillon Labs", True),
        ("Quillon Labs' director Orlo Brandt spoke.", "Quillon Labs", False),
        ("Quillon Labs said on Monday that Orlo Brandt left.", "Quillon Labs", False),
        ("Orlo Brandt met friends and Quillon Labs closed.", "Quillon Labs", False),
        ("Orlo Brandt, a sailor from Quillon Bay, spoke.", "Quillon Bay", False),
    ],
)
def test_a_person_speaks_for_an_organisation_named_beside(text: str, other: str, speaks: bool) -> None:
    known = Acquaintance({}, {}, {})
    items = sorted([mention(text, "Orlo Brandt"), mention(text, other)], key=lambda item: item.span.start)
    known.meet(text, items)
    assert ("Orlo Brandt" in known.speaks_for) is speaks
    if speaks:
        assert known.speaks_for["Orlo Brandt"].key == other


def test_a_person_speaks_for_a_state_and_for_the_first_only() -> None:
    text = "Estonia's envoy Orlo Brandt spoke. Norway's envoy Orlo Brandt left."
    known = Acquaintance({}, {}, {})
    person = mention(text, "Orlo Brandt")
    again = text.rindex("Orlo Brandt")
    second = Mention(Span(again, again + 11), person.party, Form.NAME)
    known.meet(text, [mention(text, "Estonia", Form.STATE, "EE"), person])
    known.meet(text, [mention(text, "Norway", Form.STATE, "NO"), second])
    assert known.speaks_for["Orlo Brandt"].key == "EE"


def test_nobody_speaks_for_an_actor() -> None:
    text = "APT28 researcher Orlo Brandt spoke."
    known = Acquaintance({}, {}, {})
    known.meet(text, [mention(text, "APT28", Form.ACTOR, "G0007"), mention(text, "Orlo Brandt")])
    assert known.speaks_for == {}


def test_states_are_not_known_by_a_part_of_their_name() -> None:
    text = "New Zealand spoke."
    known = Acquaintance({}, {}, {})
    known.meet(text, [mention(text, "New Zealand", Form.STATE, "NZ")])
    assert known.full == {}


def test_the_table_compiles_and_names_no_party() -> None:
    table = shapes()
    assert all("who" in pattern.groupindex and "~" not in pattern.pattern for pattern in table.chinese)
    assert table.never == {word.lower() for word in table.never}
    assert {"he", "she", "ministry"} <= table.elsewhere
    assert shapes() is table


def test_a_reader_knows_persons_by_their_last_names() -> None:
    text = "They met Orlo Brandt, a researcher at Quillon Labs. Later Brandt left."
    told = fitted_reader().story(document(text))
    assert [[seen.mention.party.key for seen in scene.seen] for scene in told.scenes][1] == ["Orlo Brandt"]
    assert told.speaks_for["Orlo Brandt"].key == "Quillon Labs"


@pytest.mark.parametrize("name", ["Service", "Press", "Manager", "CVE-2021-34473", "T1059"])
def test_things_are_nobody(name: str) -> None:
    assert found(f"then they met {name} there.") == []
