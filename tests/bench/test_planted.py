"""Planted evidence: the questions, how answers are scored, and the ways to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations
from weigh.bench import deception, false_flags, open_world, postures, scoring, signs
from weigh.bench.deception import AUTHENTIC, CLOSED, MIMICRY, OPEN, PLANTED, Judge, Question, Said
from weigh.bench.hindsight import hindsight
from weigh.compiling.attack import read_embedded
from weigh.inference.deception import PRIOR, Artefact, Finding, conclude
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import facts
from weigh.inference.staging import SIGNS, Levels, SignWeights, read_signs, staged, suspects
from weigh.inference.weights import shipped
from weigh.knowledge.relations import relations_from

KNOWN = random_relations(21, actors=10, features=60, reports=70)
NAMES = [f"report {number * 7919 % 70:02}" for number in range(70)]
IDS = [f"F{number:03}" for number in range(60)]
ITEMS, _ = open_world.chosen(KNOWN, NAMES)
WORLDS = tuple(open_world.worlds(KNOWN, ITEMS, IDS))
ASKED = tuple(deception.questions(WORLDS, open_world.learned(WORLDS, open_world.fitted), IDS))


def one(protocol: str) -> Question:
    """The first question of a protocol."""
    return next(item for item in ASKED if item.protocol == protocol)


def test_every_case_is_asked_in_every_protocol() -> None:
    cases = len(ITEMS)
    assert Counter(item.protocol for item in ASKED) == {
        CLOSED: cases,
        OPEN: cases,
        AUTHENTIC: cases,
        PLANTED: 5 * cases,
        MIMICRY: 5 * cases,
    }


def test_markers_point_where_the_protocol_says() -> None:
    for item in ASKED:
        pointed_at = {trace.points_at for trace in item.artefacts}
        expected = {AUTHENTIC: {item.truth}, PLANTED: {item.framed}}.get(item.protocol, set())
        assert pointed_at == expected
        assert len(item.artefacts) == (3 if expected else 0)
        assert (item.framed >= 0) == (item.protocol in (PLANTED, MIMICRY))
        assert item.framed == -1 or item.framed != item.truth
        assert (item.truth == -1) == (item.protocol == OPEN)


def test_mimicry_adds_three_facts_of_the_framed_and_keeps_the_rest() -> None:
    clean = {id(item.engine): item for item in ASKED if item.protocol == CLOSED}
    for item in ASKED:
        if item.protocol == MIMICRY:
            own = next(other for other in clean.values() if other.engine is item.engine)
            added = np.setdiff1d(item.case.index, own.case.index)
            assert len(added) <= 3
            assert np.all(item.engine.known.uses[item.framed][added] > 0)
            assert set(own.case.index) <= set(item.case.index)


def test_the_copied_habits_are_those_of_the_whole_knowledge() -> None:
    world, item = WORLDS[0], ITEMS[0]
    left = KNOWN.keep(KNOWN.report != item.report)
    whole = prepare(left, shipped()).known
    for question in [q for q in ASKED if q.protocol == MIMICRY][:5]:
        shown = world.columns[question.case.index]
        own = [f for f in np.flatnonzero(whole.uses[question.framed]) if f not in item.facts.index]
        rarest = sorted(own, key=lambda feature: (whole.users[feature], IDS[feature]))[:3]
        assert set(shown) == {*item.facts.index, *rarest}


@pytest.mark.parametrize(
    ("protocol", "finding", "who", "right"),
    [
        (CLOSED, Finding.NAMES, "truth", True),
        (CLOSED, Finding.DECLINES, "nobody", False),
        (OPEN, Finding.DECLINES, "nobody", True),
        (OPEN, Finding.NAMES, "other", False),
        (OPEN, Finding.DECEPTION, "other", False),
        (PLANTED, Finding.NAMES, "truth", True),
        (PLANTED, Finding.DECEPTION, "framed", True),
        (PLANTED, Finding.DECEPTION, "truth", False),
        (PLANTED, Finding.NAMES, "framed", False),
        (AUTHENTIC, Finding.NAMES, "truth", True),
        (AUTHENTIC, Finding.DECEPTION, "truth", False),
        (MIMICRY, Finding.DECEPTION, "framed", True),
        (MIMICRY, Finding.DECLINES, "nobody", False),
    ],
)
def test_what_is_right(protocol: str, finding: Finding, who: str, right: bool) -> None:
    question = one(protocol)
    others = set(range(9)) - {question.truth, question.framed}
    actor = {"truth": question.truth, "framed": question.framed, "other": min(others), "nobody": -1}[who]
    answer = Said(finding, actor, 0.5)
    assert answer.right(question) is right
    assert answer.framed(question) is (who == "framed" and finding is Finding.NAMES)


def test_shares_count_what_their_name_says() -> None:
    planted, authentic = one(PLANTED), one(AUTHENTIC)
    framed = Said(Finding.NAMES, planted.framed, 0.9)
    wolf = Said(Finding.DECEPTION, authentic.truth, 0.9)
    found = {
        name: deception.counted(share, [planted, authentic], [framed, wolf])
        for name, (share, _, _) in deception.SHARES.items()
    }
    assert found["planted, framed"][0].tolist() == [1.0]
    assert found["planted, right"][0].tolist() == [0.0]
    assert found["authentic"][0].tolist() == [1.0]
    assert found["authentic, strict"][0].tolist() == [1.0]
    assert found["authentic, right"][0].tolist() == [0.0]
    assert found["mimicry, right"][0].tolist() == []
    assert found["planted, framed"][1].tolist() == [planted.group]


def test_naming_another_against_authentic_markers_is_a_frame_up_in_all_but_word() -> None:
    authentic = one(AUTHENTIC)
    assert deception.doubting(Said(Finding.NAMES, 1 - min(authentic.truth, 1), 0.9), authentic)
    assert not deception.doubting(Said(Finding.NAMES, authentic.truth, 0.9), authentic)
    assert not deception.doubting(Said(Finding.DECLINES, -1, 0.9), authentic)


def telling(sure: float, unsure: float) -> deception.Method:
    """A method that is right in every second group of a half, and says which."""

    def method(questions: Sequence[Question]) -> Judge:
        def judge(question: Question) -> Said:
            if question.group % 3 == 0:
                return Said(Finding.NAMES, -7, unsure)
            if question.protocol == OPEN:
                return Said(Finding.DECLINES, -1, sure)
            return Said(Finding.NAMES, question.truth, sure)

        return judge

    return method


def test_the_pooled_brier_score_forgives_bad_scales_and_nothing_else() -> None:
    knows = deception.pooled_brier(ASKED, deception.said(ASKED, telling(0.6, 0.5)))
    assert knows.mean == pytest.approx(0.0, abs=1e-9)
    silent = deception.said(ASKED, telling(0.5, 0.5))
    right = np.mean(
        [answer.right(q) for q, answer in zip(ASKED, silent, strict=True) if q.protocol == CLOSED]
    )
    assert deception.pooled_brier(ASKED, silent).mean == pytest.approx(right * (1 - right), abs=0.08)


def test_the_three_worlds_count_alike() -> None:
    losses = deception.pooled_brier(ASKED, deception.said(ASKED, postures.ignoring_markers))
    kept = np.array([q.protocol for q in ASKED if q.protocol in (CLOSED, OPEN, PLANTED)])
    sums = [losses.weight[kept == protocol].sum() for protocol in (CLOSED, OPEN, PLANTED)]
    assert sums == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("mapped", [deception.binned, deception.evenly_binned, deception.as_stated])
def test_the_score_is_the_mean_of_its_three_worlds(mapped: deception.Map) -> None:
    losses = deception.pooled_brier(ASKED, deception.said(ASKED, postures.posture), mapped)
    parts = [losses.of(world) for world in deception.WORLDS]
    assert losses.mean == pytest.approx(np.mean([part.mean for part in parts]))
    assert sum(len(part.error) for part in parts) == len(losses.error)


def test_what_is_stated_counts_as_it_is_without_a_map() -> None:
    losses = deception.pooled_brier(ASKED, deception.said(ASKED, telling(0.9, 0.2)), deception.as_stated)
    assert {round(float(error), 9) for error in losses.error} == {0.01, 0.04}


def test_bins_of_equal_width_learn_the_share_of_each_tenth() -> None:
    stated, right = np.array([0.11, 0.12, 0.18, 0.95]), np.array([1.0, 0.0, 0.0, 1.0])
    found = deception.evenly_binned(stated, right, np.ones(4), np.array([0.15, 0.99, 0.5]))
    assert found.tolist() == pytest.approx([1 / 3, 1.0, 0.5])


@QUICK
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.1, 2)), min_size=2, max_size=60),
    st.lists(st.floats(0, 1), min_size=1, max_size=10),
)
def test_bins_give_shares_between_none_and_all(
    learned: list[tuple[float, bool, float]], asked: list[float]
) -> None:
    stated, right, weight = (np.array(column, dtype=np.float64) for column in zip(*learned, strict=True))
    found = deception.binned(stated, right, weight, np.array(asked))
    assert np.all((found >= -1e-12) & (found <= 1 + 1e-12))
    same = deception.binned(stated, np.ones(len(right)), weight, np.array(asked))
    assert same.tolist() == pytest.approx([1.0] * len(asked))


def test_bins_recover_what_they_were_taught() -> None:
    random = np.random.default_rng(2)
    stated = random.random(20000)
    right = (random.random(20000) < stated**2).astype(np.float64)
    found = deception.binned(stated, right, np.ones(20000), np.array([0.05, 0.55, 0.95]))
    assert found.tolist() == pytest.approx([0.003, 0.30, 0.90], abs=0.05)


def test_each_half_is_answered_by_what_the_other_taught() -> None:
    taught: list[set[int]] = []

    def method(questions: Sequence[Question]) -> Judge:
        lesson = {item.group for item in questions}
        taught.append(lesson)

        def judge(question: Question) -> Said:
            assert question.group not in lesson
            return Said(Finding.DECLINES, -1, 0.5)

        return judge

    assert len(deception.said(ASKED, method)) == len(ASKED)
    assert taught[0].isdisjoint(taught[1])
    assert taught[0] | taught[1] == {item.group for item in ASKED}


def test_weigh_is_scored_by_the_probability_that_the_program_states() -> None:
    judge = postures.posture(ASKED)
    learned = postures.learned_signs(ASKED)
    levels = postures.learned_levels(ASKED, learned, postures.FALSE_ALARMS)
    for question in ASKED[::7]:
        engine, case = question.engine, question.case
        behind = () if len(question.artefacts) > 0 else staged(suspects(engine, case), learned)
        scores = engine.weigh(case).scores
        stated = conclude(scores, question.artefacts, PRIOR, behind, levels)
        assert judge(question) == Said(stated.finding, stated.actor, stated.probability)


def test_weigh_answers_every_question_with_a_probability() -> None:
    found = deception.said(ASKED, postures.posture)
    assert all(0.0 <= answer.probability <= 1.0 for answer in found)
    for question, answer in zip(ASKED, found, strict=True):
        assert (answer.actor == -1) == (answer.finding is Finding.DECLINES)
        if answer.finding is Finding.DECEPTION and len(question.artefacts) > 0:
            assert answer.actor == question.artefacts[0].points_at


def test_no_more_clean_cases_are_accused_than_was_allowed() -> None:
    half = [item for item in ASKED if item.half == 0]
    judge = postures.posture(half, false_alarms=0.1)
    for protocol in (CLOSED, OPEN):
        own = [judge(item).finding is Finding.DECEPTION for item in half if item.protocol == protocol]
        assert np.mean(own) <= 0.1 + 1.5 / len(own)


@pytest.mark.parametrize("allowed", [0.0, 0.05, 0.2, 0.5])
def test_hindsight_finds_what_the_best_level_would(allowed: float) -> None:
    most = hindsight(ASKED, allowed)
    chances = {
        protocol: np.array([accused(item) for item in ASKED if item.protocol == protocol])
        for protocol in (AUTHENTIC, PLANTED)
    }
    levels = np.unique(np.concatenate([*chances.values(), [0.0]]))
    kept = [level for level in levels if (chances[AUTHENTIC] > level).mean() <= allowed]
    best = max(float((chances[PLANTED] > level).mean()) for level in kept)
    assert most.found.mean() == pytest.approx(best)
    assert np.all(most.found <= most.found_or_named)
    pairs = np.sign(chances[PLANTED][:, None] - chances[AUTHENTIC]) / 2 + 0.5
    assert most.ordered.tolist() == pytest.approx(pairs.mean(axis=1).tolist())


def accused(item: Question) -> float:
    """How probable a pose is as the conclusion accuses of it."""
    posed = conclude(item.engine.weigh(item.case).scores, item.artefacts).accused.posed_as
    assert posed is not None
    return posed.probability


def test_no_level_learned_on_others_beats_hindsight_by_much() -> None:
    answers = deception.said(ASKED, postures.posture)
    called = [
        float(answer.finding is Finding.DECEPTION)
        for item, answer in zip(ASKED, answers, strict=True)
        if item.protocol == AUTHENTIC
    ]
    share = deception.SHARES["planted, right"][0]
    own = deception.counted(share, ASKED, answers)[0].mean()
    assert own <= hindsight(ASKED, float(np.mean(called))).found_or_named.mean() + 0.05


#                   facts  0  1  2  3  4  5
_WORLD = relations_from(
    [(0, 0, f) for f in (0, 1, 2)] + [(1, 1, f) for f in (2, 3)] + [(2, 2, f) for f in (4, 5)],
    [2020, 2020, 2020],
    actors=3,
    features=6,
    software_from=6,
)  # fmt: skip
ENGINE: Engine = prepare(_WORLD, shipped())


def question(shown: Sequence[int], marked: int | None = None) -> Question:
    """Facts in a world of three actors, with or without a marker."""
    traces = () if marked is None else (Artefact("x", marked, 0.5, 0.01, 0.9),)
    return Question(facts(dict.fromkeys(shown, 1.0)), ENGINE, traces, CLOSED, 0, 0, 0)


@pytest.mark.parametrize(
    ("peer", "shown", "marked", "finding", "actor"),
    [
        ("ACH count after OCCAM", (0, 1, 2), None, Finding.NAMES, 0),
        ("ACH count after OCCAM", (0, 1, 2), 0, Finding.NAMES, 0),
        ("ACH count after OCCAM", (0, 3), None, Finding.DECLINES, -1),
        ("ACH count after OCCAM", (0, 1, 2), 2, Finding.DECLINES, -1),
        ("consistency gate", (0, 1), None, Finding.NAMES, 0),
        ("consistency gate", (0, 1), 2, Finding.NAMES, 2),
        ("IDF coverage", (0, 1, 2), None, Finding.NAMES, 0),
        ("IDF coverage", (0, 1, 3, 4, 5), None, Finding.DECEPTION, 0),
    ],
)
def test_the_peers_do_as_their_rule_says(
    peer: str, shown: tuple[int, ...], marked: int | None, finding: Finding, actor: int
) -> None:
    answer = postures.PEERS[peer]([])(question(shown, marked))
    assert (answer.finding, answer.actor) == (finding, actor)


def test_a_pose_is_the_cheapest_explanation_of_several_markers_that_fit_nobody() -> None:
    traces = tuple(Artefact(str(number), 2, 0.5, 0.01, 0.9) for number in range(3))
    asked = Question(facts(dict.fromkeys((0, 1, 2), 1.0)), ENGINE, traces, PLANTED, 0, 0, 0, 2)
    answer = postures.ach_count([])(asked)
    assert (answer.finding, answer.actor) == (Finding.DECEPTION, 2)


def test_who_ignores_markers_says_the_same_with_and_without() -> None:
    judge = postures.ignoring_markers([])
    assert judge(question((0, 1, 2), 2)) == judge(question((0, 1, 2)))


@QUICK
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5)), min_size=1, max_size=40))
def test_the_interval_of_a_mean_lies_within_the_groups_means(found: list[tuple[float, int]]) -> None:
    values = np.array([value for value, _ in found])
    groups = np.array([group for _, group in found], dtype=np.int64)
    low, high = scoring.mean_interval(values, groups)
    means = [values[groups == group].mean() for group in np.unique(groups)]
    assert min(means) - 1e-9 <= low <= high <= max(means) + 1e-9
    assert scoring.mean_interval(values, groups, np.full(len(values), 3.0)) == pytest.approx((low, high))


def test_rows_say_what_was_asked_what_was_left_out_and_what_peers_reached() -> None:
    found = list(false_flags.rows(KNOWN, NAMES, IDS, "toy data", "weigh bench"))
    assert [row.bar for row in found if "open world" in row.bench] == [None, None, 0.94, None]
    assert {row.bench.removeprefix("attribution, ") for row in found} == {
        *deception.SHARES,
        "open world",
        "planted, ceiling",
        "pooled Brier",
    }
    for row in found:
        assert row.data.startswith(f"toy data; {len(ITEMS)} cases of ")
        assert row.low is not None
        assert row.high is not None
        assert row.low - 1e-9 <= row.value <= row.high + 1e-9
        run = [peer for peer in row.peers if "its own figure" not in peer]
        assert len(run) == (0 if "ceiling" in row.bench else 1 if "open world" in row.bench else 4)
    planted = next(row for row in found if row.bench.endswith("planted, right"))
    assert planted.n == 5 * len(ITEMS)


def test_the_shipped_signs_can_be_made_anew_for_any_weights() -> None:
    fitted, levels, about = signs.fitted_signs(KNOWN, NAMES, IDS, shipped())
    assert f"{len(ITEMS)} cases" in about
    assert len(fitted.values) == len(SIGNS) + 1
    assert levels.name == 0.5
    assert 0.0 <= levels.planted <= 1.0
    assert 0.0 <= levels.staged <= 1.0


def test_one_command_saves_what_was_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fitted = SignWeights(tuple(float(number) for number in range(len(SIGNS) + 1)))
    levels = Levels(0.5, 0.3, 0.4)
    monkeypatch.setattr(signs, "read_bundle", lambda path: read_embedded())
    monkeypatch.setattr(signs, "fitted_signs", lambda *given: (fitted, levels, "all cases"))
    signs.main("folder", str(tmp_path / "table.json"))
    assert read_signs((tmp_path / "table.json").read_bytes(), "here") == (fitted, levels)
    assert "all cases" in capsys.readouterr().out
