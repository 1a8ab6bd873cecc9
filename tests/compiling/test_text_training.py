"""Training of the sentence model: what it learns from, how it fits, and that it is read as it was fitted."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from weigh.compiling.text_training import (
    Example,
    commoner,
    curve_of,
    family_of,
    features,
    fitted,
    folded,
    learned,
    lessons_of,
    likelier,
    quantised,
    train,
    typical,
    vocabulary,
)
from weigh.evidence.text_model import TextModel, agreement, masked, softmax, units_of
from weigh.knowledge.catalogue import Technique

TECHNIQUES = (
    Technique("T1113", "Screen Capture"),
    Technique("T1003", "OS Credential Dumping"),
    Technique("T1003.001", "LSASS Memory", parent="T1003"),
    Technique("T1053.005", "Scheduled Task", parent="T1053"),
    Technique("T1053", "Scheduled Task/Job"),
    Technique("T1486", "Data Encrypted for Impact"),
)
SITE = "https://attack.mitre.org"
ACTORS = ("Slate Heron", "Brine", "Copper Wren")
PHRASES = {
    "T1113": (
        "can take screenshots of the desktop",
        "captured the screen every {n} seconds",
        "grabs a screenshot",
    ),
    "T1003.001": ("dumped LSASS memory with procdump", "reads credentials from lsass.exe", "accessed LSASS"),
    "T1053.005": ("created a scheduled task with schtasks", "used schtasks /create every {n} minutes"),
    "T1486": ("encrypted files with AES and asked for a ransom", "encrypts files and appends .{n}"),
    "": (
        "is a group that has been active since 20{n}",
        "has targeted ports and ministries",
        "shares code with it",
    ),
}


def examples(names: tuple[str, ...] = ACTORS, copies: int = 6) -> list[Example]:
    return [
        Example(
            f"[{name}]({SITE}/groups/G000{number}) {phrase.format(n=10 + copy)}.(Citation: R{copy})",
            technique,
            (f"R{copy}",),
        )
        for technique, phrases in PHRASES.items()
        for phrase in phrases
        for number, name in enumerate(names)
        for copy in range(copies)
    ]


def strings(text: str) -> list[str]:
    """The features of a text by their names: another implementation of what `units_of` hashes."""
    words = re.findall("[a-z0-9]+", text.lower())
    named = [name for word in words for name in (f"word {word}", *part_names(word))]
    return named + [f"pair {left[:5]} {right[:5]}" for left, right in pairwise(words)]


def part_names(word: str) -> list[str]:
    ended = word + "$"
    runs = [f"run {ended[place : place + 4]}" for place in range(len(ended) - 3)]
    return [*runs, f"four {word[:4]}", f"five {word[:5]}"]


def hashes_of(texts: tuple[str, ...]) -> dict[str, int]:
    """The hash of every feature name of some texts."""
    found: dict[str, int] = {}
    for text in texts:
        words = re.findall("[a-z0-9]+", text.lower())
        for word in words:
            units = units_of([word])
            names = [f"word {word}", *part_names(word)]
            found |= dict(zip(names, [*units.whole.tolist(), *units.part.tolist()], strict=True))
        for left, right in pairwise(words):
            found[f"pair {left[:5]} {right[:5]}"] = int(units_of([f"{left} {right}"]).whole[-1])
    return found


def test_the_compiled_reader_agrees_with_scikit_learn() -> None:
    lessons = lessons_of(examples(), TECHNIQUES)
    units = units_of(lessons.sentences)
    words = vocabulary(units)
    weights, bias = fitted(
        features(units, words), lessons.classes, family_of(lessons.techniques), lambda _: None
    )
    row = {int(key): number for number, key in enumerate(words.keys)}
    hashes = hashes_of(lessons.sentences)
    names = sorted(name for name, key in hashes.items() if key in row)
    order = [row[hashes[name]] for name in names]
    assert sorted(order) == list(range(len(words.keys)))

    counts = CountVectorizer(analyzer=strings, vocabulary=names)
    frequencies = TfidfTransformer(norm=None).fit(counts.transform(lessons.sentences))
    regression = LogisticRegression()
    regression.classes_ = np.arange(len(TECHNIQUES) + 1)
    regression.coef_, regression.intercept_ = weights[order].T.astype(float), bias.astype(float)
    texts = [
        "It dumped LSASS memory at 10:14.",
        "A new scheduled task, and screenshots!",
        "Files stay encrypted.",
    ]
    matrix = frequencies.transform(counts.transform(texts)).toarray()
    lengths = np.sqrt(matrix @ frequencies.idf_)
    expected = regression.predict_proba(matrix / lengths[:, None])

    rows, squares = folded(units, words, weights * words.idf[:, None])
    ones = np.ones(len(rows), np.float32)
    model = TextModel(np.array(lessons.techniques, "S9"), words.keys, rows, ones, squares, bias, np.zeros(5))
    assert words.idf[order] == pytest.approx(frequencies.idf_, abs=1e-6)
    assert np.abs(softmax(model.scores(texts)) - expected).max() < 1e-6


def test_the_fit_comes_near_the_best_there_is() -> None:
    """Generated classes that overlap: loss on fresh data within 2 % of scikit-learn's."""
    from scipy.sparse import csr_matrix

    random = np.random.default_rng(5)
    truth = random.normal(0, 1.5, (12, 4))
    rows = random.normal(0, 1, (4000, 12)).astype(np.float32)
    chances = softmax((rows @ truth).astype(np.float32))
    drawn = (chances.cumsum(axis=1) > random.random((4000, 1))).argmax(axis=1)
    weights, bias = fitted(csr_matrix(rows[:2000]), drawn[:2000], np.arange(3), lambda _: None)
    best = LogisticRegression(C=1e3).fit(rows[:2000], drawn[:2000])

    def loss(shares: NDArray[np.float64]) -> float:
        return -float(np.log(shares[np.arange(2000), drawn[2000:]]).mean())

    mine = loss(softmax(rows[2000:] @ weights + bias).astype(float))
    assert mine <= 1.02 * loss(best.predict_proba(rows[2000:]))


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel.from_arrays(train(examples(), TECHNIQUES))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The intruders took screenshots of several desktops.", "T1113"),
        ("Using procdump the operators dumped the memory of LSASS.", "T1003.001"),
        ("schtasks was used to create scheduled tasks.", "T1053.005"),
        ("It encrypts the files of the port and demands ransom.", "T1486"),
    ],
)
def test_sentences_in_other_words_are_understood(model: TextModel, text: str, expected: str) -> None:
    assert model.ids[int(model.scores([text])[0].argmax())] == expected


@pytest.mark.parametrize("text", ["It is a group active since 2014.", "They targeted ministries and ports."])
def test_general_descriptions_describe_no_technique(model: TextModel, text: str) -> None:
    assert int(model.scores([text])[0].argmax()) == len(TECHNIQUES)
    assert model.read([text]) == [[]]


def test_renaming_actors_changes_no_array() -> None:
    first, second = (
        train(examples(), TECHNIQUES),
        train(examples(("Q", "Emerald Tern", "APT900")), TECHNIQUES),
    )
    assert first.keys() == second.keys()
    for name in first:
        assert np.array_equal(first[name], second[name]), name


def test_the_order_of_techniques_changes_no_array() -> None:
    first, second = train(examples(), TECHNIQUES), train(examples(), TECHNIQUES[::-1])
    for name in ("techniques", "keys"):
        assert np.array_equal(first[name], second[name]), name


def test_progress_rises_to_the_end() -> None:
    told: list[tuple[str, float]] = []
    train(examples(copies=2), TECHNIQUES, progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == pytest.approx(1.0)


def test_lessons_are_sentences_with_names_masked_and_each_techniques_name() -> None:
    text = "[Brine](https://attack.mitre.org/software/S1) ran cmd.exe once. Then it slept for an hour. No."
    lessons = lessons_of([Example(text, "T1113")], TECHNIQUES)
    learnt = [text for text, label in zip(lessons.sentences, lessons.classes, strict=True) if label == 4]
    assert lessons.techniques[4] == "T1113"
    assert learnt == [
        "it ran cmd.exe once.",
        "Then it slept for an hour.",
        "Screen Capture",
        "Screen Capture",
    ]


def test_examples_of_unknown_techniques_are_left_out_and_those_of_none_kept() -> None:
    lessons = lessons_of(
        [Example("It ran something odd.", "T9999"), Example("It is a group.", "")], TECHNIQUES
    )
    assert "It ran something odd." not in lessons.sentences
    assert lessons.classes[lessons.sentences.index("It is a group.")] == len(TECHNIQUES)


def test_knowledge_without_examples_still_makes_a_model() -> None:
    arrays = train([], TECHNIQUES[:1])
    assert TextModel.from_arrays(arrays).scores(["screen"]).shape == (1, 2)


@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=4, max_size=4), min_size=1, max_size=9))
def test_quantising_moves_a_weight_by_half_a_step_at_most(rows: list[list[float]]) -> None:
    weights = np.array(rows, np.float32)
    arrays = quantised({"weights": weights, "scales": np.ones(len(rows), np.float32)})
    assert arrays["weights"].dtype == np.int8
    back = arrays["weights"] * arrays["scales"][:, None]
    assert (np.abs(back - weights) <= arrays["scales"][:, None] * 0.501 + 1e-6).all()


def test_quantised_weights_say_the_same() -> None:
    full, small = learned(examples(), TECHNIQUES), train(examples(), TECHNIQUES)
    texts = [masked(example.text) for example in examples()[::7]]
    exact, rounded = (TextModel.from_arrays(arrays).scores(texts) for arrays in (full, small))
    assert np.abs(softmax(exact) - softmax(rounded)).max() < 0.02


@settings(max_examples=30)
@given(
    st.lists(
        st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=9
    )
)
def test_features_have_the_length_that_their_words_say(texts: list[str]) -> None:
    units = units_of(texts)
    words = vocabulary(units_of(texts * 3))
    rows = features(units, words)
    assert (rows @ words.idf) == pytest.approx(
        np.sqrt([(counted(text, words.keys) * words.idf**2).sum() for text in texts]), rel=1e-4
    )


def counted(text: str, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    hashes = hashes_of((text,))
    found = [hashes[name] for name in strings(text)]
    return np.array([float(found.count(int(key))) for key in keys])


def test_rare_features_are_dropped_and_the_commonest_kept() -> None:
    units = units_of(["alpha beta"] * 2 + ["alpha gamma"] * 3 + ["alpha delta"] * 4)
    words = vocabulary(units)
    alpha, beta, gamma, delta = (
        int(units_of([word]).whole[0]) for word in ("alpha", "beta", "gamma", "delta")
    )
    assert {alpha, gamma, delta} <= set(words.keys.tolist())
    assert beta not in words.keys.tolist()
    assert words.idf[words.keys == alpha] == pytest.approx(1.0)
    few = vocabulary(units, most=len(units_of(["alpha"]).part) + 1)
    assert set(few.keys.tolist()) == {alpha, *units_of(["alpha"]).part.tolist()}


def test_a_typical_text_is_the_shrunken_mean_of_its_class() -> None:
    from scipy.sparse import csr_matrix

    found = typical(csr_matrix(np.array([[2.0, 0], [4.0, 0], [0, 3.0]], np.float32)), np.array([0, 0, 1]), 3)
    means = np.array([[2.0, 0.0, 0.0], [0.0, 1.5, 0.0]])
    assert found == pytest.approx(means - means.mean(axis=1, keepdims=True))


def test_a_feature_weighs_as_in_a_smoothed_naive_bayes() -> None:
    texts, classes = ("alpha alpha beta", "alpha", "beta gamma", "gamma"), np.array([0, 0, 1, 1])
    units = units_of(texts)
    words = vocabulary(units, least=1)
    names = sorted(set(strings(" ".join(texts))) & set().union(*map(strings, texts)))
    hashes = hashes_of(texts)
    row = {int(key): number for number, key in enumerate(words.keys)}
    often = [
        [sum(strings(text).count(name) for text, of in zip(texts, classes, strict=True) if of == label)]
        for name in names
        for label in (0, 1)
    ]
    counts = np.array(often, float).reshape(len(names), 2)
    share = counts.sum(axis=1, keepdims=True) / counts.sum()
    likely = (counts + 4000 * share) / (counts.sum(axis=0) + 4000)
    order = [row[hashes[name]] for name in names]
    found = likelier(units, words, classes, 3)
    assert found[order, :2] * words.idf[order, None] == pytest.approx(np.log(likely / share), abs=1e-5)
    assert found[:, 2] == pytest.approx(0.0, abs=1e-6)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_commoner_techniques_are_favoured_and_none_is_not_touched(classes: list[int]) -> None:
    found = commoner(np.array(classes), 5)
    sizes = np.bincount(classes, minlength=5)[:4]
    assert found[4] == 0.0
    assert found[:4].sum() == pytest.approx(0.0, abs=1e-5)
    assert (np.diff(found[:4][np.argsort(sizes, kind="stable")]) >= -1e-6).all()


def test_families_are_a_parent_and_its_sub_techniques() -> None:
    assert family_of(["T1003", "T1003.001", "T1053.005", "T1486"]).tolist() == [0, 0, 1, 2]


def test_a_curve_is_recovered_from_what_it_generated() -> None:
    random = np.random.default_rng(3)
    true = np.array([-5.0, 0.8, 0.3, 1.2, -2.0])
    shares = random.uniform(0.04, 1.0, (30_000, 2)).astype(np.float32)
    best = random.uniform(0, 12, 30_000).astype(np.float32)
    lengths = random.uniform(5, 300, 30_000).astype(np.float32)
    marked = random.random(shares.shape) < agreement(shares, best, lengths, true)
    half = slice(0, 15_000), slice(15_000, None)
    evidence = [(shares[part], best[part], lengths[part]) for part in half]
    assert curve_of(evidence, [marked[part] for part in half]) == pytest.approx(true, rel=0.15)
