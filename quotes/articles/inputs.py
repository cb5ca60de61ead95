"""From the paths of a command line to the sources to read: folders are walked in sorted order."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import BinaryIO

from quotes.articles.decode import read_limited
from quotes.articles.metadata import printable
from quotes.articles.sidecar import is_sidecar
from quotes.articles.source import Source, file_source
from quotes.errors import ArticleError

STDIN = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_STREAM = 500_000_000
OnError = Callable[[ArticleError], None]
OnSkip = Callable[[str, str], None]


def find_inputs(given: str, on_error: OnError, on_skip: OnSkip) -> Iterator[Source]:
    """Yield the sources behind a path. What cannot be read is reported, and the rest goes on.

    In folders hidden files are skipped (``on_skip`` hears of them with the reason), and sidecars.
    """
    if given == STDIN:
        yield _stdin()
    elif os.path.isdir(given):  # noqa: PTH112  (Path.is_dir raises for odd paths)
        yield from _walk(given, on_error, on_skip)
    elif not os.path.lexists(given):
        on_error(ArticleError(path_name(given), "no such file or folder: check the spelling"))
    else:
        yield file_source(Path(given), path_name(given))


def is_address(given: str) -> bool:
    """Whether what somebody typed is an address of the web, not a path."""
    return bool(_ADDRESS.match(given))


def _stdin() -> Source:
    """Return standard input, read once and only when it is opened."""
    read = cache(lambda: read_limited(sys.stdin.buffer, STDIN, _LONGEST_STREAM))

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield io.BytesIO(read())

    return Source(STDIN, opened)


def matches(source: Source, patterns: tuple[str, ...]) -> bool:
    """Whether the name of a source fits one of the patterns (``*.txt``); without any, all do."""
    name = source.filename.casefold()
    return not patterns or any(fnmatchcase(name, pattern.casefold()) for pattern in patterns)


def path_name(given: str) -> str:
    """Return a path for people: one line, and no bytes that are no characters."""
    return printable(os.fsencode(given).decode("utf-8", "replace"))


def _walk(top: str, on_error: OnError, on_skip: OnSkip) -> Iterator[Source]:
    """Yield the files under ``top``; a folder that links lead to twice is entered once."""
    waiting = [top.rstrip("/") + "/"]
    entered = set()
    while waiting:
        name = waiting.pop()
        if not name.endswith("/"):
            yield file_source(Path(name), path_name(name), asked=False)
            continue
        try:
            status = Path(name).stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            found = sorted(_entries(name, os.listdir(name), on_skip), reverse=True)  # noqa: PTH208
            waiting += found
        except OSError as error:
            problem = f"cannot be read ({error.strerror}): check its permissions"
            on_error(ArticleError(path_name(name), problem))


def _entries(folder: str, entries: list[str], on_skip: OnSkip) -> Iterator[str]:
    """Yield the folders (with a slash) and files of a folder that are to be read."""
    for entry in entries:
        path = Path(folder, entry)
        if entry.startswith("."):
            on_skip(path_name(folder + entry), "is hidden")
        elif os.path.isdir(path):  # noqa: PTH112
            yield f"{folder}{entry}/"
        elif not is_sidecar(path):
            yield folder + entry
