"""A games' worm in the knowledge that is installed: what it only resembles names nobody."""

from __future__ import annotations

import pytest

from weigh.api import Workbench
from weigh.assessment.document import Assessment
from weigh.records import Document

SEEN = (
    "A worm at the games\n\nOn the evening of the opening the worm destroyed data (T1485), kept hosts from "
    "recovering (T1490) and wiped disks (T1561.002). It moved over WMI and SMB shares (T1047, T1021.002) and "
    "cleared the logs (T1070.001). "
)
TRACES = (
    "File names are those of Lazarus Group. A fragment of code is shared with tools of APT3. The generation "
    "of AES keys resembles that of APT10. "
)
HEADER = "The Rich header matches that of Lazarus Group. "
FORGERY = "It was later proved to be forged. "
LIKENESSES = (
    "It spreads with PsExec and WMI as NotPetya did.",
    "It moves between hosts with PsExec the same way as NotPetya.",
    "Its spreading with PsExec is reminiscent of NotPetya.",
    "It uses PsExec in the manner of NotPetya.",
    "Spreading with PsExec is a technique popularised by NotPetya.",
    "Its use of PsExec echoes NotPetya.",
    "With PsExec it goes from host to host as in NotPetya.",
    "It starts PsExec with a trick known from NotPetya.",
)
ORDINARY = 0.55


@pytest.fixture(scope="module")
def bench() -> Workbench:
    """The installed knowledge, compiled once for this machine."""
    return Workbench()


def _assessed(bench: Workbench, text: str) -> Assessment:
    return bench.examine([Document(id="e" * 64, text=text, format="text", name="games.txt")])


def _actors(found: Assessment) -> dict[str, float]:
    return {row.name: row.probability for row in found.hypotheses if row.id != "unlisted"}


@pytest.mark.parametrize("likeness", LIKENESSES)
def test_malware_evidence_and_a_likeness_name_nobody(bench: Workbench, likeness: str) -> None:
    found = _actors(_assessed(bench, SEEN + TRACES + likeness))
    assert len(found) > 100
    assert max(found.values()) < ORDINARY


@pytest.mark.parametrize("likeness", LIKENESSES)
def test_the_thing_compared_with_changes_no_probability(bench: Workbench, likeness: str) -> None:
    compared = _actors(_assessed(bench, SEEN + likeness))
    alone = _actors(_assessed(bench, SEEN + likeness.replace("NotPetya", "the older worm")))
    assert compared == pytest.approx(alone, abs=1e-9)


def test_the_same_worm_said_to_be_used_does_count(bench: Workbench) -> None:
    used = _actors(_assessed(bench, SEEN + "They deployed NotPetya."))
    assert used["Sandworm Team"] > ORDINARY


def test_a_header_that_was_forged_speaks_of_deception(bench: Workbench) -> None:
    plain = _assessed(bench, SEEN + TRACES + LIKENESSES[0] + " " + HEADER)
    forged = _assessed(bench, SEEN + TRACES + LIKENESSES[0] + " " + HEADER + FORGERY)
    for found in (plain, forged):
        assert max(_actors(found).values()) < ORDINARY
    assert forged.posing is not None
    assert plain.posing is not None
    assert forged.posing.flagged
    assert forged.posing.planted > plain.posing.planted
    assert any(row.forged for row in forged.posing.artefacts)
    assert not any(row.forged for row in plain.posing.artefacts)
    assert {row.actor for row in forged.posing.artefacts} >= {"G0022", "G0032", "G0045"}
    assert forged.posing.leader != "G0032" or forged.posing.leads_with < 0.5
