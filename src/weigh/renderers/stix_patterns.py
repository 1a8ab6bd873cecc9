"""Indicators as STIX patterns (STIX 2.1, section 9)."""

from __future__ import annotations

import re
from collections.abc import Callable


def _text(value: str) -> str:
    """A string literal: backslash and apostrophe escaped."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _equals(path: str) -> Callable[[str], str]:
    return lambda value: f"[{path} = {_text(value)}]"


def _digest(name: str, length: int) -> Callable[[str], str]:
    """A digest of so many hexadecimal digits; empty for anything else, which no pattern may hold."""
    form = re.compile(rf"[0-9A-Fa-f]{{{length}}}")
    return lambda value: f"[file:hashes.{name} = '{value}']" if form.fullmatch(value) is not None else ""


def _path(value: str) -> str:
    """A file in its folder, or a folder where the path ends in a separator."""
    folder, name = re.fullmatch(r"(.*?)[\\/]?([^\\/]*)", value, re.DOTALL).groups()  # type: ignore[union-attr]
    if len(name) == 0:
        return f"[directory:path = {_text(value)}]"
    if len(folder) == 0:
        return f"[file:name = {_text(name)}]"
    return f"[file:name = {_text(name)} AND file:parent_directory_ref.path = {_text(folder)}]"


def _system(value: str) -> str:
    """The number of an autonomous system written AS64500; empty for anything else."""
    digits = value.removeprefix("AS")
    return f"[autonomous-system:number = {int(digits)}]" if digits.isascii() and digits.isdigit() else ""


PATTERNS: dict[str, Callable[[str], str]] = {
    "domain": _equals("domain-name:value"),
    "ipv4": _equals("ipv4-addr:value"),
    "ipv6": _equals("ipv6-addr:value"),
    "url": _equals("url:value"),
    "email": _equals("email-addr:value"),
    "md5": _digest("MD5", 32),
    "sha1": _digest("'SHA-1'", 40),
    "sha256": _digest("'SHA-256'", 64),
    "sha512": _digest("'SHA-512'", 128),
    "file": _equals("file:name"),
    "path": _path,
    "registry": _equals("windows-registry-key:key"),
    "mutex": _equals("mutex:name"),
    "asn": _system,
}
"""The pattern of each sort of indicator; wallets have no object in STIX."""


def pattern(subtype: str, value: str) -> str:
    """The pattern of an indicator; empty where STIX has none for its sort."""
    make = PATTERNS.get(subtype)
    return "" if make is None else make(value)
