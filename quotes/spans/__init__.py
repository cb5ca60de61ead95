"""Stage 2: an article's text to the quotations in it (marks, pairing, paragraphs, kinds)."""

from quotes.spans.finder import find_quotations

__all__ = ["find_quotations"]
