"""What accept, reject, correct and undo share: a decision is appended, and its effect is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from weigh.cli.console import Function, echo_json, existing_case, json_option, progress, say, show

_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "withdraw": "taken back"}

_TAKES_AWAY = frozenset({"reject", "correct"})
"""Decisions after which an observation no longer says what it said."""


def decision_options(function: Function) -> Function:
    """`--because`, `--author` and `--json`, which every decision takes."""
    because = click.option("--because", default="", metavar="REASON", help="Why.")
    author = click.option(
        "--author", default="", metavar="NAME", help="Who decides; else the name of the login."
    )
    return because(author(json_option(function)))


def decide(
    case: Path,
    observations: Sequence[str],
    verdict: str,
    *,
    because: str,
    author: str,
    value: str = "",
    as_json: bool,
) -> None:
    """Append a decision on each observation or claim to the case and show what they changed.

    A decision on claims changes no probability, so that nothing is weighed for it.
    """
    from weigh.api import Case, Workbench  # loads the whole program
    from weigh.assessment.compare import compare, still_said  # after --help is answered
    from weigh.case.claim_judgements import is_claim  # after --help is answered
    from weigh.case.judgements import figure_of  # after --help is answered
    from weigh.records import Verdict  # after --help is answered
    from weigh.renderers.terminal_lists import comparison, others  # after --help is answered

    with progress() as tell, Case.open(existing_case(case), bench=Workbench(tell, say)) as opened:
        weighed = not all(is_claim(name) for name in observations)
        before = opened.assess(claims=False) if weighed else None
        for name in observations:
            opened.resolve(name)  # all are known, or nothing is decided
        made = [
            opened.judge(name, Verdict(verdict), because=because, value=value, author=author)
            for name in observations
        ]
        after = opened.assess(claims=False) if weighed else None
    change = None if before is None or after is None else compare(before, after)
    still = (
        still_said(before, after, [judgement.observation for judgement in made])
        if before is not None and after is not None and verdict in _TAKES_AWAY and figure_of(value) == ""
        else ()
    )
    if as_json:
        echo_json({"judgements": made, "change": change, "still_said": still})
        return
    for judgement in made:
        to = f" to {judgement.value}" if judgement.value != "" else ""
        click.echo(f"{_DONE[judgement.verdict.value]}: {judgement.observation}{to} by {judgement.author}")
    if figure_of(value) != "":
        click.echo("It counts under posing, in the ACH matrix and in the confidence; facts weigh as before.")
    if change is None:
        click.echo("No probability changed: a claim weighs nothing.")
    else:
        show(others(still))
        show(comparison(change))
