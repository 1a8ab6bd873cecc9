"""What claims say of who repeats whom: a document that gives another's words, or rests on them.

"The United Kingdom confirmed ..., the ministry said" repeats the United Kingdom's own document where the
case holds one. Where it does not, that source is missing: it is known through others alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.links import Link, precedence
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Basis, Claim, Document, Party, Span, Stance

KIND = "attributes"
"""The row of `links.toml`: a sentence that gives a finding as another's repeats it."""
JOINT = "joint-statement"
"""The row of `links.toml` for documents whose claims are made by several together."""
SHARED = "same-stated-source"
"""The row of `links.toml` for those who give the words of one who is not in the case, or not so early."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A source that claims name and of which the case holds no document; `claims` are those that name it."""

    party: Party
    claims: tuple[str, ...]


def own_voices(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    writers: Mapping[str, Sequence[Party]] | None = None,
) -> dict[str, frozenset[str]]:
    """Document id -> the states or names in whose own voice it speaks; none where nobody says who wrote.

    `writers` are those whom the reader takes for its authors, which claims that it quotes do not show.
    """
    told = {document.id for document in documents if document.source is not None}
    found: dict[str, set[str]] = defaultdict(set)
    for name, parties in (writers or {}).items():
        found[name] |= {party.root for party in parties}
    for claim in claims:
        if claim.document in told:
            found[claim.document] |= {party.root for party in claim.reported_by[:1] or claim.speakers}
    return {name: frozenset(roots) for name, roots in found.items() if len(roots) > 0}


def others_named(claim: Claim, own: frozenset[str]) -> tuple[Party, ...]:
    """Whose words a claim passes on: speakers other than its document, those through whom it has them, and
    whose evidence it rests on."""
    heard = len(claim.reported_by) > 0 or len(own) > 0 or claim.stance is Stance.ENDORSE
    speakers = [party for party in claim.speakers if heard and party.root not in own]
    rests_on = [] if claim.basis_of is None or claim.basis_of.root in own else [claim.basis_of]
    through = [party for party in claim.reported_by[1:] if party.root not in own]
    return tuple({party.key: party for party in (*speakers, *through, *rests_on)}.values())


def passed_on(
    documents: Sequence[Document], claims: Sequence[Claim], own: Mapping[str, frozenset[str]]
) -> tuple[Link, ...]:
    """A link from each document to those whose words it gives, with the sentences for which that holds.

    Of several documents of one source the first by `precedence` is meant that blames the same party, else the
    first of all, and none that is dated later. Documents that give the words of one who has none so early are
    linked to the first of them, and so is that one's own first document: all draw on one source. Who speaks
    in the name of others too gives nobody's words: their documents of that day are one joint statement.
    """
    found: dict[tuple[str, str, str], list[Span]] = defaultdict(list)
    unheard: dict[str, list[_Heard]] = defaultdict(list)
    joint: list[Link] = []
    voices = _Voices.of(documents, claims, own)
    for claim in claims:
        together = voices.together(claim)
        joint += (link for party in together for link in voices.joint(party, claim))
        for party in others_named(claim, voices.of_document(claim.document)):
            if party in together:
                continue
            repeats = voices.meant(party, claim)
            if repeats != "":
                found[claim.document, repeats, party.name].append(claim.span)
            elif not is_ordinary(party.name):
                unheard[party.root].append(_Heard(claim.document, party, claim.span))
    direct = [
        Link(document, repeats, KIND, f"gives the words of {name}", spans[0], tuple(spans))
        for (document, repeats, name), spans in found.items()
    ]
    shared = (link for root, heard in unheard.items() for link in voices.sharing(root, heard, claims))
    return (*direct, *shared, *joint)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A party whose words a document gives at a span, without a document of its own that early."""

    document: str
    party: Party
    span: Span


@dataclass(frozen=True, slots=True)
class _Voices:
    """Documents by precedence, whom each speaks for and blames, and the documents of each voice in order."""

    order: Mapping[str, int]
    dates: Mapping[str, str]
    own: Mapping[str, frozenset[str]]
    speaking: Mapping[str, Sequence[str]]
    blaming: Mapping[str, set[str]]

    @classmethod
    def of(
        cls, documents: Sequence[Document], claims: Sequence[Claim], own: Mapping[str, frozenset[str]]
    ) -> _Voices:
        ordered = [document.id for document in sorted(documents, key=precedence)]
        speaking: dict[str, list[str]] = defaultdict(list)
        for name in ordered:
            for root in sorted(own.get(name, ())):
                speaking[root].append(name)
        blaming: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            blaming[claim.document] |= {party.root for party in claim.accused}
        dates = {document.id: document.date for document in documents}
        return cls({name: place for place, name in enumerate(ordered)}, dates, own, speaking, blaming)

    def of_document(self, name: str) -> frozenset[str]:
        """Whom a document speaks for."""
        return self.own.get(name, frozenset())

    def meant(self, party: Party, claim: Claim) -> str:
        """The document of a party whose words a claim can give; "" for none."""
        spoken = self.speaking.get(party.root, ())
        before = [name for name in spoken if _may(claim.document, name, self.dates)]
        blamed = {each.root for each in claim.accused}
        same = [name for name in before if len(blamed & self.blaming.get(name, set())) > 0]
        return next(iter(same or before), "")

    def together(self, claim: Claim) -> tuple[Party, ...]:
        """Those in whose name a document speaks beside its own; none where it speaks for others alone."""
        own = self.of_document(claim.document)
        others = tuple(party for party in claim.speakers if party.root not in own)
        return others if len(others) < len(claim.speakers) else ()

    def joint(self, party: Party, claim: Claim) -> Iterator[Link]:
        """The link of a document, and of one of that day by a party in whose name it speaks, to the first."""
        for other in self.speaking.get(party.root, ()):
            if other != claim.document and self._one_day(claim.document, other):
                first, second = sorted((other, claim.document), key=self.order.__getitem__)
                span = claim.span if second == claim.document else None
                yield Link(second, first, JOINT, f"speaks in the name of {party.name} too", span)
                return

    def _one_day(self, one: str, other: str) -> bool:
        """Whether two documents can be of one day, as far as their dates say."""
        shortest = min(len(self.dates[one]), len(self.dates[other]))
        return self.dates[one][:shortest] == self.dates[other][:shortest]

    def sharing(self, root: str, heard: Sequence[_Heard], claims: Sequence[Claim]) -> Iterator[Link]:
        """Links of those who give the words of one party, and of its own first document, to the first."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for one in heard:
            spans[one.document].append(one.span)
        spoken = next((name for name in self.speaking.get(root, ()) if name not in spans), "")
        spans[spoken] += [claim.span for claim in claims if claim.document == spoken]
        first, *others = sorted((name for name in spans if len(spans[name]) > 0), key=self.order.__getitem__)
        names = {one.document: one.party.name for one in heard}
        for other in others:
            why = f"both give the words of {names.get(other, names.get(first, root))}"
            yield Link(other, first, SHARED, why, spans[other][0], tuple(spans[other]))


def missing(claims: Sequence[Claim], own: Mapping[str, frozenset[str]]) -> tuple[Missing, ...]:
    """Sources that the claims name and that no document of the case speaks for, those most named first.

    Evidence of another who has no name ("the indictment") goes by the words for it.
    """
    present = frozenset(root for roots in own.values() for root in roots)
    names: dict[str, Party] = {}
    held: dict[str, list[str]] = defaultdict(list)
    spoken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for claim in claims:
        for party in others_named(claim, own.get(claim.document, frozenset())):
            if party.root not in present:
                names.setdefault(party.key, party)
                held[party.key].append(claim.id)
        if claim.basis is Basis.ANOTHER and claim.basis_of is None and claim.basis_words is not None:
            words = " ".join(claim.basis_words.words.split())
            spoken[words.casefold()].append((words, claim.id))
    for key, rows in _shortest(spoken).items():
        names[key] = Party(key, f"“{rows[0][0]}”")
        held[key] = [identifier for _, identifier in rows]
    order = sorted(held, key=lambda key: (-len(held[key]), key))
    return tuple(Missing(names[key], tuple(held[key])) for key in order)


def _shortest(spoken: Mapping[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
    """Words for sources, those together that hold the same shorter words ("indictment")."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in sorted(spoken, key=lambda each: (len(each), each)):
        within = next((other for other in found if other in key), key)
        found.setdefault(within, []).extend(spoken[key])
    return found


def _may(document: str, other: str, dates: Mapping[str, str]) -> bool:
    """Whether a document can have repeated another: not itself, and nothing that is dated later."""
    later = dates[other][: len(dates[document])] > dates[document][: len(dates[other])]
    return document != other and not (later and dates[document] != "" and dates[other] != "")
