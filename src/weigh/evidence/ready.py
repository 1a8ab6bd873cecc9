"""Every extractor, made ready on compiled knowledge."""

from __future__ import annotations

from weigh.evidence.observe import Observer, build
from weigh.evidence.text_model import TextModel
from weigh.knowledge.store import Knowledge


def observer(knowledge: Knowledge) -> Observer:
    """The extractors with the sentence model of this knowledge. Raises `DamagedKnowledgeError`."""
    return build(knowledge.catalogue, TextModel.from_arrays(knowledge.text_arrays()))
