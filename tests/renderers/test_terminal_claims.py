"""Claims and ladders on a terminal of 80 columns: nothing that was said is lost, whatever the names are."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from tests.assessment import quay
from tests.strategies import claims_of, documents, names
from weigh.assessment.claim_rows import (
    VERDICTS,
    ChainLinkRow,
    ClaimRow,
    MissingRow,
    PropositionRow,
    StatementsRow,
)
from weigh.assessment.crediting import Credit, credited
from weigh.assessment.repeating import OriginStepRow
from weigh.assessment.statements import Said, statements
from weigh.case.claim_judgements import ReviewedClaim
from weigh.records import Basis, Degree, Document, Party
from weigh.renderers import claim_words, terminal_ladder
from weigh.renderers.claim_words import BASES, DEGREES, judged, unsure, unsure_told
from weigh.renderers.terminal_claims import Listing, grouped, loaded, signs, timeline, unsourced

ROWS = quay.stated(quay.weighed(quay.side()))
NAMES = {document.id: document.name for document in quay.side()}
EVERYTHING = frozenset(claim.id for claim in ROWS.claims)


def printed(renderable: RenderableType) -> str:
    """What an 80-column terminal shows."""
    console = Console(width=80, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    console.print(renderable)
    text = console.file
    assert isinstance(text, io.StringIO)
    return text.getvalue()


def called(identifier: str) -> str:
    """The name of a document of the small world."""
    return NAMES.get(identifier, identifier[:6])


def listing(rows: StatementsRow, *, quotes: bool = False) -> Listing:
    """All claims of these rows."""
    return Listing(called, frozenset(claim.id for claim in rows.claims), quotes)


def squeezed(text: str) -> str:
    """A text without its spaces, so that folding loses nothing."""
    return "".join(text.split())


@st.composite
def anything(draw: st.DrawFn) -> StatementsRow:
    """Rows of any claims."""
    files: tuple[Document, ...] = tuple(
        {each.id: each for each in draw(st.lists(documents(), max_size=2))}.values()
    )
    claims = {claim.id: claim for file in files for claim in draw(st.lists(claims_of(file), max_size=3))}
    return statements(Said(files, tuple(ReviewedClaim(claim, claim) for claim in claims.values())), {})


@settings(max_examples=50)
@given(anything(), st.booleans())
def test_every_claim_is_shown_in_either_order(rows: StatementsRow, quotes: bool) -> None:
    how = listing(rows, quotes=quotes)
    for shown in (printed(grouped(rows, how)), printed(timeline(rows, how))):
        assert all(cell_len(line) <= 80 for line in shown.splitlines())
        for claim in rows.claims:
            assert squeezed(str(claim.claim.stance)) in squeezed(shown)


@settings(max_examples=30)
@given(anything())
def test_origins_and_ladders_are_drawn_for_anything(rows: StatementsRow) -> None:
    for shown in (
        printed(terminal_ladder.origins(rows, called, everything=True)),
        printed(terminal_ladder.against(rows, called, {}, everything=True)),
    ):
        assert all(cell_len(line) <= 80 for line in shown.splitlines())
        for row in rows.propositions:
            if len(row.blames) > 0:
                assert squeezed(claim_words.chains_summary(row.chains)) in squeezed(shown)


def test_every_degree_and_basis_has_words_of_its_own() -> None:
    assert set(DEGREES) == set(Degree)
    assert set(BASES) == set(Basis)
    assert len(set(DEGREES.values())) == len(DEGREES)
    assert len(set(BASES.values())) == len(BASES)


def test_a_block_says_who_is_accused_of_what_by_how_many() -> None:
    shown = printed(grouped(ROWS, listing(ROWS)))
    assert shown.startswith("Russian Federation\n") or "Russian Federation: Harbour Gate" in shown
    assert "2 statements in 2 documents" in " ".join(shown.split())
    assert "2 claims answer" in " ".join(shown.split())
    assert "demands and threats" in shown


def test_a_timeline_draws_a_bar_a_day() -> None:
    shown = printed(timeline(ROWS, listing(ROWS)))
    assert shown.index("2021-07-19 █") < shown.index("2021-07-20 █")
    assert "4 claims" in shown
    assert "3 claims" in shown


def test_quotes_give_words_place_and_id() -> None:
    shown = " ".join(printed(grouped(ROWS, listing(ROWS, quotes=True))).split())
    for claim in ROWS.claims:
        assert claim.id[:12] in shown
    assert "“Estonia attributes the intrusion" in shown
    assert "estonia.txt:0" in shown


def test_claims_that_say_the_same_are_one_line_with_their_number() -> None:
    first = next(claim for claim in ROWS.claims if claim.claim.stance == "deny")
    twin = replace(first, id="clm-twin", claim=replace(first.claim, span=first.claim.span))
    row = quay.proposition(ROWS, "RU")
    rows = replace(
        ROWS,
        claims=(first, twin),
        propositions=(replace(row, blames=(), answers=(first.id, twin.id), others=()),),
    )
    assert "deny x2" in printed(grouped(rows, listing(rows)))


def test_only_wanted_claims_are_shown() -> None:
    latvian = frozenset(claim.id for claim in ROWS.claims if claim.speaker == "Latvia")
    shown = printed(grouped(ROWS, Listing(called, latvian)))
    assert "Latvia" in shown
    assert "Estonia" not in shown
    assert printed(grouped(ROWS, Listing(called, frozenset()))).strip() == ""


def test_what_a_person_decided_is_said() -> None:
    first = ROWS.claims[0]
    rejected = replace(first, counted=False, judged="rejected by R. Vance: a question", propositions=())
    row = quay.proposition(ROWS, first.claim.accused[0].root)
    kept = tuple(name for name in row.answers if name != first.id)
    rows = replace(ROWS, claims=(rejected,), propositions=(replace(row, blames=(), answers=kept, others=()),))
    shown = " ".join(printed(grouped(rows, Listing(called, frozenset({first.id})))).split())
    assert "Rejected, not counted" in shown
    assert "rejected by R. Vance" in shown


@pytest.mark.parametrize(
    ("party", "name"),
    [
        (Party("CN", "China"), "China"),
        (Party("CN/MSS", "Ministry of State Security"), "MSS"),
        (Party("CN/Zhao", "Zhao"), "Zhao"),
        (Party("G0007", "APT28"), "APT28"),
        (Party("US/LONGERNAME", "Some Long Body"), "Some Long Body"),
    ],
)
def test_a_body_goes_by_its_short_name(party: Party, name: str) -> None:
    assert claim_words.short(party) == name


def test_short_names_are_explained_below() -> None:
    claim = ROWS.claims[0]
    told = replace(
        claim, claim=replace(claim.claim, accused=(Party("CN/MSS", "Ministry of State Security"),))
    )
    shown = " ".join(printed(signs([told], letters=True)).split())
    assert "MSS Ministry of State Security (CN)" in shown
    assert "origin" in shown
    assert "~" in printed(signs([replace(claim, dated="name")], letters=False))
    assert printed(signs([claim], letters=False)).strip() == ""


def test_loaded_words_are_counted_and_the_rest_is_numbered() -> None:
    words = [("smear", 2), *((f"word{number}", 1) for number in range(14))]
    shown = " ".join(printed(loaded(words)).split())
    assert "“smear” 2" in shown
    assert "and 3 more" in shown
    assert "weigh nothing" in shown


def test_how_to_name_a_source_is_said_once() -> None:
    rows = replace(ROWS, unsourced=("a.txt", "b.txt"))
    said = unsourced(rows, "harbour.weigh")
    assert said.count("weigh read") == 1
    assert "2 documents" in said
    assert "--case harbour.weigh --source NAME" in said
    assert "they say in their own voice" in said
    assert unsourced(ROWS, "harbour.weigh") == ""
    alone = unsourced(replace(ROWS, unsourced=("a b.txt",)), "my case.weigh")
    assert "1 document (a b.txt), so that what it says in its own voice" in alone
    assert "`weigh read 'a b.txt' --case 'my case.weigh' --source NAME`." in alone
    assert unsourced(rows, "").endswith("give `--written-by NAME` with the files of one author at a time.")


def chained(**changes: object) -> StatementsRow:
    """The first proposition with other chains."""
    row = quay.proposition(ROWS, "RU")
    return replace(ROWS, propositions=(replace(row, chains=replace(row.chains, **changes)),))  # type: ignore[arg-type]


def test_origins_show_links_circles_and_who_is_missing() -> None:
    steps = (
        OriginStepRow("a", "", 0.0, "a"),
        OriginStepRow("b", "a", 0.9, "a"),
        OriginStepRow("c", "a", 0.6, "c"),
    )
    rows = chained(
        documents=3,
        origins=2,
        steps=steps,
        links=(ChainLinkRow("b", "a", "builds on", 0.9, "names its title", "According to A"),),
        circles=(("a", "b"),),
        missing=(MissingRow("NATO", "NATO", ("clm-1", "clm-2")),),
    )
    shown = " ".join(printed(terminal_ladder.origins(rows, lambda name: f"{name}.txt")).split())
    for words in (
        "Origin A: a.txt, b.txt",
        "Origin B: c.txt",
        "b.txt repeats a.txt, 90 %",
        "builds on: names its title “According to A”",
        "c.txt may share a source with a.txt (origin A), 60 %",
        "a.txt names b.txt, which names a.txt again",
        "Missing: NATO (2)",
    ):
        assert words in shown


def test_the_ladder_shows_a_word_for_every_rung_and_both_sides() -> None:
    shown = " ".join(printed(terminal_ladder.against(ROWS, called, {})).split())
    assert all(f" {row.rung} " in shown for row in quay.proposition(ROWS, "RU").rungs)
    assert "not addressed" in shown
    assert "The accused's side" in shown
    assert "2 answers by Russian Federation; no basis given in 2." in shown
    assert "It accuses in turn: United States (1 claim)." in shown
    assert "What each side would have to show" in shown


def test_a_figure_that_no_item_bears_on_stands_in_brackets() -> None:
    row = replace(quay.rung(quay.proposition(ROWS, "RU"), "sponsor"), probability=0.9)
    assert row.items == 0
    assert claim_words.probability(row) == "(90 %)"
    assert claim_words.probability(replace(row, items=2)) == "90 %"
    assert claim_words.probability(replace(row, probability=None)) == "-"


def test_credit_stands_beside_what_is_without_it() -> None:
    changed = credited(ROWS, [Credit("Estonia", 0.9, 0.1)], lambda claim, name: claim.speaker == "Estonia")
    shown = " ".join(printed(terminal_ladder.against(ROWS, called, changed)).split())
    assert "Crediting Estonia (states what is so in 0.9 of cases, what is not in 0.1)" in shown
    assert "without" in shown


def test_propositions_of_one_document_are_named_and_shown_on_demand() -> None:
    shown = " ".join(printed(terminal_ladder.against(ROWS, called, {})).split())
    assert "Stated by one document alone: United States." in shown
    assert "--all" in shown
    every = " ".join(printed(terminal_ladder.against(ROWS, called, {}, everything=True)).split())
    assert "Stated by one document alone" not in every


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_is_supported_needs_nothing_more(verdict: str) -> None:
    row = quay.proposition(ROWS, "RU")
    rungs = tuple(replace(each, verdict=verdict) for each in row.rungs)
    rows = replace(ROWS, propositions=(replace(row, rungs=rungs),))
    shown = " ".join(printed(terminal_ladder.against(rows, called, {})).split())
    assert ("contracts, payments" in shown) == (verdict != "supported")


def test_letters_go_to_the_largest_origin_first() -> None:
    steps = tuple(OriginStepRow(name, "", 0.0, origin) for name, origin in ("aa", "bc", "cc", "dc"))
    row: PropositionRow = quay.proposition(chained(steps=steps), "RU")
    assert claim_words.letters(row.chains) == {"a": "B", "b": "A", "c": "A", "d": "A"}


@given(names)
def test_no_name_of_a_party_obeys_or_hides(name: str) -> None:
    claim: ClaimRow = ROWS.claims[0]
    told = replace(claim, claim=replace(claim.claim, speakers=(Party(name, name),)))
    rows = replace(ROWS, claims=(told,))
    shown = printed(timeline(rows, listing(rows)))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_was_read_unsurely_is_told_and_listed_last() -> None:
    first = ROWS.claims[0]
    weak = replace(first, counted=False, claim=replace(first.claim, probability=0.07), propositions=())
    rows = replace(ROWS, claims=(weak,), propositions=())
    shown = " ".join(printed(grouped(rows, Listing(called, frozenset({weak.id})))).split())
    assert "Read unsurely, not counted" in shown
    assert "7" in judged(weak)
    assert judged(weak).endswith("% sure; not counted")
    assert unsure(rows) == [weak]
    assert unsure_told(rows).startswith("1 passage more may say who is responsible.")
    assert unsure_told(replace(rows, claims=(first,))) == ""
