"""Origins: citing merges nobody, circles are cut and told, and attributions hold where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.graphs import NAMES, among, graph, graphs
from weigh.assessment.pooling import effective
from weigh.claims.links import JOINS, Link, kinds
from weigh.claims.origins import Origins, Step, origin_of, trace, with_links
from weigh.records import Document, Span


def test_a_newspaper_that_cites_two_reports_makes_no_one_report_of_them() -> None:
    steps = among(graph("c>a builds-on", "c>b builds-on"), "abc")
    assert origin_of(steps) == {"a": "a", "b": "b", "c": "a"}
    assert [step.repeats for step in steps] == ["", "", "a"]


def test_a_weak_link_weighs_and_makes_no_common_origin() -> None:
    steps = among(graph("b>a cites"), "ab")
    assert steps[1].repeats == "a"
    assert origin_of(steps) == {"a": "a", "b": "b"}
    assert 1.0 < effective(steps) < effective(among(graph(), "ab"))


def test_two_who_repeat_a_third_repeat_each_other_where_the_third_is_silent() -> None:
    origins = graph("b>a builds-on", "c>a builds-on")
    steps = among(origins, "bc")
    assert steps[1] == Step("c", "b", kinds()["builds-on"].copying ** 2)
    assert origin_of(among(origins, "abc")) == dict.fromkeys("abc", "a")


def test_repeating_goes_through_several_hands() -> None:
    steps = among(graph("b>a builds-on", "c>b shared-passage", "d>c same-text", "e>d cites"), "abcde")
    assert origin_of(steps) == {**dict.fromkeys("abcd", "a"), "e": "e"}


@pytest.mark.parametrize("names", ["ab", "abc", "abcdefgh"])
def test_a_circle_is_cut_at_its_first_document(names: str) -> None:
    around = [f"{one}>{two} builds-on" for one, two in zip(names, names[1:] + names[0], strict=True)]
    steps = among(graph(*around), names)
    assert [step.document for step in steps if step.repeats == ""] == [names[0]]
    assert set(origin_of(steps).values()) == {names[0]}


def test_a_circle_is_cut_at_its_weakest_link_and_what_is_left_may_repeat_another() -> None:
    steps = among(graph("a>b builds-on", "b>c same-day", "c>a builds-on", "b>d cites"), "abcd")
    assert [(step.document, step.repeats) for step in steps] == [
        ("a", "b"), ("b", "d"), ("c", "a"), ("d", "")
    ]  # fmt: skip
    assert origin_of(steps) == {"a": "b", "b": "b", "c": "b", "d": "d"}


def test_a_circle_is_told_as_a_chain_in_which_each_names_the_next() -> None:
    plain = graph()
    around = ("a>d cites", "d>b cites", "b>a attributes", "b>c cites", "c>b builds-on", "e>a cites")
    joined = with_links(plain, [link for each in graph(*around).links_from.values() for link in each])
    assert joined.circles == (("a", "d", "b"), ("c", "b"))


def test_a_near_copy_that_names_what_it_copies_still_goes_round() -> None:
    links = [Link("a", "b", "cites", ""), Link("b", "a", "near-text", ""), Link("b", "a", "cites", "")]
    found = with_links(graph(), links)
    assert found.circles == (("a", "b"),)
    assert [link.kind for link in found.links_from["b"]] == ["near-text"]
    one_way = with_links(graph(), links[:2])
    assert (one_way.circles, [link.kind for link in one_way.links_from["a"]]) == ((), ["near-text"])
    assert "b" not in one_way.links_from


def test_documents_that_name_one_another_are_told() -> None:
    files = [
        Document(name, text, "text", f"{name}.txt", title=title)
        for name, text, title in (
            ("a", "It is based on HSR-2024-02 throughout.", "Report HSR-2024-01 of the port"),
            ("b", "It is based on HSR-2024-03 throughout.", "Report HSR-2024-02 of the yard"),
            ("c", "It is based on HSR-2024-01 throughout.", "Report HSR-2024-03 of the pier"),
            ("d", "It is based on HSR-2024-01 throughout, too.", "Note of the quay"),
        )
    ]
    found = trace(files, {})
    assert found.circles == (("a", "b", "c"),)
    assert trace(files[1:], {}).circles == ()


def test_an_attribution_repeats_only_what_it_attributes() -> None:
    link = Link("b", "a", "attributes", "", Span(0, 10), (Span(0, 10),))
    origins = Origins({"a": 0, "b": 1}, {"b": (link,)}, ())
    inside = origins.steps({"a": [Span(5, 6)], "b": [Span(5, 6)]})
    outside = origins.steps({"a": [Span(5, 6)], "b": [Span(50, 56)]})
    assert (inside[1].copying, outside[1].copying) == (
        kinds()["attributes"].copying,
        kinds()["cites"].copying,
    )


@given(graphs(), st.sets(st.sampled_from(NAMES), min_size=1))
def test_any_graph_gives_a_forest_whose_numbers_are_in_bounds(origins: Origins, names: set[str]) -> None:
    steps = among(origins, "".join(names))
    roots = set(origin_of(steps).values())
    assert {step.document for step in steps} == names
    assert all(step.repeats in names | {""} for step in steps)
    assert all(step.copying >= JOINS for step in steps if step.document not in roots)
    assert 1.0 - 1e-12 <= effective(steps) <= len(roots) + 1e-12
