"""From a document to what it reports about the operation, each thing with its place and its reason."""

from weigh.evidence.defanging import defang, refang
from weigh.evidence.observe import EXTRACTORS, Observer, SentenceReader, build, observe

__all__ = ["EXTRACTORS", "Observer", "SentenceReader", "build", "defang", "observe", "refang"]
