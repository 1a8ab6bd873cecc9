"""From a document to its observations: every extractor in turn, then section, pointer and forgeability.

`build` prepares everything that depends on the knowledge once; `observe` reads one document. Nothing
found is dropped for standing in the wrong place: it is kept, with the reason why it is not weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from weigh.evidence import (
    circumstances,
    indicators,
    names,
    rows,
    technique_names,
    traces,
    tying,
    victims,
    vulnerabilities,
    written_ids,
)
from weigh.evidence.advice import advises
from weigh.evidence.comparisons import denies
from weigh.evidence.completion import Completion, Innermost
from weigh.evidence.findings import Extract, Finding, Follow, Prepare, nothing
from weigh.evidence.layout import Layout, lay_out
from weigh.evidence.tables import TECHNIQUE_ID
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Field, Kind, Notice, Observation, Span

EXTRACTORS: dict[str, Prepare] = {
    "written id": written_ids.prepare,
    "table row": rows.prepare,
    "technique name": technique_names.prepare,
    "name": names.prepare,
    "indicator": indicators.prepare,
    "vulnerability": vulnerabilities.prepare,
    "victim": victims.prepare,
    "circumstance": circumstances.prepare,
}
"""Every extractor by the name under which its observations go. Of two that say the same the first counts."""

TRACE = "trace"
SENTENCE_MODEL = "sentence model"
READS_LIKE = "the sentence reads like reports of this technique"
MENTIONS = 500
"""Mentions of one value that are kept per document, the first ones: a bound for hostile text."""
_NOTICES = 20
_CIRCUMSTANCES = frozenset({*circumstances.SUBTYPES, *traces.sorts(), "artefact", "circumstance"})
_QUESTION = re.compile(r"\?[\"'\u2019\u201d)\]*_]*$")
_SPEAKER = re.compile(
    r"[Im](?<![\w.'\u2019/-].)(?:(?<=I)(?:['\u2019](?:m|ve|d|ll))?|(?<=m)(?:y(?:self)?|(?:in)?e))(?![\w./-])"
)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_WORDS_AN_ADDRESS = 3
_SHORTEST_SENTENCE = 4
_PROSE_WORD = re.compile(r"[A-Za-z](?<![\w$].)(?:(?<=[a-z])|(?=[a-z]))[a-z]*+(?![\w=])")


Progress = Callable[[str, float], None]
"""Told the step that begins and the share that is done, in [0, 1]."""


class SentenceReader(Protocol):
    """Something that knows which techniques a sentence describes."""

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        """For each sentence the ids of techniques that it reports, each with a calibrated probability."""
        ...


@dataclass(frozen=True, slots=True)
class Observer:
    """All extractors, ready for one knowledge; `follow` reads what stands on the names they found. Make it
    once with `build` and use it for every document."""

    extractors: tuple[tuple[str, Extract], ...]
    follow: Follow = nothing


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in one document, and notices of what was there and is not kept."""

    observations: tuple[Observation, ...]
    notices: tuple[Notice, ...]


def build(
    catalogue: Catalogue, sentence_reader: SentenceReader | None = None, *, why: str = READS_LIKE
) -> Observer:
    """Prepare every extractor for a knowledge; without a reader no sentence is read for techniques.

    `why` is the reason that the reader's findings give.
    """
    extractors = [(name, prepare(catalogue)) for name, prepare in EXTRACTORS.items()]
    if sentence_reader is not None:
        extractors.append((SENTENCE_MODEL, _sentence_extractor(sentence_reader, why)))
    return Observer(tuple(extractors), tying.prepare(catalogue))


def survey(document: Document, observer: Observer, progress: Progress | None = None) -> Survey:
    """Everything that a document reports about the operation, and what of it was not kept.

    Observations stand by span, kind and value; ids are unique. Of each value the first `MENTIONS` are
    kept. Time and memory are linear in the text. `progress` is told each step and the share done.
    """
    tell = progress or _silent
    tell("laying out", 0.0)
    layout = lay_out(document)
    found: dict[tuple[int, int, Kind, str], tuple[str, Finding]] = {}
    seen = _Mentions()

    def keep(name: str, findings: Iterable[Finding]) -> None:
        is_early = seen.counted()
        for finding in findings:
            span = finding.span
            if is_early(finding):
                found.setdefault((span.start, span.end, finding.kind, finding.value), (name, finding))

    for number, (name, extract) in enumerate(observer.extractors, 1):
        tell(name, number / (len(observer.extractors) + 1))
        keep(name, extract(layout))
    keep(TRACE, observer.follow(layout, [finding for _, finding in found.values()]))
    _set_compared_aside(found)
    completed = Completion(layout)
    is_early = seen.counted()
    ordered = (found[key] for key in sorted(found))
    observations = tuple(
        completed.observation(name, finding) for name, finding in ordered if is_early(finding)
    )
    return Survey(observations, (*layout.notices, *seen.notices()))


def _set_compared_aside(found: dict[tuple[int, int, Kind, str], tuple[str, Finding]]) -> None:
    """Software that a trace is said to look like is not said to have been used."""
    tied = Innermost(
        [Field("", finding.span, "") for _, finding in found.values() if finding.kind is Kind.ARTEFACT]
    )
    for key, (name, finding) in found.items():
        if (
            finding.kind is Kind.SOFTWARE
            and finding.set_aside == ""
            and tied.around(finding.span) is not None
        ):
            found[key] = name, replace(finding, set_aside=traces.COMPARED)


def observe(document: Document, observer: Observer) -> tuple[Observation, ...]:
    """The observations of `survey` alone."""
    return survey(document, observer).observations


class _Mentions:
    """Tells the first mentions of each value from the rest, and remembers which values had more."""

    def __init__(self) -> None:
        self._cut: dict[tuple[Kind, str], tuple[int, int]] = {}

    def counted(self) -> Callable[[Finding], bool]:
        """Begin to count anew: whether a finding is among the first `MENTIONS` of its value."""
        seen: Counter[tuple[Kind, str]] = Counter()

        def is_early(finding: Finding) -> bool:
            key = (finding.kind, finding.value)
            seen[key] += 1
            if seen[key] <= MENTIONS:
                return True
            count, place = self._cut.get(key, (0, finding.span.start))
            self._cut[key] = max(count, seen[key]), min(place, finding.span.start)
            return False

        return is_early

    def notices(self) -> tuple[Notice, ...]:
        """One for each value with more mentions, in reading order; beyond `_NOTICES` one for the rest."""
        ordered = sorted(self._cut.items(), key=lambda pair: (pair[1][1], pair[0]))
        notices = [
            Notice(
                f"{value} is mentioned at least {count:,} times: the first {MENTIONS} mentions are kept",
                place=f"character {place:,}",
                remedy="its weight does not change; to see every mention, split the document",
            )
            for (_, value), (count, place) in ordered[:_NOTICES]
        ]
        if len(ordered) > _NOTICES:
            rest = len(ordered) - _NOTICES
            notices.append(Notice(f"{rest:,} more values have over {MENTIONS} mentions, the first are kept"))
        return tuple(notices)


def _silent(step: str, share: float) -> None:
    """No progress wanted."""


def _sentence_extractor(reader: SentenceReader, why: str) -> Extract:
    """Sentences in accounts that are long enough to say something, and are no advice."""

    def extract(layout: Layout) -> Iterator[Finding]:
        spans = [span for span in layout.sentences if _is_read(layout, span)]
        readings = reader.read([span.of(layout.text) for span in spans])
        for span, reading in zip(spans, readings, strict=True):
            for technique, probability in reading:
                yield Finding(span, Kind.TECHNIQUE, technique, probability, why, "technique")

    return extract


def _is_read(layout: Layout, span: Span) -> bool:
    sentence = span.of(layout.text)
    if layout.zone_at(span) is not None or layout.is_told_of(span) or not _is_prose(sentence):
        return False
    if layout.document.format == "csv" and sentence.partition(":")[0] in _CIRCUMSTANCES:
        return False
    if _is_labelled(sentence) or _is_asked_or_own(sentence):
        return False
    return not (advises(sentence) or denies(sentence))


def _is_labelled(sentence: str) -> bool:
    """Whether its author says which techniques a sentence reports: reading it for others finds few.

    Of such findings in TRAM2's and AnnoCTR's training halves 25 of 164 were right.
    """
    return TECHNIQUE_ID.search(sentence) is not None


def _is_asked_or_own(sentence: str) -> bool:
    """Whether a sentence asks, or speaks of the speaker: in talk everyday words read like techniques.

    Of the findings in such sentences of TRAM2's and AnnoCTR's training halves 8 of 44 were right.
    """
    return _QUESTION.search(sentence) is not None or _SPEAKER.search(sentence) is not None


def _is_list_of_addresses(sentence: str) -> bool:
    """Whether e-mail addresses make up the sentence: fewer than three words stand between each two."""
    addresses, others = _EMAIL.subn(" ", sentence)
    return others > 1 and len(_PROSE_WORD.findall(addresses)) < _WORDS_AN_ADDRESS * others


def _is_prose(sentence: str) -> bool:
    """Whether words make up the sentence, and not code, hashes or the strings of a detection rule."""
    if sentence.count("@") > 1 and _is_list_of_addresses(sentence):
        return False
    words = _PROSE_WORD.findall(sentence)
    return len(set(words)) >= _SHORTEST_SENTENCE and 2 * sum(map(len, words)) >= len(sentence)
