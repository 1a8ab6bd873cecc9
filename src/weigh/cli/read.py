"""`weigh read`: documents into a case file, with an account of what was read and what was not."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import clear_line, echo_json, json_option, progress, say, tlp_option
from weigh.renderers.signs import one_line

_EXAMPLES = """
\b
Examples:
  weigh read advisory.pdf statement.html --case harbour.weigh
  weigh read reports/ --case a.weigh --source "Port CERT" --reliability B
  weigh read post.html --case harbour.weigh --date 2021-07-19 --tlp green
"""


NOTHING_THERE = "there is no file to read"
"""What is said of folders that hold nothing."""


def _reliability(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value != "" and value.upper() not in {*"ABCDEF"}:
        raise click.BadParameter(f"{value!r} is no letter from A to F", ctx=ctx, param=param)
    return value.upper()


@click.command("read", epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--case", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The case file.")
@click.option("--source", default="", metavar="NAME", help="Who wrote the documents.")
@click.option(
    "--reliability",
    default="",
    callback=_reliability,
    metavar="A-F",
    help="Admiralty letter of the source; kept and shown.",
)
@click.option(
    "--date", default="", metavar="DATE", help="When they were written: 2021, 2021-07 or 2021-07-19."
)
@click.option("--title", default="", metavar="TEXT", help="What to call the case.")
@tlp_option
@json_option
def command(
    sources: tuple[str, ...],
    case: Path,
    source: str,
    reliability: str,
    date: str,
    title: str,
    tlp: str,
    as_json: bool,
) -> int:
    """Read documents into a case file, which is made when it is not there.

    FILE is a file, a folder, a URL, or - for standard input. The same bytes a second time change nothing.
    """
    from weigh.api import Case, Described, Read, Workbench  # loads the whole program
    from weigh.cli.dates import checked_date  # after --help is answered

    described = Described(source, reliability, checked_date(date), tlp)
    rows: list[dict[str, object]] = []
    is_new = not case.exists()
    with progress() as tell, Case.open(case, bench=Workbench(tell, say)) as opened:
        if title:
            opened.store.title = title
        for result in opened.reading(sources, described):
            if isinstance(result, Read):
                rows.append(_row(result))
            else:
                rows.append(
                    {
                        "name": result.name,
                        "status": "failed",
                        "problem": result.problem,
                        "place": result.place,
                        "remedy": result.remedy,
                    }
                )
            if not as_json:
                clear_line()
                _tell(rows[-1])
    if len(rows) == 0:
        say(f"weigh: {one_line(', '.join(sources))}: {NOTHING_THERE}")
    if as_json:
        echo_json({"case": str(case), "documents": rows})
    if any(row["status"] != "failed" for row in rows):
        return 0
    if is_new:
        case.unlink(missing_ok=True)  # a case that holds nothing was never begun
    return 3


def _row(result: object) -> dict[str, object]:
    from weigh.api import Read  # a type of the result

    if not isinstance(result, Read):
        return {}
    document = result.document
    return {
        "name": document.name,
        "status": "read" if result.new else "already there",
        "id": document.id,
        "format": document.format,
        "characters": len(document.text),
        "pages": document.pages,
        "observations": result.observations,
        "notices": [
            ": ".join(part for part in (item.place, item.problem, item.remedy) if part)
            for item in document.notices
        ],
    }


def _tell(row: dict[str, object]) -> None:
    if row["status"] == "failed":
        where = row["place"] or row["name"]
        click.echo(one_line(f"not read       {where}: {row['problem']}; {row['remedy']}".rstrip("; ")))
        return
    if row["status"] == "already there":
        click.echo(one_line(f"already there  {row['name']}"))
        return
    characters, pages = row["characters"], row["pages"]
    size = f"{characters:,} characters" + (f", {pages} pages" if pages else "")
    found = "1 observation" if row["observations"] == 1 else f"{row['observations']} observations"
    click.echo(one_line(f"read           {row['name']} ({row['format']}, {size}): {found}"))
    for notice in row["notices"] if isinstance(row["notices"], list) else []:
        click.echo(one_line(f"               {notice}"))
