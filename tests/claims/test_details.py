"""What a claim says besides who and whom, quoted; and that a confidence is never read as a likelihood."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, read, reader
from weigh import scales
from weigh.claims.details import readings
from weigh.claims.loaded import MOST, loaded_words
from weigh.records import Basis


@pytest.mark.parametrize(
    ("words", "icd203", "phia"),
    [
        ("highly likely", "", "highly likely"),
        ("very likely", "very likely", ""),
        ("likely", "likely", "likely or probable"),
        ("probably", "likely", "likely or probable"),
        ("almost certainly", "almost certain", "almost certain"),
        ("realistic possibility", "", "realistic possibility"),
        ("highly unlikely", "", "highly unlikely"),
        ("very unlikely", "very unlikely", ""),
        ("unlikely", "unlikely", "unlikely"),
        ("roughly even chance", "roughly even chance", ""),
        ("remote chance", "almost no chance", "remote chance"),
        ("likelihood is remote", "almost no chance", ""),
        ("alleged", "", ""),
        ("涉嫌", "", ""),
    ],
)
def test_hedges_are_read_on_their_own_scale_only(words: str, icd203: str, phia: str) -> None:
    assert readings(words) == (icd203, phia)
    assert icd203 == "" or icd203 in {band.word for band in scales.ICD203}
    assert phia == "" or phia in {band.word for band in scales.PHIA}


@pytest.mark.parametrize(
    ("text", "likelihood", "phia", "confidence", "level"),
    [
        ("It is highly likely that Iran hacked the ministry.", "highly likely", "highly likely", None, ""),
        ("Iran hacked the ministry, with high confidence.", None, "", "with high confidence", "high"),
        (
            "We assess with moderate confidence that Iran hacked it.",
            None,
            "",
            "with moderate confidence",
            "moderate",
        ),
        ("Canada is confident that Iran hacked the ministry.", None, "", "is confident", ""),
        ("Iran allegedly hacked the ministry.", "allegedly", "", None, ""),
        ("Iran hacked the ministry.", None, "", None, ""),
    ],
)
def test_likelihood_and_confidence_are_two_things(
    text: str, likelihood: str | None, phia: str, confidence: str | None, level: str
) -> None:
    (claim,) = read(text, "Canada")
    assert (claim.likelihood.words if claim.likelihood else None) == likelihood
    assert claim.phia == phia
    assert (claim.confidence.words if claim.confidence else None) == confidence
    assert claim.confidence_level == level


@pytest.mark.parametrize(
    ("text", "basis", "whose"),
    [
        ("Based on data from Microsoft, Iran hacked the ministry.", Basis.ANOTHER, "Microsoft"),
        ("Credible evidence demonstrates that Iran hacked the ministry.", Basis.WITHHELD, None),
        ("As shown in the annex, Iran hacked the ministry.", Basis.SHOWN, None),
        ("Iran hacked the ministry.", Basis.NONE, None),
    ],
)
def test_a_basis_is_what_the_sentence_says(text: str, basis: Basis, whose: str | None) -> None:
    claim = read(text, "Canada")[0]
    assert claim.basis is basis
    assert (claim.basis_words is None) == (basis is Basis.NONE)
    assert whose is None or (claim.basis_of is not None and claim.basis_of.key == whose)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("In early March 2021, Iran hacked the ministry.", "In early March 2021"),
        ("Iran hacked the ministry between 2019 and 2020.", "between 2019 and 2020"),
        ("On Monday Iran hacked the ministry.", "On Monday"),
        ("Since 2015 Iran has hacked ministries.", "Since 2015"),
        ("2020年伊朗对以色列实施网络攻击。", "2020年"),
    ],
)
def test_the_time_of_the_deed_is_quoted(text: str, when: str) -> None:
    claim = read(text, "Canada")[0]
    assert claim.happened is not None
    assert claim.happened.words == when


def test_what_is_said_is_dated_by_its_document() -> None:
    (claim,) = reader().read(document("Iran hacked the ministry.", "Canada", "2021-07-19")).claims
    assert claim.said == "2021-07-19"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Iran launched cyber attacks against the port of Haifa.", "the port of Haifa"),
        ("Iranian hackers targeted banks, ports and schools.", "banks"),
        ("Hackers linked to Iran gained access to computer networks.", "computer networks"),
    ],
)
def test_the_target_is_quoted(text: str, target: str) -> None:
    claim = read(text, "Canada")[0]
    assert claim.target is not None
    assert claim.target.words == target


def test_loaded_words_are_listed_and_weigh_nothing() -> None:
    plain, loaded = "Iran denied the hack.", "Notorious Iran denied the malicious hack."
    assert [word.words for word in loaded_words(document(loaded))] == ["Notorious", "malicious"]
    assert loaded_words(document(plain)) == ()
    assert all(word.span.of(loaded) == word.words for word in loaded_words(document(loaded)))
    (one,), (other,) = read(plain, "Reuters"), read(loaded, "Reuters")
    assert (one.stance, one.speakers, one.accused, one.probability) == (
        other.stance,
        other.speakers,
        other.accused,
        other.probability,
    )


def test_loaded_words_are_bounded_and_whole_words() -> None:
    assert loaded_words(document("smearing unsmeared smear")) != ()
    assert [word.words for word in loaded_words(document("unsmeared smear"))] == ["smear"]
    assert len(loaded_words(document("smear " * (MOST + 5)))) == MOST
    assert [word.words for word in loaded_words(document("这是抹黑。"))] == ["抹黑"]


@pytest.mark.parametrize("words", ["remote code execution", "a remote site", "remotely", "remote access"])
def test_what_is_far_away_is_no_likelihood(words: str) -> None:
    assert readings(words) == ("", "")
