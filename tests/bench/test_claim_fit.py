"""Fitting the reader of claims: known truth found again, two implementations, and what may not matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from tests.claims.reader import ACTORS, document, reader
from weigh.bench import claim_fit
from weigh.bench.claim_fit import (
    Labelled,
    _by_scene,
    _Choices,
    _Examples,
    _vocabulary,
    fitted,
    twice_fitted,
)
from weigh.bench.claim_names import Canonical, canonical
from weigh.bench.claim_pairs import Gold
from weigh.bench.claim_sets import GoldDocument
from weigh.bench.data import Context
from weigh.bench.rows import Missing
from weigh.claims.learned.deciding import said_in
from weigh.claims.learned.linear import Linear, Model
from weigh.claims.learned.recall import Said
from weigh.claims.learned.wording import BLAME
from weigh.claims.reading import build
from weigh.knowledge.catalogue import Actor, Alias, Catalogue
from weigh.records import Party

STATES = (
    *(("Iran", "IR"), ("France", "FR"), ("China", "CN"), ("Chile", "CL")),
    *(("Japan", "JP"), ("Kenya", "KE"), ("Russia", "RU"), ("Brazil", "BR")),
)
VERBS = {
    "grobbled": "deny",
    "visited": "",
    "flummeled": "accuse",
    "snarped": "attribute",
    "painted": "",
    "whuffed": "counter-accuse",
}
"""Words of which the rules know none, each with the stance that it tells in the invented texts."""

EXACT = 10.0
"""An inverse strength at which a word that stands in eight texts is believed."""

Written = tuple[str, tuple[Gold, ...]]


def written(number: int, states: Sequence[tuple[str, str]] = STATES) -> Written:
    """A text of six sentences, in each of which the first state does to the second what the verb tells."""
    text, golds = "", []
    for place in range(len(VERBS)):
        verb = [*VERBS][(place * (1 + 4 * (number % 2)) + number) % len(VERBS)]
        one, other = (states[(number + step) % len(states)] for step in (3 * place, 3 * place + 1))
        sentence = f"{one[0]} {verb} {other[0]} yesterday."
        if VERBS[verb] != "":
            end = len(text) + len(sentence)
            golds.append(Gold(len(text), end, VERBS[verb], speakers=(one[1],), accused=(other[1],)))
        text += f"{sentence} "
    return text.strip(), tuple(golds)


def labelled(text: str, golds: tuple[Gold, ...] = (), publisher: str = "") -> Labelled:
    """A text as the rules' reader sees it, with its annotated claims."""
    return Labelled(reader().story(document(text, publisher)), golds)


def corpus(states: Sequence[tuple[str, str]] = STATES) -> list[Labelled]:
    """Eight invented texts."""
    return [labelled(*written(number, states)) for number in range(len(STATES))]


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few texts weigh as much as many would."""
    for name in ("claim", "stance", "blame"):
        monkeypatch.setitem(claim_fit._STRENGTHS, name, EXACT)
    monkeypatch.setattr(claim_fit, "_RIDGE", 1 / EXACT)


def told(text: str, model: Model) -> dict[int, list[tuple[str, list[str], list[str]]]]:
    """By sentence: stance, speakers and accused as the model reads them."""
    read = enumerate(said_in(reader().story(document(text)), model))
    return {
        number: [(str(one.stance), keys(one.speakers), keys(one.accused)) for one in said]
        for number, said in read
        if len(said) > 0
    }


def keys(parties: Sequence[Party]) -> list[str]:
    """The keys of parties."""
    return [party.key for party in parties]


def examples(rows: Sequence[tuple[Sequence[str], str]]) -> _Examples:
    """Examples, each of a document of its own."""
    made = _Examples()
    for document_, (features, label) in enumerate(rows):
        made.add(features, label, document_)
    return made


def drawn(seed: int, rows: int = 60, names: int = 6) -> list[list[str]]:
    """Random sets of features."""
    held = np.random.default_rng(seed).random((rows, names)) < 0.5
    return [[f"f{place}" for place in np.flatnonzero(row)] for row in held]


def denials(seed: int) -> list[tuple[list[str], str]]:
    """Random features with a stance for which f0 speaks and against which f1 speaks."""
    features, random = drawn(seed), np.random.default_rng(seed + 1000)
    chances = [expit(2.0 * ("f0" in held) - 2.0 * ("f1" in held)) for held in features]
    return [
        (held, "deny" if random.random() < one else "") for held, one in zip(features, chances, strict=True)
    ]


def one_by_one(rows: Sequence[tuple[Sequence[str], str]], strength: float, *outcomes: str) -> Linear:
    """The regressions on these examples, a document each."""
    return claim_fit._one_by_one(examples(rows), outcomes, strength, lambda label, one: label == one)


def table(features: Sequence[Sequence[str]], names: int = 6) -> NDArray[np.float64]:
    """(rows, names): 1 where the feature holds."""
    return np.array([[f"f{place}" in held for place in range(names)] for held in features], float)


def groups(seed: int, number: int = 40, size: int = 4) -> _Choices:
    """Random groups of candidates, the right ones of which were drawn by known weights."""
    random, made = np.random.default_rng(seed), _Choices()
    for place in range(number):
        held = drawn(seed * number + place, size, 5)
        powers = np.exp([2.0 * ("f0" in one) - 2.0 * ("f1" in one) for one in held])
        right = int(random.choice(size, p=powers / powers.sum()))
        made.add(held, [right] if place % 3 > 0 else sorted({right, 0}), place)
    return made


def by_descent(choices: _Choices, names: int, ridge: float) -> NDArray[np.float64]:
    """The conditional logit by plain descent along its slope, group by group."""
    weights = np.zeros(names)
    tables = [table(group, names) for group in choices.groups]
    for _ in range(400):
        slope = ridge * weights
        for group, right in zip(tables, choices.right, strict=True):
            powers = np.exp(group @ weights)
            among = powers[right] / powers[right].sum()
            slope += powers / powers.sum() @ group - among @ group[right]
        weights -= 0.03 * slope
    return weights


@pytest.mark.usefixtures("believing")
def test_the_word_that_tells_a_stance_is_found() -> None:
    model = fitted(corpus(), Canonical({}), "invented")
    assert model.provenance == "invented"
    assert set(model.stance.outcomes) == {BLAME, "deny"}
    assert set(model.blame.outcomes) == {"accuse", "attribute", "counter-accuse"}
    weighed = {verb: model.stance.scores([verb]) for verb in VERBS}
    assert max(weighed, key=lambda verb: weighed[verb][model.stance.outcomes.index("deny")]) == "grobbled"
    for verb in ("flummeled", "snarped", "whuffed"):
        scores = dict(zip(model.blame.outcomes, model.blame.scores([verb]), strict=True))
        assert max(scores, key=lambda stance: scores[stance]) == VERBS[verb]
    for verb, stance in VERBS.items():
        weight = model.claim.weights.get(verb, (0.0,))[0]
        assert weight < -0.1 if stance == "" else weight > 0


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("fit", [fitted, twice_fitted])
def test_new_sentences_are_read_right(fit: type) -> None:
    model = fit(corpus(), Canonical({}), "invented")
    for verb, stance in VERBS.items():
        expected = {} if stance == "" else {0: [(stance, ["PE"], ["ES"])]}
        assert told(f"Peru {verb} Spain yesterday.", model) == expected
    both = told("Peru visited Spain yesterday. Spain grobbled Peru yesterday.", model)
    assert both == {1: [("deny", ["ES"], ["PE"])]}


@pytest.mark.usefixtures("believing")
def test_who_is_accused_may_stand_first() -> None:
    turned = [
        Labelled(
            one.story,
            tuple(
                msgspec.structs.replace(gold, speakers=gold.accused, accused=gold.speakers)
                for gold in one.gold
            ),
        )
        for one in corpus()
    ]
    model = fitted(turned, Canonical({}), "")
    assert told("Peru grobbled Spain yesterday.", model) == {0: [("deny", ["ES"], ["PE"])]}


def test_a_model_keeps_the_thresholds_of_the_module_and_survives_being_saved() -> None:
    model = fitted(corpus(), Canonical({}), "")
    kept = (claim_fit.LEAST, claim_fit.SECOND, claim_fit.RULED, claim_fit.KEPT)
    assert (model.least, model.second, model.ruled, model.kept) == kept
    assert msgspec.json.decode(msgspec.json.encode(model), type=Model) == model
    for linear in (model.claim, model.stance, model.blame):
        assert len(linear.bias) == len(linear.outcomes)
        assert {len(row) for row in linear.weights.values()} <= {len(linear.outcomes)}


@pytest.mark.parametrize("pair", [(0, 2), (1, 6), (3, 4)])
def test_renaming_two_states_changes_no_weight(pair: tuple[int, int]) -> None:
    renamed = list(STATES)
    renamed[pair[0]], renamed[pair[1]] = STATES[pair[1]], STATES[pair[0]]
    assert written(0, renamed) != written(0)
    assert fitted(corpus(renamed), Canonical({}), "") == fitted(corpus(), Canonical({}), "")


def test_the_order_of_texts_changes_no_weight() -> None:
    texts = corpus()
    assert fitted(texts[::-1], Canonical({}), "") == fitted(texts, Canonical({}), "")


def test_annotated_claims_that_are_remembered_are_what_no_memory_stands_for() -> None:
    texts = corpus()
    right = [[[claim_fit._said(gold) for gold in golds] for golds in _by_scene(one)] for one in texts]
    forgotten: list[list[list[Said]]] = [[[]] * len(one.story.scenes) for one in texts]
    alone = fitted(texts, Canonical({}), "")
    assert fitted(texts, Canonical({}), "", right) == alone
    assert fitted(texts, Canonical({}), "", forgotten) != alone
    assert twice_fitted(texts, Canonical({}), "") != alone


@pytest.mark.parametrize("seed", range(4))
def test_doubled_examples_at_half_the_strength_weigh_the_same(seed: int) -> None:
    rows = denials(seed)
    once, doubled = one_by_one(rows, 1.0, "deny"), one_by_one(rows + rows, 0.5, "deny")
    for held in ([], *([name] for name in once.weights | doubled.weights)):
        assert once.scores(held) == pytest.approx(doubled.scores(held), abs=0.042)


@pytest.mark.parametrize("seed", range(4))
def test_doubled_examples_keep_the_order_of_weights(seed: int) -> None:
    rows = denials(seed)
    once, doubled = (one_by_one(one, 1.0, "deny").weights for one in (rows, rows + rows))
    ordered = sorted(once, key=lambda name: once[name])
    assert (ordered[0], ordered[-1]) == ("f1", "f0")
    for before, after in pairwise(ordered):
        if once[after][0] - once[before][0] > 0.15:
            assert doubled[before] < doubled[after]


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_scores_are_the_log_odds_of_scikit_learn(seed: int) -> None:
    features, label = zip(*denials(seed), strict=True)
    plain = LogisticRegression(C=EXACT).fit(table(features), label).predict_log_proba(table(features))
    fit = one_by_one(denials(seed), EXACT, "deny")
    scores = [fit.scores(held)[0] for held in features]
    assert scores == pytest.approx(plain[:, 1] - plain[:, 0], abs=0.08)


def test_at_once_scores_are_the_log_odds_of_scikit_learn() -> None:
    features, kinds = drawn(5), ["accuse", "attribute", "counter-accuse"]
    label = [kinds[("f0" in held) + ("f1" in held)] for held in features]
    fit = claim_fit._at_once(examples(list(zip(features, label, strict=True))), EXACT)
    plain = LogisticRegression(C=EXACT).fit(table(features), label).predict_log_proba(table(features))
    scores = np.array([fit.scores(held) for held in features])
    assert list(fit.outcomes) == kinds
    assert scores - scores[:, :1] == pytest.approx(plain - plain[:, :1], abs=0.15)


def test_an_outcome_that_never_holds_is_left_out() -> None:
    rows = [(["x"], "deny" if number % 2 == 0 else "") for number in range(12)]
    assert one_by_one(rows, 1.0, "urge", "deny").outcomes == ("deny",)


@pytest.mark.parametrize("seed", range(3))
def test_a_choice_is_what_plain_descent_finds(seed: int) -> None:
    made = groups(seed)
    found = claim_fit._choice(made).weights
    plain = by_descent(made, 5, claim_fit._RIDGE)
    assert [found.get(f"f{place}", 0.0) for place in range(5)] == pytest.approx(plain, abs=0.035)
    assert found["f0"] > 0.3
    assert found["f1"] < -0.3


@pytest.mark.parametrize("seed", range(3))
def test_a_choice_between_two_is_a_regression_on_their_difference(seed: int) -> None:
    random, made = np.random.default_rng(seed), _Choices()
    differences, signs = [], []
    for place in range(50):
        pair = drawn(100 * seed + place, 2, 5)
        first, second = table(pair, 5)
        right = int(random.random() < expit(2 * (second[0] - first[0])))
        made.add(pair, [right], place)
        differences.append(second - first)
        signs.append(right)
    plain = LogisticRegression(C=1 / claim_fit._RIDGE, fit_intercept=False).fit(differences, signs).coef_[0]
    found = claim_fit._choice(made).weights
    assert [found.get(f"f{place}", 0.0) for place in range(5)] == pytest.approx(plain, abs=0.035)


def test_groups_without_a_right_candidate_teach_nothing() -> None:
    made = groups(7)
    before = claim_fit._choice(made)
    made.add([["f0"], ["f1"]], [], 99)
    assert claim_fit._choice(made) == before


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc")), st.integers(0, 8)), max_size=30))
def test_the_vocabulary_is_what_stands_in_enough_documents(rows: list[tuple[set[str], int]]) -> None:
    numbers = _vocabulary([sorted(held) for held, _ in rows], [number for _, number in rows])
    spread = {name: len({number for held, number in rows if name in held}) for name in "abc"}
    enough = sorted(name for name in "abc" if spread[name] >= claim_fit.FEWEST)
    assert numbers == {name: place for place, name in enumerate(enough)}


THREE = "Iran hacked it. Chile, which had been asked twice, denied the hack at noon. It rained."


@pytest.mark.parametrize(
    ("golds", "sentences"),
    [
        ([], [0, 0, 0]),
        ([(0, 15)], [1, 0, 0]),
        ([(0, 4), (5, 14)], [2, 0, 0]),
        ([(5, 40)], [0, 1, 0]),
        ([(0, 20)], [1, 0, 0]),
        ([(60, 85)], [0, 0, 1]),
        ([(0, len(THREE))], [0, 1, 0]),
        ([(16, 17)], [0, 0, 0]),
        ([(14, 16)], [0, 0, 0]),
    ],
)
def test_a_claim_is_of_the_sentence_it_shares_most_with(
    golds: list[tuple[int, int]], sentences: list[int]
) -> None:
    one = labelled(THREE, tuple(Gold(*ends, "accuse") for ends in golds))
    assert [len(found) for found in _by_scene(one)] == sentences


def test_a_text_without_sentences_has_no_place_for_claims() -> None:
    assert _by_scene(labelled("", (Gold(0, 5, "accuse"),))) == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge of three actors in the place of the real one, and invented texts alone to fit on."""
    known = SimpleNamespace(catalogue=Catalogue((*ACTORS,), (), (), (), ()))
    ready = SimpleNamespace(cache_folder=Path, ready=lambda *_: known)
    monkeypatch.setattr(claim_fit, "compiled", ready)
    monkeypatch.setattr(claim_fit, "build", lambda *_, **__: reader())
    monkeypatch.setattr(claim_fit, "ANNOTATIONS", ("small",))
    texts = [written(number) for number in range(len(STATES))]
    made = tuple(GoldDocument(f"text {place}", golds, text=text) for place, (text, golds) in enumerate(texts))
    monkeypatch.setattr(claim_fit, "gold_documents", lambda name: made)


@pytest.mark.usefixtures("small")
def test_the_fit_is_saved_and_says_what_it_was_fitted_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim_fit.main(str(tmp_path), str(tmp_path / "model.json"))
    model = msgspec.json.decode((tmp_path / "model.json").read_bytes(), type=Model)
    assert model == twice_fitted(corpus(), Canonical({}), "fitted on 32 annotated claims in 8 texts")
    assert model.provenance in capsys.readouterr().out


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "lacking",
    [
        GoldDocument("statements/none.txt", (), sha256="0" * 64),
        GoldDocument("data/none.csv.xz", (), rows=("1",)),
    ],
)
def test_what_is_missing_is_named(
    lacking: GoldDocument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_fit, "gold_documents", lambda name: (lacking,))
    (missing,) = claim_fit.read_labelled(Context(tmp_path, lambda *_: None), reader())
    assert isinstance(missing, Missing)
    with pytest.raises(SystemExit) as stopped:
        claim_fit.main(str(tmp_path), str(tmp_path / "model.json"))
    assert lacking.document in str(stopped.value)
    assert missing.remedy in str(stopped.value)
    assert not (tmp_path / "model.json").exists()


HERON = Actor("G1", "Slate Heron", (Alias("Quiet Gull", "Vendor"), Alias("Grey Owl Group", "Vendor")))
GULL = Actor("G2", "Quiet Gull", (Alias("Slate Heron", "Vendor"), Alias("Tern", "Vendor")))


@pytest.mark.parametrize(
    ("key", "root"),
    [
        ("G1", "g1"),
        ("Slate Heron", "g1"),
        ("SLATE HERON", "g1"),
        ("the Slate Heron", "g1"),
        ("Quiet Gull", "g2"),
        ("Tern", "g2"),
        ("Grey Owl Group", "g1"),
        ("Grey Owl", "g1"),
        ("NO", "no"),
        ("NO/ministry of ports", "no"),
        ("Norway", "no"),
        ("Oslo", "no"),
        ("the Kremlin", "ru"),
        ("FBI", "us"),
        ("挪威", "no"),
        ("美國", "us"),
        ("东京", "jp"),
        ("北约", "nato"),
        ("路透社", "reuters"),
        ("藍湖", "蓝湖"),
        ("Quillon", "quillon"),
        ("", ""),
    ],
)
def test_a_party_has_one_name_whatever_it_is_called(key: str, root: str) -> None:
    for actors in ((HERON, GULL), (GULL, HERON)):
        catalogue = Catalogue(actors, (), (), (), ())
        made = canonical(catalogue, build(catalogue, fitted=False))
        assert made.roots([key]) == {root}
        assert made.of([Party(key, "any name")]) == {root}


@given(st.lists(st.text(max_size=8) | st.sampled_from(["Slate Heron", "Norway", "挪威", "US/FBI"])))
def test_names_are_made_the_same_once_and_for_each_alone(names: list[str]) -> None:
    made = Canonical({"slate heron": "g1", "norway": "no", "挪威": "no"})
    roots = made.roots(names)
    assert roots == frozenset().union(*(made.roots([name]) for name in names))
    assert roots == made.roots([*names[::-1], *names])
