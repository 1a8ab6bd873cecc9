"""What follows if somebody's word is credited: a stated hit and false rate, pooled by origins.

The assessment itself credits nobody. A person may: "this source states what is so in `hit` of cases, and
what is not in `false`". Its statements on a proposition then weigh

    LR = (hit/false) * product over repetitions of (c + (1-c)hit) / (c + (1-c)false)

with c from the graph of who repeats whom, so that one origin counts once; a denial that it states weighs
(1-hit)/(1-false) once. Both results stand side by side, and the one without credit stays the assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from weigh.assessment.claim_rows import ClaimRow, PropositionRow, StatementsRow
from weigh.assessment.repeating import OriginStepRow
from weigh.claims.links import kinds
from weigh.errors import UsageError
from weigh.inference.repetition import posterior, repetition_weight
from weigh.records import Party
from weigh.scales import percent

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Credit:
    """A source and what its word is taken to be worth: P(states it | so), P(states it | not so)."""

    source: str
    hit: float
    false_alarm: float


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A proposition with and without credit: the rung, both probabilities, the ratio, and the count."""

    sources: tuple[str, ...]
    rung: str
    before: float
    after: float
    ratio: float
    documents: int
    origins: int
    denials: int
    sentence: str


def parsed(text: str) -> Credit:
    """`SOURCE=hit,false`. Raises `UsageError` for anything else, and for rates that are none."""
    source, equals, rates = text.rpartition("=")
    parts = rates.split(",")
    remedy = "give SOURCE=hit,false, such as NATO=0.8,0.2"
    try:
        hit, false_alarm = (float(part) for part in parts)
    except ValueError as error:
        raise UsageError(f"{text!r} credits nobody", place="--credit", remedy=remedy) from error
    if equals == "" or source.strip() == "" or not (0.0 < hit < 1.0 and 0.0 < false_alarm < 1.0):
        raise UsageError(
            f"{text!r} credits nobody: both rates lie between 0 and 1", place="--credit", remedy=remedy
        )
    return Credit(source.strip(), hit, false_alarm)


def require_one_each(crediting: Iterable[Credit], key: Callable[[str], str]) -> None:
    """Raise `UsageError` for two credits of one source, whatever it is called; `key` tells who a name is."""
    given: dict[str, Credit] = {}
    for credit in crediting:
        first = given.setdefault(key(credit.source), credit)
        if first is not credit:
            names = dict.fromkeys((first.source, credit.source))
            raise UsageError(
                f"{' and '.join(map(repr, names))} {'is' if len(names) == 1 else 'are one source,'} "
                "credited twice",
                place="--credit",
                remedy="give each source its two rates once",
            )


def is_by(claim: ClaimRow, wanted: Party, key: Callable[[str], str]) -> bool:
    """Whether a claim is made by or through a party; `key` folds a name.

    A state stands for its bodies, a name for whoever bears it in part; a document without a known source
    goes by its own name.
    """
    parties = (*claim.claim.speakers, *claim.claim.reported_by)
    name = key(wanted.name)
    return any(
        party.key == wanted.key or party.root == wanted.key or name in key(party.name) for party in parties
    ) or (claim.speaker.startswith("in ") and name in key(claim.speaker.removeprefix("in ")))


def credited(
    found: StatementsRow, crediting: Sequence[Credit], by: Callable[[ClaimRow, str], bool]
) -> dict[str, tuple[CreditRow, ...]]:
    """Proposition id -> its figure with the credit beside the one without; where a figure is to be had.

    `by` tells whether a claim is of a source. Nothing of the assessment changes.
    """
    claims = {claim.id: claim for claim in found.claims}
    rows: dict[str, tuple[CreditRow, ...]] = {}
    for one in found.propositions:
        row = _row(one, claims, crediting, by)
        if row is not None:
            rows[one.id] = (row,)
    return rows


def _row(
    one: PropositionRow,
    claims: dict[str, ClaimRow],
    crediting: Sequence[Credit],
    by: Callable[[ClaimRow, str], bool],
) -> CreditRow | None:
    """All credits on one proposition together, at the rung that its claims assert.

    Where no fact bears, what stood before any evidence is where it starts.
    """
    rung = "group" if any(key == one.root for key, _ in one.actors) else "sponsor"
    row = next((row for row in one.rungs if row.rung == rung), None)
    figure = None if row is None else row.prior if row.probability is None else row.probability
    counted: dict[str, Credit] = {}
    denying: list[Credit] = []
    for credit in crediting:
        for document in _documents(one.blames, claims, credit, by):
            counted.setdefault(document, credit)
        denying += [credit] if len(_documents(one.answers, claims, credit, by)) > 0 else []
    if figure is None or (len(counted) == 0 and len(denying) == 0):
        return None
    ratio = _weight(one.chains.steps, counted)
    for credit in denying:
        ratio *= (1.0 - credit.hit) / (1.0 - credit.false_alarm)
    after = posterior(figure, ratio)
    origins = len({step.origin for step in one.chains.steps if step.document in counted})
    return CreditRow(
        sources=tuple(credit.source for credit in crediting),
        rung=rung,
        before=figure,
        after=round(after, _DIGITS),
        ratio=round(ratio, _DIGITS),
        documents=len(counted),
        origins=origins,
        denials=len(denying),
        sentence=_sentence(crediting, rung, (figure, after, ratio), (len(counted), origins, len(denying))),
    )


def _documents(
    ids: Iterable[str],
    claims: Mapping[str, ClaimRow],
    credit: Credit,
    by: Callable[[ClaimRow, str], bool],
) -> list[str]:
    """The documents in which the source states it, each once."""
    stated = (claims[name].claim.document for name in ids if by(claims[name], credit.source))
    return list(dict.fromkeys(stated))


def _weight(steps: Sequence[OriginStepRow], counted: Mapping[str, Credit]) -> float:
    """The weight of the counted documents: the first is nobody's copy, each other copies the likeliest."""
    above = {step.document: step for step in steps}
    ratio, before = 1.0, list[str]()
    for step in steps:
        credit = counted.get(step.document)
        if credit is None:
            continue
        copying = max((_kinship(step.document, other, above) for other in before), default=0.0)
        ratio *= repetition_weight(copying, hit=credit.hit, false_alarm=credit.false_alarm)
        before.append(step.document)
    return ratio


def _kinship(one: str, other: str, above: Mapping[str, OriginStepRow]) -> float:
    """Chance that two documents copied one text: all steps between them, even where nothing links them."""
    first, second = _upwards(one, above), _upwards(other, above)
    shared = [name for name in first if name in second]
    if len(shared) == 0:
        return kinds()["unknown"].copying
    return max(first[name] * second[name] for name in shared)


def _upwards(document: str, above: Mapping[str, OriginStepRow]) -> dict[str, float]:
    """The document and all that it leads back to, each with the chance that every step was a copy."""
    found, chance = {document: 1.0}, 1.0
    while above[document].repeats != "":
        chance *= above[document].copying
        document = above[document].repeats
        found[document] = chance
    return found


def _sentence(
    crediting: Sequence[Credit], rung: str, figures: tuple[float, float, float], counts: tuple[int, int, int]
) -> str:
    before, after, ratio = figures
    documents, origins, denials = counts
    named = " and ".join(
        f"{credit.source} (states what is so in {credit.hit:g} of cases, "
        f"what is not in {credit.false_alarm:g})"
        for credit in crediting
    )
    places = "1 document" if documents == 1 else f"{documents} documents"
    heard = f"{places} of {origins} origin{'s' if origins != 1 else ''}" if documents > 0 else "no statement"
    denied = f", {denials} denial{'s' if denials != 1 else ''}" if denials > 0 else ""
    return (
        f"Crediting {named}, {rung}: {percent(before)} without, {percent(after)} with "
        f"({heard}{denied}; a ratio of {ratio:.3g})."
    )
