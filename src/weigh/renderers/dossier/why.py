"""Why the leader and not another: waterfalls in bits, with the sentence and the passages of each bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from weigh.assessment.document import FeatureRow, HypothesisRow, ObservationRow
from weigh.assessment.waterfall import Bar, rest_name, waterfall
from weigh.renderers.defang import defang
from weigh.renderers.dossier.charts import Step, WaterfallChart, draw_waterfall
from weigh.renderers.dossier.markup import Attribute, Child, Markup, element, join
from weigh.renderers.dossier.tables import (
    Column,
    code,
    fold,
    link,
    paragraph,
    section,
    table,
)
from weigh.renderers.dossier.view import View, fact_anchor, feature_name, quote_anchor, sentence_of, weight_of
from weigh.renderers.dossier.words import answer_name, bits, count, shortened

BARS = 12
QUOTES = 2
PRIOR = "Before any evidence"
ABSENCE = "Usual for them, not seen here"


@dataclass(frozen=True, slots=True)
class Item:
    """One bar that tells the leader from the rival, with what it weighs for each of them, in bits."""

    bar: Bar
    label: str
    leader: float
    rival: float
    feature: FeatureRow | None = None
    rival_sentence: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The leader against one rival. The total is the sum of all items: their log-odds difference."""

    leader: HypothesisRow
    rival: HypothesisRow
    prior: Item
    large: tuple[Item, ...]
    small: tuple[Item, ...]
    absence: Item
    total: float

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything, in the order of the page."""
        return (self.prior, *self.large, *self.small, self.absence)


def why(view: View) -> Markup:
    """The section: a choice of rivals that works without script, and one panel for each."""
    rivals = view.rivals()
    name = answer_name(view.leader)
    if len(rivals) == 0:
        return section("why", f"Why {name}", paragraph("There is no other hypothesis to hold it against."))
    panels = [_panel(view, compare(view, rival), number) for number, rival in enumerate(rivals, start=1)]
    hint = (
        "Each bar is the weight of one fact, in bits: one bit doubles the odds. Bars add up, from what was "
        "known before any evidence to the total, which is the log-odds between the two answers."
    )
    body = element("div", {"class": "comparison"}, _choice(view.leader, rivals), *panels)
    return section("why", f"Why {name}, and not another", paragraph(hint, kind="hint"), body)


def compare(view: View, rival: HypothesisRow) -> Comparison:
    """The bars between leader and rival, the largest facts apart from the small ones."""
    leader = view.leader
    found = waterfall(view.assessment, leader.id, rival.id)
    prior, *facts, absence = found.bars
    places = {row.id: place for place, row in enumerate(view.assessment.features)}
    items = [_fact(view, bar, places[bar.feature], rival) for bar in facts]
    cut = BARS if len(items) > BARS + 1 else len(items)
    return Comparison(
        leader=leader,
        rival=rival,
        prior=Item(prior, PRIOR, leader.prior, rival.prior),
        large=tuple(items[:cut]),
        small=tuple(items[cut:]),
        absence=Item(absence, ABSENCE, leader.absence, rival.absence),
        total=found.total,
    )


def _fact(view: View, bar: Bar, place: int, rival: HypothesisRow) -> Item:
    feature = view.assessment.features[place]
    return Item(
        bar=bar,
        label=feature_name(feature),
        leader=weight_of(view.leader, place),
        rival=weight_of(rival, place),
        feature=feature,
        rival_sentence=sentence_of(rival, place),
    )


def _choice(leader: HypothesisRow, rivals: Sequence[HypothesisRow]) -> Markup:
    """Radio buttons; the style sheet shows the panel of the one that is chosen."""
    legend = element("legend", None, f"{answer_name(leader)} against")
    buttons: list[Markup] = []
    for number, rival in enumerate(rivals, start=1):
        name = f"rival-{number}"
        state: dict[str, Attribute] = {"type": "radio", "name": "rival", "id": name, "checked": number == 1}
        buttons += [
            element("input", state),
            element("label", {"for": name}, answer_name(rival)),
        ]
    return element("fieldset", {"class": "choice"}, legend, *buttons)


def _panel(view: View, comparison: Comparison, number: int) -> Markup:
    rival = answer_name(comparison.rival)
    title = f"{answer_name(comparison.leader)} against {rival}"
    picture = element(
        "figure",
        {"class": "picture"},
        draw_waterfall(specification(comparison, f"waterfall-{number}")),
        fold("The same as a table", _table(view, comparison)),
    )
    return element(
        "section",
        {"class": "panel", "id": f"panel-{number}", "aria-labelledby": f"panel-{number}-heading"},
        element("h3", {"id": f"panel-{number}-heading"}, title),
        element("div", {"class": "beside"}, picture, _in_words(view, comparison)),
    )


def specification(comparison: Comparison, name: str) -> WaterfallChart:
    """The chart's specification: one step for each large item, one for all small ones, the total last."""
    moves = _moves(comparison)
    edges = list(accumulate((move for _, move in moves), initial=0.0))
    steps = [
        Step(str(place), label, edges[place - 1], edges[place], bits(move), "for" if move >= 0 else "against")
        for place, (label, move) in enumerate(moves, start=1)
    ]
    steps.append(Step("", "Total", 0.0, comparison.total, bits(comparison.total), "total"))
    leader, rival = answer_name(comparison.leader), answer_name(comparison.rival)
    return WaterfallChart(
        name=name,
        title=f"Weight of evidence for {leader} against {rival}, in bits",
        description="; ".join(f"{step.label}: {step.text}" for step in steps),
        left=shortened(rival, 18),
        right=shortened(leader, 18),
        steps=tuple(steps),
    )


def _moves(comparison: Comparison) -> list[tuple[str, float]]:
    """The bars of the chart, as label and bits."""
    moves = [(item.label, item.bar.bits) for item in (comparison.prior, *comparison.large)]
    if len(comparison.small) > 0:
        moves.append((_small_label(comparison), sum(item.bar.bits for item in comparison.small)))
    return [*moves, (comparison.absence.label, comparison.absence.bar.bits)]


def _small_label(comparison: Comparison) -> str:
    largest = max(abs(item.bar.bits) for item in (comparison.prior, *comparison.large))
    return rest_name(len(comparison.small), sum(item.bar.bits for item in comparison.small), largest)


def _table(view: View, comparison: Comparison) -> Markup:
    leader, rival = answer_name(comparison.leader), answer_name(comparison.rival)
    columns = (
        Column("Fact"),
        Column(leader, numeric=True),
        Column(rival, numeric=True),
        Column("Difference", numeric=True),
        Column("So far", numeric=True),
    )
    items = comparison.items
    running = list(accumulate(item.bar.bits for item in items))
    rows: list[tuple[Child, ...]] = [
        (_linked_name(view, item), bits(item.leader), bits(item.rival), bits(item.bar.bits), bits(so_far))
        for item, so_far in zip(items, running, strict=True)
    ]
    sums = [sum(item.leader for item in items), sum(item.rival for item in items)]
    rows.append(("Total", *(bits(each) for each in sums), bits(running[-1]), bits(running[-1])))
    return table(f"Weights in bits, {leader} against {rival}", columns, rows)


def _in_words(view: View, comparison: Comparison) -> Markup:
    """The same bars as sentences, numbered as in the picture."""
    points = [_point(view, comparison, item) for item in (comparison.prior, *comparison.large)]
    if len(comparison.small) > 0:
        together = sum(item.bar.bits for item in comparison.small)
        summary = join((f"{_small_label(comparison)}, together ", element("b", None, bits(together))))
        inside = [_point(view, comparison, item) for item in comparison.small]
        points.append(element("li", None, fold(summary, element("ul", {"class": "sentences"}, *inside))))
    points.append(_point(view, comparison, comparison.absence))
    return element("ol", {"class": "sentences"}, *points)


def _point(view: View, comparison: Comparison, item: Item) -> Markup:
    weight = element("b", {"class": "weight"}, bits(item.bar.bits))
    head = element("p", {"class": "fact-line"}, element("span", None, _linked_name(view, item)), weight)
    return element("li", None, head, _sentences(comparison, item), _passages(view, item.feature))


def _linked_name(view: View, item: Item) -> Child:
    if item.feature is None:
        return item.label
    identifier = item.feature.id
    shown = None if identifier == item.label else code(identifier)
    return join((link(fact_anchor(item.feature), item.label), " ", shown))


def _sentences(comparison: Comparison, item: Item) -> Markup:
    """What the knowledge says of each of the two; for prior and absence, one sentence and both weights."""
    if item.feature is None:
        said = paragraph(item.bar.sentence, kind="one") if len(item.bar.sentence) > 0 else None
        leader_words, rival_words = "", ""
    else:
        own = f"{item.feature.name} ({item.feature.id}): "
        said = None
        leader_words, rival_words = (
            sentence.removeprefix(own) for sentence in (item.bar.sentence, item.rival_sentence)
        )
    pairs = (
        (comparison.leader, item.leader, leader_words),
        (comparison.rival, item.rival, rival_words),
    )
    parts: list[Markup] = []
    for row, weight, sentence in pairs:
        words = sentence if len(sentence) > 0 else f"{bits(weight)} bits"
        parts += [element("dt", None, answer_name(row)), element("dd", None, words)]
    return join((said, element("dl", {"class": "both"}, *parts)))


def _passages(view: View, feature: FeatureRow | None) -> Markup | None:
    """Links to the words that a fact stands on: the first few that differ, then the whole fact."""
    if feature is None:
        return None
    rows = [view.observations[name] for name in feature.observations if name in view.observations]
    quotes: dict[str, ObservationRow] = {}
    for row in rows:
        if row.id in view.quoted:
            quotes.setdefault(f"“{shortened(defang(row.quote), 48)}”", row)
    links: list[Child] = [link(quote_anchor(row), words) for words, row in list(quotes.items())[:QUOTES]]
    if len(rows) > len(links):
        links.append(link(fact_anchor(feature), f"all {count(len(rows), 'observation')}"))
    return paragraph(*_spaced(links), kind="passages") if len(links) > 0 else None


def _spaced(links: Iterable[Child]) -> Iterable[Child]:
    for place, each in enumerate(links):
        yield each if place == 0 else join((" · ", each))
