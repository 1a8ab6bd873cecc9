"""Lists for the terminal: observations, what changed, actors and their names, the knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from weigh.assessment.compare import Comparison, StillSaid
from weigh.assessment.document import Assessment, ObservationRow
from weigh.compiling.teaching import Taught
from weigh.inference.model import Weights
from weigh.knowledge.catalogue import Actor
from weigh.knowledge.naming import NameMatch
from weigh.knowledge.store import Knowledge
from weigh.renderers.defang import defang
from weigh.renderers.figures import reasons, stated_figures
from weigh.renderers.terminal import written
from weigh.scales import percent

_CHANGES = 12
_SHORT_ID = 12
_STILL = 6
_LEAST_BITS = 0.005
"""Bits that are written as 0.00 below this."""


def observations(assessment: Assessment, rows: Sequence[ObservationRow]) -> RenderableType:
    """One line an observation: id, value, chance that it was read rightly, words, place."""
    names = {row.id: row.name for row in assessment.documents}
    table = _table("id", "value", "read", "words and place")
    for row in rows:
        value = written(defang(row.value), style="dim" if row.set_aside else "bold")
        value.append_text(written(f"\n{row.name or row.subtype or row.kind}", "not bold dim"))
        words = written(f"“{_clipped(row.quote)}”")
        words.append(
            f"\n{names.get(row.document, '')}, {row.pointer or f'{row.start}-{row.end}'}", style="dim"
        )
        if row.judgement is not None:
            words.append_text(
                written(f"\n{row.judgement.verdict} by {row.judgement.author}: {row.judgement.because}")
            )
        if stated_figures(row) != "":
            why = f": {reasons(row)}" if reasons(row) != "" else ""
            words.append_text(written(f"\n{stated_figures(row)}{why}"))
        if row.set_aside:
            words.append_text(written(f"\nnot weighed: {row.set_aside}", "italic"))
        table.add_row(row.id[:_SHORT_ID], value, percent(row.probability), words)
    aside = sum(row.set_aside != "" for row in rows)
    note = f"{len(rows) - aside} weighed" + (f", {aside} set aside" if aside else "")
    return Group(table, written(note, style="dim"))


def comparison(change: Comparison) -> RenderableType:
    """What changed: probabilities, and the evidence that moved them."""
    if change.same:
        return written("Nothing changed.")
    lines: list[RenderableType] = []
    for label, names in (("added", change.documents_added), ("removed", change.documents_removed)):
        lines += [written(f"document {label}: {name}") for name in names]
    if change.knowledge_changed:
        lines.append(written("the knowledge is another"))
    if change.weights_changed:
        lines.append(written("the weights of the model are others"))
    moved = [row for row in change.probabilities if percent(row.old) != percent(row.new)]
    if len(moved) == 0:
        small = "" if len(change.probabilities) == 0 else " by as much as is written here"
        lines.append(written(f"No probability changed{small}."))
    else:
        table = _table("who", "before", "after")
        for row in moved[:_CHANGES]:
            table.add_row(f"{row.name} ({row.id})", percent(row.old), percent(row.new))
        lines.append(table)
    if len(change.probabilities) > 0:
        lines += [written(""), _movers(change)]
    return Group(*lines)


def _movers(change: Comparison) -> RenderableType:
    """The evidence that moved the odds; what rounds to nothing is in the sum of the others."""
    told = [
        item
        for item in change.evidence
        if abs(item.bits) >= _LEAST_BITS or item.old_presence != item.new_presence
    ][:_CHANGES]
    table = _table(f"{' against '.join(change.pivot)}, bits", "what")
    for item in told:
        table.add_row(_bits(item.bits), f"{item.name} ({item.feature}): {item.change}")
    rest = change.log_odds_change - sum(item.bits for item in told)
    if abs(rest) >= _LEAST_BITS:
        table.add_row(_bits(rest), "everything else")
    table.add_row(_bits(change.log_odds_change), "total")
    return table


def _bits(value: float) -> str:
    return f"{value if abs(value) >= _LEAST_BITS else 0.0:+.2f}"


def others(still: Sequence[StillSaid]) -> RenderableType:
    """Which passages bear a fact yet that a person has just taken from another one."""
    lines = []
    for row in still:
        names = [name[:_SHORT_ID] for name in row.observations]
        more = f" and {len(names) - _STILL} more" if len(names) > _STILL else ""
        passages = (
            "1 other passage still bears" if len(names) == 1 else f"{len(names)} other passages still bear"
        )
        lines.append(
            written(
                f"{passages} {row.name} ({row.feature}), so that it stays: {', '.join(names[:_STILL])}{more}"
            )
        )
    return Group(*lines)


def actors(knowledge: Knowledge, found: Sequence[NameMatch]) -> RenderableType:
    """Everything known of each bearer of a name."""
    parts: list[RenderableType] = []
    if len(found) > 1:
        parts.append(written(f"{len(found)} actors bear this name; none is preferred.\n"))
    for match in found:
        parts += [*_actor(knowledge, match), written("")]
    return Group(*parts[:-1])


def names_table(found: Sequence[NameMatch]) -> RenderableType:
    """Actors by the name that fits."""
    table = _table("id", "actor", "name that fits", "said by", "reports")
    for match in found:
        table.add_row(
            _short_id(match.actor), match.actor.name, match.name, match.said_by, str(match.actor.reports)
        )
    return table


def knowledge_page(knowledge: Knowledge, weights: Weights, size: int) -> RenderableType:
    """Version, origin, counts, notes and the fitted weights."""
    stamp = knowledge.stamp
    counts = _table("", "")
    for name, count in knowledge.manifest.counts.items():
        counts.add_row(f"{count:,}", name)
    model = _table("feature", "weight", "error")
    for name, value, error in zip(weights.names, weights.values, weights.errors, strict=True):
        model.add_row(name, f"{value:+.3f}", f"{error:.3f}")
    lines = [f"from {item}" for item in stamp.inputs] + [f"note: {note}" for note in stamp.notes]
    if stamp.embedded:
        lines.append("an official bundle is dated and complete: `weigh knowledge use FILE` or `update`")
    return Group(
        written(f"{stamp.version}, digest {stamp.digest}", style="bold"),
        *(written(line) for line in lines),
        written(f"{size / 1e6:.1f} MB compiled, in {knowledge.folder}", style="dim"),
        written(""),
        counts,
        written(""),
        written("Weights of the model", style="bold"),
        written(weights.provenance, style="dim"),
        model,
        written(f"Sets of answers are calibrated on {weights.calibration_provenance or 'nothing'}.", "dim"),
    )


def _actor(knowledge: Knowledge, match: NameMatch) -> Iterable[RenderableType]:
    actor = match.actor
    yield written(f"{actor.name} ({_short_id(actor)})", style="bold")
    yield written(f"matched by {match.name!r}, a name used by {match.said_by}", style="dim")
    if actor.reports > 0:
        years = f"{actor.first_year}-{actor.last_year}" if actor.last_year > 0 else "years unknown"
        used = knowledge.relations.feature[knowledge.relations.actor == _row(knowledge, actor)]
        kinds = len({int(item) for item in used})
        yield written(f"{actor.reports} reports ({years}), {kinds} techniques and software")
    else:
        yield written("no report in this knowledge says what it uses: it is a name, never a hypothesis")
    for alias in actor.aliases:
        yield Padding(written(f"{alias.name}  said by {alias.said_by}"), (0, 0, 0, 2))
    if len(actor.sponsors) == 0:
        yield written("no source in this knowledge names a sponsor")
    for claim in actor.sponsors:
        sure = f", its confidence {claim.confidence}" if claim.confidence else ""
        words = f": \u201c{claim.words}\u201d" if claim.words else ""
        yield written(f"sponsor, as a claim: {claim.sponsor}, said by {claim.said_by}{sure}{words}")


def _row(knowledge: Knowledge, actor: Actor) -> int:
    return next(row for row, item in enumerate(knowledge.catalogue.actors) if item.id == actor.id)


def _short_id(actor: Actor) -> str:
    return actor.id if not actor.id.startswith("misp:") else f"{actor.id[:13]}…"


def _table(*headers: str) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, show_header=any(headers))
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _clipped(text: str, width: int = 80) -> str:
    flat = defang(" ".join(text.split()))
    return flat if len(flat) <= width else f"{flat[: width - 1].rstrip()}…"


def taught_lines(taught: Taught) -> RenderableType:
    """What was learnt from labelled sentences, and whether it is kept."""
    lines = [
        f"{taught.sentences:,} sentences of {taught.documents:,} documents",
        f"{len(taught.techniques)} techniques, sub-techniques counted for their parents",
        "agreement with the labels of documents that were held out (mean F1):",
        f"  knowledge alone {taught.alone:.3f}, taught {taught.taught:.3f}",
    ]
    if len(taught.unknown) > 0:
        lines.append(f"not in this knowledge, left out: {', '.join(taught.unknown)}")
    kept = "kept: sentences are read with it from now on" if taught.is_better else "no better: not kept"
    return Group(*(written(line) for line in lines), written(kept, style="bold"))
