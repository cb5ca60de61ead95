"""ZIP and tar archives and single compressed files: each file in them is read as what it is."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from quotes.articles.bounded import bounded, damaged, member, open_zip
from quotes.articles.draft import Found, Reading
from quotes.articles.metadata import printable
from quotes.articles.source import Source

_UNPACK: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".tgz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}


def read_zip(source: Source, reading: Reading) -> Iterator[Found]:
    """Yield the files in a ZIP archive."""
    yield from _members(source, reading, "")


def read_wacz(source: Source, reading: Reading) -> Iterator[Found]:
    """Yield the crawls in a ``.wacz``, without the indexes beside them."""
    yield from _members(source, reading, "archive/")


def _members(source: Source, reading: Reading, folder: str) -> Iterator[Found]:
    with source.open() as stream, open_zip(stream, source.name) as archive:
        for info in archive.infolist():
            if not info.filename.startswith(folder):
                continue
            name = f"{source.name}/{printable(info.filename)}"
            if info.is_dir() or _is_hidden(info.filename, name, reading):
                continue

            @contextmanager
            def opened(info: object = info, name: str = name) -> Iterator[BinaryIO]:
                with member(archive, info, name) as stream:  # type: ignore[arg-type]
                    yield stream

            yield Source(name, opened, asked=False, depth=source.depth + 1)


def read_tar(source: Source, reading: Reading) -> Iterator[Found]:
    """Yield the files in a tar archive; one that is compressed is unpacked on the disk."""
    with source.open() as stream, _on_disk(stream) as file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as archive:
                for info in archive:
                    name = f"{source.name}/{printable(info.name)}"
                    if not info.isfile() or _is_hidden(info.name, name, reading):
                        continue

                    @contextmanager
                    def opened(info: tarfile.TarInfo = info) -> Iterator[BinaryIO]:
                        with archive.extractfile(info) as stream:  # type: ignore[union-attr]
                            yield stream  # type: ignore[misc]

                    yield Source(name, opened, asked=False, depth=source.depth + 1)
        except tarfile.TarError as error:
            raise damaged(source.name) from error


def read_packed(source: Source, _reading: Reading) -> Iterator[Found]:
    """Yield the file in a ``.gz``, ``.bz2`` or ``.xz``, under its name without that suffix."""
    suffix = source.suffix if source.suffix in _UNPACK else _by_content(source.head())
    inner = source.filename.removesuffix(PurePosixPath(source.filename).suffix)
    inner += ".tar" if source.suffix == ".tgz" else ""

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with source.open() as stream, _UNPACK[suffix](stream) as unpacked:
            yield bounded(unpacked, _size(stream), source.name)

    yield replace(source, open=opened, inner=inner, depth=source.depth + 1)


def _by_content(head: bytes) -> str:
    return ".gz" if head.startswith(b"\x1f\x8b") else ".bz2" if head.startswith(b"BZh") else ".xz"


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _is_hidden(path: str, name: str, reading: Reading) -> bool:
    parts = PurePosixPath(path).parts
    if any(part.startswith(".") for part in parts) or "__MACOSX" in parts:
        reading.account.skip(name, "is hidden")
        return True
    return False


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(getattr(stream, "raw", None), io.FileIO):
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file
