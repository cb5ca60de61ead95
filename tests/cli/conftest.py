from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Quotes, run, write_articles


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with the three articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return write_articles(folder)


@pytest.fixture
def quotes(tmp_path: Path) -> Quotes:
    """Run the program on a SQLite file that does not exist yet."""
    return lambda *arguments, **options: run(tmp_path / "new.db", *arguments, **options)


@pytest.fixture
def seeded(sqlite_template: Callable[[str], Path], tmp_path: Path) -> Quotes:
    """Run the program on a SQLite file without articles."""
    return _on_copy(sqlite_template("seeded"), tmp_path / "seeded.db")


@pytest.fixture(scope="session")
def stocked_file(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Callable[[str], Path]
) -> Path:
    folder = tmp_path_factory.mktemp("stocked")
    database = folder / "stocked.db"
    shutil.copy(sqlite_template("seeded"), database)
    (folder / "articles").mkdir()
    done = run(database, "ingest", write_articles(folder / "articles"))
    assert done.status == 0, done.err
    return database


@pytest.fixture
def stocked(stocked_file: Path, tmp_path: Path) -> Quotes:
    """Run the program on a copy of a SQLite file with the three articles."""
    return _on_copy(stocked_file, tmp_path / "stocked.db")


def _on_copy(file: Path, database: Path) -> Quotes:
    shutil.copy(file, database)
    return lambda *arguments, **options: run(database, *arguments, **options)
