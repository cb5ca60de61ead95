"""The accuracy gate without labelled articles, and its floors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = json.loads((ROOT / "tests" / "accuracy_floors.json").read_text(encoding="utf-8"))


def test_without_labelled_articles_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "gate.py", tmp_path],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"no labelled articles in {tmp_path}/corpora: accuracy was not measured\n"


def test_the_readme_has_a_place_for_the_summary() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for mark in ("<!-- accuracy: written by `make eval` -->\n", "<!-- end of accuracy -->\n"):
        assert readme.count(mark) == 1


def test_floors_are_shares_of_known_tasks() -> None:
    assert {name.split()[1] for name in FLOORS} == {"speakers", "mentions", "merging", "semantic"}
    for figures in FLOORS.values():
        assert all(0.5 < floor <= 1 for floor in figures.values())
