"""The reader of technique sentences: its features, its arithmetic, and what it says."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from weigh.evidence import text_model
from weigh.evidence.text_model import (
    LONGEST_WORD,
    REPORTED_FROM,
    TextModel,
    agreement,
    families,
    lookup,
    masked,
    softmax,
    units_of,
)

IDS = ("T1001", "T1001.001", "T1001.002", "T1002", "T1003")
CURVE = (1.0, 1.0, 0.0, 0.0, 0.0)
"""Belief that goes with the share: 0.73 at a share of 1, 0.25 at a share of 0.12."""

WORDS = st.sampled_from(
    (
        "The",
        "malware",
        "dumps",
        "LSASS",
        "cmd.exe",
        "/c",
        "whoami",
        "CVE-2021-1675",
        "schtasks",
        "a",
        "of",
        "é",
    )
)
SENTENCES = st.lists(WORDS | st.text(max_size=8), max_size=12).map(" ".join)


def model_of(weights: dict[str, tuple[float, ...]], curve: tuple[float, ...] = CURVE) -> TextModel:
    """A model that knows some words, each with a weight for every technique of `IDS` and for none."""
    keys = {int(units_of([word]).whole[0]): row for word, row in weights.items()}
    ordered = sorted(keys)
    return TextModel.from_arrays(
        {
            "techniques": np.array([name.encode() for name in IDS], "S9"),
            "keys": np.array(ordered, np.uint64),
            "weights": np.array([keys[key] for key in ordered], np.float32).reshape(-1, len(IDS) + 1),
            "scales": np.ones(len(ordered), np.float32),
            "squares": np.ones(len(ordered), np.float32),
            "bias": np.array([0, 0, 0, 0, 0, 4], np.float32),
            "curve": np.array(curve),
        }
    )


MODEL = model_of(
    {
        "leaf": (0, 9, 0, 0, 0, 0),
        "either": (5, 5.5, 5.5, 0, 0, 0),
        "other": (0, 0, 0, 9, 0, 0),
        "ordinary": (0, 0, 0, 0, 0, 14),
        "both": (0, 0, 0, 6, 6.5, 0),
    }
)


def strings(text: str) -> Counter[str]:
    """The features of a text by their names: another implementation of what `units_of` hashes."""
    words = [word for word in re.findall("[a-z0-9]+", ascii_lower(text)) if len(word) <= LONGEST_WORD]
    named: list[str] = []
    for word in words:
        ended = word + "$"
        named += [f"word {word}", f"four {word[:4]}", f"five {word[:5]}"]
        named += [f"run {ended[place : place + 4]}" for place in range(len(ended) - 3)]
    named += [f"pair {left[:5]} {right[:5]}" for left, right in pairwise(words)]
    return Counter(named)


def ascii_lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else " " for letter in text)


def hashed(text: str) -> Counter[int]:
    units = units_of([text])
    times = Counter(units.unit.tolist())
    found: Counter[int] = Counter()
    for unit, count in times.items():
        found[int(units.whole[unit])] += count
    for owner, part in zip(units.owner.tolist(), units.part.tolist(), strict=True):
        found[int(part)] += times[owner]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Emotet](https://attack.mitre.org/software/S0367) ran.", "it ran."),
        ("[APT28](https://attack.mitre.org/groups/G0007) did", "it did"),
        ("In [C0017](https://attack.mitre.org/campaigns/C0017) too", "In it too"),
        ("used [PowerShell](https://attack.mitre.org/techniques/T1059/001).", "used PowerShell."),
        ("see [the post](https://blog.example/a_(b)) here", "see the post) here"),
        ("cut [Ryuk](https://attack.mitre.org/software/S04", "cut it"),
        ("Dumps.(Citation: Vendor (Labs) 2020)(Citation: B)", "Dumps.  "),
        ("Dumps.(Citation: Vendor Labs 20", "Dumps. "),
        ("runs <code>net use</code> and `dir`", "runs  net use  and  dir "),
        ("an [aside] (not a link)", "an [aside] (not a link)"),
    ],
)
def test_links_citations_and_code_marks_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(max_size=60), st.text(alphabet="abc XYZ", min_size=1, max_size=12))
def test_masking_forgets_what_a_linked_actor_is_called(rest: str, name: str) -> None:
    link = "[{}](https://attack.mitre.org/groups/G0001)"
    rest = rest.replace("[", "").replace("]", "")
    assert masked(rest + link.format(name)) == masked(rest + link.format("Slate Heron"))


@given(SENTENCES)
def test_features_are_those_of_the_plain_implementation(text: str) -> None:
    assert sorted(hashed(text).values()) == sorted(strings(text).values())


@given(SENTENCES, SENTENCES)
def test_two_texts_share_the_features_that_the_plain_implementation_says(left: str, right: str) -> None:
    shared = strings(left) & strings(right)
    assert (hashed(left) & hashed(right)).total() == shared.total()


@given(st.lists(SENTENCES, max_size=6))
def test_units_of_many_sentences_are_those_of_each(texts: list[str]) -> None:
    together = units_of(texts)
    for number, text in enumerate(texts):
        mine = together.whole[together.unit[together.sentence == number]]
        alone = units_of([text])
        assert sorted(mine.tolist()) == sorted(alone.whole[alone.unit].tolist())
    assert (np.diff(together.sentence) >= 0).all()
    assert (np.diff(together.owner) >= 0).all()


def test_words_longer_than_a_word_are_left_out() -> None:
    key = "a" * (LONGEST_WORD + 1)
    assert hashed(f"run {key} now") == hashed("run now")
    assert hashed(f"run {key[1:]} now") != hashed("run now")


@pytest.mark.parametrize("text", ["", " ", "…", "\ud800", "\x00\x00", "漢字", "\n"])
def test_texts_without_words_have_no_units(text: str) -> None:
    assert len(units_of([text]).unit) == 0
    assert MODEL.read([text]) == [[]]


def test_a_known_word_counts_by_its_own_row_alone_and_an_unknown_one_by_its_parts() -> None:
    parts = units_of(["leaflet"]).part
    own = int(units_of(["leaf"]).whole[0])
    keys = np.sort(np.append(parts, np.uint64(own)))
    weights = np.where((keys == own)[:, None], 1.0, 10.0) * np.ones((1, len(IDS) + 1))
    model = TextModel(
        MODEL.techniques, keys, weights.astype(np.float32), np.ones(len(keys), np.float32),
        np.ones(len(keys), np.float32), MODEL.bias, MODEL.curve,
    )  # fmt: skip
    assert model.scores(["leaf"])[0, 0] == pytest.approx(1.0)
    assert model.scores(["leaflet"])[0, 0] == pytest.approx(10 * len(parts) / len(parts) ** 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A leaf here.", ["T1001.001"]),
        ("Either way.", ["T1001"]),
        ("The other one.", ["T1002"]),
        ("Both of them.", ["T1003", "T1002"]),
        ("Ordinary words.", []),
        ("ordinary and other", []),
    ],
)
def test_reading_backs_off_to_the_parent_and_says_nothing_of_ordinary_sentences(
    text: str, expected: list[str]
) -> None:
    assert [technique for technique, _ in MODEL.read([text])[0]] == expected


@given(st.lists(st.sampled_from(("leaf", "either", "other", "ordinary", "both", "unheard", ".")), max_size=9))
def test_findings_are_probabilities_above_the_threshold_one_a_family_and_in_order(words: list[str]) -> None:
    findings = MODEL.read([" ".join(words)])[0]
    probabilities = [probability for _, probability in findings]
    assert all(REPORTED_FROM <= probability <= 1 for probability in probabilities)
    assert probabilities == sorted(probabilities, reverse=True)
    parents = [technique.partition(".")[0] for technique, _ in findings]
    assert len(parents) == len(set(parents))


@given(st.lists(SENTENCES, min_size=1, max_size=8), st.randoms())
def test_a_sentence_is_read_the_same_wherever_it_stands(texts: list[str], random: Any) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)
    moved = MODEL.scores([texts[place] for place in order])
    assert np.allclose(moved, MODEL.scores(texts)[order], atol=1e-5)


def test_blocks_do_not_change_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["leaf and other", "ordinary", "", "both", "either leaf"] * 7
    whole, read = MODEL.scores(texts), MODEL.read(texts)
    monkeypatch.setattr(text_model, "_BLOCK_SIZE", 20)
    monkeypatch.setattr(text_model, "_BLOCK_SENTENCES", 2)
    assert np.array_equal(MODEL.scores(texts), whole)
    assert MODEL.read(texts) == read


def test_nothing_read_gives_nothing() -> None:
    assert MODEL.read([]) == []
    assert MODEL.scores([]).shape == (0, len(IDS) + 1)
    assert MODEL.beliefs([], np.zeros(len(IDS), np.int64)).shape == (0, 1)


def test_a_model_without_features_says_nothing() -> None:
    assert model_of({}, (-5.0, 1.0, 0.0, 0.0, 0.0)).read(["leaf other"]) == [[]]


def test_only_the_first_part_of_an_endless_sentence_is_read() -> None:
    filler = "x " * text_model.LONGEST_TEXT
    assert MODEL.read([filler + "other"]) == [[]]
    assert MODEL.read(["other " + filler])[0][0][0] == "T1002"


def test_beliefs_of_groups_add_the_shares_of_their_members() -> None:
    groups = np.array([0, 0, 0, 1, -1])
    shares, best, lengths = MODEL.evidence(["either other"], groups)
    single = softmax(MODEL.scores(["either other"]))[0]
    assert shares[0] == pytest.approx([single[:3].sum(), single[3]], rel=1e-5)
    assert best[0] == pytest.approx(MODEL.scores(["either other"])[0, :-1].max())
    assert lengths[0] == pytest.approx(2**0.5)
    assert MODEL.beliefs(["either other"], groups) == pytest.approx(
        agreement(shares, best, lengths, MODEL.curve)
    )


@given(st.lists(st.floats(1e-6, 1.0), min_size=2, max_size=5), st.floats(-3, 9), st.floats(0, 300))
def test_agreement_is_a_probability_that_grows_with_the_share(
    values: list[float], best: float, length: float
) -> None:
    shares = np.array([sorted(values)], np.float32)
    curve = np.array([-7.0, 0.8, 0.2, 1.6, -2.1])
    found = agreement(shares, np.array([best], np.float32), np.array([length], np.float32), curve)
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found[0]) >= 0).all()


def test_more_words_are_more_evidence_until_a_sentence_is_a_dump() -> None:
    curve = np.array([-7.0, 0.8, 0.2, 1.6, -2.1])
    lengths = np.array([5.0, 30.0, 66.0, 120.0, 400.0], np.float32)
    found = agreement(np.full((5, 1), 0.6, np.float32), np.full(5, 8.0, np.float32), lengths, curve)[:, 0]
    assert found.argmax() == 2
    assert list(found[:3]) == sorted(found[:3])
    assert list(found[2:]) == sorted(found[2:], reverse=True)


@given(st.lists(st.lists(st.floats(-50, 50), min_size=3, max_size=3), min_size=1, max_size=4))
def test_softmax_shares_one_unit(rows: list[list[float]]) -> None:
    shares = softmax(np.array(rows, np.float32))
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-5)


def test_families_begin_where_the_parent_changes() -> None:
    assert families(MODEL.techniques).tolist() == [0, 3, 4]


@given(st.lists(st.integers(0, 99), unique=True), st.lists(st.integers(0, 99)))
def test_lookup_finds_what_is_there(keys: list[int], wanted: list[int]) -> None:
    ordered = np.array(sorted(keys), np.uint64)
    position, known = lookup(ordered, np.array(wanted, np.uint64))
    assert known.tolist() == [key in keys for key in wanted]
    assert all(
        ordered[place] == key for place, key in zip(position[known], np.array(wanted)[known], strict=True)
    )


def test_arrays_are_read_from_a_memory_map_as_they_are(tmp_path: Path) -> None:
    names = ("techniques", "keys", "weights", "scales", "squares", "bias", "curve")
    for name in names:
        np.save(tmp_path / f"{name}.npy", getattr(MODEL, name))
    mapped: dict[str, NDArray[Any]] = {
        name: np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in names
    }
    texts = ["A leaf here.", "Both of them.", "Ordinary."]
    assert TextModel.from_arrays(mapped).read(texts) == MODEL.read(texts)


def test_a_missing_array_is_told() -> None:
    with pytest.raises(KeyError, match="keys"):
        TextModel.from_arrays({"techniques": MODEL.techniques})
