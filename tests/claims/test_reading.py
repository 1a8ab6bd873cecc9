"""Any text can be read, in bounded time and with spans that hold; a claim is a record like others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import ACTORS, document, fitted_reader, read, reader
from tests.strategies import claims_of, documents
from weigh import claims
from weigh.claims import reading
from weigh.claims.patterns import compiled, patterns
from weigh.claims.reading import TABLES
from weigh.evidence import countries
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Basis, Claim, Degree, Document, Party, Stance

PIECES = (
    "Russia", "the US", "China's", "MSS hackers", "accused", "denies", "hacked", "cyber attacks", "that",
    "by", "said",
    "the group", "(PRC)", '"', "“", "”", ". ", ", ", "; ", "\n", "\n\n", "if", "not", "?", "MS. DOE:",
    "Q ", "groundless",
    "accusations", "against", "highly likely", "美国", "中方", "网络攻击", "。", "，", "赵某：", "记者：",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join), st.booleans())
def test_any_text_is_read_and_every_span_holds(text: str, has_source: bool) -> None:
    found = read(text, "The White House" if has_source else "")
    for claim in found:
        assert claim.span.of(text) == claim.original != ""
        for quote in (
            claim.act,
            claim.target,
            claim.happened,
            claim.likelihood,
            claim.confidence,
            claim.basis_words,
        ):
            assert quote is None or quote.span.of(text) == quote.words
        assert 0.0 < claim.probability <= 1.0
    assert len({claim.id for claim in found}) == len(found)
    assert read(text, "The White House" if has_source else "") == found


@given(documents().flatmap(claims_of))
def test_a_claim_survives_being_written_down(claim: Claim) -> None:
    again = msgspec.json.decode(msgspec.json.encode(claim), type=Claim)
    assert again == claim
    assert msgspec.to_builtins(again) == msgspec.to_builtins(claim)
    assert again.id == claim.id


@given(documents().flatmap(claims_of))
def test_an_id_says_where_who_and_whom_and_nothing_else(claim: Claim) -> None:
    assert replace(claim, probability=0.5, why="other", said="", unresolved=()).id == claim.id
    assert replace(claim, document=claim.document + "0").id != claim.id
    other = next(stance for stance in Stance if stance is not claim.stance)
    assert replace(claim, stance=other).id != claim.id
    added = (*claim.accused, Party("XX", "Nowhere"))
    assert replace(claim, accused=added).id != claim.id


def test_a_party_has_the_state_of_its_body_as_root() -> None:
    assert Party("CN/MSS", "Ministry").root == "CN"
    assert Party("G0007", "APT28").root == "G0007"


def test_one_document_can_be_read_without_making_a_reader() -> None:
    catalogue = Catalogue(ACTORS, (), (), (), ())
    text = document("Iran hacked the ministry.", "Canada")
    assert claims.read_claims(text, catalogue) == fitted_reader().read(text).claims


def test_a_reading_says_when_nobody_is_known_to_have_written_it() -> None:
    (notice,) = reader().read(document("Iran hacked the ministry.")).notices
    assert "nobody says who wrote it" in notice.problem


def test_a_very_long_text_is_read_in_its_first_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 60)
    text = "Iran hacked the ministry. " * 10
    found = reader().read(document(text, "Canada"))
    assert len(found.claims) == 2
    assert "first 60 characters" in found.notices[0].problem


def test_claims_are_bounded_in_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 4)
    assert len(read("Iran hacked the ministry. " * 10, "Canada")) == 4


@pytest.mark.parametrize("language", TABLES.values())
def test_every_pattern_of_a_table_compiles_and_can_name_a_party(language: str) -> None:
    table = patterns(language)
    assert len(table.claims) > 20
    assert {pattern.stance for pattern in table.claims} >= set(Stance) - {Stance.COUNTER_ACCUSE}
    assert all("~" not in pattern.pattern.pattern for pattern in table.claims)
    assert all("who" in pattern.groupindex for pattern, _ in table.culprits)
    assert all("by" in frame.pattern.groupindex for frame in table.frames)
    needed = {
        "negation",
        "conditional",
        "future",
        "questions",
        "hypothetical",
        "hedged",
        "disclaimer",
        "topic",
    }
    assert set(table.guards) >= needed


def test_a_word_that_no_list_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        compiled("~nonsense~", {"party": "x"})


def test_no_state_body_or_actor_is_named_in_the_rules() -> None:
    folder = Path(reading.__file__).parent
    tables = [(folder / f"{name}.toml").read_text("utf-8") for name in TABLES.values()]
    rules = "\n".join(line for table in tables for line in table.splitlines() if not line.startswith("#"))
    for name in (
        "China",
        "Russia",
        "Iran",
        "Korea",
        "American",
        "Chinese",
        "Kremlin",
        "GRU",
        "美国",
        "俄罗斯",
    ):
        assert name not in rules


def test_the_docs_name_every_stance_degree_and_basis() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "claims.md").read_text("utf-8")
    for words in (Stance, Degree, Basis):
        assert [word for word in words if word != "" and f"`{word}`" not in text] == []
    for name in ("english", "chinese", "states", "bodies", "hedges", "loaded", "languages"):
        assert f"`{name}.toml`" in text
        places = (Path(reading.__file__), Path(countries.__file__))
        assert any((place.parent / f"{name}.toml").exists() for place in places)


def test_structured_and_empty_texts_have_no_claims() -> None:
    assert read("") == ()
    assert read("\n\n \n") == ()
    assert reader().read(Document("x", "", "text", "empty.txt")).claims == ()
