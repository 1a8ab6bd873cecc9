"""Words of names that are words of a language: from the counts of the installed package."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.known import CATALOGUE
from weigh.compiling import vocabulary
from weigh.compiling.vocabulary import read_vocabulary
from weigh.errors import KnowledgeError
from weigh.evidence.chances import vocabulary_of
from weigh.knowledge.catalogue import Listed, Software


def test_words_of_names_are_told_from_names() -> None:
    source = read_vocabulary(CATALOGUE)
    told = vocabulary_of(source.listings)
    assert told.everyday <= told.known
    assert {"carbon", "silence", "page", "bear"} <= told.everyday
    assert told.known.isdisjoint({"mimikatz", "turla", "sofacy", "carbanak", "harbour"})
    assert [listing.kind for listing in source.listings] == [Listed.EVERYDAY, Listed.WORDS]
    assert source == read_vocabulary(CATALOGUE)


def test_only_words_of_names_are_kept_and_words_of_other_languages_are_no_everyday_ones() -> None:
    other = replace(
        CATALOGUE,
        actors=(),
        software=(
            Software("S1", "Hafen", "malware"),
            Software("S2", "Night-Club", "malware"),
            Software("S3", "Nemin", "malware"),
        ),
    )
    told = vocabulary_of(read_vocabulary(other).listings)
    assert told.known == {"hafen", "nemin", "night", "club", "nightclub"}
    assert told.everyday == {"night", "club", "nightclub"}


@pytest.mark.parametrize("raw", [b"", b"no archive", gzip.compress(b"[1]"), gzip.compress(b'{"a": 1}')[:-9]])
def test_a_damaged_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(vocabulary, "package_folder", lambda package, distribution: tmp_path)
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "en.json.gz").write_bytes(raw)
    with pytest.raises(KnowledgeError, match="not a list of words with counts") as caught:
        read_vocabulary(CATALOGUE)
    assert caught.value.place.endswith("en.json.gz")
