"""Links: each kind from documents made for it, none where there is nothing, and no order that matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.texts import document, prose
from weigh.claims.links import JOINS, Link, kinds, links, precedence, strongest
from weigh.claims.origins import origin_of, trace
from weigh.records import Document, Span

DESK, DEKS = "pilotage-desk.example", "pilotage-deks.example"
QUOTED = (
    "It is highly likely that Brine Lanturn acts on behalf of the Directorate of Extramural Studies of the "
    "Republic of Sarmundia, and nobody else."
)
JOINT = "We join our allies and partners in naming those responsible."


def kinds_between(*documents: Document, **details: str) -> list[tuple[str, str, str]]:
    """Names of the document that repeats, of the one repeated, and the kind of link."""
    names = {each.id: each.name for each in documents}
    seen = {each.id: frozenset(details.get(each.name, "").split()) for each in documents}
    return sorted((names[link.document], names[link.repeats], link.kind) for link in links(documents, seen))


def test_the_table_has_a_reason_for_every_number_and_falls_from_copies_to_nothing_known() -> None:
    table = kinds()
    assert table["same-text"].copying == 1.0
    assert table["unknown"].copying == 0.5 == min(kind.copying for kind in table.values())
    assert all(len(kind.rationale) > 40 and len(kind.name) > 3 for kind in table.values())
    assert table["cites"].copying < JOINS <= table["rare-details"].copying


def test_documents_that_share_nothing_are_not_linked() -> None:
    assert kinds_between(document(prose(1), "a"), document(prose(2), "b"), document("", "c")) == []
    assert links((), {}) == ()


@pytest.mark.parametrize("number", [2, 10])
def test_copies_are_one_origin_however_many(number: int) -> None:
    text = prose(1)
    files = [document(f"{' ' * place}{text}", f"{place:02}") for place in range(number)]
    origins = trace(files, {})
    assert len(set(origin_of(origins.everything()).values())) == 1
    assert {link.kind for link in origins.links} == {"same-text"}


def test_ten_edited_copies_of_a_statement_are_one_origin() -> None:
    text = prose(1, 400)
    files = [document(f"{prose(seed, 24)} {text}", f"{seed}") for seed in range(10, 20)]
    origins = trace(files, {})
    assert len(set(origin_of(origins.everything()).values())) == 1
    assert {link.kind for link in origins.links} == {"near-text"}


def test_an_extract_is_nearly_the_same_text() -> None:
    text = prose(1, 600)
    assert kinds_between(document(text, "a", date="2024-05-01"), document(text[:1500], "b")) == [
        ("b", "a", "near-text")
    ]


def test_a_quotation_links_where_it_tells_something() -> None:
    statement = document(f"{prose(1)} {QUOTED} {prose(2)}", "a", date="2024-05-14")
    article = document(f"{prose(3)} “{QUOTED}” {prose(4)}", "b", date="2024-05-16")
    (link,) = links((article, statement), {})
    assert (link.document, link.repeats, link.kind) == (article.id, statement.id, "shared-passage")
    assert link.span is not None
    assert link.span.of(article.text) == QUOTED.rstrip(".")
    assert link.why == "24 words in a row"


@pytest.mark.parametrize(
    "shared",
    [
        "The information in this report is being provided as is for informational purposes only, we do not "
        "endorse any commercial product or service that is named in it.",
        "Organizations should keep all software up to date and Brinelock or Wharfgate should be installed on "
        "every server that can be reached from outside of the network.",
    ],
    ids=["a notice of ordinary words", "advice"],
)
def test_boilerplate_of_two_documents_links_neither(shared: str) -> None:
    assert (
        kinds_between(
            document(f"{prose(1)}\n{shared}\n{prose(2)}", "a"),
            document(f"{prose(3)}\n{shared}\n{prose(4)}", "b"),
        )
        == []
    )


def test_a_disclaimer_of_thirty_documents_links_none() -> None:
    files = [document(f"{prose(seed, 400)} {QUOTED}", f"{seed}") for seed in range(30)]
    assert kinds_between(*files) == []


def test_a_shared_mistake_links_those_who_make_it() -> None:
    files = [document(prose(place), name) for place, name in enumerate("abcde")]
    files[3] = replace(files[3], date="2024-05-14")
    listed = f"{DESK} tide.example"
    copied = f"{DEKS} tide.example"
    assert kinds_between(*files, a=listed, b=listed, c=listed, d=copied, e=copied) == [
        ("e", "d", "shared-mistake")
    ]


def test_citations_are_of_three_kinds() -> None:
    report = document(
        f"Wrackline Resurch · Laboratory\n{prose(1)}",
        "a",
        title="Report HSR-2024-07 on a dredger",
        date="2024-05-01",
    )
    rests = document(f"{prose(2)} This is based on HSR-2024-07.", "b")
    says = document(f"{prose(3)} Wrackline Resurch found a backdoor.", "c")
    names = document(f"{prose(4)} Compare HSR-2024-07 too.", "d")
    assert kinds_between(report, rests, says, names) == [
        ("b", "a", "builds-on"),
        ("c", "a", "attributes"),
        ("d", "a", "cites"),
    ]


@pytest.mark.parametrize("share", ["", "words", "all"])
def test_of_one_day_the_one_that_names_the_other_repeats_it(share: str) -> None:
    day, shared = "2021-05-04", f" {prose(9, 400)}" if share == "all" else f" {QUOTED}" if share else ""
    for seed in range(6):  # whichever of the two has the smaller id
        own = document(f"{prose(seed)}{shared}", "gov", source="Harbour Office", date=day)
        wire = document(f"The Harbour Office said so.{shared}", f"{seed}", source="Corvane", date=day)
        assert {pair[:2] for pair in kinds_between(own, wire)} == {(wire.name, "gov")}


def test_what_two_share_who_name_each_other_keeps_its_order() -> None:
    both = [Link("a", "b", "cites", ""), Link("b", "a", "cites", ""), Link("b", "a", "same-day", "")]
    assert [(link.document, link.repeats, link.kind) for link in strongest(both)] == [
        ("a", "b", "cites"),
        ("b", "a", "cites"),
    ]


def test_nobody_repeats_what_was_written_later() -> None:
    later = document(prose(1), "a", title="Report HSR-2024-07 on a dredger", date="2024-06-01")
    text = f"{prose(2)} This is based on HSR-2024-07."
    assert kinds_between(later, document(text, "b", date="2024-05-14")) == []
    for date in ("", "2024", "2024-06", "2024-06-02"):
        assert kinds_between(later, document(text, "b", date=date)) == [("b", "a", "builds-on")]


def test_an_attribution_holds_for_its_own_sentences() -> None:
    link = Link("b", "a", "attributes", "", Span(10, 40), (Span(10, 40), Span(90, 99)))
    strong, weak = kinds()["attributes"].copying, kinds()["cites"].copying
    assert link.copying([Span(12, 14)]) == link.copying([Span(12, 14), Span(95, 96)]) == strong
    assert (
        link.copying([Span(50, 52)]) == link.copying([Span(12, 14), Span(50, 52)]) == link.copying() == weak
    )
    assert Link("b", "a", "cites", "").copying([Span(50, 52)]) == weak


def test_two_that_draw_on_one_outside_report_share_it() -> None:
    text = "According to HSR-2024-07, it came by drive."
    files = [document(f"{prose(place)} {text}", name) for place, name in enumerate("ab")]
    mere = document(f"{prose(5)} Compare HSR-2024-07.", "c")
    first, second = sorted(files, key=precedence)
    assert kinds_between(*files, mere) == [(second.name, first.name, "same-stated-source")]
    many = [document(f"{prose(place)} {text}", str(place)) for place in range(9)]
    assert kinds_between(*many) == []


def test_one_source_that_speaks_twice_is_one() -> None:
    files = (document(prose(1), "a", source="C.I.S.A", date="2020"), document(prose(2), "b", source="CISA"))
    assert kinds_between(*files, document(prose(3), "c", source="FBI"), document(prose(4), "d")) == [
        ("b", "a", "same-source")
    ]


def test_one_day_links_weakly_and_a_joint_statement_strongly() -> None:
    day = "2021-07-19"
    one = document(f"{JOINT} {prose(1)}", "a", date=day)
    two = document(f"In coordination with our allies we speak. {prose(2)}", "b", date=day)
    three = document(prose(3), "c", date=day)
    other = document(f"{JOINT} {prose(4)}", "d", date="2021-07-20")
    month = document(f"{JOINT} {prose(5)}", "e", date="2021-07")
    found = kinds_between(one, two, three, other, month)
    assert [kind for _, _, kind in found].count("joint-statement") == 1
    assert {pair[2] for pair in found} == {"joint-statement", "same-day"}
    assert {name for pair in found for name in pair[:2]} == {"a", "b", "c"}


def test_rare_details_link_the_two_who_report_them() -> None:
    files = [document(prose(place), name, date=f"200{place}") for place, name in enumerate("abcde")]
    assert kinds_between(*files, a="p q r", b="p q r", c="s", d="s", e="s") == [("b", "a", "rare-details")]


CASE = (
    document(f"{prose(1)} {QUOTED}", "a", date="2024-05-14", title="Statement HSR-2024-07 of the ministry"),
    document(f"{QUOTED} {prose(2)}", "b", source="The Ledger"),
    document(f"{prose(3)} According to HSR-2024-07 it was so.", "c", source="Ledger", date="2024"),
    document(f"{JOINT} {prose(4)}", "d", date="2024-05-14"),
    document(f"{JOINT} {prose(5)}", "e", date="2024-05-14", source="The Ledger"),
)
DETAILS = {each.id: frozenset(words.split()) for each, words in zip(
    CASE, (f"{DESK} x", f"{DESK} x", f"{DESK} x", f"{DEKS} x", f"{DEKS} x"), strict=True
)}  # fmt: skip


@settings(max_examples=20)
@given(st.permutations(CASE))
def test_the_order_of_documents_changes_no_link(order: list[Document]) -> None:
    assert links(order, DETAILS) == links(CASE, DETAILS)
    assert trace(order, DETAILS).everything() == trace(CASE, DETAILS).everything()


@settings(max_examples=20)
@given(st.lists(st.sampled_from(CASE), max_size=4))
def test_a_copy_more_adds_its_own_link_and_changes_no_other(copied: list[Document]) -> None:
    more = [
        replace(each, id=f"~{place}", text=f"{each.text}\n", name=f"copy {place}", date="")
        for place, each in enumerate(copied)
    ]
    seen = DETAILS | {each.id: DETAILS[of.id] for each, of in zip(more, copied, strict=True)}
    found = links((*CASE, *more), seen)
    assert {link for link in found if not link.document.startswith("~")} == set(links(CASE, DETAILS))
    assert {link.kind for link in found if link.document.startswith("~")} <= {"same-text"}


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_texts_are_linked_from_their_own_words(texts: list[str]) -> None:
    files = [document(text, str(place)) for place, text in enumerate(texts)]
    by_id = {each.id: each for each in files}
    for link in links(files, {}):
        assert link.document != link.repeats
        assert link.span is None or 0 <= link.span.start <= link.span.end <= len(by_id[link.document].text)
