"""What lures were about: the topics with which people were made to open, click or answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weigh.evidence.findings import Finding
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.records import Kind, Span

LURE = "lure"
CUES = (
    *("lure", "decoy", "themed", "phishing", "spearphishing", "spear-phishing", "bait", "theme", "pretext"),
    *("malspam", "malicious email", "malicious document", "malicious attachment", "malicious message"),
)
"""Words without which no sentence is looked at, folded."""

READ = 0.8

_BAIT = (
    r"(?:(?:lure|decoy|bait|phishing|spear-?phishing|spearphishing|spear phishing|malicious|malspam)"
    r"\s(?:e-?mails?|emails?|documents?|messages?|attachments?|files?|pages?|websites?|PDFs?|campaigns?|content|themes?)"
    r"|lures?|decoys?)"
)
_ABOUT = (
    r"(?:about|themed\s(?:around|as|on|after)|that\sreferenc(?:e|ed)|referenc(?:e|es|ed|ing)|relat(?:ed|ing)\sto|regarding|concerning"
    r"|focus(?:ed|ing)?\son|purport(?:ed|ing|s)?\sto\sbe(?:\sfrom|\sabout)?|pretend(?:ed|ing)?\sto\sbe(?:\sfrom|\sabout)?"
    r"|masquerad(?:ed|ing)\sas|disguised\sas|impersonat(?:ed|ing)|posing\sas|mentioning|on\sthe\s(?:topic|subject)\sof"
    r"|with\s(?:a|the)\s(?:theme|subject|topic)\sof|based\son|typically\sfocus\son)"
)
_LIKE = r"(?:lures?|themes|decoys)\s(?:such\sas|including|like)"
_TOPIC = r"(?P<topic>[\w\u2018\u2019'\"\u201c\u201d(][^.,;:()\n\[\]]{2,90})"
_AFTER = re.compile(rf"\b(?:{_BAIT}\s(?:\w+\s){{0,2}}?{_ABOUT}|{_LIKE})\s{_TOPIC}", re.IGNORECASE)
_THEMED = re.compile(
    r"(?<![\w-])(?P<topic>(?:(?:[A-Z][\w\u2019'&-]{0,30}|COVID-19|[a-z][a-z\u2019'-]{1,24}/[a-z]{2,24})\s){0,2}[\w&/\u2019'][\w&/\u2019'.]{0,30}(?:-\d{2})?)"
    r"[ -]themed\s(?:\w+\s){0,2}?(?:lures?|decoys?|phish\w*|spear\w*|e-?mails?|documents?|messages?"
    r"|attachments?|campaigns?|malspam)",
)
_AS = re.compile(
    r"\b(?:us(?:e|ed|es|ing)|leverag(?:e|ed|ing)|with|exploit(?:ed|ing))\s(?P<topic>(?!as\b)[^.,;:()\n\[\]]{3,70}?)\sas\s(?:an?|the|their|its)\s(?:\w+\s)?(?:lures?|decoys?|bait|theme|pretext)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s(?:to|that|which|who|and\s(?:then|were|was|sent|used|contain\w*|deliver\w*|attempt\w*|the\s(?:attack|actor|threat|victim|malware))|in\s(?:an?\s)?(?:order|attempts?|an\sattempt|emails?|phish\w+|spear\w+)|with\s(?:a\s|an\s|the\s)?(?:malicious|link\w*|attach\w*)"
    r"|contain\w+|were|was|is|are|have|had|has|by|when|while|as|sent|deliver\w+|leading|for|via|using|target\w+|from\s(?:an?|the)\s(?:compromised|spoofed))\s",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:an?|the|typical|some)\s", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:(?:an?|the|this|that|these|those|it|them|such|his|her|their|its|similar(?:ly)?|other|legitimate|known|various|different|several)\b\s?){0,3}(?:ones?|documents?|files?|emails?|e-mails?|links?|attachments?|lures?|messages?|organi[sz]ations?|topics?|websites?|pages?|themes?|techniques?|methods?|services?|software|applications?|content)?\Z",
    re.IGNORECASE,
)
_LONGEST = 60


def read(layout: Layout, sentence: Span) -> Iterator[Finding]:
    """The topics of lures in one sentence that speaks of them."""
    for pattern in (_AFTER, _THEMED, _AS):
        for match in pattern.finditer(layout.text, sentence.start, sentence.end):
            span = _topic(layout.text, Span(*match.span("topic")))
            if span is None or layout.sighting_at(span) is not None:
                continue
            value = " ".join(fold(span.of(layout.text)).split()).strip(" '\"\u201c\u201d\u2018\u2019*_")
            why = f"\u201c{' '.join(match.group().split())[:100]}\u201d"
            yield Finding(span, Kind.CIRCUMSTANCE, value, READ, why, LURE, LURE)


def _topic(text: str, span: Span) -> Span | None:
    """The topic without what the sentence goes on to say; None for one that says nothing."""
    article = _ARTICLE.match(text, span.start, span.end)
    span = span if article is None else Span(article.end(), span.end)
    end = _ENDS.search(text, span.start, min(span.end + 1, len(text)))
    stop = span.end if end is None else end.start()
    words = text[span.start : stop].rstrip()
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rpartition(" ")[0]
    if len(words) < 3 or _EMPTY.fullmatch(words) is not None:
        return None
    return Span(span.start, span.start + len(words))
