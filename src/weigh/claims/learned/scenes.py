"""What the fitted reader sees of a text: sentences with marks for names, voices, and what rules found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from weigh.claims.ground import Ground
from weigh.claims.learned.names import Acquaintance, capitalised, is_person, shapes, unlisted
from weigh.claims.listed import Form
from weigh.claims.marked import MARKS, Marked, mark
from weigh.claims.noticed import Noticed, together
from weigh.claims.parties import Mention
from weigh.claims.voices import Voice
from weigh.evidence.countries import states
from weigh.records import Claim, Degree, Party, Span

NOWHERE = 9
"""The rank of who has none."""

LONGEST = 700
"""Characters of a sentence that are read, the first ones."""

_CHARGES = 600
_TITLE = 200
_UNIT = re.compile(r"[\ue000-\ue0ff]|[a-z]+(?:'[a-z]+)?|\d+|[\u4e00-\u9fff]|[^\w\s]")
_MARK = {**MARKS, Form.NAME: "\ue010"}
_FORMS = {mark: f"<{form.value}>" for form, mark in _MARK.items()}
_NUMBER = "0"
_FOREMOST_ACTORS, _FOREMOST_STATES, _FOREMOST_OTHERS = 3, 4, 2
_MOST_CHARGED = 12
_ENDS = " \t\n.。"
_BEGINS = attrgetter("span.start")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules make of a document: claims, and what they noticed in sentences, by where those begin."""

    claims: Sequence[Claim]
    seen: Mapping[int, Sequence[Noticed]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A party in a sentence: at which of its words, and whether within quotation marks."""

    at: int
    mention: Mention
    quoted: bool

    @property
    def form(self) -> str:
        """How it is named."""
        return self.mention.form.value


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence as it is weighed.

    `words` has "<state>" and the like for every party and "0" for every number; `rules` are the claims
    that rules read in it, `signs` which of their patterns and cues it has. `culprits` are phrases
    for a culprit: its parties and the degree that the phrase gives.
    """

    span: Span
    words: tuple[str, ...]
    seen: tuple[Seen, ...]
    voice: Voice
    rules: tuple[Claim, ...]
    signs: frozenset[str]
    culprits: tuple[tuple[tuple[Party, ...], Degree], ...]
    deed: Span | None
    is_aside: bool
    is_off_topic: bool
    is_title: bool
    opens_paragraph: bool
    charges: bool

    @property
    def quotes(self) -> int:
        """How many quotation marks stand in it."""
        return self.words.count('"')


@dataclass(frozen=True)
class Story:
    """The sentences of a document, and what is told by all of them together."""

    scenes: tuple[Scene, ...]
    code: str
    source: Party | None
    home: str
    charges: bool
    asks: bool
    speaks_for: Mapping[str, Party]
    presented: tuple[Party, ...]
    """Those whom the text presents as charged."""

    def party(self, mention: Mention) -> Party:
        """The party of a mention; a body of no known state is one of the state at home."""
        party = mention.party
        if party.key.startswith("/") and self.home != "":
            return Party(self.home + party.key, party.name, party.words)
        return party

    @cached_property
    def rule_share(self) -> float:
        """Claims that rules read, for each sentence, at most 1."""
        return min(sum(len(scene.rules) for scene in self.scenes) / max(len(self.scenes), 1), 1.0)

    @cached_property
    def named(self) -> Mapping[str, tuple[Party, int, Form]]:
        """By root: the party as first named, in which sentence and how; those named most often first."""
        first: dict[str, tuple[Party, int, Form]] = {}
        counts: Counter[str] = Counter()
        for number, scene in enumerate(self.scenes):
            for seen in scene.seen:
                party = self.party(seen.mention)
                counts[party.root] += 1
                first.setdefault(party.root, (party, number, seen.mention.form))
        return {root: first[root] for root, _ in counts.most_common()}

    @cached_property
    def ranks(self) -> Mapping[str, tuple[int, int, int]]:
        """By root: its rank by mentions among all but the source, among actors, and among states."""
        own = "" if self.source is None else self.source.root
        others = [root for root in self.named if root != own]
        actors = _places(root for root in others if self.named[root][2] is Form.ACTOR)
        countries = _places(root for root in others if root in states())
        return {
            root: (place, actors.get(root, NOWHERE), countries.get(root, NOWHERE))
            for place, root in enumerate(others)
        }

    @cached_property
    def foremost(self) -> tuple[tuple[str, Party], ...]:
        """The actors, states and others that are named most often, apart from the source, each with how."""
        found: list[tuple[str, Party]] = []
        others = 0
        for root, (_, actor, state) in self.ranks.items():
            party = self.named[root][0]
            if actor < _FOREMOST_ACTORS:
                found.append((f"actor {actor}", party))
            elif state < _FOREMOST_STATES:
                found.append((f"state {state}", party))
            elif actor == state == NOWHERE and others < _FOREMOST_OTHERS:
                found.append((f"other {others}", party))
                others += 1
        return tuple((f"foremost {kind}", party) for kind, party in found)

    @cached_property
    def charged(self) -> tuple[Party, ...]:
        """The persons who are charged, each once: whom the text presents so, else who is named where
        somebody is charged."""
        presented = [party for party in self.presented if is_person(_in_small(party))]
        told = (scene for scene in self.scenes if scene.charges and len(presented) == 0)
        named = (party for scene in told for party in persons_of(self, scene))
        return tuple({party.root: party for party in (*presented, *named)}.values())[:_MOST_CHARGED]


def _in_small(party: Party) -> Party:
    """A party with a name in capitals written as others are."""
    name = party.key.title() if party.key.isupper() else party.key
    return Party(name, name, "")


def persons_of(story: Story, scene: Scene) -> tuple[Party, ...]:
    """The persons of a sentence who neither speak for anybody nor hold an office, each once."""
    named = (seen.mention.party for seen in scene.seen if seen.mention.form in (Form.NAME, Form.ACTOR))
    persons = (party for party in named if party.root not in story.speaks_for and is_person(party))
    return tuple({party.root: party for party in persons}.values())


def _places(roots: Iterable[str]) -> dict[str, int]:
    return {root: place for place, root in enumerate(roots)}


def story(
    ground: Ground, rules: Ruled, short: Mapping[str, Party], tools: frozenset[str] = frozenset()
) -> Story:
    """A document as the fitted reader sees it; `short` are actors' short names, `tools` names in small
    letters that nobody bears."""
    met = Acquaintance(dict(short), {}, {})
    return Story(
        scenes=tuple(_scenes(ground, rules, met, tools)),
        code=ground.code,
        source=ground.head.source,
        home=ground.head.home,
        charges=ground.table.guards["charges"].search(ground.layout.text, 0, _CHARGES) is not None,
        asks=ground.voices.has_questions,
        speaks_for=met.speaks_for,
        presented=ground.charged,
    )


def _scenes(ground: Ground, rules: Ruled, met: Acquaintance, tools: frozenset[str]) -> Iterator[Scene]:
    layout = ground.layout
    text, end, ordered = layout.text, 0, sorted(rules.claims, key=_BEGINS)
    inside = capitalised(text) if ground.code == "en" else None
    for whole in layout.sentences:
        start = ground.head.begins(whole)
        said = text[start : min(whole.end, start + LONGEST)]
        span = Span(start, start + (len(said.rstrip(_ENDS)) or len(said)))
        listed = [
            one
            for one in ground.mentions.within(span)
            if one.span.start >= start and one.span.end <= span.end
        ]
        others = [
            one for one in unlisted(text, span, listed, inside) if one.party.key.casefold() not in tools
        ]
        named = met.meet(text, sorted([*listed, *others], key=_BEGINS))
        words, seen = _worded(mark(text, span, named, _MARK))
        noticed = together(rules.seen.get(whole.start, ()))
        yield Scene(
            span=span,
            words=words,
            seen=seen,
            voice=ground.voices.of_sentence(start),
            rules=tuple(_rules_of(ordered, whole)),
            signs=noticed.signs,
            culprits=noticed.culprits,
            deed=noticed.deed,
            is_aside=layout.zone_at(whole) is not None,
            is_off_topic=not ground.topics.cover(whole),
            is_title=layout.in_title(whole) and whole.end - whole.start < _TITLE,
            opens_paragraph=end == 0 or "\n" in text[end : whole.start],
            charges=shapes().charging.search(text, span.start, span.end) is not None,
        )
        end = whole.end


def _rules_of(ordered: Sequence[Claim], sentence: Span) -> Iterator[Claim]:
    """The claims of a sentence among all, which are in order."""
    first = bisect_left(ordered, sentence.start - LONGEST, key=_BEGINS)
    last = bisect_left(ordered, sentence.end, key=_BEGINS)
    return (claim for claim in ordered[first:last] if _is_of(claim, sentence))


def _is_of(claim: Claim, sentence: Span) -> bool:
    """Whether at least half of the shorter of a claim and a sentence lies in the other."""
    shared = min(claim.span.end, sentence.end) - max(claim.span.start, sentence.start)
    return 2 * shared > min(claim.span.end - claim.span.start, sentence.end - sentence.start)


def _worded(marked: Marked) -> tuple[tuple[str, ...], tuple[Seen, ...]]:
    """The words of a marked sentence, and where its parties stand among them."""
    words: list[str] = []
    seen: list[Seen] = []
    quotes = 0
    for match in _UNIT.finditer(marked.small):
        word = match.group()
        if match.start() in marked.tokens:
            token = marked.tokens[match.start()]
            form = token.form or Form.NAME
            seen.append(Seen(len(words), Mention(token.span, token.parties[0], form), quotes % 2 == 1))
        quotes += word == '"'
        words.append(_FORMS.get(word, _NUMBER if word.isdigit() else word))
    return tuple(words), tuple(seen)
