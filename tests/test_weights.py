"""The weights that ship with the program: whole, unaltered, and read without surprises."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.attribution.ranker import Ranker
from quotes.errors import ModelError
from quotes.resources import folder
from quotes.spans.score import SpeechModel
from quotes.weights import read_weights, write_weights

SHIPPED: dict[str, Callable[[dict[str, Any]], Any]] = {"ranker": Ranker, "kinds": SpeechModel}
shipped = pytest.mark.parametrize("name", SHIPPED)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in SHIPPED:
        for suffix in ("json", "sha256"):
            shutil.copy(folder("seeds") / f"{name}.{suffix}", tmp_path)
    return tmp_path


@shipped
def test_the_shipped_file_is_the_one_that_was_made(name: str, copy: Path) -> None:
    assert isinstance(read_weights(copy, name, SHIPPED[name]), SHIPPED[name])  # type: ignore[arg-type]


@shipped
def test_an_altered_file_is_refused(name: str, copy: Path) -> None:
    path = copy / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b"0.", b"1.", 1))
    with pytest.raises(ModelError, match=rf"{name}\.json: altered since it was made; reinstall"):
        read_weights(copy, name, SHIPPED[name])


@shipped
@pytest.mark.parametrize("suffix", ["json", "sha256"])
def test_a_missing_file_is_one_clear_error(name: str, suffix: str, copy: Path) -> None:
    (copy / f"{name}.{suffix}").unlink()
    with pytest.raises(ModelError, match=rf"{name}\.json: cannot be used"):
        read_weights(copy, name, SHIPPED[name])


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    write_weights(tmp_path, "kinds", {"bias": 0.0})
    with pytest.raises(ModelError, match=r"kinds\.json: cannot be used"):
        read_weights(tmp_path, "kinds", SpeechModel)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    size = write_weights(tmp_path, "some", {"a": [1, 2.5]})
    assert size == (tmp_path / "some.json").stat().st_size
    assert read_weights(tmp_path, "some", dict) == {"a": [1, 2.5]}
