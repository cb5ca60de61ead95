"""Counts and dates in words, as the command line and the pages show them."""

from __future__ import annotations

from datetime import date


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 quote``, ``1,200 quotes``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def days(first: date | None, last: date | None) -> str | None:
    """Return one day, or a first and a last one; None where none is known."""
    if first is None or last is None:
        return None
    return str(first) if first == last else f"{first} to {last}"
