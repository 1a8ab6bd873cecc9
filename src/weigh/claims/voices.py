"""Whose words a stretch of text is: the source's own, a name at the head of a line, or a quotation.

A transcript says who speaks by labels ("MS. DOE:", "赵某：", "Q"), a press release by quotations with
"said" after them. Everything else is the voice of the document's source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from weigh.claims.listed import Form, outlets
from weigh.claims.parties import Mention, Mentions
from weigh.claims.verbs import verb_words
from weigh.evidence.countries import states
from weigh.evidence.layout import Layout
from weigh.records import Party, Span

JOURNALIST = Party("journalist", "a journalist")
"""Who asks in a transcript where only "Q" or "Question" says so."""

_LABEL = re.compile(
    r"^[ \t]*(?:(?P<question>Q(?=\s+[A-Z])|Q(?:uestion)?(?=:\s)|QUESTION(?=:\s)|问(?=[:：]))"
    r"|(?P<answer>A(?:nswer)?(?=:\s)|ANSWER(?=:\s)|答(?=[:：]))"
    r"|(?P<label>(?:[A-Z][A-Z.'’()-]{1,20} ?){1,5}|[\u4e00-\u9fff《》]{2,18}"
    r"|[A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,5})\s?[:：]\s{0,4})",
    re.MULTILINE,
)
_ASKING = re.compile(
    r"(?P<outlet>.*?)(?:记者|提问|(?:^|(?<=\s))(?:Reporter|Journalist|Correspondent|REPORTER|JOURNALIST|PRESS))\Z"
)
_SAID = (
    "(?:said|says|stated|added|noted|wrote|declared|commented|alleged|claimed|insisted|argued|warned|posted|tweeted"
    "|remarked|replied|responded|explained|concluded|charged|maintained|observed|continued|stressed|emphasi[sz]ed"
    "|acknowledged|admitted|conceded|recalled|asserted|countered|retorted|cautioned|suggested|quipped|joked|fumed)"
)
_QUOTED = re.compile(
    r"[“\"](?P<quote>[^“”\"\n]{20,1500}?)[,.?!]?[”\"]\s?,?\s?"
    rf"(?:{_SAID}|told reporters)\s"
    r"(?P<who>(?:[^.\n“”\"]|(?<=\b[A-Z])\.){3,200})"
)
_BEFORE = re.compile(
    rf"\s(?:{_SAID}|told\s[^.\n“”\":]{{3,60}})"
    r"(?:\s[^.\n“”\":]{2,60})?[:,]\s?[“\"](?P<quote>[^“”\"\n]{20,1500}?)[”\"]"
)
_WHO = re.compile(r"[^.\n“”\":]{3,160}\Z")
_AFTER = re.compile(
    r"[“\"](?P<quote>[^“”\"\n]{20,1500}?)[,.?!]?[”\"],?\s(?P<who>[^.\n“”\",;]{2,100}?(?:,[^.\n“”\";]{3,80},)?)\s"
    rf"(?:{_SAID}|told)\b"
)
_QUOTATION = re.compile(r"[“\"][^“”\"\n]{20,1500}(?:[”\"]|$)")
_PERSON = re.compile(r"[A-Z][\w’'-]+ (?:[A-Z]\. |[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+")
_AGAIN = re.compile(r"(?i)he|she")
_SURNAME = re.compile(r"\s(?P<name>[A-Z][\w’'-]+)(?=[,.\s]|\Z)")
_ROLE = re.compile(
    r"(?i)(?:(?:the |foreign |official |ministry |press |government |department |embassy )*"
    r"(?:spokes(?:man|woman|person)|moderator|ministry|minister|briefer|official)|(?:外交部|国防部|国台办|部|办)?(?:新闻)?发言人)"
)
TITLE = re.compile(
    r"\b(?:attorney|minister|secretary|director|president|spokes\w+|ambassador|commissioner|chancellor|governor"
    r"|agent|officer|general|advis[eo]r|official|senator|chief|chair\w*|(?<=\bin )charge)\b",
    re.IGNORECASE,
)


_TOLD = re.compile(
    rf",\s(?P<who>(?!(?:which|who|that|and|but|while|as|where|when)\s)[^.,;:()“”\"\n]{{3,90}}?)\s"
    rf"(?:(?:has|have|had|later|also)\s)?(?:{verb_words()['say_past']}|(?:{_SAID}|told|revealed|disclosed)\b)(?:\s[^,;:“”\"\n]{{0,60}})?[.!]?\s*\Z"
)
_SERVING = re.compile(r",? (?:of|with|from|at|for) (?:the )?")
_OF_A_STATE = (Form.STATE, Form.BODY, Form.ADJECTIVE)
_ENDS = frozenset('.!?”"')
_NEAR = 2000
_LAST = 800
"""Characters that the last exchange of a transcript is taken to have."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, through whom (outermost first), whether a journalist only asks, or a person is quoted."""

    speakers: tuple[Party, ...]
    via: tuple[Party, ...] = ()
    asks: bool = False
    personal: bool = False

    @property
    def root(self) -> str:
        """The state, or else the name, that the first speaker stands for; empty without one."""
        return self.speakers[0].root if len(self.speakers) > 0 else ""

    def quoting(self, speakers: Sequence[Party]) -> Voice:
        """The voice of those whom this one quotes; its own when it speaks of itself by its own name."""
        told = tuple(dict.fromkeys(speakers))
        if (
            len(told) > 0
            and len(self.speakers) > 0
            and all(party.key in (self.root, self.speakers[0].key) for party in told)
        ):
            return self
        return Voice(told, tuple(dict.fromkeys((*self.via, *self.speakers))))


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice at every place: the source's, after a label the label's, in a quotation the quoted."""

    own: Voice
    labels: tuple[tuple[int, Voice], ...]
    quotations: tuple[tuple[Span, Voice], ...]
    told: tuple[tuple[Span, Voice], ...] = ()
    """Sentences that end in who said them, up to there: "Norland did it, the minister told reporters"."""
    asked: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", tuple(start for start, voice in self.labels if voice.asks))

    def at(self, place: int) -> Voice:
        """The voice in which the character at a place is said."""
        at = bisect_right(self.quotations, place, key=lambda item: item[0].start) - 1
        if at >= 0 and place < self.quotations[at][0].end:
            return self.quotations[at][1]
        number = bisect_right(self.labels, place, key=lambda item: item[0]) - 1
        return self.labels[number][1] if number >= 0 else self.own

    def of_sentence(self, place: int) -> Voice:
        """The voice of a sentence that begins at a place: of whom it names at its end as having said it."""
        voice = self.at(place)
        at = bisect_right(self.told, place, key=lambda item: item[0].start) - 1
        is_told = at >= 0 and place < self.told[at][0].end and not voice.personal
        return voice.quoting(self.told[at][1].speakers) if is_told else voice

    @property
    def has_questions(self) -> bool:
        """Whether somebody asks in the text, as in a transcript, where each exchange has its own topic."""
        return any(voice.asks for _, voice in self.labels)

    def exchange(self, place: int) -> Span | None:
        """From the question before a place to the next question; None where nobody asks before it."""
        asked = self.asked  # gathered once: a transcript has as many questions as sentences
        number = bisect_right(asked, place) - 1
        if number < 0:
            return None
        return Span(asked[number], asked[number + 1] if number + 1 < len(asked) else asked[number] + _LAST)

    def quoted_in(self, span: Span) -> Iterator[Span]:
        """The quotations, each with a speaker of its own, that share characters with a span."""
        at = max(bisect_right(self.quotations, span.start, key=lambda item: item[0].start) - 1, 0)
        while at < len(self.quotations) and self.quotations[at][0].start < span.end:
            if self.quotations[at][0].overlaps(span):
                yield self.quotations[at][0]
            at += 1


def hear(layout: Layout, mentions: Mentions, issuers: Sequence[Party], home: str = "") -> Voices:
    """The voices of a document that these parties issued, none where nobody says who wrote it.

    `home` is the state whose ministers are meant where none is named.
    """
    own = Voice(tuple(issuers))
    labels = tuple(_labels(layout.text, own, mentions))
    quoted = _quotations(layout.text, mentions, Voices(own, labels, ()), home)
    ordered: list[tuple[Span, Voice]] = []
    for span, voice in sorted(quoted, key=lambda item: (item[0].start, -item[0].end)):
        if len(ordered) == 0 or span.start >= ordered[-1][0].end:
            ordered.append((span, voice))
    return Voices(own, labels, tuple(ordered), tuple(_told(layout, mentions, own, home)))


def _told(layout: Layout, mentions: Mentions, own: Voice, home: str) -> Iterator[tuple[Span, Voice]]:
    """The part of each sentence after which somebody who is known is named as having said it.

    An outlet at the end may only pass on what another says before.
    """
    for sentence in layout.sentences:
        match = _TOLD.search(layout.text, sentence.start, sentence.end)
        if match is None or _QUOTATION.search(layout.text, sentence.start, match.start()) is not None:
            continue
        inside = mentions.within(Span(*match.span("who")))
        if len(inside) == 0 or inside[0].party.name in outlets() or inside[0].form is Form.ACTOR:
            continue
        speaker = _speaker(match["who"], match.start("who"), mentions, own, home)
        if speaker is not None:
            yield Span(sentence.start, match.start()), Voice((speaker,))


def _labels(text: str, own: Voice, mentions: Mentions) -> Iterator[tuple[int, Voice]]:
    """Labels of a transcript: names that stand at the head of lines at least twice, or ask."""
    found = list(_LABEL.finditer(text))
    names = Counter(match["label"].strip() for match in found if match["label"] is not None)
    asked = any(_ASKING.match(name) is not None for name in names)
    asked = asked or any(match["question"] is not None for match in found)
    for match in found:
        if match["question"] is not None:
            yield match.start(), _asking(JOURNALIST, own)
            continue
        if match["answer"] is not None:
            yield match.start(), own
            continue
        label = match["label"].strip()
        asking = _ASKING.match(label)
        if asking is not None:
            yield match.start(), _asking(_outlet(asking["outlet"].strip("《》"), match, mentions), own)
        elif _ROLE.fullmatch(label) is not None:
            yield match.start(), own
        elif (names[label] > 1 and (asked or label.isupper())) or (asked and _is_speaking(label)):
            yield (
                match.start(),
                Voice((_of(label.title() if label.isupper() else label, own),), personal=True),
            )


def _is_speaking(label: str) -> bool:
    """Whether a label that stands only once is a name: in Chinese, or of two words and more."""
    return not label.isascii() or (_PERSON.fullmatch(label) is not None)


def _outlet(name: str, label: re.Match[str], mentions: Mentions) -> Party:
    """Whom a journalist writes for: a reporter that is known, or the name as it stands."""
    for mention in mentions.within(Span(*label.span())):
        if mention.form is Form.REPORTER:
            return mention.party
    return Party(name, name, name) if name != "" else JOURNALIST


def _asking(outlet: Party, own: Voice) -> Voice:
    """A question at somebody's press conference comes to us through the host's transcript."""
    return Voice((outlet,), own.speakers, asks=True)


def _of(name: str, own: Voice) -> Party:
    """A person who speaks for the source: the key keeps the source's state or name as its root."""
    return Party(f"{own.root}/{name}" if own.root else name, name, name)


def _quotations(text: str, mentions: Mentions, heard: Voices, home: str) -> Iterator[tuple[Span, Voice]]:
    """Quotations with a speaker, and those that go on in the same paragraph."""
    people: dict[str, Party] = {}
    last: Party | None = None
    for match, who in sorted(_quoted(text), key=lambda item: item[1].start):
        if match["quote"][0].islower():
            continue
        outer = heard.at(who.start)
        words = who.of(text).strip()
        speaker = _speaker(words, who.start, mentions, outer, home) or people.get(words)
        speaker = speaker or (last if _AGAIN.fullmatch(words) is not None else None)
        if speaker is None:
            continue
        people[speaker.name.split()[-1]] = last = speaker
        voice = Voice((speaker,), outer.speakers if speaker.root != outer.root else (), personal=True)
        yield Span(*match.span("quote")), voice
        end = text.find("\n", match.end())
        for more in _QUOTATION.finditer(text, match.end(), len(text) if end < 0 else end):
            if text[max(0, more.start() - 3) : more.start()].rstrip()[-1:] in _ENDS:
                yield Span(*more.span()), voice


def _quoted(text: str) -> Iterator[tuple[re.Match[str], Span]]:
    """Every quotation whose speaker is named beside it, with where that is."""
    for pattern in (_QUOTED, _AFTER):
        for match in pattern.finditer(text):
            yield match, Span(*match.span("who"))
    for match in _BEFORE.finditer(text):
        who = _WHO.search(text, max(0, match.start() - 160), match.start())
        if who is not None:
            yield match, Span(*who.span())


def _last_state(place: int, mentions: Mentions) -> str:
    """The state of whom an outlet speaks: the first that it names not far before a minister without one."""
    before = mentions.within(Span(max(0, place - _NEAR), max(place, 1)))
    named = [item.party.root for item in before if item.form in (Form.STATE, Form.ADJECTIVE)]
    return named[0] if len(named) > 0 else ""


def _after(words: str, person: re.Match[str], start: int, mentions: Mentions) -> Mention | None:
    """The body for which a person speaks, where it is named right after: "Ann Doe of the MOP"."""
    link = _SERVING.match(words, person.end())
    if link is None:
        return None
    named = mentions.within(Span(start + link.end(), start + link.end() + 1))
    return next((item for item in named if item.form in _OF_A_STATE), None)


def _is_of_a_state(person: re.Match[str], start: int, mentions: Mentions) -> bool:
    """Whether what looks like a person's name is in truth that of a state or a body: "United Norland"."""
    named = mentions.within(Span(start + person.start(), start + person.end()))
    return any(item.form in _OF_A_STATE or item.form is Form.ALLIANCE for item in named)


def _speaker(words: str, start: int, mentions: Mentions, outer: Voice, home: str) -> Party | None:
    """Whom the words after "said" name: a person, or a body that speaks; None for neither."""
    titles = list(TITLE.finditer(words))
    after = titles[-1].end() if len(titles) > 0 else 0
    person = _PERSON.search(words, after) or (_PERSON.search(words) if after == 0 else None)
    person = person or (_SURNAME.match(words, after) if after > 0 else None)
    if person is not None and _is_of_a_state(person, start, mentions):
        person = None
    upto = start + (person.start() if person is not None else len(words))
    inside = [item for item in mentions.within(Span(start, upto)) if item.span.end <= upto]
    if person is None:
        return inside[0].party if len(inside) > 0 else None
    rooted = next((item for item in inside if item.form in _OF_A_STATE), None)
    rooted = rooted or _after(words, person, start, mentions)
    official = ""
    if len(titles) > 0:
        told = _last_state(start, mentions) if outer.root != "" else ""
        official = outer.root if outer.root in states() else home or told
    root = rooted.party.root if rooted is not None else official
    name = person.group().strip()
    return Party(f"{root}/{name}" if root else name, name, name)
