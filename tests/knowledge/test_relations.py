"""Relations: what was known before a year, and what a row means."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, relations, triples
from weigh.knowledge.days import days_of
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


DATES = ("", "2021", "2021-03", "2021-03-02", "2021-04-30", "2021/2022", "2019-12-31")


@st.composite
def dated(draw: st.DrawFn) -> Relations:
    """Relations whose reports are dated more and less exactly."""
    dates = draw(st.lists(st.sampled_from(DATES), min_size=1, max_size=6))
    row = st.tuples(st.integers(0, 3), st.integers(NO_REPORT, len(dates) - 1), st.integers(0, 3))
    return relations_from(
        draw(st.lists(row, max_size=20)),
        [int(date[:4] or 0) for date in dates],
        actors=4,
        features=4,
        software_from=2,
        abilities=draw(st.lists(row.map(lambda each: (2, each[1], each[2])), max_size=6)),
        dates=dates,
    )


@QUICK
@given(
    dated(), st.sampled_from(["2019", "2021-03-01", "2021-03-02", "2021-03-31", "2021-12-31", "2023-01-01"])
)
def test_a_report_that_may_be_later_is_not_known_yet(known: Relations, date: str) -> None:
    day = days_of(date)[0]
    found = known.known_by(day)
    sure = {place for place, last in enumerate(known.last_days.tolist()) if 0 < last <= day}
    reports = {row[1] for row in triples(found)} - {NO_REPORT}
    assert {place for place in reports if known.last_days[place] > 0} <= sure
    assert {row for row in triples(known) if row[1] in sure} <= set(triples(found))
    described = {row[0] for row in triples(known) if row[1] in sure}
    undated = {row for row in triples(known) if row[1] == NO_REPORT or known.last_days[row[1]] == 0}
    assert {row for row in undated if row[0] in described} == undated & set(triples(found))
    assert set(found.abilities.report.tolist()) <= sure


@QUICK
@given(relations(), st.integers(2014, 2026))
def test_reports_that_tell_their_year_alone_are_known_when_it_is_over(known: Relations, year: int) -> None:
    last_day = days_of(f"{year - 1}-12-31")[0]
    for day in (last_day, last_day + 1, days_of(f"{year}-12-30")[0]):
        found, before = known.known_by(day), known.known_before(year)
        assert triples(found) == triples(before)
        assert found.abilities.report.tolist() == before.abilities.report.tolist()


@QUICK
@given(dated(), st.integers(2019, 2024))
def test_the_exact_date_changes_nothing_of_what_was_known_before_a_year(known: Relations, year: int) -> None:
    """What the benches ask goes by years alone."""
    roughly = relations_from(
        triples(known),
        known.years.tolist(),
        actors=known.actors,
        features=known.features,
        software_from=known.software_from,
    )
    assert triples(known.known_before(year)) == triples(roughly.known_before(year))


@QUICK
@given(dated(), st.integers(0, 900), st.integers(0, 900))
def test_what_is_known_only_grows(known: Relations, one: int, other: int) -> None:
    start = days_of("2020-12-01")[0]
    earlier, later = (known.known_by(start + day) for day in sorted((one, other)))
    assert set(triples(earlier)) <= set(triples(later))
    assert triples(later.known_by(start + min(one, other))) == triples(earlier)


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
