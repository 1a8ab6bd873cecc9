"""Names, addresses and numbers that are nobody's: for examples, for use within a network, for nothing."""

from __future__ import annotations

import ipaddress
from functools import cache

_NAMES = frozenset({"example", "invalid", "test"})
_DOCUMENTATION = {
    "192.0.2.0/24": "documentation address (RFC 5737)",
    "198.51.100.0/24": "documentation address (RFC 5737)",
    "203.0.113.0/24": "documentation address (RFC 5737)",
    "2001:db8::/32": "documentation address (RFC 3849)",
    "3fff::/20": "documentation address (RFC 9637)",
    "100.64.0.0/10": "an address that many share within a provider's network (RFC 6598)",
    "240.0.0.0/4": "reserved address (RFC 1112)",
}
_NETWORKS = (
    (64496, 64511, "documentation number (RFC 5398)"),
    (65536, 65551, "documentation number (RFC 5398)"),
    (64512, 65534, "a number for use within a network (RFC 6996)"),
    (4_200_000_000, 4_294_967_294, "a number for use within a network (RFC 6996)"),
    (23456, 23456, "a number that stands for longer ones (RFC 6793)"),
    (65535, 65535, "reserved number (RFC 7300)"),
    (4_294_967_295, 4_294_967_295, "reserved number (RFC 7300)"),
)
"""First and last number of autonomous systems that nobody is given, and why (IANA's registry of them)."""


def name_reason(name: str) -> str:
    """Why nobody has this host name, empty when somebody can."""
    labels = name.lower().split(".")
    reserved = labels[-1] in _NAMES and len(labels) > 1
    if reserved or (labels[-2:-1] == ["example"] and labels[-1] in {"com", "net", "org"}):
        return "documentation name (RFC 2606)"
    return ""


def address_reason(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Why an address cannot belong to anybody's infrastructure, empty when it can."""
    for network, reason in _documentation():
        if address.version == network.version and address in network:
            return reason
    if address.is_unspecified:
        return "the address of no host (0.0.0.0 or ::)"
    if address.is_loopback:
        return "loopback address"
    if address.is_link_local:
        return "link-local address (RFC 3927, RFC 4291)"
    if address.is_multicast:
        return "multicast address"
    if address.is_private:
        return "private address (RFC 1918, RFC 4193)"
    return "reserved address" if address.is_reserved else ""


def network_reason(number: int) -> str:
    """Why the number of an autonomous system is nobody's, empty when it can be somebody's."""
    return next((reason for first, last, reason in _NETWORKS if first <= number <= last), "")


@cache
def _documentation() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...]:
    return tuple((ipaddress.ip_network(network), reason) for network, reason in _DOCUMENTATION.items())
