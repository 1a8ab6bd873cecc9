"""A reader of claims on a small knowledge, and short ways to say what it reads."""

from __future__ import annotations

import hashlib
from functools import cache

from weigh.claims import ClaimReader, build
from weigh.evidence.countries import country_name, country_names, states
from weigh.evidence.folding import fold
from weigh.knowledge.catalogue import Actor, Alias, Catalogue
from weigh.records import Claim, Document, Source

ACTORS = (
    Actor("G0007", "APT28", (Alias("Fancy Bear", "ATT&CK"),)),
    Actor("G0016", "APT29", (Alias("Cozy Bear", "ATT&CK"),)),
    Actor("G0065", "Leviathan", (Alias("APT40", "ATT&CK"),)),
)
CODES = sorted(
    code for code, row in states().items() if "of" in row and fold(country_name(code)) in country_names()
)
"""States that have an adjective and the very name that a text uses."""


@cache
def reader() -> ClaimReader:
    """The rules alone on three actors."""
    return build(Catalogue((*ACTORS,), (), (), (), ()), fitted=False)


@cache
def fitted_reader() -> ClaimReader:
    """What was fitted, on the same actors."""
    return build(Catalogue((*ACTORS,), (), (), (), ()))


def document(text: str, source: str = "", date: str = "", name: str = "text.txt") -> Document:
    """A text as it would be read from a file by somebody who says who wrote it."""
    identity = hashlib.sha256(text.encode()).hexdigest()
    return Document(identity, text, "text", name, source=Source(source) if source else None, date=date)


def read(text: str, source: str = "") -> tuple[Claim, ...]:
    """The claims of a text."""
    return reader().read(document(text, source)).claims


def short(claim: Claim) -> str:
    """A claim in one line: who (through whom) stance whom by whose hands."""
    via = "".join(f"<{party.key}" for party in claim.reported_by)
    who = ",".join(party.key for party in claim.speakers) or "?"
    whom = ",".join(party.key for party in claim.accused) or "?"
    degree = f" {claim.degree}" if claim.degree else ""
    return f"{who}{via} {claim.stance} {whom}{degree}"
