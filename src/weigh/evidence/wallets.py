"""Cryptocurrency addresses, told from other long words by the checksums that they carry.

Base58Check is Bitcoin's own, and Litecoin's, Dogecoin's and TRON's with other first bytes; Monero's takes its
digits in blocks and its checksum from Keccak; bech32 and bech32m are BIP 173 and BIP 350, mixed-case Ethereum
addresses are EIP-55 over Keccak-256 (which is not the SHA-3 of the standard library: it pads otherwise).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_RESIDUES = frozenset({1, 0x2BC830A3})


_VERSIONS = {
    0x00: "bitcoin",
    0x05: "bitcoin",
    0x30: "litecoin",
    0x32: "litecoin",
    0x1E: "dogecoin",
    0x16: "dogecoin",
    0x41: "tron",
}
"""The first byte of an address in Base58Check, and whose it is: the chains' own parameters."""
_PARTS = {"bc": "bitcoin", "ltc": "litecoin"}
"""What stands before the "1" of an address in bech32 (SLIP 173)."""
_MONERO = (18, 42)
_MONERO_LENGTH, _BLOCK = 95, 11


@lru_cache(maxsize=4096)
def currency(word: str) -> str:
    """Whose address a word is, checksum included: a main network's, or empty."""
    part, one, data = word.lower().partition("1")
    if one != "" and part in _PARTS:
        return _PARTS[part] if word in (word.lower(), word.upper()) and _is_bech32(part, data) else ""
    if word[:2] == "0x":
        return "ethereum" if is_ethereum(word) else ""
    if not set(word) <= set(_BASE58):
        return ""
    if len(word) == _MONERO_LENGTH:
        return "monero" if _is_monero(word) else ""
    return _checked(word) if 26 <= len(word) <= 35 else ""


def is_costly(word: str) -> bool:
    """Whether the checksum of such a word is Keccak's, which takes a hundred times as long as the others."""
    return len(word) == _MONERO_LENGTH or word[:2] == "0x"


def _checked(word: str) -> str:
    """Whose address a word in Base58Check is."""
    number = _number(word)
    if number.bit_length() > 200:
        return ""
    payload = number.to_bytes(25, "big")
    digest = hashlib.sha256(hashlib.sha256(payload[:21]).digest()).digest()
    is_whole = payload[21:] == digest[:4] and (payload[0] > 0 or word.startswith("1"))
    return _VERSIONS.get(payload[0], "") if is_whole else ""


def _number(word: str) -> int:
    number = 0
    for character in word:
        number = number * 58 + _BASE58.index(character)
    return number


def _is_monero(word: str) -> bool:
    """Whether a word is an address or a subaddress of Monero (its blocks of 11 digits hold 8 bytes each)."""
    payload = b""
    for start in range(0, len(word), _BLOCK):
        block = word[start : start + _BLOCK]
        number, size = _number(block), 8 if len(block) == _BLOCK else 5
        if number >= 1 << 8 * size:
            return False
        payload += number.to_bytes(size, "big")
    return payload[0] in _MONERO and payload[-4:] == keccak256(payload[:-4])[:4]


def is_ethereum(word: str) -> bool:
    """Whether a word is an Ethereum address; one in mixed case must carry the checksum of EIP-55."""
    digits = word[2:]
    if word[:2] != "0x" or len(digits) != 40:
        return False
    if digits in (digits.lower(), digits.upper()):
        return len(set(digits)) > 4
    nibbles = keccak256(digits.lower().encode("ascii")).hex()
    return all(
        not character.isalpha() or character.isupper() == (int(nibble, 16) > 7)
        for character, nibble in zip(digits, nibbles, strict=False)
    )


def _is_bech32(part: str, data: str) -> bool:
    if not 11 <= len(data) <= 87 or not set(data) <= set(_BECH32):
        return False
    expanded = (*(ord(each) >> 5 for each in part), 0, *(ord(each) & 31 for each in part))
    checksum = 1
    for value in (*expanded, *map(_BECH32.index, data)):
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_BECH32_GENERATORS):
            checksum ^= generator if top >> bit & 1 else 0
    return checksum in _BECH32_RESIDUES


_RATE, _WORD = 136, (1 << 64) - 1


def keccak256(message: bytes, *, padding: int = 0x01) -> bytes:
    """Keccak-256 with the original padding (Keccak team, submission version 3); 0x06 makes it SHA3-256."""
    padded = bytearray(message) + bytes([padding]) + bytes(-(len(message) + 1) % _RATE)
    padded[-1] |= 0x80
    lanes = [0] * 25
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            lanes[lane] ^= int.from_bytes(padded[block + 8 * lane : block + 8 * lane + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    """Keccak-f[1600]: 24 rounds over lanes `x + 5 * y`."""
    for constant in _round_constants():
        parity = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        lanes = [
            lane ^ parity[(index + 4) % 5] ^ _rotated(parity[(index + 1) % 5], 1)
            for index, lane in enumerate(lanes)
        ]
        moved = [0] * 25
        for index, amount in enumerate(_ROTATIONS):
            x, y = index % 5, index // 5
            moved[y + 5 * ((2 * x + 3 * y) % 5)] = _rotated(lanes[index], amount)
        lanes = [
            moved[index]
            ^ (~moved[index - index % 5 + (index + 1) % 5] & moved[index - index % 5 + (index + 2) % 5])
            for index in range(25)
        ]
        lanes[0] ^= constant
    return lanes


def _rotated(lane: int, amount: int) -> int:
    return (lane << amount | lane >> (64 - amount)) & _WORD


def _rotations() -> tuple[int, ...]:
    amounts = [0] * 25
    x, y = 1, 0
    for step in range(24):
        amounts[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return tuple(amounts)


_ROTATIONS = _rotations()


def _round_constants() -> Iterable[int]:
    """The 24 constants, from the linear feedback shift register that defines them."""
    register = 1
    for _ in range(24):
        constant = 0
        for exponent in range(7):
            if register & 1:
                constant |= 1 << ((1 << exponent) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        yield constant
