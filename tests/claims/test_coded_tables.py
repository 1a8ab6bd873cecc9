"""The file of a coded table: unpacked within bounds, cut to incidents, and what is no such table named."""

from __future__ import annotations

import csv
import lzma
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.test_eurepoc import TABLE
from weigh.claims import coded_tables
from weigh.claims.coded_tables import read_eurepoc
from weigh.claims.eurepoc import COLUMNS, read_table, table_claims
from weigh.errors import LimitError, ReadingError, UsageError
from weigh.readers import read_bytes
from weigh.readers.limits import Limits

ROWS = (
    ("7", "1.0", "2021-07-19", "Political statement", "", "NCSC", "", "", "A", "Iran", "State"),
    ("7", "1.0", "2021-07-19", "Political statement", "", "NCSC", "", "", 'B "b", c', "Iran", "State"),
    ("7", "2.0", "yesterday", "", "", "", "Wrackline", "", "A", "", ""),
    ("8", "3.0", "2022-01-01", "", "", "CERT", "", "", "C", "Iran", "State"),
    ("8", "", "", "", "", "", "", "", "", "", ""),
)


def written(rows: tuple[tuple[str, ...], ...] = ROWS, header: tuple[str, ...] = COLUMNS) -> bytes:
    """A table as a file."""
    text = StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two incidents."""
    path = tmp_path / "attribution.csv"
    path.write_bytes(written())
    return path


def test_a_whole_table_keeps_its_bytes_packed_or_not(table: Path) -> None:
    packed = table.with_name("attribution.csv.xz")
    packed.write_bytes(lzma.compress(table.read_bytes()))
    plain, unpacked = read_eurepoc(table), read_eurepoc(packed)
    assert plain == unpacked
    assert unpacked.name == "attribution.csv"
    assert len(read_table(plain).attributions) == 3


def test_an_incident_is_a_document_of_its_own(table: Path) -> None:
    found = read_eurepoc(table, ("8",))
    counts = read_table(found)
    assert (counts.rows, counts.blank, len(counts.attributions)) == (2, 1, 1)
    assert found.name == "attribution.csv, incident 8.csv"
    assert found.id == read_eurepoc(table, ("8",)).id != read_eurepoc(table).id


def test_a_part_says_of_its_incidents_what_the_whole_does(table: Path) -> None:
    whole = [claim for claim in table_claims(read_eurepoc(table)) if "incident 7" in claim.why]
    part = table_claims(read_eurepoc(table, ("7",)))
    assert [(claim.original, claim.accused, claim.said) for claim in part] == [
        (claim.original, claim.accused, claim.said) for claim in whole
    ]


def test_a_date_that_is_none_is_left_out(table: Path) -> None:
    assert [claim.said for claim in table_claims(read_eurepoc(table, ("7",)))] == ["2021-07-19", ""]


def test_the_name_of_many_incidents_stays_short(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(written(tuple((str(number), "1", *[""] * 9) for number in range(20))))
    assert read_eurepoc(path, [str(number) for number in range(20)]).name == (
        "t, incident 0, 1, 2, 3, 4 and more.csv"
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is empty"),
        (b"a,b\n1,2\n", "it is no table of attributions by EuRepoC: no column incident_ID"),
        (written(header=tuple(reversed(COLUMNS))), "its columns are in another order"),
        (lzma.compress(written())[:40], "the archive is cut short"),
        (lzma.compress(written()) + b"more", "something follows the archive's end"),
        (b"\xfd7zXZ\x00 and no more of an archive", "the archive is damaged"),
        (
            ",".join(COLUMNS).encode() + b'\n7,"1' + b"x" * 200_000,
            "not a table: field larger than field limit",
        ),
    ],
)
@pytest.mark.parametrize("incidents", [(), ("7",)])
def test_what_is_no_such_table_is_an_error_with_its_place(
    data: bytes, problem: str, incidents: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        read_eurepoc(path, incidents)
    assert problem in caught.value.problem
    assert caught.value.place.startswith("bad.csv")


def test_an_incident_that_is_not_there_is_named(table: Path) -> None:
    with pytest.raises(UsageError, match="no incident 9, 99"):
        read_eurepoc(table, ("7", "9", "99"))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="No such file"):
        read_eurepoc(tmp_path / "none.csv")


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coded_tables, "LIMITS", Limits(bytes=10_000))
    path = tmp_path / "bomb.csv.xz"
    path.write_bytes(lzma.compress(b"a" * 5_000_000))
    assert path.stat().st_size < 10_000
    with pytest.raises(LimitError, match="unpacks to more than 10,000 bytes"):
        read_eurepoc(path)


CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, max_size=13), max_size=8))
def test_any_rows_are_statements_or_blank(rows: list[list[str]]) -> None:
    data = written(tuple((("7", "1.0", *row)) for row in rows))
    document = read_bytes(data, "any.csv")
    found = read_table(document)
    assert sum(len(one.rows) for one in found.attributions) + found.blank == found.rows
    assert all(claim.span.of(document.text) == claim.original for claim in table_claims(document))


def test_an_incident_of_the_real_table_is_four_statements_of_one_date(shared: Path) -> None:
    found = read_table(read_eurepoc(shared / TABLE, ("1493",)))
    dates = {date for _, date, _ in found.origins}
    assert (found.rows, len(found.attributions), len(dates)) == (237, 4, 1)
