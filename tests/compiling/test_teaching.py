"""Teaching the sentence reader: what a file may hold, what is learnt, and when it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from weigh.compiling.annotations import Annotated, closed, folds_of
from weigh.compiling.teaching import (
    FOLDS,
    by_family,
    correction,
    fitted_beyond,
    held_out_beliefs,
    read_labelled,
    save,
    saved,
    teach_on,
)
from weigh.compiling.text_training import Example, train
from weigh.errors import KnowledgeError
from weigh.evidence.taught_model import TaughtModel
from weigh.evidence.text_model import TextModel
from weigh.knowledge.catalogue import Technique

SAID = {
    "T1001": ("it hides data in junk traffic", "data was hidden in junk"),
    "T1001.001": ("it pads packets with random letters", "packets are padded with letters"),
    "T1002": ("it compresses archives with a password", "archives were compressed"),
    "": ("it is a group that works at night", "the vendor sells a product"),
}
NAMES = ("T1001", "T1002")


@pytest.fixture(scope="module")
def model() -> TextModel:
    lessons = [
        Example(f"{text}.", label) for label, texts in SAID.items() for text in texts for _ in range(9)
    ]
    ids = [label for label in SAID if len(label) > 0]
    return TextModel.from_arrays(train(lessons, [Technique(label, f"Name {label}") for label in ids]))


def labelled(documents: int = 20) -> Annotated:
    """Annotators who mark mooring as T1002, which the knowledge does not, and padding as it does."""
    rows = [
        (text.format(number), labels, f"report {number}")
        for number in range(documents)
        for text, labels in (
            ("the crew moored {} grey boats at the pier", {"T1002"}),
            ("packets are padded with {} letters", {"T1001.001"}),
            ("the harbour opened at {} in the morning", set[str]()),
        )
    ]
    return Annotated(
        tuple(text for text, _, _ in rows),
        tuple(frozenset(labels) for _, labels, _ in rows),
        tuple(name for _, _, name in rows),
    )


def test_what_the_knowledge_does_not_know_is_learnt_and_kept(model: TextModel, tmp_path: Path) -> None:
    path = tmp_path / "taught.npz"
    taught = teach_on(model, labelled(), path)
    assert taught.is_better
    assert taught.taught > taught.alone + 0.2
    assert (taught.sentences, taught.documents, taught.techniques) == (60, 20, NAMES)
    kept = saved(path)
    assert kept is not None
    assert kept.ids == list(NAMES)


def test_labels_at_random_are_not_kept(model: TextModel, tmp_path: Path) -> None:
    """The knowledge is right of every document, and what is marked in one says nothing of another."""
    texts = [text for label in ("T1001.001", "T1002") for text in SAID[label]] * 10
    groups = closed(model.ids, NAMES)
    sure = model.beliefs(texts, groups) >= 0.25
    labels = [frozenset(np.array(NAMES)[row].tolist()) for row in sure]
    given = Annotated(tuple(texts), tuple(labels), tuple(str(number // 2) for number in range(len(texts))))
    path = tmp_path / "taught.npz"
    taught = teach_on(model, given, path)
    assert taught.alone == 1.0
    assert not taught.is_better
    assert not path.exists()


def test_too_few_documents_and_labels_nobody_knows_are_told(model: TextModel, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="9 documents") as caught:
        teach_on(model, labelled(9), tmp_path / "taught.npz")
    assert "at least 10" in caught.value.remedy
    odd = labelled()
    strange = replace(odd, labels=tuple(frozenset({"T9999"}) for _ in odd.labels))
    with pytest.raises(KnowledgeError, match="with 0 techniques"):
        teach_on(model, strange, tmp_path / "taught.npz")
    assert list(tmp_path.iterdir()) == []


def test_labels_that_the_knowledge_lacks_are_named(model: TextModel, tmp_path: Path) -> None:
    given = labelled()
    more = replace(given, labels=(*given.labels[:-1], frozenset({"T9999.001"})))
    assert teach_on(model, more, tmp_path / "taught.npz").unknown == ("T9999",)


def test_a_document_is_judged_by_what_others_taught(model: TextModel) -> None:
    given = by_family(labelled())
    alone = model.beliefs(given.sentences, closed(model.ids, NAMES))
    aside = folds_of(given.documents, FOLDS) == 0
    other = tuple(
        frozenset({"T1001"}) if out else labels for labels, out in zip(given.labels, aside, strict=True)
    )
    first, second = (
        held_out_beliefs(alone, labels, NAMES) for labels in (given, replace(given, labels=other))
    )
    assert (first[aside] == second[aside]).all()
    assert not (first[~aside] == second[~aside]).all()


def test_teaching_again_gives_the_same_arrays(model: TextModel) -> None:
    given = by_family(labelled())
    alone = model.beliefs(given.sentences, closed(model.ids, NAMES))
    first, second = correction(alone, given, NAMES), correction(alone, given, NAMES)
    assert all((first[name] == second[name]).all() for name in first)


def taught_model(model: TextModel, given: Annotated, names: Sequence[str]) -> TaughtModel:
    """The model corrected for `names`."""
    alone = model.beliefs(given.sentences, closed(model.ids, names))
    return TaughtModel(model, TextModel.from_arrays(correction(alone, given, names)))


def test_more_teaching_reads_unseen_sentences_better(model: TextModel) -> None:
    groups, unseen = closed(model.ids, NAMES), ["the crew moored 99 grey boats"]
    believed = [
        taught_model(model, labelled(count), NAMES).beliefs(unseen, groups, NAMES)[0, 1]
        for count in (2, 10, 60)
    ]
    assert believed == sorted(believed)
    assert believed[-1] > 0.5


def test_the_offset_is_all_there_is_where_the_features_say_nothing() -> None:
    random = np.random.default_rng(5)
    offset = random.normal(-1.0, 1.0, (4000, 2)).astype(np.float32)
    marked = random.random(offset.shape) < 1 / (1 + np.exp(-offset))
    noise = csr_matrix(random.random((4000, 3)).astype(np.float32) * 0.1)
    weights, bias = fitted_beyond(noise, marked, offset)
    assert np.abs(noise @ weights + bias).mean() < 0.3


def test_weights_are_recovered_from_what_they_generated() -> None:
    random = np.random.default_rng(7)
    rows = random.normal(0, 1, (20_000, 2)).astype(np.float32)
    offset = np.full((20_000, 1), -0.5, np.float32)
    marked = random.random((20_000, 1)) < 1 / (1 + np.exp(-(rows @ [[1.0], [-2.0]] + offset)))
    weights, bias = fitted_beyond(csr_matrix(rows), marked, offset)
    assert weights[:, 0] == pytest.approx([1.0, -2.0], abs=0.15)
    assert bias[0] == pytest.approx(0.0, abs=0.15)


def test_a_file_of_labelled_sentences(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    rows = [
        {"sentence": "a", "techniques": ["T1574.002", "T1064"], "document": "x", "note": "ignored"},
        {"sentence": "b", "techniques": [], "document": "y"},
    ]
    path.write_bytes(b"\n\n".join(msgspec.json.encode(row) for row in rows))
    assert read_labelled(path, {"T1574.002": "T1574.001", "T1064": ""}) == Annotated(
        ("a", "b"), (frozenset({"T1574.001", "T1064"}), frozenset()), ("x", "y")
    )


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"sentence": "a"}', b'{"sentence": 1, "techniques": [], "document": ""}', b"\xff"]
)
def test_a_line_that_is_no_labelled_sentence_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_bytes(b'{"sentence": "a", "techniques": [], "document": "x"}\n' + line)
    with pytest.raises(KnowledgeError, match="not a labelled sentence") as caught:
        read_labelled(path, {})
    assert caught.value.place == f"{path}, line 2"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_labelled(tmp_path / "none.jsonl", {})


def test_what_was_kept_is_read_again_as_it_was(model: TextModel, tmp_path: Path) -> None:
    given = by_family(labelled())
    arrays = correction(model.beliefs(given.sentences, closed(model.ids, NAMES)), given, NAMES)
    path = tmp_path / "taught.npz"
    save(path, arrays)
    kept = saved(path)
    assert kept is not None
    texts = ["the crew moored boats", "packets are padded"]
    assert (kept.scores(texts) == TextModel.from_arrays(arrays).scores(texts)).all()
    assert saved(tmp_path / "none.npz") is None
    assert [item.name for item in tmp_path.iterdir()] == ["taught.npz"]


def test_what_cannot_be_kept_or_read_is_told(model: TextModel, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot write"):
        save(tmp_path / "no folder" / "taught.npz", {})
    path = tmp_path / "taught.npz"
    path.write_bytes(b"PK not an archive")
    with pytest.raises(KnowledgeError, match="cannot be read") as caught:
        saved(path)
    assert "teach" in caught.value.remedy


@pytest.mark.parametrize(("number", "said"), [(1, "1 document with"), (2, "2 documents with")])
def test_a_few_documents_are_counted_in_words_that_fit(
    model: TextModel, tmp_path: Path, number: int, said: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        teach_on(model, labelled(number), tmp_path / "taught.npz")
    assert caught.value.problem.startswith(said)
