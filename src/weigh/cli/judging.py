"""What accept, reject, correct and undo share: a decision is appended, and its effect is shown."""

from __future__ import annotations

from pathlib import Path

import click

from weigh.cli.console import echo_json, existing_case, progress, say, show


def decide(
    case: Path, observation: str, verdict: str, *, because: str, author: str, value: str = "", as_json: bool
) -> None:
    """Append one decision to the case and show what it changed."""
    from weigh.api import Case, Workbench  # loads the whole program
    from weigh.assessment.compare import compare  # after --help is answered
    from weigh.records import Verdict  # after --help is answered
    from weigh.renderers.terminal_lists import comparison  # after --help is answered

    with progress() as tell, Case.open(existing_case(case), bench=Workbench(tell, say)) as opened:
        before = opened.assess()
        judgement = opened.judge(observation, Verdict(verdict), because=because, value=value, author=author)
        after = opened.assess()
    change = compare(before, after)
    if as_json:
        echo_json({"judgement": judgement, "change": change})
        return
    click.echo(f"{judgement.verdict.value}: {judgement.observation} by {judgement.author}")
    show(comparison(change))
