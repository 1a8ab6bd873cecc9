"""Which artefacts a text ties to whom: the sentence that says so, its hedge, and whether it was forged."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from weigh.evidence.findings import Finding, Follow
from weigh.evidence.layout import Layout
from weigh.evidence.phrases import Phrases
from weigh.evidence.ties import Meant, meant_as_forged, ties
from weigh.evidence.traces import (
    DENIED,
    FALSE_FLAG,
    FORGED,
    HEDGED,
    NO_ACTOR,
    SUSPECTED,
    TIED,
    UNTIED,
    Trace,
    cues,
    forging,
    words,
)
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.naming import name_key
from weigh.records import Kind, Span

_OPENLY = re.compile(r"code (?:overlap|reuse|similarit|sharing)|rich", re.IGNORECASE)
"""A sentence that names nobody is looked at only where it speaks of forging, or openly of likeness."""
_LISTED = re.compile(r"(?:,? (?:and|or|also|as) |, ?| ?/ ?| ?\((?:aka |also known as )?)\Z")
_OWNED = re.compile(r"(?:'s|\u2019s|s'|s\u2019)?\s(?:\w+\s){0,2}\Z")
_NOT = re.compile(
    r"\b(?:no|none|nothing|not|never|without|neither|nor|unlike|unrelated|differs?|different|cannot|lacks?)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|potential(?:ly)?|appears?|seems?|seemingly|suggest\w*|probably|likely|suspected|apparently)\b",
    re.IGNORECASE,
)
_NOT_FORGED = re.compile(
    r"\b(?:no|not|never|un|without|hardly)\b(?:\s\w+){0,4}\s\Z|n['\u2019]t\s(?:\w+\s){0,3}\Z", re.IGNORECASE
)
_FALSE_FLAG = re.compile(r"\bfalse[ -]flags?\b", re.IGNORECASE)
_HEADER = re.compile(r"\bheaders?\b", re.IGNORECASE)
_BREAK = re.compile(r"\n\s*\n")
_RICH = "rich header"
_FORGING_CUES = ("header", "headers", "false flag", "false flags", "false-flag")
_REACH, _GAP, _BEFORE, _MOST = 140, 90, 30, 8


@dataclass(frozen=True, slots=True)
class _Told:
    """A sort of trace that a sentence says points somewhere, and whom it names."""

    sentence: Span
    sort: str
    targets: tuple[str, ...]


def prepare(catalogue: Catalogue) -> Follow:
    """A reader of traces, which needs the names that were found in the document."""
    phrases = Phrases(dict.fromkeys(_FORGING_CUES, FALSE_FLAG) | cues(), plurals=frozenset(cues().values()))
    headlines = {(item.id, name_key(item.name)) for item in catalogue.actors}
    headlines |= {(item.id, name_key(item.name)) for item in catalogue.software}

    def follow(layout: Layout, found: Sequence[Finding]) -> Iterator[Finding]:
        asked: dict[Span, dict[str, None]] = {}
        for hit in phrases.find(layout.squeezed):
            asked.setdefault(layout.sentence_at(hit.span), {})[hit.key] = None
        names = _by_sentence(layout, found, headlines)
        told: list[_Told] = []
        own: list[Finding] = []
        spoken = {
            sentence: _named(layout.text, sentence, asked[sentence])
            for sentence in asked
            if len(names.get(sentence, ())) > 0 or _is_telling(layout.text, sentence)
        }
        for sentence, traces in spoken.items():
            own.extend(_of_sentence(layout.text, sentence, traces, names.get(sentence, []), told))
        later: list[Finding] = []
        for sentence, traces in spoken.items() if len(told) > 0 else ():
            later.extend(_forged_later(layout.text, sentence, traces, names.get(sentence, []), told))
        later.extend(_forged_next(layout, told))
        places = {finding.span for finding in later}
        kept = [finding for finding in own if finding.span not in places]
        yield from sorted([*kept, *later], key=lambda finding: finding.span)

    return follow


def _is_telling(text: str, sentence: Span) -> bool:
    return any(
        pattern.search(text, sentence.start, sentence.end) is not None for pattern in (ties().forged, _OPENLY)
    )


def _by_sentence(
    layout: Layout, found: Sequence[Finding], headlines: Container[tuple[str, str]]
) -> dict[Span, list[Finding]]:
    """The names in each sentence, in order; of several bearers those whose first name it is, if any."""
    named: dict[Span, dict[Span, list[Finding]]] = {}
    for finding in found:
        if finding.kind in (Kind.ACTOR, Kind.SOFTWARE):
            by_place = named.setdefault(layout.sentence_at(finding.span), {})
            by_place.setdefault(finding.span, []).append(finding)
    kept: dict[Span, list[Finding]] = {}
    for sentence, by_place in named.items():
        for span, bearers in by_place.items():
            key = name_key(span.of(layout.text))
            first = [item for item in bearers if (item.value, key) in headlines]
            kept.setdefault(sentence, []).extend(first or bearers)
    return {sentence: sorted(names, key=_start) for sentence, names in kept.items()}


def _start(finding: Finding) -> int:
    return finding.span.start


def _named(text: str, sentence: Span, among: Sequence[str] | Mapping[str, None]) -> list[tuple[str, Span]]:
    """The traces that a sentence names, of the sorts that its words may tell of, in order."""
    found = [
        (sort, Span(*match.span()))
        for sort in among
        if sort != FALSE_FLAG
        for match in islice(words(sort).finditer(text, sentence.start, sentence.end), _MOST)
    ]
    return sorted(found, key=lambda pair: pair[1])


def _of_sentence(
    text: str,
    sentence: Span,
    traces: Sequence[tuple[str, Span]],
    names: Sequence[Finding],
    told: list[_Told],
) -> Iterator[Finding]:
    """The traces of a sentence; those that point somewhere are added to `told`."""
    done: set[str] = set()
    for sort, span in traces:
        if sort in done:
            continue
        targets = _targets(text, sentence, span, names)
        trace = Trace(sort, forged=_is_forged(text, sentence, span))
        if len(targets) > 0:
            told.append(_Told(sentence, sort, tuple(target.value for target in targets)))
            yield from _pointing(text, sentence, span, trace, targets)
        elif trace.forged or _OPENLY.match(span.of(text)) is not None:
            yield _aside(text, span, trace.value, sort, forging(sort), NO_ACTOR)
        else:
            continue
        done.add(sort)
    if len(done) == 0:
        for match in islice(_FALSE_FLAG.finditer(text, sentence.start, sentence.end), _MOST):
            yield _aside(text, Span(*match.span()), FALSE_FLAG, FALSE_FLAG, "name", SUSPECTED)


def _aside(text: str, span: Span, value: str, sort: str, row: str, reason: str) -> Finding:
    """A trace that is tied to nobody."""
    why = f"\u201c{span.of(text)}\u201d" + (", said to be forged" if value.endswith(FORGED) else "")
    return Finding(span, Kind.ARTEFACT, value, UNTIED, why, row, sort, set_aside=reason)


def _pointing(
    text: str, sentence: Span, span: Span, trace: Trace, targets: Sequence[Finding]
) -> Iterator[Finding]:
    """One finding for each that a trace points at; several share its chance, and so do the bearers of a
    name."""
    chance = 1.0 / len({target.value for target in targets})
    for target in targets:
        reach = Span(min(span.start, target.span.start), max(span.end, target.span.end))
        between = reach.of(text)
        start = max(reach.start - _BEFORE, sentence.start)
        hedge = _MAY.search(text, start, reach.end)
        aside = DENIED if _NOT.search(text, start, reach.end) is not None else ""
        why = f"\u201c{' '.join(between.split())}\u201d" + (
            "" if hedge is None else f", hedged with \u201c{hedge.group()}\u201d"
        )
        yield Finding(
            reach,
            Kind.ARTEFACT,
            Trace(trace.sort, target.value, trace.forged).value,
            (TIED if hedge is None else HEDGED) * chance,
            why + (", said to be forged" if trace.forged else ""),
            forging(trace.sort),
            trace.sort,
            set_aside=aside,
        )


def _targets(text: str, sentence: Span, span: Span, names: Sequence[Finding]) -> list[Finding]:
    """Whom the sentence says that a trace looks like: actors named after a word of likeness, else software.

    Names that a list or brackets join to the first count with it.
    """
    kept: list[Finding] = []
    first = bisect_left(names, span.end, key=_start)
    for name in names[first : bisect_right(names, min(span.end + _REACH, sentence.end), key=_start)]:
        before = text[span.end : name.span.start]
        if len(kept) > 0:
            joint = text[kept[-1].span.end : name.span.start]
            if name.span == kept[-1].span or _LISTED.fullmatch(joint) is not None:
                kept.append(name)
            continue
        tied = ties().likeness.search(text, max(span.start - _BEFORE, sentence.start), name.span.start)
        if tied is not None and ";" not in before and ties().leading.search(before) is not None:
            kept.append(name)
    if len(kept) == 0:
        kept = _owners(text, span, names)
    actors = [name for name in kept if name.kind is Kind.ACTOR]
    unique = {name.value: name for name in reversed(actors or kept)}
    return sorted(unique.values(), key=lambda name: (name.span, name.value))


def _owners(text: str, span: Span, names: Sequence[Finding]) -> list[Finding]:
    """The bearer of a name before a trace that was taken from it, or that it has, too.

    "Copied Slate Heron's Rich header"; "Slate Heron has used the same Rich header".
    """
    first = bisect_left(names, span.start - 2 * _GAP, key=_start)
    near = [
        (name, text[name.span.end : span.start])
        for name in names[first : bisect_left(names, span.start, key=_start)]
        if 0 <= span.start - name.span.end <= 60
    ]
    return [
        name
        for name, between in near
        if _reaches(ties().having.match(text[name.span.end : span.end]), len(between))
        or (
            len(between) <= 24
            and _OWNED.fullmatch(between) is not None
            and ties().taking.search(text[max(name.span.start - 60, 0) : name.span.start]) is not None
        )
    ]


def _reaches(found: re.Match[str] | None, length: int) -> bool:
    """Whether something was found that goes at least so far."""
    return found is not None and found.end() >= length


def _is_forged(text: str, sentence: Span, span: Span) -> bool:
    """Whether the sentence says plainly that the trace was planted; not where it says so with "may"."""
    for match in ties().forged.finditer(
        text, max(sentence.start, span.start - _GAP), min(sentence.end, span.end + 2 * _REACH)
    ):
        before = text[max(sentence.start, match.start() - 40) : match.start()]
        if _NOT_FORGED.search(before) is None and _MAY.search(before) is None:
            return True
    return False


def _forged_later(
    text: str,
    sentence: Span,
    traces: Sequence[tuple[str, Span]],
    names: Sequence[Finding],
    told: Sequence[_Told],
) -> Iterator[Finding]:
    """A sentence that calls a trace forged of which another sentence said whose it looks like."""
    found = list(traces)
    if len(found) == 0 and any(each.sort == _RICH for each in told):
        found = [
            (_RICH, Span(*match.span())) for match in _HEADER.finditer(text, sentence.start, sentence.end)
        ]
    for sort, span in found[:1]:
        if len(_targets(text, sentence, span, names)) > 0 or not _is_forged(text, sentence, span):
            continue
        for target in dict.fromkeys(target for each in told if each.sort == sort for target in each.targets):
            yield _forged_elsewhere(text, span, sort, target)


def _forged_next(layout: Layout, told: Sequence[_Told]) -> Iterator[Finding]:
    """Traces that the sentence right after calls forged without naming them: "It was proved to be forged"."""
    by_sentence: dict[Span, list[_Told]] = {}
    for each in told:
        by_sentence.setdefault(each.sentence, []).append(each)
    for sentence, traces in by_sentence.items():
        at = bisect_right(layout.sentences, sentence)
        following = layout.sentences[at] if at < len(layout.sentences) else sentence
        if following in by_sentence or _BREAK.search(layout.text, sentence.end, following.start) is not None:
            continue
        meant = meant_as_forged(following.of(layout.text))
        for each in () if meant is None else traces if meant is Meant.ALL else traces[-1:]:
            for target in each.targets:
                yield _forged_elsewhere(layout.text, following, each.sort, target)


def _forged_elsewhere(text: str, span: Span, sort: str, target: str) -> Finding:
    trace = Trace(sort, target, forged=True)
    said = " ".join(span.of(text).split())
    why = f"\u201c{said}\u201d is said to be forged, and to point to {target} elsewhere"
    return Finding(span, Kind.ARTEFACT, trace.value, TIED, why, forging(sort), sort)
