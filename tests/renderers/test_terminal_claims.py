"""Claims on a terminal: nothing that was said is lost, whatever the names are."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from tests.strategies import claims_of, documents
from weigh.records import Basis, Degree, Party, Quote, Span
from weigh.renderers.terminal_claims import BASES, DEGREES, Said, grouped, loaded, party_name, timeline


def printed(renderable: RenderableType) -> str:
    """What an 80-column terminal shows."""
    console = Console(width=80, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    console.print(renderable)
    text = console.file
    assert isinstance(text, io.StringIO)
    return text.getvalue()


@st.composite
def said(draw: st.DrawFn) -> list[Said]:
    """Some claims of a document."""
    document = draw(documents())
    return [Said(claim, document) for claim in draw(st.lists(claims_of(document), min_size=1, max_size=5))]


@given(said(), st.booleans())
def test_every_stance_is_shown_in_either_order(rows: list[Said], quotes: bool) -> None:
    for shown in (printed(grouped(rows, quotes=quotes)), printed(timeline(rows, quotes=quotes))):
        squeezed = "".join(shown.split())
        assert all("".join(str(one.claim.stance).split()) in squeezed for one in rows)


@given(said())
def test_headings_count_every_claim_once(rows: list[Said]) -> None:
    shown = " ".join(printed(grouped(rows, quotes=False)).split())
    groups = {tuple(sorted({party.root for party in one.claim.accused})) for one in rows}
    assert shown.count("About ") >= len(groups)


def test_every_degree_and_basis_has_words() -> None:
    assert set(DEGREES) == set(Degree)
    assert set(BASES) == set(Basis)
    assert len(set(DEGREES.values())) == len(DEGREES)


@pytest.mark.parametrize(
    ("party", "name"),
    [
        (Party("CN", "China"), "China"),
        (Party("CN/MSS", "Ministry of State Security"), "Ministry of State Security (CN)"),
        (Party("G0007", "APT28"), "APT28"),
    ],
)
def test_a_body_is_named_with_its_state(party: Party, name: str) -> None:
    assert party_name(party) == name


def test_loaded_words_are_counted_and_the_rest_is_numbered() -> None:
    words = [
        Quote(word, Span(0, 1)) for word in ["Smear", "smear", *[f"word{number}" for number in range(14)]]
    ]
    shown = " ".join(printed(loaded(words)).split())
    assert "“smear” 2" in shown
    assert "and 3 more" in shown
    assert "weigh nothing" in shown
