"""What if: what is supposed is said, moves what it should, and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import replace
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, observed
from weigh.assessment.document import UNLISTED, Assessment
from weigh.assessment.suppositions import LEFT_OUT, Suppositions
from weigh.errors import KnowledgeError, UsageError
from weigh.inference.engine import Engine, prepare
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Alias, Software
from weigh.knowledge.store import Knowledge

ALL = (REPORT, ECHO, NEWS)
PLAIN = assessed(ALL)


def under(**supposed: object) -> Assessment:
    """The case under suppositions."""
    return assessed(ALL, suppose=Suppositions(**supposed))  # type: ignore[arg-type]


def chances(found: Assessment) -> dict[str, float]:
    """Probability by hypothesis."""
    return {row.id: row.probability for row in found.hypotheses}


def test_supposing_nothing_changes_nothing() -> None:
    assert under() == PLAIN


def test_a_what_if_says_so_first() -> None:
    found = under(without=("S0001",), priors={"Slate Heron": 0.2}, deception=0.1)
    assert found.cautions[0].startswith("This is a what-if")
    for words in ("left out: S0001", "prior of Slate Heron set to 0.2", "prior of deception set to 0.1"):
        assert words in found.cautions[0]
    assert found.id != PLAIN.id


@pytest.mark.parametrize(
    ("item", "gone"),
    [
        ("S0001", {"S0001"}),
        ("news.txt", {"S0002", "T1105"}),
        (observed(NEWS)[0].id, {"S0002"}),
        (observed(NEWS)[0].id[:12], {"S0002"}),
        ("Winch", {"S0002"}),
        ("barge", {"S0001"}),
        ("phishing: attachment", {"T1566.001"}),
        ("Attachment", {"T1566.001"}),
    ],
)
def test_what_is_left_out_is_as_if_it_had_not_been_seen(item: str, gone: set[str]) -> None:
    found = under(without=(item,))
    assert {row.id for row in PLAIN.features} - {row.id for row in found.features} == gone
    kept = [each for source in ALL for each in observed(source) if each.value not in gone]
    assert chances(found) == pytest.approx(chances(assessed(ALL, observations=kept)), abs=1e-12)
    assert {row.set_aside for row in found.observations if row.value in gone} == {LEFT_OUT}


@settings(max_examples=20, deadline=None)
@given(st.floats(0.001, 0.9))
def test_a_prior_moves_the_odds_by_as_many_bits_and_leaves_the_others_alone(value: float) -> None:
    found = under(priors={"G0001": value})
    before, after = chances(PLAIN), chances(found)
    others = [name for name in before if name != "G0001"]
    for name in others[1:]:
        assert log2(after[name] / after[others[0]]) == pytest.approx(log2(before[name] / before[others[0]]))
    priors = {row.id: 2.0**row.prior for row in found.hypotheses}
    assert priors["G0001"] / sum(priors.values()) == pytest.approx(value)
    for row in found.hypotheses:
        assert row.low <= row.probability <= row.high


def test_unlisted_and_aliases_can_have_a_prior() -> None:
    found = under(priors={UNLISTED: 0.5, "TIDE-2": 0.25})
    priors = {row.id: 2.0**row.prior for row in found.hypotheses}
    assert priors[UNLISTED] / priors["G0002"] == pytest.approx(2.0)


def test_knowledge_as_of_a_date_holds_no_later_report() -> None:
    found = under(as_of="2020-06-01")
    earlier = prepare(harbour.relations().known_before(2020), shipped())
    assert chances(found) == pytest.approx(chances(assessed(ALL, knowing=(harbour.knowledge(), earlier))))
    assert all(row.last_year < 2020 for row in found.hypotheses)
    assert {row.id for row in found.hypotheses} < {row.id for row in PLAIN.hypotheses}


@pytest.mark.parametrize(
    ("supposed", "problem"),
    [
        ({"without": ("T4242",)}, "nothing in the case is called"),
        ({"without": ("obs",)}, "nothing in the case is called"),
        ({"priors": {"Nobody": 0.1}}, "is the name of no hypothesis"),
        ({"priors": {"G0001": 0.0}}, "between 0 and 1"),
        ({"priors": {"G0002": 0.1, "TIDE-2": 0.2}}, "'TIDE-2' names whom another prior names"),
        ({"priors": {"G0001": 0.6, "G0002": 0.5}}, "leave something"),
        ({"as_of": "last summer"}, "is no date"),
        ({"as_of": "1999"}, "nothing was known"),
        ({"as_of": "9998-01-01"}, "is yet to come"),
        ({"without": ("Keelhaul",)}, "nothing in the case is called"),
        ({"without": ("",)}, "nothing in the case is called"),
        ({"deception": 1.5}, "prior of deception"),
    ],
)
def test_what_cannot_be_supposed_is_a_clear_error(supposed: dict[str, object], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        under(**supposed)


def _knowing(*software: Software) -> tuple[Knowledge, Engine]:
    known, engine = harbour.world()
    return replace(known, catalogue=replace(known.catalogue, software=software)), engine


def test_an_alias_is_understood_and_one_of_several_says_whose_it_is() -> None:
    barge, winch, keelhaul = harbour.SOFTWARE
    lighter, tug = (Alias("Lighter", "Oakline"),), (Alias("Barge", "Oakline"), Alias("Lighter", "Oakline"))
    one = _knowing(replace(barge, aliases=lighter), winch, keelhaul)
    found = assessed(ALL, knowing=one, suppose=Suppositions(("lighter",)))
    assert {row.id for row in PLAIN.features} - {row.id for row in found.features} == {"S0001"}
    two = _knowing(replace(barge, aliases=lighter), replace(winch, aliases=tug), keelhaul)
    with pytest.raises(UsageError, match=r"several in the case: S0001 \(Barge\), S0002 \(Winch\)") as caught:
        assessed(ALL, knowing=two, suppose=Suppositions(("Lighter",)))
    assert (caught.value.place, caught.value.remedy) == ("--without", "give the id")
    headline = assessed(ALL, knowing=two, suppose=Suppositions(("Barge",)))
    assert {row.id for row in PLAIN.features} - {row.id for row in headline.features} == {"S0001"}


def test_a_date_to_come_is_refused_before_anything_is_weighed() -> None:
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    assert Suppositions(as_of=tomorrow.isoformat()).as_of == tomorrow.isoformat()
    with pytest.raises(UsageError, match="is yet to come") as caught:
        Suppositions(as_of="9998-01-01")
    assert caught.value.place == "--as-of"


def test_undated_knowledge_cannot_go_back_in_time() -> None:
    undated = (harbour.knowledge(dated=False), harbour.world()[1])
    with pytest.raises(KnowledgeError, match="dates only a part") as caught:
        assessed(ALL, knowing=undated, suppose=Suppositions(as_of="2020"))
    assert "weigh knowledge use" in caught.value.remedy
    assert caught.value.exit_code == 4
