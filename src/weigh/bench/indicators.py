"""`weigh bench indicators FILE`: how well indicators are told from what only looks like them.

The file is any labelled set: reports, what looks like an indicator in each, and whether it is one. What
Weigh keeps and does not weigh (a benign host, a link of the publisher) counts as told not to be one.
Intervals resample documents.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from weigh import readers
from weigh.bench.data import Context, read_json
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import resampled
from weigh.compiling.attack import read_embedded
from weigh.compiling.galaxy import read_galaxy
from weigh.compiling.linking import link
from weigh.compiling.listings import read_listings
from weigh.errors import ReadingError, UsageError
from weigh.evidence import EXTRACTORS, Observer, observe, refang
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Kind

COMMAND = "weigh bench indicators FILE"
BAR = 0.95
"""F1 over all kinds. On 50 labelled reports iocsearcher is published with 0.886 and a large language model
with 0.98; they were not run on any other file, and stand beside none."""

_EXTRACTORS = ("indicator", "vulnerability")
_ALL = "all kinds"
_DRAWS = 1000
_ENDINGS = ("", ".txt", ".md", ".html", ".htm", ".pdf", ".docx")
_LAYOUT = '{"REPORT": {"indicators": {"VALUE": {"type": ..., "label": ...}}, "text": ...}}'
_KINDS = {
    **dict.fromkeys(("ip", "ip4", "ipv4", "ipaddress", "ipv4address"), "ipv4"),
    **dict.fromkeys(("ip6", "ipv6", "ipv6address"), "ipv6"),
    **dict.fromkeys(("domain", "fqdn", "hostname", "host", "domainname"), "domain"),
    **dict.fromkeys(("email", "emailaddress", "mail", "emailaddr"), "email"),
    **dict.fromkeys(("url", "uri", "link"), "url"),
    **dict.fromkeys(("file", "filename", "exe"), "file"),
    **dict.fromkeys(("path", "filepath"), "path"),
    **dict.fromkeys(("registry", "registrykey", "regkey", "windowsregistrykey"), "registry"),
    **dict.fromkeys(("cve", "vulnerability", "cveid"), "cve"),
    **dict.fromkeys(("bitcoin", "btc", "bitcoinaddress"), "bitcoin"),
    **dict.fromkeys(("ethereum", "eth"), "ethereum"),
    **dict.fromkeys(("litecoin", "ltc"), "litecoin"),
    **dict.fromkeys(("dogecoin", "doge"), "dogecoin"),
    **dict.fromkeys(("tron", "trx"), "tron"),
    **dict.fromkeys(("monero", "xmr"), "monero"),
    **dict.fromkeys(("asn", "asnumber"), "asn"),
}
"""What other labelled sets call a kind, by its letters and digits, and what it is called here."""
_YES = frozenset(
    {"true", "1", "yes", "y", "ioc", "iocs", "indicator", "malicious", "positive", "bad", "suspicious"}
)
_NO = frozenset(
    {
        "false",
        "0",
        "no",
        "n",
        "benign",
        "clean",
        "negative",
        "good",
        "legitimate",
        "context",
        "goodware",
        "none",
        "",
    }
)

Counts = tuple[int, int, int]
"""Found and right, found and wrong, missed."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report, and of each labelled value, made `plain`, the kind and whether it is an indicator."""

    document: Document
    labels: Mapping[str, tuple[str, bool]]


def run(context: Context) -> Iterator[Row | Missing]:
    """Precision, recall and F1 of every kind that the file labels, all kinds first."""
    if context.file is None:
        yield Missing(
            "indicators", "no labelled FILE is given", f"name one: {_LAYOUT}; see weigh bench --help"
        )
        return
    start = time.perf_counter()
    reports, without_text = read_labelled(context.file)
    for name in without_text:
        yield Missing(
            "indicators", f"the text of {name}", f'a key "text", or a file of that name by {context.file}'
        )
    if len(reports) == 0:
        return
    context.tell("reading the reports", 0.2)
    catalogue = _catalogue()
    observer = Observer(tuple((name, EXTRACTORS[name](catalogue)) for name in _EXTRACTORS))
    kinds = sorted({kind for report in reports for kind, _ in report.labels.values()})
    counts = [counted(report, observer, kinds) for report in reports]
    seconds = time.perf_counter() - start
    for kind in (_ALL, *kinds):
        yield from _rows(kind, [each[kind] for each in counts], seconds, context.file.name)


def _catalogue() -> Catalogue:
    """What is known with what is installed, without compiling it."""
    attack, galaxy = read_embedded(), read_galaxy().actors
    return replace(link(attack, galaxy).catalogue, listings=read_listings(attack.objects, galaxy).listings)


def read_labelled(file: Path) -> tuple[list[Labelled], list[str]]:
    """The reports of a labelled file whose text is there, and the names of the others.

    Raises `UsageError` for a file of another layout or a label that says neither yes nor no.
    """
    try:
        table = read_json(file)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"not JSON: {error}", place=str(file), remedy=_LAYOUT) from error
    if not isinstance(table, dict) or not all(_is_report(entry) for entry in table.values()):
        raise UsageError("not a set of labelled indicators", place=str(file), remedy=_LAYOUT)
    found: list[Labelled] = []
    without: list[str] = []
    for name, entry in table.items():
        document = _document(str(name), entry.get("text"), file)
        labels = {
            plain(value): (
                kind_of(str(each["type"])),
                is_indicator(each["label"], f"{file}: {name}: {value}"),
            )
            for value, each in entry["indicators"].items()
        }
        if document is None:
            without.append(str(name))
        else:
            found.append(Labelled(document, labels))
    return found, without


def plain(value: str) -> str:
    """A value as two writings of one compare: in working form, in small letters, no slash at its end."""
    return refang(value.strip()).lower().rstrip("/.")


def kind_of(name: str) -> str:
    """What a kind is called here; one that is not known keeps its own name, in small letters and digits."""
    bare = "".join(character for character in name.lower() if character.isalnum())
    return _KINDS.get(bare, bare)


def is_indicator(label: object, place: str) -> bool:
    """Whether a label says yes; raises `UsageError` when it says neither yes nor no."""
    bare = "".join(character for character in str(label).lower() if character.isalnum())
    if bare in _YES:
        return True
    if bare in _NO or bare.startswith(("non", "not", "no")):
        return False
    raise UsageError(f"the label {label!r} says neither yes nor no", place=place, remedy="true or false")


def counted(report: Labelled, observer: Observer, kinds: Iterable[str]) -> dict[str, Counts]:
    """The counts of one report for each of `kinds`, and for all together; other kinds are not asked for.

    A value that is labelled counts for the kind of its label, whatever Weigh calls it. The host of a URL
    counts only where it is labelled: sets differ in whether they hold hosts beside their URLs.
    """
    weighed: dict[str, str] = {}
    end = 0
    for each in sorted(
        observe(report.document, observer), key=lambda each: (each.span.start, -each.span.end)
    ):
        if each.set_aside != "" or each.kind not in {Kind.INDICATOR, Kind.VULNERABILITY}:
            continue
        if each.span.end > end or plain(each.value) in report.labels:
            kind = "cve" if each.kind is Kind.VULNERABILITY else each.subtype
            weighed.setdefault(plain(each.value), kind)
        end = max(end, each.span.end)
    tally: dict[str, list[int]] = {kind: [0, 0, 0] for kind in kinds}
    for value, kind in weighed.items():
        labelled, right = report.labels.get(value, (kind, False))
        if labelled in tally:
            tally[labelled][0 if right else 1] += 1
    for value, (kind, right) in report.labels.items():
        if kind in tally:
            tally[kind][2] += right and value not in weighed
    total = np.sum([*tally.values(), [0, 0, 0]], axis=0)
    return {kind: (right, wrong, missed) for kind, (right, wrong, missed) in tally.items()} | {
        _ALL: (int(total[0]), int(total[1]), int(total[2]))
    }


def precision(counts: Counts) -> float:
    """Share of what was found that is right; 1 where nothing was found."""
    right, wrong, _ = counts
    return right / (right + wrong) if right + wrong > 0 else 1.0


def recall(counts: Counts) -> float:
    """Share of the indicators that were found; 1 where there are none."""
    right, _, missed = counts
    return right / (right + missed) if right + missed > 0 else 1.0


def f1(counts: Counts) -> float:
    """2 x right / (2 x right + wrong + missed); 1 where there is nothing to find and nothing was found."""
    right, wrong, missed = counts
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed > 0 else 1.0


def interval(counts: Sequence[Counts], statistic: Callable[[Counts], float]) -> tuple[float, float]:
    """95 % interval of a statistic of summed counts, by resampling documents."""
    table = np.array(counts)
    return resampled(len(table), lambda units: statistic(_summed(table[units].tolist())), _DRAWS)


def _summed(counts: Sequence[Counts]) -> Counts:
    right, wrong, missed = (sum(each[place] for each in counts) for place in range(3))
    return right, wrong, missed


def _rows(kind: str, counts: Sequence[Counts], seconds: float, data: str) -> Iterator[Row]:
    total = _summed(counts)
    statistics: dict[str, Callable[[Counts], float]] = {"F1": f1, "precision": precision, "recall": recall}
    for name, statistic in statistics.items():
        low, high = interval(counts, statistic)
        yield Row(
            bench="indicators",
            metric=f"{name}, {kind} ({total[0]} right, {total[1]} wrong, {total[2]} missed)",
            value=statistic(total),
            low=low,
            high=high,
            n=len(counts),
            bar=BAR if kind == _ALL and name == "F1" else None,
            seconds=seconds,
            command=COMMAND,
            data=data,
        )


def _is_report(entry: object) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("indicators"), dict):
        return False
    return all(
        isinstance(each, dict) and {"type", "label"} <= each.keys() for each in entry["indicators"].values()
    )


def _document(name: str, text: object, file: Path) -> Document | None:
    """A report's text from the labelled file, or from a file of its name; None where neither is there."""
    if isinstance(text, str):
        return readers.read_bytes(text.encode(), f"{name}.txt")
    folders = [file.parent, *sorted(path for path in file.parent.iterdir() if path.is_dir())]
    for path in (folder / f"{Path(name).name}{ending}" for folder in folders for ending in _ENDINGS):
        if path.is_file() and path != file:
            try:
                return readers.read_bytes(path.read_bytes(), path.name)
            except ReadingError:
                continue
    return None
