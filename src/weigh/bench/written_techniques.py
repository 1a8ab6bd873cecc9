"""Techniques whose id or name stands in a sentence, as further evidence beside what the sentence describes.

How far a written id or a name tells what annotators mark is a habit of theirs: those of AnnoCTR mark nearly
every technique that is named, those of TRAM2 leave tables of ids unmarked. Two weights, the same for all
techniques, are fitted on a training half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from weigh.compiling.annotations import closed
from weigh.evidence import technique_names, written_ids
from weigh.evidence.layout import lay_out
from weigh.evidence.taught_model import corrected, odds
from weigh.evidence.text_model import Bools, Floats
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Kind

_WORTH_ASKING = -4.0


@dataclass(frozen=True, slots=True)
class Heed:
    """What to add to the log odds of a technique whose id, or whose name, stands in the sentence."""

    by_id: float
    by_name: float

    def applied(self, believed: Floats, written: tuple[Floats, Floats]) -> Floats:
        """Beliefs (n, names) with what is written (as from `written`)."""
        return corrected(believed, self.by_id * written[0] + self.by_name * written[1])


def written(sentences: Sequence[str], names: Sequence[str], catalogue: Catalogue) -> tuple[Floats, Floats]:
    """How surely each of `names` stands in each sentence by its id, and by its name: two arrays (n, names).

    A technique counts as in `closed`; sureness is the extractor's own probability.
    """
    known = [technique.id for technique in catalogue.techniques]
    place = dict(zip(known, closed(known, names).tolist(), strict=True))
    found = []
    for prepare in (written_ids.prepare, technique_names.prepare):
        extract = prepare(catalogue)
        sure = np.zeros((len(sentences), len(names)), np.float32)
        for row, text in enumerate(sentences):
            for finding in extract(lay_out(Document("", text, "text", ""))):
                column = place.get(finding.value, -1) if finding.kind is Kind.TECHNIQUE else -1
                if column >= 0:
                    sure[row, column] = max(sure[row, column], finding.probability)
        found.append(sure)
    return found[0], found[1]


def heed(believed: Floats, written_there: tuple[Floats, Floats], marked: Bools) -> Heed:
    """The weights that annotated sentences ask for, all arrays (n, names).

    A logistic regression on the log odds of `believed` and on what is written, over the pairs of sentence and
    technique that are believed at all or written. Without both marked and unmarked pairs nothing is heeded.
    """
    from sklearn.linear_model import LogisticRegression

    log_odds = odds(believed)
    asked = (log_odds > _WORTH_ASKING) | (written_there[0] > 0) | (written_there[1] > 0)
    truth = marked[asked]
    if truth.all() or not truth.any():
        return Heed(0.0, 0.0)
    model = LogisticRegression(C=1e3, max_iter=1000)
    model.fit(np.stack([log_odds[asked], *(sure[asked] for sure in written_there)], axis=1), truth)
    return Heed(float(model.coef_[0, 1]), float(model.coef_[0, 2]))
