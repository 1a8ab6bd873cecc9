"""What a text says was used, told from advice, conditions, denials and advertising: invented snippets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.evidence.known import CATALOGUE
from weigh.evidence import build, observe
from weigh.evidence.tables import TECHNIQUE_ID
from weigh.knowledge.catalogue import Technique
from weigh.readers import read_bytes

SENTENCE, SENTENCE_ID = "sentence", "T1071"
AFTERWARDS = ("later", "last")


class Case(NamedTuple):
    """A snippet, what it says was used, and what it names without saying so."""

    kind: str
    part: str
    text: str
    used: frozenset[str]
    named: frozenset[str]


def _cases() -> Iterator[Case]:
    """Of each kind every third snippet is kept apart."""
    table: dict[str, list[dict[str, Any]]] = tomllib.loads(
        Path(__file__).with_name("uses.toml").read_text(encoding="utf-8")
    )
    for kind, rows in table.items():
        for place, row in enumerate(rows):
            part = kind if kind in AFTERWARDS else "apart" if place % 3 == 2 else "seen"
            yield Case(
                kind, part, row["text"], frozenset(row.get("used", ())), frozenset(row.get("named", ()))
            )


CASES = tuple(_cases())


def _made(cases: Sequence[Case]) -> Iterator[Technique]:
    """Techniques of the ids that are written out or used, beside those of the small knowledge."""
    known = {technique.id for technique in CATALOGUE.techniques}
    whole = {identifier for case in cases for identifier in TECHNIQUE_ID.findall(case.text)}
    used = {value for case in cases for value in case.used if re.fullmatch(r"T[\d.]+", value)}
    wanted = whole | used
    wanted |= {identifier.partition(".")[0] for identifier in wanted}
    for identifier in sorted(wanted - known):
        parent = identifier.partition(".")[0] if "." in identifier else ""
        yield Technique(identifier, f"Made up of {identifier}", ("impact",), parent)


class Reader:
    """A sentence reader that finds one technique in every sentence, so that what is read can be seen."""

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        return [[(SENTENCE_ID, 0.5)] for _ in sentences]


KNOWLEDGE = replace(CATALOGUE, techniques=(*CATALOGUE.techniques, *_made(CASES)))
OBSERVER, READING = build(KNOWLEDGE), build(KNOWLEDGE, Reader())


def counted(case: Case) -> set[str]:
    """The values that count as evidence of use."""
    labelled = case.used | case.named
    name = "a.html" if case.text.startswith("<") else "a.txt"
    text = f"<html><body>{case.text}</body></html>" if case.text.startswith("<") else case.text
    document = read_bytes(text.encode(), name)
    found = observe(document, READING if SENTENCE in labelled else OBSERVER)
    weighed = {each.value for each in found if each.set_aside == ""}
    return weighed | {SENTENCE} if SENTENCE_ID in weighed and SENTENCE in labelled else weighed


WRITTEN_BY = [case for case in CASES if case.part in {"seen", "later"}]
KEPT_APART = [case for case in CASES if case.part not in {"seen", "later"}]


def test_the_snippets_are_many_and_a_third_of_the_first_is_apart() -> None:
    first = [case for case in CASES if case.part not in AFTERWARDS]
    apart = [case for case in first if case.part == "apart"]
    assert len(first) >= 80
    assert 3 * len(apart) <= len(first) < 4 * len(apart)
    assert all(len(case.used | case.named) > 0 for case in CASES)


@pytest.mark.parametrize("case", WRITTEN_BY, ids=lambda case: f"{case.kind}: {case.text[:50]!r}")
def test_what_was_used_and_what_was_not(case: Case) -> None:
    found = counted(case)
    assert case.used <= found
    assert found.isdisjoint(case.named)


@pytest.mark.parametrize("case", KEPT_APART, ids=lambda case: f"{case.kind}: {case.text[:50]!r}")
def test_no_account_is_lost_among_snippets_kept_apart(case: Case) -> None:
    assert case.used <= counted(case)


@pytest.mark.parametrize(("part", "precision"), [("apart", 0.95), ("last", 0.65)])
def test_most_that_counts_among_snippets_kept_apart_was_used(part: str, precision: float) -> None:
    """Wordings of advice and of denial are without end: of those that nobody had in mind a part is missed."""
    right = false = 0
    for case in CASES:
        if case.part == part:
            found = counted(case)
            right += len(found & case.used)
            false += len(found & case.named)
    assert right / (right + false) >= precision
