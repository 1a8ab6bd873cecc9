"""Claims in the small world of `harbour`: documents of two sides, read by the real reader of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from tests.assessment import harbour
from tests.claims import reader
from weigh.assessment.assess import Material, assess
from weigh.assessment.claim_rows import ClaimRow, PropositionRow, RungRow, StatementsRow
from weigh.assessment.document import Assessment
from weigh.assessment.propositions import Proposition, propositions
from weigh.assessment.statements import Said, statements
from weigh.assessment.suppositions import Suppositions
from weigh.case.claim_judgements import review_claims
from weigh.case.judgements import review
from weigh.claims import ClaimReader, build
from weigh.inference.engine import Engine, prepare
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import SponsorClaim
from weigh.knowledge.store import Knowledge
from weigh.records import Claim, Document, Judgement, Notice, Observation, Source

STATEMENT = (
    "Estonia attributes the intrusion into Harbour Gate to Russia with high confidence.\n\n"
    "Russian state-sponsored actors compromised Harbour Gate on Friday.\n"
)
ECHO = (
    "Latvia stands with Estonia in its attribution of the attack on Harbour Gate to Russia.\n\n"
    "Latvia calls on Russia to stop its malicious cyber activities.\n"
)
ANSWER = (
    "Russia rejects the groundless accusations of hacking. Russia was not involved.\n\n"
    "The United States launched cyber attacks against Russia.\n"
)
TRACES = "They sent an attachment (T1566.001), ran scripts (T1059), encrypted files (T1486); Barge (S0001)."


def document(text: str, source: str, date: str = "2021-07-19", name: str = "") -> Document:
    """A document of these words by a source."""
    made = harbour.document(text, name or f"{source.lower().replace(' ', '-')}.txt", date=date)
    return replace(made, source=Source(source) if source else None)


@cache
def side() -> tuple[Document, ...]:
    """Two accusers of one day, the accused, and a report of traces that accuses nobody."""
    return (
        document(STATEMENT, "Estonia"),
        document(ECHO, "Latvia"),
        document(ANSWER, "Russia", "2021-07-20"),
        document(TRACES, "Oakline"),
    )


@cache
def world(sponsor: str = "Russia") -> tuple[Knowledge, Engine]:
    """The small world in which two of the actors are said to act for a state."""
    knowledge = harbour.knowledge()
    actors = tuple(
        replace(actor, sponsors=(SponsorClaim(sponsor, "Oakline"),)) if place < 2 else actor
        for place, actor in enumerate(knowledge.catalogue.actors)
    )
    made = replace(knowledge, catalogue=replace(knowledge.catalogue, actors=actors))
    return made, prepare(harbour.relations(), shipped())


@cache
def claim_reader() -> ClaimReader:
    """The rules on the actors of the small world."""
    return build(harbour.knowledge().catalogue)


def read(documents: Iterable[Document], judgements: Sequence[Judgement] = ()) -> Said:
    """What is said in the documents."""
    files = tuple(documents)
    found = [(file, claim_reader().read(file)) for file in files]
    claims = [claim for _, reading in found for claim in reading.claims]
    notices: tuple[Notice, ...] = tuple(notice for _, reading in found for notice in reading.notices)
    writers = {file.id: reading.writers for file, reading in found}
    return Said(files, review_claims(claims, judgements, claims), notices, writers)


def weighed(
    documents: Iterable[Document],
    *,
    knowing: tuple[Knowledge, Engine] | None = None,
    claims: bool = True,
    judgements: Sequence[Judgement] = (),
    observations: Sequence[Observation] | None = None,
    suppose: Suppositions | None = None,
) -> Assessment:
    """The documents weighed in this world, with their claims beside."""
    files = tuple(documents)
    seen = [o for file in files for o in harbour.observed(file)] if observations is None else observations
    said = read(files, judgements) if claims else None
    supposed = suppose or Suppositions()
    return assess(Material(files, review(seen, ()), "", supposed, said), *(knowing or world()))


def told(documents: Iterable[Document], judgements: Sequence[Judgement] = ()) -> StatementsRow:
    """The claims of the documents as rows, without any evidence."""
    return statements(read(documents, judgements), {})


def stated(assessment: Assessment) -> StatementsRow:
    """The claims beside an assessment, which must have some."""
    if assessment.statements is None:
        raise AssertionError("no claims were read")
    return assessment.statements


def proposition(rows: StatementsRow, root: str, deed: str | None = None) -> PropositionRow:
    """The first proposition about a party, of a deed where one is given."""
    return next(row for row in rows.propositions if row.root == root and deed in (None, row.deed))


def rung(row: PropositionRow, name: str) -> RungRow:
    """One rung of a proposition."""
    return next(each for each in row.rungs if each.rung == name)


def claims_of(rows: StatementsRow, stance: str) -> list[ClaimRow]:
    """The claims of one stance."""
    return [claim for claim in rows.claims if claim.claim.stance == stance]


def grouped(*texts: str, sources: Sequence[str] = ()) -> tuple[Proposition, ...]:
    """The propositions of texts, each by a source."""
    names = [*sources, *("Estonia",) * (len(texts) - len(sources))]
    found: list[Claim] = []
    for place, (text, source) in enumerate(zip(texts, names, strict=True)):
        found += reader.reader().read(document(text, source, name=f"{place}.txt")).claims
    return propositions(found)
