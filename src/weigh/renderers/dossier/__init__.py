"""The dossier: an assessment as one self-contained HTML page, for screens, paper and screen readers."""

from __future__ import annotations

from weigh.assessment.document import Assessment
from weigh.renderers.dossier.page import write
from weigh.renderers.dossier.view import view
from weigh.renderers.release import released
from weigh.stakes.payoffs import Payoffs


def render(
    assessment: Assessment, *, tlp: str = "", redact: bool = False, payoffs: Payoffs | None = None
) -> str:
    """The page as text, the same bytes for the same assessment.

    `tlp` takes the place of the assessment's own label, and a redacted page leaves out what any
    redacted export does (see `renderers.release`). The page fetches nothing, runs no script, and shows
    every text escaped and every address defanged. Raises UsageError for a label that TLP 2.0 does not
    have, CaseError for an assessment without hypotheses.
    """
    return write(view(released(assessment, tlp=tlp, redact=redact), redact=redact, payoffs=payoffs))
