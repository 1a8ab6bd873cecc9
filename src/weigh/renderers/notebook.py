"""An assessment and a waterfall as pieces of HTML that a notebook shows under a cell.

No style, no script and no address: a notebook's own look is kept, and nothing of a document can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from weigh.assessment.document import Assessment, HypothesisRow
from weigh.assessment.waterfall import Bar, Waterfall
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Markup, element, join
from weigh.scales import percent

_SHOWN = 8


def assessment(shown: Assessment) -> str:
    """The answer in words, and the first hypotheses as a table, `unlisted` among them."""
    minded = [element("p", None, defang(f"Mind: {words}")) for words in shown.cautions]
    if len(shown.features) == 0:
        words = "No answer: the documents report no technique or software that can be weighed."
        return join((element("p", None, words), *minded)).html
    first = shown.hypotheses[:_SHOWN]
    rows = [_answer(row) for row in (*first, *(row for row in shown.hypotheses if row.id == "unlisted"))]
    return element(
        "div",
        None,
        _table(defang(shown.title), ("who", "chance", "90 %", "ICD 203"), dict.fromkeys(rows)),
        element("p", None, f"Analytic confidence: {shown.confidence.level}."),
        *minded,
    ).html


def waterfall(shown: Waterfall) -> str:
    """One row per bar, in bits, and their sum."""
    rows = [*(_bar(bar) for bar in shown.bars), (f"{shown.total:+.2f}", "total", "log2 of the odds")]
    heading = f"{shown.hypothesis} against {shown.against}"
    return _table(heading, ("bits", "what", "why"), rows).html


def _answer(row: HypothesisRow) -> tuple[str, ...]:
    bounds = f"{percent(row.low, unit=False)}-{percent(row.high)}"
    return defang(row.name), percent(row.probability), bounds, row.icd203 or "-"


def _bar(bar: Bar) -> tuple[str, ...]:
    return f"{bar.bits:+.2f}", bar.label, defang(bar.sentence)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    head = element("tr", None, *(element("th", {"scope": "col"}, head) for head in heads))
    body = (element("tr", None, *(element("td", None, cell) for cell in row)) for row in rows)
    return element(
        "table",
        None,
        element("caption", None, caption),
        element("thead", None, head),
        element("tbody", None, *body),
    )
