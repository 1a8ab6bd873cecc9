"""EuRepoC's table as statements and origins: rows of a Cartesian product are no witnesses."""

from __future__ import annotations

import lzma
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import reader, short
from weigh.claims.eurepoc import COLUMNS, Table, is_table, read_table, table_claims
from weigh.readers import read_bytes
from weigh.records import Document, Stance

TABLE = "data/eurepoc/eurepoc_attribution_dataset_1.1.csv.xz"


def made(*rows: dict[str, str]) -> Document:
    """A table with these rows, read as a file would be."""
    lines = [",".join(COLUMNS)]
    lines += [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in rows]
    return read_bytes("\n".join(lines).encode(), "attributions.csv")


def row(incident: str, number: str, **cells: str) -> dict[str, str]:
    """A row of the table."""
    return {"incident_ID": incident, "attribution_ID": number, **cells}


@cache
def real(folder: Path) -> tuple[Document, Table]:
    """The table itself and its statements."""
    raw = lzma.decompress((folder / TABLE).read_bytes())
    found = read_bytes(raw, "attributions.csv")
    return found, read_table(found)


def test_rows_of_one_statement_are_one_claim_with_all_its_parties() -> None:
    said = {
        "attribution_date": "2021-07-19",
        "attribution_type": "Political statement",
        "attributing_actor": "NCSC",
    }
    iran = {
        "attributed_initiator_country": "Iran, Islamic Republic of",
        "attributed_initiator_category": "State",
    }
    table = made(
        row("7", "1.0", **said, **iran, attributed_initiator="A"),
        row("7", "1.0", **said, **iran, attributed_initiator="B"),
        row("7", "2.0", **said, attributed_initiator_country="Iran, Islamic Republic of"),
        row("8", ""),
    )
    found = read_table(table)
    assert (found.rows, found.blank, len(found.attributions), len(found.origins)) == (4, 1, 2, 1)
    assert [short(claim) for claim in table_claims(table)] == [
        "NCSC<EuRepoC attribute IR,A,B by",
        "NCSC<EuRepoC attribute IR from",
    ]
    assert all(claim.span.of(table.text) == claim.original for claim in table_claims(table))
    assert {claim.said for claim in table_claims(table)} == {"2021-07-19"}


def test_a_culprit_who_claims_the_deed_attributes_it_to_himself() -> None:
    table = made(row("9", "3.0", attribution_basis="Attacker confirms", attributed_initiator="Liazor"))
    assert [claim.stance for claim in table_claims(table)] == [Stance.SELF_ATTRIBUTE]


def test_the_reader_of_claims_knows_the_table_and_says_how_much_it_is() -> None:
    reading = reader().read(made(row("7", "1.0"), row("7", "1.0"), row("8", "")))
    assert len(reading.claims) == 1
    assert "3 rows are 1 statements of 1 origins" in reading.notices[0].problem


def test_another_table_is_not_taken_for_it() -> None:
    other = read_bytes(b"incident_ID,date\n1,2020\n", "other.csv")
    assert not is_table(other)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=12))
def test_repeating_every_row_changes_no_count_of_statements_or_origins(
    numbers: list[tuple[int, int]],
) -> None:
    rows = [row(str(incident), f"{incident}.{number}") for incident, number in numbers]
    once, twice = read_table(made(*rows)), read_table(made(*rows, *rows))
    assert twice.rows == 2 * once.rows
    assert [one.number for one in twice.attributions] == [one.number for one in once.attributions]
    assert set(twice.origins) == set(once.origins)
    assert len(once.attributions) == len(set(numbers))


def test_incident_1493_has_237_rows_four_statements_and_one_date(shared: Path) -> None:
    _, table = real(shared)
    found = [one for one in table.attributions if one.incident == "1493"]
    assert sum(len(one.rows) for one in found) == 237
    assert len(found) == 4
    assert {date for one in found for date, _ in one.made} == {"2022-09-14"}


def test_the_multi_row_incidents_are_as_counted_by_hand(shared: Path) -> None:
    document, table = real(shared)
    rows = Counter(field.span.of(document.text) for field in document.fields if field.kind == "incident_ID")
    several = {incident for incident, count in rows.items() if count > 1}
    assert (len(several), sum(rows[incident] for incident in several)) == (413, 1413)
    found = [one for one in table.attributions if one.incident in several]
    assert 1413 - sum(len(one.rows) for one in found) == 11
    assert len(found) == 725
    assert len({origin for one in found for origin in one.origins}) == 665


def test_every_statement_of_the_real_table_is_a_claim_that_quotes_its_row(shared: Path) -> None:
    document, table = real(shared)
    claims = table_claims(document)
    assert len(claims) == len(table.attributions)
    assert len({claim.id for claim in claims}) == len(claims)
    assert all(claim.span.of(document.text) == claim.original for claim in claims)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RU"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Turkey", "TR"),
        ("Atlantis", "Atlantis"),
    ],
)
def test_countries_are_told_by_any_of_their_names(name: str, code: str) -> None:
    (claim,) = table_claims(made(row("1", "1.0", attributed_initiator_country=name)))
    assert [party.key for party in claim.accused] == [code]
