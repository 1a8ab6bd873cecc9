"""Who is named in a text: states, their bodies, alliances, actors, and those who report.

Every state is treated alike: its ISO names, a line of adjectives and seats of government, and bodies
that are recognised by their form. The document's own definitions ("the Ministry of Ports (MOP)") come first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from weigh.claims import offices
from weigh.claims.listed import Form, listed_names, outlets
from weigh.claims.namesakes import namesakes
from weigh.evidence import names
from weigh.evidence.findings import Extract
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.phrases import Hit, Phrases
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.naming import name_key, own_names
from weigh.records import Kind, Party, Span

ACTOR_READ = 0.5
"""Chance of a name's being read rightly from which on an actor is taken to be named."""

_GALAXY = "misp:"
_KINDS = (
    "Ministry|Department|Agency|Directorate|Bureau|Cent(?:re|er)|Service|Command|Office|Council|Corps|Board|Authority"
    "|Commission|Committee|Institute|Police|Administration|Response Team|Task Force|Division"
    "|Branch|Secretariat|Headquarters|Parliament"
)
_BODY = re.compile(
    rf"\b(?:(?:[A-Z][\w-]+ (?:and |& )?){{0,5}}(?:{_KINDS})"
    r"(?: (?:of|for) (?:the )?[A-Z][\w-]+(?:,? (?:and |of |for |the |& ){0,2}[A-Z][\w-]+){0,5})"
    rf"|(?:[A-Z][\w-]+ (?:and |& )?){{1,5}}(?:{_KINDS})|Unit \d{{4,6}})(?![\w-])"
)
_KIND = re.compile(rf"\b(?:{_KINDS})\b")
_DEFINED = re.compile(
    r"(?:[’']s)?\s?\((?:the\s|hereinafter\s)?[\"“”']?(?P<short>[A-Z][A-Za-z&-]{1,9})[\"“”']?\)"
)
_ABBREVIATED = 3
_OWNS = re.compile(r"(?:[’']s?)?\s+\Z")
_SAMPLE, _TELLING, _CAPITALS = 4000, 100, 0.002
_LONGER = re.compile(
    r" (?!(?:Groups?|Teams?|Gang|Hackers?|APT|Ransomware|Crew|Actors?|Operators?|Malware|Collective)\b)"
    r"[A-Z][a-z]+"
)
"""What makes an ordinary word with a capital a part of another name: "Copper" is not "Copper Lantern"."""
_INITIAL = re.compile(r"[A-Z]\. \Z")
_OWNS_PART = re.compile(r"[’']s\s(?:\w+\s)?")
_ARTICLE = re.compile(r"\A[Tt]he ")
_OF_END = re.compile(r"\s(?:of|for|in)\s(?:the\s)?\Z")
_OF_STATE = re.compile(r"\s(?:of|in)\s(?:the\s)?\Z")
_IN_STATE = re.compile(r"\sin\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A party at one place of a text."""

    span: Span
    party: Party
    form: Form


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions in reading order, no two of which overlap."""

    items: tuple[Mention, ...]

    @classmethod
    def of(cls, items: Iterable[Mention]) -> Mentions:
        """The mentions in order; of two that overlap the first, and the longer."""
        kept: list[Mention] = []
        for item in sorted(items, key=lambda one: (one.span.start, -one.span.end)):
            if len(kept) == 0 or item.span.start >= kept[-1].span.end:
                kept.append(item)
        return cls(tuple(kept))

    def within(self, span: Span) -> tuple[Mention, ...]:
        """Those that share a character with a span."""
        first = bisect_right(self.items, span.start, key=lambda item: item.span.end)
        last = bisect_left(self.items, span.end, key=lambda item: item.span.start)
        return self.items[first:last]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name ready to be found; make it once for a knowledge with `prepare`."""

    phrases: Phrases
    entries: tuple[tuple[str, Party, Form, bool], ...]
    actors: Extract
    actor_names: dict[str, str]
    own_names: frozenset[tuple[str, str]]
    """Actors' ids with each name, folded, that the list has which their id is of."""

    def mentions(self, layout: Layout) -> tuple[Mention, ...]:
        """Every party named in a text in English, in reading order; no two overlap."""
        known = sorted([*self._listed(layout), *self.actors_in(layout)], key=lambda one: one.span.start)
        found = _apart([*_without_namesakes(known, layout.text), *_bodies(layout)])
        short = _definitions(_joined(found, layout.text), layout.text)
        defined = Mentions.of([*_later_uses(short, layout.text), *found])
        joined = _joined(list(defined.items), layout.text)
        return _widened(_with_offices(joined, layout.text), layout.text)

    def _listed(self, layout: Layout) -> Iterator[Mention]:
        caseless = _is_caseless(layout.text)
        for hit in self.phrases.find(layout.squeezed, lambda one: self._names(one, layout.text, caseless)):
            _, party, form, _ = self.entries[int(hit.key)]
            yield Mention(hit.span, replace(party, words=hit.span.of(layout.text)), form)

    def _names(self, hit: Hit, text: str, caseless: bool) -> bool:
        """Whether a name is written as one; in a text without capitals those count that need none."""
        name, _, _, capitals = self.entries[int(hit.key)]
        written = hit.span.of(text)
        if caseless and not capitals:
            return True
        if _INITIAL.search(text, max(0, hit.span.start - 3), hit.span.start) is not None:
            return False
        return (not capitals or _is_as_listed(written, name)) and _is_a_name(written)

    def actors_in(self, layout: Layout) -> Iterator[Mention]:
        """The known actors that a text names, in no order."""
        bearers: dict[Span, dict[str, float]] = {}
        for finding in self.actors(layout):
            if finding.kind is Kind.ACTOR:
                bearers.setdefault(finding.span, {})[finding.value] = finding.probability
        for span, chances in bearers.items():
            if sum(chances.values()) >= ACTOR_READ and not _is_cut(span, layout.text):
                yield Mention(span, self._actor(chances, span.of(layout.text)), Form.ACTOR)

    def _actor(self, chances: dict[str, float], words: str) -> Party:
        """The one actor that a name most likely means; the name itself where several are as likely.

        Of those in both lists the one of ATT&CK goes first, which the galaxy's entries repeat, then one
        whose headline it is, then one that its own list calls so.
        """
        known = {key: chance for key, chance in chances.items() if not key.startswith(_GALAXY)} or chances
        written = name_key(words)
        known = {key: known[key] for key in known if name_key(self.actor_names[key]) == written} or known
        known = {key: known[key] for key in known if (key, written) in self.own_names} or known
        best = max(known.values())
        likeliest = [key for key, chance in known.items() if chance == best]
        if len(likeliest) > 1:
            return Party(words, words, words)
        return Party(likeliest[0], self.actor_names[likeliest[0]], words)


def prepare(catalogue: Catalogue) -> Gazetteer:
    """All names of states, bodies, alliances, reporters, and of the catalogue's actors."""
    entries = tuple(listed_names())
    spelled: dict[str, str] = {}
    for number, (name, *_) in enumerate(entries):
        spelled.setdefault(fold(name), str(number))
    actors = {actor.id: actor.name for actor in catalogue.actors}
    own = ((actor.id, name_key(name)) for actor in catalogue.actors for name in own_names(actor))
    return Gazetteer(Phrases(spelled), entries, names.prepare(catalogue), actors, frozenset(own))


def named(text: str, gazetteer: Gazetteer, layout: Layout) -> tuple[Party, Form] | None:
    """The party that a short text such as a source's name speaks of; None where it names none.

    A body goes before a state, which goes before anything else. `layout` is that of `text`.
    """
    found = [item for item in gazetteer.mentions(layout) if item.form is not Form.ACTOR]
    order = (Form.BODY, Form.STATE, Form.ADJECTIVE, Form.ALLIANCE, Form.REPORTER, Form.NAME)
    found.sort(key=lambda item: order.index(item.form))
    if len(found) == 0:
        return None
    party, state = found[0].party, next((item.party for item in found if item.form is not Form.BODY), None)
    if party.key.startswith("/") and state is not None:
        party = replace(party, key=state.root + party.key)
    return replace(party, words=""), found[0].form


def _is_as_listed(written: str, name: str) -> bool:
    """Whether a name has the capitals of the table, but for those of an article or of a whole headline."""
    return _ARTICLE.sub("", written) == _ARTICLE.sub("", name) or written == name.upper()


def _is_a_name(written: str) -> bool:
    """Whether a word begins like a name: with a capital or a number, after "the" if there is one."""
    first = written.removeprefix("the ")[:1]
    return first.isupper() or first.isdigit()


def _is_caseless(text: str) -> bool:
    """Whether a text was written without capitals, so that they tell nothing."""
    letters = sum(character.isalpha() for character in text[:_SAMPLE])
    return letters > _TELLING and sum(map(str.isupper, text[:_SAMPLE])) < _CAPITALS * letters


def _without_namesakes(known: list[Mention], text: str) -> Iterator[Mention]:
    """The mentions without states that only a longer name has in it, and with those longer names."""
    other = dict(namesakes(text, [(item.span, item.form) for item in known]))
    for item in known:
        if item.span not in other:
            yield item
        elif (whole := other[item.span]) is not None:
            name = " ".join(whole.of(text).split())
            yield Mention(whole, Party(name, name, whole.of(text)), Form.NAME)


def _is_cut(span: Span, text: str) -> bool:
    """Whether an actor's name is an ordinary word that another name begins with."""
    words = span.of(text)
    return " " not in words and _LONGER.match(text, span.end) is not None and is_ordinary(words)


def _bodies(layout: Layout) -> Iterator[Mention]:
    """Bodies that no table lists, by the form of their name; whose they are is told by their neighbours."""
    for match in _BODY.finditer(layout.text):
        name = " ".join(match.group().split())
        yield Mention(Span(*match.span()), Party(f"/{fold(name)}", name, match.group()), Form.BODY)


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in reading order without overlaps; a listed name goes before a mere form."""
    listed = Mentions.of(item for item in mentions if not item.party.key.startswith("/"))
    formed = (_trimmed(item, listed) for item in mentions if item.party.key.startswith("/"))
    free = [item for item in formed if len(listed.within(item.span)) == 0]
    return list(Mentions.of([*listed.items, *free]).items)


def _trimmed(body: Mention, listed: Mentions) -> Mention:
    """A body's name without the state before it: "Russian National Centre" is a centre of Russia."""
    for other in listed.within(body.span):
        if other.form is Form.STATE and other.span.end == body.span.end:
            words = _OF_END.sub("", body.party.words[: other.span.start - body.span.start])
            span = Span(body.span.start, body.span.start + len(words))
            body = replace(body, span=span, party=Party(f"/{fold(words)}", words, words))
        elif other.form in (Form.STATE, Form.ADJECTIVE) and other.span.end < body.span.end:
            words = body.party.words[other.span.end + 1 - body.span.start :].lstrip()
            span = Span(body.span.end - len(words), body.span.end)
            body = replace(body, span=span, party=Party(f"/{fold(words)}", words, words))
    return body


def _joined(found: list[Mention], text: str) -> list[Mention]:
    """Mentions with what belongs to them: a body's state, "government", a defined abbreviation."""
    kept: list[Mention] = []
    for item in found:
        before = kept[-1] if len(kept) > 0 else None
        gap = text[before.span.end : item.span.start] if before is not None else "."
        if (
            before is not None
            and before.form in (Form.STATE, Form.ADJECTIVE)
            and item.form is Form.BODY
            and _OWNS.fullmatch(gap)
        ):
            kept[-1] = _owned(item, before, text)
        elif (
            before is not None
            and before.form is Form.BODY
            and item.form is Form.STATE
            and _OF_STATE.fullmatch(gap)
            and not _is_only_there(before, gap)
        ):
            kept[-1] = _owned(before, item, text)
        elif before is not None and _is_unit(before, item, gap):
            kept[-1] = _owned(before, replace(item, party=replace(item.party, key=item.party.root)), text)
        elif before is not None and _is_part(before, item, gap):
            span = Span(before.span.start, item.span.end)
            kept[-1] = replace(item, span=span, party=replace(item.party, words=span.of(text)))
        else:
            kept.append(item)
    return [
        _extended(item, text) for item in kept if not item.party.key.startswith("/") or _is_known_form(item)
    ]


def _is_only_there(body: Mention, gap: str) -> bool:
    """Whether a body that goes by a name of its own kind is merely in a state: "the FBI in Norland"."""
    is_told = not body.party.key.startswith("/") and _KIND.search(body.party.words) is None
    return is_told and _IN_STATE.match(gap) is not None


def _is_unit(before: Mention, item: Mention, gap: str) -> bool:
    """Whether a body of no known state is named as one of a body of a state: "Unit 99455 of the MOP"."""
    bodies = before.form is Form.BODY and item.form is Form.BODY and not item.party.key.startswith("/")
    return bodies and before.party.key.startswith("/") and _OF_STATE.fullmatch(gap) is not None


def _is_part(before: Mention, item: Mention, gap: str) -> bool:
    """Whether a body of no known state is named as a part of the next: "the Coast Office's regional MOP"."""
    return (
        before.party.key.startswith("/")
        and item.form is Form.BODY
        and not item.party.key.startswith("/")
        and _OWNS_PART.fullmatch(gap) is not None
    )


def _is_known_form(item: Mention) -> bool:
    """Whether a body without a state says enough to be told: it has three words, or a number."""
    return len(item.party.name.split()) > 2 or item.party.name[-1].isdigit()


def _owned(body: Mention, state: Mention, text: str) -> Mention:
    """A body of a state that is named beside it, whatever state a table gives it to."""
    span = Span(min(body.span.start, state.span.start), max(body.span.end, state.span.end))
    own = body.party.key.partition("/")[2]
    party = Party(f"{state.party.key}/{own}", body.party.name, span.of(text))
    return Mention(span, party, Form.BODY)


def _extended(item: Mention, text: str) -> Mention:
    """The mention with "government" or "authorities" after it, which are the state itself."""
    if item.form not in (Form.STATE, Form.ADJECTIVE):
        return item
    match = offices.AFTER.match(text, item.span.end)
    defined = _DEFINED.match(text, item.span.end)
    if match is None and defined is not None:
        match = offices.AFTER.match(text, defined.end())
    if match is None:
        return item
    span = Span(item.span.start, match.end())
    return Mention(span, replace(item.party, words=span.of(text)), Form.STATE)


def _with_offices(found: Iterable[Mention], text: str) -> Iterator[Mention]:
    """The mentions, a state with the office before it as one: "the prime minister of Norland"."""
    end = 0
    for item in found:
        start = item.span.start
        if item.form is Form.STATE:
            start = offices.begins(text, end, start)
        span = Span(start, item.span.end)
        yield replace(item, span=span, party=replace(item.party, words=span.of(text)))
        end = item.span.end


def _defined(item: Mention, text: str) -> re.Match[str] | None:
    """The abbreviation right after a party; none after an outlet, nor after a dateline's place."""
    place = item.form is Form.STATE and item.party.words.isupper() and len(item.party.words) > _ABBREVIATED
    if item.form is Form.REPORTER or place:
        return None
    match = _DEFINED.match(text, item.span.end)
    return None if match is None or match["short"] in outlets() else match


def _definitions(found: Iterable[Mention], text: str) -> dict[str, Mention]:
    """Abbreviations that the document defines, each with the party it stands for."""
    matches = ((item, _defined(item, text)) for item in found)
    return {match["short"]: item for item, match in matches if match is not None}


def _later_uses(short: dict[str, Mention], text: str) -> Iterator[Mention]:
    """Every use of a defined abbreviation, whatever a table takes it for."""
    if len(short) == 0:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, short))})(?!\w)")
    for match in pattern.finditer(text):
        item = short[match.group()]
        form = Form.STATE if item.form is Form.ADJECTIVE else item.form
        yield Mention(Span(*match.span()), replace(item.party, words=match.group()), form)


def _widened(found: Iterable[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions, each with the abbreviation that is defined right after it."""
    wide: list[Mention] = []
    for item in found:
        match = _defined(item, text)
        span = item.span if match is None else Span(item.span.start, match.end())
        wide.append(Mention(span, replace(item.party, words=span.of(text)), item.form))
    return Mentions.of(wide).items
