"""Who repeats whom: how many origins the documents have, what says so, and what it does to each fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from weigh.assessment.claim_rows import ChainLinkRow
from weigh.assessment.document import FactOriginsRow, OriginLinkRow, OriginsRow
from weigh.assessment.repeating import OriginStepRow
from weigh.renderers import repetition
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.tables import Column, bullets, fold, link, paragraph, scroll, section, table
from weigh.renderers.dossier.tree import Branch, draw_tree
from weigh.renderers.dossier.view import View, fact_anchor, feature_name
from weigh.renderers.dossier.words import interval, number, percent, share

DRAWN = 24
"""Documents in the picture; of a larger case those that stand alone are left out."""
_HINT = (
    "One origin counts once. A document that repeats another copies it with the probability of their link, "
    "which comes from a table and not from this case. Of two documents that nothing links, the later is "
    "taken to copy with even chance."
)


def origins(view: View) -> Markup | None:
    """The section; None in an assessment that was saved before origins were traced, or of one document."""
    row = view.assessment.origins
    if row is None or row.documents < 2:
        return None
    told = [repetition.circle(found, view.document_name) for found in row.circles]
    return section(
        "origins",
        "Who repeats whom",
        paragraph(element("strong", None, repetition.summary(row)), " ", _HINT, kind="hint"),
        _picture(view, row),
        bullets(told),
        _links(view, row),
        _facts(view, row),
    )


def _picture(view: View, row: OriginsRow) -> Markup | None:
    branches = _branches(view, row)
    if len(branches) == 0:
        return None
    description = "; ".join(
        f"{view.document_name(step.document)} {repetition.verb(step, found)} "
        f"{view.document_name(step.repeats)}"
        for step, found in repetition.taken(row)[:DRAWN]
    )
    title = "Origins, and the documents that repeat them"
    left = row.documents - len(branches)
    rest = f"Broken lines are weaker links, which make no common origin. {left} more stand alone or below."
    return element(
        "figure",
        {"class": "picture"},
        element("figcaption", {"class": "chart-title"}, title),
        scroll(title, draw_tree("origins-tree", title, description, branches)),
        paragraph(rest if left > 0 else rest.partition(". ")[0] + ".", kind="hint"),
    )


def _branches(view: View, row: OriginsRow) -> list[Branch]:
    """Documents from the origins downwards, those with the most below them first; at most `DRAWN`."""
    notes = {step.document: (step, found) for step, found in repetition.taken(row)}
    below: defaultdict[str, list[OriginStepRow]] = defaultdict(list)
    for step in row.steps:
        below[step.repeats].append(step)
    roots = sorted(below[""], key=lambda step: -len(below[step.document]))
    if row.documents > DRAWN:
        roots = [step for step in roots if len(below[step.document]) > 0]
    branches: list[Branch] = []
    stack = [(step, 0, -1) for step in reversed(roots)]
    while len(stack) > 0 and len(branches) < DRAWN:
        step, depth, above = stack.pop()
        found = notes.get(step.document)
        note = "" if found is None else f"{_kind(found[1])}, {percent(step.copying)}"
        firm = step.origin != step.document
        branches.append(Branch(view.document_name(step.document), note, depth, above, firm))
        place = len(branches) - 1
        stack += [(each, depth + 1, place) for each in reversed(below[step.document])]
    return branches


def _kind(found: OriginLinkRow | None) -> str:
    return "both repeat a third document" if found is None else found.kind


def _links(view: View, row: OriginsRow) -> Markup | None:
    columns = (Column("Document"), Column("Repeats"), Column("Copied with", numeric=True), Column("Because"))
    taken = [
        (
            view.document_name(step.document),
            view.document_name(step.repeats),
            percent(step.copying),
            because(found),
        )
        for step, found in repetition.taken(row)
    ]
    if len(taken) == 0:
        return paragraph("Nothing links the documents to one another.")
    more = [
        (
            view.document_name(each.document),
            view.document_name(each.repeats),
            percent(each.copying),
            because(each),
        )
        for each in repetition.others(row)
    ]
    rest = fold(
        "Other links: of each document only the strongest is taken",
        table("Other links", columns, more),
    )
    return join((table("Who repeats whom", columns, taken), rest if len(more) > 0 else None))


def because(found: OriginLinkRow | ChainLinkRow | None) -> Child:
    """Why one document may repeat another, with its own words."""
    why = defang(repetition.reason(found))
    if found is None or found.quote == "":
        return why
    quote = element("span", {"class": "rule", "lang": "", "dir": "auto"}, f"“{defang(found.quote)}”")
    return join((why, quote))


def _facts(view: View, row: OriginsRow) -> Markup | None:
    several = [fact for fact in row.facts if fact.documents > 1]
    if len(several) == 0:
        return None
    columns = (
        Column("Fact"),
        Column("Documents", numeric=True),
        Column("Origins", numeric=True),
        Column("Worth", numeric=True),
        Column("Presence", numeric=True),
        Column("Band: all unlinked copy, or none"),
    )
    rows: Sequence[tuple[Child, ...]] = [_fact(view, fact) for fact in several]
    return fold(
        "Facts that several documents report, and what their number is worth",
        table("Facts by origin", columns, rows),
        opened=len(several) <= DRAWN // 2,
    )


def _fact(view: View, fact: FactOriginsRow) -> tuple[Child, ...]:
    feature = view.features.get(fact.feature)
    name: Child = fact.feature if feature is None else link(fact_anchor(feature), feature_name(feature))
    return (
        name,
        number(fact.documents),
        number(fact.origins),
        f"{fact.effective:.1f}",
        share(fact.presence),
        interval(fact.low, fact.high),
    )
