"""The bench of the fitted reader fold by fold: what it says without its documents, how it is asked for."""

from __future__ import annotations

from pathlib import Path

from weigh.bench import claim_folds
from weigh.bench.claim_fit import ANNOTATIONS
from weigh.bench.claim_sets import gold_documents
from weigh.bench.data import Context
from weigh.bench.rows import Missing
from weigh.cli import bench


def test_without_the_shared_documents_it_says_what_is_missing(tmp_path: Path) -> None:
    (found,) = list(claim_folds.run(Context(tmp_path, lambda *_: None)))
    assert isinstance(found, Missing)
    assert found.bench == claim_folds.BENCH
    assert "--data" in found.remedy


def test_it_is_measured_only_when_it_is_asked_for_by_name() -> None:
    assert bench.ON_REQUEST[claim_folds.BENCH] == "weigh.bench.claim_folds"
    assert claim_folds.BENCH not in bench.BENCHES


def test_texts_on_which_rules_were_written_are_in_no_fold() -> None:
    folded = {(item.document, item.rows) for item in gold_documents(ANNOTATIONS[0])}
    for file in ANNOTATIONS[1:]:
        assert folded.isdisjoint((item.document, item.rows) for item in gold_documents(file))
