"""`weigh claims`: who says what about whom, through whom, how surely, and on whose evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, existing_case, json_option, progress, say, show
from weigh.errors import UsageError

if TYPE_CHECKING:
    from weigh.api import Workbench
    from weigh.claims import Reader, Reading
    from weigh.records import Document
    from weigh.renderers.terminal_claims import Said

_EXAMPLES = """
\b
Examples:
  weigh claims harbour.weigh
  weigh claims harbour.weigh --source "Port CERT" --quotes
  weigh claims post.html --written-by "Ministry of Ports" --date 2021-07-19
  weigh claims harbour.weigh --timeline
  weigh claims harbour.weigh --json | jq '.claims[].stance'
  weigh claims harbour.weigh --reader llm --endpoint http://localhost:8080/v1

\b
Exit codes: 0 ok, 2 wrong use, 3 not found or nothing readable,
4 knowledge missing or damaged.
"""
_SQLITE = b"SQLite format 3\x00"


@click.command("claims", epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="CASE | FILE...")
@click.option("--source", default="", metavar="NAME", help="Only claims made by or through this source.")
@click.option("--timeline", "by_time", is_flag=True, help="By date instead of by whom they are about.")
@click.option("--quotes", is_flag=True, help="The words of each claim, too, with their place and its id.")
@click.option("--written-by", default="", metavar="NAME", help="Who wrote the files.")
@click.option("--date", default="", metavar="DATE", help="When they were written: 2021-07-19.")
@click.option(
    "--reader",
    type=click.Choice(["rules", "llm"]),
    default="rules",
    help="Who reads: our rules, or a language model at --endpoint.",
)
@click.option("--endpoint", default="", metavar="URL", help="Chat-completions service to send the text to.")
@click.option("--model", default="default", metavar="NAME", help="Its model.")
@json_option
def command(
    sources: tuple[str, ...],
    source: str,
    by_time: bool,
    quotes: bool,
    written_by: str,
    date: str,
    reader: str,
    endpoint: str,
    model: str,
    as_json: bool,
) -> int:
    """Read who says what in a case, or in files: accusations, denials and all between, with their place.

    Claims are read in English and Chinese; documents in other languages are named. An accusation is what
    somebody says, and raises the probability of nothing.

    --reader llm sends the text to the service at --endpoint and keeps what that quotes exactly. Nothing is
    sent unless you name it; its key is taken from $WEIGH_API_KEY.
    """
    from weigh.cli.read import checked_date  # after --help is answered

    if (reader == "llm") != (endpoint != ""):
        raise UsageError("--reader llm and --endpoint URL go together", remedy="give both, or neither")
    read = _readings(sources, written_by, checked_date(date), (endpoint, model))
    if len(read) == 0:
        return 3
    said = [one for one in _said(read) if source == "" or _is_by(one, source)]
    if as_json:
        echo_json(_as_json(read, said))
        return 0
    _print(read, said, by_time=by_time, quotes=quotes)
    return 0


def _readings(
    sources: tuple[str, ...], written_by: str, date: str, asked: tuple[str, str]
) -> list[tuple[Document, Reading]]:
    """The readings of a case when the one word is a case, else those of files; by whom is `asked`."""
    from weigh.api import Case, Described, Workbench, read_documents  # loads the whole program

    with progress() as tell:
        bench = Workbench(tell, say)
        if len(sources) == 1 and _is_case(Path(sources[0])):
            with Case.open(existing_case(Path(sources[0])), read_only=True, bench=bench) as opened:
                return opened.claims(_reader(asked, bench, opened.store.documents(), tell))
        documents, failures = read_documents(sources)
        for failure in failures:
            say(f"weigh: {failure.place or failure.name}: {failure.problem}; {failure.remedy}".rstrip("; "))
        described = Described(source=written_by, date=date)
        named = [described.applied(document) for document in documents]
        return bench.claims(named, _reader(asked, bench, named, tell))


def _reader(
    asked: tuple[str, str],
    bench: Workbench,
    documents: Sequence[Document],
    tell: Callable[[str, float], None],
) -> Reader | None:
    """The model at an endpoint, after saying what goes where; None where no endpoint was named."""
    from weigh.claims.endpoint import endpoint  # only for a reader on the network
    from weigh.claims.language_model import LanguageModelReader, sent_where  # the same

    if asked[0] == "" or len(documents) == 0:
        return None
    found = endpoint(*asked)
    say(f"weigh: {sent_where(found, documents)}")
    return LanguageModelReader(found, bench.claim_reader, tell)


def _is_case(path: Path) -> bool:
    if not path.is_file():
        return path.suffix == ".weigh"
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _said(read: list[tuple[Document, Reading]]) -> list[Said]:
    from weigh.renderers.terminal_claims import Said  # after --help is answered

    return [Said(claim, document) for document, reading in read for claim in reading.claims]


def _is_by(one: Said, source: str) -> bool:
    from weigh.knowledge.naming import name_key  # after --help is answered

    wanted = name_key(source)
    parties = (*one.claim.speakers, *one.claim.reported_by)
    return any(
        name_key(party.key) == wanted or name_key(party.root) == wanted or wanted in name_key(party.name)
        for party in parties
    )


def _as_json(read: list[tuple[Document, Reading]], said: list[Said]) -> dict[str, object]:
    """Claims with their ids and documents, loaded words apart, and what was not read."""
    import msgspec  # needed by this output only

    from weigh.claims import loaded_words  # after --help is answered

    return {
        "claims": [
            {"id": one.claim.id, "document_name": one.document.name, **msgspec.to_builtins(one.claim)}
            for one in said
        ],
        "loaded_words": [
            {"document": document.id, **msgspec.to_builtins(word)}
            for document, _ in read
            for word in loaded_words(document)
        ],
        "notices": [msgspec.to_builtins(notice) for _, reading in read for notice in reading.notices],
    }


def _print(read: list[tuple[Document, Reading]], said: list[Said], *, by_time: bool, quotes: bool) -> None:
    from weigh.claims import loaded_words  # after --help is answered
    from weigh.renderers import terminal_claims  # only to print

    if len(said) == 0:
        click.echo("No claims about responsibility were read.")
    else:
        table = terminal_claims.timeline if by_time else terminal_claims.grouped
        show(table(said, quotes=quotes))
    words = [word for document, _ in read for word in loaded_words(document)]
    if len(words) > 0:
        show(terminal_claims.loaded(words))
    for _, reading in read:
        for notice in reading.notices:
            say(f"weigh: {notice.place}: {notice.problem}; {notice.remedy}")
