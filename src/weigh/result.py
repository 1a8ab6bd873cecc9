"""What a program gets back: the frozen assessment, with what is asked of it most often.

A result is an assessment and nothing more: it is saved, compared and rendered as one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from weigh.assessment import waterfall as falls
from weigh.assessment.answers import hypothesis
from weigh.assessment.document import UNLISTED, Assessment, HypothesisRow
from weigh.assessment.waterfall import Waterfall
from weigh.renderers import dossier, notebook


@dataclass(frozen=True, slots=True)
class Why(Waterfall):
    """A waterfall that a notebook shows."""

    def _repr_html_(self) -> str:
        return notebook.waterfall(self)


@dataclass(frozen=True, slots=True)
class Result(Assessment):
    """An assessment that answers by name and shows itself."""

    @classmethod
    def of(cls, assessment: Assessment) -> Result:
        """The same assessment, field by field."""
        return cls(**{field.name: getattr(assessment, field.name) for field in fields(Assessment)})

    @property
    def actors(self) -> tuple[HypothesisRow, ...]:
        """The hypotheses that name an actor, the most probable first; `unlisted` is not among them."""
        return tuple(row for row in self.hypotheses if row.id != UNLISTED)

    def why(self, name: str, against: str = "") -> Why:
        """Weights of evidence in bits that sum to the log2 of the odds; else against the strongest rival.

        Names, aliases and ids are all understood. Raises `UsageError` for one that nobody or several bear.
        """
        first = hypothesis(self, name)
        second = hypothesis(self, against) if against else falls.runner_up(self, first)
        fall = falls.waterfall(self, first, second)
        return Why(fall.hypothesis, fall.against, fall.bars, fall.total)

    def to_html(self, path: str | Path = "") -> str:
        """The dossier as one self-contained page; written to `path`, too, where one is given."""
        page = dossier.render(self)
        if path != "":
            Path(path).write_text(page, encoding="utf-8", newline="\n")
        return page

    def _repr_html_(self) -> str:
        return notebook.assessment(self)
