"""An assessment on a terminal of 80 columns: the answer first, then why, then what was left out.

Everything is a `rich` renderable made from the assessment alone; colour is the console's business.
Text from documents is never read as markup, and network names in it are written defanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from weigh.assessment.document import UNLISTED, Assessment, HypothesisRow, ObservationRow
from weigh.assessment.waterfall import Bar, Waterfall, rest_name, runner_up, waterfall
from weigh.readers.wording import counted
from weigh.renderers import repetition
from weigh.renderers.defang import defang
from weigh.renderers.figures import stated_figures
from weigh.renderers.narrow import Fitting
from weigh.renderers.outlook import answers_left, could_be_posed, said_sponsors, to_look_for
from weigh.renderers.signs import visible
from weigh.scales import percent

_SHOWN = 8
_REASONS = 8
_BAR = 10
_LINE = 71
_WHO = 28
_TABLE = 79
"""Columns that a table needs; on a narrower terminal it is written as lines."""
_SHORTEST_QUOTE = 12
_HALF = 0.5
_LOOKED_FOR = 4
_ASSUMED = 4
_REPETITIONS = 6
_CIRCLES = 2
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def written(text: str, style: str = "") -> Text:
    """Text for the terminal: nothing in it moves the cursor, changes a colour or hides a character."""
    return Text(visible(text), style=style)


def screen(assessment: Assessment) -> RenderableType:
    """The whole assessment on one screen."""
    return Group(
        headline(assessment),
        ranking(assessment),
        *reasons(assessment),
        *_footer(assessment),
    )


def headline(assessment: Assessment) -> RenderableType:
    """The answer in two sentences: likelihood and confidence, never in one."""
    leader = assessment.hypotheses[0]
    marking = f"TLP:{assessment.tlp}  " if assessment.tlp else ""
    title = written(f"{marking}{assessment.title}", style="bold")
    word = f", {leader.icd203}" if leader.icd203 else ""
    answer = (
        f"Leads: {_name(leader)}, {percent(leader.probability)} "
        f"(90 % interval {percent(leader.low)} to {percent(leader.high)}){word}."
    )
    if len(assessment.features) == 0:
        answer = "No answer: the documents report no technique or software that can be weighed."
    basis = assessment.confidence
    lines: list[RenderableType] = [
        title,
        written(answer),
        written(f"Analytic confidence: {basis.level}. {_sentence(basis.reasons)}"),
    ]
    lines += [written(f"Mind: {words}") for words in assessment.cautions]
    return Group(*lines, written(""))


def ranking(assessment: Assessment) -> RenderableType:
    """The first hypotheses and `unlisted`, each with its interval and its word."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", justify="right", style="dim", min_width=2, no_wrap=True)
    table.add_column("who", width=_WHO, overflow="ellipsis", no_wrap=True)
    table.add_column("", width=_BAR, no_wrap=True)
    table.add_column("chance", justify="right", min_width=6, no_wrap=True)
    table.add_column("90 %", justify="right", min_width=7, no_wrap=True)
    table.add_column("word (ICD 203)", min_width=18, no_wrap=True)
    for rank, row in _first(assessment.hypotheses):
        table.add_row(
            str(rank),
            written(_label(row), style="bold" if rank == 1 else ""),
            written(bar(row.probability)),
            percent(row.probability),
            f"{percent(row.low, unit=False)}-{percent(row.high, unit=False)}",
            row.icd203 or ("above the scale" if row.probability > _HALF else "-"),
        )
    return Fitting(table, _TABLE)


def reasons(assessment: Assessment) -> list[RenderableType]:
    """Why the leader and not the next, the largest items first."""
    if len(assessment.features) == 0 or len(assessment.hypotheses) < 2:
        return []
    leader = assessment.hypotheses[0].id
    fall = waterfall(assessment, leader, runner_up(assessment, leader))
    return [
        written(""),
        Rule(written(_versus(assessment, fall)), align="left", style="dim"),
        _bars(assessment, fall.bars, _REASONS),
    ]


def why(assessment: Assessment, hypothesis: str, against: str) -> RenderableType:
    """The full waterfall, every bar with its sentence and its quote."""
    fall = waterfall(assessment, hypothesis, against)
    quotes = {row.id: row for row in assessment.observations}
    names = {row.id: row.name for row in assessment.documents}
    parts: list[RenderableType] = [written(_versus(assessment, fall), style="bold"), written("")]
    widest = max((abs(item.bits) for item in fall.bars), default=1.0) or 1.0
    for item in fall.bars:
        head = Table.grid(Column(no_wrap=True), Column(no_wrap=True), Column(), padding=(0, 2, 0, 0))
        head.add_row(f"{item.bits:+7.2f}", _signed_bar(item.bits, widest), written(_bar_label(item), "bold"))
        parts.append(head)
        if item.sentence:
            parts.append(Padding(written(item.sentence), (0, 0, 0, 9)))
        parts += [Padding(_quoted(quotes[name], names), (0, 0, 0, 9)) for name in item.observations[:2]]
        if len(item.observations) > 2:
            more = f"and {counted(len(item.observations) - 2, 'more passage')}"
            parts.append(Padding(written(more, style="dim"), (0, 0, 0, 9)))
    parts.append(written(f"{fall.total:+7.2f}  total: log2 of the odds", style="bold"))
    return Group(*parts)


def bar(share: float, width: int = _BAR) -> str:
    """A horizontal bar of block characters, `width` cells for 1."""
    eighths = round(max(0.0, min(share, 1.0)) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest > 0 else "")).ljust(width)


def _footer(assessment: Assessment) -> list[RenderableType]:
    sections: list[tuple[str, Iterable[str]]] = [
        ("Named in the documents (a name weighs nothing)", _named(assessment)),
        ("What cannot be ruled out", answers_left(assessment)),
        ("What would change it", _linchpins(assessment)),
        ("What to look for next", to_look_for(assessment, _LOOKED_FOR)),
        ("Could somebody pose as another", could_be_posed(assessment)),
        ("Who is said to stand behind", said_sponsors(assessment)),
        ("Who repeats whom", _origins(assessment)),
        ("Simple rules on the same case", [_baselines(assessment)]),
        ("Found and not weighed", _left_out(assessment)),
        ("Taken for granted", assessment.assumptions[:_ASSUMED]),
        ("This case cannot answer", assessment.unanswered),
        ("Documents", _documents(assessment)),
    ]
    parts: list[RenderableType] = []
    for title, lines in sections:
        kept = [line for line in lines if len(line) > 0]
        if len(kept) > 0:
            parts += [written(""), Rule(written(title), align="left", style="dim")]
            parts += [Padding(written(defang(line)), (0, 0, 0, 2)) for line in kept]
    stamp = f"{assessment.knowledge.version} ({assessment.knowledge.digest[:12]}), weigh {assessment.weigh}"
    return [*parts, written(""), written(f"{stamp}. Decision support, not a finding.", style="dim")]


def _first(rows: Sequence[HypothesisRow]) -> list[tuple[int, HypothesisRow]]:
    ranked = list(enumerate(rows, start=1))
    shown = ranked[:_SHOWN]
    return shown + [pair for pair in ranked[_SHOWN:] if pair[1].id == UNLISTED]


def _name(row: HypothesisRow) -> str:
    return row.name if row.id == UNLISTED else f"{row.name} ({row.id})"


def _label(row: HypothesisRow) -> str:
    if row.id == UNLISTED:
        return "unlisted (nobody known)"
    alias = next((item.name for item in row.aliases if item.name != row.name), "")
    return f"{row.name} {row.id}" + (f", {alias}" if alias else "")


def _sentence(items: Sequence[str]) -> str:
    joined = "; ".join(items)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""


def _versus(assessment: Assessment, fall: Waterfall) -> str:
    rows = {row.id: row for row in assessment.hypotheses}
    return f"Why {_short(rows[fall.hypothesis])} against {_short(rows[fall.against])}, in bits"


def _short(row: HypothesisRow) -> str:
    return "unlisted" if row.id == UNLISTED else row.name


def _bar_label(item: Bar) -> str:
    return item.label if len(item.observations) == 0 else f"{item.label} ({item.feature})"


def _signed_bar(bits: float, widest: float) -> str:
    cells = max(1, round(abs(bits) / widest * _BAR)) if abs(bits) > 1e-9 else 0
    return (("+" if bits > 0 else "-") * cells).ljust(_BAR)


def _bars(assessment: Assessment, bars: Sequence[Bar], most: int) -> RenderableType:
    quotes = {row.id: row for row in assessment.observations}
    shown, rest = _largest(bars, most)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for item in shown:
        label = _bar_label(item)
        cell = written(_clipped(label, _LINE), style="bold")
        left = _LINE - len(label) - 2
        if len(item.observations) > 0 and left > _SHORTEST_QUOTE:
            quote = _clipped(quotes[item.observations[0]].sentence, left)
            cell.append_text(written(f"  {quote}", "not bold dim"))
        table.add_row(f"{item.bits:+.2f}", cell)
    if len(bars) > len(shown):
        others = rest_name(len(bars) - len(shown), rest, shown[0].bits)
        table.add_row(f"{rest:+.2f}", written(others, style="dim"))
    total = sum(item.bits for item in bars)
    table.add_row(f"{total:+.2f}", written("total: log2 of the odds", style="bold"))
    return Fitting(table, _TABLE)


def _largest(bars: Sequence[Bar], most: int) -> tuple[list[Bar], float]:
    """The largest bars and the sum of the others: `most`, or up to twice as many while that sum is larger."""
    ordered = sorted(bars, key=lambda item: -abs(item.bits))
    for count in range(most, 2 * most + 1):
        rest = sum(item.bits for item in ordered[count:])
        if abs(rest) <= abs(ordered[0].bits):
            break
    return ordered[:count], rest


def _quoted(row: ObservationRow, names: dict[str, str]) -> Text:
    text = written(f"“{_clipped(row.sentence, 200)}”", style="italic")
    text.append_text(written(f"  {names.get(row.document, '')} [{row.id[:10]}]", "not italic dim"))
    if stated_figures(row) != "":
        text.append_text(written(f"\n{stated_figures(row)}", "not italic"))
    return text


def _clipped(text: str, width: int) -> str:
    flat = defang(" ".join(text.split()))
    return flat if len(flat) <= width else f"{flat[: width - 1].rstrip()}…"


def _named(assessment: Assessment) -> list[str]:
    names = [f"{row.name} ({row.actor}) {row.mentions}x" for row in assessment.named[:10]]
    more = len(assessment.named) - len(names)
    return [", ".join(names) + (f", and {more} more" if more > 0 else "")] if names else []


def _linchpins(assessment: Assessment) -> list[str]:
    names = {row.id: row.name for row in assessment.features}
    return [
        f"without {names.get(row.feature, row.feature)} ({row.feature}): {row.change}"
        + (f": {row.leader}, {percent(row.probability)}" if "leads" in row.change else "")
        for row in assessment.linchpins[:5]
    ]


def _origins(assessment: Assessment) -> list[str]:
    """How many origins the documents have, and why: the surest repetitions first."""
    row = assessment.origins
    if row is None or row.documents < 2:
        return []
    called = repetition.names(assessment)
    taken = repetition.taken(row)
    lines = [repetition.summary(row)]
    for step, link in taken[:_REPETITIONS]:
        pair = f"{called(step.document)} {repetition.verb(step, link)} {called(step.repeats)}"
        lines.append(f"{pair} ({percent(step.copying)}): {repetition.reason(link)}")
    if len(taken) > _REPETITIONS:
        lines.append(f"and {len(taken) - _REPETITIONS} more that repeat another")
    return [*lines, *(repetition.circle(found, called) for found in row.circles[:_CIRCLES])]


def _baselines(assessment: Assessment) -> str:
    return "; ".join(
        f"{row.name}: {row.ranking[0][1]}" for row in assessment.baselines if len(row.ranking) > 0
    )


def _left_out(assessment: Assessment) -> list[str]:
    return [f"{row.count} x {row.reason}" for row in assessment.left_out[:6]]


def _documents(assessment: Assessment) -> list[str]:
    lines = []
    for row in assessment.documents:
        facts = [row.format, f"{row.characters:,} characters", f"{row.observations} observations"]
        facts += [part for part in (row.source and f"by {row.source}", row.date) if part]
        if len(row.pages_without_text) > 0:
            facts.append(f"{len(row.pages_without_text)} of {row.pages} pages without text")
        lines.append(f"{row.name}: {', '.join(facts)}")
        lines += [f"  {notice}" for notice in row.notices]
    return lines
