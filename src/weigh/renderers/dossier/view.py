"""One assessment as the sections look things up in it: by id, in the order of the page, redacted or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    DocumentRow,
    FeatureRow,
    HypothesisRow,
    JudgementRow,
    ObservationRow,
)
from weigh.errors import CaseError
from weigh.renderers.defang import defang
from weigh.renderers.dossier.words import anchor
from weigh.stakes.payoffs import Payoffs

SHOWN = 10
RIVALS = 5
_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


@dataclass(frozen=True, slots=True)
class View:
    """What every section needs of an assessment.

    `ranked` holds the hypotheses by falling probability, `documents` the documents by date, `numbers`
    their places in that order, `fact_of` the feature that an observation belongs to, `quoted` the ids of
    observations and `carried` the ids of documents of which the page shows a passage. `payoffs` is what the
    outcomes are worth, None for the illustrative default.
    """

    assessment: Assessment
    redact: bool
    ranked: tuple[HypothesisRow, ...]
    documents: Mapping[str, DocumentRow]
    numbers: Mapping[str, int]
    features: Mapping[str, FeatureRow]
    observations: Mapping[str, ObservationRow]
    fact_of: Mapping[str, FeatureRow]
    quoted: frozenset[str]
    carried: frozenset[str]
    payoffs: Payoffs | None = None

    @property
    def leader(self) -> HypothesisRow:
        """The hypothesis with the largest probability."""
        return self.ranked[0]

    def shown(self) -> tuple[HypothesisRow, ...]:
        """The hypotheses that pictures show: the first ten, and `unlisted` wherever it stands."""
        return self.ranked[:SHOWN] + tuple(row for row in self.ranked[SHOWN:] if row.id == UNLISTED)

    def rivals(self) -> tuple[HypothesisRow, ...]:
        """Whom the leader is held against: the next four and `unlisted`, in the order of the ranking."""
        others = self.ranked[1:]
        first = others[: RIVALS - 1]
        late = tuple(row for row in others[RIVALS - 1 :] if row.id == UNLISTED)
        return first + late if len(late) > 0 else others[:RIVALS]

    def hypothesis_name(self, identifier: str) -> str:
        """The name of a hypothesis; its id where the assessment holds no such hypothesis."""
        return next((row.name for row in self.ranked if row.id == identifier), identifier)

    def document_name(self, identifier: str) -> str:
        """What a document is called: its title, else its file's name."""
        row = self.documents.get(identifier)
        if row is None:
            return "an unknown document"
        return defang(next((name for name in (row.title, row.name) if len(name.strip()) > 0), row.id))

    def idle(self) -> tuple[ObservationRow, ...]:
        """The observations that are not weighed."""
        rows = self.assessment.observations
        return tuple(row for row in rows if len(row.set_aside) > 0 or row.id not in self.fact_of)


def view(assessment: Assessment, *, redact: bool, payoffs: Payoffs | None = None) -> View:
    """The lookups of an assessment.

    Raises CaseError when it holds no hypothesis: `unlisted` is always one, so such a file is damaged.
    """
    if len(assessment.hypotheses) == 0:
        raise CaseError(
            "the assessment holds no hypothesis", place=assessment.id, remedy="weigh the case again"
        )
    passages = {row.id for row in assessment.passages}
    documents = sorted(assessment.documents, key=lambda row: (row.date, row.title, row.name, row.id))
    return View(
        assessment=assessment,
        redact=redact,
        ranked=assessment.hypotheses,
        documents={row.id: row for row in documents},
        numbers={row.id: number for number, row in enumerate(documents, start=1)},
        features={row.id: row for row in assessment.features},
        observations={row.id: row for row in assessment.observations},
        fact_of={name: row for row in assessment.features for name in row.observations},
        quoted=frozenset(row.id for row in assessment.observations if row.passage in passages),
        carried=frozenset(row.document for row in assessment.passages),
        payoffs=payoffs,
    )


def verdict(row: JudgementRow) -> str:
    """What a person did with an observation."""
    return _DONE.get(row.verdict, row.verdict)


def reason(row: ObservationRow) -> str:
    """Why an observation is not weighed, or only under posing."""
    if len(row.set_aside) == 0 and row.kind == "artefact":
        return "weighed under posing alone, as evidence that can be planted"
    return defang(row.set_aside) if len(row.set_aside) > 0 else "part of no weighed fact"


def value(row: ObservationRow) -> str:
    """The value of an observation; nobody follows an indicator by accident."""
    return defang(row.value)


def feature_name(row: FeatureRow) -> str:
    """The name of a weighed fact, its id where it has none."""
    return defang(row.name if len(row.name) > 0 else row.id)


def document_anchor(identifier: str) -> str:
    """The place in the page where the passages of a document begin."""
    return anchor("document", identifier)


def fact_anchor(row: FeatureRow) -> str:
    """The place in the page of a weighed fact."""
    return anchor("fact", row.id)


def quote_anchor(row: ObservationRow) -> str:
    """The place in the page of an observation's quote, inside its passage."""
    return anchor("obs", row.id)


def weight_of(row: HypothesisRow, position: int) -> float:
    """A hypothesis's weight for the feature at a position; what is not written weighs nothing."""
    return row.weights[position] if position < len(row.weights) else 0.0


def sentence_of(row: HypothesisRow, position: int) -> str:
    """A hypothesis's sentence for the feature at a position, empty where none was written."""
    return row.sentences[position] if position < len(row.sentences) else ""
