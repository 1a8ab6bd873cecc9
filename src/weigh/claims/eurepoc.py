"""The attribution table of EuRepoC as claims: what was stated once is one claim, however many rows it has.

The table (European Repository of Cyber Incidents, version 1.1) is a Cartesian product: an attribution with
two speakers, three culprits and four names of a group has 24 rows. Rows with the same `attribution_ID` are
one statement; statements on one incident of the same date and type are one origin until more is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pycountry

from weigh.claims.listed import state_name
from weigh.evidence.countries import country_names
from weigh.evidence.folding import fold
from weigh.records import Claim, Degree, Document, Notice, Party, Span, Stance

READER = "EuRepoC table"
COLUMNS = (
    "incident_ID",
    "attribution_ID",
    "attribution_date",
    "attribution_type",
    "attribution_basis",
    "attributing_actor",
    "attribution_it_company",
    "attributing_country",
    "attributed_initiator",
    "attributed_initiator_country",
    "attributed_initiator_category",
)
"""The columns by which the table is known, in its order."""

CODERS = Party("EuRepoC", "EuRepoC")
"""Those who coded the statements, and so report them."""

DEGREES = {"State": Degree.BY, "Non-state actor, state-affiliation suggested": Degree.LINKED}
"""What the coded category says of the country; any other category says only where the culprits are from."""

_MISSING = frozenset({"", "not available", "unknown"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OWN_DEED = ("self-attribution in the course", "attacker confirms")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One coded statement: its incident, its own number, what its rows say, and where they stand.

    `made` are the pairs of date and type that its rows have: a few statements were coded under two types.
    `rows` are numbered as a spreadsheet numbers them; `span` is the first of them in the text.
    """

    incident: str
    number: str
    made: tuple[tuple[str, str], ...]
    rows: tuple[int, ...]
    span: Span
    cells: Mapping[str, tuple[str, ...]]

    @property
    def origins(self) -> tuple[tuple[str, str, str], ...]:
        """Incident, date and type: what statements that may be one have in common. "" is a value."""
        return tuple((self.incident, date, sort) for date, sort in self.made)


@dataclass(frozen=True, slots=True)
class Table:
    """All statements in the order of the table, how many rows there were, and how many of them were blank."""

    attributions: tuple[Attribution, ...]
    rows: int
    blank: int

    @property
    def origins(self) -> dict[tuple[str, str, str], tuple[Attribution, ...]]:
        """The statements by origin."""
        found: dict[tuple[str, str, str], list[Attribution]] = defaultdict(list)
        for one in self.attributions:
            for origin in one.origins:
                found[origin].append(one)
        return {key: tuple(together) for key, together in found.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: dict[str, str]
    span: Span


def is_table(document: Document) -> bool:
    """Whether a document is this table: a CSV file whose first row has its columns."""
    header = tuple(field.kind for field in document.fields[: len(COLUMNS)])
    return document.format == "csv" and header == COLUMNS


def read_table(document: Document) -> Table:
    """The statements of the table; rows without an attribution are blank, dropped and counted."""
    together: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    rows = blank = 0
    for row in _rows(document):
        rows += 1
        number = row.cells.get("attribution_ID", "")
        if number == "":
            blank += 1
        else:
            together[row.cells.get("incident_ID", ""), number].append(row)
    return Table(tuple(_attribution(*key, found) for key, found in together.items()), rows, blank)


def table_claims(document: Document) -> tuple[Claim, ...]:
    """A claim for each statement, as the coders report it."""
    return tuple(_claim(one, document) for one in read_table(document).attributions)


def table_notice(document: Document, most: int) -> Notice:
    """How many rows are how many statements of how many origins, and whether more than `most` are there."""
    table = read_table(document)
    problem = (
        f"{table.rows:,} rows are {len(table.attributions):,} statements of {len(table.origins):,} origins"
        f" (incident, date and type); {table.blank} blank rows were dropped"
    )
    if len(table.attributions) > most:
        return Notice(problem, document.name, f"the first {most:,} are read: import it by incident")
    return Notice(problem, document.name, "count origins, not rows")


def _rows(document: Document) -> Iterator[_Row]:
    """The rows below the header, each with its cells by column; the pointer of a field is /row/column."""
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    spans: dict[int, Span] = {}
    for field in document.fields:
        number = int(field.pointer.split("/")[1])
        if number > 1:
            cells[number][field.kind] = field.span.of(document.text).strip()
            start = spans[number].start if number in spans else field.span.start
            spans[number] = Span(start, field.span.end)
    for number in sorted(cells):
        yield _Row(number, cells[number], spans[number])


def _attribution(incident: str, number: str, rows: Iterable[_Row]) -> Attribution:
    found = list(rows)
    first = found[0]
    return Attribution(
        incident=incident,
        number=number,
        made=tuple(
            dict.fromkeys(
                (row.cells.get("attribution_date", ""), row.cells.get("attribution_type", ""))
                for row in found
            )
        ),
        rows=tuple(row.number for row in found),
        span=first.span,
        cells={column: _values(found, column) for column in COLUMNS},
    )


def _values(rows: Iterable[_Row], column: str) -> tuple[str, ...]:
    """Every value of a column that says something, once."""
    values = (row.cells.get(column, "") for row in rows)
    return tuple(dict.fromkeys(value for value in values if value.lower() not in _MISSING))


def _claim(one: Attribution, document: Document) -> Claim:
    said = " ".join((*one.cells["attribution_type"], *one.cells["attribution_basis"])).lower()
    own = any(words in said for words in _OWN_DEED)
    countries = tuple(_country(name) for name in one.cells["attributed_initiator_country"])
    categories = one.cells["attributed_initiator_category"]
    degree = next((DEGREES[category] for category in categories if category in DEGREES), Degree.FROM)
    return Claim(
        document=document.id,
        span=one.span,
        stance=Stance.SELF_ATTRIBUTE if own else Stance.ATTRIBUTE,
        original=one.span.of(document.text),
        speakers=_speakers(one),
        accused=(*countries, *(Party(name, name) for name in one.cells["attributed_initiator"])),
        reader=READER,
        probability=1.0,
        reported_by=(CODERS,),
        degree=degree if len(countries) > 0 else Degree.UNSAID,
        said=_dated(one.made[0][0]),
        why=f"attribution {one.number} of incident {one.incident}, {len(one.rows)} rows",
    )


def _dated(written: str) -> str:
    """A date as records have it: ISO 8601, or empty where the table has something else."""
    return written if _DATE.fullmatch(written) is not None else ""


def _speakers(one: Attribution) -> tuple[Party, ...]:
    """Who attributes: persons and agencies, else companies, else countries; nobody where none is coded."""
    named = (*one.cells["attributing_actor"], *one.cells["attribution_it_company"])
    if len(named) > 0:
        return tuple(Party(name, name) for name in named)
    return tuple(_country(name) for name in one.cells["attributing_country"])


def _country(name: str) -> Party:
    """The state of a name, as ISO 3166-1 or ordinary English has it, else the name itself."""
    known = country_names().get(fold(name))
    if known is not None:
        return Party(known[1], state_name(known[1]), name)
    try:
        code = str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return Party(name, name, name)
    return Party(code, state_name(code), name)
