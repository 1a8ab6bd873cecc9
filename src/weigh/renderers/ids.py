"""UUIDs for what we hand on: the same thing has the same one, on every machine and every time."""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec

from weigh.assessment.document import Assessment

NAMESPACE = UUID("3f1d7c0e-5a4b-5d0c-9a86-2f7be1c40d61")
"""Of all UUIDs made here; fixed for good."""


def stable_uuid(*parts: str) -> UUID:
    """UUIDv5 over the parts as JSON."""
    return uuid5(NAMESPACE, msgspec.json.encode(parts).decode(errors="replace"))


def seed_of(assessment: Assessment, *, redact: bool) -> str:
    """What tells one export from another: the assessment, its marking, and whether it is redacted."""
    return msgspec.json.encode((assessment.id, assessment.tlp, redact)).decode()
