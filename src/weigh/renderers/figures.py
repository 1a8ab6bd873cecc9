"""What the case itself says of an observation's credibility and ease of forging, in words."""

from __future__ import annotations

from weigh.assessment.document import ObservationRow
from weigh.evidence.completion import UNJUDGED


def stated_figures(row: ObservationRow) -> str:
    """The figures that the case gives and who set them, empty where it gives none."""
    said = [text for text in (_credibility(row), _forging(row)) if text != ""]
    authors = ", ".join(dict.fromkeys(each.author for each in row.figures if each.author != ""))
    return "; ".join([*said, *([f"set by {authors}"] if authors != "" else [])]) if len(said) > 0 else ""


def reasons(row: ObservationRow) -> str:
    """Why people set them, each reason once."""
    return "; ".join(dict.fromkeys(each.because for each in row.figures if each.because != ""))


def _credibility(row: ObservationRow) -> str:
    if row.credibility == UNJUDGED:
        return ""
    demoted = f" ({row.demoted})" if row.demoted != "" else ""
    return f"credibility {row.credibility}{demoted}"


def _forging(row: ObservationRow) -> str:
    if row.table_forgeability is None or row.table_forgeability == row.forgeability:
        return ""
    return f"ease of forging {row.forgeability:g} as given, not the table's {row.table_forgeability:g}"
