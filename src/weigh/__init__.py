"""Weigh: what is said about a cyber operation, what the evidence supports, and how sure anyone can be.

import weigh

with weigh.Case.open("harbour.weigh") as case:
    case.read("advisory.pdf", "statements/")
    assessment = case.assess()
print(assessment.hypotheses[0].name, assessment.hypotheses[0].probability)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weigh.version import __version__

__all__ = ["Case", "Described", "Suppositions", "WeighError", "Workbench", "__version__"]

if TYPE_CHECKING:
    from weigh.api import Case, Described, Workbench
    from weigh.assessment.suppositions import Suppositions
    from weigh.errors import WeighError


def __getattr__(name: str) -> Any:
    """The public names, imported on first use so that the command line starts fast."""
    import importlib  # needed on first use only

    if name in {"Case", "Described", "Workbench"}:
        return getattr(importlib.import_module("weigh.api"), name)
    if name == "Suppositions":
        return importlib.import_module("weigh.assessment.suppositions").Suppositions
    if name == "WeighError":
        return importlib.import_module("weigh.errors").WeighError
    raise AttributeError(f"module 'weigh' has no attribute {name!r}")
