"""The small parts of the dossier against what they promise: markup, tables, marks, paragraphs, words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.renderers.pages import drawn
from weigh import scales
from weigh.renderers.dossier import words
from weigh.renderers.dossier.markup import element, escape, join, stylesheet
from weigh.renderers.dossier.passages import DEPTH, Mark, Piece, Range, cut, paragraphs
from weigh.renderers.dossier.tables import Column, table
from weigh.renderers.signs import visible

texts = strategies.texts | st.text(max_size=40)


@given(texts, texts)
def test_a_text_and_an_attribute_come_back_as_they_are_shown(text: str, attribute: str) -> None:
    node = drawn(element("p", {"title": attribute}, text)).css_first("p")
    assert node is not None
    assert node.text() == visible(text)
    assert node.attributes["title"] == visible(attribute)
    assert node.css("p *") == []


@given(st.lists(texts, max_size=4))
def test_joined_texts_stand_one_after_the_other(parts: list[str]) -> None:
    assert join([*parts, None]).html == "".join(escape(part).html for part in parts)


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("script", {}),
        ("style", {}),
        ("iframe", {}),
        ("p onclick=x", {}),
        ("p", {"onclick": "x"}),
        ("p", {"ONCLICK": "x"}),
        ("p", {"style": "color: red"}),
        ("p", {"a b": "x"}),
        ("img", {"src": "x"}),
        ("a", {"href": "https://example.invalid"}),
        ("a", {"href": "javascript:alert(1)"}),
        ("use", {"xlink:href": "x.svg#a"}),
        ("form", {"action": "/x"}),
    ],
)
def test_what_could_run_or_fetch_is_refused(tag: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"no element|no attribute|a link leads"):
        element(tag, attributes)


@pytest.mark.parametrize("rules", ["p {} </style><script>", "<!-- p {}"])
def test_a_style_sheet_cannot_end_its_element(rules: str) -> None:
    with pytest.raises(ValueError, match="style sheet"):
        stylesheet(rules)


def test_attributes_may_be_bare_or_absent() -> None:
    assert element("input", {"checked": True, "disabled": False, "id": None, "value": 3}).html == (
        '<input checked value="3">'
    )


def test_a_table_has_a_caption_scopes_and_as_many_cells_as_columns() -> None:
    made = table("What", (Column("a"), Column("b", numeric=True), Column("c", tight=True)), [("1", "2", "3")])
    html = drawn(made)
    assert [node.text() for node in html.css("caption, thead th, tbody th, tbody td")] == [
        "What", "a", "b", "c", "1", "2", "3",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="zip"):
        table("What", (Column("a"), Column("b")), [("1",)])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Range]]:
    """A text, and ranges in it that may nest, cross, repeat or be empty."""
    text = draw(st.text(alphabet="abc \n", max_size=30))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges).map(sorted), max_size=DEPTH))
    ranges = [Range(start, end, f"r{place}", False) for place, (start, end) in enumerate(pairs)]
    return text, sorted(ranges, key=lambda each: (each.start, -each.end))


def letters(pieces: tuple[Piece, ...], around: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Every letter with the names of the marks around it."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for piece in pieces:
        if isinstance(piece, Mark):
            found += letters(piece.inside, (*around, piece.of.name))
        else:
            found += [(letter, around) for letter in piece]
    return found


def marks(pieces: tuple[Piece, ...], depth: int = 1) -> list[tuple[Mark, int]]:
    """Every mark with how deep it stands."""
    own = [(piece, depth) for piece in pieces if isinstance(piece, Mark)]
    return own + [inner for piece, _ in own for inner in marks(piece.inside, depth + 1)]


@given(marked_texts())
def test_every_letter_stands_in_exactly_the_marks_that_cover_it(case: tuple[str, list[Range]]) -> None:
    text, ranges = case
    found = letters(cut(text, ranges))
    assert "".join(letter for letter, _ in found) == text
    for place, (_, around) in enumerate(found):
        assert sorted(around) == sorted(each.name for each in ranges if each.start <= place < each.end)


@given(marked_texts())
def test_every_range_has_its_id_exactly_once(case: tuple[str, list[Range]]) -> None:
    text, ranges = case
    first = [mark.of.name for mark, _ in marks(cut(text, ranges)) if mark.first]
    assert sorted(first) == sorted(each.name for each in ranges)


@given(marked_texts())
def test_ranges_that_only_nest_are_never_cut(case: tuple[str, list[Range]]) -> None:
    text, ranges = case
    nested: list[Range] = []
    for each in ranges:
        crossing = [one for one in nested if one.start < each.start < one.end < each.end]
        nested += [each] if len(crossing) == 0 else []
    assert all(mark.first for mark, _ in marks(cut(text, nested)))


def test_a_heap_of_crossing_ranges_grows_in_proportion() -> None:
    sizes = []
    for many in (100, 200):
        ranges = [Range(place, place + many, f"r{place}", False) for place in range(many)]
        found = marks(cut("x" * 2 * many, ranges))
        assert max(depth for _, depth in found) <= DEPTH + 1
        assert sum(mark.first for mark, _ in found) == many
        sizes.append(len(found))
    assert sizes[1] <= 2.1 * sizes[0]


@given(st.text(alphabet="ab.\n \t", max_size=60) | st.text(max_size=40))
def test_paragraphs_cover_the_text_once(text: str) -> None:
    ranges = paragraphs(text)
    assert "".join(text[start:end] for start, end in ranges) == text
    assert [start for start, _ in ranges[1:]] == [end for _, end in ranges[:-1]]


def test_paragraphs_end_at_blank_lines_and_in_long_stretches_at_sentences() -> None:
    line = "The clerk opened a berth plan that was none,\nand the plan fetched its next stage.\n"
    text = f"A heading\n\n{line * 40}"
    parts = [text[start:end] for start, end in paragraphs(text)]
    assert parts[0] == "A heading\n\n"
    assert all(part.endswith("stage.\n") and len(part) < 700 for part in parts[1:])


@given(strategies.probabilities)
def test_the_page_writes_a_probability_as_every_other_place_does(probability: float) -> None:
    assert words.percent(probability).replace(words.NBSP, " ") == scales.percent(probability)


@pytest.mark.parametrize(
    ("part", "written"), [(0.0, "0 %"), (1.0, "100 %"), (0.0004, "<0.1 %"), (0.21, "21 %")]
)
def test_a_share_may_be_none_or_all(part: float, written: str) -> None:
    assert words.share(part) == written.replace(" ", words.NBSP)


@pytest.mark.parametrize(
    ("weight", "written"),
    [(0, "0.00"), (-0.001, "0.00"), (1.005, "+1.00"), (-2.5, "−2.50"), (12.345, "+12.35")],
)
def test_bits_have_a_sign_unless_they_are_nothing(weight: float, written: str) -> None:
    assert words.bits(weight) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.0, "0"), (31.0, "31"), (0.41, "0.41"), (41337, "41 337"), (-1.5, "−1.5")],
)
def test_numbers_are_plain(value: float, written: str) -> None:
    assert words.number(value) == written.replace(" ", "\N{NARROW NO-BREAK SPACE}")


@given(texts, st.integers(2, 30))
def test_shortened_texts_fit_on_one_line(text: str, length: int) -> None:
    short = words.shortened(text, length)
    assert len(short) <= length
    assert "\n" not in short


@given(texts, texts)
def test_anchors_are_plain_and_told_apart(one: str, other: str) -> None:
    first, second = words.anchor("fact", one), words.anchor("fact", other)
    assert re.fullmatch(r"fact-[A-Za-z0-9._-]+", first)
    assert (first == second) == (one == other)


def test_an_observation_keeps_its_own_id_as_its_anchor() -> None:
    assert words.anchor("obs", "obs-7934eff5d64e8dd0ef25") == "obs-7934eff5d64e8dd0ef25"


@pytest.mark.parametrize(
    ("shortname", "name"),
    [
        ("command-and-control", "Command and Control"),
        ("impact", "Impact"),
        ("defense-evasion", "Defense Evasion"),
    ],
)
def test_tactics_are_named_as_attack_names_them(shortname: str, name: str) -> None:
    assert words.tactic_name(shortname) == name
