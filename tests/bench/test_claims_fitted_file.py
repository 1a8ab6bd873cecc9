"""The annotation file on which the reader of claims is fitted: its offsets, its labels, what is not in it."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.reader import ACTORS, reader
from weigh.bench.claim_fit import ANNOTATIONS
from weigh.bench.claim_names import Canonical, canonical
from weigh.bench.claim_pairs import Gold
from weigh.bench.claim_sets import GoldDocument, annotated_part, gold_documents
from weigh.bench.claims import DEVELOPMENT, KEPT_APART
from weigh.bench.data import Context
from weigh.bench.rows import Missing
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Basis, Degree, Document, Party, Stance

NAME = "claims_fitted.json"
FITTED = gold_documents(NAME)
GIVEN = [item for item in FITTED if item.text != ""]
FILES = [item for item in FITTED if item.sha256 != ""]
TABLES = [item for item in FITTED if len(item.rows) > 0]

OTHERS = tuple(name for name in (*DEVELOPMENT, *KEPT_APART) if name != NAME)

FROZEN = (
    "statements/us-doj-20201019-gru-sandworm.txt",
    "statements/us-wh-20210415-solarwinds.txt",
    "statements/us-wh-20210415-background-call.txt",
    "statements/cn-mfa-20220905-nwpu.txt",
    "statements/cn-mfa-20230525-volt-typhoon.txt",
    "statements/cn-mfa-20240208-volt-typhoon.txt",
)
"""The documents on which the bench was first tested, before others were kept apart in their stead."""

Shingles = frozenset[tuple[str, ...]]
_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")


def shingles(text: str, length: int = 8) -> Shingles:
    """Every run of so many words, or characters of Chinese."""
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


SHORT = 250
"""Characters of a text of one or two sentences, which are made of few words."""


@cache
def given_shingles() -> Shingles:
    """Those of all texts that are given in the file."""
    return frozenset().union(*(shingles(item.text) for item in GIVEN))


def spread(items: list[GoldDocument], number: int) -> list[GoldDocument]:
    """Some of them, from all parts of the list."""
    return items[:: max(len(items) // number, 1)][:number]


def read_part(item: GoldDocument, folder: Path) -> str:
    """The annotated part of a text, which is there."""
    found = annotated_part(item, "claims", Context(folder, lambda *_: None))
    assert isinstance(found, Document)
    return found.text


def by_name(item: GoldDocument) -> str:
    """A name for the report of a test."""
    return f"{Path(item.document).name} {' '.join(item.rows)[:30]}".strip()


def test_every_document_is_of_one_kind_and_there_are_some_of_each() -> None:
    assert len(GIVEN) + len(FILES) + len(TABLES) == len(FITTED)
    assert min(len(GIVEN), len(FILES), len(TABLES)) >= 10
    assert all(re.fullmatch("[0-9a-f]{64}", item.sha256) is not None for item in FILES)
    assert sum(len(item.claims) for item in FITTED) > 1000


def test_texts_of_others_are_not_given() -> None:
    assert all(item.text == "" for item in (*FILES, *TABLES))
    assert all("/" not in item.document for item in GIVEN)


def test_every_claim_lies_within_its_text() -> None:
    for item in FITTED:
        for one in item.claims:
            assert 0 <= one.start < one.end, by_name(item)
            assert item.annotated_to == 0 or one.end <= item.annotated_to, by_name(item)
            assert item.text == "" or one.end <= len(item.text), by_name(item)


def test_claims_of_given_texts_are_whole_words() -> None:
    for item in GIVEN:
        for one in item.claims:
            words = item.text[one.start : one.end]
            assert words.strip() == words != "", by_name(item)
            edges = (item.text[one.start - 1 : one.start + 1], item.text[one.end - 1 : one.end + 1])
            assert all(re.fullmatch("[a-z]{2}", edge) is None for edge in edges), (by_name(item), words)


def test_labels_are_those_of_the_records() -> None:
    for one in (claim for item in FITTED for claim in item.claims):
        assert one.stance in set(Stance)
        assert one.degree in set(Degree)
        assert one.basis in set(Basis)
        for quote in (one.act, one.target, one.when, one.likelihood, one.confidence):
            assert quote is None or one.start <= quote[0] < quote[1] <= one.end


def test_parties_are_named_and_no_claim_names_one_twice() -> None:
    for item in FITTED:
        for one in item.claims:
            for side in (one.speakers, one.accused, one.reported_by):
                assert all(key == key.strip() != "" for key in side), by_name(item)
                assert len(set(side)) == len(side), by_name(item)


def test_every_stance_and_degree_can_be_learned() -> None:
    claims = [claim for item in FITTED for claim in item.claims]
    stances = Counter(one.stance for one in claims)
    assert set(stances) == set(Stance)
    assert min(stances.values()) >= 100
    assert {one.degree for one in claims} == set(Degree)
    assert any(len(item.claims) == 0 for item in FITTED)


def test_no_claim_stands_twice() -> None:
    for item in FITTED:
        seen = Counter((one.start, one.end, one.stance, one.speakers, one.accused) for one in item.claims)
        assert set(seen.values()) <= {1}, by_name(item)


def test_no_document_stands_twice() -> None:
    names = Counter((item.document, item.rows) for item in FITTED)
    rows = Counter((item.document, row) for item in TABLES for row in item.rows)
    hashes = Counter(item.sha256 for item in FILES)
    texts = Counter(" ".join(item.text.split()) for item in GIVEN)
    for counted in (names, rows, hashes, texts):
        assert len(counted) > 0
        assert set(counted.values()) == {1}


def test_no_given_text_is_a_variant_of_another() -> None:
    bearers: dict[tuple[str, ...], list[int]] = {}
    sizes = []
    for number, item in enumerate(GIVEN):
        found = shingles(item.text) if len(item.text) > SHORT else frozenset()
        sizes.append(len(found))
        for one in found:
            bearers.setdefault(one, []).append(number)
    shared = Counter(
        (left, right) for held in bearers.values() for left in held for right in held if left < right
    )
    for (left, right), number in shared.items():
        assert number < 0.1 * min(sizes[left], sizes[right]), (by_name(GIVEN[left]), by_name(GIVEN[right]))


@pytest.mark.parametrize("name", OTHERS)
def test_no_document_of_another_set_is_in_it(name: str) -> None:
    others = gold_documents(name)
    assert len(others) > 0
    assert {item.document for item in others}.isdisjoint(item.document for item in FITTED)
    assert {item.sha256 for item in others if item.sha256 != ""}.isdisjoint(item.sha256 for item in FILES)
    assert {item.text for item in others if item.text != ""}.isdisjoint(item.text for item in GIVEN)


@pytest.mark.parametrize("item", gold_documents("claims_written_apart.json"), ids=by_name)
def test_invented_texts_kept_apart_share_few_words_in_a_row_with_it(item: GoldDocument) -> None:
    own = shingles(item.text)
    assert len(own & given_shingles()) < 0.1 * len(own)
    assert max(len(own & shingles(given.text)) for given in GIVEN) < 0.03 * len(own)


def test_what_is_kept_apart_is_not_fitted_on() -> None:
    assert set(ANNOTATIONS).isdisjoint(KEPT_APART)
    assert NAME in ANNOTATIONS
    assert set(FROZEN).isdisjoint(item.document for name in ANNOTATIONS for item in gold_documents(name))


@pytest.mark.parametrize(
    "name", [*FROZEN, *(item.document for item in gold_documents("claims_kept_apart.json"))]
)
def test_documents_kept_apart_share_few_words_in_a_row_with_invented_ones(shared: Path, name: str) -> None:
    own = shingles((shared / "corpus" / name).read_text("utf-8"))
    assert len(own & given_shingles()) < 0.05 * len(own)


@pytest.mark.parametrize("item", spread([one for one in FILES if one.annotated_to > 0], 4), ids=by_name)
def test_the_annotated_part_of_a_file_ends_where_annotation_did(shared: Path, item: GoldDocument) -> None:
    text = read_part(item, shared)
    assert len(text) == item.annotated_to
    assert (shared / "corpus" / item.document).read_text("utf-8").startswith(text)


@pytest.mark.parametrize("item", spread([one for one in FILES if one.annotated_to == 0], 4), ids=by_name)
def test_a_file_that_was_annotated_whole_is_given_whole(shared: Path, item: GoldDocument) -> None:
    text = read_part(item, shared)
    assert text == (shared / "corpus" / item.document).read_bytes().decode()
    assert all(one.end <= len(text) for one in item.claims)


@pytest.mark.parametrize("item", spread([one for one in TABLES if one.annotated_to > 0], 5), ids=by_name)
def test_the_annotated_part_of_a_table_ends_where_annotation_did(shared: Path, item: GoldDocument) -> None:
    text = read_part(item, shared)
    assert len(text) == item.annotated_to
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in item.claims)


@pytest.mark.parametrize("item", spread([one for one in TABLES if one.annotated_to == 0], 3), ids=by_name)
def test_descriptions_of_incidents_are_one_a_paragraph(shared: Path, item: GoldDocument) -> None:
    text = read_part(item, shared)
    assert len(text.split("\n\n")) == len(item.rows)
    assert all("\n" not in text[one.start : one.end] for one in item.claims)
    assert all(one.end <= len(text) for one in item.claims)


def table(folder: Path, name: str, content: str) -> Context:
    """A folder with one packed table."""
    (folder / name).write_bytes(lzma.compress(content.encode()))
    return Context(folder, lambda *_: None)


@pytest.mark.parametrize(("annotated_to", "text"), [(0, "Iran did it.\n\nIt rained."), (7, "Iran di")])
def test_rows_of_a_table_of_incidents_are_joined_in_their_order(
    tmp_path: Path, annotated_to: int, text: str
) -> None:
    content = "ID,description\n1,It  rained.\n2,Chile did it.\n3,Iran did it.\n3,Once more.\n"
    item = GoldDocument("t.csv.xz", (Gold(0, 7, "accuse"),), rows=("3", "1"), annotated_to=annotated_to)
    found = annotated_part(item, "claims", table(tmp_path, "t.csv.xz", content))
    assert isinstance(found, Document)
    assert (found.text, found.name, found.source) == (text, "3.txt", None)


def test_sentences_of_a_labelled_document_stand_one_a_line(tmp_path: Path) -> None:
    rows = [("One.", "a"), ("Else.", "b"), ("Two.", "a")]
    content = ",".join(
        f'{{"text": "{text}", "label": "T1003", "doc_title": "{title}"}}' for text, title in rows
    )
    item = GoldDocument("t.json.xz", (), rows=("a",), publisher="Canada", date="2020-01-02")
    found = annotated_part(item, "claims", table(tmp_path, "t.json.xz", f"[{content}]"))
    assert isinstance(found, Document)
    assert (found.text, found.date) == ("One.\nTwo.", "2020-01-02")
    assert found.source is not None
    assert found.source.name == "Canada"


@pytest.mark.parametrize("item", [FILES[0], TABLES[0], TABLES[-1]], ids=by_name)
def test_without_its_folder_a_text_is_missing_and_named(tmp_path: Path, item: GoldDocument) -> None:
    found = annotated_part(item, "claims", Context(tmp_path, lambda *_: None))
    assert isinstance(found, Missing)
    assert item.document in found.lacks


@pytest.mark.parametrize(
    ("key", "root"),
    [
        ("IR", "ir"),
        ("ir/IRGC", "ir"),
        ("Fancy Bear", "g0007"),
        ("apt28", "g0007"),
        ("G0007", "g0007"),
        ("The Harbour Courier", "harbour courier"),
        ("Harbour Courier", "harbour courier"),
        ("Theban Shipping", "theban shipping"),
    ],
)
def test_keys_that_mean_the_same_have_one_root(key: str, root: str) -> None:
    known = canonical(Catalogue((*ACTORS,), (), (), (), ()), reader())
    assert known.roots([key]) == {root}
    assert known.of([Party(key, "any name")]) == {root}


@settings(max_examples=50)
@given(st.lists(st.text("abcT he/", min_size=1, max_size=8), max_size=4))
def test_roots_know_neither_case_nor_order_nor_repetition(keys: list[str]) -> None:
    known = Canonical({"abc": "g1"})
    assert known.roots(keys) == known.roots([key.upper() for key in keys[::-1]] + keys)
    assert known.roots(keys) == frozenset().union(*(known.roots([key]) for key in keys))
