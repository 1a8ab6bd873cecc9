"""Origins and ladders of propositions for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from weigh.assessment.claim_rows import (
    ChainLinkRow,
    ChainsRow,
    ClaimRow,
    DefenceRow,
    PropositionRow,
    RungRow,
    StatementsRow,
)
from weigh.assessment.crediting import CreditRow
from weigh.readers.wording import counted
from weigh.records import Basis
from weigh.renderers import repetition
from weigh.renderers.claim_words import (
    BASES,
    asserted,
    chains_summary,
    counters,
    headings,
    letters,
    listed,
    probability,
    split,
)
from weigh.renderers.repetition import reason
from weigh.renderers.terminal import written
from weigh.scales import percent

_CALLED = Callable[[str], str]
_NO_LADDER = "No ladder is drawn for a proposition without a party, or without evidence to weigh."


def origins(found: StatementsRow, called: _CALLED, *, everything: bool = False) -> RenderableType:
    """For every proposition its origins, what links the documents of each, circles, and who is missing."""
    return _blocks(found, lambda one: _chains(one.chains, called), everything)


def against(
    found: StatementsRow,
    called: _CALLED,
    crediting: Mapping[str, Sequence[CreditRow]],
    *,
    everything: bool = False,
) -> RenderableType:
    """For every proposition the ladder, the accused's side, and what each side would have to show."""
    claims = {claim.id: claim for claim in found.claims}
    return _blocks(found, lambda one: _ladder(one, claims, called, crediting.get(one.id, ())), everything)


def _blocks(
    found: StatementsRow, block: Callable[[PropositionRow], Iterable[RenderableType]], everything: bool
) -> RenderableType:
    names = headings(found)
    first, rest = split(found)
    shown = (*first, *rest) if everything else first
    parts: list[RenderableType] = []
    for one in shown:
        if len(one.blames) > 0:
            parts += [written(names[one.id], style="bold")]
            parts += [Padding(part, (0, 0, 0, 2)) for part in block(one)]
            parts.append(Text(""))
    left = [names[one.id] for one in rest if len(one.blames) > 0]
    if len(left) > 0 and not everything:
        told = f"Stated by one document alone: {'; '.join(left)}. --all shows them, too."
        parts.append(written(told, style="dim"))
    return Group(*parts)


def _chains(row: ChainsRow, called: _CALLED) -> Iterable[RenderableType]:
    yield written(f"{chains_summary(row)}.")
    names = letters(row)
    taken = {(step.document, step.repeats): step for step in row.steps if step.repeats != ""}
    links = {(link.document, link.repeats): link for link in row.links}
    for letter in sorted(set(names.values()), key=lambda each: (len(each), each)):
        members = [step for step in row.steps if names[step.document] == letter]
        yield written(f"Origin {letter}: {', '.join(called(step.document) for step in members)}")
        for step in members:
            if step.repeats != "":
                weak = "" if names[step.repeats] == letter else f" (origin {names[step.repeats]})"
                verb = repetition.verb(step, links.get((step.document, step.repeats)))
                says = f"{called(step.document)} {verb} {called(step.repeats)}{weak}, {percent(step.copying)}"
                yield Padding(written(says), (0, 0, 0, 2))
                yield _because(links.get((step.document, step.repeats)))
    for circle in row.circles:
        yield written(f"In a circle: {repetition.circle(circle, called)}", "bold")
    other = len(row.links) - len([pair for pair in taken if pair in links])
    if other > 0:
        yield written(f"{counted(other, 'other link')}; of each document only the strongest is taken.", "dim")
    if len(row.missing) > 0:
        named = ", ".join(f"{each.name} ({len(each.claims)})" for each in row.missing)
        yield written(
            f"Missing: {named}. They are named as sources, and no document of theirs is in the case."
        )


def _because(link: ChainLinkRow | None) -> RenderableType:
    quote = f" “{link.quote}”" if link is not None and link.quote != "" else ""
    return Padding(written(reason(link) + quote, "dim"), (0, 0, 0, 4))


def _ladder(
    one: PropositionRow, claims: Mapping[str, ClaimRow], called: _CALLED, crediting: Sequence[CreditRow]
) -> Iterable[RenderableType]:
    yield written(f"{chains_summary(one.chains)}; {counted(len(one.answers), 'answer')}.", style="dim")
    if len(one.rungs) == 0:
        yield written(one.reach or _NO_LADDER)
        if one.defence is not None:
            yield from _defence(one, one.defence, claims, called)
        return
    yield _rungs(one.rungs)
    yield written(one.reach)
    documents = sorted({name for row in one.rungs for name in row.documents}, key=called)
    if len(documents) > 0:
        yield written(f"Items from: {', '.join(called(name) for name in documents)}.", style="dim")
    for credit in crediting:
        yield written(credit.sentence, style="bold")
    if one.defence is not None:
        yield from _defence(one, one.defence, claims, called)
    yield written("What each side would have to show", style="italic")
    yield _sides(one.rungs)


def _rungs(rungs: Sequence[RungRow]) -> RenderableType:
    """The rungs with the sponsor above the group: a ladder is read from its foot, a table from its head."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, expand=True, header_style="dim")
    table.add_column("rung", width=8)
    table.add_column("items", width=5, justify="right")
    table.add_column("figure", width=9, justify="right")
    table.add_column("word", width=13)
    table.add_column("what is said; what bears on it", ratio=1)
    for row in rungs:
        said = asserted(row)
        cell = written(f"said: {said}" if said != "" else "")
        if row.sentence != "":
            cell.append_text(written(("\n" if cell.plain != "" else "") + row.sentence, "dim"))
        table.add_row(row.rung, str(row.items), probability(row), written(row.verdict, "bold"), cell)
    return table


def _defence(
    one: PropositionRow, row: DefenceRow, claims: Mapping[str, ClaimRow], called: _CALLED
) -> Iterable[RenderableType]:
    yield written("The accused's side", style="italic")
    if len(one.answers) > 0:
        speakers = list(dict.fromkeys(_answering(claims[name].speaker) for name in one.answers))
        bases = ", ".join(f"{BASES[Basis(word)]} in {count}" for word, count in row.bases)
        yield written(f"{counted(len(one.answers), 'answer')} {listed(speakers)}; {bases}.")
    if len(row.counters) > 0:
        yield written(counters(row))
    for item in row.items:
        yield Padding(written(f"speaks for it: {item}"), (0, 0, 0, 2))
    yield written(row.sentence, style="dim")
    for found in row.positives:
        odds = (
            f" Chance {percent(found.chance)}; {percent(found.before)} would fall to {percent(found.after)}."
        )
        yield Padding(written(f"would lower it: {found.sentence}{odds}"), (0, 0, 0, 2))


def _answering(speaker: str) -> str:
    """Who answers, or the document in which somebody does: "by China", "in note.txt"."""
    return speaker if speaker.startswith("in ") else f"by {speaker}"


def _sides(rungs: Sequence[RungRow]) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, expand=True, header_style="dim")
    table.add_column("rung", width=8)
    table.add_column("who accuses", ratio=1)
    table.add_column("who is accused", ratio=1)
    for row in rungs:
        if row.verdict != "supported":
            table.add_row(row.rung, written(row.accuser), written(row.accused))
    return table
