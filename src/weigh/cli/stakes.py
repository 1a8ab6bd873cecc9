"""`weigh stakes`: the chance and the cost of being wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from weigh.cli.console import echo_json, json_option, show, write_text

_EXAMPLES = """
\b
Examples:
  weigh stakes harbour.weigh
  weigh stakes harbour.weigh --payoffs my.toml --accused APT40 --json
  weigh stakes harbour.weigh --crowd
  weigh stakes --deterrence two-states.toml \\
      --sweep detection=0:1:100 identification=0:1:100 -o map.svg
  weigh stakes --suspicion sides.toml
  weigh stakes --signalling threat.toml

\b
For payoffs, deterrence and suspicion the word `shipped` takes the
illustrative file that comes with Weigh. docs/stakes.md says what goes into
a file, and what each model leaves out.
"""
_SHIPPED = "shipped"
_FILE = click.Path(path_type=Path)


@click.command("stakes", epilog=_EXAMPLES)
@click.argument("case", type=_FILE, required=False)
@click.option("--payoffs", type=_FILE, help="What the outcomes are worth to you; else illustrative ones.")
@click.option("--accused", default="", metavar="NAME", help="Another actor than the likeliest listed one.")
@click.option("--pose", type=click.FloatRange(0.0, 1.0), help="Chance that somebody posed as it; else 0.03.")
@click.option("--crowd", is_flag=True, help="Confidence if the statements were independent, and what is due.")
@click.option("--sensitivity", is_flag=True, help="Also Sobol' indices: all numbers moved at once.")
@click.option("--deterrence", type=_FILE, help="Deterrence of possible attackers, from a file.")
@click.option("--suspicion", type=_FILE, help="Two sides who each suspect the other, from a file.")
@click.option("--signalling", type=_FILE, help="A threat before it is known who attacked, from a file.")
@click.option("--sweep", nargs=2, metavar="X Y", help="Two numbers of the model, as name=from:to:steps each.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The chart, as SVG.")
@json_option
def command(
    case: Path | None,
    payoffs: Path | None,
    accused: str,
    pose: float | None,
    crowd: bool,
    sensitivity: bool,
    deterrence: Path | None,
    suspicion: Path | None,
    signalling: Path | None,
    sweep: tuple[str, str] | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """The chance and the cost of being wrong, from a case and from what outcomes are worth to you.

    CASE is a case file, or an assessment saved as JSON; a model needs none. Nothing is recommended:
    everything follows from the numbers given, and how far it holds is said.
    """
    given = [item for item in (case, deterrence, suspicion, signalling) if item is not None]
    if len(given) != 1:
        raise click.UsageError("give exactly one of CASE, --deterrence, --suspicion and --signalling")
    about_case = payoffs is not None or accused != "" or pose is not None or crowd or sensitivity
    if case is None and about_case:
        raise click.UsageError("payoffs, accused, pose, crowd and sensitivity are about a CASE")
    if sweep is not None and deterrence is None and suspicion is None:
        raise click.UsageError("--sweep goes with --deterrence or --suspicion")
    if signalling is not None and output is not None:
        raise click.UsageError("--signalling has no chart")
    if case is not None:
        _case(case, payoffs, accused, pose, crowd, sensitivity, output, as_json)
    elif deterrence is not None:
        _deterrence(deterrence, sweep, output, as_json)
    elif suspicion is not None:
        _suspicion(suspicion, sweep, output, as_json)
    else:
        _signalling(given[0], as_json)


def _case(
    case: Path,
    sheet: Path | None,
    accused: str,
    pose: float | None,
    crowd: bool,
    sensitivity: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    from weigh.assessment import stakes as joined  # after --help is answered
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers.stakes_charts import alone, lines  # after --help is answered
    from weigh.renderers.terminal_stakes import decision  # after --help is answered
    from weigh.stakes import payoffs  # after --help is answered

    told = payoffs.shipped() if sheet is None or str(sheet) == _SHIPPED else payoffs.read(sheet)
    if pose is not None:
        told = replace(told, pose=payoffs.Range(pose))
    assessment = load(case)
    row = joined.stakes(assessment, told, accused, weigh_inputs=sensitivity)
    crowds = joined.crowd(assessment, accused) if crowd else None
    if output is not None:
        write_text(output, alone(lines(row)), spare=[case, *([sheet] if sheet is not None else [])])
    if as_json:
        echo_json({"assessment": assessment.id, "stakes": row, "crowd": crowds})
    else:
        show(decision(assessment, row, crowds))


def _deterrence(file: Path, sweep: tuple[str, str] | None, output: Path | None, as_json: bool) -> None:
    from weigh.renderers.stakes_charts import alone, deterrence  # after --help is answered
    from weigh.renderers.terminal_models import deterrence as shown  # after --help is answered
    from weigh.stakes import states  # after --help is answered

    sheet = states.shipped() if str(file) == _SHIPPED else states.read(file)
    found = states.solved(sheet)
    changes = states.changes(sheet) if sheet.signals is None else ()
    texts = sweep if sweep is not None else states.SWEPT if sheet.signals is None else None
    swept = None
    if texts is not None:
        across, down = (states.axis(text, len(sheet.attacker)) for text in texts)
        swept = states.sweep(sheet, across, down)
    if output is not None:
        if swept is None:
            raise click.UsageError("signals told in full cannot be swept, so that there is no map")
        write_text(output, alone(deterrence(sheet, swept)), spare=[file])
    if as_json:
        echo_json({"sheet": sheet, "equilibria": _listed(found), "changes": changes, "map": _listed(swept)})
    else:
        show(shown(sheet, found, changes, swept))


def _suspicion(file: Path, sweep: tuple[str, str] | None, output: Path | None, as_json: bool) -> None:
    from weigh.renderers.stakes_charts import alone, suspicion  # after --help is answered
    from weigh.renderers.terminal_models import suspicion as shown  # after --help is answered
    from weigh.stakes import sides  # after --help is answered

    sheet = sides.shipped() if str(file) == _SHIPPED else sides.read(file)
    found = sides.solved(sheet)
    across, down = sides.axes() if sweep is None else (sides.axis(text) for text in sweep)
    swept = sides.sweep(sheet, across, down)
    if output is not None:
        write_text(output, alone(suspicion(sheet, swept)), spare=[file])
    if as_json:
        echo_json({"sheet": sheet, "equilibria": _listed(found), "map": _listed(swept)})
    else:
        show(shown(sheet, found, swept))


def _signalling(file: Path, as_json: bool) -> None:
    from weigh.renderers.terminal_models import signalling as shown  # after --help is answered
    from weigh.stakes import signalling  # after --help is answered

    sheet = signalling.read(file)
    found = signalling.equilibria(sheet.setting)
    if as_json:
        echo_json({"sheet": sheet, "equilibria": found})
    else:
        show(shown(sheet, found))


def _listed(record: object) -> object:
    """A record of arrays with lists in their place, for JSON."""
    import dataclasses  # needed by this output only

    import numpy as np  # slow to import, and only where arrays are

    if isinstance(record, np.ndarray):
        return record.tolist()
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {field.name: _listed(getattr(record, field.name)) for field in dataclasses.fields(record)}
    return [_listed(item) for item in record] if isinstance(record, tuple) else record
