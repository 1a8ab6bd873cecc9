"""The passages that the evidence stands on, with a mark around every quote in them.

Quotes may lie inside one another, cross, or cover the same characters. Nested ones become nested
marks; where two cross, the one that must close is opened again after, so that the text stays whole
and every character belongs to exactly the quotes that cover it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from weigh.assessment.document import FeatureRow, ObservationRow, PassageRow
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Markup, element, join
from weigh.renderers.dossier.tables import link, named, paragraph, section
from weigh.renderers.dossier.view import (
    View,
    document_anchor,
    fact_anchor,
    feature_name,
    quote_anchor,
    reason,
    value,
)
from weigh.renderers.dossier.words import anchor

DEPTH = 8
# Characters after which a paragraph ends with the next line that ends a sentence, or with any line.
LONG, LONGEST = 500, 1500
_LINE_END = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch `[start, end)` of a text that one observation marks, by the observation's `name`.

    `begins` is False for the rest of a stretch that began in an earlier paragraph.
    """

    start: int
    end: int
    name: str
    aside: bool
    begins: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark around text and marks. `first` is False where it goes on after a cut: an id stands once."""

    of: Range
    first: bool
    inside: tuple[str | Mark, ...]


Piece = str | Mark


@dataclass(slots=True)
class _Open:
    """A mark that is not closed yet."""

    of: Range
    first: bool
    inside: list[Piece]


def passages(view: View) -> Markup:
    """All passages by document, in the order of the text."""
    if len(view.assessment.passages) == 0:
        return section("passages", "The passages", paragraph("This copy carries no words of the documents."))
    of_passage: defaultdict[str, list[ObservationRow]] = defaultdict(list)
    for row in view.assessment.observations:
        of_passage[row.passage].append(row)
    rows = sorted(
        view.assessment.passages,
        key=lambda row: (view.numbers.get(row.document, 0), row.start, row.end, row.id),
    )
    groups = [
        element(
            "div",
            {"class": "group"},
            element("h3", {"id": document_anchor(document)}, view.document_name(document)),
            *(_passage(view, row, of_passage[row.id]) for row in group),
        )
        for document, group in groupby(rows, key=lambda row: row.document)
    ]
    hint = paragraph("Every quoted place, highlighted; beside it, what was read there.", kind="hint")
    return section("passages", "The passages", hint, *groups)


def _passage(view: View, passage: PassageRow, rows: Sequence[ObservationRow]) -> Markup:
    """A passage paragraph by paragraph, so that what was read in one stands beside it."""
    ordered = sorted(rows, key=lambda row: (row.start, -row.end, row.id))
    ranges = [_range(passage, row) for row in ordered]
    parts: list[Markup] = []
    for start, end in paragraphs(passage.text):
        here = [_clipped(each, start, end) for each in ranges if _touches(each, start, end)]
        noted = [row for row, each in zip(ordered, ranges, strict=True) if _begins(each, start, end)]
        parts += [_marked(passage.text[start:end], here), _margin(view, noted)]
    return element("article", {"class": "passage", "id": anchor("passage", passage.id)}, *parts)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Ranges that cover the text: cut after blank lines, and in long stretches after lines that end one.

    A text without lines is one paragraph; an empty text is one empty paragraph.
    """
    cuts = [0]
    for found in _LINE_END.finditer(text):
        length, blank = found.end() - cuts[-1], found[0].count("\n") > 1
        if blank or length > LONGEST or (length > LONG and text[found.start() - 1] in ".!?:"):
            cuts.append(found.end())
    if cuts[-1] < len(text) or len(text) == 0:
        cuts.append(len(text))
    return list(pairwise(cuts))


def _range(passage: PassageRow, row: ObservationRow) -> Range:
    """Where an observation lies in the passage's own text, kept inside it."""
    size = len(passage.text)
    start = min(max(row.start - passage.start, 0), max(size - 1, 0))
    end = min(max(row.end - passage.start, start), size)
    return Range(start, end, quote_anchor(row), len(row.set_aside) > 0)


def _begins(each: Range, start: int, end: int) -> bool:
    """Whether a range begins in a paragraph, which may be the one empty paragraph of an empty text."""
    return start <= each.start < max(end, 1)


def _touches(each: Range, start: int, end: int) -> bool:
    return _begins(each, start, end) or each.start < start < each.end


def _clipped(each: Range, start: int, end: int) -> Range:
    begins = each.start >= start
    return Range(max(each.start, start) - start, min(each.end, end) - start, each.name, each.aside, begins)


def _marked(text: str, ranges: Sequence[Range]) -> Markup:
    return element(
        "div",
        {"class": "text", "lang": "", "dir": "auto"},
        *(_drawn(piece) for piece in cut(text, ranges)),
    )


def _margin(view: View, rows: Sequence[ObservationRow]) -> Markup:
    """What was read in a paragraph: each fact once, leading to it; then what is not weighed, by reason."""
    facts: dict[str, FeatureRow] = {}
    idle: defaultdict[str, dict[str, Markup]] = defaultdict(dict)
    for row in rows:
        fact = view.fact_of.get(row.id)
        if fact is not None and len(row.set_aside) == 0:
            facts[fact.id] = fact
        else:
            idle[reason(row)][row.value] = named(defang(row.name), value(row))
    notes = [
        element("li", None, link(fact_anchor(fact), named(feature_name(fact), fact.id)))
        for fact in facts.values()
    ]
    for words, values in idle.items():
        listed = [join((what, "; ")) for what in values.values()]
        notes.append(element("li", {"class": "aside"}, *listed, f"not weighed: {words}"))
    return element("ul", {"class": "margin"}, *notes) if len(notes) > 0 else element("div")


def cut(text: str, ranges: Sequence[Range]) -> tuple[Piece, ...]:
    """The text in pieces, ranges as marks. `ranges` lie inside the text, by start and then longest first.

    At most `DEPTH` marks stand inside one another; a range beyond that, like an empty one, is an empty
    mark at its start, so that its id exists and a hostile heap of crossing ranges grows the page in
    proportion only.
    """
    starting: defaultdict[int, list[Range]] = defaultdict(list)
    for each in ranges:
        starting[each.start].append(each)
    edges = sorted({0, len(text), *(each.start for each in ranges), *(each.end for each in ranges)})
    whole: list[Piece] = []
    stack: list[_Open] = []
    for at, until in pairwise([*edges, len(text)]):
        _close(whole, stack, at)
        for each in starting[at]:
            if each.end > at and len(stack) < DEPTH:
                stack.append(_Open(each, each.begins, []))
            else:
                (stack[-1].inside if len(stack) > 0 else whole).append(Mark(each, each.begins, ()))
        if at < until:
            (stack[-1].inside if len(stack) > 0 else whole).append(text[at:until])
    return tuple(whole)


def _close(whole: list[Piece], stack: list[_Open], at: int) -> None:
    """Close every mark that ends here, and those inside it; open again the ones that go on."""
    ended = next((place for place, each in enumerate(stack) if each.of.end <= at), len(stack))
    going_on = [each.of for each in stack[ended:] if each.of.end > at]
    while len(stack) > ended:
        done = stack.pop()
        outer = stack[-1].inside if len(stack) > 0 else whole
        outer.append(Mark(done.of, done.first, tuple(done.inside)))
    stack.extend(_Open(each, False, []) for each in going_on)


def _drawn(piece: Piece) -> Markup | str:
    if isinstance(piece, str):
        return defang(piece)
    name = piece.of.name if piece.first else None
    kind = "aside" if piece.of.aside else None
    return element("mark", {"id": name, "class": kind}, *(_drawn(each) for each in piece.inside))
