"""What a program gets back: the frozen assessment, with what is asked of it most often.

A result is an assessment and nothing more: it is saved, compared and rendered as one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from weigh.assessment import waterfall as falls
from weigh.assessment.answers import hypothesis, proposition
from weigh.assessment.claim_rows import ClaimRow, PropositionRow
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

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """Who says what, each with its origin and with what the evidence alone says of it."""
        return () if self.statements is None else self.statements.claims

    @property
    def propositions(self) -> tuple[PropositionRow, ...]:
        """Who is accused of what, with origins, ladder and the accused's side; those most told first."""
        return () if self.statements is None else self.statements.propositions

    def against(self, name: str, deed: str = "") -> PropositionRow:
        """The proposition about a party, by its name, a body's or a code; of several deeds the first.

        Raises `UsageError` for a party that nobody accuses.
        """
        return proposition(self, name, deed)

    def to_html(self, path: str | Path = "") -> str:
        """The dossier as one self-contained page; written to `path`, too, where one is given."""
        page = dossier.render(self)
        if path != "":
            Path(path).write_text(page, encoding="utf-8", newline="\n")
        return page

    def _repr_html_(self) -> str:
        return notebook.assessment(self)
