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


@given(st.integers(1999, 2099), st.integers(1000, 9_999_999), st.text(max_size=10), st.text(max_size=10))
def test_any_identifier_is_seen_where_it_stands(year: int, number: int, before: str, after: str) -> None:
    text = f"{before} CVE-{year}-{number} {after}"
    findings = list(extract(layout(text)))
    assert (f"CVE-{year}-{number}", f"CVE-{year}-{number}") in [
        (each.value, each.span.of(text)) for each in findings
    ]
