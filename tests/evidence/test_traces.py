"""Artefacts in sentences: tied to whom the sentence says, hedged, denied or forged as said, or to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import ACTORS, CATALOGUE, document
from weigh.evidence import build, observe
from weigh.evidence.forgeability import forgeabilities, forgeability
from weigh.evidence.traces import (
    COMPARED,
    DENIED,
    FALSE_FLAG,
    HEDGED,
    NO_ACTOR,
    SUSPECTED,
    TIED,
    Trace,
    chances,
    parsed,
    sorts,
)
from weigh.records import Kind, Observation

OBSERVER = build(CATALOGUE)


def observed(text: str) -> list[Observation]:
    return list(observe(document(text), OBSERVER))


def traces(text: str) -> list[Observation]:
    found = [item for item in observed(text) if item.kind is Kind.ARTEFACT]
    assert all(item.original == item.span.of(text) for item in found)
    return found


def seen(text: str) -> list[str]:
    return [item.value for item in traces(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Rich header points to APT28.", "rich header points to G0007"),
        ("The Rich header was identical to that of samples of APT28.", "rich header points to G0007"),
        ("A code fragment is shared with tools of APT29.", "code points to G0016"),
        ("There is code overlap with Cobalt Strike.", "code points to S0154"),
        ("The AES key generation is similar to that used by Turla.", "key generation points to G0010"),
        ("The file names match those used by APT28.", "file name points to G0007"),
        ("The strings in Korean are typical of Fancy Bear.", "language points to G0007"),
        ("Its mutex style is the same as in Sofacy tools.", "mutex points to G0007"),
        ("The PDB path is the same as in samples of APT29.", "build path points to G0016"),
        ("The compile times match those of APT29.", "timestamp points to G0016"),
        ("The forgers copied APT28's Rich header.", "rich header points to G0007"),
        ("artefact: code points to S0154", "code points to S0154"),
        ("artefact: rich header points to G0007, forged", "rich header points to G0007, forged"),
    ],
)
def test_tied_by_the_sentence(text: str, value: str) -> None:
    (found,) = traces(text)
    assert found.value == value
    assert found.set_aside == ""
    assert found.probability == TIED


@pytest.mark.parametrize(
    "text",
    [
        "APT28 left a PDB path.",
        "The decryption function of APT28 is long.",
        "They forged tickets and planted Mimikatz code.",
        "The certificate was forged by APT29.",
        "Working hours passed and APT28 returned.",
        "An AES algorithm is used.",
        "The header of the table names APT28.",
        "One sign is the string in the event that is used by tools of APT28.",
        "These strings in the resources match those of APT28.",
        "See the following code fragments as examples of what APT28 wrote.",
    ],
)
def test_no_artefact(text: str) -> None:
    assert seen(text) == []


def test_a_hedge_leaves_little_and_a_denial_nothing() -> None:
    (hedged,) = traces("The Rich header may point to APT28.")
    assert (hedged.probability, hedged.set_aside) == (HEDGED, "")
    assert "hedged with \u201cmay\u201d" in hedged.why
    (denied,) = traces("There is no code overlap with APT28.")
    assert denied.set_aside == DENIED
    (other,) = traces("Answers were different. The Rich header matches APT28.")
    assert other.set_aside == ""


def test_several_share_one_chance() -> None:
    found = traces("The Rich header matches APT28 and APT29.")
    assert [item.value for item in found] == ["rich header points to G0007", "rich header points to G0016"]
    assert {item.probability for item in found} == {TIED / 2}
    aliases = traces("The Rich header matches APT28 (Fancy Bear).")
    assert [(item.value, item.probability) for item in aliases] == [("rich header points to G0007", TIED)]


def test_a_name_that_heads_one_actor_is_that_actor() -> None:
    (found,) = traces("The Rich header matches samples of Carbanak group.")
    assert found.value == "rich header points to G0008"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "The Rich header, later shown to be forged, points to APT28.",
            ["rich header points to G0007, forged"],
        ),
        (
            "The Rich header matches APT28. Later the header was found to be forged.",
            ["rich header points to G0007", "rich header points to G0007, forged"],
        ),
        (
            "The Rich header matches APT28. The Rich header was later shown to be a false flag.",
            ["rich header points to G0007", "rich header points to G0007, forged"],
        ),
        (
            "The Rich header matches APT28. The header may have been forged.",
            ["rich header points to G0007"],
        ),
        ("The Rich header matches APT28 and was not forged.", ["rich header points to G0007"]),
        ("The compile timestamps were forged.", ["timestamp, forged"]),
        ("Analysts suspect a false flag.", [FALSE_FLAG]),
        ("There is code overlap with older tools.", ["code"]),
    ],
)
def test_forged_planted_and_untied(text: str, values: list[str]) -> None:
    assert seen(text) == values


def test_what_is_tied_to_nobody_says_so() -> None:
    (untied,) = traces("There is code overlap with older tools.")
    (suspected,) = traces("Analysts suspect a false flag.")
    assert (untied.set_aside, suspected.set_aside) == (NO_ACTOR, SUSPECTED)


def test_the_software_compared_with_is_not_software_used() -> None:
    found = observed("There is code overlap with Cobalt Strike. They ran Mimikatz.")
    software = {item.value: item.set_aside for item in found if item.kind is Kind.SOFTWARE}
    assert software["S0002"] == ""
    assert software["S0154"] in (COMPARED, *[value for value in software.values() if "comparison" in value])


def test_the_attribution_in_the_sentence_stays_a_claim() -> None:
    found = observed("The Rich header points to APT28.")
    (actor,) = [item for item in found if item.kind is Kind.ACTOR]
    assert actor.set_aside != ""


def test_every_sort_has_chances_and_a_forgeability() -> None:
    for sort in sorts():
        stated = chances(sort)
        assert stated is not None
        assert 0.0 < stated.background < stated.hit < 1.0
    assert chances(FALSE_FLAG) is None
    (found,) = traces("The file names match those used by APT28.")
    assert found.forgeability == forgeability("file")
    assert all(len(row.rationale) > 0 for row in forgeabilities().values())


@given(st.sampled_from(sorts()), st.sampled_from(["", *(actor.id for actor in ACTORS)]), st.booleans())
def test_a_value_is_read_back(sort: str, target: str, forged: bool) -> None:
    trace = Trace(sort, target, forged)
    assert parsed(trace.value) == trace


def test_what_is_no_value() -> None:
    assert parsed("horoscope points to G0007") is None
    assert parsed("") is None
    assert parsed(FALSE_FLAG) == Trace(FALSE_FLAG)


@given(
    st.sampled_from([actor for actor in ACTORS if actor.id.startswith("G") and actor.name.startswith("APT")]),
    st.sampled_from(sorts()),
)
def test_every_actor_is_tied_alike_by_a_row_of_a_table(actor: object, sort: str) -> None:
    identifier = str(getattr(actor, "id", ""))
    assert seen(f"artefact: {sort} points to {identifier}") == [f"{sort} points to {identifier}"]


PAIRS = st.permutations(["APT28", "Turla", "APT29"])
TEMPLATES = (
    "The Rich header points to {0}.",
    "A code fragment is shared with tools of {0}. The file names match those of {1}.",
    "The Rich header matches {0}. Later the header was found to be forged. {1} denied it.",
    "There is no code overlap with {0}, and the AES key generation is similar to that of {1}.",
)


@given(PAIRS, st.sampled_from(TEMPLATES))
def test_swapping_two_actors_in_the_text_swaps_them_and_nothing_else(names: list[str], template: str) -> None:
    identifiers = {actor.name: actor.id for actor in ACTORS}
    plain, swapped = ("APT28", "APT29"), (names[0], names[1])
    renamed = dict(
        zip((identifiers[name] for name in plain), (identifiers[name] for name in swapped), strict=True)
    )

    def told(pair: tuple[str, str]) -> list[tuple[str, str, float, str]]:
        found = traces(template.format(*pair))
        return [(item.subtype, item.value, item.probability, item.set_aside) for item in found]

    def as_renamed(value: str) -> str:
        trace = parsed(value)
        assert trace is not None
        return Trace(trace.sort, renamed.get(trace.target, trace.target), trace.forged).value

    assert told(swapped) == [(sort, as_renamed(value), *rest) for sort, value, *rest in told(plain)]


@pytest.mark.parametrize(
    "unit", ["rich header matches APT28 ", "code ", "false flag ", "forged rich header "]
)
def test_a_flood_of_traces_in_one_sentence_is_bounded(unit: str) -> None:
    found = traces(unit * 60)
    assert len(found) <= 8
    assert all(item.original == item.span.of(unit * 60) for item in found)


def test_a_name_too_far_or_behind_a_semicolon_is_not_tied() -> None:
    assert seen("The Rich header matches older tools; APT28 was busy.") == ["rich header"]
    far = "The Rich header matches older tools" + " of the same make and the same port" * 5
    assert seen(f"{far}, says the author of the note, which is by APT28.") == ["rich header"]


def test_the_reason_quotes_what_ties_and_says_what_hedges() -> None:
    (found,) = traces("The Rich header, later shown to be forged, points to APT28.")
    assert found.why.startswith("\u201cRich header, later shown to be forged, points to APT28\u201d")
    assert found.why.endswith("said to be forged")
