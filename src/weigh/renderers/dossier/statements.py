"""Who says what: both sides of each proposition beside one another, who repeats whom, and the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from weigh.assessment.claim_rows import (
    ChainsRow,
    ClaimRow,
    DefenceRow,
    PropositionRow,
    StatementsRow,
)
from weigh.readers.wording import counted
from weigh.records import Basis
from weigh.renderers import claim_words as words
from weigh.renderers.defang import defang
from weigh.renderers.dossier.ladder import ladder, sides
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.origins import because
from weigh.renderers.dossier.tables import Column, bullets, fold, paragraph, scroll, section, table
from weigh.renderers.dossier.tree import Branch, draw_tree
from weigh.renderers.dossier.view import View
from weigh.renderers.dossier.words import anchor, percent, shortened
from weigh.renderers.repetition import circle

SHOWN = 6
"""Quotations on each side that stand open; the rest of them is folded."""
DRAWN = 24
"""Documents in a picture."""
_QUOTE = 260
_HINT = (
    "A claim is what somebody says. It raises the probability of nothing: beside each accusation stands what "
    "the evidence alone gives at every step from the machine to the state, and who answers."
)


def statements(view: View) -> Markup | None:
    """The section; None in an assessment without claims, and in a redacted one."""
    found = view.assessment.statements
    if found is None or len(found.claims) == 0:
        return None
    claims = {claim.id: claim for claim in found.claims}
    names = words.headings(found)
    first, rest = words.split(found)
    return section(
        "claims",
        "Who says what",
        paragraph(_HINT, kind="hint"),
        *(_proposition(view, one, names[one.id], claims) for one in first),
        _rest(view, rest, names, claims),
        _unsure(view, found),
        _loaded(found),
    )


def _unsure(view: View, found: StatementsRow) -> Markup | None:
    """Claims that were read too unsurely to be counted, folded."""
    rows = words.unsure(found)
    if len(rows) == 0:
        return None
    return fold(
        words.unsure_told(found), bullets((_quoted(view, row, None) for row in rows), kind="said-list")
    )


def _proposition(view: View, one: PropositionRow, name: str, claims: Mapping[str, ClaimRow]) -> Markup:
    """One proposition: both sides, who repeats whom, the ladder, what each side would have to show."""
    return element(
        "article",
        {"class": "proposition", "id": anchor("proposition", one.id)},
        element("h3", None, defang(name)),
        paragraph(f"{words.chains_summary(one.chains)}. ", one.reach, kind="hint"),
        element(
            "div",
            {"class": "two-sides"},
            _side(view, "Who accuses", [claims[each] for each in one.blames], one),
            _side(view, "Who answers", [claims[each] for each in one.answers], one),
        ),
        _demands(view, one, claims),
        _chains(view, one),
        ladder(one),
        _defence(one.defence),
        sides(one.rungs),
    )


def _side(view: View, title: str, rows: Sequence[ClaimRow], one: PropositionRow) -> Markup:
    """One side's claims with their words: own voices first, the first of each before all others."""
    if len(rows) == 0:
        return element("div", None, element("h4", None, title), paragraph("Nobody in the case.", kind="meta"))
    lead: dict[tuple[str, str], ClaimRow] = {}
    for row in rows:
        lead.setdefault((row.claim.document, words.who(row)), row)
    first = sorted(lead.values(), key=lambda row: (row.via != "", row.said))
    kept = {row.id for row in first}
    ordered = [*first, *(row for row in rows if row.id not in kept)]
    more = [_quoted(view, row, one) for row in ordered[SHOWN:]]
    return element(
        "div",
        None,
        element("h4", None, f"{title}: {counted(len(rows), 'claim')}"),
        bullets((_quoted(view, row, one) for row in ordered[:SHOWN]), kind="said-list"),
        fold(f"{len(more)} more", bullets(more, kind="said-list")) if len(more) > 0 else None,
    )


def _quoted(view: View, row: ClaimRow, one: PropositionRow | None) -> Markup:
    """Who, what stance towards whom, how sure; then the words, with the document they stand in."""
    about = words.whom(row, one)
    details = "; ".join(part for part in (words.surety(row), words.judged(row)) if part != "")
    quote = shortened(defang(row.claim.original.strip('“”" ')), _QUOTE)
    place = join((view.document_name(row.claim.document), f", {row.said}" if row.said != "" else ""))
    return join(
        (
            element("b", None, defang(words.who(row))),
            f" {row.claim.stance}",
            f": {defang(about)}" if about != "" else "",
            element("span", {"class": "rule"}, defang(details)) if details != "" else None,
            element("q", {"class": "claim-words", "lang": "", "dir": "auto"}, quote),
            element("span", {"class": "rule"}, place),
        )
    )


def _demands(view: View, one: PropositionRow, claims: Mapping[str, ClaimRow]) -> Markup | None:
    if len(one.others) == 0:
        return None
    rows = [_quoted(view, claims[each], one) for each in one.others]
    return fold(f"Demands, threats and notes: {len(rows)}", bullets(rows, kind="said-list"))


def _chains(view: View, one: PropositionRow) -> Markup | None:
    """The picture of who repeats whom among the documents that state it, circles, and who is missing."""
    row = one.chains
    if row.documents == 0:
        return None
    title = f"Who repeats whom: {counted(row.origins, 'origin')}"
    branches = _branches(view, row)
    told = [f"In a circle: {circle(found, view.document_name)}" for found in row.circles]
    if len(row.missing) > 0:
        named = ", ".join(f"{defang(each.name)} ({len(each.claims)})" for each in row.missing)
        told.append(f"Missing: {named}. They are named as sources, and no document of theirs is in the case.")
    picture = None
    if len(branches) > 1:
        description = "; ".join(f"{branch.label} {branch.note}" for branch in branches)
        name = anchor("chains", one.id)
        picture = element(
            "figure",
            {"class": "picture"},
            element("figcaption", {"class": "chart-title"}, title),
            scroll(title, draw_tree(name, title, description, branches)),
        )
    return element("div", {"class": "chains"}, picture, bullets(told, kind="meta"), _links(view, row))


def _branches(view: View, row: ChainsRow) -> list[Branch]:
    """Documents from the origins downwards, those with the most below them first; at most `DRAWN`."""
    kinds = {(link.document, link.repeats): link.kind for link in row.links}
    below: dict[str, list[str]] = {}
    for step in row.steps:
        below.setdefault(step.repeats, []).append(step.document)
    steps = {step.document: step for step in row.steps}
    branches: list[Branch] = []
    stack = [(name, 0, -1) for name in sorted(below.get("", []), key=lambda each: len(below.get(each, [])))]
    while len(stack) > 0 and len(branches) < DRAWN:
        name, depth, above = stack.pop()
        step = steps[name]
        kind = kinds.get((name, step.repeats), "both repeat a third document")
        note = f"{kind}, {percent(step.copying)}" if above >= 0 else ""
        branches.append(Branch(view.document_name(name), note, depth, above, step.origin != name))
        place = len(branches) - 1
        stack += [(each, depth + 1, place) for each in reversed(below.get(name, []))]
    return branches


def _links(view: View, row: ChainsRow) -> Markup | None:
    if len(row.links) == 0:
        return None
    columns = (Column("Document"), Column("Repeats"), Column("Copied with", numeric=True), Column("Because"))
    lines: list[tuple[Child, ...]] = [
        (
            view.document_name(link.document),
            view.document_name(link.repeats),
            percent(link.copying),
            because(link),
        )
        for link in row.links
    ]
    return fold(f"Links between them: {len(lines)}", table("Links between documents", columns, lines))


def _defence(row: DefenceRow | None) -> Markup | None:
    """What speaks for the accused, and which find would."""
    if row is None:
        return None
    bases = [f"{words.BASES[Basis(word)]} in {number}" for word, number in row.bases]
    said = [f"Its answers: {', '.join(bases)}."] if len(bases) > 0 else []
    said += [words.counters(row)] if len(row.counters) > 0 else []
    said += [f"Speaks for it: {item}." for item in row.items]
    said += [
        f"Would lower it: {found.sentence} Chance of it {percent(found.chance)}; "
        f"{percent(found.before)} would fall to {percent(found.after)}."
        for found in row.positives
    ]
    return element(
        "div",
        {"class": "defence"},
        element("h4", None, "The accused’s side"),
        bullets((defang(each) for each in said), kind="points"),
        paragraph(row.sentence, kind="meta"),
    )


def _rest(
    view: View,
    rest: Sequence[PropositionRow],
    names: Mapping[str, str],
    claims: Mapping[str, ClaimRow],
) -> Markup | None:
    """What one document alone states, and what is said about nobody known."""
    blocks: list[Child] = []
    for one in rest:
        rows = _all_of(one, claims)
        blocks.append(element("h4", None, defang(names[one.id])))
        blocks.append(bullets((_quoted(view, row, one) for row in rows), kind="said-list"))
    if len(blocks) == 0:
        return None
    return fold(f"Stated by one document alone, or about nobody named: {len(rest)}", *blocks)


def _all_of(one: PropositionRow, claims: Mapping[str, ClaimRow]) -> Iterable[ClaimRow]:
    return [claims[each] for each in (*one.blames, *one.answers, *one.others)]


def _loaded(found: StatementsRow) -> Markup | None:
    if len(found.loaded) == 0:
        return None
    told = ", ".join(f"“{word}” {times}" if times > 1 else f"“{word}”" for word, times in found.loaded)
    return paragraph(f"Loaded words, quoted only; they weigh nothing: {told}.", kind="meta")
