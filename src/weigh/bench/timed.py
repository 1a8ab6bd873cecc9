"""One job timed in a process of its own: Weigh's and other packages' by the same clock.

The clock is the processor's time of the process, user and system: one core's work, whatever else the
machine does. Other packages are imported here and nowhere else, and only when they are timed.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.bench.trial import bounded
from weigh.evidence import EXTRACTORS, Observer, ready, survey
from weigh.knowledge.store import open_knowledge
from weigh.readers import read_bytes

Work = Callable[[], object]
Prepare = Callable[[Path, Path], Work]
"""A file and the folder of a knowledge -> what is timed: reading the file and making ready are not."""

INDICATORS = ("indicator", "vulnerability")
RUNS = 5


@dataclass(frozen=True, slots=True)
class Job:
    """What is timed: the module that it needs and the package that brings it, empty where Weigh is it."""

    prepare: Prepare
    module: str = ""
    package: str = ""

    @property
    def is_there(self) -> bool:
        """Whether its package is installed."""
        return self.module == "" or importlib.util.find_spec(self.module) is not None


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each run that ended, and why there are no more of them, empty where all ended."""

    seconds: tuple[float, ...]
    problem: str = ""

    @property
    def median(self) -> float:
        """Median seconds of a run; nan without one."""
        return statistics.median(self.seconds) if len(self.seconds) > 0 else float("nan")


def _survey(file: Path, knowledge: Path) -> Work:
    observer = ready.observer(open_knowledge(knowledge))
    document = read_bytes(file.read_bytes(), file.name)
    return lambda: survey(document, observer)


def _indicators(file: Path, knowledge: Path) -> Work:
    catalogue = open_knowledge(knowledge).catalogue
    observer = Observer(tuple((name, EXTRACTORS[name](catalogue)) for name in INDICATORS))
    document = read_bytes(file.read_bytes(), file.name)
    return lambda: survey(document, observer)


def _ioc_finder(file: Path, knowledge: Path) -> Work:
    text, peer = file.read_text("utf-8"), importlib.import_module("ioc_finder")
    return lambda: peer.find_iocs(text)


def _iocextract(file: Path, knowledge: Path) -> Work:
    text, peer = file.read_text("utf-8"), importlib.import_module("iocextract")
    return lambda: list(peer.extract_iocs(text, refang=True))


def _open(file: Path, knowledge: Path) -> Work:
    return lambda: open_knowledge(knowledge)


def _orjson(file: Path, knowledge: Path) -> Work:
    raw, peer = file.read_bytes(), importlib.import_module("orjson")
    return lambda: peer.loads(raw)


def _memory_store(file: Path, knowledge: Path) -> Work:
    peer = importlib.import_module("stix2")
    objects = msgspec.json.decode(file.read_bytes())["objects"]
    return lambda: peer.MemoryStore(stix_data=objects)


def _mitreattack(file: Path, knowledge: Path) -> Work:
    peer = importlib.import_module("mitreattack.stix20")
    return lambda: peer.MitreAttackData(str(file))


READ, READ_INDICATORS, OPEN = "survey", "indicators", "open"
READERS: Mapping[str, Job] = {
    "ioc-finder": Job(_ioc_finder, "ioc_finder", "ioc-finder"),
    "iocextract": Job(_iocextract, "iocextract", "iocextract"),
}
"""Other packages that find indicators in a text."""
OPENERS: Mapping[str, Job] = {
    "orjson.loads": Job(_orjson, "orjson", "orjson"),
    "stix2 MemoryStore": Job(_memory_store, "stix2", "stix2"),
    "mitreattack-python": Job(_mitreattack, "mitreattack", "mitreattack-python"),
}
"""Other ways to have ATT&CK at hand."""
JOBS: Mapping[str, Job] = {
    READ: Job(_survey),
    READ_INDICATORS: Job(_indicators),
    OPEN: Job(_open),
    **READERS,
    **OPENERS,
}


def timed(name: str, file: Path, knowledge: Path, limit: float) -> Timing:
    """Time a job of `JOBS`, `RUNS` times in a process that may take `limit` seconds in all."""
    code, said = bounded(__name__, [name, str(file), str(knowledge)], limit)
    return timing(code, said)


def timing(code: int, said: str) -> Timing:
    """What a process said of its runs, a line each, and why it ended early where its code is not 0."""
    lines = said.splitlines()
    seconds = tuple(float(line.split()[1]) for line in lines if line.startswith("took "))
    rest = [line for line in lines if line.strip() != "" and not line.startswith("took ")]
    return Timing(seconds, "" if code == 0 else (rest or [f"ended with code {code}"])[-1].strip())


def main(name: str, file: str, knowledge: str) -> None:
    """The job in its process: each run's seconds as soon as it has ended."""
    work = JOBS[name].prepare(Path(file), Path(knowledge))
    for _ in range(RUNS):
        gc.collect()
        start = time.process_time()
        work()
        sys.stdout.write(f"took {time.process_time() - start:.9f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
