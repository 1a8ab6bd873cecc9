"""The set of answers and the next evidence as rows: the inference's numbers, sentences one can check."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.assessment import harbour
from weigh.assessment.document import UNLISTED
from weigh.assessment.outlook import next_evidence, set_of_answers
from weigh.assessment.suppositions import Suppositions
from weigh.inference.engine import prepare
from weigh.inference.features import facts
from weigh.inference.next_evidence import Suggestion
from weigh.inference.prediction_set import prediction_set
from weigh.inference.weights import shipped


def test_the_set_is_that_of_the_shipped_calibration_in_the_order_of_the_answers() -> None:
    found = harbour.assessed([harbour.REPORT, harbour.NEWS])
    held = found.prediction_set
    assert held is not None
    inside = prediction_set(np.array([row.probability for row in found.hypotheses]), shipped().calibration)
    assert held.hypotheses == tuple(
        row.id for row, kept in zip(found.hypotheses, inside.tolist(), strict=True) if kept
    )
    assert held.of == len(found.hypotheses)
    assert held.cases == len(shipped().calibration)


def test_a_set_says_how_many_it_holds_and_whether_an_unlisted_actor_is_among_them() -> None:
    rows = harbour.assessed([harbour.REPORT]).hypotheses
    tight = replace(shipped(), calibration=(0.0,) * 99)
    found = set_of_answers(rows, tight)
    assert found.hypotheses == (rows[0].id,)
    assert found.sentence.startswith(f"1 answer of {len(rows)} cannot be ruled out at 90 %")
    assert ("not among them" in found.sentence) == (rows[0].id != UNLISTED)


@pytest.mark.parametrize(("cases", "words"), [(0, "no earlier case"), (8, "8 earlier cases")])
def test_a_table_that_is_not_calibrated_rules_nobody_out(cases: int, words: str) -> None:
    rows = harbour.assessed([harbour.REPORT]).hypotheses
    found = set_of_answers(rows, replace(shipped(), calibration=(0.1,) * cases))
    assert len(found.hypotheses) == found.of == len(rows)
    assert found.sentence.startswith("None of the")
    assert words in found.sentence


PROMISE = "nine in ten of"
NO_PROMISE = "nine in ten is not promised here"


@pytest.mark.parametrize(
    ("supposed", "named"),
    [
        ({"priors": {"G0001": 0.2}}, "none of them with the prior given:"),
        ({"as_of": "2021-03"}, "none of them with the knowledge as of 2021-03:"),
        (
            {"priors": {"G0001": 0.2}, "as_of": "2021"},
            "none of them with the prior given and the knowledge as of 2021:",
        ),
    ],
)
def test_nine_in_ten_is_not_promised_of_what_no_earlier_case_was_weighed_with(
    supposed: dict[str, object], named: str
) -> None:
    plain = harbour.assessed([harbour.REPORT]).prediction_set
    held = harbour.assessed([harbour.REPORT], suppose=Suppositions(**supposed)).prediction_set  # type: ignore[arg-type]
    assert plain is not None
    assert held is not None
    assert named in held.sentence
    assert NO_PROMISE in held.sentence
    assert PROMISE not in held.sentence
    assert NO_PROMISE not in plain.sentence


@pytest.mark.parametrize("supposed", [{"without": ("S0001",)}, {"deception": 0.5}])
def test_an_item_left_out_and_a_prior_of_deception_leave_the_promise(supposed: dict[str, object]) -> None:
    held = harbour.assessed([harbour.REPORT], suppose=Suppositions(**supposed)).prediction_set  # type: ignore[arg-type]
    assert held is not None
    assert NO_PROMISE not in held.sentence


@pytest.mark.parametrize(
    ("unmoved", "kept", "said"),
    [
        ((0, -1), (0,), " The prior given, not the evidence, rules out an unlisted actor."),
        (
            (0, 1, -1),
            (0,),
            " The prior given, not the evidence, rules out 2 answers, an unlisted actor among them.",
        ),
        ((0, 1), (0,), " The prior given, not the evidence, rules out 1 answer."),
        ((0,), (0, -1), " The prior given, not the evidence, lets in an unlisted actor."),
        ((0, 1), (0, 2), " The prior given, not the evidence, rules out 1 answer, and lets in 1 answer."),
        ((0, 1), (0, 1), ""),
    ],
)
def test_what_the_prior_given_rules_out_is_put_down_to_it(
    unmoved: tuple[int, ...], kept: tuple[int, ...], said: str
) -> None:
    rows = harbour.assessed([harbour.REPORT]).hypotheses
    order = [row for row in rows if row.id != UNLISTED] + [row for row in rows if row.id == UNLISTED]
    inside = [order[place] for place in kept]
    shown = [replace(row, probability=0.5 if row in inside else 0.0) for row in order]
    found = set_of_answers(
        shown,
        replace(shipped(), calibration=(0.6,) * 99),
        "the prior given",
        [order[place].id for place in unmoved],
    )
    assert set(found.hypotheses) == {row.id for row in inside}
    assert found.sentence.partition("is not promised here.")[2] == said


def test_a_prior_against_an_unlisted_actor_rules_it_out_by_itself() -> None:
    plain = harbour.assessed([harbour.REPORT]).prediction_set
    small = Suppositions(priors={UNLISTED: 1e-9})
    held = harbour.assessed([harbour.REPORT], suppose=small).prediction_set
    assert plain is not None
    assert held is not None
    assert UNLISTED in plain.hypotheses
    assert UNLISTED not in held.hypotheses
    assert "The prior given, not the evidence, rules out an unlisted actor" in held.sentence


def test_what_is_suggested_is_not_in_the_case_nor_the_parent_of_what_is() -> None:
    found = harbour.assessed([harbour.REPORT])
    seen = {row.id for row in found.features}
    assert "T1566.001" in seen
    suggested = [row.feature for row in found.next_evidence]
    assert len(suggested) > 0
    assert seen.isdisjoint(suggested)
    assert "T1566" not in suggested
    bits = [row.bits for row in found.next_evidence]
    assert bits == sorted(bits, reverse=True)
    assert all(row.kind == ("software" if row.feature.startswith("S") else "technique")
               for row in found.next_evidence)  # fmt: skip


def test_the_numbers_of_a_sentence_are_those_of_the_knowledge() -> None:
    known, engine = harbour.world()
    for row in harbour.assessed([harbour.REPORT]).next_evidence:
        index = known.feature_index[row.feature]
        for shown, reports, name in re.findall(
            r"(\d+) of (\d+) (?:reports )?of ([A-Z]\w+ [A-Z]\w+)", row.sentence
        ):
            actor = next(a for a in known.catalogue.actors if a.name == name)
            own = [features for _, features in harbour.HABITS[int(actor.id[1:])]]
            lost = 1 if actor.id == "G0002" else 0
            assert int(reports) == len(own) + lost
            assert int(shown) == sum(index in features for features in own) + (index == 10 and lost)
        assert row.sentence.startswith("Would ")
        assert row.leader in {UNLISTED, *(actor.id for actor in known.catalogue.actors)}
    assert engine.known.reports.sum() == 11


def test_the_leader_if_found_is_the_one_of_a_case_that_shows_it() -> None:
    known, engine = harbour.world()
    case = facts({3: 0.9, 4: 0.9}, 2021)
    for row in next_evidence(case, known, engine):
        with_it = facts({3: 0.9, 4: 0.9, known.feature_index[row.feature]: 1.0}, 2021)
        odds = engine.weigh(with_it).scores.probabilities
        assert row.probability == pytest.approx(float(odds.max()))


def test_answers_that_a_fact_does_not_tell_apart_are_not_named_as_if_it_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, engine = harbour.world()
    same = Suggestion(4, 0.1, 0.2, 0, 0, 0, 0.5)
    monkeypatch.setattr("weigh.assessment.outlook.suggest", lambda case, engine, passed: (same,))
    found = next_evidence(facts({3: 1.0}), known, engine)[0].sentence
    assert found.startswith("Would tell the leading answers from the rest: seen in 2 of 3 reports of")


def test_documents_in_another_order_or_twice_change_nothing() -> None:
    files = [harbour.REPORT, harbour.NEWS, harbour.ECHO]
    found = [harbour.assessed(order) for order in (files, files[::-1], [*files, *files])]
    for other in found[1:]:
        assert other.prediction_set == found[0].prediction_set
        assert other.next_evidence == found[0].next_evidence
        assert (other.ach, other.sponsors, other.steps) == (found[0].ach, found[0].sponsors, found[0].steps)


def test_renamed_actors_change_places() -> None:
    order = (1, 0, 2, 3, 4, 5)
    swapped = harbour.assessed(
        [harbour.REPORT], knowing=(harbour.knowledge(order), prepare(harbour.relations(order), shipped()))
    )
    plain = harbour.assessed([harbour.REPORT])
    names = {"G0000": "G0001", "G0001": "G0000"}
    assert plain.prediction_set is not None
    assert swapped.prediction_set is not None
    assert {names.get(each, each) for each in plain.prediction_set.hypotheses} == set(
        swapped.prediction_set.hypotheses
    )
    assert [(row.feature, row.bits, row.sentence) for row in plain.next_evidence] == [
        (row.feature, row.bits, row.sentence) for row in swapped.next_evidence
    ]
    assert [(row.sponsor, round(row.probability, 9)) for row in plain.sponsors] == [
        (row.sponsor, round(row.probability, 9)) for row in swapped.sponsors
    ]
