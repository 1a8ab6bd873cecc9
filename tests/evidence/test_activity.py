"""When operators were at work, apart from when texts were written, mended, judged and cited."""

from __future__ import annotations

import pytest

from tests.evidence.known import layout
from weigh.evidence.activity import ACTIVITY, COMPILED, read
from weigh.evidence.completion import Completion
from weigh.records import Kind


def seen(text: str) -> list[tuple[str, str]]:
    return [(finding.subtype, finding.value) for finding in read(layout(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In May 2021 the group targeted two harbours.", "2021-05"),
        ("The group has been active since at least 2017.", "2017/.."),
        ("The intrusions took place in early 2021.", "2021-01/2021-04"),
        ("The intruders operated from 2 June 2021 to 9 June 2021.", "2021-06-02/2021-06-09"),
        ("On March 2, 2021, files were encrypted on all servers.", "2021-03-02"),
        ("First seen in October 2020, it spread fast.", "2020-10"),
        ("On 9 February 2018 a destructive worm switched off the network.", "2018-02-09"),
    ],
)
def test_dates_of_deeds(text: str, value: str) -> None:
    assert seen(text) == [(ACTIVITY, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Original release date: July 19, 2021.",
        "The vendor released a patch in April 2019.",
        "In May 2021 the ministry said that it knew.",
        "Two men were indicted in December 2018.",
        "Last accessed May 3, 2021.",
        "The report of a worm at sea (September 18, 2018).",
        "By A. Writer, June 06, 2023. We found a campaign.",
        "CISA conducted an incident response engagement from June to July 2022.",
        "As of November 2022 the group has hit many.",
        "See https://example.org/2021/attacks-in-2021.",
        "It rained in 2021.",
    ],
)
def test_other_dates(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PE Compile Time: 2014-11-22 00:06:54", "2014-11-22"),
        ("Earliest PE compile time: 20110411T225224Z", "2011-04-11"),
        ("The loader was compiled in 2017.", "2017"),
        ("It has a compilation timestamp of 28 February 2023.", "2023-02-28"),
    ],
)
def test_compile_times(text: str, value: str) -> None:
    assert seen(text) == [(COMPILED, value)]


def test_the_nearest_word_decides_and_punctuation_parts() -> None:
    assert seen("A report was published; in May 2021 the group targeted ports.") == [(ACTIVITY, "2021-05")]
    assert seen("The group targeted ports; a report was published in May 2021.") == []


def test_the_reason_names_the_word_and_a_compile_time_is_easier_to_forge() -> None:
    (deed,) = read(layout("They attacked the port in May 2021."))
    assert deed.why == "\u201cMay 2021\u201d beside \u201cattacked\u201d"
    assert deed.kind is Kind.CIRCUMSTANCE
    (built,) = read(layout("The tool was compiled in May 2021."))
    assert (deed.forging, built.forging) == ("activity", "timestamp")


def test_a_compile_time_counts_in_advice_and_an_activity_does_not() -> None:
    text = "Summary\n\nA tool was used.\n\nMitigations\n\nLook for PE Compile Time: 2014-11-22 00:06:54.\n"
    text += "The group targeted ports in May 2021.\n"
    laid = layout(text)
    made = {item.subtype: Completion(laid).observation("x", item).set_aside for item in read(laid)}
    assert made[COMPILED] == ""
    assert made[ACTIVITY] != ""
