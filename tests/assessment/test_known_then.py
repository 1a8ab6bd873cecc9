"""What was known at an earlier day: which reports it holds, what is said of it, what it teaches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed
from tests.inference.generators import random_relations, triples
from weigh.assessment.document import Assessment
from weigh.assessment.known_then import Known, known_then
from weigh.assessment.suppositions import Suppositions
from weigh.errors import KnowledgeError, UsageError
from weigh.inference.engine import Engine, prepare
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.prediction_set import LEAST_EARLIER, rolled_misfits
from weigh.inference.profiles import profiles
from weigh.inference.weights import shipped
from weigh.knowledge.days import days_of
from weigh.knowledge.relations import Relations, relations_from
from weigh.knowledge.store import Knowledge

DATES = (
    *("2019-05-06", "2020-02", "2021-03-02"),  # Slate Heron
    *("2020-11-30", "2021"),  # Copper Lantern
    "2018",  # Paper Otter
    *("2021-03-04", ""),  # Salt Marten: one that may be of any time
    *("2017-01-01", "2019/2021"),  # Blue Ferry
)
"""How exactly the reports of the harbour's world are dated here."""


def exactly(known: Relations) -> Relations:
    """The harbour's relations with `DATES`."""
    return relations_from(
        triples(known),
        [int(date[:4] or 0) for date in DATES],
        actors=known.actors,
        features=known.features,
        software_from=known.software_from,
        dates=DATES,
    )


def world() -> tuple[Knowledge, Engine]:
    """The harbour's world with exact dates, and the model on it."""
    known = exactly(harbour.relations())
    return replace(harbour.knowledge(), relations=known), prepare(known, shipped())


def at(date: str) -> Assessment:
    """The harbour's case as of a date."""
    return assessed((REPORT, ECHO, NEWS), knowing=world(), suppose=Suppositions(as_of=date))


def reports(found: Assessment) -> dict[str, int]:
    """Reports by actor."""
    return {row.id: row.reports for row in found.hypotheses if row.reports > 0}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2017", None),
        ("2017-01-01", {"G0004": 1}),
        ("2018-12-30", {"G0004": 1}),
        ("2018-12-31", {"G0002": 2, "G0004": 1}),  # its other relation has no citation
        ("2020-02-28", {"G0000": 1, "G0002": 2, "G0004": 1}),
        ("2020-02-29", {"G0000": 2, "G0002": 2, "G0004": 1}),
        ("2021-03-01", {"G0000": 2, "G0001": 1, "G0002": 2, "G0004": 1}),
        ("2021-03-02", {"G0000": 3, "G0001": 1, "G0002": 2, "G0004": 1}),
        ("2021-03-04", {"G0000": 3, "G0001": 1, "G0002": 2, "G0003": 2, "G0004": 1}),
        ("2021-12-31", {"G0000": 3, "G0001": 2, "G0002": 2, "G0003": 2, "G0004": 2}),
        ("2021-03", {"G0000": 2, "G0001": 1, "G0002": 2, "G0004": 1}),
        ("2021-04", {"G0000": 3, "G0001": 1, "G0002": 2, "G0003": 2, "G0004": 1}),
        ("2021", {"G0000": 2, "G0001": 1, "G0002": 2, "G0004": 1}),
    ],
)
def test_a_report_is_known_from_the_last_day_that_its_date_can_mean(
    date: str, expected: dict[str, int] | None
) -> None:
    if expected is None:
        with pytest.raises(UsageError, match="nothing was known before 2017 began"):
            at(date)
        return
    assert reports(at(date)) == expected


def test_a_year_supposed_is_what_the_benches_ask() -> None:
    knowledge, engine = harbour.world()
    known = known_then(engine, knowledge, "2021").engine.known
    asked = profiles(knowledge.relations.known_before(2021))
    assert known.candidates.tolist() == asked.candidates.tolist()
    assert known.shows.tolist() == asked.shows.tolist()


def test_what_stays_and_what_goes_is_counted_and_why() -> None:
    said, learned = at("2021-03-02").assumptions[:2]
    assert said == (
        "Of 9 dated reports 6 were known on 2021-03-02 and 3 are removed (2 of them told by a month or year "
        "that was not over); 1 more is undated and counts where a report that was known describes the actor; "
        "4 of 5 actors are left."
    )
    assert learned.startswith("Only 0 cases were known on 2021-03-02, 100 are needed")
    assert "of later years" in learned
    assert "as ATT&CK 99.1 has them now" in learned


def test_a_month_and_a_year_stand_for_the_time_before_them() -> None:
    for date, rough in (("2021", 1), ("2021-03", 2)):  # "2019/2021" is not over, nor "2021" in March
        first = at(date).assumptions[0]
        assert f"were known before {date} began" in first
        assert f"({rough} of them told by a month or year that was not over)" in first
    assert "reports that are or may be later are removed" in at("2021").cautions[0]


def test_what_is_supposed_otherwise_says_nothing_of_it() -> None:
    plain = assessed((REPORT,))
    assert not any("known" in words for words in plain.assumptions)


def large() -> tuple[Knowledge, Engine]:
    """Dated knowledge with enough reports to learn from, each told to its year."""
    known = random_relations(3, actors=12, features=40, reports=220)
    return replace(harbour.knowledge(), relations=known), prepare(known, shipped())


def then(date: str) -> Known:
    """What was known of the large knowledge."""
    knowledge, engine = large()
    return known_then(engine, knowledge, date)


def test_weights_are_those_that_could_be_fitted_then() -> None:
    found = then("2022-06-30")
    before = large()[0].relations.known_before(2022)
    rows = rolling_rows(before, lessons(before))
    flat = [row for year in rows.values() for row in year]
    weights = found.engine.weights
    assert weights.values == fit(flat, "").values
    assert weights.calibration == rolled_misfits(rows)
    assert len(weights.calibration) > 0
    assert weights.provenance.startswith(f"fitted on {len(flat)} rolling-origin cases of ")
    assert "known on 2022-06-30" in weights.provenance
    assert f"fitted on the {len(flat)} cases known on 2022-06-30" in found.sentences[1]


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_later_report_moves_anything(random: object) -> None:
    """Reports of 2023 and 2024 may be of anybody: what was known in 2022 is learned the same."""
    knowledge, _ = large()
    known = knowledge.relations
    actors = known.actor.tolist()
    late = (known.row_years >= 2023).tolist()
    rows = [
        (random.randrange(12) if is_late else actor, report, feature)  # type: ignore[attr-defined]
        for (actor, (_, report, feature), is_late) in zip(actors, triples(known), late, strict=True)
    ]
    other = relations_from(
        rows, known.years.tolist(), actors=12, features=40, software_from=known.software_from
    )
    changed = known_then(prepare(other, shipped()), replace(knowledge, relations=other), "2022-12-31")
    same = then("2022-12-31")
    assert changed.engine.weights == same.engine.weights
    assert changed.engine.known.shows.tolist() == same.engine.known.shows.tolist()


def test_too_few_cases_leave_the_weights_as_they_are_and_say_so() -> None:
    found = then("2016-01-01")
    assert found.engine.weights == shipped()
    assert f"{LEAST_EARLIER} are needed to fit on" in found.sentences[1]


@pytest.mark.parametrize(
    "date", ["last summer", "2021-13-45", "2021-02-30", "2021-00", "2021-7", "20210719", "2020/2021", " "]
)
def test_what_no_calendar_has_is_refused_whatever_the_knowledge(date: str) -> None:
    for dated in (True, False):
        with pytest.raises(UsageError, match="is no date such as 2021-07-19") as caught:
            known_then(world()[1], harbour.knowledge(dated=dated), date)
        assert caught.value.place == "--as-of"
        assert "that the calendar has" in caught.value.remedy


def test_undated_knowledge_says_what_to_do() -> None:
    with pytest.raises(KnowledgeError, match="dates only a part") as caught:
        known_then(world()[1], harbour.knowledge(dated=False), "2021-07-19")
    assert "weigh knowledge use" in caught.value.remedy


def test_a_prior_of_an_actor_that_was_not_known_then_is_told_so() -> None:
    with pytest.raises(UsageError, match="'Salt Marten' is no hypothesis: no report on it"):
        assessed(
            (REPORT,),
            knowing=world(),
            suppose=Suppositions(priors={"Salt Marten": 0.2}, as_of="2021-03-03"),
        )
    later = Suppositions(priors={"Salt Marten": 0.2}, as_of="2021-03-04")
    assert "G0003" in reports(assessed((REPORT,), knowing=world(), suppose=later))


def test_the_days_of_this_world_are_those_of_its_dates() -> None:
    known = world()[0].relations
    assert list(zip(known.first_days.tolist(), known.last_days.tolist(), strict=True)) == [
        days_of(date) for date in DATES
    ]
