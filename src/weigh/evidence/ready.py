"""Every extractor, made ready on compiled knowledge."""

from __future__ import annotations

from weigh.evidence.observe import READS_LIKE, Observer, build
from weigh.evidence.taught_model import TaughtModel
from weigh.evidence.text_model import TextModel
from weigh.knowledge.store import Knowledge

_TAUGHT = "corrected by the labelled sentences that were taught"


def observer(knowledge: Knowledge, correction: TextModel | None = None) -> Observer:
    """The extractors with the sentence model of this knowledge, corrected where it was taught.

    Raises `DamagedKnowledgeError`.
    """
    model = TextModel.from_arrays(knowledge.text_arrays())
    if correction is None:
        return build(knowledge.catalogue, model)
    return build(knowledge.catalogue, TaughtModel(model, correction), why=f"{READS_LIKE}, {_TAUGHT}")
