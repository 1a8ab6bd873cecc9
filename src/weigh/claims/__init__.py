"""Who says what about responsibility: each claim with its speaker, its words, and its place."""

from weigh.claims.eurepoc import is_table as is_coded_table
from weigh.claims.knowing import party
from weigh.claims.loaded import loaded_words
from weigh.claims.protocol import Reader
from weigh.claims.reading import ClaimReader, Reading, build, read_claims

__all__ = [
    "ClaimReader",
    "Reader",
    "Reading",
    "build",
    "is_coded_table",
    "loaded_words",
    "party",
    "read_claims",
]
