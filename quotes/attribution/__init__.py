"""Stage 3: which words of the article name the source of each quotation, and why."""

from quotes.attribution.attributor import Attributor

__all__ = ["Attributor"]
