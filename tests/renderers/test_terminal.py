"""The terminal: byte for byte, within 80 columns, and never markup from a document."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from tests import sample, strategies
from weigh.assessment.compare import ProbabilityChange, StillSaid, compare
from weigh.assessment.document import Assessment
from weigh.renderers import terminal, terminal_ach, terminal_lists

WIDTH = 80


def _printed(renderable: RenderableType) -> str:
    console = Console(width=WIDTH, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    console.print(renderable)
    file = console.file
    return file.getvalue() if isinstance(file, io.StringIO) else ""


def _other() -> Assessment:
    """The sample after a person changed the leader's first weight."""
    old = sample.assessment()
    leader = old.hypotheses[0]
    weights = (leader.weights[0] - 1.0, *leader.weights[1:])
    changed = replace(leader, weights=weights, probability=leader.probability / 2)
    return replace(old, id="ass-other", hypotheses=(changed, *old.hypotheses[1:]))


SCREENS: dict[str, Callable[[], RenderableType]] = {
    "terminal-screen.txt": lambda: terminal.screen(sample.assessment()),
    "terminal-why.txt": lambda: terminal.why(
        sample.assessment(), sample.assessment().hypotheses[0].id, sample.assessment().hypotheses[1].id
    ),
    "terminal-ach.txt": lambda: terminal_ach.matrix(sample.assessment()),
    "terminal-observations.txt": lambda: terminal_lists.observations(
        sample.assessment(), sample.assessment().observations
    ),
    "terminal-diff.txt": lambda: terminal_lists.comparison(compare(sample.assessment(), _other())),
}


def test_changes_that_round_to_nothing_are_summed_and_not_listed() -> None:
    whole = compare(sample.assessment(), _other())
    (shown,) = whole.evidence
    tiny = replace(shown, feature="S9", name="Winch", bits=-0.001)
    steady = ProbabilityChange("G9", "Quiet Tern", 0.5001, 0.5002)
    change = replace(
        whole,
        evidence=(shown, *[tiny] * 3, replace(tiny, feature="S8", name="Crane", new_presence=0.5)),
        probabilities=(*whole.probabilities, steady),
    )
    told = _printed(terminal_lists.comparison(change))
    assert "Winch" not in told
    assert "Quiet Tern" not in told
    assert "Crane (S8)" in told  # it was read otherwise, which its reader asks for
    assert "-0.00" not in told
    alone = _printed(terminal_lists.comparison(replace(change, probabilities=(steady,))))
    assert "No probability changed by as much as is written here." in alone
    assert "Slate Heron  " not in alone


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 other passage still bears Winch (S9), so that it stays: obs-00000000"),
        (2, "2 other passages still bear Winch (S9), so that it stays: obs-00000000, obs-00000001"),
        (8, "obs-00000005 and 2 more"),
    ],
)
def test_what_still_bears_a_fact_is_named(count: int, said: str) -> None:
    names = tuple(f"obs-{place:08d}ffffffffffff" for place in range(count))
    shown = _printed(terminal_lists.others([StillSaid("S9", "Winch", names)]))
    assert said in " ".join(shown.split())


@pytest.mark.parametrize("name", SCREENS)
def test_screens_are_as_kept(name: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(name, _printed(SCREENS[name]()))


@given(strategies.assessments())
def test_any_assessment_fits_the_terminal(assessment: Assessment) -> None:
    shown = _printed(terminal.screen(assessment))
    assert all(cell_len(line) <= WIDTH for line in shown.split("\n"))
    assert "Leads: " in shown or "No answer: " in shown


@given(strategies.assessments())
def test_any_matrix_fits_the_terminal(assessment: Assessment) -> None:
    shown = _printed(terminal_ach.matrix(assessment))
    assert all(cell_len(line) <= WIDTH for line in shown.split("\n"))
    assert ("There is no matrix" in shown) == (assessment.ach is None)


def test_an_older_assessment_has_no_lines_on_what_follows() -> None:
    older = replace(sample.assessment(), prediction_set=None, next_evidence=(), ach=None, sponsors=())
    shown = _printed(terminal.screen(older))
    for heading in ("What cannot be ruled out", "What to look for next", "Who is said to stand behind"):
        assert heading in _printed(terminal.screen(sample.assessment()))
        assert heading not in shown


def test_likelihood_and_confidence_never_share_a_line() -> None:
    shown = _printed(terminal.screen(sample.assessment()))
    lines = [line for line in shown.splitlines() if "confidence" in line.lower()]
    words = {row.icd203 for row in sample.assessment().hypotheses}
    assert all(word not in line for line in lines for word in words if word)


def test_markup_in_a_document_is_shown_as_it_is() -> None:
    old = sample.assessment()
    hostile = replace(old, title="[bold]x[/bold] \x1b[31m[link=file:///etc/passwd]y[/link]")
    shown = _printed(terminal.headline(hostile))
    assert "[bold]x[/bold]" in shown
    assert "\x1b" not in shown


def _weighed(bits: Sequence[float]) -> Assessment:
    """The sample with so many facts for its leader, each so many bits ahead of the next answer."""
    old = sample.assessment()
    features = tuple(
        replace(old.features[0], id=f"T{place}", name=f"Fact {place}") for place in range(len(bits))
    )
    first, second, *_ = (replace(row, prior=0.0, absence=0.0, sentences=()) for row in old.hypotheses)
    rows = (replace(first, weights=tuple(bits)), replace(second, weights=(0.0,) * len(bits)))
    return replace(old, features=features, hypotheses=rows, linchpins=())


def _reasons(bits: Sequence[float]) -> str:
    return "\n".join(_printed(part) for part in terminal.reasons(_weighed(bits)))


def test_more_reasons_are_shown_while_the_rest_outweighs_the_first_of_them() -> None:
    shown = _reasons([4.0] * 5 + [-2.0] * 7)
    assert shown.count("(T") == 10
    assert "4 smaller items" in shown  # the prior and what is not seen are items, too
    assert _reasons([4.0] + [-0.1] * 20).count("(T") == 8
    many = _reasons([1.0] * 40)
    assert many.count("(T") == 16
    assert "+24.00  26 others, each of them smaller" in many


@given(st.lists(st.floats(-9.0, 9.0), min_size=1, max_size=40))
def test_what_is_shown_and_the_rest_sum_to_the_total(bits: list[float]) -> None:
    lines = [line.split(maxsplit=1) for line in _reasons(bits).splitlines() if line[:1] in "+- "]
    figures = [float(line[0]) for line in lines if len(line) > 1 and line[0][0] in "+-"]
    *shown, total = figures
    assert sum(shown) == pytest.approx(total, abs=0.006 * len(figures))
    assert len(shown) <= 17


def test_a_long_name_goes_on_under_its_own_beginning() -> None:
    old = _weighed([4.0])
    assessment = replace(old, features=(replace(old.features[0], name="Rigging " * 20),))
    lines = _printed(terminal.why(assessment, *(row.id for row in old.hypotheses))).splitlines()
    wrapped = [line for line in lines if "Rigging" in line]
    assert len(wrapped) > 2
    assert {line.index("Rigging") for line in wrapped} == {21}


@pytest.mark.parametrize(("count", "said"), [(3, "and 1 more passage"), (4, "and 2 more passages")])
def test_further_passages_are_counted(count: int, said: str) -> None:
    old = sample.assessment()
    names = tuple(row.id for row in old.observations)[:1] * count
    assessment = replace(old, features=(replace(old.features[0], observations=names), *old.features[1:]))
    shown = _printed(terminal.why(assessment, *(row.id for row in old.hypotheses[:2])))
    assert said in [line.strip() for line in shown.splitlines()]


@given(st.floats(0.0, 1.0), st.integers(1, 40))
def test_a_bar_is_as_wide_as_its_box(value: float, width: int) -> None:
    assert len(terminal.bar(value, width)) == width


def test_bars_grow_with_the_share() -> None:
    filled = [len(terminal.bar(share / 20).rstrip()) for share in range(21)]
    assert filled == sorted(filled)
    assert filled[0] == 0
