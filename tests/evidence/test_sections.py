"""Which part of a document a line belongs to, in text whose layout is lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.advice import advice_reason, advises
from weigh.evidence.sections import Role, zones
from weigh.records import Span

PROSE = "The actors sent messages with attachments to forty people, and three of them opened one."
ADVICE = "Patch all servers that face the Internet and keep an inventory of them that is up to date."


def role_at(text: str, needle: str) -> Role:
    """The role of the place where `needle` first stands."""
    place = text.index(needle)
    held = [zone.role for zone in zones(text) if zone.span.start <= place < zone.span.end]
    return held[0] if len(held) > 0 else Role.ACCOUNT


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Mitigations", Role.MITIGATIONS),
        ("MITIGATION", Role.MITIGATIONS),
        ("## Recommended Mitigations", Role.MITIGATIONS),
        ("**Recommendations**", Role.MITIGATIONS),
        ("4. Mitigations and Recommendations", Role.MITIGATIONS),
        ("Network Best Practices", Role.MITIGATIONS),
        ("Recommendations for Organizations with ATM or Point-of-Sale Devices", Role.MITIGATIONS),
        ("Appendix C: Mitigations", Role.MITIGATIONS),
        ("How to protect against this threat", Role.MITIGATIONS),
        ("Detection", Role.DETECTION),
        ("Hunting queries", Role.DETECTION),
        ("YARA rules", Role.DETECTION),
        ("Advanced hunting", Role.DETECTION),
        ("Detection rules and signatures", Role.DETECTION),
        ("Evading Detections", Role.ACCOUNT),
        ("Few Vendors Had Detections", Role.ACCOUNT),
        ("Inbox Rules", Role.ACCOUNT),
        ("Email Forwarding Rules", Role.ACCOUNT),
        ("Stolen Code Signatures", Role.ACCOUNT),
        ("DNS Queries", Role.ACCOUNT),
        ("Signs of Queries", Role.ACCOUNT),
        ("References", Role.REFERENCES),
        ("Related posts", Role.REFERENCES),
        ("Revisions", Role.REFERENCES),
        ("Contact Information", Role.CONTACT),
        ("Media Inquiries / Press Desk:", Role.CONTACT),
        ("Disclaimer of Endorsement", Role.NOTICE),
        ("Trademark Recognition", Role.NOTICE),
        ("About us", Role.ADVERTISING),
        ("Subscribe to our newsletter", Role.ADVERTISING),
        ("Technical Details", Role.ACCOUNT),
        ("Appendix A: MITRE ATT&CK Techniques", Role.ACCOUNT),
        ("A Heading of No Known Kind", Role.ACCOUNT),
        ("Endpoint Detection and Response", Role.ACCOUNT),
    ],
)
def test_headings(heading: str, role: Role) -> None:
    text = f"Summary\n{PROSE}\n{heading}\n{ADVICE}\n"
    assert role_at(text, "actors") is Role.ACCOUNT
    assert role_at(text, "Patch all") is role


@pytest.mark.parametrize(
    "maker",
    ["Elm", "Harbour Defence 365", "Microsoft Defender", "Snort", "Suricata", "Sentinel", "X-9", "KQL"],
)
@pytest.mark.parametrize(
    "shape",
    [
        "{} detections",
        "Detections {}",
        "## {} Queries",
        "{} hunting queries",
        "{} rules",
        "**{} Signatures**",
    ],
)
def test_advice_on_detection_is_known_by_its_shape_whoever_made_the_product(shape: str, maker: str) -> None:
    text = f"Summary\n{PROSE}\n{shape.format(maker)}\n{ADVICE}\n"
    assert role_at(text, "actors") is Role.ACCOUNT
    assert role_at(text, "Patch all") is Role.DETECTION


def test_a_product_alone_is_no_heading_of_advice() -> None:
    for product in ("Microsoft Defender for Endpoint", "Sentinel", "Elm for Harbours"):
        assert role_at(f"{PROSE}\n{product}\n{ADVICE}\n", "Patch all") is Role.ACCOUNT


@pytest.mark.parametrize(
    "line",
    [
        "The actors ran the following queries:",
        "Intruders created mail rules:",
        "It came with valid signatures:",
        "The mitigations that we recommend are many and they are described in the appendix of this report.",
        "Table 2: Recommendations to Mitigate Identified Issues",
        "Figure 1: Detection",
        "mitigations",
        "Share only necessary data and information with third parties, and",
        "• Injection Flaws are broad web application attack techniques that attempt to send",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    text = f"{PROSE}\n{line}\n{ADVICE}\n"
    assert role_at(text, "Patch all") is Role.ACCOUNT


def test_a_heading_that_lost_its_line_end() -> None:
    account = f"Technical DetailsThis was seen.\n{PROSE}\n"
    text = f"{account}MitigationsCISA says this.\n{ADVICE}\nReferences\n [1] A report\n"
    assert role_at(text, "actors") is Role.ACCOUNT
    assert role_at(text, "says this") is Role.MITIGATIONS
    assert role_at(text, "Patch all") is Role.MITIGATIONS
    assert role_at(text, "[1]") is Role.REFERENCES


def test_an_account_goes_on_after_advice() -> None:
    appendix = "APPENDIX: Indicators of Compromise\nThis list is of hosts that were seen.\n"
    text = f"{PROSE}\nMitigations\n{ADVICE}\n{appendix}"
    assert role_at(text, "Patch all") is Role.MITIGATIONS
    assert role_at(text, "This list") is Role.ACCOUNT


def test_a_column_of_a_lost_table_is_no_heading() -> None:
    cells = (
        "Procedure(s)",
        "Detection and Mitigation Recommendations",
        "Defensive Tactics",
        "Scanning [T1595]",
    )
    assert zones("\n\n".join(cells)) == ()


def test_a_heading_between_short_lines_and_a_table_begins_a_part() -> None:
    text = "Findings\nMitigations\nTechnique | Mitigation\nT1110 | Lock accounts.\nReferences\n[1] Quay\n"
    start = text.index("Technique")
    found = zones(text, [Span(start, text.index("References"))])
    assert [(zone.role, zone.heading) for zone in found] == [
        (Role.MITIGATIONS, "Mitigations"),
        (Role.REFERENCES, "References"),
    ]


def test_a_labelled_line_is_a_part_of_its_own() -> None:
    labelled = "Mitigation: Disable PowerShell where it is not needed.\nDetection: Monitor processes.\n"
    text = f"{PROSE}\n{labelled}{PROSE} Again."
    assert role_at(text, "Disable") is Role.MITIGATIONS
    assert role_at(text, "Monitor") is Role.DETECTION
    assert role_at(text, "Again") is Role.ACCOUNT


def test_a_list_that_a_heading_announces_ends_with_the_list() -> None:
    items = "• Update servers.\nPatch phones soon, all of them.\n"
    text = f"Actions to take today to mitigate such threats:\n{items}{PROSE}\n"
    assert role_at(text, "Update") is Role.MITIGATIONS
    assert role_at(text, "Patch phones") is Role.MITIGATIONS
    assert role_at(text, "The actors") is Role.ACCOUNT


def test_a_heading_of_the_same_level_ends_a_part_and_a_lower_one_does_not() -> None:
    text = f"## Mitigations\n{ADVICE}\n### Passwords\nChoose long ones.\n## The Second Wave\n{PROSE}\n"
    assert role_at(text, "Choose") is Role.MITIGATIONS
    assert role_at(text, "The actors") is Role.ACCOUNT


def test_the_next_number_ends_a_part_and_items_of_a_list_do_not() -> None:
    text = (
        f"5. Mitigations\n{ADVICE}\n1. Passwords: long ones.\n2. Backups too.\n6. The Second Wave\n{PROSE}\n"
    )
    assert role_at(text, "Backups") is Role.MITIGATIONS
    assert role_at(text, "The actors") is Role.ACCOUNT


def test_titles_among_references_do_not_end_them() -> None:
    items = "[1] MITRE ATT&CK Techniques\n2. Technical Analysis\nMore text of a reference.\n"
    text = f"{PROSE}\nReferences\n{items}"
    assert role_at(text, "More text") is Role.REFERENCES


def test_the_reason_quotes_the_heading() -> None:
    (zone,) = zones(f"{PROSE}\nMitigations\n{ADVICE}\n")
    assert zone.reason.startswith("stands in a part that advises defenders")
    assert "\u201cMitigations\u201d" in zone.reason


@given(
    st.lists(
        st.sampled_from(
            [PROSE, ADVICE, "Mitigations", "References", "a", "", "# Detection:", "Mitigation: x"]
        )
    )
)
def test_parts_are_in_order_apart_and_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = zones(text)
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(found))
    assert all(0 <= zone.span.start < zone.span.end <= len(text) for zone in found)
    assert all(zone.role is not Role.ACCOUNT for zone in found)


@given(st.text())
def test_any_text_has_parts(text: str) -> None:
    assert all(Span(0, len(text)).overlaps(zone.span) for zone in zones(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "Monitor executed commands and arguments for such actions.",
        "• Ensure that all browsers are kept up to date.",
        "Organizations should disable macros.",
        "CISA recommends that all agencies apply the patch.",
        "It is important to keep backups.",
    ],
)
def test_advice(sentence: str) -> None:
    assert advises(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The actors monitored executed commands.",
        "Use of steganography to hide stolen data.",
        "Use Alternate Authentication Material: Pass the Hash [T1550.002]",
        "Patch Tuesday.",
        "They exploited servers that nobody had patched.",
        "",
    ],
)
def test_accounts_are_no_advice(sentence: str) -> None:
    assert not advises(sentence)


def test_advice_has_a_reason() -> None:
    assert "advice" in advice_reason()
