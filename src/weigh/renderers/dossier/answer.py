"""The first screen: who, how sure, how robust, in words and one picture."""

from __future__ import annotations

from collections.abc import Iterable

from weigh.assessment.document import UNLISTED, HypothesisRow, LinchpinRow
from weigh.renderers.dossier.charts import IntervalBar, IntervalChart, draw_intervals
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.outlook import left_in
from weigh.renderers.dossier.tables import Column, bullets, fold, link, named, paragraph, section, table
from weigh.renderers.dossier.view import View, fact_anchor, feature_name
from weigh.renderers.dossier.words import (
    UNLISTED_MEANS,
    answer_name,
    count,
    interval,
    percent,
)
from weigh.scales import BETWEEN_BANDS

PINS = 5
"""So many linchpins stand on the first screen, the gravest first; the rest are folded."""


def first_screen(view: View) -> Markup:
    """The answer beside its picture."""
    said = element(
        "div",
        {"class": "said"},
        _answer(view),
        _next_best(view),
        left_in(view),
        _confidence(view),
        _robustness(view),
    )
    whole = element(
        "div",
        {"class": "whole"},
        fold("The picture as a table", _table("Probability of each answer", view.shown())),
    )
    return element("section", {"id": "answer", "aria-labelledby": "title"}, said, _picture(view), whole)


def _answer(view: View) -> Markup:
    """Who leads and how likely that is. Not a word here about confidence: the two are kept apart."""
    if len(view.assessment.features) == 0:
        nothing = "The documents report no technique or software that can be weighed: there is no answer."
        return join((paragraph(nothing, kind="answer"), *_cautions(view)))
    leader = view.leader
    who = UNLISTED_MEANS.capitalize() if leader.id == UNLISTED else leader.name
    figure = element("strong", {"class": "figure"}, percent(leader.probability))
    word = element("strong", None, leader.icd203) if _has_word(leader.icd203) else None
    told = ": " if word is not None else None
    opening = paragraph(
        element("strong", None, who), " comes first, at ", figure, told, word, ".", kind="answer"
    )
    return join((opening, paragraph(_scales(leader), kind="meta"), *_cautions(view)))


def _scales(leader: HypothesisRow) -> str:
    """The interval, and which vocabulary each word is from."""
    spread = f"90\N{NO-BREAK SPACE}% interval {interval(leader.low, leader.high)}."
    icd203, phia = _has_word(leader.icd203), _has_word(leader.phia)
    if icd203 and phia:
        words = f"“{leader.icd203.capitalize()}” is the word of ICD 203, “{leader.phia}” that of PHIA."
    elif icd203:
        words = f"“{leader.icd203.capitalize()}” is the word of ICD 203; PHIA has none for this figure."
    elif phia:
        words = f"“{leader.phia.capitalize()}” is the word of PHIA; ICD 203 has none for this figure."
    else:
        words = "Neither ICD 203 nor PHIA has a word for this figure."
    return f"{spread} {words}"


def _has_word(word: str) -> bool:
    """Whether a scale has a word for the figure; between two bands it has none."""
    return word not in ("", BETWEEN_BANDS)


def _cautions(view: View) -> list[Markup]:
    """What a hasty reader would get wrong."""
    return [paragraph(words, kind="caution") for words in view.assessment.cautions]


def _next_best(view: View) -> Markup:
    """Who follows, and `unlisted` in any case."""
    followers = [f"{_plain(row)}, {percent(row.probability)}" for row in view.ranked[1:3]]
    after = f"After it: {'; '.join(followers)}." if len(followers) > 0 else "Nothing else was weighed."
    unlisted = next((row for row in view.ranked if row.id == UNLISTED), None)
    if unlisted is None or unlisted in view.ranked[:3]:
        return paragraph(after)
    return paragraph(after, f" For {_plain(unlisted)}: {percent(unlisted.probability)}.")


def _plain(row: HypothesisRow) -> str:
    return f"{UNLISTED} ({UNLISTED_MEANS})" if row.id == UNLISTED else row.name


def _confidence(view: View) -> Markup:
    confidence = view.assessment.confidence
    level = element("strong", None, confidence.level)
    return element(
        "div",
        {"class": "point"},
        element("h2", None, "Analytic confidence: ", level),
        paragraph(
            "How far the basis of this assessment can be relied on, whatever the figure is.", kind="hint"
        ),
        bullets(confidence.reasons),
    )


def _robustness(view: View) -> Markup:
    pins = view.assessment.linchpins
    none = "No single observation, taken away, changes the first answer or its word."
    body = bullets(_linchpin(view, pin) for pin in pins[:PINS]) if len(pins) > 0 else paragraph(none)
    others = None
    if len(pins) > PINS:
        more = count(len(pins) - PINS, "more such fact")
        others = fold(f"And {more}", bullets(_linchpin(view, pin) for pin in pins[PINS:]))
    open_questions = len(view.assessment.unanswered)
    limits = None
    if open_questions > 0:
        words = f"{count(open_questions, 'question')} that this case cannot answer"
        limits = paragraph(link("limits", words), kind="limits")
    return element(
        "div", {"class": "point"}, element("h2", None, "What would change it"), body, others, limits
    )


def _linchpin(view: View, pin: LinchpinRow) -> Markup:
    row = view.features.get(pin.feature)
    what: Child = pin.feature
    if row is not None:
        what = link(fact_anchor(row), named(feature_name(row), row.id))
    change = pin.change if len(pin.change) > 0 else "another answer comes first"
    return join(
        ("Without ", what, f": {change} ({view.hypothesis_name(pin.leader)}, {percent(pin.probability)}).")
    )


def _picture(view: View) -> Markup:
    rows = view.shown()
    chart = IntervalChart(
        name="ranking",
        title="Probability of each answer",
        description="; ".join(
            f"{answer_name(row)} {percent(row.probability)}, interval {interval(row.low, row.high)}"
            for row in rows
        ),
        bars=tuple(_bar(row, row is view.leader) for row in rows),
    )
    reading = (
        "Bars are probabilities, whiskers 90\N{NO-BREAK SPACE}% intervals. Hatched: " + UNLISTED_MEANS + "."
    )
    others = len(view.ranked) - len(rows)
    rest = f" {count(others, 'less probable actor')} further down." if others > 0 else ""
    caption = element("figcaption", None, reading, rest)
    return element(
        "figure",
        {"class": "picture"},
        element("p", {"class": "chart-title", "aria-hidden": "true"}, chart.title),
        draw_intervals(chart),
        caption,
    )


def _bar(row: HypothesisRow, leads: bool) -> IntervalBar:
    tone = "open" if row.id == UNLISTED else "lead" if leads else "plain"
    label = f"{UNLISTED}: no known actor" if row.id == UNLISTED else row.name
    return IntervalBar(
        label=label,
        value=_unit(row.probability),
        low=_unit(row.low),
        high=_unit(row.high),
        text=percent(row.probability),
        note=interval(row.low, row.high),
        tone=f"{tone} first" if leads else tone,
    )


def _unit(value: float) -> float:
    """A probability kept inside the chart, whatever a damaged file says."""
    return min(max(value, 0.0), 1.0)


def every_answer(view: View) -> Markup | None:
    """All answers that were compared, where the first screen could not hold them."""
    rest = len(view.ranked) - len(view.shown())
    if rest == 0:
        return None
    words = f"The first picture leaves out {count(rest, 'answer')} less probable than those in it."
    return section(
        "answers",
        "Every answer",
        paragraph(words, kind="hint"),
        fold(f"All {count(len(view.ranked), 'answer')}", _table("Probability of every answer", view.ranked)),
    )


def _table(caption: str, rows: Iterable[HypothesisRow]) -> Markup:
    columns = (
        Column("Answer"),
        Column("Probability", numeric=True),
        Column("90\N{NO-BREAK SPACE}% interval", numeric=True),
        Column("ICD 203", tight=True),
        Column("PHIA", tight=True),
        Column("Reports known", numeric=True),
        Column("Last report", numeric=True),
    )
    return table(caption, columns, (_row(row) for row in rows))


def _row(row: HypothesisRow) -> tuple[Child, ...]:
    listed = row.id != UNLISTED
    return (
        named(row.name, row.id) if listed else f"{UNLISTED}: {UNLISTED_MEANS}",
        percent(row.probability),
        interval(row.low, row.high),
        row.icd203,
        row.phia,
        str(row.reports) if listed else "",
        str(row.last_year) if row.last_year > 0 else "",
    )
