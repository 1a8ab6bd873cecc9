"""`weigh bench hostile`: large hostile and odd files of our own making; each has to end well, and soon."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from weigh.bench import hostile_claims
from weigh.bench.data import Context
from weigh.bench.hostile_json import JSON
from weigh.bench.hostile_packages import PACKAGES
from weigh.bench.hostile_texts import TEXTS, Make
from weigh.bench.rows import Missing, Row
from weigh.bench.trial import Bounds, Outcome, attempt
from weigh.compiling import cache

CORPUS: Mapping[str, Make] = {
    **TEXTS,
    **JSON,
    **PACKAGES,
    **hostile_claims.TEXTS,
    **hostile_claims.TABLES,
    **hostile_claims.ANSWERS,
}
"""The file's name, which says what is odd about it -> how it is made."""

LARGE = 3_000_000
HUGE = 49_000_000
"""Just below what is read at all (`Limits.bytes`)."""
AS_HUGE = (
    *("one line.txt", "one word.txt", "zero bytes.txt", "every byte.txt", "mixed encodings.txt"),
    *("cell.csv", "nested.html", "unclosed.html", "comments.html", "many comments.html"),
    *("nested lists.json", "string.json", "cut short.json", "line ends after a value.json"),
    *("attributes.html", "long pattern.stix.json", "path without end.stix.json"),
    *("circles.stix.json", "objects.pdf", "one line.pdf", "runs.docx"),
)
_COMMAND = "weigh bench hostile"


def run(context: Context) -> Iterator[Row | Missing]:
    """Make each file, read it in a process of its own, and tell the worst."""
    knowledge = cache.ready(cache.cache_folder(), context.tell, lambda said: context.tell(said, 0.0))
    asked = [*((name, LARGE) for name in CORPUS), *((name, HUGE) for name in AS_HUGE)]
    ended: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, size) in enumerate(asked):
            context.tell(name, number / len(asked))
            path = Path(folder) / name
            path.write_bytes(CORPUS[name](size))
            ended[f"{name}, {size / 1e6:g} MB"] = attempt(path, knowledge.folder, Bounds())
            path.unlink()
    yield from rows(ended)


def rows(ended: Mapping[str, Outcome]) -> Iterator[Row]:
    """Files with an unhandled error, and the most time and memory that any took. `ended`: by file.

    Beside each figure stands which file it was.
    """
    failed = {f"{name}: {each.unhandled}": each.seconds for name, each in ended.items() if each.unhandled}
    yield _row("files that end in an unhandled error", len(failed), 0.0, len(ended), failed)
    seconds = {name: each.seconds for name, each in ended.items()}
    yield _row("worst file, s", max(seconds.values()), None, len(ended), _three(seconds))
    megabytes = {name: each.megabytes for name, each in ended.items() if each.megabytes is not None}
    if len(megabytes) > 0:
        yield _row("worst file, peak MB", max(megabytes.values()), None, len(megabytes), _three(megabytes))


def _three(figures: Mapping[str, float]) -> dict[str, float]:
    """The files with the three largest figures."""
    return {name: figures[name] for name in sorted(figures, key=figures.__getitem__, reverse=True)[:3]}


def _row(metric: str, value: float, bar: float | None, n: int, which: dict[str, float]) -> Row:
    data = "files of our own making"
    return Row("hostile", metric, value, None, None, n, bar, "min", which, value, _COMMAND, data)
