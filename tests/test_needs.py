"""What is left out of a run, and that the run says so: pytest on a file of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

CONFTEST = """
from tests import needs
from tests.conftest import (
    pytest_collection_modifyitems, pytest_configure, pytest_testnodedown, pytest_unconfigure,
)
needs.NEEDS = {
    "violin": needs.Need("a violin", lambda: False, "fetch violin"),
    "voice": needs.Need("a voice", lambda: True, "sing"),
}
"""
TESTS = """
import pytest

@pytest.mark.violin
@pytest.mark.parametrize("string", "gdae")
def test_violin(string): raise ValueError

@pytest.mark.voice
def test_voice(): pass

def test_silence(): pass
"""


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_music.py").write_text(TESTS)
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\naddopts = --strict-markers")
    environment = {name: value for name, value in os.environ.items() if name != "QUOTES_TEST_ALL"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_cannot_run_is_named_in_the_last_line(tmp_path: Path, processes: str) -> None:
    done = run(tmp_path, "-n", processes)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    assert done.stdout.splitlines()[-1] == "left out: 4 tests need a violin (`fetch violin`)"


def test_nothing_is_said_where_everything_ran(tmp_path: Path) -> None:
    assert "left out" not in run(tmp_path, "-n", "0", "-k", "voice or silence").stdout


def test_a_run_of_all_tests_is_refused_where_some_cannot_run(tmp_path: Path) -> None:
    done = run(tmp_path, "-n", "0", QUOTES_TEST_ALL="1")
    assert done.returncode != 0
    assert "tests cannot run: fetch violin" in done.stdout + done.stderr
