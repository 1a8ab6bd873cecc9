"""The protocols: no forecast knows what it is asked, and methods are given nothing to cheat with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inference.generators import random_relations, rebuilt, triples
from weigh.bench import protocols, scoring
from weigh.bench.protocols import FOLDS, Answer, fold
from weigh.bench.scoring import Floats, Forecast
from weigh.inference.baselines import cosine, most_reported
from weigh.inference.engine import prepare
from weigh.inference.features import Facts
from weigh.inference.fit import Row, cases
from weigh.inference.profiles import Profiles, profiles
from weigh.inference.weights import shipped
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from


@dataclass
class Witness:
    """A method that answers evenly and keeps everything that it was ever given."""

    taught: list[list[Row]] = field(default_factory=list)
    asked: list[tuple[int, Facts, Profiles]] = field(default_factory=list)

    def __call__(self, rows: Sequence[Row]) -> Answer:
        """Learn nothing, remember the lesson."""
        lesson = len(self.taught)
        self.taught.append(list(rows))

        def answer(case: Facts, known: Profiles) -> tuple[Floats, float]:
            self.asked.append((lesson, case, known))
            return np.full(len(known.candidates), 0.5), 0.5

        return answer


def telltale(rows: Sequence[Row]) -> Answer:
    """A method whose every answer moves with anything at all in its lesson, its case or the knowledge."""
    lesson = sum(
        float(row.candidate.sum() + 3 * row.unlisted.sum()) + 7 * row.truth + row.case.year for row in rows
    )

    def answer(case: Facts, known: Profiles) -> tuple[Floats, float]:
        world = float(known.log_ratio.sum() + known.nearest.sum() + known.last_year.sum())
        return cosine(case, known) + lesson + known.reports, world + float(case.presence.sum()) + case.year

    return answer


KNOWN = random_relations(11, actors=8, features=30, reports=90)
NAMES = [f"report {number}" for number in range(90)]


def same(first: Forecast, second: Forecast) -> bool:
    """Whether two forecasts are equal to the last bit."""
    return (
        (first.cluster, first.truth, first.unlisted, first.year)
        == (second.cluster, second.truth, second.unlisted, second.year)
        and np.array_equal(first.candidates, second.candidates)
    )  # fmt: skip


def same_facts(first: Facts, second: Facts) -> bool:
    """Whether two cases show the same in the same year."""
    return first.year == second.year and np.array_equal(first.index, second.index)


def test_rolling_teaches_and_shows_earlier_years_only() -> None:
    witness = Witness()
    found = protocols.rolling(KNOWN, witness, 2018, 2022)
    assert len(witness.taught) == 5
    assert len(found) == len(witness.asked) > 20
    for lesson, case, known in witness.asked:
        year = 2018 + lesson
        assert case.year == year
        assert all(row.case.year < year for row in witness.taught[lesson])
        shown = [int(KNOWN.years[report]) for report in known.report_index if report != NO_REPORT]
        assert max(shown) < year
    assert any(len(rows) > 0 for rows in witness.taught)


def test_thin_and_full_cases_are_asked_apart_of_what_was_taught_on_both() -> None:
    witness = Witness()
    found = protocols.rolling_thin(KNOWN, witness, 2018, 2022)
    assert len(found) == len(witness.asked)
    other = Witness()
    full = protocols.rolling(KNOWN, other, 2018, 2022)
    assert 0 < len(found) < len(full)
    assert all(len(case.index) >= 4 for _, case, _ in other.asked)
    for first, second in zip(witness.taught, other.taught, strict=True):
        assert [row.case.report for row in first] == [row.case.report for row in second]
        assert {len(row.case.facts.index) >= 4 for row in first} == {True, False}
    for lesson, case, known in witness.asked:
        assert len(case.index) < 4
        shown = [int(KNOWN.years[report]) for report in known.report_index if report != NO_REPORT]
        assert max(shown) < 2018 + lesson


def dated() -> Relations:
    """The relations with a day for two reports in three, a month for the others."""
    random = np.random.default_rng(4)
    dates = [
        f"{year}-{int(random.integers(1, 13)):02}"
        + (f"-{int(random.integers(1, 29)):02}" if place % 3 else "")
        for place, year in enumerate(KNOWN.years.tolist())
    ]
    return relations_from(
        triples(KNOWN),
        KNOWN.years.tolist(),
        actors=KNOWN.actors,
        features=KNOWN.features,
        software_from=KNOWN.software_from,
        dates=dates,
    )


def test_by_the_day_a_case_is_shown_what_was_out_on_its_eve_and_taught_earlier_years() -> None:
    relations, witness = dated(), Witness()
    found = protocols.rolling_daily(relations, witness, 2019, 2021)
    yearly = protocols.rolling(relations, protocols.rule(cosine), 2019, 2021)
    assert [(item.cluster, item.year) for item in found] == [(item.cluster, item.year) for item in yearly]
    more = 0
    for lesson, case, known in witness.asked:
        assert all(row.case.year < 2019 + lesson for row in witness.taught[lesson])
        (own,) = (
            int(relations.first_days[item.report])
            for item in cases(relations)
            if same_facts(item.facts, case)
        )
        shown = [report for report in known.report_index.tolist() if report != NO_REPORT]
        assert int(relations.last_days[shown].max()) < own
        more += sum(int(relations.years[report]) == case.year for report in shown)
    assert more > 0, "reports of the same year are known by the day"


def test_by_the_day_what_is_dated_to_the_year_alone_is_asked_as_by_the_year() -> None:
    first = protocols.rolling_daily(KNOWN, telltale, 2018, 2020)
    second = protocols.rolling(KNOWN, telltale, 2018, 2020)
    assert len(first) == len(second) > 5
    assert all(same(a, b) for a, b in zip(first, second, strict=True))


@settings(max_examples=8, deadline=None)
@given(st.integers(2016, 2022), st.data())
def test_nothing_from_a_year_on_moves_the_forecasts_of_the_years_before(
    year: int, data: st.DataObject
) -> None:
    rows = triples(KNOWN)
    earlier = [row for row in rows if KNOWN.years[row[1]] < year]
    later = [row for row in rows if KNOWN.years[row[1]] >= year]
    kept = data.draw(st.sets(st.integers(0, len(later) - 1), max_size=20))
    other = [
        ((actor + data.draw(st.integers(0, 3))) % 8, report, (feature + 5) % 30)
        for actor, report, feature in (later[place] for place in sorted(kept))
    ]
    changed = rebuilt(KNOWN, [*earlier, *other])
    first = protocols.rolling(KNOWN, telltale, 2014, year - 1)
    second = protocols.rolling(changed, telltale, 2014, year - 1)
    assert len(first) == len(second) > 0
    assert all(same(a, b) for a, b in zip(first, second, strict=True))


def test_no_other_case_of_its_year_moves_a_forecast() -> None:
    year = 2020
    own = protocols.rolling(KNOWN, telltale, year, year)
    reports = sorted({report for _, report, _ in triples(KNOWN) if KNOWN.years[report] == year})
    found = []
    for report in reports:
        alone = [row for row in triples(KNOWN) if KNOWN.years[row[1]] < year or row[1] == report]
        found += protocols.rolling(rebuilt(KNOWN, alone), telltale, year, year)
    assert len(found) == len(own) > 2
    key = lambda item: (item.cluster, item.unlisted, item.truth)  # noqa: E731
    assert all(same(a, b) for a, b in zip(sorted(found, key=key), sorted(own, key=key), strict=True))


def test_the_telltale_method_would_show_a_leak() -> None:
    (first, *_) = protocols.rolling(KNOWN, telltale, 2020, 2020)
    past = int(np.flatnonzero(KNOWN.years == 2019)[0])
    (second, *_) = protocols.rolling(KNOWN.keep(KNOWN.report != past), telltale, 2020, 2020)
    assert not same(first, second)


def test_techniques_only_asks_of_no_software() -> None:
    witness = Witness()
    protocols.rolling(KNOWN, witness, 2019, 2022, techniques_only=True)
    assert len(witness.asked) > 0
    assert all(case.index.max() < KNOWN.software_from for _, case, _ in witness.asked)
    assert all(len(case.index) >= 4 for _, case, _ in witness.asked)


def test_a_tested_report_is_in_no_profile_that_its_forecast_is_made_from() -> None:
    witness = Witness()
    found = protocols.leave_report_out(KNOWN, witness, NAMES)
    assert len(found) == len(witness.asked)
    assert len(witness.taught) == FOLDS
    for lesson, _, known in witness.asked:
        assert all(fold(NAMES[report]) != lesson for report in known.report_index if report != NO_REPORT)
        assert all(fold(NAMES[row.case.report]) != lesson for row in witness.taught[lesson])
    every = {row.case.report for rows in witness.taught for row in rows}
    assert len(every) == len(found)


def test_leaving_a_report_out_leaves_out_all_that_only_it_says() -> None:
    rows = [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 0), (1, 2, 3), (0, NO_REPORT, 4)]
    known = relations_from(rows, [2020, 2021, 2022], actors=2, features=5, software_from=5)
    names = next(
        [f"a{n}", f"b{n}", f"c{n}"] for n in range(100) if len({fold(f"{x}{n}") for x in "abc"}) == 3
    )
    witness = Witness()
    protocols.leave_report_out(known, witness, names)
    ((_, case, seen),) = witness.asked
    assert case.index.tolist() == [0, 1, 2]
    assert seen.uses[seen.candidates.tolist().index(0)].tolist() == [1.0, 0.0, 0.0, 0.0, 1.0]


def test_fixed_shows_and_teaches_nothing_from_its_year_on() -> None:
    witness = Witness()
    found = protocols.fixed(KNOWN, witness, 2021)
    assert len(found) == len(witness.asked) > 5
    assert all(case.year >= 2021 for _, case, _ in witness.asked)
    ((_, _, known), *_) = witness.asked
    assert max(int(KNOWN.years[report]) for report in known.report_index) < 2021
    assert all(row.case.year < 2021 for row in witness.taught[0])


def test_a_new_actor_is_unlisted_and_an_actor_with_a_past_is_not() -> None:
    rows = [(0, 0, f) for f in range(4)] + [(0, 1, f) for f in range(4)] + [(1, 2, f) for f in range(4)]
    known = relations_from(rows, [2018, 2020, 2020], actors=2, features=4, software_from=4)
    found = {
        item.cluster: item for item in protocols.rolling(known, protocols.rule(most_reported), 2020, 2020)
    }
    assert (found[0].truth, found[0].listed) == (0, True)
    assert (found[1].truth, found[1].listed) == (-1, False)


@pytest.mark.parametrize(
    ("name", "value"), [("", 0xCBF29CE484222325), ("a", 0xAF63DC4C8601EC8C), ("foobar", 0x85944171F73967E8)]
)
def test_folds_are_those_of_the_published_hash(name: str, value: int) -> None:
    assert fold(name) == value % 10


def test_folds_are_of_similar_size() -> None:
    sizes = np.bincount([fold(f"Report {number} 2020") for number in range(2000)], minlength=FOLDS)
    assert sizes.min() > 140


def test_the_answer_of_fitted_weights_is_that_of_the_engine() -> None:
    known = profiles(KNOWN)
    (item, *_) = cases(KNOWN)
    candidates, unlisted = protocols.with_weights(shipped())(item.facts, known)
    expected = prepare(KNOWN, shipped()).weigh(item.facts).scores.probabilities
    assert [*candidates, unlisted] == pytest.approx(expected.tolist(), abs=1e-12)


def test_a_method_that_learns_beats_one_that_counts_and_one_that_guesses() -> None:
    first = scoring.mean_of_listed(lambda item: scoring.top_k(item, 1))
    loss = scoring.mean_of(scoring.log_loss)
    learned = protocols.rolling(KNOWN, protocols.logit, 2020, 2023)
    counted = protocols.rolling(KNOWN, protocols.rule(most_reported), 2020, 2023)
    assert first(learned) > first(counted)
    assert loss(learned) < np.log(9)


def test_another_edition_loses_with_a_fold_what_the_full_one_loses() -> None:
    full = relations_from(
        [(0, 0, 0), (0, 1, 0), (0, 1, 1), (1, 2, 2)], [2020] * 3, actors=2, features=3, software_from=3
    )
    cut = relations_from(
        [(0, NO_REPORT, 0), (0, NO_REPORT, 1), (1, 0, 2)], [2020], actors=2, features=3, software_from=3
    )
    names = ["a", "b", "c"]
    view = protocols.seen_through(cut, ["c"])
    without_b = full.keep(full.report != 1)
    assert triples(view(without_b, fold("b"))) == [(0, NO_REPORT, 0), (1, 0, 2)]
    assert triples(view(full.keep(full.report != 2), fold(names[2]))) == [
        (0, NO_REPORT, 0),
        (0, NO_REPORT, 1),
    ]
    assert triples(view(full, -2)) == triples(cut)
