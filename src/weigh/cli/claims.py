"""`weigh claims`: who says what about whom, on how many origins, against what the evidence supports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import DATED, echo_json, existing_case, json_option, progress, say, show
from weigh.cli.loading import load
from weigh.errors import CaseError, UsageError
from weigh.renderers.signs import one_line

if TYPE_CHECKING:
    from weigh.api import Workbench
    from weigh.assessment.claim_rows import ClaimRow, StatementsRow
    from weigh.assessment.crediting import CreditRow
    from weigh.assessment.suppositions import Suppositions
    from weigh.records import Document

_EXAMPLES = """
\b
Examples:
  weigh claims harbour.weigh
  weigh claims harbour.weigh --origins
  weigh claims harbour.weigh --against
  weigh claims harbour.weigh --against --credit "Port CERT=0.8,0.2"
  weigh claims harbour.weigh --source "Port CERT" --timeline --quotes
  weigh claims post.html --written-by "Ministry of Ports" --date 2021-07-19
  weigh claims harbour.weigh --json | jq '.claims[].stance'
  weigh claims harbour.weigh --reader llm --endpoint http://localhost:8080/v1
  weigh reject harbour.weigh clm-1f3a --because "a question, no claim"
  weigh correct harbour.weigh clm-1f3a degree=linked

\b
Exit codes: 0 ok, 2 wrong use, 3 not found or nothing readable,
4 knowledge missing, damaged, or not what the command needs.
"""
_SQLITE = b"SQLite format 3\x00"
_UNSOURCED = "nobody says who wrote it"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for."""

    source: str
    by_time: bool
    origins: bool
    against: bool
    quotes: bool
    everything: bool
    as_json: bool
    crediting: tuple[str, ...]
    supposed: Suppositions
    reader: str
    endpoint: str
    model: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The claims as rows, the ids of those wanted, what documents are called, and what credit changes.

    `unheard` are the sources that are credited and of which no claim is.
    """

    statements: StatementsRow
    wanted: frozenset[str]
    called: Callable[[str], str]
    crediting: dict[str, tuple[CreditRow, ...]]
    unheard: tuple[str, ...] = ()


@click.command("claims", epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="CASE | FILE...")
@click.option("--source", default="", metavar="NAME", help="Only claims made by or through this source.")
@click.option(
    "--origins", "by_origin", is_flag=True, help="How many know it for themselves, and who repeats."
)
@click.option("--against", is_flag=True, help="Step by step, what the evidence alone supports.")
@click.option(
    "--credit",
    "crediting",
    multiple=True,
    metavar="SOURCE=HIT,FALSE",
    help="Beside it: if this source states what is so, and what is not, so often.",
)
@click.option(
    "--as-of", default="", metavar="DATE", help=f"Of a case: what if nothing later were known; {DATED}."
)
@click.option("--timeline", "by_time", is_flag=True, help="By date instead of by whom they are about.")
@click.option("--quotes", is_flag=True, help="The words of each claim, too, with their place and its id.")
@click.option(
    "--all", "everything", is_flag=True, help="Claims that are not counted, and lesser propositions, too."
)
@click.option("--written-by", default="", metavar="NAME", help="Who wrote the files.")
@click.option("--date", default="", metavar="DATE", help="When they were written: 2021-07-19.")
@click.option(
    "--reader",
    type=click.Choice(["fitted", "rules", "llm"]),
    default="fitted",
    help="Who reads: what was fitted on annotated texts, rules alone, or a language model.",
)
@click.option("--endpoint", default="", metavar="URL", help="Chat-completions service to send the text to.")
@click.option("--model", default="default", metavar="NAME", help="Its model.")
@json_option
def command(
    sources: tuple[str, ...],
    source: str,
    by_origin: bool,
    against: bool,
    crediting: tuple[str, ...],
    as_of: str,
    by_time: bool,
    quotes: bool,
    everything: bool,
    written_by: str,
    date: str,
    reader: str,
    endpoint: str,
    model: str,
    as_json: bool,
) -> int:
    """Read who says what in a case, or in files: accusations, denials and all between, with their place.
    An assessment saved as JSON shows the claims that it was saved with.

    Claims about one party and one deed stand together as a proposition. An accusation is what somebody
    says, and raises the probability of nothing. Claims are read in English and Chinese; documents in other
    languages are named.

    --reader rules leaves out what was learned: it reads less, each claim by a rule that a person can look up.
    --reader llm sends the text to the service at --endpoint and keeps what that quotes exactly. Nothing is
    sent unless you name it; its key is taken from $WEIGH_API_KEY.
    """
    from weigh.assessment.suppositions import Suppositions  # what is supposed
    from weigh.cli.dates import checked_date  # after --help is answered

    if (reader == "llm") != (endpoint != ""):
        raise UsageError("--reader llm and --endpoint URL go together", remedy="give both, or neither")
    _check_fitting(sources, written_by, date, as_of, reader)
    supposed = Suppositions(as_of=as_of)
    against = against or len(crediting) > 0
    asked = _Asked(
        source,
        by_time,
        by_origin,
        against,
        quotes,
        everything,
        as_json,
        crediting,
        supposed,
        reader,
        endpoint,
        model,
    )
    found = _read(sources, written_by, checked_date(date), asked)
    if found is None:
        return 3
    if as_json:
        echo_json(_as_json(found, by_time=asked.by_time))
    else:
        _print(found, asked, sources[0])
    unfound = source != "" and len(found.wanted) == 0 and len(found.statements.claims) > 0
    return 3 if unfound else 0


def _check_fitting(sources: tuple[str, ...], written_by: str, date: str, as_of: str, reader: str) -> None:
    """Refuse what would change nothing: what is known of files is said of files, a past day of a case."""
    is_case = len(sources) == 1 and _is_case(Path(sources[0]))
    is_saved = any(_is_saved(Path(name)) for name in sources)
    if is_saved and (len(sources) > 1 or written_by != "" or date != "" or reader != "fitted"):
        raise UsageError(
            "a saved assessment stands alone, and its claims were read when it was saved",
            remedy="give it without other files, --written-by, --date or --reader",
        )
    if is_case and (written_by != "" or date != ""):
        raise UsageError(
            "--written-by and --date are of files, and this is a case",
            remedy="tell the case with `weigh read FILE --case CASE --source NAME --date DATE`",
        )
    if as_of != "" and not is_case:
        raise UsageError(
            "--as-of is of a case", remedy="read the files into one: `weigh read FILES --case CASE`"
        )


def _read(sources: tuple[str, ...], written_by: str, date: str, asked: _Asked) -> _Found | None:
    """The claims of a case when the one word is a case, else those of files; None where none can be read."""
    from weigh.api import Case, Described, Workbench, read_documents  # loads the whole program
    from weigh.cli.read import NOTHING_THERE  # after --help is answered

    with progress() as tell:
        bench = Workbench(tell, say)
        if len(sources) == 1 and _is_case(Path(sources[0])):
            with Case.open(existing_case(Path(sources[0])), read_only=True, bench=bench) as opened:
                _hear_as_asked(bench, opened.store.documents(), asked, tell)
                result = opened.assess(asked.supposed)
                names = {row.id: row.name for row in result.documents}
                return _wanted(result.statements, names, bench, asked)
        if _is_saved(Path(sources[0])):
            return _saved(Path(sources[0]), bench, asked)
        documents, failures = read_documents(sources)
        for failure in failures:
            say(f"weigh: {failure.place or failure.name}: {failure.problem}; {failure.remedy}".rstrip("; "))
        if len(documents) == 0:
            if len(failures) == 0:
                say(f"weigh: {one_line(', '.join(sources))}: {NOTHING_THERE}")
            return None
        described = Described(source=written_by, date=date)
        told = [described.applied(document) for document in documents]
        _hear_as_asked(bench, told, asked, tell)
        names = {document.id: document.name for document in told}
        if asked.against:
            return _wanted(bench.examine(told, claims=True).statements, names, bench, asked)
        return _wanted(bench.statements(bench.said(told)), names, bench, asked)


def _hear_as_asked(
    bench: Workbench, documents: Iterable[Document], asked: _Asked, tell: Callable[[str, float], None]
) -> None:
    """Read claims with the reader that was asked for; of a model say before what goes where."""
    if asked.reader == "rules":
        from weigh.claims import build  # only where it is asked for

        bench.hear_with(build(bench.knowledge.catalogue, fitted=False))
    if asked.endpoint == "":
        return
    from weigh.claims.endpoint import endpoint  # only for a reader on the network
    from weigh.claims.language_model import LanguageModelReader, sent_where  # the same

    sent = tuple(documents)
    if len(sent) > 0:
        found = endpoint(asked.endpoint, asked.model)
        say(f"weigh: {sent_where(found, sent)}")
        bench.hear_with(LanguageModelReader(found, bench.claim_reader, tell))


def _saved(path: Path, bench: Workbench, asked: _Asked) -> _Found:
    """The claims that an assessment was saved with. Raises `CaseError` where it was saved without."""
    kept = load(path)
    found = _wanted(kept.statements, {row.id: row.name for row in kept.documents}, bench, asked)
    if found is None:
        raise CaseError(
            "this assessment was saved without claims",
            place=str(path),
            remedy="save it again with `weigh assess CASE -o FILE`",
        )
    return found


def _is_saved(path: Path) -> bool:
    """Whether it is an assessment saved as JSON, and no JSON to read claims in."""
    if path.suffix != ".json" or not path.is_file():
        return False
    from weigh.readers.limits import Limits  # only for JSON
    from weigh.renderers.as_json import is_saved  # the same

    if path.stat().st_size > Limits().bytes:
        return False

    return is_saved(path.read_bytes())


def _is_case(path: Path) -> bool:
    if not path.is_file():
        return path.suffix == ".weigh"
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _wanted(
    statements: StatementsRow | None, names: dict[str, str], bench: Workbench, asked: _Asked
) -> _Found | None:
    """The rows with what the command line asks of them."""
    from weigh.assessment.crediting import credited, is_by, parsed, require_one_each  # after --help
    from weigh.knowledge.naming import name_key  # after --help is answered

    if statements is None:
        return None
    given = [parsed(text) for text in asked.crediting]
    names_given = (asked.source, *(credit.source for credit in given))
    parties = {name: bench.party(name) for name in names_given if name != ""}
    require_one_each(given, lambda name: name_key(parties[name].name))

    def by(claim: ClaimRow, name: str) -> bool:
        return is_by(claim, parties[name], name_key)

    kept = (
        claim.id
        for claim in statements.claims
        if (claim.counted or asked.everything or (asked.as_json and claim.judged == ""))
        and (asked.source == "" or by(claim, asked.source))
    )
    crediting = credited(statements, given, by) if len(given) > 0 else {}
    counted = [claim for claim in statements.claims if claim.counted]
    unheard = (one.source for one in given if not any(by(claim, one.source) for claim in counted))
    return _Found(statements, frozenset(kept), lambda name: names.get(name, name), crediting, tuple(unheard))


def _as_json(found: _Found, *, by_time: bool) -> dict[str, object]:
    """Claims with their ids and documents, propositions, loaded words, and what was not read."""
    import msgspec  # needed by this output only

    rows = found.statements
    wanted = [claim for claim in rows.claims if claim.id in found.wanted]
    if by_time:
        wanted.sort(key=lambda claim: claim.said or "9")
    return {
        "claims": [_flat(claim, found) for claim in wanted],
        "propositions": msgspec.to_builtins(rows.propositions),
        "credits": msgspec.to_builtins(found.crediting),
        "loaded_words": [{"words": word, "times": times} for word, times in rows.loaded],
        "unsourced": list(rows.unsourced),
        "notices": msgspec.to_builtins(rows.notices),
    }


def _flat(claim: ClaimRow, found: _Found) -> dict[str, object]:
    """A claim as it stands with what is known of it beside, in one object."""
    import msgspec  # needed by this output only

    fields = msgspec.to_builtins(claim)
    own = fields.pop("claim")
    return {**own, **fields, "document_name": found.called(claim.claim.document)}


def _print(found: _Found, asked: _Asked, case: str) -> None:
    from weigh.renderers import terminal_claims, terminal_ladder  # only to print
    from weigh.renderers.claim_words import unsure_told  # the same
    from weigh.renderers.terminal import written  # the same

    rows = found.statements
    how = terminal_claims.Listing(found.called, found.wanted, asked.quotes)
    if len(found.wanted) == 0:
        click.echo(_nothing(found, asked))
    elif asked.against:
        show(terminal_ladder.against(rows, found.called, found.crediting, everything=asked.everything))
    elif asked.origins:
        show(terminal_ladder.origins(rows, found.called, everything=asked.everything))
    else:
        show(terminal_claims.timeline(rows, how) if asked.by_time else terminal_claims.grouped(rows, how))
        shown = [claim for claim in rows.claims if claim.id in found.wanted]
        show(terminal_claims.signs(shown, letters=not asked.by_time))
    weak = unsure_told(rows)
    if weak != "":
        show(written(f"{weak}{'' if asked.everything else ' --all lists them.'}", "dim"))
    for name in found.unheard:
        say(f"weigh: --credit: no claim is made by or through {name!r}; it changes nothing")
    if len(rows.loaded) > 0 and asked.source == "" and not (asked.against or asked.origins):
        show(terminal_claims.loaded(rows.loaded))
    _notices(found, case)


def _nothing(found: _Found, asked: _Asked) -> str:
    """Why no claim is shown: none was read, none is of the source, or none is counted."""
    if len(found.statements.claims) == 0:
        return "No claims about responsibility were read."
    if asked.source != "":
        return one_line(f"No claim is made by or through {asked.source}.")
    return "No claim is counted. --all shows those that were read."


def _notices(found: _Found, case: str) -> None:
    """What was not read, and once how to say who speaks in documents that do not say it."""
    from weigh.renderers import terminal_claims  # only to print

    for notice in found.statements.notices:
        if not notice.problem.startswith(_UNSOURCED):
            say(f"weigh: {notice.place}: {notice.problem}; {notice.remedy}")
    if len(found.statements.claims) == 0:
        return
    told = case if _is_case(Path(case)) else "CASE" if _is_saved(Path(case)) else ""
    unsaid = terminal_claims.unsourced(found.statements, told)
    if unsaid != "":
        say(f"weigh: {unsaid}")
