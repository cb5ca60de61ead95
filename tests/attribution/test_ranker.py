"""The shipped ranker: its file, its checksum, its probabilities."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotes.attribution.candidates import FEATURES
from quotes.attribution.ranker import CHECKSUM, WEIGHTS, Ranker, load_ranker, read_ranker
from quotes.errors import ModelError
from quotes.resources import folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (WEIGHTS, CHECKSUM):
        shutil.copy(folder("seeds") / name, tmp_path)
    return tmp_path


def test_the_shipped_file_is_the_one_that_was_made(copy: Path) -> None:
    assert isinstance(read_ranker(copy), Ranker)


def test_an_altered_file_is_refused(copy: Path) -> None:
    path = copy / WEIGHTS
    path.write_bytes(path.read_bytes().replace(b"0.1", b"0.2", 1))
    with pytest.raises(ModelError, match=r"ranker\.json: altered since it was made; reinstall"):
        read_ranker(copy)


@pytest.mark.parametrize("name", [WEIGHTS, CHECKSUM])
def test_a_missing_file_is_one_clear_error(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=r"ranker\.json: cannot be used"):
        read_ranker(copy)


def test_weights_for_other_features_are_refused() -> None:
    data = json.loads((folder("seeds") / WEIGHTS).read_bytes())
    data["features"] = data["features"][1:]
    with pytest.raises(ValueError, match="other features"):
        Ranker(data)


def test_a_tree_is_walked_as_written() -> None:
    width = len(FEATURES)
    ranker = Ranker(
        {
            "features": list(FEATURES),
            "depth": 2,
            "calibration": [0.0, 1.0, 0.0],
            "trees": [
                {
                    "feature": [0, 0, 1, 0, 0],
                    "threshold": [0.5, 0.0, 0.5, 0.0, 0.0],
                    "left": [1, 1, 3, 3, 4],
                    "right": [2, 1, 4, 3, 4],
                    "value": [0.0, -1.0, 0.0, 2.0, 3.0],
                }
            ],
        }
    )
    rows = [[0.0] * width, [1.0] + [0.0] * (width - 1), [1.0, 1.0] + [0.0] * (width - 2)]
    assert list(ranker.scores(rows)) == [-1.0, 2.0, 3.0]
    probabilities = ranker.probabilities(rows)
    assert probabilities == sorted(probabilities)
    assert sum(probabilities) == pytest.approx(1.0)


def test_a_weak_candidate_alone_is_not_certain() -> None:
    (alone,) = load_ranker().probabilities([[0.0] * len(FEATURES)])
    assert alone < 0.9
