"""`weigh bench fuzz`: damaged files of each format, for a stated time; each has to end well.

Which file is tried follows from its format and number alone: `damaged(name, number)` makes it again.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from weigh.bench.claim_seeds import SEEDS as CLAIM_SEEDS
from weigh.bench.data import Context
from weigh.bench.mutations import mutant
from weigh.bench.rows import Missing, Row
from weigh.bench.seeds import SEEDS
from weigh.bench.trial import Bounds, bound_memory, bounded, described
from weigh.bench.tried import REFUSALS, Program, WrongQuoteError, answered, examined, imported, is_document
from weigh.compiling import cache
from weigh.errors import UsageError
from weigh.readers import read_bytes

ALL = {**SEEDS, **CLAIM_SEEDS}
"""The name of a file, whose ending says what it stands for -> valid ones."""

SECONDS = "WEIGH_FUZZ_SECONDS"
_DEFAULT = 60.0
_SEED = 20_260_701
_STUCK = 120.0
"""Seconds after its time at which a process counts as one that will not end."""
_SHOWN = 5
_COMMAND = "weigh bench fuzz"


class Failure(msgspec.Struct, frozen=True):
    """A file that ended in an unhandled error."""

    number: int
    error: str


class Tally(msgspec.Struct):
    """Files of one format: how many were tried, the slowest one's seconds, and those that failed."""

    tried: int = 0
    slowest: float = 0.0
    failures: list[Failure] = msgspec.field(default_factory=list)


def damaged(name: str, number: int) -> bytes:
    """The damaged file of that number, for a name of `ALL`."""
    return mutant(ALL[name], Random(f"{_SEED} {name} {number}"))


def run(context: Context) -> Iterator[Row | Missing]:
    """Every format for its share of the time, in processes of its own."""
    seconds = budget()
    knowledge = cache.ready(cache.cache_folder(), context.tell, lambda said: context.tell(said, 0.0))
    for index, name in enumerate(ALL):
        context.tell(f"damaged files of {name}", index / len(ALL))
        yield row(name, fuzzed(name, seconds / len(ALL), knowledge.folder))


def budget() -> float:
    """The seconds that the environment asks for. Raises `UsageError` when they are no number above 0."""
    said = os.environ.get(SECONDS, "")
    try:
        seconds = float(said) if said != "" else _DEFAULT
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise UsageError(f"{said} is no number of seconds", place=SECONDS)
    return seconds


def row(name: str, tally: Tally) -> Row:
    """Unhandled errors of a format, the first of them named with the number of its file."""
    peers = {f"number {each.number}: {each.error}": 1.0 for each in tally.failures[:_SHOWN]}
    metric = f"unhandled errors of damaged {name.split('.')[0]} files"
    peers["slowest, s"] = tally.slowest
    value, n, data = float(len(tally.failures)), tally.tried, f"seed {_SEED}"
    return Row("fuzz", metric, value, None, None, n, 0.0, "min", peers, value, _COMMAND, data)


def fuzzed(name: str, seconds: float, knowledge: Path) -> Tally:
    """Try one format. A process that dies counts as one failure, of the file that it was at."""
    end = time.monotonic() + seconds
    total = Tally()
    while (left := end - time.monotonic()) > 0:
        words = [name, str(knowledge), str(total.tried), str(left)]
        code, said = bounded(__name__, words, left + _STUCK)
        tally = _tally(said)
        total.tried += tally.tried
        total.slowest = max(total.slowest, tally.slowest)
        total.failures += tally.failures
        if code == 0:
            break
        total.failures.append(
            Failure(total.tried - 1, said.splitlines()[-1] if said != "" else f"code {code}")
        )
    return total


def _tally(said: str) -> Tally:
    """What a process told, a line a file: its seconds, and the failure if it was one."""
    tally = Tally()
    for line in said.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "file":
            tally.tried += 1
        elif kind == "took":
            tally.slowest = max(tally.slowest, float(rest))
        elif kind == "failed":
            tally.failures.append(msgspec.json.decode(rest, type=Failure))
    return tally


def tried(name: str, data: bytes, program: Program) -> str:
    """What is wrong with how the reading of a file ends, claims and all; empty when it ends well."""
    try:
        if is_document(name):
            examined(read_bytes(data, name), program)
        else:
            way = imported if name.endswith(".eurepoc") else answered
            way(data, name, program)
    except REFUSALS as error:
        return "" if error.place.startswith(name) else f"an error without a place: {error}"
    except WrongQuoteError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 (what is looked for)
        return described(error)
    return ""


def main(name: str, knowledge: str, first: str, seconds: str) -> None:
    """Try one file after the other until the time is over, telling each before it is tried."""
    bound_memory(Bounds().memory)
    program = Program.on(Path(knowledge))
    end, number = time.monotonic() + float(seconds), int(first)
    while (start := time.monotonic()) < end:
        data = damaged(name, number)
        sys.stdout.write("file\n")
        sys.stdout.flush()
        error = tried(name, data, program)
        sys.stdout.write(f"took {time.monotonic() - start:.3f}\n")
        if error != "":
            sys.stdout.write(f"failed {msgspec.json.encode(Failure(number, error)).decode()}\n")
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
