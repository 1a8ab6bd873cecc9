"""CVE identifiers in any typesetting, one canonical form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import layout
from weigh.evidence.vulnerabilities import extract


def seen(text: str) -> list[str]:
    return [finding.value for finding in extract(layout(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CVE-2021-26855", "CVE-2021-26855"),
        ("CVE 2021-26855", "CVE-2021-26855"),
        ("CVE-2021\u201326855", "CVE-2021-26855"),
        ("CVE\u20112021\u201126855", "CVE-2021-26855"),
        ("CVE-2021-\n26855", "CVE-2021-26855"),
        ("CVE_2021-26855", "CVE-2021-26855"),
        ("(CVE-2014-0160)", "CVE-2014-0160"),
        ("CVE-2021-1234567.", "CVE-2021-1234567"),
        ("https://nvd.nist.gov/vuln/detail/CVE-2021-26855", "CVE-2021-26855"),
    ],
)
def test_seen(text: str, value: str) -> None:
    assert seen(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "CVE",
        "CVE-2021",
        "CVE-1998-0001",
        "CVE-2121-0001",
        "CVE-2021-123",
        "CVE-2021-12345678",
        "MYCVE-2021-26855",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("CVE-2021-26855, -26857, -26858, and -27065.", ["26855", "26857", "26858", "27065"]),
        ("CVE-2021-26855,\u201326857 or \u201326858", ["26855", "26857", "26858"]),
        ("CVE-2021-26855/26857", ["26855", "26857"]),
        ("CVE-2021-26855/-26857/2021-26858", ["26855", "26857", "26858"]),
        ("CVE-2021-26855, 2021-26857 and 2021-27065", ["26855", "26857", "27065"]),
        ("CVE-2021-26855 and CVE-2021-27065", ["26855", "27065"]),
        ("CVE-2021-26855, 2021 was the year", ["26855"]),
        ("CVE-2021-26855/2021", ["26855"]),
        ("CVE-2021-26855, 2021-2022", ["26855"]),
        ("CVE-2021-26855 \u2013 10000 servers", ["26855"]),
        ("CVE-2021-26855, 10000 servers", ["26855"]),
        ("CVE-2021-26855, -5000% of it", ["26855"]),
        ("https://quay.org/CVE-2021-26855/26857", ["26855"]),
    ],
)
def test_a_list_goes_on_from_its_first(text: str, values: list[str]) -> None:
    assert seen(text) == [f"CVE-2021-{value}" for value in values]


def test_the_year_of_a_list_is_the_last_that_it_names() -> None:
    text = "CVE-2020-10148/2021-26857/26858"
    assert seen(text) == ["CVE-2020-10148", "CVE-2021-26857", "CVE-2021-26858"]
    assert [each.span.of(text) for each in extract(layout(text))][1:] == ["2021-26857", "26858"]


@given(
    st.lists(st.integers(10_000, 999_999), min_size=1, max_size=6), st.sampled_from([", -", "/", " and -"])
)
def test_every_number_of_a_list_is_read(numbers: list[int], between: str) -> None:
    text = "CVE-2021-" + between.join(map(str, numbers))
    assert seen(text) == [f"CVE-2021-{number}" for number in numbers]


@given(st.integers(1999, 2099), st.integers(1000, 9_999_999), st.text(max_size=10), st.text(max_size=10))
def test_any_identifier_is_seen_where_it_stands(year: int, number: int, before: str, after: str) -> None:
    text = f"{before} CVE-{year}-{number} {after}"
    findings = list(extract(layout(text)))
    assert (f"CVE-{year}-{number}", f"CVE-{year}-{number}") in [
        (each.value, each.span.of(text)) for each in findings
    ]
