"""Programs that work on one case at the same time, or are killed while they do; run by the tests.

Every document made here says in its text how many observations it has, so that anyone can tell a
whole one from half of one.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from weigh.case.store import CaseStore
from weigh.records import Document, Kind, Observation, Span, content_id

PIECES = 40


def numbered(number: int) -> tuple[Document, tuple[Observation, ...]]:
    """Document `number`: some kilobytes that compress badly, and up to 40 observations."""
    pieces = 1 + number * 7 % PIECES
    noise = " ".join(hashlib.sha256(f"{number} {place}".encode()).hexdigest() for place in range(pieces * 4))
    text = f"{pieces} observations: {noise}"
    document = Document(id=content_id("doc", number), text=text, format="text", name=f"{number}.txt")
    spans = (Span(65 * place, 65 * place + 64) for place in range(pieces))
    seen = (
        Observation(document.id, span, Kind.INDICATOR, f"value-{number}", span.of(text), "made", 0.5, 0.5)
        for span in spans
    )
    return document, tuple(seen)


def whole(path: Path) -> int:
    """How many documents the case has; ends the program with a message when one is not whole."""
    with CaseStore.open(path, create=False, read_only=True) as store:
        contents = store.contents()
    for place, document in enumerate(contents.documents):
        expected, _ = numbered(place)
        count = sum(1 for seen in contents.observations if seen.document == document.id)
        if document.text != expected.text or count != int(document.text.split()[0]):
            sys.exit(f"document {place} has {count} observations and is not whole")
    return len(contents.documents)


def write(path: Path, count: int) -> None:
    """Add documents until there are `count`, opening the case anew every tenth time."""
    while True:
        with CaseStore.open(path) as store:
            there = len(store.reads())
            for number in range(there, min(there + 10, count)):
                store.add(*numbered(number), "k")
            if there >= count:
                return


def watch(path: Path, count: int) -> None:
    """Look at the case again and again until it has `count` documents; it never shrinks."""
    before = 0
    while before < count:
        now = whole(path)
        if now < before:
            sys.exit(f"{before} documents became {now}")
        before = now


def _add_for_ever(path: Path, told: int, steps: int) -> None:
    """Add document after document and tell of each; die after `steps` steps of SQLite, if not 0."""
    with CaseStore.open(path) as store:
        if steps > 0:
            store._connection.set_progress_handler(lambda: os.kill(os.getpid(), signal.SIGKILL), steps)
        number = len(store.reads())
        while True:
            store.add(*numbered(number), "k")
            os.write(told, b".")
            number += 1


def _killed(work: Callable[[int], None], tidings: int, delay: int) -> int:
    """Run `work` in another process and kill it after so many tidings; how many it sent before it died."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        work(tell)
        os._exit(0)
    os.close(tell)
    heard = 0
    while heard < tidings and len(os.read(hear, 1)) > 0:
        heard += 1
    sum(range(delay))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while len(os.read(hear, 1)) > 0:
        heard += 1
    os.close(hear)
    return heard


def kill_writers(path: Path, rounds: int, seed: int) -> None:
    """Kill a writer again and again; after each death the case is sound and has all that was told of."""
    chance = random.Random(seed)
    CaseStore.open(path).close()
    there = 0
    for turn in range(rounds):
        steps = chance.randrange(40, 3000) if turn % 2 == 0 else 0
        heard = _killed(
            lambda tell, steps=steps: _add_for_ever(path, tell, steps),  # type: ignore[misc]
            tidings=chance.randrange(5) if steps == 0 else 1000,
            delay=chance.randrange(100_000),
        )
        now = whole(path)
        if not there + heard <= now <= there + heard + 1:
            sys.exit(f"{there} documents and {heard} more became {now}")
        there = now
        _integrity(path)
    sys.stdout.write(str(there))


def kill_makers(folder: Path, rounds: int, seed: int) -> None:
    """Kill a program while it makes a case: afterwards there is none, or a sound and empty one."""
    chance = random.Random(seed)
    made = 0
    for turn in range(rounds):
        path = folder / f"{turn}.weigh"
        _killed(lambda _, path=path: CaseStore.open(path).close(), 0, chance.randrange(2_000_000))  # type: ignore[misc]
        if path.exists():
            made += whole(path) == 0
            _integrity(path)
    sys.stdout.write(str(made))


def _integrity(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)] or len(connection.execute("PRAGMA foreign_key_check").fetchall()) > 0:
            sys.exit(f"not sound: {found}")
