"""What every command shares: options, output that knows its terminal, progress on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar

import click

from weigh.errors import CaseError, UsageError, WeighError
from weigh.renderers.signs import one_line

if TYPE_CHECKING:
    from pathlib import Path

Function = TypeVar("Function", bound=Callable[..., Any])

DATED = "needs an official bundle, which is dated (`weigh knowledge use` or `update`)"
"""What `--as-of` needs, for the help of every command that takes it."""
_QUIET_SECONDS = 1.0
_LOG_SECONDS = 3.0
"""A log is watched by nobody, and starting up takes a second or two."""
_SQLITE = b"SQLite format 3\x00"


def json_option(function: Function) -> Function:
    """`--json`: results as JSON on standard output, errors as JSON on standard error."""
    return click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")(function)


def tlp_option(function: Function) -> Function:
    """`--tlp LABEL`, checked against TLP 2.0."""
    return click.option(
        "--tlp", default="", callback=_tlp, metavar="LABEL", help="TLP 2.0 label: clear, green, amber, ..."
    )(function)


def case_argument(function: Function) -> Function:
    """The case file, as the first argument."""
    from pathlib import Path  # slow to import, and no part of --help

    return click.argument("case", type=click.Path(path_type=Path))(function)


def echo_json(value: Any) -> None:
    """A record as indented JSON on standard output."""
    import msgspec  # needed by this output only

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def show(renderable: Any) -> None:
    """Print something made by `rich`; plain text when standard output is not a terminal."""
    from rich.console import Console  # slow to import, and only needed to print

    if sys.stdout.isatty():
        Console(highlight=False, markup=False, emoji=False).print(renderable)
        return
    console = Console(width=80, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(renderable)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())  # cells are filled with blanks, which a file has no use for


def say(sentence: str) -> None:
    """A sentence for a person, on standard error."""
    click.echo(one_line(sentence), err=True)


def clear_line() -> None:
    """Take the progress line away before something else is printed."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def warn_if_wider(documents: str, asked: str) -> None:
    """Say so when a result is marked for a wider circle than a document it rests on."""
    from weigh.scales import TLP_LABELS  # the table of labels

    order = TLP_LABELS.index
    if asked and documents and order(asked) < order(documents):
        say(f"weigh: TLP:{asked} is wider than TLP:{documents}, which a document of the case carries")


def write_text(path: Path, text: str, *, spare: Iterable[str | Path] = ()) -> None:
    """Write a result, whole or not at all; `spare` are inputs that it must not take the place of.

    A link is followed, and what is no regular file (a pipe, a device) is written to, never replaced.
    Raises `UsageError` or `WeighError` naming the file.
    """
    import tempfile  # slow to import, and only needed to write

    _require_spared(path, spare)
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        handle, scratch = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(scratch, 0o666 & ~_umask())
        os.replace(scratch, target)
    except OSError as error:
        raise WeighError(
            f"cannot be written: {error.strerror}", place=str(path), remedy="choose another place with -o"
        ) from error


def _require_spared(path: Path, spare: Iterable[str | Path]) -> None:
    taken = path.is_file() and any(os.path.exists(item) and path.samefile(item) for item in spare)
    if taken or (path.is_file() and _begins(path) == _SQLITE):
        raise UsageError(
            "is a case or a document that was read, and is not overwritten",
            place=str(path),
            remedy="choose another place with -o",
        )


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_SQLITE))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def existing_case(path: Path) -> Path:
    """The path, when a case is there. Raises `CaseError` with the remedy."""
    if not path.is_file():
        raise CaseError(
            "there is no such case", place=str(path), remedy=f"make it with `weigh read FILES --case {path}`"
        )
    return path


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """A function that is told a step and the share done; shown where it takes a while."""
    teller = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield teller.tell
    finally:
        teller.close()


class _Lines:
    """Progress for a log: at most a line in `_LOG_SECONDS`, and none for what is done within them.

    Whether a step lasts is known only once it has, so that a clock tells it, and no later step has to.
    """

    def __init__(self) -> None:
        self._now = ("", 0.0)
        self._told = ""
        self._clock: Timer | None = None

    def tell(self, step: str, share: float) -> None:
        """Begin to wait for a new step, unless a line is due already."""
        self._now = (step, share)
        if step != self._told and self._clock is None:
            self._clock = Timer(_LOG_SECONDS, self._print)
            self._clock.daemon = True
            self._clock.start()

    def _print(self) -> None:
        step, share = self._now
        self._told, self._clock = step, None
        click.echo(f"{share:4.0%} {one_line(step)}", err=True)

    def close(self) -> None:
        """What has not lasted is not told."""
        if self._clock is not None:
            self._clock.cancel()


class _Bar:
    """Progress for a terminal: one line that is rewritten and cleared at the end."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def tell(self, step: str, share: float) -> None:
        """Redraw the line."""
        if time.monotonic() - self._start > _QUIET_SECONDS:
            self._shown = True
            filled = round(20 * share)
            done = f"[{'#' * filled}{'.' * (20 - filled)}] {share:4.0%} {one_line(step[:50])}"
            click.echo(f"\r\033[K{done}", nl=False, err=True)

    def close(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)


def _tlp(ctx: click.Context, param: click.Parameter, value: str) -> str:
    from weigh.scales import tlp_label  # the table of labels

    try:
        return tlp_label(value)
    except UsageError as error:
        raise click.BadParameter(str(error), ctx=ctx, param=param) from error
