"""From a document to its observations: every extractor in turn, then section, pointer and forgeability.

`build` prepares everything that depends on the knowledge once; `observe` reads one document. Nothing
found is dropped for standing in the wrong place: it is kept, with the reason why it is not weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from weigh.evidence import indicators, names, technique_names, victims, vulnerabilities, written_ids
from weigh.evidence.completion import Completion
from weigh.evidence.findings import Extract, Finding, Prepare
from weigh.evidence.layout import Layout, lay_out
from weigh.evidence.sections import advises
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Kind, Observation, Span

EXTRACTORS: dict[str, Prepare] = {
    "written id": written_ids.prepare,
    "technique name": technique_names.prepare,
    "name": names.prepare,
    "indicator": indicators.prepare,
    "vulnerability": vulnerabilities.prepare,
    "victim": victims.prepare,
}
"""Every extractor by the name under which its observations go. Of two that say the same the first counts."""

SENTENCE_MODEL = "sentence model"
MENTIONS = 500
"""Mentions of one value that are kept per document, the first ones: a bound for hostile text."""
_SHORTEST_SENTENCE = 4
_PROSE_WORD = re.compile(r"(?<![\w$])[A-Za-z]?[a-z]+(?![\w=])")


class SentenceReader(Protocol):
    """Something that knows which techniques a sentence describes."""

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        """For each sentence the ids of techniques that it reports, each with a calibrated probability."""
        ...


@dataclass(frozen=True, slots=True)
class Observer:
    """All extractors, ready for one knowledge. Make it once with `build` and use it for every document."""

    extractors: tuple[tuple[str, Extract], ...]


def build(catalogue: Catalogue, sentence_reader: SentenceReader | None = None) -> Observer:
    """Prepare every extractor for a knowledge; without a reader no sentence is read for techniques."""
    extractors = [(name, prepare(catalogue)) for name, prepare in EXTRACTORS.items()]
    if sentence_reader is not None:
        extractors.append((SENTENCE_MODEL, _sentence_extractor(sentence_reader)))
    return Observer(tuple(extractors))


def observe(document: Document, observer: Observer) -> tuple[Observation, ...]:
    """Everything that a document reports about the operation, by span, kind and value; ids are unique.

    Of each value the first `MENTIONS` are kept. Time and memory are linear in the text.
    """
    layout = lay_out(document)
    found: dict[tuple[int, int, Kind, str], tuple[str, Finding]] = {}
    for name, extract in observer.extractors:
        seen: Counter[tuple[Kind, str]] = Counter()
        for finding in extract(layout):
            span = finding.span
            seen[finding.kind, finding.value] += 1
            if seen[finding.kind, finding.value] > MENTIONS:
                continue
            found.setdefault((span.start, span.end, finding.kind, finding.value), (name, finding))
    completed = Completion(layout)
    mentions: Counter[tuple[Kind, str]] = Counter()
    observations: list[Observation] = []
    for key, (name, finding) in sorted(found.items(), key=itemgetter(0)):
        mentions[key[2:]] += 1
        if mentions[key[2:]] <= MENTIONS:
            observations.append(completed.observation(name, finding))
    return tuple(observations)


def _sentence_extractor(reader: SentenceReader) -> Extract:
    """Sentences in accounts that are long enough to say something, and are no advice."""

    def extract(layout: Layout) -> Iterator[Finding]:
        spans = [span for span in layout.sentences if _is_read(layout, span)]
        readings = reader.read([span.of(layout.text) for span in spans])
        for span, reading in zip(spans, readings, strict=True):
            for technique, probability in reading:
                why = "the sentence reads like reports of this technique"
                yield Finding(span, Kind.TECHNIQUE, technique, probability, why, "technique")

    return extract


def _is_read(layout: Layout, span: Span) -> bool:
    sentence = span.of(layout.text)
    if layout.zone_at(span) is not None or not _is_prose(sentence):
        return False
    return not advises(sentence)


def _is_prose(sentence: str) -> bool:
    """Whether words make up the sentence, and not code, hashes or the strings of a detection rule."""
    words = _PROSE_WORD.findall(sentence)
    return len(set(words)) >= _SHORTEST_SENTENCE and 2 * sum(map(len, words)) >= len(sentence)
