"""JSON: bounded before it is decoded, and read leaf by leaf when it is nothing in particular."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import JSON, QUICK, assert_fields_lead_back, lines, read_json, read_text, resolved
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, read_bytes
from weigh.readers.encoding import tidy
from weigh.readers.json import parse
from weigh.readers.limits import LIMITS
from weigh.readers.transcript import pointer


def test_strings_are_lines_labelled_with_their_member() -> None:
    value = {
        "title": "Harbour",
        "tags": ["a", "b"],
        "deep": {"x/y~": "z"},
        "count": 3,
        "none": None,
        "blank": " ",
    }
    document = read_json(value)
    assert lines(document) == ["title: Harbour", "tags: a", "tags: b", "x/y~: z"]
    assert [field.pointer for field in document.fields] == ["/title", "/tags/0", "/tags/1", "/deep/x~1y~0"]
    assert_fields_lead_back(document, value)


@QUICK
@given(JSON)
def test_every_string_is_a_field_that_leads_back(value: object) -> None:
    wrapped = {"first": "words", "rest": value}
    document = read_json(wrapped)
    if document.format == "json":
        assert_fields_lead_back(document, wrapped)
        found = [resolved(wrapped, field.pointer) for field in document.fields]
        assert found == [text for text in leaves(wrapped) if tidy(text).strip() != ""]


def leaves(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [leaf for member in members for leaf in leaves(member)]


@QUICK
@given(st.lists(st.text(max_size=6) | st.integers(0, 99), max_size=5))
def test_pointers_lead_to_where_they_were_made_for(steps: list[str | int]) -> None:
    value: object = "here"
    for step in reversed(steps):
        value = {step: value} if isinstance(step, str) else [None] * step + [value]
    assert resolved(value, pointer(*steps)) == "here"


def test_a_value_a_line_is_a_list_of_values() -> None:
    document = read_text('{"a": "one"}\n\n{"a": "two"}\n', "log.jsonl")
    assert lines(document) == ["a: one", "a: two"]
    assert [field.pointer for field in document.fields] == ["/0/a", "/1/a"]


def test_a_line_that_is_not_json_is_named() -> None:
    with pytest.raises(ReadingError, match="a line that is not valid JSON") as caught:
        read_text('{"a": "one"}\n{"a": \n{"b": "c"}\n', "log.jsonl")
    assert caught.value.place == "log.jsonl, line 2"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": "b"', 1),
        ('{"a":\n "b",\n c}', 3),
        ('{"ä": "ü",\n"x": tru}', 2),
        ('["a", "b"', 1),
        ('{"a": "\\ud800"}', 1),
        ('{"a": "b"} tail', 1),
    ],
)
def test_what_is_not_json_says_on_which_line(text: str, line: int) -> None:
    with pytest.raises(ReadingError, match="not valid JSON, or cut short") as caught:
        read_text(text, "a.json")
    assert caught.value.place == f"a.json, line {line}"
    assert caught.value.remedy != ""


def test_a_number_beyond_all_bounds_is_an_error() -> None:
    with pytest.raises(ReadingError, match="not JSON that can be read"):
        read_text('{"a": "b", "n": 1e999}', "a.json")


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"a":[' * 40 + "]}" * 40,
        '[{"a":' * 100_000,
        '["' + '"],["' * 3 + '", ' + "[" * 100_000,
    ],
)
def test_deep_nesting_is_refused_before_it_is_decoded(text: str) -> None:
    with pytest.raises(LimitError, match="JSON nested more than 64 deep"):
        read_text(text, "a.json")


@pytest.mark.parametrize("depth", [63, 64])
def test_nesting_within_the_limit_is_read(depth: int) -> None:
    text = '{"a":' * (depth - 1) + '{"b": "words"}' + "}" * (depth - 1)
    assert lines(read_text(text, "a.json")) == ["b: words"]


def test_brackets_in_strings_nest_nothing() -> None:
    value = {"a": "[" * 500 + '"\\' + "{" * 500, "b": "x"}
    assert lines(read_json(value))[-1] == "b: x"


@QUICK
@given(JSON)
def test_the_bound_on_nesting_agrees_with_the_decoded_value(value: object) -> None:
    def depth(inner: object) -> int:
        members = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else None
        return 0 if members is None else 1 + max(map(depth, members), default=0)

    actual = depth(value)
    text = json.dumps(value)
    assert parse(text, Limits(depth=max(actual, 1))) == value
    if actual > 1:
        with pytest.raises(LimitError):
            parse(text, Limits(depth=actual - 1))


@pytest.mark.parametrize("text", ['["",' + '"",' * 3_000 + '""]', '[["a"]' + ",[]" * 3_000 + "]"])
def test_too_many_values_are_refused_before_they_are_decoded(text: str) -> None:
    with pytest.raises(LimitError, match="more than 2,000 brackets and commas of JSON"):
        read_bytes(text.encode(), "a.json", limits=Limits(objects=1_000))


def test_a_string_that_never_ends_takes_one_pass() -> None:
    with pytest.raises(ReadingError, match="not valid JSON"):
        parse('["' + '\\"' * 2_000_000, LIMITS)
