"""`weigh stakes`: the chance and the cost of being wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, json_option, say, show, write_text

if TYPE_CHECKING:
    from weigh.renderers.heat import HeatMap

_FILE = click.Path(path_type=Path, dir_okay=False)
_EXAMPLES = """
\b
Examples:
  weigh stakes harbour.weigh
  weigh stakes harbour.weigh --payoffs my.toml --json
  weigh stakes harbour.weigh --crowd --statements 10 --origins 1
  weigh stakes --deterrence two-states.toml
      --sweep detection=0:1:100 identification=0:1:100 -o map.svg
  weigh stakes --suspicion sides.toml -o map.svg
  weigh stakes --signalling threat.toml

\b
"-" in place of a sheet means the illustrative one that comes with Weigh.
"""


@click.command("stakes", epilog=_EXAMPLES)
@click.argument("case", required=False, type=click.Path(path_type=Path))
@click.option("--payoffs", type=_FILE, help="What the outcomes are worth; else illustrative.")
@click.option("--accused", default="", metavar="NAME", help="Whom; else the likeliest named actor.")
@click.option("--pose", type=click.FloatRange(0, 1), help="Chance that the culprit posed as the accused.")
@click.option("--crowd", is_flag=True, help="What counting voices would do, beside their origins.")
@click.option("--statements", type=click.IntRange(0), help="Voices; else documents that name the accused.")
@click.option("--origins", type=click.IntRange(0), help="Origins; else those that are traced.")
@click.option("--start", type=click.FloatRange(0, 1), help="Belief before the voices; else assessed.")
@click.option("--deterrence", type=_FILE, help="A sheet: attackers, defender, attribution.")
@click.option("--suspicion", type=_FILE, help="A sheet: two sides who may each escalate.")
@click.option("--signalling", type=_FILE, help="A sheet: threats under uncertain attribution.")
@click.option("--sweep", nargs=2, metavar="X Y", help="Two numbers, each name=from:to:steps.")
@click.option("-o", "--output", type=_FILE, help="Write the map as SVG.")
@json_option
def command(case: Path | None, as_json: bool, **given: object) -> None:
    """The chance and the cost of being wrong, under payoffs that you give.

    CASE is a case file, or an assessment saved as JSON. Nothing is recommended: every figure follows
    from the assessment and the payoffs, which are illustrative until you write your own.
    """
    models = [name for name in ("deterrence", "suspicion", "signalling") if given[name] is not None]
    if len(models) + (case is not None) != 1:
        raise click.UsageError("give a case, or one of --deterrence, --suspicion and --signalling")
    if case is not None:
        if given["sweep"] or given["output"]:
            raise click.UsageError("--sweep and -o belong to --deterrence and --suspicion")
        _case(case, as_json, given)
    else:
        _MODELS[models[0]](given, as_json)


def _case(case: Path, as_json: bool, given: dict[str, object]) -> None:
    from weigh.assessment.answers import hypothesis  # after --help is answered
    from weigh.assessment.posing import frame_up  # what the figures do not hold
    from weigh.assessment.stakes import crowd_of, stakes_of  # after --help is answered
    from weigh.cli.loading import load  # after --help is answered
    from weigh.renderers import terminal_stakes  # after --help is answered
    from weigh.stakes import payoffs  # after --help is answered

    sheet = given["payoffs"]
    told = payoffs.read(sheet) if isinstance(sheet, Path) else payoffs.shipped()
    assessment = load(case)
    if len(frame_up(assessment)) > 0:
        say(f"weigh: mind: {frame_up(assessment)}")
    accused = hypothesis(assessment, str(given["accused"])) if given["accused"] else ""
    pose = given["pose"]
    found = stakes_of(
        assessment, told, accused=accused, pose=pose if isinstance(pose, float) else None, deep=True
    )
    if given["crowd"]:
        voices, origins, start = given["statements"], given["origins"], given["start"]
        heard = crowd_of(
            assessment,
            found.accused,
            voices if isinstance(voices, int) else None,
            origins if isinstance(origins, int) else None,
            start if isinstance(start, float) else None,
        )
        echo_json(heard) if as_json else show(terminal_stakes.crowd(heard, found.name))
        return
    echo_json(found) if as_json else show(terminal_stakes.screen(found))


def _map(given: dict[str, object], as_json: bool, chart: HeatMap) -> None:
    """A map as SVG, as JSON, or in shades on the terminal."""
    from weigh.renderers import heat, terminal_stakes  # after --help is answered

    output = given["output"]
    if isinstance(output, Path):
        sheets = [str(given[name]) for name in _MODELS if given[name] is not None]
        write_text(output, heat.svg(chart), spare=sheets)
        echo_json({"map": str(output)}) if as_json else click.echo(f"The map is {output}")
    elif as_json:
        echo_json(
            {name: getattr(chart, name) for name in ("title", "across", "down", "today")}
            | {name: getattr(chart, name).tolist() for name in ("x", "y", "values")}
        )
    else:
        show(terminal_stakes.shaded(chart.values, chart.across, chart.down))


def _deterrence(given: dict[str, object], as_json: bool) -> None:
    from weigh.renderers import terminal_stakes  # after --help is answered
    from weigh.renderers.heat import HeatMap  # after --help is answered
    from weigh.stakes import states  # after --help is answered

    sheet = Path(str(given["deterrence"]))
    told = states.shipped() if str(sheet) == "-" else states.read(sheet)
    swept = given["sweep"]
    if isinstance(swept, tuple):
        across, down = (states.axis(str(text), len(told.attacker)) for text in swept)
        found = states.sweep(told, across, down)
        title = "Chance that somebody attacks"
        grid = (across.values, down.values, found.attack)
        _map(given, as_json, HeatMap(title, across.name, down.name, *grid, found.today))
        return
    _without_map(given)
    result, changes = states.solved(told), states.changes(told)
    if as_json:
        record = {"attack": result.attack.tolist(), "thresholds": result.thresholds.tolist()}
        echo_json(record | {"unique": bool(result.unique), "changes": changes})
    else:
        attack, between = float(result.attack[0]), states.attack_between(told)
        show(terminal_stakes.deterrence(told, attack, bool(result.unique), changes, between))


def _suspicion(given: dict[str, object], as_json: bool) -> None:
    from weigh.renderers import terminal_stakes  # after --help is answered
    from weigh.renderers.heat import HeatMap  # after --help is answered
    from weigh.stakes import sides  # after --help is answered

    sheet = Path(str(given["suspicion"]))
    told = sides.shipped() if str(sheet) == "-" else sides.read(sheet)
    swept = given["sweep"]
    if isinstance(swept, tuple) or given["output"] is not None:
        texts = swept if isinstance(swept, tuple) else ()
        across, down = (sides.axis(str(text)) for text in texts) if texts else sides.axes()
        found = sides.sweep(told, across, down)
        names = [f"false-alarm rate, {item.name} side" for item in (across, down)]
        title = "Chance that both escalate though neither attacked"
        grid = (across.values, down.values, found.lowest)
        _map(given, as_json, HeatMap(title, names[0], names[1], *grid, found.today))
        return
    result = sides.solved(told)
    if as_json:
        parts = {name: getattr(result, name).tolist() for name in ("first", "second", "both", "unique")}
        echo_json(parts)
    else:
        show(terminal_stakes.suspicion(told, result))


def _signalling(given: dict[str, object], as_json: bool) -> None:
    from weigh.renderers import terminal_stakes  # after --help is answered
    from weigh.stakes import signalling  # after --help is answered

    _without_map(given)
    sheet = str(given["signalling"])
    told = signalling.shipped() if sheet == "-" else signalling.read(Path(sheet))
    found = signalling.equilibria(told.setting)
    echo_json(found) if as_json else show(terminal_stakes.signalling(told, found))


def _without_map(given: dict[str, object]) -> None:
    if given["output"] is not None or given["sweep"]:
        raise click.UsageError("a map needs --deterrence with --sweep, or --suspicion")


_MODELS = {"deterrence": _deterrence, "suspicion": _suspicion, "signalling": _signalling}
