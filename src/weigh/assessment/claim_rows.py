"""Claims as rows of the frozen result: who says what, of how many origins, and what bears on each rung.

A claim weighs nothing, so that these rows stand beside the assessment: its id, its probabilities and
everything else in it are the same with them and without.
"""

from __future__ import annotations

from dataclasses import dataclass

from weigh.assessment.repeating import OriginStepRow
from weigh.records import Claim, Notice

SUPPORTED, CONSISTENT, NOT_ADDRESSED, AGAINST = "supported", "consistent", "not addressed", "against"
VERDICTS = (SUPPORTED, CONSISTENT, NOT_ADDRESSED, AGAINST)
"""What the evidence alone says of a rung; each rung has exactly one of these."""

RUNGS = ("machine", "operator", "group", "sponsor", "degree", "motive")
"""From the traces to a state; motive stands beside the ladder and is never enough alone."""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A field of a claim that a person set, to what, who did it, and why."""

    field: str
    value: str
    author: str
    because: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as it stands after every judgement.

    `speaker` and `via` are written for people; where nobody is named, the document is. `said` is ISO 8601 or
    empty, `dated` how it is known ("stated", "text", "name" of the file). `propositions` are those it blames
    for or answers to, `origin` the id of the document that it leads back to, `verdict` what the evidence
    alone says of the rung that it asserts. `counted` is false for a claim that a person rejected; `judged`
    says who decided what.
    """

    id: str
    claim: Claim
    speaker: str
    via: str
    said: str
    dated: str
    propositions: tuple[str, ...] = ()
    origin: str = ""
    verdict: str = ""
    counted: bool = True
    judged: str = ""
    corrections: tuple[CorrectionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainLinkRow:
    """Why one document may repeat another: the kind of the link, the copy probability, its own words."""

    document: str
    repeats: str
    kind: str
    copying: float
    why: str
    quote: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A source that claims name and of which the case holds no document, with the claims that name it."""

    key: str
    name: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainsRow:
    """How many know it for themselves: statements (a speaker in a document), documents, origins.

    `effective` is what the documents are worth in independent ones (n_eff), `circles` documents each
    of which names the next, and the last the first.
    """

    statements: int
    documents: int
    origins: int
    effective: float
    steps: tuple[OriginStepRow, ...]
    links: tuple[ChainLinkRow, ...]
    circles: tuple[tuple[str, ...], ...]
    missing: tuple[MissingRow, ...]


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung: what the claims assert, what bears on it, what that alone gives, and the word for it.

    `observations` (ids) and `documents` (ids) are what bears on it, `items` their number. `probability` is
    None where nothing gives one; `prior` is the same before any evidence. `rests_on` says where the figure
    comes from. `accuser` and `accused` say what either side could show.
    """

    rung: str
    asserted: str
    items: int
    observations: tuple[str, ...]
    documents: tuple[str, ...]
    probability: float | None
    prior: float | None
    rests_on: str
    verdict: str
    sentence: str
    accuser: str
    accused: str


@dataclass(frozen=True, slots=True)
class PositiveRow:
    """A find that would speak for the accused: how much rarer it is with them (`ratio`), the chance of it,
    and the probability of the accused before and after."""

    feature: str
    name: str
    ratio: float
    chance: float
    before: float
    after: float
    sentence: str


@dataclass(frozen=True, slots=True)
class DefenceRow:
    """The accused's side: its answers by basis, whom it accuses in turn (name, claims) and on whose evidence,
    the items that speak for it, the finds that would."""

    bases: tuple[tuple[str, int], ...]
    counters: tuple[tuple[str, int], ...]
    counters_rest_on: tuple[str, ...]
    items: tuple[str, ...]
    positives: tuple[PositiveRow, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class PropositionRow:
    """Who is accused of what: a party, its bodies under it, and a deed ("" where none is named in common).

    `blames`, `answers` and `others` are ids of claims: those that assert it, those that deny or doubt it,
    demands and threats. `named` are all parties that are blamed, with the number of claims, `actors` the
    groups among or beside them. `reach` says in a sentence how far the evidence goes.
    """

    id: str
    root: str
    name: str
    deed: str
    blames: tuple[str, ...]
    answers: tuple[str, ...]
    others: tuple[str, ...]
    named: tuple[tuple[str, str, int], ...]
    degrees: tuple[tuple[str, int], ...]
    actors: tuple[tuple[str, str], ...]
    chains: ChainsRow
    rungs: tuple[RungRow, ...] = ()
    defence: DefenceRow | None = None
    reach: str = ""


@dataclass(frozen=True, slots=True)
class StatementsRow:
    """All claims of a case by document and place, and the propositions that they make, most told first."""

    claims: tuple[ClaimRow, ...]
    propositions: tuple[PropositionRow, ...]
    loaded: tuple[tuple[str, int], ...]
    notices: tuple[Notice, ...]
    unsourced: tuple[str, ...]
