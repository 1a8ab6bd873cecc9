"""Which addresses of the network may be reached from here."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

from weigh.errors import ReadingError

# Prefix under which IPv6 networks reach IPv4 addresses (RFC 6052).
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def checked_address(host: str, port: int, *, allow_private: bool) -> str:
    """The numeric address of the host; raises `ReadingError` when any of its addresses is not public.

    Raises `OSError` when the name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise ReadingError(
            "it is inside of a private network, so it is not fetched",
            place=host,
            remedy="save the page and give the file",
        )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet, also when wrapped into IPv6."""
    try:
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    inner = _wrapped(parsed)
    if inner is not None:
        return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _wrapped(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address.teredo is not None:
        return address.teredo[1]
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
