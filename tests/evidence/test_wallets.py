"""Checksums: published vectors, and one changed character breaks them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence import artefacts
from weigh.evidence.spotting import spot
from weigh.evidence.wallets import currency, is_ethereum, keccak256

BITCOIN = (
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",  # the first block
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",  # a script hash
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",  # BIP 173
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",  # BIP 173, in capitals
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",  # BIP 350
)
OTHERS = (  # examples of the chains' own documents, and Monero's address for donations
    ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "litecoin"),
    ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", "dogecoin"),
    ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron"),
    (
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
        "monero",
    ),
    (
        "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
        "monero",
    ),
)
ETHEREUM = (  # EIP-55
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)


@pytest.mark.parametrize("address", BITCOIN)
def test_bitcoin(address: str) -> None:
    assert currency(address) == "bitcoin"


def test_a_text_of_wrong_addresses_is_not_tried_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "_MOST_MISSES", 2)
    wrong = ["4" + letter * 94 for letter in "ABC"]
    bitcoin, monero = BITCOIN[0], OTHERS[3][0]
    early, late = f"{monero} {' '.join(wrong)}", f"{' '.join(wrong)} {monero} {bitcoin}"
    assert [each.value for each in spot(early).sightings] == [monero]
    assert [each.value for each in spot(late).sightings] == [bitcoin]


@pytest.mark.parametrize(("address", "chain"), OTHERS)
def test_the_address_of_another_chain(address: str, chain: str) -> None:
    assert currency(address) == chain
    assert [(each.subtype, each.value) for each in spot(f"pay {address}.").sightings] == [(chain, address)]


@given(st.sampled_from([address for address, _ in OTHERS]), st.data())
def test_one_other_character_is_nobodys_address(address: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(address) - 1))
    other = data.draw(st.sampled_from([each for each in "abcdEFGH2345" if each != address[place]]))
    assert currency(address[:place] + other + address[place + 1 :]) == ""


@given(
    st.sampled_from(
        [
            (0, "bitcoin"),
            (5, "bitcoin"),
            (48, "litecoin"),
            (50, "litecoin"),
            (30, "dogecoin"),
            (65, "tron"),
            (111, ""),
        ]
    ),
    st.binary(min_size=20, max_size=20),
)
def test_what_is_written_in_base58check_is_read(version: tuple[int, str], body: bytes) -> None:
    payload = bytes([version[0]]) + body
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, word = int.from_bytes(payload, "big"), ""
    while number > 0:
        number, digit = divmod(number, 58)
        word = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + word
    word = "1" * (len(payload) - len(payload.lstrip(b"\0"))) + word
    assert currency(word) == version[1]


@pytest.mark.parametrize("address", ETHEREUM)
def test_ethereum(address: str) -> None:
    assert is_ethereum(address)
    assert is_ethereum(address.lower())


@given(st.sampled_from(BITCOIN), st.data())
def test_one_other_character_is_no_bitcoin_address(address: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(3, len(address) - 1))
    other = data.draw(
        st.sampled_from("acdefghjkmnpqrstuvwxyz23456789").filter(lambda each: each != address[place].lower())
    )
    assert currency(address[:place] + other + address[place + 1 :]) == ""


@given(st.sampled_from(ETHEREUM), st.data())
def test_one_letter_in_the_other_case_is_no_ethereum_address(address: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, 41).filter(lambda at: address[at].isalpha()))
    assert not is_ethereum(address[:place] + address[place].swapcase() + address[place + 1 :])


@pytest.mark.parametrize("word", ["", "1", "bc1", "0x", "bc1q", "1" * 30, "0x" + "0" * 40, "bc1Q" + "q" * 38])
def test_other_words_are_no_wallets(word: str) -> None:
    assert currency(word) == ""
    assert not is_ethereum(word)


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_vectors(message: bytes, digest: str) -> None:
    assert keccak256(message).hex() == digest


@given(st.binary(max_size=300))
def test_with_the_padding_of_the_standard_it_is_sha3(message: bytes) -> None:
    assert keccak256(message, padding=0x06) == hashlib.sha3_256(message).digest()
