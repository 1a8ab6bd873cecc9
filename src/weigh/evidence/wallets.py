"""Cryptocurrency addresses, told from other long words by the checksums that they carry.

Base58Check is Bitcoin's own, bech32 and bech32m are BIP 173 and BIP 350, mixed-case Ethereum
addresses are EIP-55 over Keccak-256 (which is not the SHA-3 of the standard library: it pads otherwise).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_RESIDUES = frozenset({1, 0x2BC830A3})


def is_bitcoin(word: str) -> bool:
    """Whether a word is a Bitcoin address of the main network, checksum included."""
    if word.lower().startswith("bc1"):
        return word in (word.lower(), word.upper()) and _is_bech32(word.lower())
    if word[:1] not in ("1", "3") or not 26 <= len(word) <= 35 or not set(word) <= set(_BASE58):
        return False
    number = 0
    for character in word:
        number = number * 58 + _BASE58.index(character)
    if number.bit_length() > 200:
        return False
    payload = number.to_bytes(25, "big")
    digest = hashlib.sha256(hashlib.sha256(payload[:21]).digest()).digest()
    return payload[0] in (0, 5) and payload[21:] == digest[:4]


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


def _is_bech32(word: str) -> bool:
    data = word[3:]
    if not 11 <= len(data) <= 87 or not set(data) <= set(_BECH32):
        return False
    checksum = 1
    for value in (3, 3, 0, 2, 3, *map(_BECH32.index, data)):
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
