"""Learned weights that ship with the program: plain JSON, read after its checksum was verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from quotes.errors import ModelError

Model = TypeVar("Model")


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
