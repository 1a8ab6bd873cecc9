"""From a document to what it reports about the operation, each thing with its place and its reason."""

from weigh.evidence.defanging import defang, refang
from weigh.evidence.observe import EXTRACTORS, Observer, SentenceReader, Survey, build, observe, survey

__all__ = [
    "EXTRACTORS",
    "Observer",
    "SentenceReader",
    "Survey",
    "build",
    "defang",
    "observe",
    "refang",
    "survey",
]
