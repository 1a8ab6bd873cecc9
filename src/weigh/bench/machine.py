"""`weigh bench machine`: seconds, megabytes and milliseconds, each beside a peer in the same run."""

from __future__ import annotations

import importlib.util
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from weigh.assessment.assess import Material, assess
from weigh.bench.data import OFFICIAL, Context, lacking, without_attack
from weigh.bench.rows import Missing, Row
from weigh.case.judgements import review
from weigh.compiling import cache
from weigh.compiling.build import Inputs
from weigh.evidence import build, observe
from weigh.inference.batch import weigh_many
from weigh.inference.engine import prepare
from weigh.inference.features import Facts, facts
from weigh.inference.weights import shipped
from weigh.knowledge.store import Knowledge, open_knowledge, size_on_disk
from weigh.readers import read_bytes

ADVISORY = "corpus/advisories/aa21-200b.txt"
_COMMAND = "weigh bench machine"
_RUNS = 7
_FACTS = 40
_SIZES: Mapping[int, float | None] = {_FACTS: 100.0, 100: None, 200: None, 1400: 3000.0}
"""Facts of a case, and the bar in ms of those that have one."""
_COMPILE = 60.0
_CASES = 100_000
_MANY = "import sys; from weigh.bench.machine import weigh_drawn; weigh_drawn(sys.argv[1], int(sys.argv[2]))"
_MEGABYTE = 1e6
_PEAK = (
    "import resource, subprocess, sys, time; t = time.perf_counter(); "
    "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
    "print(code, time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def run(context: Context) -> Iterator[Row | Missing]:
    """All measurements of time and memory."""
    context.tell("starting the program", 0.0)
    yield _help()
    path = context.path(OFFICIAL)
    if path is None:
        yield without_attack("machine", context)
        return
    context.tell("compiling", 0.1)
    yield from _compile(path)
    knowledge = cache.compiled(cache.cache_folder(), Inputs(attack=path), context.tell)
    context.tell("opening", 0.5)
    yield from _open(knowledge, path)
    context.tell("weighing", 0.7)
    yield from _weigh(knowledge)
    advisory = context.path(ADVISORY)
    if advisory is None:
        yield lacking("machine, main job", context, ADVISORY, "the text of CISA's advisory AA21-200B")
    else:
        context.tell("reading an advisory", 0.8)
        yield from _main_job(advisory)


def median(
    work: Callable[[], object], runs: int = _RUNS, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, float, float]:
    """Median, least and most seconds of several runs, on the wall unless another clock is given."""
    seconds = []
    for _ in range(runs):
        start = clock()
        work()
        seconds.append(clock() - start)
    return statistics.median(seconds), min(seconds), max(seconds)


def peak(words: Sequence[str], folder: Path | None = None) -> tuple[float, float]:
    """Seconds and peak megabytes of a command in a process of its own. Raises when it fails."""
    environment = os.environ | ({"WEIGH_CACHE": str(folder)} if folder is not None else {})
    answer = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
        [sys.executable, "-c", _PEAK, *words], env=environment, capture_output=True, text=True, check=True
    )
    code, seconds, kilobytes = answer.stdout.split()
    if code != "0":
        raise subprocess.CalledProcessError(int(code), list(words), answer.stdout, answer.stderr)
    return float(seconds), float(kilobytes) * 1024 / _MEGABYTE


def _row(
    metric: str,
    value: float,
    bar: float | None,
    *,
    direction: str = "min",
    spread: tuple[float, float] | None = None,
    peers: dict[str, float] | None = None,
    data: str = "this machine",
    n: int = _RUNS,
) -> Row:
    low, high = spread if spread is not None else (None, None)
    return Row("machine", metric, value, low, high, n, bar, direction, peers or {}, value, _COMMAND, data)


def _help() -> Row:
    """The whole program's first answer beside an interpreter that imports click."""
    ours, least, most = median(lambda: _python("-m", "weigh", "--help"))
    floor, _, _ = median(lambda: _python("-c", "import click"))
    return _row(
        "weigh --help, times `python -c 'import click'`",
        ours / floor,
        1.5,
        spread=(least / floor, most / floor),
        peers={"weigh --help, s": ours, "import click, s": floor},
    )


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)


def _compile(path: Path) -> Iterator[Row]:
    """The official bundle with the weights fitted on it, and what is installed, which has no years."""
    program = [sys.executable, "-m", "weigh", "knowledge"]
    for name, words in {"official": ["use", str(path)], "embedded": []}.items():
        with tempfile.TemporaryDirectory() as folder:
            seconds, megabytes = peak([*program, *words], Path(folder))
            held = max(size_on_disk(item) for item in Path(folder).iterdir() if item.is_dir()) / _MEGABYTE
            fitted = peak([*program, "fit"], Path(folder)) if name == "official" else None
        yield _row(f"compile the {name} knowledge, s", seconds, _COMPILE, n=1)
        yield _row(f"compile the {name} knowledge, peak MB", megabytes, 1500.0, n=1)
        yield _row(f"compiled {name} knowledge on disk, MB", held, 40.0, n=1)
        if fitted is not None:
            both = seconds + fitted[0]
            parts = {"compiling, s": seconds, "fitting, s": fitted[0]}
            metric = f"compile the {name} knowledge and fit the model's weights on it"
            yield _row(f"{metric}, s", both, _COMPILE, peers=parts, n=1)
            yield _row(f"{metric}, peak MB", max(megabytes, fitted[1]), 1500.0, n=1)


def _open(knowledge: Knowledge, path: Path) -> Iterator[Row | Missing]:
    ours, least, most = median(lambda: open_knowledge(knowledge.folder))
    if importlib.util.find_spec("orjson") is None:
        yield Missing("machine, open", "the peer orjson is not installed", "pip install orjson")
        return
    import orjson  # the peer, absent from an ordinary installation

    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    theirs, _, _ = median(lambda: orjson.loads(raw))
    yield _row(
        "open the knowledge, times faster than orjson.loads of the official bundle",
        theirs / ours,
        20.0,
        direction="max",
        spread=(theirs / most, theirs / least),
        peers={"open, ms": ours * 1000, "orjson.loads, ms": theirs * 1000},
        data=OFFICIAL,
    )


def _drawn(knowledge: Knowledge, number: int) -> list[Facts]:
    """Cases of drawn facts, surely read."""
    random = np.random.default_rng(1)
    return [
        facts(
            dict.fromkeys(random.choice(len(knowledge.features), _FACTS, replace=False).tolist(), 1.0), 2024
        )
        for _ in range(number)
    ]


def told(knowledge: Knowledge, number: int) -> Material:
    """A document that names so many drawn techniques and software by their ids, read."""
    drawn = np.random.default_rng(1).choice(len(knowledge.features), number, replace=False)
    lines = [
        f"The intruders used {knowledge.features[place].id} on host {host}.\n"
        for host, place in enumerate(drawn)
    ]
    document = read_bytes("".join(lines).encode(), "drawn.txt")
    found = observe(document, build(knowledge.catalogue))
    return Material((document,), review(found, ()))


def _weigh(knowledge: Knowledge) -> Iterator[Row]:
    """One case with all that an assessment says of it, and very many cases with their probabilities alone."""
    engine = prepare(knowledge.relations, shipped())
    for number, bar in _SIZES.items():
        material = told(knowledge, number)
        facts_read = len(assess(material, knowledge, engine).features)
        middle, least, most = median(partial(assess, material, knowledge, engine), clock=time.process_time)
        yield _row(
            f"one case of {facts_read} facts, the whole assessment, ms of one core",
            middle * 1000,
            bar,
            spread=(least * 1000, most * 1000),
            data=f"one document that names {number} ids drawn from {knowledge.stamp.version}",
        )
    seconds, megabytes = peak([sys.executable, "-c", _MANY, str(knowledge.folder), str(_CASES)])
    data = f"{_FACTS} features drawn from {knowledge.stamp.version}"
    yield _row(f"{_CASES:,} cases in a batch, s, all included", seconds, 60.0, data=data, n=1)
    yield _row(f"{_CASES:,} cases in a batch, peak MB", megabytes, 1000.0, data=data, n=1)


def weigh_drawn(folder: str, number: int) -> float:
    """Weigh so many drawn cases in one batch: the mean probability of the leader, as something to print."""
    knowledge = open_knowledge(Path(folder))
    engine = prepare(knowledge.relations, shipped())
    return float(
        np.mean([row.max() for part in weigh_many(_drawn(knowledge, number), engine) for row in part])
    )


def _main_job(advisory: Path) -> Iterator[Row]:
    seconds, megabytes = peak([sys.executable, "-m", "weigh", str(advisory), "--json"])
    yield _row("main job on AA21-200B, peak MB", megabytes, 400.0, data=ADVISORY, n=1)
    yield _row("main job on AA21-200B, s", seconds, None, data=ADVISORY, n=1)
