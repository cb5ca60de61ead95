"""Stages of a batch: a folder each, and a manifest that says with what it was finished."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes.distributed.files import Folder
from quotes.distributed.schema import digest
from quotes.errors import QuotesError

MANIFESTS = "_stages"


class Stages:
    """The stages of a batch in a folder.

    A stage is finished with a key, which tells all that its outcome follows from; with another key
    it has to be done anew.
    """

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def finished(self, name: str, key: str) -> dict[str, Any] | None:
        """Return what the manifest of a stage says; None if it is not finished with this key."""
        found = self.manifest(name)
        return found if found and found["key"] == key else None

    def manifest(self, name: str) -> dict[str, Any] | None:
        """Return what the manifest of a stage says, whatever its key; None if there is none."""
        return self.folder.read_json(f"{MANIFESTS}/{name}.json")

    def finish(self, name: str, key: str, **facts: Any) -> dict[str, Any]:
        """Write that a stage is finished; return its manifest.

        What a program that was killed while it did this left half-written is removed.
        """
        found = {"stage": name, "key": key, **facts}
        self.folder.sweep(MANIFESTS)
        self.folder.write_json(f"{MANIFESTS}/{name}.json", found)
        return found


def key_of(*parts: object) -> str:
    """Return the key of a stage whose outcome follows from these."""
    return digest(*(repr(part) for part in parts))


@contextmanager
def alone_in(folder: Folder) -> Iterator[None]:
    """Hold a folder on a disk, so that no other program writes to it.

    Raises QuotesError if one does. A store such as ``s3://`` is not held.
    """
    if "://" in folder.address:
        yield
        return
    path = Path(folder.address)
    try:
        path.mkdir(parents=True, exist_ok=True)
        stream = (path / "_lock").open("w")
    except OSError as error:
        raise QuotesError(f"{path}: cannot be written: {error.strerror or error}") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            problem = "another `quotes batch` is at work here: wait for it"
            raise QuotesError(f"{path}: {problem}") from error
        yield
