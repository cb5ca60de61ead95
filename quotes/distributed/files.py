"""Folders on a disk, or in a store that pyarrow knows (``s3://``, ``gs://``, ``hdfs://``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from pyarrow import fs

from quotes.errors import QuotesError, UsageError

GOES_ON = "; the same command goes on from there"
"""Ends what is told of a file that cannot be written."""


class Folder:
    """A folder that may not exist yet; names are relative to it, with slashes."""

    def __init__(self, address: str) -> None:
        self.address = address if "://" in address else str(Path(address).resolve())
        try:
            self._system, self._root = fs.FileSystem.from_uri(self.address)
        except (OSError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise UsageError(f"{address}: is no folder that can be reached ({reason})") from error

    def __reduce__(self) -> tuple[Any, ...]:
        return Folder, (self.address,)

    @property
    def uri(self) -> str:
        """The address with its sort, as Spark wants it."""
        return self.address if "://" in self.address else f"file://{self.address}"

    def files(self, name: str = "") -> list[tuple[str, int]]:
        """Return the files below a folder in this one with their sizes, in order of names.

        Those whose name, or whose folder's name, begins with a dot or underscore are left out.
        """
        top = f"{self._root}/{name}".rstrip("/")
        selector = fs.FileSelector(top, recursive=True, allow_not_found=True)
        found = [
            (one.path[len(self._root) + 1 :], one.size)
            for one in self._system.get_file_info(selector)
            if one.type == fs.FileType.File
        ]
        return sorted(one for one in found if not _is_hidden(one[0][len(name) :]))

    def read_json(self, name: str) -> dict[str, Any] | None:
        """Return a file of JSON; None if there is none, or none that is whole."""
        try:
            with self._system.open_input_stream(f"{self._root}/{name}") as stream:
                loaded = json.loads(stream.read())
        except (OSError, ValueError):
            return None
        return loaded if isinstance(loaded, dict) else None

    def write_json(self, name: str, value: Any) -> None:
        """Write a file of JSON, whole or not at all."""
        with self.written(name) as stream:
            stream.write(json.dumps(value, indent=2, sort_keys=True).encode() + b"\n")

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        """Open a file at any place in it."""
        with self._system.open_input_file(f"{self._root}/{name}") as stream:
            yield stream

    @contextmanager
    def written(self, name: str) -> Iterator[Any]:
        """Yield a stream to write to; what is there in the end is called ``name``, or nothing is.

        Raises QuotesError if it cannot be written.
        """
        target = f"{self._root}/{name}"
        folder, _, last = target.rpartition("/")
        part = f"{folder}/.{last}.{uuid4().hex}.part"
        try:
            self._system.create_dir(folder, recursive=True)
            with self._system.open_output_stream(part) as stream:
                yield stream
            self._system.move(part, target)
        except OSError as error:
            raise unwritten(f"{self.address}/{name}", error) from error
        finally:
            with suppress(OSError):
                self._system.delete_file(part)

    def remove(self, name: str) -> None:
        """Remove a folder with all that is in it, if it is there."""
        with suppress(FileNotFoundError, NotADirectoryError):
            self._system.delete_dir(f"{self._root}/{name}".rstrip("/"))

    def sweep(self, name: str) -> None:
        """Remove what killed processes left half-written in a folder, and Java's checksums."""
        selector = fs.FileSelector(f"{self._root}/{name}", recursive=True, allow_not_found=True)
        for one in self._system.get_file_info(selector):
            if one.base_name.startswith(".") and one.base_name.endswith((".part", ".crc")):
                self._system.delete_file(one.path)


def unwritten(name: str, error: OSError) -> QuotesError:
    """Return what to tell where a file cannot be written."""
    reason = error.strerror or str(error).partition("\n")[0]
    return QuotesError(f"{name}: cannot be written: {reason}{GOES_ON}")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "_")) for part in name.split("/"))
