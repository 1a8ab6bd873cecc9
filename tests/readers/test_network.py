"""Addresses inside of private networks are not reached, however they are written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.errors import ReadingError
from weigh.readers.network import checked_address, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.51.100.7", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2001:0:0:0:0:0:80ff:fffe", False),
        ("x.example", False),
        ("", False),
    ],
)
def test_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


@QUICK
@given(st.ip_addresses(v=4))
def test_wrapping_an_address_into_ipv6_does_not_make_it_public(address: ipaddress.IPv4Address) -> None:
    bare = is_public(str(address))
    number = int(address)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    tunnelled = ipaddress.IPv6Address((0x2002 << 112) | (number << 80))
    assert [is_public(str(each)) for each in (mapped, translated, tunnelled)] == [bare] * 3


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "0x7f.1", "2130706433"])
def test_a_private_host_is_refused_unless_it_is_allowed(host: str) -> None:
    with pytest.raises(ReadingError, match="inside of a private network") as caught:
        checked_address(host, 80, allow_private=False)
    assert caught.value.remedy == "save the page and give the file"  # the command line cannot allow it


def test_a_private_host_that_is_allowed_gives_its_address() -> None:
    assert checked_address("127.0.0.1", 80, allow_private=True) == "127.0.0.1"
