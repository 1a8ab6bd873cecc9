"""Circumstances: when operators were at work, by which clock, in which language, with what lures.

They are shown, exported and never weighed: the knowledge holds no rows of them per actor, so that there is
nothing to take a likelihood ratio from. Sectors and countries of victims are read in `victims`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from weigh.evidence import activity, clocks, languages, lures
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.layout import Layout
from weigh.evidence.phrases import Phrases
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Span

SUBTYPES = (
    activity.ACTIVITY,
    activity.COMPILED,
    clocks.HOURS,
    clocks.DAYS,
    clocks.ZONE_OF,
    languages.LANGUAGE,
    lures.LURE,
)
"""Every sort of circumstance that is read."""

_READERS: dict[str, tuple[tuple[str, ...], Callable[[Layout, Span], Iterator[Finding]]]] = {
    "clock": (clocks.CUES, clocks.read),
    "language": (languages.CUES, languages.read),
    "lure": (lures.CUES, lures.read),
}


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of circumstances; the knowledge has no part in it."""
    del catalogue
    spelled = {cue: name for name, (cues, _) in _READERS.items() for cue in cues}
    phrases = Phrases(spelled, plurals=frozenset(_READERS))

    def extract(layout: Layout) -> Iterator[Finding]:
        asked: dict[tuple[Span, str], None] = {}
        for hit in phrases.find(layout.squeezed):
            asked.setdefault((layout.sentence_at(hit.span), hit.key))
        spoken = chain.from_iterable(_READERS[name][1](layout, sentence) for sentence, name in asked)
        yield from sorted(chain(activity.read(layout), spoken), key=lambda finding: finding.span)

    return extract
