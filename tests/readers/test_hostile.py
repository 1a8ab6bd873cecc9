"""Hostile and odd files, small: each ends as a document that can be surveyed, or as a located error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.evidence.known import CATALOGUE
from weigh.bench.hostile import CORPUS
from weigh.errors import LimitError, ReadingError
from weigh.evidence import build, survey
from weigh.readers import Limits, Unread, read_bytes, read_path
from weigh.readers.recognition import text_format

OBSERVER = build(CATALOGUE)
LIMITS = Limits(seconds=5, memory=300_000_000)
FORMS = "forms in forms.pdf"


@pytest.mark.parametrize("size", [0, 3_000])
@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_ends_well(name: str, size: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(CORPUS[name](size))
    (found,) = read_path(tmp_path / name, limits=LIMITS)
    if isinstance(found, Unread):
        assert found.problem != ""
        assert found.place.startswith(str(tmp_path / name))
        return
    assert found.text.strip() != ""
    for each in survey(found, OBSERVER).observations:
        assert each.original == each.span.of(found.text)
        assert 0 < each.probability <= 1


def test_the_files_of_a_kind_differ_and_grow() -> None:
    made = {name: make(20_000) for name, make in CORPUS.items() if name not in SMALL_OR_FALSE}
    assert len(set(made.values())) == len(made)
    assert [name for name, data in made.items() if not 5_000 < len(data) < 50_000] == []


SMALL_OR_FALSE = frozenset(
    {
        *("empty.txt", "only a byte order mark.txt", "entity bomb.html", "page without end.pdf"),
        *("unpacking stream.pdf", "forms in forms.pdf", "combining marks.txt"),
        *("packed.eurepoc", "packed and cut.eurepoc"),
        *(name for name in CORPUS if name.endswith(".docx")),
    }
)
"""Files that are as long as they are, or that only unpack to the size asked for."""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.txt", "it is empty"),
        ("nested objects.json", "nested more than 64 deep"),
        ("nested tables.docx", "nested more than 64 deep"),
        ("entity bomb.docx", "defines XML entities"),
        ("false size.docx", "bytes when unpacked"),
        ("cut short.json", "not valid JSON"),
        ("cut short.pdf", "damaged or cut short"),
        ("every byte.txt", "neither text nor a format"),
    ],
)
def test_what_is_refused_is_refused_for_its_reason(name: str, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        read_bytes(CORPUS[name](3_000), name)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("zero bytes.txt", ["T1059"]),
        ("page tree in a circle.pdf", ["T1059"]),
        ("circles.stix.json", ["T1059"]),
        ("wrong types.layer.json", ["T1059"]),
        ("scripts.html", ["T1059"]),
        ("entity bomb.html", ["T1059"]),
        ("archives in archives.docx", ["T1059"]),
        ("spans.html", ["T1059"]),
    ],
)
def test_what_a_hostile_file_says_is_still_found(name: str, held: Sequence[str]) -> None:
    found = survey(read_bytes(CORPUS[name](3_000), name), OBSERVER).observations
    assert sorted({each.value for each in found if each.value.startswith("T1")}) == held


@pytest.mark.parametrize("limits", [Limits(seconds=1), Limits(memory=200_000_000)])
def test_drawings_that_draw_one_another_end_by_a_limit(limits: Limits) -> None:
    with pytest.raises(LimitError, match="reading it takes more than") as caught:
        read_bytes(CORPUS[FORMS](3_000), FORMS, limits=limits)
    assert caught.value.place == f"{FORMS}, page 1"
    assert caught.value.remedy != ""


def test_many_columns_cost_no_more_than_their_number() -> None:
    header = ",".join(f"c{index}" for index in range(50_000))
    document = read_bytes(f"{header}\n1{',' * 49_999}\n".encode(), "columns.csv")
    assert document.text.count("c49999") == 1
    assert document.fields[-1].pointer == "/2/c0"


DEEP = 300_000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[" * DEEP, "text"),
        ("[ " * DEEP + "x", "text"),
        ("<!-- -->" * DEEP + "<html><p>words</p>", "html"),
        ("<!-- -->\n<?xml version='1.0'?>" + "words", "text"),
        (" [ [ { }]]", "json"),
    ],
)
def test_what_begins_a_text_is_told_without_going_back(text: str, kind: str) -> None:
    assert text_format(text, "") == kind


@pytest.mark.parametrize("gap", ["\n", "\n \n", " \t\n", "\n" * 200_000])
def test_values_on_lines_may_stand_far_apart(gap: str) -> None:
    assert lines_of('{"a": "b"}' + gap + '["c"]') == ["a: b", "item: c"]


def test_line_ends_after_a_value_cost_no_more_than_their_number() -> None:
    with pytest.raises(ReadingError, match="not valid JSON"):
        read_bytes(b"{}" + b"\n" * DEEP + b"x", "a.json")


def lines_of(text: str) -> list[str]:
    """The lines of a JSON text as they are read."""
    return read_bytes(text.encode(), "a.json").text.splitlines()


def test_tags_are_counted_before_they_are_kept() -> None:
    limits = Limits(tags=3)
    assert read_bytes(b"<p>a</p><p>b", "a.html", limits=limits).text == "a\nb\n"
    with pytest.raises(LimitError, match="more than 3 HTML tags"):
        read_bytes(b"<p>a</p><p>b</p>", "a.html", limits=limits)
