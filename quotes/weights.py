"""Learned weights that ship with the program, read after their checksums were verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from quotes.errors import ModelError

Model = TypeVar("Model")
CHECKSUMS = "SHA256SUMS"
"""The file that has the checksums of a model of several files, as ``sha256sum`` writes them."""


def read_weights(place: Path, name: str, make: Callable[[dict[str, Any]], Model]) -> Model:
    """Return what ``make`` builds from ``name.json`` in a folder, if ``name.sha256`` fits it.

    Raises ModelError if a file is missing, altered, or not what ``make`` understands.
    """
    path = place / f"{name}.json"
    try:
        content = path.read_bytes()
        wanted = path.with_suffix(".sha256").read_text(encoding="ascii").split()[0]
        if hashlib.sha256(content).hexdigest() != wanted:
            raise ModelError(f"{path}: altered since it was made; reinstall quotes")
        return make(json.loads(content))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelError(f"{path}: cannot be used ({error}); reinstall quotes") from error


def write_weights(place: Path, name: str, data: dict[str, Any]) -> int:
    """Write ``name.json`` and ``name.sha256`` into a folder; return the bytes of the former."""
    content = (json.dumps(data, separators=(",", ":")) + "\n").encode()
    path = place / f"{name}.json"
    path.write_bytes(content)
    checksum = hashlib.sha256(content).hexdigest()
    path.with_suffix(".sha256").write_text(f"{checksum}  {path.name}\n", encoding="ascii")
    return len(content)


def read_files(place: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files of a model of several files by name, if they fit its checksums.

    Raises ModelError if a file is missing or altered.
    """
    try:
        wanted = (place / CHECKSUMS).read_text(encoding="ascii").splitlines()
        files = {name: (place / name).read_bytes() for name in names}
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{place}: cannot be used ({error}); reinstall quotes") from error
    for name, content in files.items():
        if _checksum(name, content) not in wanted:
            raise ModelError(f"{place / name}: altered since it was made; reinstall quotes")
    return files


def write_checksums(place: Path, names: Sequence[str]) -> None:
    """Write the checksums of the files of a model."""
    lines = [_checksum(name, (place / name).read_bytes()) + "\n" for name in names]
    (place / CHECKSUMS).write_text("".join(lines), encoding="ascii")


def _checksum(name: str, content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}  {name}"
