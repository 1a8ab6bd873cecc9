"""What the head of a text says of it: its dateline, whose letter it is, and from which state it speaks.

Where nobody says what the source is, a letterhead or a dateline does. The state of the place and outlet is
the one whose "officials", "police" and "ministry" a report means when it names no other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from weigh.claims.listed import Form
from weigh.claims.parties import Mention, Mentions
from weigh.evidence.countries import states
from weigh.records import Party, Span

HEAD = 600
"""Characters at the beginning of a text in which a letterhead and a dateline are looked for."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3}"
    r"(?:, [A-Z][A-Za-z.'’-]+(?: [A-Z][a-z]+){0,2})??)"
    rf"(?:, (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)?"
    r"(?: ?[(\[](?P<outlet>[A-Z][^()\n]{1,30})[)\]](?:\s?[-–—:.]+)?|\s?[-–—]{1,2}|(?<=\d)\.)\s+(?=\S)"
    r"|^(?P<agency>[\u4e00-\u9fff]{2,8}?)(?P<from>[\u4e00-\u9fff]{1,8})?(?:20\d\d年)?\d{1,2}月\d{1,2}日[电讯][\s：:，]*",
    re.MULTILINE,
)
_LETTER = re.compile(
    r"(?i)for immediate release|press (?:release|statement|briefing|conference|note)|statement (?:by|of|from)"
    r"|spokes(?:man|woman|person)|office of (?:public affairs|communications)|readout|communiqu|advisory"
    r"|记者会|发言人|答记者问|通报|声明|公告"
)


_WRITTEN_BY = re.compile(
    r"(?i)\b(?:written|authored|co-?authored|issued|published|prepared|released) by (?:the )?"
)
_SENTENCE = re.compile(r"[.!?。！？;；]\s*\Z|[a-z]{3}[.!?] [A-Z]")
_LONGEST_LINE, _SIGNED = 100, 6000
"""Characters of a line at the head, and those at the beginning in which a text says who wrote it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The source that a head names, the state at home, and where the dateline stands."""

    source: Party | None
    home: str
    dateline: Span | None

    def begins(self, sentence: Span) -> int:
        """Where what a sentence says begins: after a dateline at its head."""
        after = 0 if self.dateline is None else self.dateline.end
        return max(sentence.start, after) if after < sentence.end else sentence.start


NO_HEADING = Heading(None, "", None)
"""The head of a text that tells nothing."""


def heading(text: str, mentions: Mentions, source: Party | None, ours: re.Pattern[str]) -> Heading:
    """What the head of a text tells; `source` is who is known to have written it, None where nobody says.

    `ours` are words after the name of a state by which a text speaks for it.
    """
    line = _dateline(text, mentions)
    written = source or _outlet(line, mentions) or _letterhead(text, mentions)
    home = written.root if written is not None and written.root in states() else ""
    if home == "" and line is not None:
        home = _place(line, mentions)
    if home == "" and written is not None and written.key.startswith("/"):
        home = _spoken_for(text, mentions, ours)
    if written is not None and written.key.startswith("/") and home != "":
        written = replace(written, key=home + written.key)
    return Heading(written, home, None if line is None else Span(*line.span()))


def _dateline(text: str, mentions: Mentions) -> re.Match[str] | None:
    """The first dateline: its place is of a known state, or its outlet is known."""
    for match in _DATELINE.finditer(text, 0, HEAD):
        if _place(match, mentions) != "" or _outlet(match, mentions) is not None or _is_wired(match):
            return match
    return None


def _is_wired(line: re.Match[str]) -> bool:
    """Whether a line of no known place or agency looks like an agency's: "ROCKPORT (NNA)"."""
    return line["outlet"] is not None and line["place"].isupper()


def _place(line: re.Match[str], mentions: Mentions) -> str:
    inside = mentions.within(Span(*line.span()))
    return next((item.party.root for item in inside if item.form is Form.STATE), "")


def _outlet(line: re.Match[str] | None, mentions: Mentions) -> Party | None:
    """The agency that a dateline names: "(Reuters)"."""
    if line is None:
        return None
    inside = mentions.within(Span(*line.span()))
    return next((replace(item.party, words="") for item in inside if item.form is Form.REPORTER), None)


def _letterhead(text: str, mentions: Mentions) -> Party | None:
    """The first body of the lines above the first sentence, where the head announces a release or a briefing;
    else one by which the text says that it was written."""
    end = min(len(text), HEAD // 2)
    found: Mention | None = None
    if _LETTER.search(text, 0, end) is not None:
        inside = mentions.within(Span(0, end))
        found = next((one for one in inside if one.form is Form.BODY and _is_heading(text, one.span)), None)
    if found is None:
        ends = [match.end() for match in _WRITTEN_BY.finditer(text, 0, _SIGNED)]
        bodies = (one for place in ends for one in mentions.within(Span(place, place + 1)))
        found = next((one for one in bodies if one.form in (Form.BODY, Form.REPORTER)), None)
    return None if found is None else replace(found.party, words="")


def _is_heading(text: str, place: Span) -> bool:
    """Whether a place stands in a line of its own that is no sentence."""
    start = text.rfind("\n", 0, place.start) + 1
    line = text[start:].partition("\n")[0].strip()
    return len(line) <= _LONGEST_LINE and _SENTENCE.search(line) is None


def _spoken_for(text: str, mentions: Mentions, ours: re.Pattern[str]) -> str:
    """The state for which a text speaks most often, else the one that it names most."""
    named = [item for item in mentions.items if item.party.root in states()]
    spoken = Counter(item.party.root for item in named if ours.match(text, item.span.end) is not None)
    counts = spoken or Counter(item.party.root for item in named if item.form is Form.STATE)
    return counts.most_common(1)[0][0] if len(counts) > 0 else ""


def without(mentions: Mentions, span: Span | None) -> Mentions:
    """The mentions, none of which stands in a dateline: a place there neither speaks nor acts."""
    if span is None:
        return mentions
    return Mentions(tuple(item for item in mentions.items if not item.span.overlaps(span)))
