"""Who says what about responsibility: each claim with its speaker, its words, and its place."""

from weigh.claims.knowing import party
from weigh.claims.loaded import loaded_words
from weigh.claims.reading import ClaimReader, Reading, build, read_claims

__all__ = ["ClaimReader", "Reading", "build", "loaded_words", "party", "read_claims"]
