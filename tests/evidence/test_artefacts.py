"""Digests, paths, registry keys, mutexes, wallets and network numbers."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.spotting import spot

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def seen(text: str) -> list[tuple[str, str]]:
    return [(sighting.subtype, sighting.value) for sighting in spot(text).sightings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a mutex named "AbC-1"', ("mutex", "AbC-1")),
        ("mutex: \u201cAbC 1\u201d", ("mutex", "AbC 1")),
        (r"Mutex Global\Abc", ("mutex", r"Global\Abc")),
        (f"pay {GENESIS} now", ("bitcoin", GENESIS)),
        (
            "BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
            ("bitcoin", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
        ),
        (ETHEREUM, ("ethereum", ETHEREUM.lower())),
        ("AS12345", ("asn", "AS12345")),
        ("AS 12345", ("asn", "AS12345")),
        ("ASN: 12", ("asn", "AS12")),
    ],
)
def test_seen(text: str, expected: tuple[str, str]) -> None:
    assert seen(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "and/or, yes/no and 1/2",
        "/nothing/known",
        "use // to comment",
        "AS400 and AS2 and AS",
        "ASN 0 and AS4294967296",
        "a mutex was created",
        GENESIS[:-1] + "b",
        ETHEREUM[:-1] + "D",
        "0x" + "a" * 40,
        "g" * 32,
        "0" * 32,
        "a1" * 15,
        "HKLMX\\a",
        "12:\\34",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


@given(st.binary(max_size=40), st.sampled_from(["md5", "sha1", "sha256", "sha512"]))
def test_digests(data: bytes, sort: str) -> None:
    digest = hashlib.new(sort, data, usedforsecurity=False).hexdigest()
    assert seen(f"({digest.upper()})") == [(sort, digest)]


@pytest.mark.parametrize("sort", ["md5", "sha1", "sha256"])
def test_the_digest_of_nothing_says_nothing(sort: str) -> None:
    (sighting,) = spot(hashlib.new(sort, b"", usedforsecurity=False).hexdigest()).sightings
    assert sighting.reason == "the digest of no bytes at all"


def test_a_digest_within_a_longer_word_is_none() -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    for text in (digest + "0", "x" + digest, digest + "-1", f"0x{digest}"):
        assert seen(text) == []


def test_long_runs_cost_no_more_than_their_length() -> None:
    for unit in (
        "C:\\a",
        "C:\\a ",
        "%a%\\",
        "HKLM\\a",
        "/usr",
        "/",
        "mutex ",
        "deadbeef",
        "bc1q",
        "\\",
        "AS1",
    ):
        assert len(spot(unit * (200_000 // len(unit))).sightings) <= 50_000
