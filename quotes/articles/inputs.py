"""From the paths of a command line to the files to read: folders are walked in sorted order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.articles.metadata import printable
from quotes.articles.registry import READERS
from quotes.articles.sidecar import is_sidecar
from quotes.errors import ArticleError

STDIN = "-"
OnError = Callable[[ArticleError], None]


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read (None: standard input) and its name as the user knows it."""

    path: Path | None
    source: str

    @property
    def suffix(self) -> str:
        """The suffix that decides on the reader, in lower case."""
        return self.path.suffix.lower() if self.path else ""


def find_inputs(paths: Sequence[str], on_error: OnError) -> Iterator[Input]:
    """Yield the files behind ``paths``. What cannot be read is reported, and the rest goes on.

    In folders hidden files, sidecars and files of other formats are passed over.
    """
    for given in paths:
        path = Path(given)
        if given == STDIN:
            yield Input(None, STDIN)
        elif os.path.isdir(given):  # noqa: PTH112  (Path.is_dir raises for odd paths)
            yield from _folder(given, on_error)
        elif not os.path.lexists(given):
            on_error(ArticleError(_name(given), "no such file or folder: check the spelling"))
        elif path.suffix.lower() not in READERS:
            problem = f"its format is not known: convert it to one of {' '.join(READERS)}"
            on_error(ArticleError(_name(given), problem))
        else:
            yield Input(path, _name(given))


def _folder(given: str, on_error: OnError) -> Iterator[Input]:
    """Yield the files under a folder; report it if there is nothing to read and no other reason."""
    silent = True

    def report(error: ArticleError) -> None:
        nonlocal silent
        silent = False
        on_error(error)

    for found in _walk(given, report):
        silent = False
        yield found
    if silent:
        problem = f"holds no articles: put files in it that end in {' '.join(READERS)}"
        on_error(ArticleError(_name(given), problem))


def _walk(top: str, on_error: OnError) -> Iterator[Input]:
    """Yield the files under ``top``; a folder that links lead to twice is entered once."""
    waiting = [top.rstrip("/") + "/"]
    entered = set()
    while waiting:
        name = waiting.pop()
        if not name.endswith("/"):
            yield Input(Path(name), _name(name))
            continue
        try:
            status = Path(name).stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            taken = (_take(name, entry) for entry in os.listdir(name))  # noqa: PTH208
            waiting += sorted((found for found in taken if found), reverse=True)
        except OSError as error:
            problem = f"cannot be read ({error.strerror}): check its permissions"
            on_error(ArticleError(_name(name), problem))


def _take(folder: str, entry: str) -> str | None:
    """Return the name of a folder (with a slash) or readable file; None for what is passed over."""
    path = Path(folder, entry)
    if entry.startswith("."):
        return None
    if os.path.isdir(path):  # noqa: PTH112
        return f"{folder}{entry}/"
    return folder + entry if path.suffix.lower() in READERS and not is_sidecar(path) else None


def _name(given: str) -> str:
    """Return a path for people: one line, and no bytes that are no characters."""
    return printable(os.fsencode(given).decode("utf-8", "replace"))
