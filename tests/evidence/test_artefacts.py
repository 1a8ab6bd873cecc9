"""Digests, paths, registry keys, mutexes, wallets and network numbers."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.spotting import spot
from weigh.records import Span

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
        ("Mutex: DefoModz_1", ("mutex", "DefoModz_1")),
        ("The mutex is DCRat-77.", ("mutex", "DCRat-77")),
        ('CreateMutexA(NULL, 0, "Hello77")', ("mutex", "Hello77")),
        (r"the string Global\{8AAB1D5C-11} was", ("mutex", r"Global\{8AAB1D5C-11}")),
        (f"pay {GENESIS} now", ("bitcoin", GENESIS)),
        (
            "BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
            ("bitcoin", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
        ),
        (ETHEREUM, ("ethereum", ETHEREUM.lower())),
        ("AS12345", ("asn", "AS12345")),
        ("AS 12345", ("asn", "AS12345")),
        ("ASN: 12", ("asn", "AS12")),
        ("autonomous system 9009", ("asn", "AS9009")),
        ("Autonomous System Number (ASN) 9009.", ("asn", "AS9009")),
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
        "The mutex is well-known. Mutexes: several",
        "the mutex (CreateMutexA) is made by OpenMutexW",
        r"in AppData\Global\x1 and the autonomous systems of 2021",
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mutexes “AA-1”, “BB-2” and “CC-3”", ["AA-1", "BB-2", "CC-3"]),
        ("a mutex “AA-1” and “open” it", ["AA-1"]),
        (r"Mutexes Global\A12x Global\B12x", [r"Global\A12x", r"Global\B12x"]),
    ],
)
def test_several_mutexes(text: str, names: list[str]) -> None:
    assert seen(text) == [("mutex", name) for name in names]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(64496, "5398"), (64512, "6996"), (4_200_000_000, "6996"), (23456, "6793"), (65535, "7300"), (9009, "")],
)
def test_numbers_that_nobody_is_given(number: int, reason: str) -> None:
    (sighting,) = spot(f"AS{number}").sightings
    assert reason in sighting.reason
    assert (sighting.reason == "") == (reason == "")


MD5, SHA1, SHA256, SHA512 = (
    hashlib.new(sort, b"x", usedforsecurity=False).hexdigest() for sort in ("md5", "sha1", "sha256", "sha512")
)


@pytest.mark.parametrize(
    "label", ["Imphash: ", "imphash ", "Import hash (", "JA3:\n", "JA3S = ", "Rich header hash: "]
)
def test_a_digest_of_something_else_is_no_files(label: str) -> None:
    (sighting,) = spot(f"{label}{MD5}").sightings
    assert sighting.reason.startswith("a digest of something else")


@given(st.integers(24, 52), st.sampled_from(["\n", " \n  "]))
def test_a_digest_over_two_lines_is_one(cut: int, between: str) -> None:
    text = f"SHA-256: {SHA256[:cut]}{between}{SHA256[cut:]}"
    (sighting,) = spot(text).sightings
    assert (sighting.subtype, sighting.value) == ("sha256", SHA256)
    assert sighting.span == Span(9, len(text))


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        (f"{MD5}\n{MD5[::-1]}", ["md5", "md5"]),
        (f"MD5, SHA-256\n{MD5}\n{MD5[::-1]}", ["md5", "md5"]),
        (f"SHA1\n{SHA1}\n{SHA1[::-1]}", ["sha1", "sha1"]),
        (f"{MD5}\n{SHA256}\n{SHA1}", ["md5", "sha256", "sha1"]),
        (f"sha-512\n{SHA512[:64]}\n{SHA512[64:]}", ["sha512"]),
        (f"SHA256\n{SHA256[:32]}\n{SHA256[32:]}\n{SHA256[:32]}\n{SHA256[32:]}", ["sha256", "sha256"]),
    ],
)
def test_digests_one_below_the_other(text: str, sorts: list[str]) -> None:
    assert [sort for sort, _ in seen(text)] == sorts


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
        'mutexes "abc" ',
        "CreateMutex(",
        f"{MD5}\n",
        "deadbeef",
        "bc1q",
        "\\",
        "AS1",
    ):
        assert len(spot(unit * (200_000 // len(unit))).sightings) <= 50_000
