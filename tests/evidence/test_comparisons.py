"""Mentions that are no use: descent, comparison, denial, footnotes; and real uses that stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe
from weigh.evidence.comparisons import denies, remark
from weigh.evidence.sections import Role, zones
from weigh.records import Kind, Span

OBSERVER = build(CATALOGUE)


def reason(text: str, name: str = "Mimikatz") -> str:
    """Why the first mention of a name is set aside."""
    found = [each for each in observe(document(text), OBSERVER) if each.original == name]
    return found[0].set_aside


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It is a descendant of Mimikatz.", "history"),
        ("The banking trojan, a descendant of the infamous Mimikatz malware, came by mail.", "history"),
        ("It evolved from Mimikatz and kept its name.", "history"),
        ("A successor to an earlier implant dubbed Mimikatz was found.", "history"),
        ("They used Carbon instead of Mimikatz.", "history"),
        ("They ran Mimikatz, which was previously used by others.", "history"),
        ("Mimikatz has been used by many actors in the past.", "history"),
        ("The bureau blames a ministry for Mimikatz.", "blame"),
        ("Officials held the group responsible for the global Mimikatz attack.", "blame"),
        ("Those behind Mimikatz are known.", "blame"),
        ("It accused the port of spreading Mimikatz.", "blame"),
        ("Its code is similar to Mimikatz.", "comparison"),
        ("It shares similarities with Mimikatz.", "comparison"),
        ("Unlike Mimikatz, it writes no file.", "comparison"),
        ("It is reminiscent of \u201cMimikatz\u201d.", "comparison"),
        ("as used by other tools such as Cobalt Strike and Mimikatz", "comparison"),
        ("There was no evidence of Mimikatz on the host.", "said not to"),
        ("The crew did not use Mimikatz there.", "said not to"),
        ("Analysts have not seen any new Mimikatz there.", "said not to"),
        ("Mimikatz was not observed on the host.", "said not to"),
        ("Mimikatz is a tool that reads memory.", "in general"),
        ("Mimikatz (S0002) is an open-source utility for testers.", "in general"),
        ("The Mimikatz tool is a freely available program which many use.", "in general"),
        ("An attacker who gains access could use Mimikatz to move on.", "somebody could do"),
        ("Attackers may use Mimikatz for this.", "somebody could do"),
        ("If the crew had come in, it would have run Mimikatz.", "somebody could do"),
    ],
)
def test_set_aside_with_the_words_that_say_so(text: str, why: str) -> None:
    assert why in reason(text)
    assert "\u201c" in reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "They ran Mimikatz.",
        "Blamed by nobody, they ran Mimikatz.",
        "They left Mimikatz behind.",
        "They used a modified version of Mimikatz.",
        "They used a variant of Mimikatz.",
        "They used tools like Mimikatz and tools such as Mimikatz.",
        "The scanner did not detect Mimikatz.",
        "Similar to last year, the crew came by mail. They ran Mimikatz.",
        "Similar to Carbon, Mimikatz reads memory.",
        "They were not seen for weeks; then they ran Mimikatz.",
        "They ran Mimikatz, not Carbon.",
        "Mimikatz is a tool that the attackers ran on the host.",
        "Mimikatz is a tool that was found on the host.",
        "Mimikatz is a new backdoor that reads memory.",
        "The attackers may have used Mimikatz.",
        "The attackers could then run Mimikatz.",
        "They had Mimikatz, which is a tool.",
    ],
)
def test_real_uses_stay(text: str) -> None:
    assert reason(text) == ""


def test_a_denied_technique_is_set_aside_and_a_compared_one_is_not() -> None:
    assert "said not to" in reason("There was no evidence of pass the hash [T1550.002].", "pass the hash")
    assert reason("It is similar to pass the hash.", "pass the hash") == ""


def test_a_sentence_of_denial_is_not_read_for_techniques() -> None:
    class Reader:
        def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
            return [[("T1071", 0.5)] for _ in sentences]

    text = "Analysts observed no evidence of lateral movement there. The crew moved on to other hosts."
    found = observe(document(text), build(CATALOGUE, Reader()))
    assert [each.original for each in found] == ["The crew moved on to other hosts."]
    assert denies(text)
    assert not denies("The crew moved on to other hosts.")


@pytest.mark.parametrize(
    "line",
    [
        "[1] https://example.com/mimikatz-report",
        "12 Heron Labs, Mimikatz again, https://example.com/a, accessed 2 May.",
        "\u00b9 Heron Labs: Mimikatz, www.example.com",
        " [1] Heron: Mimikatz [2] Quay: More of it [3] Berth: The end",
    ],
)
def test_footnotes_are_references(line: str) -> None:
    text = f"They came by mail and left by night.\n{line}\nThey took two files.\n"
    (zone,) = zones(text)
    assert zone.role is Role.REFERENCES
    assert line.strip() in zone.span.of(text)


@pytest.mark.parametrize(
    "line",
    [
        "[1] They ran Mimikatz on two hosts.",
        "12 hosts were reached with Mimikatz.",
        "2021 saw Mimikatz on many hosts.",
        "See https://example.com/mimikatz",
    ],
)
def test_lines_that_are_no_footnotes(line: str) -> None:
    assert zones(f"They came by mail and left by night.\n{line}\nThey took two files.\n") == ()


PIECES = (
    "no evidence of ",
    "similar to ",
    "Mimikatz",
    " and ",
    ". ",
    "a descendant of the ",
    "\n",
    "\u0130",
    "unlike ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_remark_is_a_reason_or_nothing_and_needs_words_around(text: str) -> None:
    laid = layout(text)
    for each in observe(document(text), OBSERVER):
        said = remark(laid, each.span, each.kind)
        assert said == "" or ("\u201c" in said and said in each.set_aside)
    assert remark(layout("Mimikatz"), Span(0, 8), Kind.SOFTWARE) == ""


@pytest.mark.parametrize("unit", ["similar to ", "no evidence of a b c ", "[1] ", "A, B, ", "1 www."])
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + ".\n\nThey ran Mimikatz."
    assert [each.set_aside for each in observe(document(text), OBSERVER) if each.value == "S0002"] == [""]
