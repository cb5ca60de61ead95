"""A crawl of many pages: stopped as hard as can be, and gone on with."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.articles.crawls import HOST, crawl, page
from tests.cli.program import run_process, start

PAGES = 150


def words(number: int) -> str:
    """Return six words that no other number has."""
    syllables = "ba ce di fo gu la me ni po ru sa te vi wo zu".split()
    digits = [number % 15, number // 15 % 15, number // 225 % 15]
    return " ".join(
        "".join(syllables[(digit * 2 + at + place) % 15] for place, digit in enumerate(digits))
        + "mnrstk"[at]
        for at in range(6)
    )


def story(number: int) -> str:
    """Return a page on which nothing is said that another page has, too."""
    return (
        page(number)
        .replace("Ferry number", f"The {words(number)} of")
        .replace("Nobody on board of ferry", f"No {words(number + 1000)} on")
    )


def stored(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'articles'")
        if found.fetchone() is None:
            return 0
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_a_crawl_goes_on_after_kill_9(tmp_path: Path) -> None:
    database, path = tmp_path / "quotes.db", tmp_path / "crawl.warc.gz"
    path.write_bytes(crawl({f"{HOST}/news/{number}": story(number) for number in range(PAGES)}))
    process = start(database, "ingest", path)
    while process.poll() is None and stored(database) < 20:
        time.sleep(0.05)
    process.kill()
    process.communicate()
    before = stored(database)
    assert 20 <= before < PAGES
    done = run_process(database, "ingest", path)
    assert done.status == 0, done.err
    counts = dict(line.rsplit(maxsplit=1) for line in done.out.splitlines()[1:])
    assert counts["articles unchanged"] == str(before)
    assert counts["articles stored"] == str(PAGES - before)
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT count(*), count(DISTINCT url), count(published) FROM articles"
        assert connection.execute(query).fetchone() == (PAGES, PAGES, PAGES)
        query = "SELECT speaker, count(*), count(DISTINCT outlet) FROM quotation_list GROUP BY 1"
        assert sorted(connection.execute(query)) == [
            ("Ada Quill", PAGES, 1),
            ("Bruno Quill", PAGES, 1),
        ]
