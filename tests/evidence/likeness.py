"""The labelled sentences of `likeness.txt`, and how far a reading of them agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe
from weigh.evidence.traces import FORGED
from weigh.knowledge.catalogue import Actor, Alias, Software
from weigh.records import Kind

_SOFTWARE = {
    "S0368": "NotPetya",
    "S0013": "PlugX",
    "S0029": "PsExec",
    "S0367": "Emotet",
    "S0446": "Ryuk",
    "S0266": "TrickBot",
    "S0140": "Shamoon",
    "S0366": "WannaCry",
    "S0089": "BlackEnergy",
}
_ACTORS = (
    Actor("G0032", "Lazarus Group", reports=9),
    Actor("G0022", "APT3", reports=4),
    Actor("G0045", "menuPass", (Alias("APT10", "ATT&CK"),), reports=6),
)
OBSERVER = build(
    replace(
        CATALOGUE,
        software=(*CATALOGUE.software, *(Software(key, name, "malware") for key, name in _SOFTWARE.items())),
        actors=(*CATALOGUE.actors, *_ACTORS),
    )
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a person says that a sentence tells of `about`: a name for software, a value for an artefact."""

    label: str
    about: str
    text: str
    is_held: bool
    """Whether it is of those that no wording was written after."""

    @property
    def is_of_software(self) -> bool:
        return self.label in ("used", "compared")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of what was said rightly, said wrongly and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def labelled() -> tuple[Labelled, ...]:
    """All sentences in the order of the file."""
    lines = Path(__file__).with_name("likeness.txt").read_text(encoding="utf-8").splitlines()
    rows: list[Labelled] = []
    rule: Callable[[str], bool] = _chosen
    for line in lines:
        if line.startswith("#"):
            rule = next((rule for words, rule in _RULES.items() if line.startswith(words)), rule)
        else:
            label, about, text = line.split(" | ", 2)
            rows.append(Labelled(label, about, text, rule(text)))
    return tuple(rows)


def _chosen(text: str) -> bool:
    return int(sha256(text.encode()).hexdigest(), 16) % 3 == 0


_RULES: dict[str, Callable[[str], bool]] = {
    "# Held apart whole": lambda _: True,
    "# Written later": lambda _: False,
}
"""How lines that open with these words choose whether the sentences below them are held apart."""


def is_counted(row: Labelled) -> bool:
    """Whether any mention of the software that a row is about counts as use."""
    found = observe(document(row.text), OBSERVER)
    return any(
        each.kind is Kind.SOFTWARE and each.original == row.about and each.set_aside == "" for each in found
    )


def told(row: Labelled) -> frozenset[str]:
    """The artefacts that count; one that is told as forged is told once."""
    found = observe(document(row.text), OBSERVER)
    values = {each.value for each in found if each.kind is Kind.ARTEFACT and each.set_aside == ""}
    return frozenset(value for value in values if value + FORGED not in values)


def expected(row: Labelled) -> frozenset[str]:
    """The artefacts that should count."""
    if row.label == "none" or row.is_of_software:
        return frozenset()
    return frozenset({row.about + (FORGED if row.label == "forged" else "")})


def agrees(row: Labelled) -> bool:
    """Whether a sentence is read as labelled."""
    if row.is_of_software:
        return is_counted(row) is (row.label == "used")
    return told(row) == expected(row)


def of_software(rows: Iterable[Labelled]) -> Agreement:
    """How far comparisons are told from uses: a right one is a comparison that is set aside."""
    pairs = [(row.label == "compared", not is_counted(row)) for row in rows if row.is_of_software]
    return Agreement(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def of_artefacts(rows: Iterable[Labelled]) -> Agreement:
    """How far the artefacts told are those expected, forged or not as they are."""
    pairs = [(expected(row), told(row)) for row in rows if not row.is_of_software]
    return Agreement(
        sum(len(truth & said) for truth, said in pairs),
        sum(len(said - truth) for truth, said in pairs),
        sum(len(truth - said) for truth, said in pairs),
    )
