"""Whose a host is: where names are registered, and below which names everybody may have one.

The public suffix list (publicsuffix.org) has two parts: what registries sell ("co.uk"), and what companies
hand out below a name of theirs ("github.io", a dynamic DNS service), each name to somebody else.
"""

from __future__ import annotations

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=4096)
def registrable(name: str) -> str:
    """The part of a host name that somebody registered ("a.example.co.uk": "example.co.uk"), or empty."""
    labels = name.split(".")
    if len(name) > 253 or len(labels) < 2 or "_" in labels[-1] + labels[-2]:
        return ""
    if not all(0 < len(label) <= 63 and label[0] != "-" and label[-1] != "-" for label in labels):
        return ""
    return _registries().privatesuffix(name.lower()) or ""


@lru_cache(maxsize=4096)
def held(name: str) -> str:
    """The part of a host name that one owner answers for: below "github.io" that is one label more.

    Empty for a name that has none, as the suffixes themselves: their owner answers for those.
    """
    return _everybody().privatesuffix(name.lower()) or ""


@cache
def _registries() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@cache
def _everybody() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
