"""Facts that speak against those who are known for them: counted rightly, and next to none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.inference.generators import random_relations
from weigh.bench import stronger
from weigh.bench.stronger import Added, added, drawn, lowered_of_ten_thousand, rows
from weigh.compiling.attack import read_embedded
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import NAMES, facts
from weigh.inference.weights import shipped

DRAWN = random_relations(5, actors=12, features=40, reports=90)


@pytest.fixture(scope="module")
def installed() -> Engine:
    """The engine on the knowledge that is installed with Weigh."""
    return prepare(index(link(read_embedded(), ())), shipped())


def test_with_the_installed_knowledge_hardly_any_fact_lowers_who_is_known_for_it(installed: Engine) -> None:
    found = [added(installed, *drawn(installed.known, number), number) for number in range(150)]
    assert sum(item.pairs for item in found) > 50_000
    assert lowered_of_ten_thousand(found) < 20.0
    assert max(item.most for item in found) < 0.25


def test_pairs_are_those_who_are_known_for_a_fact_and_those_whom_nothing_ties_to_it() -> None:
    engine = prepare(DRAWN, shipped())
    for number in range(40):
        case, fact = drawn(engine.known, number)
        found = added(engine, case, fact, number)
        uses = engine.known.uses[:, fact] > 0
        free = ~uses & ~(engine.known.arms[:, fact] > 0)
        assert (found.cluster, found.pairs) == (number, int(uses.sum()) * int(free.sum()))
        slow = 0
        before, after = (
            engine.weigh(facts(dict.fromkeys(shown, 1.0))).scores.totals
            for shown in (case.tolist(), [*case.tolist(), fact])
        )
        for own in np.flatnonzero(uses):
            for other in np.flatnonzero(free):
                slow += (after[own] - before[own]) - (after[other] - before[other]) < -1e-9
        assert found.lowered == slow
        assert (found.most > 0.0) == (slow > 0)


def test_a_model_that_believes_the_contrary_is_found_out() -> None:
    contrary = replace(shipped(), values=tuple(-value for value in shipped().values))
    engine = prepare(DRAWN, contrary)
    found = [added(engine, *drawn(engine.known, number), number) for number in range(30)]
    assert lowered_of_ten_thousand(found) > 9_000.0
    silent = prepare(DRAWN, replace(shipped(), values=(0.0,) * len(NAMES)))
    assert lowered_of_ten_thousand([added(silent, *drawn(silent.known, 1), 1)]) == 0.0


def test_cases_are_drawn_the_same_every_time_and_never_hold_the_fact() -> None:
    known = prepare(DRAWN, shipped()).known
    for number in range(30):
        (case, fact), (again, same) = drawn(known, number), drawn(known, number)
        assert (case.tolist(), fact) == (again.tolist(), same)
        assert fact not in case.tolist()
        assert case.tolist() == sorted(set(case.tolist()))
        assert known.users[fact] > 0
    assert len({drawn(known, number)[1] for number in range(30)}) > 5


def test_the_row_tells_the_share_and_the_most_that_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stronger, "CASES", 12)
    (row,) = rows(prepare(DRAWN, shipped()), "drawn")
    assert row.bar is None
    assert row.low is not None
    assert row.high is not None
    assert row.low <= row.value <= row.high
    assert row.peers.keys() == {"most that one lost, bits"}


def test_shares_are_of_pairs_and_not_of_cases() -> None:
    assert lowered_of_ten_thousand([Added(0, 10, 1, 0.2), Added(1, 90, 0, 0.0)]) == pytest.approx(100.0)
    assert lowered_of_ten_thousand([]) == 0.0
