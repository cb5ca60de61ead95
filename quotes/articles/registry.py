"""The formats: which reader takes files of which suffix. A new format is one line here."""

from __future__ import annotations

from quotes.articles import jsonl, plain, table, webpage
from quotes.articles.draft import Reader

READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".html": webpage.read,
    ".htm": webpage.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": table.read,
    ".tsv": table.read,
}
"""Suffix in lower case → reader."""

TABLES = frozenset((".jsonl", ".ndjson", ".csv", ".tsv"))
"""Suffixes of files that hold many articles."""
