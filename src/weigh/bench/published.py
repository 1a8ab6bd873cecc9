"""What peers say of themselves: figures of their own on another release of the knowledge.

DRAGNET's and OCCAM's own README, on ATT&CK v19.2. They stand beside the rows of the protocol that is
theirs for whoever knows them; cases and knowledge differ, so that no difference of them says which is
better. Their published rules run on the very cases of Weigh as the other peers.
"""

from __future__ import annotations

from collections.abc import Mapping

_RELEASE = "another release (ATT&CK v19.2)"

PUBLISHED: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("leave-report-out", "top-1 of all"): {"DRAGNET, n=637, cases of at least 3 techniques": 0.454},
    ("leave-report-out, cases of at least 3 techniques", "top-1 of all"): {"DRAGNET, n=637": 0.454},
    ("fixed 2022", "top-1 of all"): {"DRAGNET, n=193": 0.207},
    ("open world", "right to decline"): {
        "OCCAM at closed top-1 .299": 0.460,
        "cosine threshold at closed top-1 .299": 0.934,
    },
    ("planted, framed", "the innocent is named"): {"OCCAM": 0.011, "ignoring markers": 0.0},
    ("planted, right", "the true actor named"): {"OCCAM": 0.734, "consistency gate": 0.920},
    ("authentic", "wrongly called a frame-up"): {"OCCAM": 0.186, "consistency gate": 0.230},
    ("mimicry, framed", "the innocent is named"): {"OCCAM": 0.270, "IDF coverage": 0.321},
    ("mimicry, right", "the true actor named"): {"OCCAM": 0.179, "IDF coverage": 0.288},
    ("pooled Brier", "closed, open and planted in equal thirds"): {"OCCAM": 0.214, "naive": 0.160},
}
"""Protocol and beginning of the metric -> who says what of it."""


def published(protocol: str, metric: str) -> dict[str, float]:
    """What peers publish of this statistic of a protocol, by name and release; empty where they do not."""
    return {
        f"{who}, its own figure on {_RELEASE}": value
        for (name, start), figures in PUBLISHED.items()
        if name == protocol and metric.startswith(start)
        for who, value in figures.items()
    }
