"""From a document to its claims: language, parties, voices, what rules read, what the model makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from weigh.claims import eurepoc, sentences
from weigh.claims.as_written import as_written
from weigh.claims.chinese import Names, chinese_names
from weigh.claims.details import detail
from weigh.claims.drafts import Draft
from weigh.claims.ground import Ground
from weigh.claims.headed import Heading, heading, without
from weigh.claims.introduced import Introduced, introduced
from weigh.claims.issuers import issuers, name_layout
from weigh.claims.language import language, language_name
from weigh.claims.learned.deciding import decided
from weigh.claims.learned.linear import Model, model
from weigh.claims.learned.names import short_names
from weigh.claims.learned.scenes import Ruled, Story, story
from weigh.claims.listed import home_of
from weigh.claims.noticed import Noticed
from weigh.claims.parties import Gazetteer, Mention, Mentions, prepare
from weigh.claims.patterns import patterns
from weigh.claims.topics import Topics
from weigh.claims.voices import hear
from weigh.evidence.chinese import simplified
from weigh.evidence.layout import Layout, lay_out
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Claim, Document, Notice, Party, Quote, Source, Span, Stance

RULES = "rules"
"""The name under which claims go that rules alone read."""

FITTED = "fitted"
"""The name under which claims go that the model chose, which was fitted on annotated texts."""

MOST = 5_000
"""Claims that are kept of one document, the first ones: a bound for hostile text."""

LONGEST = 2_000_000
"""Characters of a document that are read for claims, the first ones: beyond any report, a bound in time."""

PROBABILITIES = {
    Stance.ACCUSE: 0.5,
    Stance.ATTRIBUTE: 0.5,
    Stance.COUNTER_ACCUSE: 0.4,
    Stance.ENDORSE: 0.5,
    Stance.DENY: 0.7,
    Stance.URGE: 0.8,
    Stance.THREATEN: 0.5,
    Stance.ACKNOWLEDGE: 0.5,
    Stance.DOUBT: 0.4,
    Stance.SELF_ATTRIBUTE: 0.5,
}
"""Chance that a claim of each stance was read rightly in speaker, stance and accused at once, rounded down.

Of 168 claims read in 24 short documents of many kinds 100 were; 0.5 for stances of which fewer than ten were
seen. Rules were written on those documents too, so that a new one may fare worse."""

TABLES = {"en": "english", "zh": "chinese"}
"""Languages in which claims are read, by ISO 639-1 code, and the table of each."""

_NO_DEED = frozenset({Stance.THREATEN, Stance.ACKNOWLEDGE, Stance.DOUBT})
_TIMED = frozenset(
    {Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE, Stance.DENY, Stance.SELF_ATTRIBUTE}
)
_BLAMING = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE})


@dataclass(frozen=True, slots=True)
class Reading:
    """The claims of a document in reading order, what was not read and why, who speaks in its own voice."""

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]
    language: str
    writers: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """The reader made ready for a knowledge: make it once with `build`, use it for every document.

    Without a model the rules have the last word.
    """

    gazetteer: Gazetteer
    chinese: Names
    short: Mapping[str, Party]
    tools: frozenset[str]
    model: Model | None

    def read(self, document: Document) -> Reading:
        """The claims of a document; in a language that is not read there are none, and a notice says so."""
        if eurepoc.is_table(document):
            notice = eurepoc.table_notice(document, MOST)
            return Reading(eurepoc.table_claims(document)[:MOST], (notice,), "en", (eurepoc.CODERS,))
        code = language(document.text)
        if code not in TABLES:
            problem = f"claims are not read in {language_name(code)}"
            remedy = "they are read in English and Chinese"
            return Reading((), (Notice(problem, document.name, remedy),), code, self._issuers(document))
        ground = self._ground(document, code)
        rules = self._by_rules(ground)
        read = rules.claims
        if self.model is not None:
            read = _fitted(ground, story(ground, rules, self.short, self.tools), self.model)
        if not document.text.startswith(ground.layout.text):
            read = [as_written(claim, ground.layout.text, document.text) for claim in read]
        unique = {claim.id: claim for claim in read}
        notices = tuple(_notices(document, ground.head.source))
        return Reading(tuple(unique.values())[:MOST], notices, code, ground.voices.own.speakers)

    def story(self, document: Document) -> Story:
        """What the fitted model sees of a document; one in a language without rules is seen as English."""
        code = language(document.text)
        ground = self._ground(document, code if code in TABLES else "en")
        return story(ground, self._by_rules(ground), self.short, self.tools)

    def _ground(self, document: Document, code: str) -> Ground:
        text = document.text[:LONGEST]
        layout = lay_out(replace(document, text=simplified(text) if code == "zh" else text))
        told = self._issuers(document)
        known, head = self._mentions(layout, told[0] if len(told) > 0 else None, code)
        mentions = known.mentions
        first = () if head.source is None else (head.source,)
        voices = hear(layout, mentions, (*first, *told[1:]), head.home)
        table = patterns(TABLES[code])
        topics = Topics.of(layout.text, voices, table)
        return Ground(layout, mentions, known.charged, voices, head, topics, table, code)

    def _by_rules(self, ground: Ground) -> Ruled:
        seen: dict[int, list[Noticed]] = {}
        drafts = islice(sentences.read(ground, seen), MOST)
        complete = _completed if self.model is None else _drafted  # the model asks for no more
        return Ruled(_turned([complete(draft, ground.layout, ground.mentions) for draft in drafts]), seen)

    def _mentions(self, layout: Layout, source: Party | None, code: str) -> tuple[Introduced, Heading]:
        """Who is named, those among them whom the text itself presents, and what its head says."""
        names = self.gazetteer.mentions(layout) if code == "en" else self._in_chinese(layout, "")
        table = patterns(TABLES[code])
        head = heading(layout.text, Mentions.of(names), source, table.guards["ours"])
        home = head.home or ("" if head.source is None else home_of(head.source))
        if code != "en" and home != "":
            names = self._in_chinese(layout, home)
        found = introduced(layout.text, Mentions.of(names), table.introductions)
        return replace(found, mentions=without(found.mentions, head.dateline)), head

    def _in_chinese(self, layout: Layout, home: str) -> tuple[Mention, ...]:
        """The parties of a Chinese text, actors in Latin letters among them."""
        written = self.chinese.mentions(layout.text, home)
        return Mentions.of([*written, *self.gazetteer.actors_in(layout)]).items

    def names(self, layout: Layout) -> Mentions:
        """The parties that a text names; in a language without rules those written in Latin letters."""
        code = language(layout.text)
        return self._mentions(layout, None, code if code in TABLES else "en")[0].mentions

    def writer(self, document: Document) -> Party | None:
        """Who speaks where a document names nobody; None where nobody says who wrote it."""
        return next(iter(self._issuers(document)), None)

    def party(self, name: str, document: Document) -> Party:
        """The party that a name in a document is of; a party of its own where none is known by it."""
        inside = self.names(name_layout(name, document)).items
        whole = [item.party for item in inside if item.span == Span(0, len(name))]
        said = replace(document, source=Source(name))
        return whole[0] if len(whole) > 0 else self.writer(said) or Party(name, name)

    def _issuers(self, document: Document) -> tuple[Party, ...]:
        return issuers(document, self.gazetteer, self.chinese)


def build(catalogue: Catalogue, *, fitted: bool = True) -> ClaimReader:
    """The reader of claims for a knowledge, whose actors it knows by name; by rules alone unless `fitted`."""
    return ClaimReader(
        prepare(catalogue),
        chinese_names(catalogue),
        {
            name: Party(actor.id, actor.name, actor.name)
            for name, actor in short_names(catalogue.actors).items()
        },
        frozenset(name.casefold() for tool in _tools(catalogue) for name in tool),
        model() if fitted else None,
    )


def _tools(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """All names of each tool that anybody may use; malware is left, whose makers often go by its name."""
    for software in catalogue.software:
        if software.type == "tool":
            yield (software.name, *(alias.name for alias in software.aliases))


def read_claims(document: Document, catalogue: Catalogue) -> tuple[Claim, ...]:
    """The claims of one document; for many documents `build` once and use the reader."""
    return build(catalogue).read(document).claims


def _completed(draft: Draft, layout: Layout, mentions: Mentions) -> Claim:
    claim = _drafted(draft, layout, mentions)
    inside = mentions.within(draft.sentence)
    found = detail(layout.text, claim.span, draft.sentence, inside, draft.voice.speakers)
    return replace(
        claim,
        target=_not_of(draft.accused, found.targets, inside) if draft.stance not in _NO_DEED else None,
        happened=found.happened if draft.stance in _TIMED else None,
        likelihood=found.likelihood,
        icd203=found.icd203,
        phia=found.phia,
        confidence=found.confidence,
        confidence_level=found.confidence_level,
        basis=found.basis,
        basis_words=found.basis_words,
        basis_of=found.basis_of,
    )


def _drafted(draft: Draft, layout: Layout, mentions: Mentions) -> Claim:
    """A claim without what its words say of likelihood, time and basis."""
    text, clause = layout.text, _stripped(layout.text, draft.clause)
    return Claim(
        document=layout.document.id,
        span=clause,
        stance=draft.stance,
        original=clause.of(text),
        speakers=_told(draft.voice.speakers),
        accused=_told(draft.accused),
        reader=RULES,
        probability=PROBABILITIES[draft.stance],
        reported_by=_told(draft.voice.via),
        degree=draft.degree,
        act=None if draft.act is None else Quote(draft.act.of(text), draft.act),
        said=layout.document.date,
        disputes=_told(draft.disputes),
        unresolved=draft.unresolved,
        why=draft.why,
    )


def _not_of(accused: Sequence[Party], targets: Sequence[Quote], mentions: Sequence[Mention]) -> Quote | None:
    """The first target that does not name the accused, as "charges against four officers of the MOP" does."""
    keys = {party.key for party in accused}
    theirs = [item.span for item in mentions if item.party.key in keys]
    return next((one for one in targets if not any(span.overlaps(one.span) for span in theirs)), None)


def _fitted(ground: Ground, told: Story, model: Model) -> list[Claim]:
    """The claims that the model chooses, with what their words say of likelihood, time and basis."""
    return [
        completed(draft, ground.layout, ground.mentions, FITTED, probability)
        for draft, probability in islice(decided(told, model), MOST)
    ]


def _told(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties each once; a body of no known state goes by its own name."""
    unique = {party.key: party for party in parties}
    return tuple(
        replace(party, key=party.name) if party.key.startswith("/") else party for party in unique.values()
    )


def _turned(claims: Sequence[Claim]) -> list[Claim]:
    """Blame by a side that was blamed or denied before, in the same document, is counter-accusation."""
    defended: set[str] = set()
    turned = []
    for claim in claims:
        speakers = {party.root for party in claim.speakers}
        accused = {party.root for party in claim.accused}
        if claim.stance in _BLAMING and len(speakers & defended) > 0:
            counter = Stance.COUNTER_ACCUSE
            turned.append(replace(claim, stance=counter, probability=PROBABILITIES[counter]))
            continue
        turned.append(claim)
        if claim.stance in _BLAMING:
            defended |= accused - speakers
        elif claim.stance is Stance.DENY:
            defended |= accused & speakers
    return turned


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _notices(document: Document, source: Party | None) -> Iterator[Notice]:
    if source is None:
        problem = "nobody says who wrote it, so claims in its own voice have no speaker"
        yield Notice(problem, document.name, "name its source when it is read")
    if len(document.text) > LONGEST:
        problem = f"claims were read in the first {LONGEST:,} characters only"
        yield Notice(problem, document.name, "cut it into parts")


def completed(draft: Draft, layout: Layout, mentions: Mentions, reader: str, probability: float) -> Claim:
    """The claim of another reader's draft, with what its clause says of likelihood, time and basis."""
    return replace(_completed(draft, layout, mentions), reader=reader, probability=probability)
