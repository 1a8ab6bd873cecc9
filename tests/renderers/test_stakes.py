"""The stakes as they are written and drawn: sentences, the page, the files."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import sample
from tests.renderers.pages import parsed, sample_page, words_of
from weigh.assessment.stakes import attribution, crowd, stakes
from weigh.renderers import stakes as words
from weigh.renderers import stakes_charts
from weigh.renderers.dossier import plots
from weigh.renderers.terminal import percent
from weigh.stakes import sides, states

SAMPLE = sample.assessment()
ROW = stakes(SAMPLE)
_PUSH = re.compile(r"\b(should|must|recommend|ought|advise[sd]?|retaliate)\b", re.IGNORECASE)
_SVG = "{http://www.w3.org/2000/svg}"


def test_three_sentences_with_the_numbers_they_stand_on() -> None:
    told = words.sentences(ROW, percent)
    assert len(told) == 3
    assert all(sentence.endswith(".") for sentence in told)
    assert percent(ROW.guilty.value) in told[0]
    assert words.option_name(ROW, ROW.best) in told[0]
    assert percent(ROW.wrong_party.value) in told[1]
    assert percent(next(option.share for option in ROW.options if option.id == ROW.best)) in told[2]


def test_no_sentence_of_the_section_pushes() -> None:
    section = words_of(sample_page().css_first("#stakes"))
    assert _PUSH.search(section) is None
    assert words.NO_ADVICE in section
    assert words.ILLUSTRATIVE in section


def test_payoffs_of_ones_own_are_not_called_illustrative() -> None:
    own = replace(ROW, illustrative=False)
    assert "the payoffs given make" in words.sentences(own, percent)[0]


def test_an_option_that_is_best_throughout_is_said_to_be() -> None:
    assert "it stays so over" in words.sentences(replace(ROW, over=(ROW.best,)), percent)[0]


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (None, None, "never"),
        (0.0, 1.0, "always"),
        (0.5, 1.0, "from 50 %"),
        (0.0, 0.25, "up to 25 %"),
        (0.25, 0.5, "25 % to 50 %"),
    ],
)
def test_ranges_in_words(low: float | None, high: float | None, told: str) -> None:
    assert words.where(low, high, percent, nowhere="never") == told


def test_a_crowd_is_told_from_the_largest_mistake_down() -> None:
    found = crowd(SAMPLE)
    lines = words.crowd_lines(found, percent)
    assert lines[0][1] == percent(found.independent)
    assert lines[-1][1] == percent(found.start)


def test_every_option_has_its_line_and_its_row() -> None:
    page = sample_page()
    rows = [words_of(node) for node in page.css("#stakes table")[0].css("tbody th")]
    assert rows == [f"{place}. {option.name}" for place, option in enumerate(ROW.options, start=1)]
    assert len(page.css("#stakes svg.lines line.option")) == len(ROW.options)
    ends = [words_of(node) for node in page.css("#stakes svg.lines text.end")]
    assert sorted(ends) == sorted(f"{n} {option.name}" for n, option in enumerate(ROW.options, start=1))


def test_the_map_has_its_table() -> None:
    found = attribution().map
    table = sample_page().css("#stakes details table")[-1]
    cells = [[words_of(cell) for cell in row.css("td")] for row in table.css("tbody tr")]
    assert (len(cells), len(cells[0])) == (5, 5)
    assert cells[0][-1] == f"{found.attack[-1, -1] * 100:.0f} %"
    assert cells[-1][0] == f"{found.attack[0, 0] * 100:.0f} %"


def test_the_page_without_evidence_has_no_stakes() -> None:
    bare = replace(
        SAMPLE,
        features=(),
        ach=None,
        origins=None,
        linchpins=(),
        next_evidence=(),
        hypotheses=tuple(replace(row, weights=(), sentences=()) for row in SAMPLE.hypotheses),
    )
    assert parsed(bare).css_first("#stakes") is None


def test_a_chart_stands_alone_as_svg() -> None:
    shipped = states.shipped()
    small = states.sweep(shipped, states.axis("detection=0:1:5", 2), states.axis("identification=0.5:1:4", 2))
    wary = sides.shipped()
    across, down = (sides.axis(f"{name}=0:0.2:4") for name in sides.SIDES)
    for chart in (
        stakes_charts.lines(ROW),
        stakes_charts.deterrence(shipped, small),
        stakes_charts.suspicion(wary, sides.sweep(wary, across, down)),
    ):
        root = ElementTree.fromstring(stakes_charts.alone(chart))
        assert root.tag == f"{_SVG}svg"
        texts = "".join(root.itertext())
        assert chart.title in texts
        assert chart.description in texts


def test_names_on_an_axis_say_which_attacker() -> None:
    swept = states.sweep(
        states.shipped(), states.axis("detection[2]=0:1:3", 2), states.axis("chance=0:1:3", 2)
    )
    chart = stakes_charts.deterrence(states.shipped(), swept)
    assert chart.across == "how often an attack is noticed, attacker 2"
    assert chart.down == "how often somebody could attack"


@settings(max_examples=30)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12))
def test_a_map_covers_its_field_once(values: list[float]) -> None:
    chart = replace(
        stakes_charts.deterrence(attribution().sheet, attribution().map), cells=(tuple(values),), most=1.0
    )
    root = ElementTree.fromstring(plots.draw_map(chart).html)
    cells = [node for node in root.iter("rect") if node.get("class", "").startswith("cell")]
    widths = [float(cell.attrib["width"].rstrip("%")) for cell in cells]
    assert sum(widths) == pytest.approx(91.0, abs=0.01 * len(values))
    tones = [(int(cell.attrib["class"].rpartition("-")[2]) + 0.5) / plots.TONES for cell in cells]
    assert max(tones) - 0.05 - 1e-9 <= max(values) <= max(tones) + 0.05 + 1e-9


def test_a_ring_only_where_the_map_holds_it() -> None:
    chart = stakes_charts.deterrence(attribution().sheet, attribution().map)
    assert plots.draw_map(chart).html.count("<circle") == 2
    assert "<circle" not in plots.draw_map(replace(chart, today=(0.5, 0.2))).html


def test_labels_at_the_ends_never_lie_on_one_another() -> None:
    line = stakes_charts.lines(ROW)
    crowded = replace(line, lines=tuple(replace(each, at_1=5.0) for each in line.lines))
    root = ElementTree.fromstring(plots.draw_lines(crowded).html)
    heights = sorted(
        float(node.attrib["y"].rstrip("em")) for node in root.iter("text") if node.get("class") == "end"
    )
    assert len(heights) == len(ROW.options)
    assert np.diff(heights).min() >= 1.2
