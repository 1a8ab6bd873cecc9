"""Damage to files: bits, cuts, splices, numbers, odd pieces, and values and parts inside of containers."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

from weigh.bench.hostile_packages import zipped
from weigh.readers.archive import FAILURES

Mutate = Callable[[bytes, Sequence[bytes], Random], bytes]
"""(file, other valid files of the format, chance) -> a damaged file."""

_NUMBER = re.compile(rb"\d+")
_NUMBERS = (
    *(b"0", b"-1", b"1", b"65535", b"2147483648", b"4294967295", b"18446744073709551616", b"1e999"),
    *(b"00000000000000000000", b"9" * 400, b"0.1", b"-0"),
)
_PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("\0", "\u202e", "\u200b", "\ufeff", "\ud800", "\U0010ffff", "\u0301" * 40, "İ", "ß", "ﬁ", "Т1566"),
        *(
            "\r",
            "\u2028",
            "\x85",
            "\f",
            "\\",
            '"',
            "'",
            "`" * 5,
            "|",
            "[.]",
            "hxxp://[",
            "://",
            "@",
            "%00",
            "&#x0;",
        ),
        *(
            "<",
            "<!--",
            "<![CDATA[",
            "</",
            "<table>",
            "<p hidden>",
            "{",
            "[",
            "}",
            "]",
            "null",
            ":",
            ",",
            "#",
            ">",
        ),
        *(
            "T1566.",
            "CVE-0000-0",
            "198.51.100.999",
            "::ffff:1.2.3.4",
            "xn--",
            "a" * 300,
            "1" * 300,
            "¹²³",
            "٣",
        ),
        *(
            "0000-00-00",
            "9999-12-31T24:00:00Z",
            "2021-02-30",
            "AS99999999999",
            "/Kids",
            " R",
            "endobj",
            "stream",
        ),
    )
)
_ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 1e308, 2**70, "", " ", "\0", "x" * 300, "T1566", "2021-13-45", "tlp:red"),
    *([], {}, [[]], [None], {"": ""}, {"type": 5}, ["a", 5, {}], "malware--1", "\u202e", "a|b|c"),
)
_MOST = 60_000
"""Bytes of a damaged file: larger ones only take time here."""


def mutant(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the files with one to six kinds of damage; the same for the same state of `random`."""
    data = random.choice(seeds)
    inner = _part if data.startswith(b"PK") else _value if data[:1] in {b"{", b"["} else None
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        ways = MUTATIONS if inner is None or random.random() < 1 / 4 else (inner,)
        data = random.choice(ways)(data, seeds, random)[:_MOST]
    return data


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _flip(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """A few bits turned over."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 8) if len(data) > 0 else 0):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def _cut(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """The end, or a stretch in the middle, gone."""
    first, second = sorted((_place(data, random), _place(data, random)))
    return data[:first] + (data[second:] if random.random() < 1 / 2 else b"")


def _splice(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """A stretch of another file, or of this one, in the middle."""
    other = random.choice((data, random.choice(seeds)))
    first, second = sorted((_place(other, random), _place(other, random)))
    at = _place(data, random)
    return data[:at] + other[first:second] + data[at:]


def _swap(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """A number replaced by one at an edge, or by another of the file."""
    numbers = list(_NUMBER.finditer(data))
    if len(numbers) == 0:
        return data
    chosen = random.choice(numbers)
    other = random.choice((random.choice(_NUMBERS), random.choice(numbers).group()))
    return data[: chosen.start()] + other + data[chosen.end() :]


def _insert(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """Odd pieces in odd places, once or many times."""
    at = _place(data, random)
    return data[:at] + random.choice(_PIECES) * random.choice((1, 1, 1, 2, 50)) + data[at:]


MUTATIONS: tuple[Mutate, ...] = (_flip, _cut, _splice, _swap, _insert)


def _part(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """Damage to what is inside one member of an archive, whose checksums then fit."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist() if name != ""}
    except FAILURES:
        return data
    if len(members) == 0:
        return data
    name = random.choice(sorted(members))
    others = tuple(members.values())
    members[name] = random.choice(MUTATIONS)(members[name], others, random)
    return zipped(members)


def _value(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """One value of a JSON file replaced by an odd one, by another of the file, or left out."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return random.choice(MUTATIONS)(data, seeds, random)
    places = list(_places(value))
    if len(places) == 0:
        return data
    place, other = random.choice(places), random.choice(places)
    if random.random() < 1 / 8:
        place.remove()
    else:
        # A copy: a value inside of itself has no end.
        place.put(random.choice((random.choice(_ODD), json.loads(json.dumps(other.value)))))
    return json.dumps(value).encode()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: in an object under a key, or in a list at an index."""

    holder: dict[str, object] | list[object]
    key: str
    index: int

    @property
    def value(self) -> object:
        return self.holder[self.key] if isinstance(self.holder, dict) else self.holder[self.index]

    def put(self, value: object) -> None:
        if isinstance(self.holder, dict):
            self.holder[self.key] = value
        else:
            self.holder[self.index] = value

    def remove(self) -> None:
        if isinstance(self.holder, dict):
            del self.holder[self.key]
        else:
            del self.holder[self.index]


def _places(value: object) -> list[_Place]:
    """Every place inside of a value."""
    found: list[_Place] = []
    waiting = [value]
    while len(waiting) > 0:
        holder = waiting.pop()
        if isinstance(holder, dict):
            found += [_Place(holder, key, 0) for key in holder]
            waiting += holder.values()
        elif isinstance(holder, list):
            found += [_Place(holder, "", index) for index in range(len(holder))]
            waiting += holder
    return found
