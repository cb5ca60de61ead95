"""Files of an export: their format by name, and that they appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from quotes.errors import QuotesError, UsageError

Format = Literal["csv", "jsonl", "jsonld", "xlsx", "parquet", "html"]

SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonld": "jsonld",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".html": "html",
}
"""The format that the end of a file's name says."""

BINARY: frozenset[Format] = frozenset({"xlsx", "parquet"})
"""Formats that are not text, and go to a file alone."""


def format_of(path: Path | None, formats: Collection[Format], given: Format | None) -> Format:
    """Return the format of an export to ``path`` (None: standard output).

    ``given`` is what the user asked for, ``formats`` what there is, the usual one first. Raises
    UsageError if the name of the file says another one, or none that there is.
    """
    named = SUFFIXES.get(path.suffix.lower()) if path else None
    listed = ", ".join(suffix for suffix, form in SUFFIXES.items() if form in formats)
    if given is None and path is not None and named not in formats:
        raise UsageError(f"{path}: its format is not known: give it a name that ends in {listed}")
    if given is not None and named is not None and named != given:
        raise UsageError(f"{path}: is named as {named}, but --format says {given}")
    named = named if given is None else given
    form = next(iter(formats)) if named is None else named
    if path is None and form in BINARY:
        raise UsageError(f"{form} is written to a file: name one with -o")
    return form


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to; what is there in the end is called ``path``, or nothing is.

    Raises QuotesError if it cannot be written.
    """
    target = path.resolve()
    is_device = target.exists() and not target.is_file()
    part = target if is_device else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        if not is_device:
            part.replace(target)
    except OSError as error:
        problem = error.strerror or error
        if not target.parent.is_dir():
            problem = f"there is no folder {path.parent}"
        raise QuotesError(f"{path}: cannot be written: {problem}") from error
    finally:
        if not is_device:
            with suppress(OSError):  # what could not be made cannot be removed either
                part.unlink()
