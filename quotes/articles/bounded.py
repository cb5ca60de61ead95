"""Compressed bytes unpacked within bounds: bombs, damage and passwords end in one clear line."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from quotes.errors import ArticleError

FREE = 100_000_000
"""Bytes that may come out of any compressed file, however small it is."""
HIGHEST_RATIO = 200
"""Times its own size that a larger one may unpack to; texts reach about 20."""
MOST_MEMBERS = 200_000
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError, ValueError)
_MAX_IN_MEMORY = 500_000_000


class _Bounded(io.RawIOBase):
    """Passes bytes on, counts them, and tells errors in plain words."""

    def __init__(self, inner: IO[bytes], packed: int, name: str) -> None:
        self._inner = inner
        self._most = max(FREE, HIGHEST_RATIO * packed)
        self._name = name
        self._count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            # One piece at a time: what stands before a damage is passed on.
            chunk = self._inner.read1(len(buffer))  # type: ignore[attr-defined]
        except RuntimeError as error:  # of zipfile
            raise ArticleError(self._name, "has a password: unpack it first") from error
        except _DAMAGE as error:
            raise damaged(self._name) from error
        self._count += len(chunk)
        if self._count > self._most:
            problem = f"unpacks to more than {self._most // 1_000_000:,} MB: unpack it yourself"
            raise ArticleError(self._name, problem)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._count = 0
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()


def bounded(inner: IO[bytes], packed: int, name: str) -> BinaryIO:
    """Return a stream of unpacked bytes; ``packed`` is the number of bytes that they take.

    Reading from it raises ArticleError for bombs, damage and passwords.
    """
    return io.BufferedReader(_Bounded(inner, packed, name), buffer_size=1 << 16)


@contextmanager
def open_zip(stream: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive; raises ArticleError if it is none, or has too many members."""
    try:
        archive = zipfile.ZipFile(seekable(stream, name))
    except _DAMAGE as error:
        raise damaged(name) from error
    with archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise ArticleError(name, f"holds more than {MOST_MEMBERS:,} files: unpack it yourself")
        yield archive


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> BinaryIO:
    """Open a member of a ZIP archive; raises ArticleError where that is not possible."""
    if info.flag_bits & 1:
        raise ArticleError(name, "has a password: unpack it first")
    try:
        return bounded(archive.open(info), info.compress_size, name)
    except (*_DAMAGE, NotImplementedError) as error:
        raise damaged(name) from error


def check_zip(archive: zipfile.ZipFile, name: str) -> None:
    """Raise ArticleError if a document that is a ZIP archive would unpack to too much."""
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise ArticleError(name, "has a password: save it without one")
        if info.file_size > max(FREE, HIGHEST_RATIO * info.compress_size):
            raise ArticleError(name, "unpacks to far more than a document does: save it again")


def seekable(stream: BinaryIO, name: str) -> BinaryIO:
    """Return a stream that one can go back in cheaply: files as they are, others in memory."""
    if isinstance(getattr(stream, "raw", None), io.FileIO):
        return stream
    raw = stream.read(_MAX_IN_MEMORY + 1)
    if len(raw) > _MAX_IN_MEMORY:
        raise ArticleError(name, "is too large to be read inside another archive: unpack it")
    return io.BytesIO(raw)


def damaged(name: str) -> ArticleError:
    """Return the error for what cannot be unpacked."""
    return ArticleError(name, "is damaged or cut off: get it again")
