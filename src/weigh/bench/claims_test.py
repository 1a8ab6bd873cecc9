"""`weigh bench claims-test`: recall on the documents that no rule was written on. Run it last."""

from __future__ import annotations

from weigh.bench.claims import run_test as run

__all__ = ["run"]
