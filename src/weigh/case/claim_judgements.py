"""What people decided about claims, laid over what the program read. Pure: nothing here touches a file.

Decisions on a claim form a stack, as those on an observation do. A rejection on top takes the claim out of
every count; corrections below one another each keep their field, the latest of a field holds, and who made
it stays with it. A claim whose speaker became known after it was judged (its id holds the speakers) is found
again by its place, its stance and its accused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from weigh.errors import CaseError, UsageError
from weigh.records import Basis, Claim, Degree, Judgement, Party, Stance, Verdict

FIELDS = ("stance", "degree", "basis", "speaker", "accused", "said")
"""What of a claim a person can correct, as `FIELD=VALUE`."""
PREFIX = "clm-"
"""How the id of a claim begins, which tells it from an observation's."""

_CANDIDATES = 5
_KEYED = re.compile(r"(?P<name>.+?) \[(?P<key>[^\]]+)\]\Z")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}\Z")
_BRACKETS = str.maketrans("[]", "()")
"""Square brackets in a name, which would end its key."""
_CHOICES: dict[str, type[Stance] | type[Degree] | type[Basis]] = {
    "stance": Stance,
    "degree": Degree,
    "basis": Basis,
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a claim that a person set: the value as it was given, who did it, when and why."""

    field: str
    value: str
    author: str
    made: str
    because: str = ""


COUNTED = 0.2
"""Chance of being read rightly throughout (stance, speaker and accused) from which on a claim counts unasked.

One with less is shown on demand, and counts when a person accepts it. Across folds of the annotated texts
this leaves out more than half of the claims that are wrong somewhere, and one in four that are right.
"""


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """A claim as it was read (`read`), as it stands (`now`), the latest judgement in force, and the fields
    that were corrected. `counted` is false for a rejected claim, and for one that was read unsurely."""

    read: Claim
    now: Claim
    judgement: Judgement | None = None
    corrections: tuple[Correction, ...] = ()
    counted: bool = True


def is_claim(identifier: str) -> bool:
    """Whether an id, or the beginning of one, is a claim's."""
    return identifier.startswith(PREFIX)


def claim_of(prefix: str, read: Iterable[Claim], judged: Iterable[Claim], place: str) -> Claim:
    """The claim whose id begins so, among those read now and those that were judged before.

    One that was judged stands for the claim of its place. `CaseError` where there is none, or several.
    """
    before = {_place(claim): claim for claim in judged}
    found: dict[str, Claim] = {}
    for claim in read:
        kept = before.get(_place(claim), claim)
        if claim.id.startswith(prefix) or kept.id.startswith(prefix):
            found[kept.id] = kept
    if len(found) == 1:
        return next(iter(found.values()))
    if len(found) == 0:
        remedy = "`weigh claims CASE --quotes` lists them"
        raise CaseError(f"the case has no claim {prefix}", place=place, remedy=remedy)
    shown = ", ".join(sorted(found)[:_CANDIDATES])
    raise CaseError(
        f"{len(found)} claims begin with {prefix!r}: {shown}", place=place, remedy="give more of the id"
    )


def checked(value: str, party: Callable[[str], Party]) -> str:
    """A correction as it is kept: the field, and the value in the program's own words.

    `party` finds whom a name means. Raises `UsageError` for a field or a value that there is not.
    """
    field, equals, given = value.partition("=")
    field, given = field.strip().lower(), given.strip()
    if equals == "" or field not in FIELDS:
        raise UsageError(
            f"{value!r} corrects nothing of a claim", remedy=f"give FIELD=VALUE; fields: {', '.join(FIELDS)}"
        )
    if field in _CHOICES:
        known = [str(item) for item in _CHOICES[field]]
        if given not in known:
            choices = ", ".join(word for word in known if word != "")
            raise UsageError(f"{given!r} is no {field} of a claim", remedy=f"give one of {choices}")
    elif field == "said":
        if not _is_date(given):
            raise UsageError(f"{given!r} is no date", remedy="write 2021, 2021-07 or 2021-07-19")
    else:
        names = given.translate(_BRACKETS).split(";")
        found = [party(name.strip()) for name in names if name.strip() != ""]
        given = "; ".join(f"{each.name} [{each.key}]" for each in found)
    return f"{field}={given}"


def _is_date(given: str) -> bool:
    """Whether it is a year, a month or a day that the calendar has."""
    if _DATE.match(given) is None:
        return False
    try:
        datetime.date.fromisoformat(f"{given}-01-01"[:10])
    except ValueError:
        return False
    return True


def corrected(claim: Claim, value: str) -> Claim:
    """The claim with one kept correction laid over it."""
    field, _, given = value.partition("=")
    if field == "stance":
        return replace(claim, stance=Stance(given))
    if field == "degree":
        return replace(claim, degree=Degree(given))
    if field == "basis":
        return replace(claim, basis=Basis(given))
    if field == "said":
        return replace(claim, said=given)
    parties = tuple(_party(text) for text in given.split("; ") if text != "")
    return replace(claim, speakers=parties) if field == "speaker" else replace(claim, accused=parties)


def review_claims(
    claims: Iterable[Claim], judgements: Sequence[Judgement], judged: Iterable[Claim]
) -> tuple[ReviewedClaim, ...]:
    """Each claim, in the order given, with what people made of it.

    `judgements` come in the order in which they were made; `judged` are the claims as they were when they
    were judged. Decisions follow a claim through a change of its speaker.
    """
    stacks = _stacks(judgements)
    moved = {_place(claim): claim.id for claim in judged if claim.id in stacks}
    return tuple(
        _reviewed(claim, stacks.get(claim.id) or stacks.get(moved.get(_place(claim), ""), []))
        for claim in claims
    )


def _reviewed(claim: Claim, stack: Sequence[Judgement]) -> ReviewedClaim:
    if len(stack) == 0:
        return ReviewedClaim(claim, claim, counted=claim.probability >= COUNTED)
    now = claim
    latest: dict[str, Correction] = {}
    for judgement in stack:
        if judgement.verdict is Verdict.CORRECT:
            now = corrected(now, judgement.value)
            field, _, value = judgement.value.partition("=")
            latest[field] = Correction(field, value, judgement.author, judgement.made, judgement.because)
    holds = stack[-1]
    if holds.verdict is not Verdict.REJECT:
        now = replace(now, probability=1.0)
    return ReviewedClaim(claim, now, holds, tuple(latest.values()), holds.verdict is not Verdict.REJECT)


def _stacks(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The decisions in force on each claim, the latest last; a withdrawal takes the latest away."""
    stacks: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if is_claim(judgement.observation):
            stack = stacks.setdefault(judgement.observation, [])
            if judgement.verdict is not Verdict.WITHDRAW:
                stack.append(judgement)
            elif len(stack) > 0:
                stack.pop()
    return stacks


def _place(claim: Claim) -> tuple[object, ...]:
    """What stays of a claim when somebody says who speaks."""
    return claim.document, claim.span, claim.stance, tuple(party.key for party in claim.accused)


def _party(text: str) -> Party:
    match = _KEYED.match(text)
    return Party(text, text) if match is None else Party(match["key"], match["name"])
