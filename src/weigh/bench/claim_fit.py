"""The fitted reader of claims as it ships, made anew: `python -m weigh.bench.claim_fit FOLDER [FILE]`.

To be run whenever its features, the rules or the annotated texts have changed. FOLDER holds the shared
documents as the benches find them; FILE is the model that comes with Weigh unless another is named.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from weigh.bench.claim_names import Canonical, canonical
from weigh.bench.claim_pairs import Gold, overlap
from weigh.bench.claim_sets import annotated_part, gold_documents
from weigh.bench.data import Context
from weigh.bench.rows import Missing
from weigh.claims.learned import linear
from weigh.claims.learned.candidates import candidates, with_stance
from weigh.claims.learned.deciding import said_in, standing_to
from weigh.claims.learned.linear import Choice, Linear, Model
from weigh.claims.learned.recall import Recall, Said, roots
from weigh.claims.learned.scenes import Story
from weigh.claims.learned.wording import BLAME, group_of, sentence_features, speaker_features
from weigh.claims.reading import ClaimReader, build
from weigh.compiling import cache as compiled
from weigh.records import Party, Span, Stance

ANNOTATIONS = ("claims_fitted.json", "claims_written.json", "claims_gold.json")
"""Annotated texts to fit on."""

FILE = Path(linear.__file__).with_name(linear.MODEL)

FOLDS = 4

LEAST, UNNAMED, SECOND, RULED = 0.37, 0.85, 0.85, 0.25
"""Chances from which on a sentence makes a claim, a second one, and a second one that rules read too."""

KEPT = 0.66
"""Of the chance of a claim that the fits give: the share that was right across folds."""

FEWEST = 5
"""Documents in which a feature must stand to be weighed."""

_SMALLEST = 0.03
"""Weights nearer to 0 are left out."""
_STRENGTHS = {"claim": 0.15, "stance": 0.5, "blame": 0.1}
"""Inverse strengths of the ridge of each model, chosen across folds."""
_RIDGE = 5.0
_ROUNDS = 100
_TOUCHES = 0.05
_UNSIGNED = 3
"""Every third text is fitted on a second time, without its source."""
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document as the model sees it, with its annotated claims."""

    story: Story
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class _Examples:
    """Features and labels of many examples, each with the number of its document."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    def add(self, features: Iterable[str], label: str, document: int) -> None:
        """One more."""
        self.features.append(list(features))
        self.labels.append(label)
        self.documents.append(document)


@dataclass(slots=True)
class _Choices:
    """Groups of candidates with the places of the right ones."""

    groups: list[list[list[str]]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    def add(self, groups: list[list[str]], right: list[int], document: int) -> None:
        """One more, unless none of its candidates is right."""
        if len(right) > 0:
            self.groups.append(groups)
            self.right.append(right)
            self.documents.append(document)


def fitted(
    labelled: Sequence[Labelled],
    canonical: Canonical,
    provenance: str,
    remembered: Sequence[Sequence[Sequence[Said]]] | None = None,
) -> Model:
    """The model that the annotated claims give: each choice is fitted given the right ones before it.

    `remembered` has for every document what a reader remembers of each sentence; without it the annotated
    claims are remembered, as if nothing had been read wrongly.
    """
    claim, stance, blame = _Examples(), _Examples(), _Examples()
    speaker, accused = _Choices(), _Choices()
    for document, one in enumerate(labelled):
        recall = Recall()
        for number, golds in enumerate(_by_scene(one)):
            scene = one.story.scenes[number]
            features = sentence_features(one.story, number, recall)
            groups = {group_of(Stance(gold.stance)) for gold in golds}
            claim.add(features, " ".join(sorted(groups)), document)
            said = [_said(gold) for gold in golds]
            possible = candidates(one.story, number, recall) if len(golds) > 0 else []
            for gold, told in zip(golds, said, strict=True):
                group = group_of(told.stance)
                if group == BLAME:
                    blame.add(
                        [*features, *speaker_features(scene, told.speakers, recall)], gold.stance, document
                    )
                single = [item for item in possible if not item.is_pair]
                speaks, means = canonical.roots(gold.speakers), canonical.roots(gold.accused)
                right = [place for place, item in enumerate(single) if canonical.of(item.parties) == speaks]
                speaker.add([list(with_stance(item.features, group)) for item in single], right, document)
                right = [place for place, item in enumerate(possible) if canonical.of(item.parties) == means]
                by = roots(told.speakers)
                of = [
                    list(with_stance(item.features.union(standing_to(item, by)), group)) for item in possible
                ]
                accused.add(of, right, document)
            kept = said if remembered is None else remembered[document][number]
            recall.note(one.story, scene, kept)
    made = [place for place, label in enumerate(claim.labels) if label != ""]
    for place in made:
        stance.add(claim.features[place], claim.labels[place], claim.documents[place])
    kinds = [BLAME, *(kind.value for kind in Stance if group_of(kind) != BLAME)]
    return Model(
        provenance=provenance,
        least=LEAST,
        unnamed=UNNAMED,
        second=SECOND,
        ruled=RULED,
        kept=KEPT,
        claim=_one_by_one(claim, ["claim"], _STRENGTHS["claim"], lambda label, _: label != ""),
        stance=_one_by_one(stance, kinds, _STRENGTHS["stance"], lambda label, kind: kind in label.split()),
        blame=_at_once(blame, _STRENGTHS["blame"]),
        speaker=_choice(speaker),
        accused=_choice(accused),
    )


def read_labelled(context: Context, reader: ClaimReader) -> Iterator[Labelled | Missing]:
    """The annotated texts as the reader sees them, or what is missing of one."""
    items = (item for file in ANNOTATIONS for item in gold_documents(file))
    for number, item in enumerate(items):
        document = annotated_part(item, "claims", context)
        if isinstance(document, Missing):
            yield document
            continue
        told = Labelled(reader.story(document), item.claims)
        yield told
        if number % _UNSIGNED == 0:
            yield from _unsigned(told, reader.story(replace(document, source=None)))


def _unsigned(told: Labelled, story: Story) -> Iterator[Labelled]:
    """A text once more as if nobody had said who wrote it: what it says itself is then said by nobody, but
    where the sentence names who speaks."""
    own = told.story.source
    if own is None or story.source is not None:
        return
    named = [
        (scene.span, any(story.party(seen.mention).root == own.root for seen in scene.seen))
        for scene in story.scenes
    ]

    def speakers(gold: Gold) -> tuple[str, ...]:
        place = Span(gold.start, gold.end)
        if any(is_named and span.overlaps(place) for span, is_named in named):
            return gold.speakers
        return tuple(key for key in gold.speakers if Party(key, key).root != own.root)

    yield Labelled(story, tuple(msgspec.structs.replace(gold, speakers=speakers(gold)) for gold in told.gold))


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def main(folder: str, file: str = str(FILE)) -> None:
    """Fit the reader on all annotated texts, and save it. Exits with what is missing of them."""
    knowledge = compiled.ready(compiled.cache_folder(), lambda *_: None, _say)
    reader = build(knowledge.catalogue, fitted=False)
    labelled = []
    for one in read_labelled(Context(Path(folder), lambda *_: None), reader):
        if isinstance(one, Missing):
            raise SystemExit(f"{one.lacks}; {one.remedy}")
        labelled.append(one)
    texts = [item for file in ANNOTATIONS for item in gold_documents(file)]
    claims = sum(len(item.claims) for item in texts)
    about = f"fitted on {claims:,} annotated claims in {len(texts):,} texts"
    model = twice_fitted(labelled, canonical(knowledge.catalogue, reader), about)
    Path(file).write_bytes(msgspec.json.encode(model) + b"\n")
    sys.stdout.write(f"{file}: {about}\n")


def twice_fitted(labelled: Sequence[Labelled], canonical: Canonical, provenance: str) -> Model:
    """The model fitted again with what it remembers itself of documents that it was not fitted on."""
    remembered: list[Sequence[Sequence[Said]]] = [()] * len(labelled)
    for fold in range(FOLDS):
        model = fitted([one for place, one in enumerate(labelled) if place % FOLDS != fold], canonical, "")
        for place in range(fold, len(labelled), FOLDS):
            remembered[place] = said_in(labelled[place].story, model)
    return fitted(labelled, canonical, provenance, remembered)


def _said(gold: Gold) -> Said:
    return Said(Stance(gold.stance), _parties(gold.speakers), _parties(gold.accused))


def _parties(keys: Sequence[str]) -> tuple[Party, ...]:
    return tuple(Party(key, key.rpartition("/")[2]) for key in keys)


def _by_scene(one: Labelled) -> list[list[Gold]]:
    """The annotated claims of each sentence: a claim is of the sentence with which it shares most."""
    found: list[list[Gold]] = [[] for _ in one.story.scenes]
    for gold in one.gold:
        shares = [overlap(Span(gold.start, gold.end), scene.span) for scene in one.story.scenes]
        best = max(range(len(shares)), key=shares.__getitem__, default=-1)
        if best >= 0 and shares[best] > _TOUCHES:
            found[best].append(gold)
    return found


def _vocabulary(features: Sequence[Sequence[str]], documents: Sequence[int]) -> dict[str, int]:
    """The features that stand in enough documents, numbered."""
    seen: dict[str, set[int]] = defaultdict(set)
    for held, document in zip(features, documents, strict=True):
        for feature in held:
            seen[feature].add(document)
    return {
        name: number for number, name in enumerate(sorted(one for one in seen if len(seen[one]) >= FEWEST))
    }


def _matrix(features: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> csr_matrix:
    columns = [[numbers[one] for one in set(held) if one in numbers] for held in features]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for held in columns for column in held), np.int64)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(features), len(numbers)))


def _one_by_one(
    examples: _Examples, outcomes: Sequence[str], strength: float, holds: Callable[[str, str], bool]
) -> Linear:
    """One logistic regression for each outcome, none of which excludes another."""
    numbers = _vocabulary(examples.features, examples.documents)
    matrix = _matrix(examples.features, numbers)
    known = [one for one in outcomes if any(holds(label, one) for label in examples.labels)]
    fits = [
        LogisticRegression(C=strength, max_iter=_ROUNDS).fit(
            matrix, [holds(label, one) for label in examples.labels]
        )
        for one in known
    ]
    return _linear(
        known, [fit.intercept_[0] for fit in fits], np.array([fit.coef_[0] for fit in fits]), numbers
    )


def _at_once(examples: _Examples, strength: float) -> Linear:
    """One regression in which exactly one outcome holds."""
    numbers = _vocabulary(examples.features, examples.documents)
    fit = LogisticRegression(C=strength, max_iter=_ROUNDS).fit(
        _matrix(examples.features, numbers), examples.labels
    )
    return _linear(list(fit.classes_), list(fit.intercept_), fit.coef_, numbers)


def _linear(
    outcomes: Sequence[str], bias: Sequence[float], weights: NDArray[np.float64], numbers: Mapping[str, int]
) -> Linear:
    rows = {
        name: tuple(round(float(one), _DIGITS) for one in weights[:, number])
        for name, number in numbers.items()
    }
    return Linear(
        tuple(map(str, outcomes)),
        tuple(round(float(one), _DIGITS) for one in bias),
        {name: row for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST},
    )


def _choice(choices: _Choices) -> Choice:
    """A conditional logit with a ridge: the chance of all right candidates of every group is raised."""
    flat = [features for group in choices.groups for features in group]
    sizes = [len(group) for group in choices.groups]
    numbers = _vocabulary(flat, np.repeat(choices.documents, sizes).tolist())
    matrix = _matrix(flat, numbers)
    transposed = matrix.T.tocsr()
    starts = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(sizes)), sizes)
    right = np.zeros(len(flat))
    for start, places in zip(starts, choices.right, strict=True):
        right[start + np.array(places)] = 1

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        chances = powers / np.add.reduceat(powers, starts)[of]
        told = np.add.reduceat(chances * right, starts)
        slope = transposed @ (chances - chances * right / told[of])
        return float(-np.log(told).sum() + _RIDGE / 2 * weights @ weights), slope + _RIDGE * weights

    found = minimize(
        loss, np.zeros(len(numbers)), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}
    ).x
    rounded = {name: round(float(found[number]), _DIGITS) for name, number in numbers.items()}
    return Choice({name: weight for name, weight in rounded.items() if abs(weight) >= _SMALLEST})


if __name__ == "__main__":
    main(*sys.argv[1:])
