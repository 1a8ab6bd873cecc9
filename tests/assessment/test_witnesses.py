"""Who contributes: reprints, spellings and documents without facts lift no confidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.assessment.witnesses import LEAST_FACTS, witnesses
from weigh.records import Document, Source

MANY = frozenset(f"T{number}" for number in range(10))
OTHER = frozenset(f"S{number}" for number in range(10))


def by(name: str | None, identifier: str) -> Document:
    """A document of a source, or of nobody."""
    return Document(
        identifier, "x", "text", f"{identifier}.txt", source=None if name is None else Source(name)
    )


def apart(files: list[Document]) -> dict[str, str]:
    """Every document an origin of its own."""
    return {file.id: file.id for file in files}


@pytest.mark.parametrize(
    ("sources", "facts", "count"),
    [
        (["CISA", "Vendor"], [MANY, OTHER], 2),
        (["CISA", "C.I.S.A."], [MANY, OTHER], 1),
        (["CISA", "Vendor"], [MANY, MANY], 1),
        (["CISA", "Vendor"], [MANY, MANY - {"T0"}], 1),
        (["CISA", None], [MANY, OTHER], 1),
        (["CISA", "Vendor"], [MANY, frozenset({"S1"})], 1),
        ([None, None], [MANY, OTHER], 0),
    ],
)
def test_sources_count_once_and_for_what_they_bring(
    sources: list[str | None], facts: list[frozenset[str]], count: int
) -> None:
    files = [by(name, str(place)) for place, name in enumerate(sources)]
    given_facts = {str(place): given for place, given in enumerate(facts)}
    assert witnesses(files, given_facts, apart(files)) == count


def test_a_document_without_facts_is_no_witness() -> None:
    files = [by("Ministry", "0"), by("Vendor", "1")]
    assert witnesses(files, {"1": MANY}, apart(files)) == 1


def test_two_sources_of_one_origin_are_one_witness() -> None:
    files = [by("Ministry", "0"), by("Vendor", "1"), by("Laboratory", "2")]
    given_facts = {"0": MANY, "1": OTHER, "2": frozenset(f"X{number}" for number in range(5))}
    assert witnesses(files, given_facts, {"0": "0", "1": "0", "2": "2"}) == 2
    assert witnesses(files, given_facts, dict.fromkeys("012", "0")) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.frozensets(st.sampled_from(sorted(MANY | OTHER)))), max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_order_changes_nothing_and_nobody_counts_twice(
    pairs: list[tuple[str, frozenset[str]]], random: object
) -> None:
    files = [by(name, str(place)) for place, (name, _) in enumerate(pairs)]
    given_facts = {str(place): facts for place, (_, facts) in enumerate(pairs) if len(facts) > 0}
    found = witnesses(files, given_facts, apart(files))
    able = {name for name, _ in pairs}
    assert found <= len(able)
    if all(len(facts) < LEAST_FACTS for _, facts in pairs) and len(pairs) == len(able):
        assert found == 0
    shuffled = list(files)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert witnesses(shuffled, given_facts, apart(files)) == found
