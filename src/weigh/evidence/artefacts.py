"""What an intrusion leaves on machines by its form alone: digests, mutexes; wallets; network numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from weigh.evidence.hosts import Sighting
from weigh.evidence.wallets import is_bitcoin, is_ethereum
from weigh.records import Span

_HASH = re.compile(r"(?<![\w-])[0-9A-Fa-f]{32,128}(?![\w-])")
_HASH_SORTS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_OF_NOTHING = {
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}

_MUTEX = re.compile(
    r"[Mm](?<!\w[Mm])(?:utex|UTEX)(?:es|ES)?\b(?: object)?"
    r"(?: (?:named|called|name|is|with the name|of)){0,2}\s?[:=]?\s?"
    r"(?:[\"'`“‘](?P<quoted>[^\"'`“”‘’\n]{3,120})[\"'`”’]|(?P<bare>(?:Global|Local)\\[^\s\"',;]{2,120}))",
)
_WALLETS = (
    re.compile(r"[13](?<!\w[13])[1-9A-HJ-NP-Za-km-z]{25,34}(?!\w)"),
    re.compile(r"bc1(?<!\wbc1)[02-9ac-hj-np-z]{11,87}(?!\w)"),
    re.compile(r"BC1(?<!\wBC1)[02-9AC-HJ-NP-Z]{11,87}(?!\w)"),
    re.compile(r"0x(?<!\w0x)[0-9A-Fa-f]{40}(?!\w)"),
)
_NETWORK = re.compile(
    r"AS(?<![\w-]AS)(?:N?[ \-]?(?P<number>\d{4,10})|N[ \-:#]{0,3}(?P<labelled>\d{1,10}))(?![\w.-])"
)


def hashes(text: str) -> Iterator[Sighting]:
    """MD5, SHA-1, SHA-256 and SHA-512 digests, by their length in hexadecimal digits."""
    for match in _HASH.finditer(text):
        digest = match.group().lower()
        sort = _HASH_SORTS.get(len(digest))
        if sort is None or len(set(digest)) < 3:
            continue
        reason = "the digest of no bytes at all" if digest in _OF_NOTHING else ""
        yield Sighting(Span(*match.span()), sort, digest, False, reason)


def mutexes(text: str) -> Iterator[Sighting]:
    """Names of mutexes, only where the text calls them so."""
    for match in _MUTEX.finditer(text):
        group = "quoted" if match["quoted"] is not None else "bare"
        span = Span(*match.span(group))
        yield Sighting(span, "mutex", span.of(text))


def wallets(text: str) -> Iterator[Sighting]:
    """Bitcoin and Ethereum addresses with a right checksum."""
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _WALLETS):
        word = match.group()
        if is_bitcoin(word):
            yield Sighting(Span(*match.span()), "bitcoin", word.lower() if word[:2] == "BC" else word)
        elif is_ethereum(word):
            yield Sighting(Span(*match.span()), "ethereum", word.lower())


def networks(text: str) -> Iterator[Sighting]:
    """Numbers of autonomous systems; "AS400" and "AS2" are other things, so short ones need "ASN"."""
    for match in _NETWORK.finditer(text):
        number = int(match["number"] or match["labelled"])
        if 0 < number < 2**32:
            yield Sighting(Span(*match.span()), "asn", f"AS{number}")
