"""`weigh FILE...`: read documents and weigh them at once, on one screen, nothing saved."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import json_option, progress, say, show, tlp_option, warn_if_wider, write_text

_EXAMPLES = """
\b
Examples:
  weigh advisory.pdf
  weigh reports/ statement.html --dossier out.html
  curl -s https://vendor.example/post | weigh -
  weigh incident.stix.json --json | jq '.hypotheses[0]'
"""


@click.command("look", epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--dossier", type=click.Path(path_type=Path, dir_okay=False), help="Write the HTML page, too.")
@click.option("--fail-on", type=click.FloatRange(0.0, 1.0), help="Exit 1 when an actor reaches this chance.")
@click.option("--title", default="", metavar="TEXT", help="What to call the case.")
@tlp_option
@json_option
def command(
    sources: tuple[str, ...],
    dossier: Path | None,
    fail_on: float | None,
    title: str,
    tlp: str,
    as_json: bool,
) -> int:
    """Read documents and weigh them at once; nothing is saved.

    FILE is a file, a folder, a URL, or - for standard input.
    """
    from weigh.api import Workbench, read_documents  # loads the whole program

    with progress() as tell:
        bench = Workbench(tell, say)
        documents, failures = read_documents(sources)
        for failure in failures:
            say(f"weigh: {failure.place or failure.name}: {failure.problem}; {failure.remedy}".rstrip("; "))
        if len(documents) == 0:
            return 3
        assessment = bench.examine(documents, title)
    warn_if_wider(assessment.tlp, tlp)
    if dossier is not None:
        from weigh.renderers import dossier as page  # only when a page is asked for

        write_text(dossier, page.render(assessment, tlp=tlp), spare=sources)
        say(f"The dossier is {dossier}")
    if as_json:
        from weigh.renderers import as_json as saved  # only when it is piped

        click.echo(saved.render(assessment), nl=False)
    else:
        from weigh.renderers.terminal import screen  # only when a screen is asked for

        show(screen(assessment))
    return met(assessment, fail_on)


def met(assessment: object, threshold: float | None) -> int:
    """1 when an actor, not `unlisted`, reaches the threshold; else 0. It is said where that may be a pose."""
    from weigh.assessment.document import UNLISTED, Assessment  # types of the result
    from weigh.assessment.posing import frame_up  # what a script must not miss

    if threshold is None or not isinstance(assessment, Assessment):
        return 0
    best = max((row.probability for row in assessment.hypotheses if row.id != UNLISTED), default=0.0)
    if best >= threshold and len(frame_up(assessment)) > 0:
        say(f"weigh: --fail-on {threshold:g} is met, but mind: {frame_up(assessment)}")
    return 1 if best >= threshold else 0
