"""Sentences: numbers agree with their nouns, and every rule of confidence shows."""

from __future__ import annotations

import pytest

from weigh.assessment.document import FeatureRow
from weigh.assessment.wording import (
    assumptions,
    cautions,
    confidence,
    open_questions,
    unlisted_sentence,
    weight_sentence,
)
from weigh.inference.engine import Sighting


def feature(users: int = 3, share: float = 0.25) -> FeatureRow:
    """A fact."""
    return FeatureRow("T1486", "technique", "Encryption", ("impact",), 0.9, users, share, ("obs-1",))


@pytest.mark.parametrize(
    ("sighting", "words"),
    [
        (Sighting(7, 3, False), "3 of 7 reports on Heron show it; 25% of all reports do."),
        (Sighting(7, 1, False), "1 of 7 reports on Heron shows it; 25% of all reports do."),
        (
            Sighting(1, 1, True),
            "1 of 1 report on Heron shows it; 25% of all reports do. It stands in the most similar report, "
            "too.",
        ),
        (Sighting(7, 0, False), "none of the 7 reports on Heron shows it; 25% of all reports do."),
        (Sighting(1, 0, False), "the one report on Heron does not show it; 25% of all reports do."),
    ],
)
def test_a_weight_says_the_reports_that_it_rests_on(sighting: Sighting, words: str) -> None:
    assert weight_sentence(feature(), "Heron", sighting) == f"Encryption (T1486): {words}"


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0.0%"), (0.034, "3.4%"), (0.0999, "10.0%"), (0.5, "50%"), (1.0, "100%")]
)
def test_small_shares_keep_a_decimal(share: float, words: str) -> None:
    assert f"; {words} of all" in weight_sentence(feature(share=share), "Heron", Sighting(2, 1, False))


@pytest.mark.parametrize(
    ("users", "words"),
    [
        (0, "nobody in the knowledge is reported"),
        (1, "1 known actor is reported"),
        (2, "2 known actors are reported"),
    ],
)
def test_unlisted_says_how_many_use_it(users: int, words: str) -> None:
    assert words in unlisted_sentence(feature(users=users))


@pytest.mark.parametrize(
    ("facts", "documents", "undated", "present", "missing"),
    [
        (0, 1, True, ["Who did it", "one document", "dates only a part"], []),
        (
            3,
            2,
            False,
            ["Who sponsors", "documents that nothing links"],
            ["Who did it", "one document", "dates only"],
        ),
    ],
)
def test_open_questions_are_those_of_the_case(
    facts: int, documents: int, undated: bool, present: list[str], missing: list[str]
) -> None:
    text = " ".join(open_questions(facts, documents, undated))
    assert all(words in text for words in present)
    assert not any(words in text for words in missing)


@pytest.mark.parametrize(
    ("facts", "leads_with", "twin", "said"),
    [
        (0, 0.9, "", ["before any evidence"]),
        (0, 0.1, "Harbour 2020", ["before any evidence", "confirms itself"]),
        (1, 0.9, "", ["1 fact alone"]),
        (3, 0.5, "", ["3 facts alone", "more likely than all others"]),
        (4, 0.5, "", ["more likely than all others"]),
        (4, 0.9, "Harbour 2020", ["'Harbour 2020'"]),
        (4, 0.9, "", []),
    ],
)
def test_cautions_say_what_a_hasty_reader_gets_wrong(
    facts: int, leads_with: float, twin: str, said: list[str]
) -> None:
    found = cautions(facts, leads_with, twin)
    assert len(found) == len(said)
    assert all(words in text for words, text in zip(said, found, strict=True))


def test_assumptions_name_the_year_or_its_absence() -> None:
    assert "in 2021, the middle one" in " ".join(assumptions(5, 2, 2021))
    text = " ".join(assumptions(5, 2, 0))
    assert "at the date of the newest report known" in text
    assert "5 observations were weighed and 2 set aside" in text


FIRM = {"facts": 8, "documents": 2, "sources": 2, "hard": 4, "linchpins": 0, "leads_by": 1.0}


def level(**changes: float) -> str:
    """The level for a firm case with changes."""
    return confidence(**(FIRM | changes))[0]  # type: ignore[arg-type]


def test_a_firm_case_is_moderate_and_never_more() -> None:
    assert level() == "moderate"
    assert level(facts=500, documents=90, sources=90, hard=400, leads_by=60.0) == "moderate"


@pytest.mark.parametrize(
    "weaker", [{"facts": 7}, {"hard": 3}, {"linchpins": 1}, {"leads_by": 0.99}, {"sources": 1}], ids=str
)
def test_any_weakness_makes_confidence_low(weaker: dict[str, float]) -> None:
    assert level(**weaker) == "low"


def test_reasons_state_the_numbers_with_their_nouns() -> None:
    _, reasons = confidence(1, 1, 1, 0, 1, 0.26)
    text = "; ".join(reasons)
    assert "1 fact from 1 document; 1 origin with a named source" in text
    assert "1 single fact would change the leader" in text
    assert "0.3 bits ahead" in text
    assert "documents cannot show that they are independent" in text
