"""A corrected model: what is added to the log odds of the knowledge, and to whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.compiling.annotations import Annotated
from weigh.compiling.teaching import correction
from weigh.compiling.text_training import Example, train
from weigh.evidence.taught_model import TaughtModel, corrected, log_odds, odds
from weigh.evidence.text_model import TextModel
from weigh.knowledge.catalogue import Technique

PROBABILITIES = st.floats(0.001, 0.999)
NAMES = ("T1001", "T1002")


@pytest.fixture(scope="module")
def knowledge() -> TextModel:
    said = {
        "T1001": "it hides data in junk traffic",
        "T1001.001": "it pads packets with random letters",
        "T1002": "it compresses archives with a password",
        "": "it is a group that works at night",
    }
    lessons = [Example(f"{text}.", label) for label, text in said.items() for _ in range(9)]
    ids = [label for label in said if len(label) > 0]
    return TextModel.from_arrays(train(lessons, [Technique(label, f"Name {label}") for label in ids]))


@pytest.fixture(scope="module")
def taught(knowledge: TextModel) -> TaughtModel:
    """By annotators who call moored boats T1002 and see nothing in padding."""
    rows = [
        ("the crew moored seven grey boats", {"T1002"}),
        ("it pads packets with random letters", set[str]()),
    ]
    marked = Annotated(
        tuple(text for text, _ in rows * 30),
        tuple(frozenset(labels) for _, labels in rows * 30),
        tuple(str(number) for number in range(60)),
    )
    alone = knowledge.beliefs(marked.sentences, np.array([0, 0, 1]))
    return TaughtModel(knowledge, TextModel.from_arrays(correction(alone, marked, NAMES)))


@given(st.lists(PROBABILITIES, min_size=1), st.floats(-5, 5))
def test_what_is_added_and_taken_away_again_changes_nothing(values: list[float], added: float) -> None:
    believed = np.array(values, np.float32)
    more = corrected(believed, np.float32(added) * np.ones_like(believed))
    assert corrected(more, np.float32(-added) * np.ones_like(believed)) == pytest.approx(believed, abs=2e-3)
    assert ((more >= believed - 1e-4) if added >= 0 else (more <= believed + 1e-4)).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_log_odds_are_finite_and_rise_with_the_probability(values: list[float]) -> None:
    found = odds(np.array(sorted(values), np.float32))
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all()


def test_a_correction_without_weights_reads_as_the_knowledge_alone(
    knowledge: TextModel, taught: TaughtModel
) -> None:
    arrays = {name: getattr(taught.correction, name) for name in taught.correction.__slots__}
    silent = TextModel.from_arrays(
        {**arrays, "weights": arrays["weights"] * 0, "bias": np.zeros_like(arrays["bias"])}
    )
    texts = ["it pads packets with random letters", "it compresses archives", "the crew slept", ""]
    assert [[name for name, _ in found] for found in TaughtModel(knowledge, silent).read(texts)] == [
        [name for name, _ in found] for found in knowledge.read(texts)
    ]


def test_labels_that_differ_from_the_knowledge_are_learnt(knowledge: TextModel, taught: TaughtModel) -> None:
    texts, groups = ["seven grey boats", "it pads packets with random letters"], np.array([0, 0, 1])
    before = knowledge.beliefs(texts, groups)
    after = taught.beliefs(texts, groups, NAMES)
    assert after[0, 1] > 2 * before[0, 1]
    assert after[1, 0] < before[1, 0]


def test_families_are_corrected_and_the_knowledge_chooses_within_one(taught: TaughtModel) -> None:
    found = taught.read(["it pads packets with random letters", "moored seven grey boats, the crew of boats"])
    assert all(probability < 0.5 for name, probability in found[0] if name.startswith("T1001"))
    assert "T1002" in [name for name, _ in found[1]]


def test_nothing_is_added_to_a_name_that_was_not_taught(taught: TaughtModel) -> None:
    added = log_odds(taught.correction, ["seven grey boats"], ("T1999", "T1002"))
    assert added[0, 0] == 0.0
    assert added[0, 1] > 0.0
    assert log_odds(taught.correction, [], ("T1002",)).shape == (0, 1)
