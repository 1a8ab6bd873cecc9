"""Credit worked out a second way: as paths of a drawn tree, and by the symmetries that Bayes' rule has."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.test_crediting import BASE, RUSSIA, chain, credit_of
from weigh.assessment.claim_rows import ChainsRow, ClaimRow, StatementsRow
from weigh.assessment.crediting import Credit, credited, parsed
from weigh.assessment.repeating import OriginStepRow
from weigh.claims.links import kinds
from weigh.errors import UsageError

Tree = Sequence[tuple[int, float]]
"""For each document after the first: which earlier one it repeats (-1: none), with what copy probability."""

RATES = st.floats(0.02, 0.98)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any forest of up to seven documents."""
    size = draw(st.integers(0, 6))
    return [
        (draw(st.integers(-1, place)), draw(st.floats(0.0, 1.0, allow_subnormal=False)))
        for place in range(size)
    ]


def rows(tree: Tree) -> StatementsRow:
    """The one proposition that these documents state; prior .2."""
    names = [f"doc{place}" for place in range(len(tree) + 1)]
    steps = [OriginStepRow(names[0], "", 0.0, names[0])]
    for place, (parent, copying) in enumerate(tree, start=1):
        origin = names[place] if parent < 0 else steps[parent].origin
        steps.append(OriginStepRow(names[place], names[parent] if parent >= 0 else "", copying, origin))
    claim = next(row for row in BASE.claims if row.id == RUSSIA.blames[0])
    claims = tuple(
        replace(claim, id=f"clm-{name}", claim=replace(claim.claim, document=name)) for name in names
    )
    rungs = tuple(replace(row, probability=0.2) if row.rung == "sponsor" else row for row in RUSSIA.rungs)
    chains = ChainsRow(len(names), len(names), 1, 1.0, tuple(steps), (), (), ())
    one = replace(RUSSIA, blames=tuple(each.id for each in claims), answers=(), chains=chains, rungs=rungs)
    return replace(BASE, claims=claims, propositions=(one,))


def paths(tree: Tree) -> Mapping[tuple[int, int], float]:
    """The product along the one path between any two documents of a tree; two trees have none."""
    size = len(tree) + 1
    found = {(place, place): 1.0 for place in range(size)}
    edges = {(place, parent): copying for place, (parent, copying) in enumerate(tree, 1) if parent >= 0}
    edges |= {(parent, place): copying for (place, parent), copying in edges.items()}
    for _ in range(size):
        for (first, last), chance in list(found.items()):
            for (start, end), copying in edges.items():
                if start == last and (first, end) not in found:
                    found[first, end] = chance * copying
    return found


@given(tree=trees(), hit=RATES, false_alarm=RATES)
def test_the_ratio_is_that_of_the_likeliest_copy_among_those_before(
    tree: Tree, hit: float, false_alarm: float
) -> None:
    between = paths(tree)
    expected = hit / false_alarm
    for place in range(1, len(tree) + 1):
        copying = max(between.get((place, other), kinds()["unknown"].copying) for other in range(place))
        expected *= (copying + (1 - copying) * hit) / (copying + (1 - copying) * false_alarm)
    assert math.isclose(credit_of(rows(tree), Credit("X", hit, false_alarm)).ratio, expected, abs_tol=1e-11)


@given(tree=trees(), hit=RATES, false_alarm=RATES)
def test_a_source_that_is_as_often_wrong_as_another_is_right_weighs_the_inverse(
    tree: Tree, hit: float, false_alarm: float
) -> None:
    one = credit_of(rows(tree), Credit("X", hit, false_alarm))
    other = credit_of(rows(tree), Credit("X", false_alarm, hit))
    assert (
        math.isclose(one.ratio * other.ratio, 1.0, rel_tol=1e-6, abs_tol=1e-6)
        or min(one.ratio, other.ratio) < 1e-5
    )


@given(tree=trees(), hit=RATES, false_alarm=RATES)
def test_a_better_source_never_lowers_and_a_worse_one_never_raises(
    tree: Tree, hit: float, false_alarm: float
) -> None:
    found = credit_of(rows(tree), Credit("X", hit, false_alarm))
    assert 0.0 <= found.after <= 1.0
    if hit >= false_alarm:
        assert found.after >= found.before - 1e-9
    if hit <= false_alarm:
        assert found.after <= found.before + 1e-9


@given(tree=trees(), hit=RATES, false_alarm=RATES)
def test_odds_after_are_odds_before_times_the_ratio(tree: Tree, hit: float, false_alarm: float) -> None:
    found = credit_of(rows(tree), Credit("X", hit, false_alarm))
    odds = found.before / (1 - found.before) * found.ratio
    assert math.isclose(found.after, odds / (1 + odds), rel_tol=1e-6, abs_tol=1e-9)


@given(copying=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5), hit=RATES)
def test_two_credits_for_one_source_count_each_document_once(copying: list[float], hit: float) -> None:
    found = chain(*copying)
    once = credit_of(found, Credit("X", hit, 0.1))
    twice = credit_of(found, Credit("X", hit, 0.1), Credit("X", 0.9, 0.9))
    assert (twice.ratio, twice.after, twice.documents) == (once.ratio, once.after, once.documents)


@given(wanted=st.sets(st.integers(0, 5)), hit=st.floats(0.5, 0.95))
@settings(max_examples=40)
def test_only_documents_of_the_source_are_counted(wanted: set[int], hit: float) -> None:
    found = rows([(0, 0.3)] * 5)
    names = {f"doc{place}" for place in wanted}

    def by(claim: ClaimRow, name: str) -> bool:
        return claim.claim.document in names

    changed = credited(found, [Credit("X", hit, 0.2)], by)
    if len(wanted) == 0:
        assert changed == {}
        return
    ((row,),) = changed.values()
    assert row.documents == len(wanted)
    assert row.origins == 1


@given(source=st.text(min_size=1, max_size=15), hit=RATES, false_alarm=RATES)
def test_a_credit_is_read_back_as_it_is_written(source: str, hit: float, false_alarm: float) -> None:
    if source.strip() == "":
        return
    assert parsed(f"{source}={hit!r},{false_alarm!r}") == Credit(source.strip(), hit, false_alarm)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "X",
        "X=",
        "X=0.5",
        "X=a,b",
        "X=0.5,0.5,0.5",
        "X=1,0.5",
        "X=0,0.5",
        "X=nan,0.5",
        "X=inf,0.5",
        "X=-0.1,0.5",
        "X=0.5;0.5",
        " =0.5,0.5",
        "X=50%,10%",
        "X=0,5,0,2",
    ],
)
def test_nonsense_is_refused_with_an_example_that_works(text: str) -> None:
    with pytest.raises(UsageError, match="credits nobody") as refused:
        parsed(text)
    example = refused.value.remedy.rpartition(" ")[2]
    assert parsed(example) == Credit("NATO", 0.8, 0.2)
