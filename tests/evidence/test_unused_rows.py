"""Rows of tables that say that nothing was done."""

from __future__ import annotations

import pytest

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe

OBSERVER = build(CATALOGUE)


def aside(text: str) -> dict[str, str]:
    """Why each technique is not weighed, by its id; empty where one finding of it is."""
    found = observe(document(text), OBSERVER)
    return {
        value: min(each.set_aside for each in found if each.value == value)
        for value in {each.value for each in found}
    }


@pytest.mark.parametrize(
    "cell",
    [
        "Not observed",
        "Not seen in this incident.",
        "N/A",
        "None",
        "No evidence of it was found.",
        "It was not used here.",
        "The crew did not use it.",
    ],
)
def test_a_row_that_denies_is_set_aside_with_its_words(cell: str) -> None:
    found = aside(f"Technique | Use\nT1566 | {cell}\nT1059 | They ran scripts.\n")
    assert "not to have been used" in found["T1566"]
    assert cell[:10] in found["T1566"]
    assert found["T1059"] == ""


@pytest.mark.parametrize(
    "cell",
    [
        "The crew sent letters. No file was encrypted.",
        "The letters were not signed, and forty people opened them.",
        "Nonetheless they sent letters.",
        "Monitors the clipboard.",
        "Monitor the mail of four officers",
        "The actors used letters to get in. Organizations should train their staff.",
    ],
)
def test_a_row_that_tells_a_use_counts(cell: str) -> None:
    assert aside(f"Technique | Use\nT1566 | {cell}\n")["T1566"] == ""


def test_a_row_that_asks_defenders_for_something_is_advice() -> None:
    found = aside("Technique | Description\nT1566 | Require a second factor for mail.\n")
    assert "advises defenders" in found["T1566"]


def test_a_technique_that_another_row_uses_counts() -> None:
    text = "Technique | Use\nT1566 | Not observed\nT1566 | They sent letters.\n"
    assert aside(text)["T1566"] == ""
