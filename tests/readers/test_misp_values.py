"""Values of MISP attributes that have one exact form."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.readers.misp_values import FORMS, fits


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("md5", "0" * 32, True),
        ("md5", "0" * 31, False),
        ("md5", "g" * 32, False),
        ("sha256", " " + "aB" * 32 + "\n", True),
        ("sha512", "a" * 64, False),
        ("ip-dst", "198.51.100.7", True),
        ("ip-src", "198.51.100.0/24", True),
        ("ip-src", "198.51.100.7/24", True),
        ("ip-dst", "2001:db8::1", True),
        ("ip-dst", "198.51.100", False),
        ("ip-dst", "198.51.100[.]7", False),
        ("ip-dst", "x" * 2_000_000, False),
        ("port", "443", True),
        ("port", "70000", False),
        ("port", "٤٤٣", False),
        ("filename|md5", "a.exe|" + "0" * 32, True),
        ("filename|md5", "0" * 32, False),
        ("filename|md5", "a.exe|words", False),
        ("ip-dst|port", "198.51.100.7|443", True),
        ("ip-dst|port", "198.51.100.7:443", False),
        ("regkey|value", "HKLM\\Run|a|b", True),
        ("text", "anything | at all", True),
        ("", "anything", True),
    ],
)
def test_values(kind: str, value: str, expected: bool) -> None:
    assert fits(kind, value) is expected


@QUICK
@given(st.ip_addresses(), st.sampled_from(["ip-src", "ip-dst", "ip"]))
def test_every_address_is_one(address: ipaddress.IPv4Address | ipaddress.IPv6Address, kind: str) -> None:
    assert fits(kind, str(address))
    assert fits(f"{kind}|port", f"{address}|443")


@QUICK
@given(st.sampled_from(sorted(FORMS)) | st.text(max_size=9), st.text(max_size=50))
def test_any_value_gets_an_answer_and_blanks_around_it_change_nothing(kind: str, value: str) -> None:
    assert fits(kind, value) is fits(kind, f" {value} ") or "|" in kind
