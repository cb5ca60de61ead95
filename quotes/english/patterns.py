"""Regular expressions out of lists of words."""

from __future__ import annotations

import re


def alternatives(some: frozenset[str]) -> str:
    """Return a regular expression (not a group) that matches any of some words, longest first."""
    return "|".join(re.escape(word) for word in sorted(some, key=lambda word: (-len(word), word)))
