"""Relations: what was known before a year, and what a row means."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, relations, triples
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from


@QUICK
@given(relations(), st.randoms(use_true_random=False))
def test_repeated_and_reordered_rows_are_the_same_relations(known: Relations, random: object) -> None:
    rows = triples(known)
    again = rows + rows[: len(rows) // 2]
    random.shuffle(again)  # type: ignore[attr-defined]
    same = relations_from(
        again,
        known.years.tolist(),
        actors=known.actors,
        features=known.features,
        software_from=known.software_from,
    )
    assert triples(same) == triples(known)


@QUICK
@given(relations())
def test_the_year_of_a_row_is_that_of_its_report(known: Relations) -> None:
    expected = [0 if report == NO_REPORT else int(known.years[report]) for report in known.report.tolist()]
    assert known.row_years.tolist() == expected


def test_relations_without_any_report_have_years_too() -> None:
    known = relations_from([(0, NO_REPORT, 0)], [], actors=1, features=1, software_from=1)
    assert known.row_years.tolist() == [0]
    assert len(known.known_before(2020).actor) == 0


@QUICK
@given(relations(), st.integers(2014, 2026))
def test_what_was_known_before_a_year_holds_no_later_report(known: Relations, year: int) -> None:
    before = known.known_before(year)
    assert set(triples(before)) <= set(triples(known))
    assert int(before.row_years.max(initial=0)) < year
    dated = {
        actor
        for actor, when in zip(known.actor.tolist(), known.row_years.tolist(), strict=True)
        if 0 < when < year
    }
    assert set(before.actor.tolist()) == dated
    undated = {row for row in triples(known) if row[1] == NO_REPORT or known.years[row[1]] == 0}
    assert {row for row in undated if row[0] in dated} <= set(triples(before))


@QUICK
@given(relations(), st.integers(2014, 2026), st.integers(0, 12))
def test_an_earlier_view_of_an_earlier_view_is_the_earlier_one(
    known: Relations, year: int, later: int
) -> None:
    assert triples(known.known_before(year + later).known_before(year)) == triples(known.known_before(year))


@QUICK
@given(relations(), st.data())
def test_keeping_rows_keeps_everything_else(known: Relations, data: st.DataObject) -> None:
    chosen = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(known.actor), max_size=len(known.actor))), dtype=bool
    )
    kept = known.keep(chosen)
    assert triples(kept) == [row for row, wanted in zip(triples(known), chosen, strict=True) if wanted]
    assert (kept.actors, kept.features, kept.software_from) == (
        known.actors,
        known.features,
        known.software_from,
    )
    assert kept.years is known.years


@QUICK
@given(relations(), st.randoms(use_true_random=False))
def test_nothing_is_left_of_what_rests_on_a_report_that_is_taken_away(
    known: Relations, random: object
) -> None:
    gone = np.array([random.random() < 0.5 for _ in known.years], dtype=np.bool_)  # type: ignore[attr-defined]
    left = known.without(gone)
    taken = {row for row in triples(known) if row[1] != NO_REPORT and gone[row[1]]}
    assert set(triples(left)) == set(triples(known)) - taken
    able = left.abilities.report
    assert not any(gone[report] for report in able.tolist() if report != NO_REPORT)
    assert len(able) == sum(
        report == NO_REPORT or not gone[report] for report in known.abilities.report.tolist()
    )


@QUICK
@given(relations(), st.integers(2014, 2026))
def test_what_a_tool_can_do_is_known_once_a_dated_report_says_so(known: Relations, year: int) -> None:
    rows = zip(
        known.abilities.software.tolist(),
        known.abilities.report.tolist(),
        known.abilities.technique.tolist(),
        strict=True,
    )
    expected = [row for row in rows if row[1] != NO_REPORT and 0 < known.years[row[1]] < year]
    before = known.known_before(year).abilities
    assert expected == list(
        zip(before.software.tolist(), before.report.tolist(), before.technique.tolist(), strict=True)
    )
