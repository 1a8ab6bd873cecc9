"""The claims of a case as rows beside its assessment: propositions, origins, ladder, and the accused's side.

Built from the claims as they stand, the graph of who repeats whom, and the assessment that is there
already. Nothing flows back: an accusation raises the probability of nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from weigh.assessment import claim_rows as rows
from weigh.assessment.defence import defence
from weigh.assessment.evidence_alone import Evidence, bearing, is_listed
from weigh.assessment.ladder import Stage, ladder, reach
from weigh.assessment.pooling import effective
from weigh.assessment.propositions import Proposition, degrees_told, propositions
from weigh.assessment.repeating import quote_of, step_rows
from weigh.case.claim_judgements import ReviewedClaim
from weigh.claims.dating import Dated, dated
from weigh.claims.links import Link, kinds
from weigh.claims.loaded import loaded_words
from weigh.claims.origins import Origins, origin_of, trace, with_links
from weigh.claims.passing_on import missing, own_voices, passed_on
from weigh.claims.slips import Details
from weigh.knowledge.store import Knowledge
from weigh.records import Claim, Document, Kind, Notice, Party, Span, Verdict

QUOTE = 200
"""Characters of a quote after which it is cut."""
NOT_NAMED = "not named"
NO_FIGURE = (
    "No ladder is drawn: the name is known from the text alone, and may be a person's. What is said of it is "
    "quoted and not weighed."
)
_DIGITS = 12
_LOADED = 40
_DONE = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.CORRECT: "corrected"}


@dataclass(frozen=True, slots=True)
class Said:
    """What is stated: documents, their claims after every judgement, what was not read, and who speaks in the
    own voice of each document (by id), where that is known."""

    documents: tuple[Document, ...]
    claims: tuple[ReviewedClaim, ...]
    notices: tuple[Notice, ...] = ()
    writers: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Everything that the rows are written from. `documents` bear their dates, whoever told them; `ids` are
    the ids under which claims were read, by those that they have as they stand."""

    documents: tuple[Document, ...]
    dates: Mapping[str, Dated]
    counted: tuple[Claim, ...]
    everything: tuple[Proposition, ...]
    origins: Origins
    own: Mapping[str, frozenset[str]]
    ids: Mapping[str, str]


def statements(
    said: Said, details: Details, evidence: Evidence | None = None, knowledge: Knowledge | None = None
) -> rows.StatementsRow:
    """The rows. `details` are the values that each document reports (by id), which show who copied whom.

    Without `evidence` and `knowledge` the propositions have no ladder. The order of the documents and of
    the claims changes nothing.
    """
    said = _each_once(said)
    telling = _telling(said, details)
    laid = tuple(_proposition(one, telling, evidence, knowledge) for one in telling.everything)
    names = {document.id: document.name for document in said.documents}
    loaded = Counter(word.words.lower() for each in telling.documents for word in loaded_words(each))
    return rows.StatementsRow(
        claims=tuple(_claim(one, telling, laid, names) for one in said.claims),
        propositions=laid,
        loaded=tuple(sorted(loaded.items(), key=lambda item: (-item[1], item[0]))[:_LOADED]),
        notices=tuple(sorted(said.notices, key=lambda each: (each.place, each.problem))),
        unsourced=tuple(sorted(each.name for each in said.documents if each.source is None)),
    )


def _each_once(said: Said) -> Said:
    """Documents by id and claims by place, none twice, whatever order and number they came in."""
    documents = {each.id: each for each in sorted(said.documents, key=lambda each: (each.name, each.title))}
    claims = {one.read.id: one for one in said.claims}
    ordered = sorted(claims.values(), key=lambda one: (one.read.document, one.read.span, one.read.id))
    return replace(
        said, documents=tuple(documents[name] for name in sorted(documents)), claims=tuple(ordered)
    )


def _telling(said: Said, details: Details) -> _Telling:
    dates = {document.id: dated(document) for document in said.documents}
    documents = tuple(replace(document, date=dates[document.id].date) for document in said.documents)
    counted = tuple(one.now for one in said.claims if one.counted)
    everything = propositions(counted)
    own = own_voices(documents, counted, said.writers)
    blames = tuple({claim.id: claim for one in everything for claim in one.blames}.values())
    graph = with_links(trace(documents, details), passed_on(documents, blames, own))
    ids = {one.now.id: one.read.id for one in said.claims}
    return _Telling(documents, dates, counted, everything, graph, own, ids)


def _proposition(
    one: Proposition, telling: _Telling, evidence: Evidence | None, knowledge: Knowledge | None
) -> rows.PropositionRow:
    counts = Counter(party.key for claim in one.blames for party in claim.accused)
    row = rows.PropositionRow(
        id=one.id,
        root=one.root,
        name=one.name,
        deed=one.deed,
        blames=tuple(telling.ids[claim.id] for claim in one.blames),
        answers=tuple(telling.ids[claim.id] for claim in one.answers),
        others=tuple(telling.ids[claim.id] for claim in one.others),
        named=tuple((party.key, party.name, counts[party.key]) for party in one.named),
        degrees=tuple(degrees_told(one.blames).items()),
        actors=(),
        chains=_chains(one, telling),
    )
    if evidence is None or knowledge is None or len(one.blames) == 0 or one.root == "":
        return row
    documents = bearing(one, telling.everything, telling.documents)
    is_weighed = is_listed(one.root, knowledge.actors)
    actors = _actors(one, evidence, knowledge) if is_weighed else ()
    stage = Stage(one, actors, documents, evidence, evidence.within(documents))
    side = defence(stage, telling.everything, knowledge)
    if not is_weighed:
        return replace(row, defence=replace(side, items=(), positives=()), reach=NO_FIGURE)
    rungs = ladder(stage)
    return replace(row, actors=actors, rungs=rungs, defence=side, reach=reach(rungs))


def _actors(one: Proposition, evidence: Evidence, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Groups that the claims accuse, or that the documents name within their words."""
    places: dict[str, list[Span]] = defaultdict(list)
    for claim in one.blames:
        places[claim.document].append(claim.span)
    named = [party.key for party in one.named]
    named += [
        row.value
        for row in evidence.assessment.observations
        if row.kind == Kind.ACTOR
        and (row.judgement is None or row.judgement.verdict != Verdict.REJECT)
        and any(Span(row.start, row.end).overlaps(span) for span in places[row.document])
    ]
    if one.root in knowledge.actors:
        named = [one.root]
    weighed = set(evidence.ids)
    known = [key for key in dict.fromkeys(named) if key in knowledge.actors]
    kept = [key for key in known if key in weighed] or known
    return tuple((key, f"{knowledge.actors[key].name} ({key})") for key in kept)


def _chains(one: Proposition, telling: _Telling) -> rows.ChainsRow:
    places: dict[str, list[Span]] = defaultdict(list)
    for claim in one.blames:
        places[claim.document].append(claim.span)
    steps = telling.origins.steps(places)
    origin = origin_of(steps)
    texts = {document.id: document.text for document in telling.documents}
    links = [link for link in telling.origins.links if link.document in places and link.repeats in places]
    return rows.ChainsRow(
        statements=len({(claim.document, _speakers(claim)) for claim in one.blames}),
        documents=len(steps),
        origins=len(set(origin.values())),
        effective=round(effective(steps), _DIGITS),
        steps=step_rows(steps, origin),
        links=tuple(_link(link, places[link.document], texts[link.document]) for link in links),
        circles=tuple(circle for circle in telling.origins.circles if set(circle) <= set(places)),
        missing=tuple(
            rows.MissingRow(each.party.key, each.party.name, tuple(telling.ids[name] for name in each.claims))
            for each in missing(one.blames, telling.own)
        ),
    )


def _speakers(claim: Claim) -> tuple[str, ...]:
    return tuple(party.key for party in claim.speakers)


def _link(link: Link, places: Sequence[Span], text: str) -> rows.ChainLinkRow:
    return rows.ChainLinkRow(
        document=link.document,
        repeats=link.repeats,
        kind=kinds()[link.kind].name,
        copying=link.copying(places),
        why=link.why,
        quote=quote_of(link, text, QUOTE),
    )


def _claim(
    one: ReviewedClaim, telling: _Telling, laid: Sequence[rows.PropositionRow], names: Mapping[str, str]
) -> rows.ClaimRow:
    claim = one.now
    own = [row for row in laid if one.read.id in (*row.blames, *row.answers, *row.others)]
    blamed = [row for row in own if one.read.id in row.blames]
    said = Dated(claim.said, "stated") if claim.said != "" else telling.dates[claim.document]
    origins = {step.document: step.origin for row in blamed for step in row.chains.steps}
    return rows.ClaimRow(
        id=one.read.id,
        claim=claim,
        speaker=_named(claim.speakers) or _unnamed(claim, names),
        via=_named(claim.reported_by),
        said=said.date,
        dated=said.how,
        propositions=tuple(row.id for row in own),
        origin=origins.get(claim.document, ""),
        verdict=_asserted_rung(blamed),
        counted=one.counted,
        judged="" if one.judgement is None else _judged(one),
        corrections=tuple(
            rows.CorrectionRow(each.field, each.value, each.author, each.because) for each in one.corrections
        ),
    )


def _unnamed(claim: Claim, names: Mapping[str, str]) -> str:
    """Who speaks where nobody is named: those whom the reporter does not name, else the document itself."""
    return NOT_NAMED if len(claim.reported_by) > 0 else f"in {names[claim.document]}"


def _named(parties: Iterable[Party]) -> str:
    return ", ".join(f"{each.name} ({each.root})" if "/" in each.key else each.name for each in parties)


def _asserted_rung(blamed: Sequence[rows.PropositionRow]) -> str:
    """The word for the rung that the claim asserts: the group's for a group, else the sponsor's."""
    for row in blamed:
        rung = "group" if any(key == row.root for key, _ in row.actors) else "sponsor"
        found = next((each.verdict for each in row.rungs if each.rung == rung), "")
        if found != "":
            return found
    return ""


def _judged(one: ReviewedClaim) -> str:
    if one.judgement is None:
        return ""
    because = f": {one.judgement.because}" if one.judgement.because != "" else ""
    return f"{_DONE[one.judgement.verdict]} by {one.judgement.author}{because}"
