"""Artefacts: traces in files and code of which a text says whose they look like, and whether they are forged.

"The Rich header points to Slate Heron" is two things. That the header fits the group's is an observation,
easily forged; that the group did it is a claim (`claims`), and never follows from this file. A trace is tied
to an actor, or to software of one, only where the same sentence ties it. Elsewhere it is a circumstance.

The value says what the sentence says: "rich header points to G0032", "code points to S0365", with ", forged"
after it where the text says so; "rich header" alone where it is tied to nobody that the knowledge holds.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.evidence.findings import Finding, Follow
from weigh.evidence.layout import Layout
from weigh.evidence.phrases import Phrases
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.naming import name_key
from weigh.records import Kind, Span

POINTS_TO, FORGED = " points to ", ", forged"
TIED, HEDGED, UNTIED = 0.85, 0.55, 0.7
"""Chance that a trace and whom it points at were read rightly and are so: plainly said, said with "may", tied
to nobody. Our own reading of reports; a hedged tie is worth little more than nothing."""
NO_ACTOR = "the sentence ties it to no actor that the knowledge holds: a circumstance, shown and not weighed"
SUSPECTED = "a suspicion of false evidence that no artefact is named for: shown, not weighed"
COMPARED = "is named as what a trace looks like, not as something used here"
DENIED = "the sentence says that it does not point there"
FALSE_FLAG = "false flag"

CUES = (
    *(
        "rich header",
        "rich headers",
        "rich-header",
        "routine",
        "routines",
        "key generation",
        "algorithm",
        "scheme",
    ),
    *(
        "mutex",
        "mutexes",
        "pdb",
        "debug path",
        "build path",
        "language",
        "keyboard layout",
        "compile",
        "compilation",
    ),
    *(
        "timestamp",
        "timestamps",
        "time stamp",
        "working hours",
        "time zone",
        "file name",
        "file names",
        "filename",
    ),
    *(
        "filenames",
        "code",
        "linguistic",
        "false flag",
        "false flags",
        "false-flag",
        "wiper",
        "forged",
        "header",
    ),
    *("encryption", "decryption", "key derivation", "strings in", "string in", "comments in", "text in"),
)
"""Words without which no sentence is looked at, folded."""

_TIE = re.compile(
    r"\b(?:match(?:es|ed|ing)?|identical(?:ly)?|similar(?:ly)?|akin|same|points?|pointed|pointing|resembl\w+|consistent|associated"
    r"|attributed|linked|links?|overlap\w*|share[sd]?|sharing|similarit\w+|common|cop(?:y|ied|ies)|lifted|borrowed|re-?us(?:es|ed?|ing)"
    r"|belong\w*|typical|characteristic|reminiscent|style|corresponds?|traced|imitat\w+|mimic\w*)\b",
    re.IGNORECASE,
)
_OPENLY = re.compile(r"code (?:overlap|reuse|similarit|sharing)|rich", re.IGNORECASE)
_TO = re.compile(
    r"(?:to|with|at|by|in|of|from|for|as|between|like|resembl\w+|match(?:es|ed|ing)?|shares?)"
    r"(?:\s(?:that|those|the|one|ones|a|an|code|samples?|tools?|malware|earlier|older|known|other|found|seen|used|in|of|by|from|with"
    r"|group|actor|both|its|files?|headers?|wiper|backdoor|trojan|worm|ransomware|implants?|family|cluster)){0,7}\s[\"\u201c'\u2018]?\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:,? (?:and|or|also|as) |, ?| ?/ ?| ?\((?:aka |also known as )?)\Z")
_OWNED = re.compile(r"(?:'s|\u2019s|s'|s\u2019)?\s(?:\w+\s){0,2}\Z")
_NOT = re.compile(
    r"\b(?:no|not|never|without|neither|nor|unlike|unrelated|differs?|different|cannot|lacks?)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|potential(?:ly)?|appears?|seems?|seemingly|suggest\w*|probably|likely|suspected|apparently)\b",
    re.IGNORECASE,
)
_FORGED = re.compile(
    r"\b(?:forged|forgery|forgeries|false[ -]flags?|faked|fabricated|falsified|spoofed|planted"
    r"|(?:deliberately|intentionally|purposely|purposefully) (?:\w+ )?(?:copied|inserted|placed|added|left"
    r"|imitated|mimicked))\b",
    re.IGNORECASE,
)
_NOT_FORGED = re.compile(
    r"\b(?:no|not|never|un|without|hardly)\b(?:\s\w+){0,4}\s\Z|n['\u2019]t\s(?:\w+\s){0,3}\Z", re.IGNORECASE
)
_FALSE_FLAG = re.compile(r"\bfalse[ -]flags?\b", re.IGNORECASE)
_HEADER = re.compile(r"\bheaders?\b", re.IGNORECASE)
_REACH, _GAP, _BEFORE = 140, 90, 30


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance that the actor pointed at leaves such a trace, and that anybody else does, each in (0,
    1)."""

    hit: float
    background: float


@dataclass(frozen=True, slots=True)
class Trace:
    """What an artefact's value says: its sort, the id that it points to (empty for nobody), whether it was
    forged."""

    sort: str
    target: str = ""
    forged: bool = False

    @property
    def value(self) -> str:
        """The value of the observation."""
        return (
            self.sort
            + (POINTS_TO + self.target if self.target != "" else "")
            + (FORGED if self.forged else "")
        )


def parsed(value: str) -> Trace | None:
    """The trace that a value says, None for what is none. A target is taken as it is written."""
    rest = value.strip()
    forged = rest.endswith(FORGED)
    rest = rest.removesuffix(FORGED)
    sort, _, target = rest.partition(POINTS_TO)
    sort = sort.strip().lower()
    return Trace(sort, target.strip(), forged) if sort in sorts() or sort == FALSE_FLAG else None


def chances(sort: str) -> Chances | None:
    """The chances of one sort of trace, None for a sort that the table does not have."""
    row = _table().get(sort)
    return None if row is None else Chances(float(row["hit"]), float(row["background"]))


def sorts() -> tuple[str, ...]:
    """Every sort of trace that can point at somebody."""
    return tuple(_table())


def prepare(catalogue: Catalogue) -> Follow:
    """A reader of traces, which needs the names that were found in the document."""
    phrases = Phrases(dict.fromkeys(CUES, "trace"))
    headlines = {(item.id, name_key(item.name)) for item in catalogue.actors}
    headlines |= {(item.id, name_key(item.name)) for item in catalogue.software}

    def follow(layout: Layout, found: Sequence[Finding]) -> Iterator[Finding]:
        asked = dict.fromkeys(layout.sentence_at(hit.span) for hit in phrases.find(layout.squeezed))
        if len(asked) == 0:
            return
        names = _by_sentence(layout, found, headlines)
        told: dict[str, dict[str, None]] = {}
        own: list[Finding] = []
        for sentence in asked:
            own.extend(_of_sentence(layout.text, sentence, names.get(sentence, []), told))
        later: list[Finding] = []
        for sentence in asked if len(told) > 0 else ():
            later.extend(_forged_later(layout.text, sentence, names.get(sentence, []), told))
        places = {finding.span for finding in later}
        kept = [finding for finding in own if finding.span not in places]
        yield from sorted([*kept, *later], key=lambda finding: finding.span)

    return follow


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


def _of_sentence(
    text: str, sentence: Span, names: Sequence[Finding], told: dict[str, dict[str, None]]
) -> Iterator[Finding]:
    """The traces of a sentence; those that point somewhere are added to `told`, sort -> targets."""
    done: set[str] = set()
    flagged = list(_FALSE_FLAG.finditer(text, sentence.start, sentence.end))
    for match in _words().finditer(text, sentence.start, sentence.end):
        sort = _sort(match)
        if sort in done:
            continue
        targets = _targets(text, sentence, Span(*match.span()), names)
        forged = _is_forged(text, sentence, Span(*match.span()))
        if len(targets) > 0:
            done.add(sort)
            told.setdefault(sort, {}).update(dict.fromkeys(target.value for target in targets))
            yield from _pointing(text, sentence, Span(*match.span()), Trace(sort, forged=forged), targets)
        elif forged or _OPENLY.match(match.group()) is not None:
            done.add(sort)
            why = f"\u201c{match.group()}\u201d" + (", said to be forged" if forged else "")
            trace = Trace(sort, forged=forged)
            yield Finding(
                Span(*match.span()),
                Kind.ARTEFACT,
                trace.value,
                UNTIED,
                why,
                _forging(sort),
                sort,
                set_aside=NO_ACTOR,
            )
    for match in flagged if len(done) == 0 else ():
        why = f"\u201c{match.group()}\u201d"
        yield Finding(
            Span(*match.span()),
            Kind.ARTEFACT,
            FALSE_FLAG,
            UNTIED,
            why,
            "name",
            FALSE_FLAG,
            set_aside=SUSPECTED,
        )


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
            _forging(trace.sort),
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
        tied = _TIE.search(text, max(span.start - _BEFORE, sentence.start), name.span.start)
        if tied is not None and ";" not in before and _TO.search(before) is not None:
            kept.append(name)
    if len(kept) == 0:
        kept = _owners(text, span, names)
    actors = [name for name in kept if name.kind is Kind.ACTOR]
    unique = {name.value: name for name in reversed(actors or kept)}
    return sorted(unique.values(), key=lambda name: (name.span, name.value))


def _owners(text: str, span: Span, names: Sequence[Finding]) -> list[Finding]:
    """The bearer of a name right before a trace that was copied: "copied Slate Heron's Rich header"."""
    first = bisect_left(names, span.start - 2 * _GAP, key=_start)
    near = [
        name
        for name in names[first : bisect_left(names, span.start, key=_start)]
        if 0 <= span.start - name.span.end <= 24
    ]
    return [
        name
        for name in near
        if (_OWNED.fullmatch(text[name.span.end : span.start]) is not None)
        and re.search(
            r"\b(?:copied|same|identical|match\w*|reus\w+|borrowed|lifted|resembl\w+|imitat\w+|mimic\w*)\b.{0,30}\Z",
            text[max(name.span.start - 60, 0) : name.span.start],
            re.IGNORECASE | re.DOTALL,
        )
    ]


def _is_forged(text: str, sentence: Span, span: Span) -> bool:
    """Whether the sentence says plainly that the trace was planted; not where it says so with "may"."""
    for match in _FORGED.finditer(
        text, max(sentence.start, span.start - _GAP), min(sentence.end, span.end + 2 * _REACH)
    ):
        before = text[max(sentence.start, match.start() - 40) : match.start()]
        if _NOT_FORGED.search(before) is None and _MAY.search(before) is None:
            return True
    return False


def _forged_later(
    text: str, sentence: Span, names: Sequence[Finding], told: dict[str, dict[str, None]]
) -> Iterator[Finding]:
    """A sentence that calls a trace forged of which another sentence said whose it looks like."""
    found = [
        (_sort(match), Span(*match.span())) for match in _words().finditer(text, sentence.start, sentence.end)
    ]
    if len(found) == 0 and "rich header" in told:
        found = [
            ("rich header", Span(*match.span()))
            for match in _HEADER.finditer(text, sentence.start, sentence.end)
        ]
    for sort, span in found[:1]:
        if len(_targets(text, sentence, span, names)) > 0 or not _is_forged(text, sentence, span):
            continue
        for target in told.get(sort, {}):
            trace = Trace(sort, target, forged=True)
            why = f"\u201c{span.of(text)}\u201d is said to be forged, and to point to {target} elsewhere"
            yield Finding(span, Kind.ARTEFACT, trace.value, TIED, why, _forging(sort), sort)


def _forging(sort: str) -> str:
    return str(_table()[sort].get("forging", sort))


def _sort(match: re.Match[str]) -> str:
    return sorts()[int(str(match.lastgroup)[1:])]


@cache
def _table() -> dict[str, dict[str, str | float]]:
    table: dict[str, dict[str, str | float]] = tomllib.loads(
        files("weigh.evidence").joinpath("traces.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def _words() -> re.Pattern[str]:
    """The words of every sort; a sort's own name counts where "points to" follows, as in a value."""
    named = (
        rf"(?P<s{number}>{row['words']}|\b{sort}(?= points to\b))"
        for number, (sort, row) in enumerate(_table().items())
    )
    return re.compile("|".join(named), re.IGNORECASE)
