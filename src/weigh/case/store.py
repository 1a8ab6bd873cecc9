"""The case file: documents, observations and what people decided, in one SQLite database.

Every change is one transaction, so that whoever stops the program, and whenever, leaves the case as
it was before the change or as it is after it. Several programs may read while one writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from weigh import scales
from weigh.case import journal, rows
from weigh.case.judgements import Assumption, in_force, review
from weigh.case.opening import open_case, translated
from weigh.case.rows import Description, Record, Row
from weigh.errors import CaseError, UsageError
from weigh.records import Claim, Document, Judgement, Observation, Source, Verdict

CANDIDATES_SHOWN = 5
DATE_FORMATS = ("%Y-%m-%d", "%Y-%m", "%Y")
DOCUMENT_COLUMNS = "number, about, text, text_bytes, crc"


@dataclass(frozen=True, slots=True)
class Read:
    """One line of the log of reads: which document, when (ISO 8601 UTC), with what, and how much it gave."""

    document: str
    made: str
    weigh: str
    knowledge: str
    observations: int


Belonging = TypeVar("Belonging", Observation, Read, Claim)


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything in a case at one moment. Observations are as they were read, before any judgement."""

    title: str
    documents: tuple[Document, ...]
    observations: tuple[Observation, ...]
    judgements: tuple[Judgement, ...]
    assumptions: dict[str, Assumption]


class CaseStore:
    """An open case. Use it as a context manager, or close it.

    Every method raises `CaseError` where the file does not allow what is asked.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self._connection = connection
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False) -> CaseStore:
        """The case at `path`; made when missing, unless `create` is false or it is only to be read."""
        return cls(open_case(path, create=create, read_only=read_only), path, read_only=read_only)

    def close(self) -> None:
        """Let go of the file. What was added is already kept."""
        self._connection.close()

    def __enter__(self) -> CaseStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with translated(self.path):
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: all of it, or none of it."""
        if self.read_only:
            raise CaseError("the case is open for reading only", place=str(self.path))
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def _rows(self, query: str, *values: str | int) -> list[Row]:
        with translated(self.path):
            return self._connection.execute(query, values).fetchall()

    def add(self, document: Document, observations: Iterable[Observation], knowledge_version: str) -> bool:
        """Keep a document with what it reports; False, and no change, when these bytes are there already.

        Raises `UsageError` for an observation of another document, or one whose words are not the
        document's characters at its span.
        """
        seen = sorted(observations, key=lambda one: (one.span, one.kind, one.value, one.subtype))
        for one in seen:
            _check_place(one, document)
        row = rows.from_document(document)
        with self._change() as connection:
            if self.holds(document.id):
                return False
            statement = "INSERT INTO documents (id, about, text, text_bytes, crc) VALUES (?, ?, ?, ?, ?)"
            added = connection.execute(statement, row).lastrowid
            connection.executemany(
                "INSERT INTO observations (document, id, record, crc) VALUES (?, ?, ?, ?)",
                [(added, one.id, *rows.encoded(one)) for one in seen],
            )
            log = Read(document.id, _now(), _version(), knowledge_version, len(seen))
            statement = "INSERT INTO reads (document, record, crc) VALUES (?, ?, ?)"
            connection.execute(statement, (added, *rows.encoded(log)))
        return True

    def holds(self, document_id: str) -> bool:
        """Whether a document of these bytes is in the case."""
        return self._number(document_id) is not None

    def contents(self) -> Contents:
        """Everything at one moment, whatever another program adds meanwhile."""
        with self._transaction("BEGIN"):
            return Contents(
                self.title, self.documents(), self.observations(), self.judgements(), self.assumptions()
            )

    def documents(self) -> tuple[Document, ...]:
        """Every document in the order in which they were added, with what people said about them."""
        said = self._descriptions()
        found = self._rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents ORDER BY number")  # noqa: S608 literal
        return tuple(self._document(row, said) for row in found)

    def document(self, document_id: str) -> Document:
        """One document by its id."""
        query = f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?"  # noqa: S608 a literal
        found = self._rows(query, document_id)
        if len(found) == 0:
            raise self._no_document(document_id)
        return self._document(found[0], self._descriptions())

    def _document(self, row: Row, said: dict[int, list[Description]]) -> Document:
        document = rows.to_document(row[1:], str(self.path))
        for description in said.get(rows.number(row[0], str(self.path)), []):
            document = rows.described(document, description)
        return document

    def observations(self) -> tuple[Observation, ...]:
        """Every observation as it was read, in the order of documents and, within each, of spans."""
        return self._of_documents("observations", Observation)

    def reads(self) -> tuple[Read, ...]:
        """The log of what was read, in order."""
        return self._of_documents("reads", Read)

    def _of_documents(self, table: str, type_: type[Belonging]) -> tuple[Belonging, ...]:
        query = (
            f"SELECT r.record, r.crc, d.id FROM {table} r LEFT JOIN documents d ON d.number = r.document"  # noqa: S608 a literal
            " ORDER BY r.document, r.number"
        )
        place = str(self.path)
        found = [(rows.checked(record, crc, type_, place), owner) for record, crc, owner in self._rows(query)]
        for record, owner in found:
            if record.document != owner:
                raise rows.damaged(f"one of its {table} belongs to no document", place)
        return tuple(record for record, _ in found)

    def resolve_observation(self, prefix: str) -> Observation:
        """The observation whose id begins so, as it was read; `obs-` may be left out.

        The id that an observation has after a correction works too. `CaseError` names the candidates
        where there are several, and says so where there is none.
        """
        wanted = prefix if prefix.startswith("obs-") else f"obs-{prefix}"
        found = {
            one.read.id: one.read
            for one in review(self.observations(), self.judgements())
            if one.read.id.startswith(wanted) or one.now.id.startswith(wanted)
        }
        if len(found) == 1:
            return next(iter(found.values()))
        if len(found) == 0:
            remedy = "see that the id is right; an assessment lists them"
            raise CaseError(f"the case has no observation {prefix}", place=str(self.path), remedy=remedy)
        shown = ", ".join(sorted(found)[:CANDIDATES_SHOWN])
        more = f" and {len(found) - CANDIDATES_SHOWN} more" if len(found) > CANDIDATES_SHOWN else ""
        problem = f"{len(found)} observations begin with {prefix!r}: {shown}{more}"
        raise CaseError(problem, place=str(self.path), remedy="give more of the id")

    def describe(
        self,
        document_id: str,
        *,
        source: Source | None = None,
        date: str | None = None,
        tlp: str | None = None,
    ) -> None:
        """Say who wrote a document, when, and under which TLP; what is None stays as it was.

        `date` is a year, a month or a day as ISO 8601 writes them, or empty. Earlier descriptions are
        kept in the file. `UsageError` for a date, letter or label that is none.
        """
        if source is not None:
            scales.admiralty_reliability(source.reliability)
        if date is not None:
            _check_date(date)
        label = None if tlp is None else scales.tlp_label(tlp)
        entry = rows.encoded(Description(source=source, date=date, tlp=label, made=_now()))
        with self._change() as connection:
            number = self._number(document_id)
            if number is None:
                raise self._no_document(document_id)
            statement = "INSERT INTO descriptions (document, record, crc) VALUES (?, ?, ?)"
            connection.execute(statement, (number, *entry))

    def _number(self, document_id: str) -> int | None:
        found = self._rows("SELECT number FROM documents WHERE id = ?", document_id)
        return None if len(found) == 0 else rows.number(found[0][0], str(self.path))

    def _no_document(self, document_id: str) -> CaseError:
        return CaseError(f"the case has no document {document_id}", place=str(self.path))

    def _descriptions(self) -> dict[int, list[Description]]:
        said: dict[int, list[Description]] = {}
        place = str(self.path)
        for number, record, crc in self._rows(
            "SELECT document, record, crc FROM descriptions ORDER BY number"
        ):
            description = rows.checked(record, crc, Description, place)
            said.setdefault(rows.number(number, place), []).append(description)
        return said

    @property
    def title(self) -> str:
        """What the case is called; empty until somebody names it."""
        found = self._rows("SELECT record, crc FROM properties WHERE name = 'title'")
        return "" if len(found) == 0 else rows.checked(found[0][0], found[0][1], str, str(self.path))

    @title.setter
    def title(self, title: str) -> None:
        with self._change() as connection:
            statement = "INSERT OR REPLACE INTO properties (name, record, crc) VALUES ('title', ?, ?)"
            connection.execute(statement, rows.encoded(title))

    def judge(self, judgement: Judgement, claim: Claim | None = None) -> None:
        """Append a person's decision on an observation of this case, or on a `claim` read from it.

        A claim is kept as it was when it was first judged. `UsageError` for a correction without a value;
        `CaseError` for an unknown observation, or for a withdrawal where no decision is in force.
        """
        if judgement.verdict is Verdict.CORRECT and len(judgement.value) == 0:
            raise UsageError("a correction needs the right value", remedy="give the value")
        with self._change():
            if claim is None:
                known = self._rows("SELECT 1 FROM observations WHERE id = ?", judgement.observation)
            else:
                self._keep(claim)
                known = [(claim.id,)] if claim.id == judgement.observation else []
            if len(known) == 0:
                raise CaseError(f"the case has no observation {judgement.observation}", place=str(self.path))
            holding = in_force(self.judgements())
            if judgement.verdict is Verdict.WITHDRAW and judgement.observation not in holding:
                raise CaseError(f"nothing was decided on {judgement.observation}", place=str(self.path))
            self._append("judgements", judgement)

    def _keep(self, claim: Claim) -> None:
        """The claim beside its document, once."""
        number = self._number(claim.document)
        if number is None:
            raise self._no_document(claim.document)
        if len(self._rows("SELECT 1 FROM claims WHERE id = ?", claim.id)) == 0:
            statement = "INSERT INTO claims (document, id, record, crc) VALUES (?, ?, ?, ?)"
            self._connection.execute(statement, (number, claim.id, *rows.encoded(claim)))

    def judged_claims(self) -> tuple[Claim, ...]:
        """The claims on which something was decided, as they were read then."""
        return self._of_documents("claims", Claim)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every decision, withdrawals too, in the order in which they were made."""
        return self._journal("judgements", Judgement)

    def assume(self, assumption: Assumption) -> None:
        """Append an assumption of the case; a later one of the same name takes its place."""
        with self._change():
            self._append("assumptions", assumption)

    def assumptions(self) -> dict[str, Assumption]:
        """The assumption in force under each name."""
        return {one.name: one for one in self._journal("assumptions", Assumption)}

    def _append(self, table: str, record: Judgement | Assumption) -> None:
        last = self._rows(f"SELECT link FROM {table} ORDER BY number DESC LIMIT 1")  # noqa: S608 a literal
        previous = journal.GENESIS if len(last) == 0 else str(last[0][0])
        entry = msgspec.json.encode(record)
        statement = f"INSERT INTO {table} (record, link) VALUES (?, ?)"  # noqa: S608 a literal
        self._connection.execute(statement, (entry, journal.link(previous, entry)))

    def _journal(self, table: str, type_: type[Record]) -> tuple[Record, ...]:
        found = self._rows(f"SELECT record, link FROM {table} ORDER BY number")  # noqa: S608 a literal
        place = str(self.path)
        broken = journal.first_break((rows.raw(entry, place), str(link)) for entry, link in found)
        if broken is not None:
            raise rows.damaged(f"entry {broken} of its {table} was changed, dropped or moved", place)
        return tuple(rows.decoded(entry, type_, place) for entry, _ in found)


def _check_place(observation: Observation, document: Document) -> None:
    """Nothing stands in a case without the characters that it stands on."""
    if observation.document != document.id:
        raise UsageError(f"observation {observation.id} is of another document", place=document.name)
    if observation.span.of(document.text) != observation.original:
        raise UsageError(f"observation {observation.id} does not quote its span", place=document.name)


def _check_date(date: str) -> None:
    if len(date) > 0 and not any(_is_date(date, form) for form in DATE_FORMATS):
        raise UsageError(f"{date!r} is no date", remedy="write 2021, 2021-07 or 2021-07-19")


def _is_date(date: str, form: str) -> bool:
    try:
        return datetime.strptime(date, form).replace(tzinfo=UTC).strftime(form) == date
    except ValueError:
        return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@cache
def _version() -> str:
    """The version of the installed program; asked of the installation, which costs a millisecond."""
    return version("weigh")
