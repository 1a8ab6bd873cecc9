"""A small invented world to assess in: six actors, their reports, and documents that write ids out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from weigh.assessment.assess import Material, assess
from weigh.assessment.document import Assessment
from weigh.assessment.suppositions import Suppositions
from weigh.case.judgements import review
from weigh.inference.engine import Engine, prepare
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import (
    Actor,
    Alias,
    Catalogue,
    Report,
    Software,
    SponsorClaim,
    Stamp,
    Technique,
)
from weigh.knowledge.relations import Relations, relations_from
from weigh.knowledge.store import Knowledge, Manifest, Shape
from weigh.records import Document, Judgement, Kind, Observation, Source, Span

TECHNIQUES = (
    Technique("T1001", "Hiding", ("stealth",), stix_id="attack-pattern--1"),
    Technique("T1001.001", "Behind Noise", ("stealth",), "T1001"),
    Technique("T1566", "Phishing", ("initial-access",)),
    Technique("T1566.001", "Attachment", ("initial-access",), "T1566"),
    Technique("T1059", "Scripting", ("execution",)),
    Technique("T1486", "Encryption", ("impact",)),
    Technique("T1105", "Transfer", ("command-and-control",)),
    Technique("T1200", "Unheard Of", ("initial-access",)),
)
SOFTWARE = (
    Software("S0001", "Barge", "malware", stix_id="malware--1"),
    Software("S0002", "Winch", "tool"),
    Software("S0003", "Keelhaul", "malware"),
)
HABITS: dict[int, list[tuple[int, list[int]]]] = {
    0: [(2019, [0, 2, 3, 8]), (2020, [2, 3, 4, 8]), (2021, [3, 4, 8, 9])],
    1: [(2020, [4, 5, 9]), (2021, [5, 6, 9])],
    2: [(2018, [0, 1, 6])],
    3: [(2021, [2, 4, 5, 6]), (0, [2, 4])],
    4: [(2017, [4]), (2019, [4, 2])],
}
_NAMES = ("Slate Heron", "Copper Lantern", "Paper Otter", "Salt Marten", "Blue Ferry", "Quiet Gull")


def _actor(number: int) -> Actor:
    years = [year for year, _ in HABITS.get(number, []) if year > 0]
    return Actor(
        f"G{number:04d}",
        _NAMES[number],
        (Alias(f"TIDE-{number}", "Oakline"),),
        (SponsorClaim("Dorvany", "Oakline", "moderate"),) if number == 0 else (),
        reports=len(HABITS.get(number, [])),
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        stix_id=f"intrusion-set--{number}",
    )


def relations(order: Sequence[int] = range(6)) -> Relations:
    """The rows; actor `n` of the habits is numbered `order[n]`."""
    rows: list[tuple[int, int, int]] = []
    years: list[int] = []
    for number, reports in sorted(HABITS.items()):
        for year, features in reports:
            rows += [(order[number], len(years), feature) for feature in features]
            years.append(year)
    rows.append((order[2], -1, 10))
    return relations_from(
        rows, years, actors=6, features=len(TECHNIQUES) + len(SOFTWARE), software_from=len(TECHNIQUES)
    )


def knowledge(order: Sequence[int] = range(6), *, dated: bool = True) -> Knowledge:
    """The world, with the actors in the places that `order` gives them."""
    known = relations(order)
    actors = sorted(
        (replace(_actor(number), id=f"G{order[number]:04d}") for number in range(6)), key=lambda a: a.id
    )
    reports = tuple(Report(f"Report {number}", int(year)) for number, year in enumerate(known.years))
    catalogue = Catalogue(tuple(actors), TECHNIQUES, SOFTWARE, reports, ())
    stamp = Stamp("ATT&CK 99.1", "5f" * 10, ("made by hand",), dated=dated)
    shape = Shape(known.actors, known.features, known.software_from)
    return Knowledge(Path("."), Manifest(1, stamp, shape, {}, {}), catalogue, known)


@cache
def world() -> tuple[Knowledge, Engine]:
    """The knowledge and the model on it."""
    return knowledge(), prepare(relations(), shipped())


def document(text: str, name: str = "note.txt", **rest: object) -> Document:
    """A document of these words."""
    identity = hashlib.sha256(f"{text}\0{rest.get('id', '')}".encode()).hexdigest()
    return replace(Document(identity, text, "text", name), **{k: v for k, v in rest.items() if k != "id"})  # type: ignore[arg-type]


def observed(
    source: Document, *, probability: float = 0.9, forgeability: float = 0.4
) -> tuple[Observation, ...]:
    """Every ATT&CK id that is written out in the document: techniques, software and groups."""
    kinds = {"T": Kind.TECHNIQUE, "S": Kind.SOFTWARE, "G": Kind.ACTOR}
    return tuple(
        Observation(
            source.id,
            Span(*found.span()),
            kinds[found[0][0]],
            found[0],
            found[0],
            "written-id",
            probability,
            forgeability,
            set_aside="a name is a claim" if found[0][0] == "G" else "",
        )
        for found in re.finditer(r"[TSG]\d{4}(?:\.\d{3})?", source.text)
    )


def assessed(
    documents: Iterable[Document],
    judgements: Iterable[Judgement] = (),
    *,
    observations: Iterable[Observation] | None = None,
    title: str = "",
    knowing: tuple[Knowledge, Engine] | None = None,
    suppose: Suppositions | None = None,
) -> Assessment:
    """The documents, weighed in this world."""
    files = tuple(documents)
    seen = (
        tuple(observations)
        if observations is not None
        else tuple(o for file in files for o in observed(file))
    )
    material = Material(files, review(seen, judgements), title, suppose or Suppositions())
    return assess(material, *(knowing or world()))


REPORT = document(
    "The intruders sent an attachment (T1566.001) to the harbour office. They ran scripts, T1059, and Barge "
    "(S0001). Nothing else was seen that day.\n\nLater the pilots' files were encrypted (T1486). Slate Heron "
    "(G0000) is named by some.",
    "report.txt",
    date="2021-07-19",
    source=Source("Harbour office", "B"),
    tlp="GREEN",
)
ECHO = document(
    "An ally repeats that S0001 and T1566.001 were used.", "echo.txt", source=Source("Ally"), tlp="AMBER"
)
NEWS = document("Winch, S0002, and T1105 were reported; T9999 is unknown.", "news.txt", date="2020")
