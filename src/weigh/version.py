"""Which Weigh this is: every result carries it."""

from __future__ import annotations

__version__ = "0.1.0"
