"""Stage 5: statements of quotations → canonical quotes with their variants."""

from quotes.normaliser.canonical import DiffOp, diff
from quotes.normaliser.fold import fold
from quotes.normaliser.keys import sought_keys, stored_keys
from quotes.normaliser.model import (
    Cluster,
    Judgement,
    Member,
    Rendering,
    RenderingStore,
    Update,
)
from quotes.normaliser.normalise import add, normalise
from quotes.normaliser.statements import split_statements

__all__ = [
    "Cluster",
    "DiffOp",
    "Judgement",
    "Member",
    "Rendering",
    "RenderingStore",
    "Update",
    "add",
    "diff",
    "fold",
    "normalise",
    "sought_keys",
    "split_statements",
    "stored_keys",
]
