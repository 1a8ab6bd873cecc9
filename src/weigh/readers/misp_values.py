"""What the value of a MISP attribute has to look like, by the attribute's type.

Only types whose values have one exact form are checked (MISP core format, section 2.4.2.3); a value of
any other type may be any text. A composite type such as `filename|sha1` has its parts between bars.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping


def _hexadecimal(digits: int) -> Callable[[str], bool]:
    pattern = re.compile(rf"[0-9A-Fa-f]{{{digits}}}")
    return lambda value: pattern.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    """Whether a value is an IP address or a block of them."""
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 5 and int(value) <= 65_535


FORMS: Mapping[str, Callable[[str], bool]] = {
    "md5": _hexadecimal(32),
    "imphash": _hexadecimal(32),
    "sha1": _hexadecimal(40),
    "sha224": _hexadecimal(56),
    "sha256": _hexadecimal(64),
    "sha384": _hexadecimal(96),
    "sha512": _hexadecimal(128),
    "sha3-256": _hexadecimal(64),
    "sha3-512": _hexadecimal(128),
    "ip-src": _is_address,
    "ip-dst": _is_address,
    "ip": _is_address,
    "port": _is_port,
}
_LONGEST = 1_000
"""No value of a type with an exact form is longer; a longer one is not looked into."""


def fits(kind: str, value: str) -> bool:
    """Whether a value is one of its type. Defanged addresses are none: the format has them as they are."""
    kinds = kind.split("|")
    if len(kinds) == 1:
        parts = [value]
    elif value.count("|") < len(kinds) - 1:
        return False
    else:
        parts = value.split("|")
    if len(parts) != len(kinds):
        return True
    return all(_fits_one(*pair) for pair in zip(kinds, parts, strict=True))


def _fits_one(kind: str, value: str) -> bool:
    form = FORMS.get(kind)
    return form is None or (len(value) <= _LONGEST and form(value.strip()))
