"""`weigh bench claims-folds`: the fitted reader on annotated texts that it was not fitted on, fold by fold.

The rules had seen none of these texts either, so that the rows of rules alone are of new texts, too. Texts
of one writer fall into different folds: on texts of a new kind both fare worse. Texts of one or two sentences
were made from templates, several from each, and rules were written on them: they are fitted on, not scored.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from weigh.bench.claim_fit import ANNOTATIONS, Labelled, twice_fitted
from weigh.bench.claim_names import canonical
from weigh.bench.claim_sets import GoldDocument, annotated_part, gold_documents, pairing
from weigh.bench.claims import beside, empty_row, rows
from weigh.bench.data import Context
from weigh.bench.rows import Missing, Row
from weigh.claims.reading import build
from weigh.compiling import cache as compiled
from weigh.records import Document

BENCH = "claims-folds"
FOLDS = 3
_MADE = "one or two sentences"
"""The kind of the texts that are not scored."""

Text = tuple[GoldDocument, Document]


def run(context: Context) -> Iterator[Row | Missing]:
    """Figures over all folds, beside those of rules alone on the same texts."""
    knowledge = compiled.ready(compiled.cache_folder(), context.tell, lambda line: context.tell(line, 0.0))
    rules = build(knowledge.catalogue, fitted=False)
    texts: list[Text] = []
    for item in gold_documents(ANNOTATIONS[0]):
        document = annotated_part(item, BENCH, context)
        if isinstance(document, Missing):
            yield document
            return
        texts.append((item, document))
    start = time.perf_counter()
    context.tell("reading by rules", 0.1)
    same = canonical(knowledge.catalogue, rules)
    scored = [place for place, (item, _) in enumerate(texts) if item.kind != _MADE]
    alone = [pairing(*texts[place], rules, same) for place in scored]
    labelled = [Labelled(rules.story(document), item.claims) for item, document in texts]
    found = []
    for fold in range(FOLDS):
        context.tell(f"fitting fold {fold + 1} of {FOLDS}", 0.2 + 0.8 * fold / FOLDS)
        apart = set(scored[fold::FOLDS])
        others = [one for place, one in enumerate(labelled) if place not in apart]
        reader = replace(rules, model=twice_fitted(others, same, ""))
        found += [pairing(*texts[place], reader, same) for place in sorted(apart)]
    empty = empty_row(BENCH, f"{len(scored)} annotated texts, in {FOLDS} folds", start)
    yield from beside(rows(found, empty, {}), rows(alone, empty, {}))
