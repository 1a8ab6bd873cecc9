"""Claims and ladders in words: what the terminal and the page share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from weigh.assessment.claim_rows import (
    ChainsRow,
    ClaimRow,
    DefenceRow,
    PropositionRow,
    RungRow,
    StatementsRow,
)
from weigh.assessment.document import Assessment
from weigh.case.claim_judgements import COUNTED
from weigh.readers.wording import counted
from weigh.records import Basis, Degree, Party
from weigh.scales import percent

DEGREES = {
    Degree.BY: "itself",
    Degree.WORKING_FOR: "those working for it",
    Degree.BACKED: "those it backs",
    Degree.LINKED: "those linked to it",
    Degree.FROM: "from its territory",
    Degree.TOLERATED: "let happen by it",
    Degree.UNSAID: "",
}
"""How each degree is said in a table."""

BASES = {
    Basis.SHOWN: "evidence shown",
    Basis.WITHHELD: "evidence not shown",
    Basis.ANOTHER: "another's evidence",
    Basis.NONE: "no basis given",
}
NOBODY = "nobody that the text names"
UNNAMED_DEED = "other deeds, or none that several documents name"
_SHORT = 7
_KEYS = {"text": ", date from the text", "name": ", date from the file's name"}


def heading(one: PropositionRow, *, alone: bool) -> str:
    """Who is accused of what; `alone` when the party has no other proposition."""
    who = one.name if one.root != "" else NOBODY
    if one.deed != "":
        return f"{who}: {one.deed}"
    return who if alone else f"{who}: {UNNAMED_DEED}"


def headings(found: StatementsRow) -> Mapping[str, str]:
    """The heading of every proposition, by its id."""
    roots = [one.root for one in found.propositions]
    return {one.id: heading(one, alone=roots.count(one.root) == 1) for one in found.propositions}


def chains_summary(row: ChainsRow) -> str:
    """Statements, documents, origins, and what they are worth."""
    ones = "one" if f"{row.effective:.1f}" == "1.0" else "ones"
    return (
        f"{counted(row.statements, 'statement')} in {counted(row.documents, 'document')} of "
        f"{counted(row.origins, 'origin')}, worth {row.effective:.1f} independent {ones}"
    )


def letters(row: ChainsRow) -> dict[str, str]:
    """The origin of each document of a proposition as a letter, then two: A, B, ..., Z, AA."""
    roots = list(dict.fromkeys(step.origin for step in row.steps))
    sizes = {root: sum(step.origin == root for step in row.steps) for root in roots}
    order = sorted(roots, key=lambda root: -sizes[root])
    names = {root: _letter(place) for place, root in enumerate(order)}
    return {step.document: names[step.origin] for step in row.steps}


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else f"{chr(64 + place // 26)}{chr(65 + place % 26)}"


def short(party: Party) -> str:
    """A body by the short name that it has in the tables ("MSS"), any other party by its name."""
    _, _, body = party.key.partition("/")
    return body if _is_short(body) else party.name


def short_names(claims: Iterable[ClaimRow]) -> tuple[tuple[str, str, str], ...]:
    """The short names that these claims use, each with the full name and the state."""
    parties = [
        party
        for claim in claims
        for party in (*claim.claim.speakers, *claim.claim.accused, *claim.claim.reported_by)
        if _is_short(party.key.partition("/")[2])
    ]
    return tuple(sorted({(short(party), party.name, party.root) for party in parties}))


def _is_short(body: str) -> bool:
    return 2 <= len(body) <= _SHORT and body.isascii() and body.isupper()


def whom(claim: ClaimRow, one: PropositionRow | None) -> str:
    """Whom a claim is about, and how tied: "those it backs", "MSS, itself"; `one` is what a heading says."""
    root = "" if one is None else one.root
    parties = [short(party) for party in claim.claim.accused if party.key != root]
    if one is None and len(parties) == 0:
        parties = ["not told"]
    tied = DEGREES[claim.claim.degree]
    return ", ".join([*parties, *([tied] if tied != "" else [])])


def who(claim: ClaimRow) -> str:
    """Who speaks, and through whom; the document where nobody is named."""
    speakers = ", ".join(short(party) for party in claim.claim.speakers) or claim.speaker
    via = ", ".join(short(party) for party in claim.claim.reported_by)
    return f"{speakers}, through {via}" if via != "" else speakers


def surety(claim: ClaimRow) -> str:
    """The exact hedge words, and the basis where one is given."""
    own = claim.claim
    parts = [f"“{quote.words}”" for quote in (own.likelihood, own.confidence) if quote is not None]
    if own.basis is not Basis.NONE:
        whose = "" if own.basis_of is None else f": {own.basis_of.name}"
        parts.append(BASES[own.basis] + whose)
    return "; ".join(parts)


def judged(claim: ClaimRow) -> str:
    """What people made of a claim, empty where nobody did."""
    fields = [f"{row.field} set to {row.value} by {row.author}" for row in claim.corrections]
    shown = [claim.judged] if claim.judged != "" and len(fields) == 0 else fields
    if claim.counted:
        return "; ".join(shown)
    sure = f"{percent(claim.claim.probability)} sure" if claim.judged == "" else claim.judged
    return f"{sure}; not counted"


def unsure(found: StatementsRow) -> list[ClaimRow]:
    """Claims that were read too unsurely to be counted, the surest first."""
    weak = [claim for claim in found.claims if not claim.counted and claim.judged == ""]
    return sorted(weak, key=lambda one: (-one.claim.probability, one.claim.document, one.claim.span))


def unsure_told(found: StatementsRow) -> str:
    """How many claims are not counted since they were read unsurely, and why; empty where none is."""
    number = len(unsure(found))
    if number == 0:
        return ""
    return (
        f"{counted(number, 'passage')} more may say who is responsible. Who speaks, or who is blamed, is "
        "too unsure there to be counted: "
        f"the chance that all is read rightly is under {percent(COUNTED)}."
    )


def when(claim: ClaimRow) -> str:
    """The date on which it was said, marked where it is the program's own reading."""
    return f"{claim.said}{'~' if claim.dated in _KEYS else ''}"


def probability(row: RungRow) -> str:
    """What the evidence alone gives a rung, "-" where nothing does; in brackets where no item bears on it."""
    if row.probability is None:
        return "-"
    return percent(row.probability) if row.items > 0 else f"({percent(row.probability)})"


def asserted(row: RungRow) -> str:
    """What the claims assert at a rung, degrees in words."""
    if row.rung != "degree":
        return row.asserted
    words = {str(degree): text for degree, text in DEGREES.items() if degree is not Degree.UNSAID}
    parts = [part.partition(" (") for part in row.asserted.split(", ") if part != ""]
    return ", ".join(f"{words.get(word, word)}{bracket}{rest}" for word, bracket, rest in parts)


def counters(row: DefenceRow) -> str:
    """Whom the accused accuses in turn, and on whose evidence."""
    about = listed([f"{name} ({counted(claims, 'claim')})" for name, claims in row.counters])
    rest = f", on evidence of {listed(list(row.counters_rest_on))}" if len(row.counters_rest_on) > 0 else ""
    return f"It accuses in turn: {about}{rest}."


def called(assessment: Assessment | None, found: StatementsRow) -> Callable[[str], str]:
    """What a document is called, by its id."""
    names = {row.id: row.name for row in (() if assessment is None else assessment.documents)}
    for claim in found.claims:
        if claim.speaker.startswith("in "):
            names.setdefault(claim.claim.document, claim.speaker.removeprefix("in "))
    return lambda identifier: names.get(identifier, "an unknown document")


def split(found: StatementsRow) -> tuple[tuple[PropositionRow, ...], tuple[PropositionRow, ...]]:
    """Propositions to look at first, and those that one document alone states, or none."""
    first = tuple(one for one in found.propositions if one.chains.documents > 1 and one.root != "")
    if len(first) == 0:
        first = found.propositions[:1]
    kept = {one.id for one in first}
    return first, tuple(one for one in found.propositions if one.id not in kept)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
