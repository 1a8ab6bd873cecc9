"""The frozen result document: everything that is shown, exported or compared comes from it.

It holds numbers, words already chosen, and the passages it quotes, so that a renderer computes
nothing and a saved assessment renders again, byte for byte. It carries no clock time: the same case
and the same knowledge give the same bytes. All weights are in bits (log2 of odds).
"""

from __future__ import annotations

from dataclasses import dataclass

from weigh.assessment.claim_rows import StatementsRow
from weigh.assessment.repeating import OriginStepRow
from weigh.knowledge.catalogue import Alias, SponsorClaim, Stamp

SCHEMA = "weigh.assessment/1"
UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the case, and the account of how much of it was read."""

    id: str
    name: str
    title: str
    format: str
    source: str
    reliability: str
    date: str
    tlp: str
    characters: int
    pages: int
    pages_without_text: tuple[int, ...]
    observations: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What a person decided about an observation, in force now."""

    verdict: str
    author: str
    made: str
    because: str
    value: str


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation: the value weighed, the words it stands on, and where they are.

    `name` is the value's name in the knowledge ("Spearphishing Attachment"). `passage` names the
    passage that holds the quote; `start` and `end` are offsets into the document, and
    `quote` is its text there. `set_aside` says why it is not weighed, empty when it is. `ruled_out` is
    the reason, if the extractor or a person gave one, why it says nothing about the culprit (a benign
    host, a rejection); it is empty for what the model merely has no use for. `demoted` says why the
    credibility is 2 where a person gave 1, empty where nothing was changed. `table_forgeability` is the
    table's ease of forging where the case gives another `forgeability`, None where it gives none; `figures`
    are the decisions that gave it, or the credibility.
    """

    id: str
    kind: str
    subtype: str
    value: str
    name: str
    quote: str
    sentence: str
    document: str
    passage: str
    start: int
    end: int
    pointer: str
    extractor: str
    probability: float
    forgeability: float
    credibility: int
    set_aside: str
    why: str
    judgement: JudgementRow | None
    ruled_out: str = ""
    demoted: str = ""
    table_forgeability: float | None = None
    figures: tuple[JudgementRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A stretch of a document's text around observations; observations mark ranges inside it."""

    id: str
    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One weighed fact: all observations of one value, pooled.

    `presence` is the probability that the operation really shows it; `users` counts the actors known
    to use it and `share` is its base rate over all reports of the knowledge. `stix_id` is ATT&CK's own
    identifier for it, empty where it has none.
    """

    id: str
    kind: str
    name: str
    tactics: tuple[str, ...]
    presence: float
    users: int
    share: float
    observations: tuple[str, ...]
    stix_id: str = ""


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """One answer: an actor or `unlisted`, with its probability in numbers and in both vocabularies.

    `low` and `high` bound the 90 % interval. `icd203` and `phia` are the words, or "between bands".
    `prior` is the weight before any evidence, `absence` what is usual for the actor and not seen here,
    `weights` one weight per row of `Assessment.features`, in that order; their sum is the
    hypothesis's score, and differences between two hypotheses' scores are their log-odds, in bits.
    `stix_id` is ATT&CK's own identifier for the actor, empty where it has none.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    sponsors: tuple[SponsorClaim, ...]
    reports: int
    last_year: int
    probability: float
    low: float
    high: float
    icd203: str
    phia: str
    prior: float
    absence: float
    weights: tuple[float, ...]
    sentences: tuple[str, ...]
    stix_id: str = ""


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """What a simple rule says about the same case: its name, what it does, and its first actors."""

    name: str
    rule: str
    ranking: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """Analytic confidence (low, moderate, high), apart from any probability, and its reasons."""

    level: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinchpinRow:
    """An observation without which the leader would change or move to another band of words."""

    feature: str
    leader: str
    probability: float
    change: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A kind of thing that was found and not weighed: why, and how many."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An actor that the documents name. A name is a claim: it is shown and weighs nothing."""

    actor: str
    name: str
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One fitted weight: its feature, value and standard error."""

    feature: str
    weight: float
    error: float


@dataclass(frozen=True, slots=True)
class PredictionSetRow:
    """The hypotheses that cannot be ruled out at a level, by falling probability.

    `of` counts all that were weighed, `cases` the earlier cases that the set is calibrated on and
    `provenance` says which; with too few of them the set holds every hypothesis.
    """

    level: float
    hypotheses: tuple[str, ...]
    of: int
    cases: int
    provenance: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NextEvidenceRow:
    """A fact not reported yet that is worth looking for.

    `bits` is what it is expected to tell about the answer, `chance` the probability of finding it;
    `leader` would lead, with `probability`, if it were found. `sentence` says whom it would tell apart.
    """

    feature: str
    kind: str
    name: str
    bits: float
    chance: float
    leader: str
    probability: float
    sentence: str


@dataclass(frozen=True, slots=True)
class AchFactRow:
    """One row of the ACH matrix: how a fact sits with each hypothesis of `AchRow.hypotheses`.

    `levels` are CC, C, N, I or II, `bits` what they are read from: the weight less the mean of the row.
    `credibility` and `relevance` are H, M or L.
    """

    feature: str
    credibility: str
    relevance: str
    levels: tuple[str, ...]
    bits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AchRow:
    """Analysis of competing hypotheses, as a view of the weights: `scores` are PARC's weighted
    inconsistency scores, 0 or below, of which the highest is the least contradicted."""

    hypotheses: tuple[str, ...]
    facts: tuple[AchFactRow, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SponsorRow:
    """A sponsor that published claims name for the actors weighed, with the probability that they give it.

    `kind` is "claimed", "none" for the actors about whom nobody claims a sponsor, or "unlisted".
    `said_by` are the sources of the claims; `actors` pairs each actor's id with what it adds to
    `probability`, the largest first. `dissent` names, as sentences, claims of another sponsor for them.
    """

    kind: str
    sponsor: str
    probability: float
    said_by: tuple[str, ...] = ()
    actors: tuple[tuple[str, float], ...] = ()
    dissent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeRow:
    """One of Healey's degrees of state responsibility, and its probability."""

    degree: str
    probability: float


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step from traces to a responsible state: the items of the case that bear on it, in number and
    in words."""

    step: str
    items: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ArtefactRow:
    """A trace that documents tie to an actor, or to software of one alone, weighed as if it can be planted.

    `presence` is the probability that it is so; `hit`, `background` and `forging` are the chances that this
    actor leaves it, anybody else does, and a forger plants it, less for what is not sure to be there.
    `bits` is what it says alone for its actor under the default prior of deception; those of one actor weigh
    together. Where the case gives the ease of forging, `given_forging` is it and `table_forging` what the
    table has; else both are None.
    """

    sort: str
    actor: str
    name: str
    forged: bool
    presence: float
    hit: float
    background: float
    forging: float
    bits: float
    observations: tuple[str, ...]
    given_forging: float | None = None
    table_forging: float | None = None


@dataclass(frozen=True, slots=True)
class PosingRow:
    """Whether somebody may pose as an actor, under a prior of deception.

    `finding` is "names", "deception" or "declines". `posed_as` is the actor of the pose that is found, else
    the likeliest to be imitated, with its `probability`; `leader` leads with `leads_with` when staging is
    allowed for, and loses the lead at a prior of `tipping`, None where no prior takes it. `sweep` holds
    (prior, leader, probability).
    `artefacts` are weighed here and nowhere else; `planted` is the probability that anything was planted or
    staged, and `flagged` says that it is more likely than not.
    """

    prior: float
    finding: str
    posed_as: str
    probability: float
    leader: str
    leads_with: float
    tipping: float | None
    sweep: tuple[tuple[float, str, float], ...]
    sentences: tuple[str, ...]
    planted: float = 0.0
    flagged: bool = False
    artefacts: tuple[ArtefactRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginLinkRow:
    """A document that may repeat another: what kind of link says so, why, and its words in `document`.

    `copying` is the probability that what both report was copied; `start` is -1 where no one place says it.
    """

    document: str
    repeats: str
    kind: str
    copying: float
    why: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactOriginsRow:
    """How often one weighed fact was seen: in so many documents, of so many origins, worth so many.

    `presence` is that of the feature; `low` holds if all documents that nothing links are copies of one
    another, `high` if none is.
    """

    feature: str
    documents: int
    origins: int
    effective: float
    presence: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OriginsRow:
    """Who repeats whom: documents -> origins -> the number of independent documents that they are worth.

    `circles` are documents each of which names the next, and the last the first.
    """

    documents: int
    origins: int
    effective: float
    steps: tuple[OriginStepRow, ...]
    links: tuple[OriginLinkRow, ...]
    circles: tuple[tuple[str, ...], ...]
    facts: tuple[FactOriginsRow, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of weighing a case. `id` is a hash of all the rest.

    `hypotheses` stand by falling probability; `features` by kind and id; `model` is the table of
    fitted weights. `unanswered` holds, as sentences, the questions that this case cannot answer. What
    follows `cautions` is empty in assessments that an older Weigh saved, and where nothing was weighed.
    """

    schema: str
    id: str
    weigh: str
    title: str
    tlp: str
    knowledge: Stamp
    documents: tuple[DocumentRow, ...]
    observations: tuple[ObservationRow, ...]
    passages: tuple[PassageRow, ...]
    features: tuple[FeatureRow, ...]
    hypotheses: tuple[HypothesisRow, ...]
    confidence: ConfidenceRow
    linchpins: tuple[LinchpinRow, ...]
    named: tuple[NamedRow, ...]
    baselines: tuple[BaselineRow, ...]
    left_out: tuple[LeftOutRow, ...]
    assumptions: tuple[str, ...]
    unanswered: tuple[str, ...]
    model: tuple[ModelRow, ...]
    model_provenance: str
    cautions: tuple[str, ...]
    prediction_set: PredictionSetRow | None = None
    next_evidence: tuple[NextEvidenceRow, ...] = ()
    ach: AchRow | None = None
    sponsors: tuple[SponsorRow, ...] = ()
    degrees: tuple[DegreeRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    origins: OriginsRow | None = None
    posing: PosingRow | None = None
    statements: StatementsRow | None = None
