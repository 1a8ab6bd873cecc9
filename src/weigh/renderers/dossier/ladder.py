"""The ladder of a proposition as a figure, the highest rung at the top, each with its word and items."""

from __future__ import annotations

from collections.abc import Sequence

from weigh.assessment.claim_rows import PropositionRow, RungRow
from weigh.readers.wording import counted
from weigh.renderers import claim_words as words
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Markup, element
from weigh.renderers.dossier.tables import Column, fold, table
from weigh.renderers.dossier.words import percent

SIGNS = {"supported": "●", "consistent": "◐", "not addressed": "○", "against": "✕"}
"""A sign beside each word, so that nothing is told by colour alone."""
_QUESTIONS = {
    "machine": "which computers were used",
    "operator": "who sat at them",
    "group": "whose habits these are",
    "sponsor": "for whom the group acts",
    "degree": "how far the sponsor answers for it",
    "motive": "who gains; never enough alone",
}


def ladder(one: PropositionRow) -> Markup | None:
    """The figure; None for a proposition that was not set against evidence."""
    if len(one.rungs) == 0:
        return None
    climbing = [row for row in reversed(one.rungs) if row.rung != "motive"]
    beside = [row for row in one.rungs if row.rung == "motive"]
    caption = (
        "Read from the foot. The bar is what the items of a rung alone give; hatched where no item bears on "
        "it, and the figure follows from published claims or from nothing."
    )
    return element(
        "figure",
        {"class": "picture ladder-figure"},
        element("figcaption", {"class": "chart-title"}, "The ladder: what the evidence alone supports"),
        element("ol", {"class": "ladder"}, *(_rung(row) for row in climbing)),
        element("ol", {"class": "ladder beside-it"}, *(_rung(row) for row in beside)),
        element("p", {"class": "meta"}, caption),
    )


def sides(rungs: Sequence[RungRow]) -> Markup | None:
    """What each side would have to show at the rungs that are not supported."""
    rows = [(row.rung, row.accuser, row.accused) for row in rungs if row.verdict != "supported"]
    if len(rows) == 0:
        return None
    columns = (Column("Rung"), Column("Who accuses"), Column("Who is accused"))
    return fold(
        "What each side would have to show", table("What each side would have to show", columns, rows)
    )


def _rung(row: RungRow) -> Markup:
    items = counted(row.items, "item")
    said = f"said: {defang(words.asserted(row))}" if row.asserted != "" else ""
    return element(
        "li",
        {"class": f"rung {row.verdict.replace(' ', '-')}"},
        element(
            "div",
            {"class": "rung-name"},
            element("b", None, row.rung),
            element("span", {"class": "rule"}, _QUESTIONS.get(row.rung, "")),
        ),
        element(
            "div",
            {"class": "rung-word"},
            element("span", {"class": "sign", "aria-hidden": "true"}, SIGNS.get(row.verdict, "")),
            element("b", None, row.verdict),
            element("span", {"class": "rule"}, items),
        ),
        element(
            "div",
            {"class": "rung-why"},
            _bar(row),
            element("span", {"class": "rule"}, said) if said != "" else None,
            element("span", {"class": "rule"}, defang(row.sentence)) if row.sentence != "" else None,
        ),
    )


def _bar(row: RungRow) -> Markup | None:
    """The figure of a rung as a bar with its number; nothing where there is none."""
    if row.probability is None:
        return None
    kind = "bar lead" if row.items > 0 else "bar open"
    width = f"{max(100.0 * row.probability, 0.5):.1f}"
    drawn = element(
        "svg",
        {
            "class": "chart rung-bar",
            "viewBox": "0 0 100 6",
            "preserveAspectRatio": "none",
            "aria-hidden": "true",
        },
        element("rect", {"class": "track", "x": 0, "y": 0, "width": 100, "height": 6}),
        element("rect", {"class": kind, "x": 0, "y": 0, "width": width, "height": 6}),
    )
    return element("div", {"class": "rung-figure"}, drawn, element("span", None, percent(row.probability)))
