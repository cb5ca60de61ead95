"""What docs/datasette.md says of Datasette and sqlite-utils, with the real ones."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlite_utils
import yaml
from datasette.app import Datasette

from quotes.database.engine.models import Base
from quotes.database.engine.views import views

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "datasette.md").read_text(encoding="utf-8")
METADATA = yaml.safe_load((DOCS / "datasette.yaml").read_text(encoding="utf-8"))
PATIENT = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000}
"""A busy machine may take longer than Datasette waits by default."""


@pytest.fixture
def backend() -> str:
    """These programs read SQLite alone."""
    return "sqlite"


@pytest.fixture
def pages(stocked_url: str) -> Datasette:
    """The four articles of an invented town, served with the metadata of the page."""
    return Datasette([stocked_url], metadata=METADATA, settings=PATIENT)


def get(pages: Datasette, path: str) -> httpx.Response:
    return asyncio.run(pages.client.get(path))


def answer(pages: Datasette, path: str) -> Any:
    response = get(pages, path)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(("words", "count"), [("harbour", 3), ("ferries", 2), ("resume", 1)])
def test_sqlite_utils_finds_renderings(stocked_url: str, words: str, count: int) -> None:
    table = sqlite_utils.Database(stocked_url)["renderings"]
    assert table.detect_fts() == "rendering_search"
    assert len(list(table.search(words))) == count
    command = [sys.executable, "-m", "sqlite_utils", "search", stocked_url, "renderings", words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(json.loads(done.stdout)) == count


@pytest.mark.parametrize("shown", ["renderings", "rendering_list"])
def test_the_full_text_has_a_search_box(pages: Datasette, shown: str) -> None:
    assert 'type="search" name="_search"' in get(pages, f"/quotes/{shown}").text
    found = answer(pages, f"/quotes/{shown}.json?_search=harbour&_shape=array")
    assert len(found) == 3
    assert all("harbour" in row["text"] for row in found)


def test_every_view_and_table_is_explained(pages: Datasette) -> None:
    shown = METADATA["databases"]["quotes"]["tables"]
    assert {view.name for view in views()} | Base.metadata.tables.keys() <= shown.keys()
    for view in views():
        text = get(pages, f"/quotes/{view.name}").text
        assert f"{view.row}." in text
        for column, meaning in view.columns.items():
            assert shown[view.name]["columns"][column] == meaning
        assert f"<dt>{next(iter(view.columns))}</dt>" in text


def test_rows_are_counted_by_facets(pages: Datasette) -> None:
    shown = METADATA["databases"]["quotes"]["tables"]
    for name, table in shown.items():
        facets = table.get("facets", [])
        results = answer(pages, f"/quotes/{name}.json?_size=0")["facet_results"]
        assert set(facets) <= set(results), name
    facets = answer(pages, "/quotes/rendering_list.json?_size=0")["facet_results"]
    outlets = {one["value"]: one["count"] for one in facets["outlet"]["results"]}
    assert outlets == {"Daily Lantern": 3, "Evening Post": 2}


def test_the_newest_quotes_come_first(pages: Datasette) -> None:
    rows = answer(pages, "/quotes/quote_list.json?_shape=array&_size=2")
    assert [row["first_published"] for row in rows] == ["2025-03-05", "2025-03-01"]


def test_references_are_shown_by_name(pages: Datasette) -> None:
    assert re.search(r'/quotes/speakers/\d+">Ada Quill</a>', get(pages, "/quotes/quotes").text)
    assert ">Evening Post</a>" in get(pages, "/quotes/articles").text


def test_only_tables_for_people_are_listed(pages: Datasette) -> None:
    tables = answer(pages, "/quotes.json")["tables"]
    assert {table["name"] for table in tables if not table["hidden"]} == {
        "articles",
        "attributions",
        "judgement_places",
        "judgements",
        "outlets",
        "quotations",
        "quotes",
        "renderings",
        "runs",
        "speaker_names",
        "speaker_roles",
        "speakers",
        "variants",
    }


def test_the_queries_answer(pages: Datasette) -> None:
    found = answer(pages, "/quotes/quotes_by_words.json?words=won't+sell&_shape=array")
    assert [row["text"][:15] for row in found] == ["We won’t sell t"]
    (quote,) = {row["id"] for row in found}
    path = f"/quotes/variants_of_a_quote.json?quote_id={quote}&_shape=array"
    assert [row["relation"] for row in answer(pages, path)] == [
        "canonical",
        "identical",
        "divergent",
    ]


def test_articles_can_be_kept_back(stocked_url: str) -> None:
    metadata = yaml.safe_load(yaml.safe_dump(METADATA))
    metadata["databases"]["quotes"]["tables"]["articles"]["allow"] = False
    settings = PATIENT | {"default_allow_sql": False, "allow_download": False}
    pages = Datasette([], immutables=[stocked_url], metadata=metadata, settings=settings)
    for path in (
        "/quotes/articles",
        "/quotes/articles/1.json",
        "/quotes.json?sql=select+body+from+articles",
        "/quotes/quote_list.json?_where=1+in+(select+1+from+articles)",
        "/quotes.db",
    ):
        assert get(pages, path).status_code == 403, path
    assert len(answer(pages, "/quotes/quote_list.json?_shape=array")) == 4


def commands() -> list[str]:
    """Return the commands of the page that look at a database and end by themselves."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    lines = "".join(blocks).splitlines()
    return [
        line
        for line in lines
        if line.startswith("sqlite-utils ") or (line.startswith("datasette ") and "--get" in line)
    ]


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_page_finds_rows(stocked_url: str, command: str) -> None:
    program, *arguments = shlex.split(command.replace("deal", "harbour"))
    folder = Path(stocked_url).parent
    (folder / "docs").mkdir()
    shutil.copy(DOCS / "datasette.yaml", folder / "docs")
    found = subprocess.run(
        [sys.executable, "-m", program.replace("-", "_"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "--csv" in arguments or ".csv" in command:
        assert len(list(csv.DictReader(io.StringIO(found)))) >= 1
    elif "--get" in arguments:
        assert len(json.loads(found)) == 3
    else:
        assert len(found.splitlines()) >= 3


def test_the_page_has_commands_for_both_programs() -> None:
    programs = [command.split()[0] for command in commands()]
    assert set(programs) == {"datasette", "sqlite-utils"}
    assert len(programs) >= 6
