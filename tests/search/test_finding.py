from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quotes.database.engine.sqlite import SqliteReader
from quotes.database.session import Connection, open_reader, open_session
from quotes.search import finding, fulltext, walking
from quotes.search.finding import Place, count_quotes, find_quotes
from quotes.search.query import SearchQuery, Sort
from tests.search.archive import fill

QUOTES = 240

TEXTS = (None, "harbour", "letter", "harbour ferry", "garden OR letter", "river -harbour", "-ferry")
CONDITIONS: tuple[dict[str, object], ...] = (
    {},
    {"speaker": "s1"},
    {"speaker": "s4", "outlet": "o2"},
    {"outlet": "o3"},
    {"since": date(2020, 6, 1)},
    {"until": date(2020, 3, 1)},
    {"outlet": "o1", "since": date(2020, 4, 1), "until": date(2020, 12, 31)},
    {"min_confidence": 0.95},
    {"outlet": "o2", "min_confidence": 0.95},
    {"divergent": True},
    {"disputed": True, "speaker": "s1"},
    {"varied": True},
    {"min_outlets": 2},
)
SORTS: tuple[Sort | None, ...] = (None, "oldest", None, "outlets", "date", None, "confidence", None)


@pytest.fixture
def archive(session: Session, database_url: str) -> Iterator[Connection]:
    fill(session, QUOTES)
    with open_reader(database_url) as connection:
        yield connection


@pytest.mark.parametrize("few", [0, 10**9], ids=["through all", "narrowed"])
@pytest.mark.parametrize(
    ("ranked", "selected"),
    [(0, 20), (10_000, 0), (10_000, 20)],
    ids=["not ranked", "ranked in parts", "ranked"],
)
def test_every_way_finds_the_same_in_the_same_order(
    archive: Connection, monkeypatch: pytest.MonkeyPatch, few: int, ranked: int, selected: int
) -> None:
    """What is found in parts is what one statement over all quotes finds."""
    monkeypatch.setattr(finding, "RANKED", ranked)
    monkeypatch.setattr(finding, "_LOOKED_AT", 10)
    monkeypatch.setattr(finding, "_SELECTED", selected)
    monkeypatch.setattr(walking, "isqrt", lambda _number: few)
    sorts = itertools.cycle(SORTS)
    for conditions, text in itertools.product(CONDITIONS, TEXTS):
        query = SearchQuery(text=text, sort=next(sorts), **conditions)  # type: ignore[arg-type]
        everything = [place.id for place in find_quotes(archive, query)]
        assert count_quotes(archive, query) == len(everything), query
        first = [place.id for place in find_quotes(archive, query.first(7))]
        assert first == everything[:7], query
        page = replace(query, limit=20, offset=20)
        assert [one.id for one in find_quotes(archive, page)] == everything[20:40], query


def test_what_matched_best_is_told(archive: Connection) -> None:
    for place in find_quotes(archive, SearchQuery(text="harbour", limit=10)):
        assert isinstance(place, Place)
        assert place.rendering is not None
    assert {place.rendering for place in find_quotes(archive, SearchQuery(limit=5))} == {None}


@pytest.fixture(scope="module")
def sizes(
    sqlite_template: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Two databases, the second one with four times the quotes of the first."""
    paths = []
    for quotes in (2_000, 8_000):
        path = tmp_path_factory.mktemp("archive") / f"{quotes}.db"
        shutil.copy(sqlite_template("migrated"), path)
        with open_session(str(path)) as session:
            fill(session, quotes)
        paths.append(path)
    return paths


def steps(path: Path, query: SearchQuery) -> int:
    """Return in how many hundreds of instructions SQLite finds quotes."""
    taken = []
    with open_reader(str(path)) as connection:
        assert isinstance(connection, SqliteReader)
        connection.raw.set_progress_handler(lambda: taken.append(1), 100)
        assert find_quotes(connection, query)
    return len(taken)


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"sort": "oldest"},
        {"text": "harbour"},
        {"text": "harbour -garden"},
        {"text": "harbour", "speaker": "s1"},
        {"text": "harbour", "outlet": "o2"},
        {"speaker": "s1"},
        {"speaker": "s3"},
        {"speaker": "s1", "sort": "oldest"},
        {"outlet": "o2"},
        {"outlet": "o2", "speaker": "s1"},
        {"since": date(2020, 6, 1)},
        {"until": date(2020, 6, 1)},
        {"min_confidence": 0.95},
        {"divergent": True},
        {"disputed": True},
    ],
    ids=str,
)
def test_a_page_is_as_much_work_in_a_large_archive(
    sizes: list[Path], monkeypatch: pytest.MonkeyPatch, conditions: dict[str, Any]
) -> None:
    monkeypatch.setattr(finding, "RANKED", 100)
    monkeypatch.setattr(fulltext, "_PROBE", 0)  # else what matches is read, which is less work
    monkeypatch.setattr(walking, "_MATCHES", 0)
    small, large = (steps(path, SearchQuery(limit=20, **conditions)) for path in sizes)
    assert large < 2 * small + 300  # some more: a day has more articles, a speaker more quotes
