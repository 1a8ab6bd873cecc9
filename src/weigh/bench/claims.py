"""`weigh bench claims`: who says what, against texts that were annotated whole and a list of known claims.

How claims are paired is said in `claim_pairs`. Intervals resample documents with all their claims.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from weigh import claims
from weigh.bench.claim_names import Canonical, canonical
from weigh.bench.claim_pairs import (
    ALL,
    COUNTED,
    FOUND,
    SHARES,
    STATISTICS,
    WORDS,
    Counted,
    Counts,
    Gold,
    Pairing,
    Statistic,
    f1,
    interval,
    paired,
    recall,
    roots,
    same_stance,
)
from weigh.bench.claim_sets import CORPUS, REMEDY, pairings, read_document
from weigh.bench.data import Context, lacking
from weigh.bench.rows import Missing, Row
from weigh.claims.issuers import name_layout
from weigh.claims.language import language_name
from weigh.claims.learned.recall import roots as roots_of
from weigh.claims.parties import named
from weigh.compiling import cache as compiled
from weigh.records import Claim, Document, Stance

DEVELOPMENT = {
    "claims_gold.json": "documents of the corpus, on which rules were written",
    "claims_written.json": "invented texts, on which rules were written",
}
KEPT_APART = {
    "claims_kept_apart.json": "documents of the corpus, kept apart",
    "claims_written_apart.json": "invented texts, kept apart",
}
"""Files of annotations, and what their texts are. Those kept apart are scored when they are named only."""
LISTED = "corpus/claims_gold.jsonl"
BARS: dict[str, dict[tuple[str, str], float]] = {
    "claims_gold.json": {(ALL, "F1"): 0.75},
    "claims_kept_apart.json": {(FOUND, "recall"): 0.80, (ALL, "recall"): 0.65},
    "claims_written_apart.json": {(ALL, "F1"): 0.65},
}
"""What is to be reached, by file, what is counted, and statistic."""

RULES_ALONE = "rules alone"

_FEWEST = 5
"""A stance with fewer annotated claims is left out of the mean over stances."""
_CONFUSIONS = 6
_ANSWERS = frozenset({Stance.DENY, Stance.DOUBT, Stance.COUNTER_ACCUSE, Stance.URGE, Stance.THREATEN})
_SIDES: dict[str, Callable[[Gold], bool]] = {
    "those who accuse, find or endorse": lambda one: one.stance not in _ANSWERS,
    "those who deny, doubt or answer": lambda one: one.stance in _ANSWERS,
}
_LISTED_METRICS = (
    "found: recall",
    "found with its stance: recall",
    "speaker: share of pairs that agree",
    "accused: share of pairs that agree",
)
_ENDORSE = {"support": "endorse"}


class Listed(msgspec.Struct, frozen=True):
    """A line of the list of known claims: the quotation and what an annotator wrote about it."""

    doc: str
    quote: str
    stance: str
    speaker: str | None = None
    accused: str | None = None


def run(context: Context) -> Iterator[Row | Missing]:
    """Figures on the texts that rules were written on, and recall on the list of known claims."""
    reader, same = _reader(context)
    for name, told in DEVELOPMENT.items():
        yield from _scored("claims", name, told, context, reader, same)
    if context.path(LISTED) is None:
        yield lacking("claims", context, LISTED, REMEDY)
    else:
        context.tell("reading the listed claims", 0.7)
        yield from _listed_rows(context, reader)


def run_test(context: Context) -> Iterator[Row | Missing]:
    """The same figures on the texts that were kept apart."""
    reader, same = _reader(context)
    for name, told in KEPT_APART.items():
        yield from _scored("claims-test", name, told, context, reader, same)


def _reader(context: Context) -> tuple[claims.ClaimReader, Canonical]:
    knowledge = compiled.ready(compiled.cache_folder(), context.tell, lambda line: context.tell(line, 0.0))
    reader = claims.build(knowledge.catalogue)
    return reader, canonical(knowledge.catalogue, reader)


def _scored(
    bench: str,
    name: str,
    told: str,
    context: Context,
    reader: claims.ClaimReader,
    same: Canonical,
) -> Iterator[Row | Missing]:
    """All rows of one file of annotations."""
    start, found = time.perf_counter(), []
    context.tell(f"reading {told}", 0.4)
    for each in pairings(name, bench, context, reader, same):
        if isinstance(each, Missing):
            yield each
        else:
            found.append(each[1])
    rules = replace(reader, model=None)
    alone = [each[1] for each in pairings(name, bench, context, rules, same) if not isinstance(each, Missing)]
    if len(found) > 0:
        empty = empty_row(bench, f"{len(found)} {told}", start)
        yield from beside(rows(found, empty, BARS.get(name, {})), rows(alone, empty, {}))


def empty_row(bench: str, data: str, start: float) -> Row:
    """A row of this bench that says everything but what was measured."""
    return Row(
        bench=bench,
        metric="",
        value=0.0,
        low=None,
        high=None,
        n=0,
        bar=None,
        direction="max",
        peers={},
        seconds=time.perf_counter() - start,
        command=f"weigh bench {bench}",
        data=data,
    )


def beside(fitted: Iterable[Row], alone: Iterable[Row]) -> Iterator[Row]:
    """The rows of the fitted reader with what rules alone reach, where they have a figure too."""
    values = {row.metric: row.value for row in alone}
    for row in fitted:
        peers = {RULES_ALONE: values[row.metric]} if row.metric in values else {}
        yield replace(row, peers=peers)


def rows(found: Sequence[Pairing], blank: Row, bars: dict[tuple[str, str], float]) -> Iterator[Row]:
    """Every figure on these texts, as `blank` filled in; `bars` by what is counted and statistic."""
    for name, counts in COUNTED.items():
        table = _table(counts, found)
        for metric, statistic in STATISTICS.items():
            n = int(table[:, 1 if metric == "precision" else 2].sum())
            filled = _row(blank, f"{name}: {metric}", table, statistic, n)
            yield replace(filled, bar=bars.get((name, metric)))
    for name, counts in SHARES.items():
        table = _table(counts, found)
        yield _row(blank, f"{name}: share of pairs that agree", table, recall, int(table[:, 2].sum()))
    for name, counts in WORDS.items():
        table = _table(counts, found)
        if table[:, 2].sum() > 0:
            yield _row(blank, f"{name}: F1 on pairs", table, f1, int(table[:, 2].sum()))
    yield from _parts(found, blank)
    yield from _confusions(found, blank)


def _parts(found: Sequence[Pairing], blank: Row) -> Iterator[Row]:
    """Recall by language, by side, and as the mean over stances."""
    for code in sorted({pairing.language for pairing in found}):
        part = [pairing for pairing in found if pairing.language == code]
        table = _table(COUNTED[FOUND], part)
        metric = f"found, in {language_name(code)}: recall"
        yield _row(blank, metric, table, recall, int(table[:, 2].sum()))
    for side, belongs in _SIDES.items():
        table = _table(_among(belongs), found)
        yield _row(blank, f"found, of {side}: recall", table, recall, int(table[:, 2].sum()))
    numbers = Counter(one.stance for pairing in found for one in pairing.gold)
    stances = [stance for stance, number in sorted(numbers.items()) if number >= _FEWEST]
    tables = [
        _table(_among(lambda one, stance=stance: one.stance == stance, same_stance), found).sum(axis=0)  # type: ignore[misc]
        for stance in stances
    ]
    if len(tables) > 0:
        mean = float(np.mean([recall(table) for table in tables]))
        metric = f"found with its stance: mean recall over {len(stances)} stances"
        yield replace(blank, metric=metric, value=mean, n=sum(numbers[stance] for stance in stances))


def _among(
    belongs: Callable[[Gold], bool], right: Callable[[Gold, Claim], bool] = lambda one, read: True
) -> Counts:
    """Recall on the annotated claims that belong; nothing is said of those that were read."""
    return lambda pairing: (
        sum(belongs(one) and right(one, read) for one, read in pairing.pairs),
        0,
        sum(belongs(one) for one in pairing.gold),
    )


def _confusions(found: Sequence[Pairing], blank: Row) -> Iterator[Row]:
    """The stances that are most often read as others."""
    pairs = Counter((one.stance, str(read.stance)) for pairing in found for one, read in pairing.pairs)
    told = Counter(one.stance for pairing in found for one, _ in pairing.pairs)
    wrong = [(pair, number) for pair, number in pairs.most_common() if pair[0] != pair[1]]
    for (one, read), number in wrong[:_CONFUSIONS]:
        share = number / told[one]
        yield replace(blank, metric=f"{one} read as {read}", value=share, n=told[one], direction="min")


def _table(counts: Counts, pairings: Sequence[Pairing]) -> Counted:
    """(documents, 3): right, read and there, a row a document."""
    return np.array([counts(pairing) for pairing in pairings], dtype=float)


def _row(blank: Row, metric: str, table: Counted, statistic: Statistic, n: int) -> Row:
    low, high = interval(table, statistic)
    return replace(blank, metric=metric, value=statistic(table.sum(axis=0)), low=low, high=high, n=n)


def _listed_rows(context: Context, reader: claims.ClaimReader) -> Iterator[Row]:
    """Recall on the list, which is not exhaustive: whether read, with which stance, by and about whom."""
    start = time.perf_counter()
    found = [
        _found(context.folder / CORPUS / name, listed, reader)
        for name, listed in _by_document(context).items()
    ]
    empty = empty_row(
        "claims", f"{LISTED}: {len(found)} documents, not exhaustive, read for the rules", start
    )
    for place, metric in enumerate(_LISTED_METRICS):
        table = np.array([counts[place] for counts in found], dtype=float)
        yield _row(empty, f"listed claims, {metric}", table, recall, int(table[:, 2].sum()))


def _by_document(context: Context) -> dict[str, list[Listed]]:
    rows: dict[str, list[Listed]] = {}
    for line in (context.folder / LISTED).read_bytes().splitlines():
        row = msgspec.json.decode(line, type=Listed)
        rows.setdefault(row.doc, []).append(_in_our_words(row))
    return rows


def _in_our_words(row: Listed) -> Listed:
    """The row with its stance in our words."""
    return msgspec.structs.replace(row, stance=_ENDORSE.get(row.stance, row.stance))


def _found(path: Path, rows: Sequence[Listed], reader: claims.ClaimReader) -> list[tuple[int, int, int]]:
    """(right, read, there) of one document for: found, with its stance, speaker, accused."""
    document = read_document(path)
    gold = [_as_gold(row, document, reader) for row in rows]
    pairs = paired(gold, reader.read(document).claims)
    speaker = [(one, claim) for one, claim in pairs if len(one.speakers) > 0]
    accused = [(one, claim) for one, claim in pairs if len(one.accused) > 0]
    told = sum(roots(one.speakers) <= roots_of(claim.speakers) for one, claim in speaker)
    blamed = sum(roots(one.accused) <= roots_of(claim.accused) for one, claim in accused)
    return [
        (len(pairs), 0, len(gold)),
        (sum(same_stance(*pair) for pair in pairs), 0, len(gold)),
        (told, 0, len(speaker)),
        (blamed, 0, len(accused)),
    ]


def _as_gold(row: Listed, document: Document, reader: claims.ClaimReader) -> Gold:
    """A row with the place of its quotation and the parties that its free words name, where they name one."""
    start = document.text.find(row.quote)
    return Gold(
        start=max(start, 0),
        end=max(start, 0) + (len(row.quote) if start >= 0 else 0),
        stance=row.stance,
        speakers=_party(row.speaker, document, reader),
        accused=_party(row.accused, document, reader),
    )


def _party(words: str | None, document: Document, reader: claims.ClaimReader) -> tuple[str, ...]:
    if words is None:
        return ()
    found = named(words, reader.gazetteer, name_layout(words, document))
    return () if found is None else (found[0].root,)
