"""A document that the knowledge has learned from already does not confirm itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.assessment import harbour, quay
from weigh.assessment.own_entries import own_entries, without_entries
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import facts
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Report
from weigh.knowledge.store import Knowledge
from weigh.records import Document

REPORTS = ("Harbour HA21-200A Heron July 2019", "Quay News 2020", "Pilots 2021")


@cache
def known() -> tuple[Knowledge, Engine]:
    """The small world, its first reports under names and addresses of their own."""
    knowledge, _ = quay.world()
    reports = tuple(
        Report(REPORTS[place], report.year, f"https://quay.example/{place}/") if place < 3 else report
        for place, report in enumerate(knowledge.catalogue.reports)
    )
    return replace(knowledge, catalogue=replace(knowledge.catalogue, reports=reports)), prepare(
        harbour.relations(), shipped()
    )


@pytest.mark.parametrize(
    ("name", "text", "entries"),
    [
        ("ha21-200a.txt", "Nothing.", (0,)),
        ("note.txt", "title: HA21-200A: Heron\nThey came.", (0,)),
        ("note.txt", "They came.\nSee also HA21-200A for more.", ()),
        ("https://quay.example/1", "They came.", (1,)),
        ("https://quay.example/9", "They came.", ()),
        ("pilots.txt", "Pilots 2021 were here.", ()),
    ],
)
def test_a_report_is_known_by_its_number_or_address(name: str, text: str, entries: tuple[int, ...]) -> None:
    assert own_entries([harbour.document(text, name)], known()[0]) == entries


def test_what_rests_on_a_report_alone_is_gone() -> None:
    knowledge, engine = known()
    case = facts({0: 1.0, 2: 1.0, 3: 1.0, 8: 1.0}, 2021)
    before, after = engine, without_entries(engine, knowledge, (0,))
    first = int(before.known.candidates[0])
    assert first == int(after.known.candidates[0])
    assert after.known.reports[0] == before.known.reports[0] - 1
    odds = [each.weigh(case).scores.probabilities[0] for each in (before, after)]
    assert odds[1] < odds[0]
    assert without_entries(engine, knowledge, ()).known.reports.tolist() == engine.known.reports.tolist()


def documents(name: str) -> list[Document]:
    """An accusation, and traces in a document of this name."""
    return [
        quay.document("Slate Heron hacked the port of Estonia.", "Estonia"),
        quay.document(quay.TRACES, "Oakline", name=name),
    ]


def test_the_ladder_does_without_and_says_so() -> None:
    plain, own = (quay.weighed(documents(name), knowing=known()) for name in ("traces.txt", "ha21-200a.txt"))
    assert [row.probability for row in plain.hypotheses] == [row.probability for row in own.hypotheses]
    first, second = (
        quay.rung(quay.proposition(quay.stated(each), "G0000"), "group") for each in (plain, own)
    )
    assert first.probability is not None
    assert second.probability is not None
    assert second.probability != first.probability
    assert "Left out of the knowledge" not in first.sentence
    assert f"being documents of this case: {REPORTS[0]}, with which it were" in second.sentence
