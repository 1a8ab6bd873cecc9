"""Values whose type the file itself states: a row `mutex,Zx9Lock`, an attribute of MISP, an object of STIX.

Prose has to be searched for what looks like a path or a key; a field that says what it holds is taken whole,
spaces and all.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from weigh.evidence import artefacts, file_paths
from weigh.evidence.hosts import Sighting
from weigh.records import Document, Span

_LONGEST = 1_000
_LONGEST_LABEL = 60


def labelled(document: Document) -> Iterator[tuple[str, Span]]:
    """What each field of a structured file says it holds, in small letters, and where."""
    for field in document.fields:
        near = document.text[max(0, field.span.start - _LONGEST_LABEL) : field.span.start]
        label, colon, rest = near.rpartition("\n")[2].rpartition(":")
        if colon != "" and rest.strip() == "" and 0 < field.span.end - field.span.start <= _LONGEST:
            yield label.strip().lower(), field.span


def with_typed(document: Document, found: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """What was found in a text, where no field holds more of it, and what the fields hold; in order."""
    typed = [each for label, span in labelled(document) for each in _sighted(document.text, label, span)]
    if len(typed) == 0:
        return tuple(found)
    spans = sorted(each.span for each in typed)
    starts = [span.start for span in spans]
    rest = [each for each in found if not _overlaps(each.span, spans, starts)]
    return tuple(sorted([*rest, *typed], key=lambda each: each.span))


def _overlaps(span: Span, fields: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a place overlaps one of the fields, which are in order and apart."""
    at = bisect_left(starts, span.end) - 1
    return at >= 0 and fields[at].overlaps(span)


def _sighted(text: str, label: str, span: Span) -> Iterator[Sighting]:
    written = span.of(text)
    match sorts().get(label, ""):
        case "registry":
            yield from _quoted(file_paths.registry_keys(f'"{written}"'), span)
        case "file" if "\\" not in written and "/" not in written and "." in written:
            yield Sighting(span, "file", written)
        case "file":
            yield from _quoted(file_paths.paths(f'"{written}"'), span)
        case "mutex":
            yield Sighting(span, "mutex", written)
        case "asn":
            number = written.strip().upper().removeprefix("AS").removeprefix("N").strip()
            yield from (replace(each, span=span) for each in artefacts.networks(f"ASN {number}"))


def _quoted(found: Iterator[Sighting], span: Span) -> Iterator[Sighting]:
    """The first of what was found in a value, if it is the whole of it."""
    first = next(found, None)
    if first is not None and first.span == Span(1, 1 + span.end - span.start):
        yield replace(first, span=span)


@cache
def sorts() -> Mapping[str, str]:
    """Label of a field -> the sort of value that it holds."""
    text = files("weigh.evidence").joinpath("typed_fields.toml").read_text(encoding="utf-8")
    return {label: sort for sort, labels in tomllib.loads(text).items() for label in labels}
