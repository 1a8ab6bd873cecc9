"""Claims for a terminal: by whom they are about, or in the order of time; every row can be found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from weigh.records import Basis, Claim, Degree, Document, Party, Quote

DEGREES = {
    Degree.BY: "itself",
    Degree.WORKING_FOR: "those working for it",
    Degree.BACKED: "those it backs",
    Degree.LINKED: "those linked to it",
    Degree.FROM: "from its territory",
    Degree.TOLERATED: "let happen by it",
    Degree.UNSAID: "",
}
"""How each degree is said in a table."""

BASES = {
    Basis.SHOWN: "evidence shown",
    Basis.WITHHELD: "evidence not shown",
    Basis.ANOTHER: "another's",
    Basis.NONE: "none given",
}
_NOBODY = "nobody that the text names"
_WORDS_SHOWN = 12
_QUOTE = 68


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and the document that it stands in."""

    claim: Claim
    document: Document


def grouped(said: Sequence[Said], *, quotes: bool) -> RenderableType:
    """One table for each party that claims are about, with its accusers and its defenders."""
    about: dict[tuple[str, ...], list[Said]] = {}
    for one in said:
        about.setdefault(tuple(sorted({party.root for party in one.claim.accused})), []).append(one)
    parts: list[RenderableType] = []
    for roots, rows in sorted(about.items(), key=lambda item: (-len(item[1]), item[0])):
        parts += [Text(_heading(roots, rows), style="bold"), _table(rows, quotes=quotes), Text("")]
    return Group(*parts)


def timeline(said: Iterable[Said], *, quotes: bool) -> RenderableType:
    """All claims by the date on which they were made; those without a date last."""
    rows = sorted(said, key=lambda one: (one.claim.said or "9", one.document.name, one.claim.span))
    return _table(rows, quotes=quotes)


def loaded(words: Sequence[Quote]) -> RenderableType:
    """The loaded words of all documents, counted."""
    counts = Counter(word.words.lower() for word in words).most_common(_WORDS_SHOWN)
    named = ", ".join(f"“{word}” {count}" if count > 1 else f"“{word}”" for word, count in counts)
    more = len({word.words.lower() for word in words}) - len(counts)
    rest = f" and {more} more" if more > 0 else ""
    return Text(f"Loaded words, quoted only; they weigh nothing: {named}{rest}.", style="dim")


def party_name(party: Party) -> str:
    """A party's name, with the code of its state where it is not the state itself."""
    return f"{party.name} ({party.root})" if "/" in party.key else party.name


def _heading(roots: tuple[str, ...], rows: Sequence[Said]) -> str:
    names = {party.root: party.name for one in rows for party in one.claim.accused if party.key == party.root}
    told = ", ".join(names.get(root, root) for root in roots) if len(roots) > 0 else _NOBODY
    stances = Counter(str(one.claim.stance) for one in rows)
    return f"About {told}: " + ", ".join(f"{count} {stance}" for stance, count in stances.most_common())


def _table(rows: Sequence[Said], *, quotes: bool) -> RenderableType:
    """Rows that say the same are one row with their number, unless the words of each are asked for."""
    if quotes:
        return Padding(_with_quotations(rows), (0, 0, 0, 2))
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    table.add_column("when", width=10)
    table.add_column("who (through whom)", ratio=5, overflow="fold")
    table.add_column("stance", width=14, overflow="fold")
    table.add_column("whom, how tied", ratio=5, overflow="fold")
    table.add_column("sure; basis", ratio=4, overflow="fold")
    counted = Counter(_cells(one) for one in rows)
    for cells, count in counted.items():
        stance = f"{cells[2]} x{count}" if count > 1 else cells[2]
        table.add_row(cells[0], cells[1], stance, *cells[3:])
    return Padding(table, (0, 0, 0, 2))


def _with_quotations(rows: Sequence[Said]) -> RenderableType:
    """Each claim in two lines: what is made of it, and its own words with their place."""
    lines: list[RenderableType] = []
    for one in rows:
        when, who, stance, whom, sure = _cells(one)
        lines.append(Text(" | ".join(part for part in (when, who, stance, whom, sure) if part != "")))
        lines.append(Padding(_quotation(one), (0, 0, 0, 2)))
    return Group(*lines)


def _quotation(one: Said) -> Text:
    words = " ".join(one.claim.original.split())
    short = words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
    place = f"{one.document.name}:{one.claim.span.start}"
    return Text(f"“{short}” {place}, {one.claim.id[:12]}", style="dim")


def _cells(one: Said) -> tuple[str, str, str, str, str]:
    claim = one.claim
    who = ", ".join(party_name(party) for party in claim.speakers) or "somebody unnamed"
    via = ", ".join(party_name(party) for party in claim.reported_by)
    whom = ", ".join(party_name(party) for party in claim.accused)
    degree = DEGREES[claim.degree]
    sure = [f"“{quote.words}”" for quote in (claim.likelihood, claim.confidence) if quote is not None]
    basis = "" if claim.basis is Basis.NONE else BASES[claim.basis]
    if claim.basis_of is not None:
        basis += f": {party_name(claim.basis_of)}"
    return (
        claim.said,
        f"{who} (through {via})" if via != "" else who,
        str(claim.stance),
        ", ".join(part for part in (whom, degree) if part != "") or "not told",
        "; ".join(part for part in (*sure, basis) if part != ""),
    )
