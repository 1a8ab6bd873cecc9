"""`weigh bench speed`: text read and knowledge opened, beside other packages on the same text in one run.

Every figure is the median of five runs in a process of its own; its interval is the slowest and the
fastest of them, which holds the median of all such runs with a chance of 1 - 2 / 2^5, 94 %.
"""

from __future__ import annotations

import lzma
import math
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from weigh.bench.data import OFFICIAL, Context, lacking, without_attack
from weigh.bench.rows import Missing, Row
from weigh.bench.timed import OPEN, OPENERS, READ, READ_INDICATORS, READERS, Job, Timing, timed
from weigh.compiling import cache
from weigh.compiling.build import Inputs

ADVISORIES = "corpus/advisories"
BAR = 1.0
"""Megabytes of text a second into techniques, names and indicators together, on one core."""
SIZE = 2_000_000
"""Characters that the text is repeated to, at least."""
_LIMIT, _LONG = 150.0, 400.0
"""Seconds that one package may take for all its runs of reading, and of opening."""
_COMMAND = "weigh bench speed"
_MEGABYTE = 1e6


def run(context: Context) -> Iterator[Row | Missing]:
    """Reading first, then opening; a package that is not installed says how to get it."""
    official = context.path(OFFICIAL)
    inputs = Inputs() if official is None else Inputs(attack=official)
    knowledge = cache.compiled(cache.cache_folder(), inputs, context.tell).folder
    with tempfile.TemporaryDirectory() as folder:
        if context.path(ADVISORIES) is None:
            yield lacking("speed, text", context, ADVISORIES, "a folder of reports as text files")
        else:
            text = Path(folder) / "advisories.txt"
            text.write_text(long_text(context.folder / ADVISORIES, SIZE), "utf-8")
            yield from _reading(text, knowledge, context)
        if official is None:
            yield without_attack("speed, opening", context)
        else:
            yield from _opening(official, Path(folder) / "attack.json", knowledge, context)


def long_text(folder: Path, size: int) -> str:
    """All text files of a folder in the order of their names, as often as it takes to have `size`
    characters."""
    once = "\n\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    return "\n\n".join([once] * math.ceil(size / max(len(once), 1)))


def _reading(text: Path, knowledge: Path, context: Context) -> Iterator[Row | Missing]:
    megabytes = text.stat().st_size / _MEGABYTE
    peers: dict[str, float] = {}
    for name, found in _peers(READERS, text, knowledge, context, _LIMIT):
        if isinstance(found, Missing):
            yield found
        else:
            peers |= rates(name, found, megabytes)
    data = f"{ADVISORIES}, {megabytes:.1f} MB"
    for job, metric, bar in (
        (READ, "techniques, names and indicators", BAR),
        (READ_INDICATORS, "indicators alone", None),
    ):
        context.tell(f"reading text: {metric}", 0.5)
        own = timed(job, text, knowledge, _LIMIT)
        if own.problem != "":
            yield _failed(f"text, {metric}", own)
            continue
        yield row(f"MB of text a second into {metric}", own, megabytes, bar, peers, data)


def _opening(bundle: Path, raw: Path, knowledge: Path, context: Context) -> Iterator[Row | Missing]:
    raw.write_bytes(lzma.decompress(bundle.read_bytes()) if bundle.suffix == ".xz" else bundle.read_bytes())
    peers: dict[str, float] = {}
    for name, found in _peers(OPENERS, raw, knowledge, context, _LONG):
        if isinstance(found, Missing):
            yield found
        elif len(found.seconds) > 0:
            peers[f"{name}, ms"] = found.median * 1000
    own = timed(OPEN, raw, knowledge, _LIMIT)
    if own.problem != "":
        yield _failed("opening", own)
        return
    least, most = min(own.seconds) * 1000, max(own.seconds) * 1000
    middle, n = own.median * 1000, len(own.seconds)
    metric, seconds = "open the knowledge, ms", sum(own.seconds)
    yield Row("speed", metric, middle, least, most, n, None, "min", peers, seconds, _COMMAND, OFFICIAL)


def _peers(
    jobs: Mapping[str, Job], file: Path, knowledge: Path, context: Context, limit: float
) -> Iterator[tuple[str, Timing | Missing]]:
    """Each package timed on the file, or what kept it from being timed; one can be both."""
    for number, (name, job) in enumerate(jobs.items()):
        context.tell(name, number / len(jobs) / 2)
        if not job.is_there:
            yield name, Missing(f"speed, {name}", "it is not installed", f"pip install {job.package}")
            continue
        found = timed(name, file, knowledge, limit)
        if found.problem != "":
            yield name, _failed(name, found)
        yield name, found


def _failed(name: str, found: Timing) -> Missing:
    return Missing(f"speed, {name}", found.problem, f"runs that ended: {len(found.seconds)}")


def rates(name: str, found: Timing, megabytes: float) -> dict[str, float]:
    """A package's MB a second by its name; of one that no run of which ended in time, what it stays under."""
    if len(found.seconds) > 0:
        return {f"{name}, MB/s": megabytes / found.median}
    return {f"{name}, MB/s at most": megabytes / _LIMIT} if "no end within" in found.problem else {}


def row(
    metric: str, own: Timing, megabytes: float, bar: float | None, peers: dict[str, float], data: str
) -> Row:
    """A speed of reading with its interval, beside the others'."""
    low, high = megabytes / max(own.seconds), megabytes / min(own.seconds)
    value, n, seconds = megabytes / own.median, len(own.seconds), sum(own.seconds)
    return Row("speed", metric, value, low, high, n, bar, "max", peers, seconds, _COMMAND, data)
