"""What a reader reads: a named stream of bytes, wherever the bytes are."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from quotes.articles.decode import open_binary
from quotes.articles.metadata import NOTHING, Metadata

HEAD_BYTES = 1 << 16
"""How much of a source is looked at to tell its format."""

_QUERY = re.compile(r"(\.\w{2,5})\?[^/]*$")  # "index.html?id=5", as programs save pages


@dataclass(frozen=True, slots=True)
class Source:
    """A named stream of bytes: a file, standard input, a member of an archive, a fetched page.

    ``name`` is what the user knows it by (``dump.zip/a.csv``), ``open`` begins anew each time.
    ``path`` is the file on the disk, None for what is not one itself. ``known`` are facts that the
    archive or the server states. ``asked`` is False for what was only found in a folder or archive
    that the user named; ``depth`` counts the archives around it. ``inner`` is the
    name of the file itself where ``name`` has the suffix of what it is packed in, ``charset`` the
    encoding that a server stated.
    """

    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    path: Path | None = None
    known: Metadata = NOTHING
    asked: bool = True
    depth: int = 0
    inner: str = ""
    charset: str | None = None

    @property
    def filename(self) -> str:
        """The last part of the name, without the query of an address."""
        return _QUERY.sub(r"\1", self.inner or PurePosixPath(self.name).name)

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case, with its dot."""
        return PurePosixPath(self.filename).suffix.lower()

    def head(self) -> bytes:
        """Return the first bytes; raises ArticleError where the source cannot be read."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


def file_source(path: Path, name: str, *, asked: bool = True) -> Source:
    """Return a file on the disk as a source; opening it raises ArticleError where that fails."""
    return Source(name, lambda: open_binary(path, name), path=path, asked=asked)


def bytes_source(name: str, raw: bytes, **more: object) -> Source:
    """Return bytes in memory as a source; ``more`` are its other fields."""

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield io.BytesIO(raw)

    return Source(name, opened, **more)  # type: ignore[arg-type]
