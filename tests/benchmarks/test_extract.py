"""The benchmark of extraction runs without labelled articles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from extract import read
from scaling import Speed, spread

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "extract.py"


def test_without_labelled_articles_the_samples_are_taken(tmp_path: Path) -> None:
    small = ("--words", "1", "--rounds", "1", "--enough", "30")
    done = subprocess.run(
        [sys.executable, SCRIPT, "--polnear", tmp_path, *small],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert f"no labelled articles in {tmp_path}: accuracy is not measured" in done.stdout
    for line in ("nlp.pipe ", "quotes / nlp.pipe: ", "--jobs 2 / --jobs 1: "):
        assert f"\n{line}" in done.stdout


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no articles"):
        read(tmp_path)


def test_waiting_for_a_processor_does_not_count() -> None:
    # Two processes that ran half of the time each, and else waited, would do twice as much.
    assert Speed(words=100.0, ready=1.0, ran=1.0, waited=1.0).alone == 200.0
    assert Speed(words=100.0, ready=1.0, ran=2.0, waited=0.0).alone == 100.0


def test_the_median_of_the_ratios_is_told() -> None:
    assert spread([3.0, 1.0, 1.5]) == "1.50 times as fast (median of 3, from 1.00 to 3.00)"
