"""The tables of what is known, against the same written with dictionaries."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, rebuilt, relations, triples
from tests.inference.slow import Known
from weigh.inference.profiles import foretold, narrowed, profiles
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from


@QUICK
@given(relations())
def test_every_table_is_what_its_definition_says(drawn: Relations) -> None:
    slow, fast = Known(drawn), profiles(drawn)
    features = range(drawn.features)
    assert fast.candidates.tolist() == slow.actors
    assert fast.reports.tolist() == [slow.reports(actor) for actor in slow.actors]
    assert fast.last_year.tolist() == [slow.last_year(actor) for actor in slow.actors]
    assert fast.users.tolist() == [slow.users(f) for f in features]
    assert fast.base.tolist() == pytest.approx([slow.base(f) for f in features], rel=1e-12)
    assert fast.idf.tolist() == pytest.approx([slow.idf(f) for f in features], rel=1e-12, abs=1e-15)
    assert fast.lasting.tolist() == pytest.approx([slow.lasting(f) for f in features], rel=1e-9, abs=1e-12)
    for row, actor in enumerate(slow.actors):
        for f in features:
            rate, base = slow.rate(actor, f), slow.base(f)
            assert fast.uses[row, f] == (slow.count(actor, f) > 0)
            assert fast.log_ratio[row, f] == pytest.approx(log(rate / base), rel=1e-9, abs=1e-12)
            silence = log((1 - rate) / (1 - base)) if slow.seen(f) > 0 else 0.0
            assert fast.log_absent[row, f] == pytest.approx(silence, rel=1e-9, abs=1e-12)
    assert fast.absent_total.tolist() == pytest.approx(fast.log_absent.sum(axis=1).tolist())


@QUICK
@given(relations())
def test_every_pair_of_actor_and_report_is_one_row(drawn: Relations) -> None:
    slow, fast = Known(drawn), profiles(drawn)
    pairs = [
        (int(fast.candidates[owner]), int(report))
        for owner, report in zip(fast.report_owner, fast.report_index, strict=True)
    ]
    assert pairs == sorted(slow.shown)
    assert [set(np.flatnonzero(row).tolist()) for row in fast.shows] == [slow.shown[pair] for pair in pairs]
    assert np.all(np.diff(fast.report_owner) >= 0)


@QUICK
@given(relations())
def test_vectors_have_length_one_or_are_nothing(drawn: Relations) -> None:
    fast = profiles(drawn)
    for table in (fast.nearest, fast.profile, fast.habits):
        lengths = np.linalg.norm(table, axis=1)
        assert np.all((np.abs(lengths - 1.0) < 1e-12) | (lengths == 0.0))


@QUICK
@given(relations(), st.data())
def test_how_far_features_foretell_one_another_is_as_defined_in_the_narrowed_tables_too(
    drawn: Relations, data: st.DataObject
) -> None:
    slow, fast = Known(drawn), profiles(drawn)
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, drawn.features - 1)))), dtype=np.intp)
    expected = [[slow.foretold(f, g) for g in chosen.tolist()] for f in chosen.tolist()]
    found = foretold(fast, chosen)
    assert found.shape == (len(chosen), len(chosen))
    assert np.allclose(found, np.array(expected).reshape(found.shape), rtol=0.0, atol=1e-12)
    assert np.array_equal(foretold(narrowed(fast, chosen), np.arange(len(chosen))), found)


def test_what_an_actor_shows_again_and_again_lasts_more_than_what_is_as_rare() -> None:
    rows = [(0, r, 0) for r in range(4)] + [(actor, 4 + actor, 1) for actor in range(4)]
    rows += [(actor, 8 + actor, 2) for actor in range(4)] + [(actor, 4 + actor, 3) for actor in range(4)]
    fast = profiles(relations_from(rows, [2020] * 12, actors=4, features=4, software_from=4))
    assert fast.idf[0] == fast.idf[1]
    assert fast.lasting[0] > 1.5 * fast.lasting[1]


@QUICK
@given(relations())
def test_rows_that_are_repeated_change_no_table(drawn: Relations) -> None:
    again = rebuilt(drawn, triples(drawn) * 2)
    first, second = profiles(drawn), profiles(again)
    assert np.array_equal(first.log_ratio, second.log_ratio)
    assert np.array_equal(first.nearest, second.nearest)


def test_a_feature_that_every_report_shows_tells_nobody_apart_and_is_still_shown() -> None:
    drawn = relations_from(
        [(0, 0, 0), (1, 1, 0), (1, 1, 1)], [2020, 2021], actors=2, features=2, software_from=2
    )
    fast = profiles(drawn)
    assert fast.idf[0] == 0.0
    assert fast.shows[:, 0].all()
    assert np.abs(fast.nearest[:, 0]).max() == 0.0


def test_all_uncited_uses_of_an_actor_are_one_report() -> None:
    rows = [(0, NO_REPORT, 0), (0, NO_REPORT, 1), (0, 0, 1)]
    fast = profiles(relations_from(rows, [2020], actors=1, features=2, software_from=2))
    assert fast.reports.tolist() == [2.0]
    assert fast.last_year.tolist() == [2020.0]


@pytest.mark.parametrize("years", [[], [2020]])
def test_knowledge_without_relations_has_empty_tables(years: list[int]) -> None:
    fast = profiles(relations_from([], years, actors=3, features=2, software_from=1))
    assert fast.candidates.shape == (0,)
    assert fast.log_ratio.shape == (0, 2)
    assert fast.shows.shape == (0, 2)
