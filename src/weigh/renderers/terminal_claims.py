"""Claims for a terminal of 80 columns: a block a proposition, a line a claim, and where each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from weigh.assessment.claim_rows import ClaimRow, PropositionRow, StatementsRow
from weigh.readers.wording import counted
from weigh.renderers.claim_words import (
    chains_summary,
    headings,
    judged,
    letters,
    short_names,
    surety,
    unsure,
    when,
    who,
    whom,
)
from weigh.renderers.terminal import written

_WORDS_SHOWN = 12
_QUOTE = 140
_SHORT_ID = 12
_WHO, _STANCE = 27, 14
_PARTS = (("blames", ""), ("answers", "answers"), ("others", "demands and threats"))


@dataclass(frozen=True, slots=True)
class Listing:
    """Which claims are shown, and how: by `wanted` ids, with their words, those rejected too.

    `called` gives the name of a document by its id.
    """

    called: Callable[[str], str]
    wanted: frozenset[str]
    quotes: bool = False


def grouped(found: StatementsRow, how: Listing) -> RenderableType:
    """A block for every proposition, with those who assert it, those who answer, and what is demanded."""
    claims = {claim.id: claim for claim in found.claims}
    names = headings(found)
    parts: list[RenderableType] = []
    shown: set[str] = set()
    for one in found.propositions:
        ids = [name for name in (*one.blames, *one.answers, *one.others) if name in how.wanted]
        if len(ids) == 0:
            continue
        parts += [written(names[one.id], style="bold"), Padding(written(_summary(one), "dim"), (0, 0, 0, 2))]
        parts += [*_parts(one, claims, how, shown), Text("")]
    rejected = [claim for claim in found.claims if not claim.counted and claim.judged != ""]
    for title, rows in (("Rejected, not counted", rejected), ("Read unsurely, not counted", unsure(found))):
        shown_here = [claim for claim in rows if claim.id in how.wanted]
        if len(shown_here) > 0:
            parts += [written(title, style="bold"), _table(shown_here, None, {}, how), Text("")]
    return Group(*parts[:-1])


def timeline(found: StatementsRow, how: Listing) -> RenderableType:
    """All claims by the date on which they were made, a bar for how many a day; undated ones last."""
    rows = [claim for claim in found.claims if claim.id in how.wanted]
    rows.sort(key=lambda one: (one.said or "9", how.called(one.claim.document), one.claim.span))
    days = Counter(claim.said for claim in rows)
    most = max(days.values(), default=1)
    parts: list[RenderableType] = []
    for day in sorted(days, key=lambda each: each or "9"):
        bar = "█" * max(1, round(30 * days[day] / most))
        parts.append(written(f"{day or 'no date':<10} {bar} {counted(days[day], 'claim')}", style="bold"))
        parts += [_table([claim for claim in rows if claim.said == day], None, {}, how), Text("")]
    return Group(*parts[:-1])


def loaded(words: Sequence[tuple[str, int]]) -> RenderableType:
    """The loaded words of all documents, counted."""
    first = ", ".join(
        f"“{word}” {count}" if count > 1 else f"“{word}”" for word, count in words[:_WORDS_SHOWN]
    )
    more = len(words) - len(words[:_WORDS_SHOWN])
    rest = f" and {more} more" if more > 0 else ""
    return written(f"Loaded words, quoted only; they weigh nothing: {first}{rest}.", style="dim")


def signs(rows: Sequence[ClaimRow], *, letters: bool) -> RenderableType:
    """What the signs in the tables mean, where they are used."""
    said = ["the letter at the end of a line is the origin of its document"] if letters else []
    if any(row.dated in ("text", "name") for row in rows):
        said.append("~ marks a date that was read in the text or in the file's name")
    names = [f"{name} {full} ({root})" for name, full, root in short_names(rows)]
    said += [f"short names: {', '.join(names)}"] if len(names) > 0 else []
    return written(f"Signs: {'; '.join(said)}." if len(said) > 0 else "", style="dim")


def unsourced(found: StatementsRow, case: str) -> str:
    """Whose source nobody has stated, and how to state it: of a case, or of files where there is none.

    Empty where all are.
    """
    if len(found.unsourced) == 0:
        return ""
    first, several = found.unsourced[0], len(found.unsourced) > 1
    number = counted(len(found.unsourced), "document")
    voice = "they say in their own voice" if several else "it says in its own voice"
    telling = f"`weigh read {quote(first)} --case {quote(case)} --source NAME`"
    if case == "":
        telling = "give `--written-by NAME`" + (" with the files of one author at a time" if several else "")
    return (
        f"Nobody has said who wrote {number} ({first}{', ...' if several else ''}), so that what {voice} "
        f"stands as “in {first}”. To say it: {telling}{', once for each' if several and case else ''}."
    )


def _summary(one: PropositionRow) -> str:
    blamed = f"{counted(len(one.blames), 'claim')} blame it" if len(one.blames) != 1 else "1 claim blames it"
    parts = [f"{blamed}: {chains_summary(one.chains)}"] if len(one.blames) > 0 else []
    if len(one.answers) > 0:
        parts.append(
            f"{counted(len(one.answers), 'claim')} {'answers' if len(one.answers) == 1 else 'answer'}"
        )
    return "; ".join(parts) + "." if len(parts) > 0 else "It is only addressed."


def _parts(
    one: PropositionRow, claims: Mapping[str, ClaimRow], how: Listing, shown: set[str]
) -> Iterable[RenderableType]:
    """Blame, answers and demands; answers that stand in an earlier block are only counted here."""
    origins = letters(one.chains)
    for field, title in _PARTS:
        ids = [name for name in getattr(one, field) if name in how.wanted]
        fresh = [name for name in ids if name not in shown or field == "blames"]
        if title != "" and len(fresh) > 0:
            yield Padding(written(title, style="italic"), (0, 0, 0, 2))
        elif title != "" and len(ids) > 0:
            yield Padding(written(f"{title}: as above", style="italic dim"), (0, 0, 0, 2))
        if len(fresh) > 0:
            yield _table([claims[name] for name in fresh], one, origins, how, field == "blames")
        if field != "blames":
            shown.update(fresh)


def _table(
    rows: Sequence[ClaimRow],
    one: PropositionRow | None,
    origins: Mapping[str, str],
    how: Listing,
    header: bool = False,
) -> RenderableType:
    """Claims of one document that say the same are one line with their number, unless words are asked for."""
    ordered = sorted(rows, key=lambda row: (row.said or "9", how.called(row.claim.document), row.claim.span))
    if how.quotes:
        return _with_quotations(ordered, one, origins, how)
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    table.header_style, table.show_header = "dim", header
    table.add_column("when", width=11, no_wrap=True)
    table.add_column("who, through whom", width=_WHO)
    table.add_column("stance", width=_STANCE)
    table.add_column("whom, how tied, how sure", ratio=1)
    table.add_column("", width=2, justify="right")
    together: dict[tuple[str, ...], list[ClaimRow]] = {}
    for row in ordered:
        together.setdefault((row.claim.document, *_plain(row, one)), []).append(row)
    for same in together.values():
        table.add_row(*_cells(same[0], one, origins, len(same)))
    return Padding(table, (0, 0, 0, 2))


def _with_quotations(
    rows: Sequence[ClaimRow], one: PropositionRow | None, origins: Mapping[str, str], how: Listing
) -> RenderableType:
    """Each claim in full, then its own words with their place and its id."""
    lines: list[RenderableType] = []
    for row in rows:
        parts = [part for part in (*_plain(row, one), origins.get(row.claim.document, "")) if part != ""]
        lines.append(Padding(written(" | ".join(parts)), (0, 0, 0, 2)))
        words = " ".join(row.claim.original.split())
        short = words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
        place = f"{how.called(row.claim.document)}:{row.claim.span.start}, {row.id[:_SHORT_ID]}"
        lines.append(Padding(written(f"“{short}” {place}", style="dim"), (0, 0, 0, 4)))
    return Group(*lines)


def _plain(row: ClaimRow, one: PropositionRow | None) -> tuple[str, ...]:
    """What is said of a claim, as texts."""
    return when(row), who(row), str(row.claim.stance), whom(row, one), surety(row), judged(row)


def _cells(
    row: ClaimRow, one: PropositionRow | None, origins: Mapping[str, str], count: int
) -> tuple[Text, ...]:
    date, speaker, stance, about, sure, decided = _plain(row, one)
    cell = written(about)
    for more in (sure, decided):
        if more != "":
            cell.append_text(written(("\n" if cell.plain != "" else "") + more, "dim"))
    name = f"{stance} x{count}" if count > 1 else stance
    return (
        written(date),
        _speaker(speaker),
        written(name),
        cell,
        written(origins.get(row.claim.document, ""), "dim"),
    )


def _speaker(name: str) -> Text:
    """Who speaks; a document's name is cut rather than broken in two."""
    if name.startswith("in ") and len(name) > _WHO:
        stem = name.rpartition(".")[0] or name
        name = stem if len(stem) <= _WHO else f"{stem[: _WHO - 1]}…"
    return written(name)
