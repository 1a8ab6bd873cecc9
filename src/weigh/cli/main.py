"""The command `weigh`: finds the command that was meant, and turns errors into sentences.

Commands are loaded when they are called, so that `weigh --help` costs no more than click itself.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from weigh.cli.console import say
from weigh.errors import WeighError
from weigh.version import __version__

COMMANDS = {
    "read": "Read documents into a case file.",
    "import": "Bring in a coded table of statements: origins, not rows.",
    "assess": "Weigh a case: who, how sure, why, against what.",
    "claims": "Who says what about whom, how surely, on whose evidence.",
    "why": "The evidence for one actor against another, in bits.",
    "ach": "How each fact sits with each answer, as a matrix.",
    "stakes": "The chance and the cost of being wrong, under your payoffs.",
    "dossier": "Write the whole case as one HTML page.",
    "observations": "List what was read, with its place and its id.",
    "accept": "Accept an observation as read rightly.",
    "reject": "Set an observation aside.",
    "correct": "Correct what an observation says.",
    "undo": "Take back the latest decision on an observation.",
    "export": "Hand it on as STIX, MISP, Navigator, Markdown or CSV.",
    "diff": "What changed between two assessments, and why.",
    "knowledge": "What is known before a case; look into it, change it.",
    "bench": "Measure how good and how fast Weigh is, against its peers.",
    "completion": "Print the completion script for your shell.",
}
"""Every command, in the order of use, with the line that `--help` shows."""

_EXAMPLES = """
\b
Examples:
  weigh advisory.pdf statement.html          on one screen, nothing saved
  weigh read reports/ --case harbour.weigh   into a case file
  weigh assess harbour.weigh
  weigh why harbour.weigh APT40 --against unlisted
  weigh dossier harbour.weigh -o harbour.html

\b
Exit codes: 0 ok, 1 threshold met, 2 wrong use, 3 not found or nothing readable,
4 knowledge missing, damaged, or not what the command needs.
"""


class LazyGroup(click.Group):
    """Knows its commands by name, imports one when it is needed, and takes files as a command too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name != "look" and cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"weigh.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, or `look` when the first word is a file, a URL or `-`."""
        if len(args) > 0 and args[0] not in COMMANDS and _is_input(args[0]):
            return "look", self.get_command(ctx, "look"), args
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} {_meant(args[0])}", ctx) from error


def _is_input(word: str) -> bool:
    return word == "-" or word.startswith(("http://", "https://")) or os.path.exists(word) or "." in word


def _meant(word: str) -> str:
    """What is added to a word that is neither a command nor a file: the commands that it resembles."""
    import difflib  # slow to import, and no part of --help

    close = difflib.get_close_matches(word, COMMANDS)
    return f"Did you mean {' or '.join(close)}?" if len(close) > 0 else "No file is called so, either."


@click.command(
    cls=LazyGroup,
    subcommand_metavar="COMMAND [ARGS]... | FILE...",
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, prog_name="weigh")
def group() -> None:
    """Weigh what is said about a cyber operation: what the evidence supports, how sure anyone can be.

    `weigh FILE...` reads documents and weighs them at once (`weigh FILE --help` has its options); the
    commands below keep them in a case.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(words))


def run(words: list[str]) -> int:
    """Run one command line; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows "?"
    try:
        result: Any = group.main(args=words, prog_name="weigh", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())  # the help itself, no sentence
        return 2
    except click.ClickException as error:
        message = " ".join(error.format_message().split())  # choices stand on lines of their own
        _complain(words, message, place="", remedy=_usage_remedy(error), code=2)
        return 2
    except click.Abort:
        _complain(words, "stopped", place="", remedy="", code=2)
        return 130
    except WeighError as error:
        _complain(words, error.problem, place=error.place, remedy=error.remedy, code=error.exit_code)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        problem = error.strerror or str(error)
        _complain(words, problem, place=str(error.filename or "output"), remedy="", code=3)
        return 3


def _usage_remedy(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    if ctx is not None and ctx.info_name == "look":
        return "see `weigh FILE --help`"
    return f"see `{ctx.command_path} --help`" if ctx is not None else "see `weigh --help`"


def _complain(words: Sequence[str], problem: str, *, place: str, remedy: str, code: int) -> None:
    if "--json" in words:
        record = {"error": problem, "place": place, "remedy": remedy, "exit_code": code}
        import json  # only needed here

        click.echo(json.dumps(record, ensure_ascii=False), err=True)
        return
    where = f"{place}: " if place else ""
    for line in (f"weigh: {where}{problem}", f"       {remedy}" if remedy else ""):
        if line:
            say(line)
