"""Stage 5: statements of quotations → canonical quotes with their variants."""

from quotes.normaliser.model import (
    Cluster,
    Judgement,
    Member,
    Rendering,
    RenderingStore,
    Update,
)

__all__ = ["Cluster", "Judgement", "Member", "Rendering", "RenderingStore", "Update"]
