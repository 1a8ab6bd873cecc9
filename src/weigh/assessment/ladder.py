"""The ladder of a proposition: machine, operator, group, sponsor, degree; motive beside it.

Each rung has what bears on it, the figure that this alone gives, and one word. `supported`: likely or above
(ICD 203) by items that bear on the rung. `against`: unlikely or below, where the items lowered it or make
another answer likely; a figure that is low only because little is known is no evidence against anybody.
`not addressed`: no item bears on it. `consistent`: everything between. A claim is no item, whoever makes it.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from weigh import scales
from weigh.assessment.claim_rows import (
    AGAINST,
    CONSISTENT,
    NOT_ADDRESSED,
    RUNGS,
    SUPPORTED,
    RungRow,
)
from weigh.assessment.document import UNLISTED
from weigh.assessment.evidence_alone import Evidence, Given, is_listed
from weigh.assessment.propositions import Proposition, degrees_told
from weigh.errors import KnowledgeError
from weigh.records import Kind
from weigh.scales import percent

LIKELY = next(band.low for band in scales.ICD203 if band.word == "likely") / 100.0
"""From here on a figure supports what it is of."""
UNLIKELY = next(band.high for band in scales.ICD203 if band.word == "unlikely") / 100.0
"""Below this a figure is unlikely or less."""
_DIGITS = 12
_HALF = 0.5
_PLACE = "rungs.toml"
_NEEDED = ("question", "rationale", "accuser", "accused")


@dataclass(frozen=True, slots=True)
class _Figure:
    """What the items of a rung give: a probability or None, the same before, the best rival, and in words."""

    probability: float | None = None
    prior: float | None = None
    rival: float = 0.0
    rests_on: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the rungs of one proposition are made from; `actors` are the groups that its claims name."""

    proposition: Proposition
    actors: tuple[tuple[str, str], ...]
    documents: frozenset[str]
    evidence: Evidence
    given: Given

    @property
    def is_group(self) -> bool:
        """Whether the accused itself is a group that is weighed or known, and no state."""
        return any(key == self.proposition.root for key, _ in self.actors)


def verdict(items: int, probability: float | None, prior: float | None = None, rival: float = 0.0) -> str:
    """The one word for a rung: from the number of items, their figure, the one before, and the best rival."""
    if items == 0:
        return NOT_ADDRESSED
    if probability is None:
        return CONSISTENT
    if probability >= LIKELY:
        return SUPPORTED
    lowered = prior is not None and probability < prior
    return AGAINST if probability < UNLIKELY and (lowered or rival >= LIKELY) else CONSISTENT


def ladder(stage: Stage) -> tuple[RungRow, ...]:
    """The rungs from the traces upwards, motive last."""
    made: dict[str, Callable[[Stage], _Figure]] = {
        "group": _group,
        "sponsor": _sponsor,
        "degree": _degree,
    }
    return tuple(_rung(name, stage, made.get(name, _unweighed)(stage)) for name in RUNGS)


def reach(rungs: Sequence[RungRow]) -> str:
    """How far the evidence alone goes, in a sentence or two."""
    unweighed = [row.rung for row in rungs if row.verdict == CONSISTENT and row.probability is None]
    open_ = [row.rung for row in rungs if row.verdict == CONSISTENT and row.probability is not None]
    supported, against, silent = (
        [row.rung for row in rungs if row.verdict == word] for word in (SUPPORTED, AGAINST, NOT_ADDRESSED)
    )
    parts = (
        ("The evidence alone supports the {}.", supported),
        ("It speaks against the {}.", against),
        ("It neither supports the {} nor speaks against it.", open_),
        ("What is on record of the {} is not weighed.", unweighed),
        ("Nothing bears on the {}.", silent),
    )
    said = [sentence.format(_listed(names)) for sentence, names in parts if len(names) > 0]
    return " ".join(said if len(supported) > 0 else ["The evidence alone supports no rung.", *said])


@cache
def rungs_table() -> Mapping[str, Mapping[str, object]]:
    """The table of rungs; `KnowledgeError` for a rung without a reason or a word for either side."""
    table = tomllib.loads(files("weigh.assessment").joinpath(_PLACE).read_text(encoding="utf-8"))
    for rung in RUNGS:
        row = table.get(rung, {})
        if not all(
            isinstance(row.get(word), str) for word in ("question", "rationale", "accuser", "accused")
        ):
            raise KnowledgeError(
                "a rung needs a question, a rationale and what each side could show",
                place=f"{_PLACE}, {rung}",
            )
    return table


def _rung(name: str, stage: Stage, figure: _Figure) -> RungRow:
    row = rungs_table()[name]
    bears = _bearing(name, stage)
    items = _items(name, stage, len(bears))
    found = {each.id: each.document for each in stage.evidence.assessment.observations}
    return RungRow(
        rung=name,
        asserted=_asserted(name, stage),
        items=items,
        observations=bears,
        documents=tuple(sorted({found[each] for each in bears})),
        probability=None if figure.probability is None else round(figure.probability, _DIGITS),
        prior=None if figure.prior is None else round(figure.prior, _DIGITS),
        rests_on=figure.rests_on,
        verdict=verdict(items, figure.probability, figure.prior, figure.rival),
        sentence=figure.sentence or _counted_items(name, items),
        accuser=str(row["accuser"]),
        accused=str(row["accused"]),
    )


def _bearing(name: str, stage: Stage) -> tuple[str, ...]:
    """The ids of the observations that bear on a rung, by its kinds and sorts."""
    row = rungs_table()[name]
    kinds, subtypes = _words(row.get("kinds")), _words(row.get("subtypes"))
    if name == "group":
        features = [stage.evidence.assessment.features[place] for place in stage.given.positions]
        inside = {each.id for each in stage.evidence.observations(stage.documents)}
        return tuple(each for feature in features for each in feature.observations if each in inside)
    return tuple(
        each.id
        for each in stage.evidence.observations(stage.documents)
        if (each.kind in kinds and each.kind != Kind.ACTOR) or each.subtype in subtypes
    )


def _items(name: str, stage: Stage, observations: int) -> int:
    """Items that bear on a rung: weighed facts for the group, what the assessment says of the later rungs."""
    if name == "group":
        return len(stage.given.positions) if len(stage.actors) > 0 else 0
    if name in ("sponsor", "degree"):
        steps = {row.step.partition(":")[0]: row.items for row in stage.evidence.assessment.steps}
        return steps.get(name, 0)
    return observations


def _asserted(name: str, stage: Stage) -> str:
    """What the claims say at this rung."""
    one = stage.proposition
    if name == "group":
        return ", ".join(label for _, label in stage.actors)
    if name == "sponsor":
        others = (party for party in one.named if not _is_actor(party.key, stage))
        return ", ".join(dict.fromkeys(party.name for party in others if is_listed(party.root)))
    if name == "degree":
        return ", ".join(f"{word} ({count})" for word, count in degrees_told(one.blames).items())
    return ""


def _is_actor(key: str, stage: Stage) -> bool:
    return key in {actor for actor, _ in stage.actors}


def _unweighed(stage: Stage) -> _Figure:
    """A rung whose items are counted and shown; no model weighs them."""
    return _Figure()


def _group(stage: Stage) -> _Figure:
    given, ids = stage.given, stage.evidence.ids
    best = int(np.argmax(given.probabilities))
    leader = _hypothesis_name(ids[best], stage)
    leads = f"the facts lead to {leader}, {percent(float(given.probabilities[best]))}"
    if len(given.positions) == 0:
        return _Figure(sentence="No fact of the documents that bear on it can be weighed.")
    if len(stage.actors) == 0:
        return _Figure(sentence=f"No claim names a group; {leads}.")
    members = stage.evidence.membership("", [key for key, _ in stage.actors])
    own = float(given.probabilities @ members)
    rival = float(np.max(np.where(members > 0, 0.0, given.probabilities)))
    of = _facts(stage)
    weighed = members.any()
    leads += _left_out(stage, [key for key, _ in stage.actors])
    unknown = "" if weighed else " The knowledge holds no report on it, so that it is not weighed."
    return _Figure(
        probability=own if weighed else None,
        prior=float(given.prior @ members) if weighed else None,
        rival=rival,
        rests_on=of,
        sentence=f"{of}; {leads}.{unknown}",
    )


def _left_out(stage: Stage, actors: Sequence[str]) -> str:
    """What the figure does without, and what it would be with it where the same facts were weighed."""
    evidence = stage.evidence
    if len(evidence.left_out) == 0:
        return ""
    named = _listed(evidence.left_out)
    whole = len(stage.given.positions) == len(evidence.assessment.features)
    with_it = sum(row.probability for row in evidence.assessment.hypotheses if row.id in actors)
    beside = f", with which it were {percent(with_it)}" if whole else ""
    return f". Left out of the knowledge, being documents of this case: {named}{beside}"


def _facts(stage: Stage) -> str:
    """The number of weighed facts, and the one document that alone brings most of them."""
    assessment, places = stage.evidence.assessment, stage.given.positions
    holding = {row.id: row.document for row in assessment.observations}
    holders = [
        {holding[name] for name in assessment.features[place].observations} & stage.documents
        for place in places
    ]
    alone = Counter(next(iter(held)) for held in holders if len(held) == 1)
    told = f"{len(places)} weighed fact{'s' if len(places) != 1 else ''}"
    name, most = max(alone.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if len(stage.documents) < 2 or most <= _HALF * len(places):
        return told
    document = next(row.name for row in assessment.documents if row.id == name)
    return f"{told}, {most} of them from {document} alone"


def _sponsor(stage: Stage) -> _Figure:
    if stage.is_group:
        return _Figure(sentence="The accused is a group; who stands behind it is another proposition.")
    members = stage.evidence.membership(stage.proposition.root, ())
    claimed = "published claims about the groups; no item of the case"
    if not members.any():
        return _Figure(rests_on=claimed, sentence="No published claim names it for a group that is weighed.")
    own, before = (float(each @ members) for each in (stage.given.probabilities, stage.given.prior))
    if len(stage.given.positions) == 0:
        sentence = "Without a fact about the group nothing follows of its sponsor."
        return _Figure(prior=before, rests_on=claimed, sentence=sentence)
    by = {
        claim.said_by
        for name, member in zip(stage.evidence.ids, members, strict=True)
        if member > 0.0
        for claim in stage.evidence.rows[name].sponsors
    }
    return _Figure(
        own,
        before,
        rests_on=claimed,
        sentence=f"{percent(own)} would follow if what is claimed of the groups holds; "
        f"by {_listed(sorted(by))}.",
    )


def _degree(stage: Stage) -> _Figure:
    told = degrees_told(stage.proposition.blames)
    odds = {row.degree: row.probability for row in stage.evidence.assessment.degrees}
    meant = {name for word in told for name in _words(rungs_table()["degrees"].get(word))}
    if len(told) == 0 or len(odds) == 0 or stage.is_group:
        return _Figure(sentence="No claim says how the accused is tied to the deed." if not told else "")
    own = sum(probability for degree, probability in odds.items() if degree in meant)
    return _Figure(
        own,
        len(meant) / len(scales.HEALEY),
        rests_on="Healey's ten degrees, equally probable before any item",
        sentence=f"The claims can mean {len(meant)} of Healey's ten degrees.",
    )


def _hypothesis_name(identifier: str, stage: Stage) -> str:
    return UNLISTED if identifier == UNLISTED else stage.evidence.rows[identifier].name


def _counted_items(name: str, items: int) -> str:
    if items == 0:
        return ""
    alone = ", and never enough alone" if name == "motive" else ""
    return f"{items} on record, shown and not weighed{alone}."


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
