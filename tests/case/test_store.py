"""A case gives back what was put into it, refuses what does not belong, and forgets nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import sample, strategies
from weigh.case.judgements import Assumption
from weigh.case.store import CaseStore, Contents
from weigh.errors import CaseError, UsageError
from weigh.records import Document, Judgement, Observation, Source, Verdict

REPORT, NOTE = sample.documents()
SEEN = sample.observations()
OF_REPORT = tuple(seen for seen in SEEN if seen.document == REPORT.id)
OF_NOTE = tuple(seen for seen in SEEN if seen.document == NOTE.id)

Pair = tuple[Document, tuple[Observation, ...]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour ?#%.weigh"


@pytest.fixture
def case(path: Path) -> Iterator[CaseStore]:
    with CaseStore.open(path) as store:
        store.add(REPORT, OF_REPORT, "sample")
        store.add(NOTE, OF_NOTE, "sample")
        yield store


def _bytes(records: object) -> bytes:
    """All fields, those too that `==` leaves out."""
    return msgspec.json.encode(records)


def test_everything_comes_back(case: CaseStore, path: Path) -> None:
    case.title = "Vessmar harbour"
    for judgement in sample.judgements():
        case.judge(judgement)
    case.close()
    with CaseStore.open(path, create=False, read_only=True) as again:
        contents = again.contents()
        assert _bytes(contents.documents) == _bytes((REPORT, NOTE))
        assert _bytes(contents.observations) == _bytes(SEEN)
        assert contents.judgements == sample.judgements()
        assert contents.title == "Vessmar harbour"
        assert contents.assumptions == {}
        assert _bytes(again.document(NOTE.id)) == _bytes(NOTE)
        assert again.holds(NOTE.id)
        assert not again.holds(NOTE.id[:12])
        assert [(read.document, read.knowledge, read.observations) for read in again.reads()] == [
            (REPORT.id, "sample", len(OF_REPORT)),
            (NOTE.id, "sample", len(OF_NOTE)),
        ]


def test_the_same_bytes_again_change_nothing(case: CaseStore, path: Path) -> None:
    case.close()
    before = path.read_bytes()
    with CaseStore.open(path) as again:
        assert again.add(replace(NOTE, name="copy.json", date="2040"), (), "other knowledge") is False
        assert _bytes(again.documents()) == _bytes((REPORT, NOTE))
        assert len(again.reads()) == 2
    assert path.read_bytes() == before


def test_a_new_case_is_empty_and_leaves_no_other_file(path: Path) -> None:
    with CaseStore.open(path) as store:
        assert store.contents() == Contents("", (), (), (), {})
        assert store.reads() == ()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(strategies.documents_with_observations(), max_size=3, unique_by=lambda pair: pair[0].id)
)
def test_any_documents_come_back_in_order(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "any.weigh"
    path.unlink(missing_ok=True)
    with CaseStore.open(path) as store:
        assert [store.add(document, seen, "k") for document, seen in pairs] == [True] * len(pairs)
        assert [store.add(document, seen, "k") for document, seen in pairs] == [False] * len(pairs)
    with CaseStore.open(path, create=False) as store:
        assert _bytes(store.documents()) == _bytes([document for document, _ in pairs])
        texts = {document.id: document.text for document, _ in pairs}
        back = store.observations()
        assert all(seen.span.of(texts[seen.document]) == seen.original for seen in back)
        assert sorted(_bytes(seen) for seen in back) == sorted(
            _bytes(seen) for _, all_ in pairs for seen in all_
        )
        order = [document.id for document, _ in pairs]
        assert [order.index(seen.document) for seen in back] == sorted(order.index(s.document) for s in back)
        for document, _ in pairs:
            spans = [seen.span for seen in back if seen.document == document.id]
            assert spans == sorted(spans)


def test_the_order_of_observations_does_not_depend_on_who_found_them_first(tmp_path: Path) -> None:
    backs = []
    for number, seen in enumerate((OF_REPORT, OF_REPORT[::-1])):
        with CaseStore.open(tmp_path / f"{number}.weigh") as store:
            store.add(REPORT, seen, "k")
            backs.append(_bytes(store.observations()))
    assert backs[0] == backs[1] == _bytes(OF_REPORT)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (replace(SEEN[0], document=NOTE.id), "of another document"),
        (replace(SEEN[0], original="T1566.002"), "does not quote its span"),
    ],
)
def test_an_observation_must_stand_on_its_document(case: CaseStore, wrong: Observation, problem: str) -> None:
    document = replace(REPORT, id="0" * 64)
    good = [replace(seen, document=document.id) for seen in OF_REPORT]
    one = wrong if wrong.document == NOTE.id else replace(wrong, document=document.id)
    with pytest.raises(UsageError, match=problem):
        case.add(document, [*good, one], "k")
    assert len(case.documents()) == 2


def test_half_a_surrogate_pair_is_refused(case: CaseStore) -> None:
    with pytest.raises(UsageError, match="no character at 1"):
        case.add(replace(NOTE, id="1" * 64, text="a\ud800"), (), "k")


def test_judgements_are_appended_and_never_changed(case: CaseStore, path: Path) -> None:
    for judgement in sample.judgements():
        case.judge(judgement)
    case.assume(Assumption("deception", "0.03", "Mira Oskal", "2031-04-15T10:00:00Z"))
    case.describe(NOTE.id, tlp="green")
    case.close()
    other = sqlite3.connect(path, isolation_level=None)
    try:
        for table in ("judgements", "assumptions", "descriptions", "reads"):
            for statement in (f"UPDATE {table} SET number = number + 9", f"DELETE FROM {table}"):
                with pytest.raises(sqlite3.IntegrityError, match="never changed or deleted"):
                    other.execute(statement)
    finally:
        other.close()


@pytest.mark.parametrize(
    "harm", ["DELETE FROM judgements WHERE number = 1", "UPDATE judgements SET link = ''"]
)
def test_a_journal_that_was_tampered_with_is_refused(case: CaseStore, path: Path, harm: str) -> None:
    for judgement in sample.judgements():
        case.judge(judgement)
    case.close()
    other = sqlite3.connect(path, isolation_level=None)
    triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        other.execute(f"DROP TRIGGER {name}")
    other.execute(harm)
    for _, sql in triggers:
        other.execute(sql)
    other.close()
    with CaseStore.open(path) as again, pytest.raises(CaseError, match="entry 1 of its judgements"):
        again.judgements()


@pytest.mark.parametrize(
    ("judgement", "error"),
    [
        (Judgement("obs-unknown", Verdict.ACCEPT, "M", "2031-01-01T00:00:00Z"), CaseError),
        (Judgement(SEEN[0].id, Verdict.WITHDRAW, "M", "2031-01-01T00:00:00Z"), CaseError),
        (Judgement(SEEN[0].id, Verdict.CORRECT, "M", "2031-01-01T00:00:00Z"), UsageError),
    ],
)
def test_a_judgement_that_means_nothing_is_refused(
    case: CaseStore, judgement: Judgement, error: type[Exception]
) -> None:
    with pytest.raises(error):
        case.judge(judgement)
    assert case.judgements() == ()


def test_undo(case: CaseStore) -> None:
    accept = sample.judgements()[0]
    withdraw = replace(accept, verdict=Verdict.WITHDRAW)
    case.judge(accept)
    case.judge(withdraw)
    with pytest.raises(CaseError, match="nothing was decided"):
        case.judge(withdraw)
    assert case.judgements() == (accept, withdraw)


@pytest.mark.parametrize("length", [4, 8, 20, 24])
def test_a_prefix_finds_its_observation(case: CaseStore, length: int) -> None:
    for seen in SEEN:
        assert case.resolve_observation(seen.id[:length] if length > 4 else seen.id[4:]) == seen


def test_a_prefix_of_several_names_them(case: CaseStore) -> None:
    with pytest.raises(CaseError, match="8 observations begin with 'obs-'") as error:
        case.resolve_observation("obs-")
    ids = sorted(seen.id for seen in SEEN)
    assert [one for one in ids if one in str(error.value)] == ids[:5]
    assert "and 3 more" in str(error.value)


@pytest.mark.parametrize("prefix", ["obs-zz", "zz", "%", "_"])
def test_a_prefix_of_none_says_so(case: CaseStore, prefix: str) -> None:
    with pytest.raises(CaseError, match="no observation") as error:
        case.resolve_observation(prefix)
    assert str(case.path) in str(error.value)


def test_the_id_after_a_correction_finds_the_observation_too(case: CaseStore) -> None:
    accept = sample.judgements()[0]
    case.judge(replace(accept, verdict=Verdict.CORRECT, value="T1059.003"))
    corrected = replace(SEEN[2], value="T1059.003")
    assert corrected.id != SEEN[2].id
    assert case.resolve_observation(corrected.id) == SEEN[2]
    assert case.resolve_observation(SEEN[2].id) == SEEN[2]


def test_descriptions_add_up(case: CaseStore) -> None:
    case.describe(NOTE.id, source=Source("Oakline", "D"))
    case.describe(NOTE.id, date="2031-05-02", tlp="tlp:amber+strict")
    case.describe(NOTE.id, date="")
    note = case.document(NOTE.id)
    assert (note.source, note.date, note.tlp) == (Source("Oakline", "D"), "", "AMBER+STRICT")
    assert _bytes(case.documents()[1]) == _bytes(note)
    assert _bytes(case.document(REPORT.id)) == _bytes(REPORT)


MEANINGLESS: list[dict[str, object]] = [
    {"date": "19 July"},
    {"date": "2031-13"},
    {"date": "2031-1-2"},
    {"tlp": "white"},
    {"source": Source("Oakline", "G")},
]


@pytest.mark.parametrize("said", MEANINGLESS)
def test_a_description_that_means_nothing_is_refused(case: CaseStore, said: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        case.describe(NOTE.id, **said)  # type: ignore[arg-type]
    assert _bytes(case.document(NOTE.id)) == _bytes(NOTE)


def test_unknown_documents_are_named(case: CaseStore) -> None:
    for ask in (lambda: case.document("nope"), lambda: case.describe("nope", tlp="red")):
        with pytest.raises(CaseError, match="no document nope"):
            ask()


def test_the_latest_assumption_of_a_name_holds(case: CaseStore) -> None:
    first = Assumption("deception", "0.03", "Mira Oskal", "2031-04-15T10:00:00Z")
    second = replace(first, value="0.10", because="a false flag was seen before")
    other = replace(first, name="copying")
    for one in (first, other, second):
        case.assume(one)
    assert case.assumptions() == {"deception": second, "copying": other}


def test_reading_only_refuses_every_change(case: CaseStore, path: Path) -> None:
    case.close()
    before = path.read_bytes()
    with CaseStore.open(path, read_only=True) as store:
        changes = (
            lambda: store.add(replace(NOTE, id="2" * 64), (), "k"),
            lambda: store.judge(sample.judgements()[0]),
            lambda: store.assume(Assumption("a", "b", "c", "d")),
            lambda: store.describe(NOTE.id, tlp="red"),
            lambda: setattr(store, "title", "other"),
        )
        for change in changes:
            with pytest.raises(CaseError, match="for reading only"):
                change()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_failure_inside_a_change_undoes_all_of_it(case: CaseStore) -> None:
    """The last write of an addition fails: its document and observations are gone as well."""
    case._connection.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON main.reads "
                             "BEGIN SELECT RAISE(FAIL, 'disk full'); END")  # fmt: skip
    new = replace(NOTE, id="3" * 64)
    with pytest.raises(CaseError, match="disk full"):
        case.add(new, [replace(seen, document=new.id) for seen in OF_NOTE], "k")
    assert len(case.documents()) == 2
    assert len(case.observations()) == len(SEEN)
    case._connection.execute("DROP TRIGGER full")
    assert case.add(new, (), "k") is True
