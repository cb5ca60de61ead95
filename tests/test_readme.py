"""The session in ``README.md``: what it shows is what the program prints."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sessions import play

ROOT = Path(__file__).parents[1]


def test_the_session_is_what_the_program_prints(
    tmp_path: Path, sqlite_template: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = shutil.copy(sqlite_template("seeded"), tmp_path / "quotes.db")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    play(ROOT / "README.md", database)
